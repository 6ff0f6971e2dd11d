"""What tests share: a tiny real archive, one Chromium, and the example archive built once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from sourcebook.build import BuildOptions, build_site
from sourcebook.checked import CheckedArchive, check_archive
from sourcebook.diagnostics import format_text
from sourcebook.fidelity import fingerprint_of
from sourcebook.frontmatter import split_page
from sourcebook.markup import parse_body

# How long an example takes says more of the machine than of the program.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

FILES = {
    "archive.yaml": "title: A small archive\n",
    "content/captures/briefing.txt": """\
Kremlin briefing

"Our American partners did not consult with Russia," said Dmitry Peskov.
"It is important that this does not make the situation of refugees worse."
""",
    "content/documents/briefing.md": """\
---
title: Kremlin briefing
outlet: reuters
date: 2017-01-26
captures:
  - file: captures/briefing.txt
    sha256: …
transcription: …
topics: [safe-zones]
claims:
  - id: no-consultation
    by: dmitry-peskov
    quote: Our American partners did not consult with Russia
    answers: {us-consulted-russia: "no"}
---
# Kremlin briefing

"Our American partners did not consult with Russia," said Dmitry Peskov.
"It is important that this does not make the situation of refugees worse."
""",
    "content/actors/dmitry-peskov.md": "---\nname: Dmitry Peskov\naliases: [Peskov]\n---\n",
    "content/outlets/reuters.md": "---\nname: Reuters\n---\n",
    "content/topics/safe-zones.md": "---\nname: Safe zones\n---\n",
    "content/questions/us-consulted-russia.md": """\
---
question: Did the United States consult Russia?
answers:
  "yes": It did
  "no": It did not
---
""",
}


@dataclass(frozen=True, slots=True)
class SmallArchive:
    """An archive of one document, one actor, one outlet, one topic and one question.

    In a document that is written, ``sha256: …`` stands for the hash of the capture above it (in
    ``reading``, of the text that was read from it), and ``transcription: …`` for the fingerprint of
    the text below.
    """

    root: Path

    def write(self, path: str, text: str | bytes) -> Path:
        """Put a file into the archive; folders are made."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, str):
            text = self._fill_in(text).encode()
        file.write_bytes(text)
        return file

    def read(self, path: str) -> str:
        """A file of the archive, its line ends as they are."""
        return (self.root / path).read_bytes().decode()

    def replace(self, path: str, old: str, new: str) -> None:
        """Edit a file as a person would: one passage of it, which is there exactly once."""
        text = self.read(path)
        assert text.count(old) == 1
        self.write(path, text.replace(old, new))

    def add_speeches(self, year: int) -> str:
        """Write a document with 160 claims of one actor: two, and no page can hold all of them."""
        lines = [f"He spoke number {number} times." for number in range(160)]
        self.write(f"content/captures/{year}.txt", "\n".join(lines))
        claims = "".join(
            f'  - id: c{number}\n    by: dmitry-peskov\n    quote: "{line}"\n'
            for number, line in enumerate(lines)
        )
        captures = f"captures:\n  - file: captures/{year}.txt\n    sha256: …\n"
        front = f"title: Of {year}\ndate: {year}\n{captures}transcription: …\nclaims:\n{claims}"
        path = f"content/documents/of-{year}.md"
        self.write(path, f"---\n{front}---\n" + "\n\n".join(lines) + "\n")
        return path

    def check(self) -> CheckedArchive:
        """The archive, read and checked."""
        return check_archive(self.root)

    def messages(self) -> list[str]:
        """What ``check`` says of it, one text a problem."""
        return [format_text(diagnostic) for diagnostic in self.check().diagnostics]

    def rules(self) -> list[str]:
        """The rules that ``check`` finds broken, by file and line."""
        return [diagnostic.rule for diagnostic in self.check().diagnostics]

    def _fill_in(self, text: str) -> str:
        def hashed(match: re.Match[str]) -> str:
            ending = ".reading.txt" if "reading:" in match["head"] else ""
            capture = self.root / "content" / (match["file"] + ending)
            data = capture.read_bytes() if capture.is_file() else b""
            return match["head"] + hashlib.sha256(data).hexdigest()

        text = re.sub(r"(?P<head>file: (?P<file>[^,\n]+?)\s+sha256: )…", hashed, text)
        text = re.sub(
            r"(?P<head>file: (?P<file>[^,\n]+?)\s+sha256: \w+\s+reading: \{.*sha256: )…",
            hashed,
            text,
        )
        page = split_page(text)
        if page is None:
            return text
        return text.replace(
            "\ntranscription: …", f"\ntranscription: {fingerprint_of(parse_body(page.body))}"
        )


@pytest.fixture
def archive(tmp_path: Path) -> SmallArchive:
    """A small archive without problems."""
    small = SmallArchive(tmp_path / "archive")
    for path, text in FILES.items():
        small.write(path, text)
    return small


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test keeps for later runs is its own."""
    monkeypatch.setenv("SOURCEBOOK_CACHE", str(tmp_path / "cache"))


@pytest.fixture(autouse=True)
def not_on_github(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test prints is what it prints at home: on GitHub, problems stand between two lines more."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


# The browser -----------------------------------------------------------------------------------

REPOSITORY = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium; Playwright's own is never fetched."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=str(CHROMIUM), args=list(SWITCHES))
        yield running
        running.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of a wide screen, with nothing in its storage."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built example archive, without its search."""
    folder = tmp_path_factory.mktemp("example") / "site"
    assert build_site(REPOSITORY, BuildOptions(folder, search=False)).output is not None
    return folder


def page_of_every_kind(site: Path) -> list[Path]:
    """One page of every kind, the largest: kinds differ in section, depth and what a list is of."""
    largest: dict[tuple[object, ...], Path] = {}
    for page in sorted(site.rglob("*.html"), key=lambda page: page.stat().st_size):
        section, *folders = page.relative_to(site).parts
        last = folders[-2] if len(folders) > 2 else ""
        kind = "" if section in ("claims", "compare") else "year" if last.isdigit() else last
        has_figures = 'class="strip"' in page.read_text(encoding="utf-8")
        largest[section, len(folders), kind, has_figures] = page
    return sorted(largest.values())

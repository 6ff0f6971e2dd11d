"""A second build does nothing where nothing has changed, and all that it must where something has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook import build
from sourcebook.build import BuildOptions, BuildReport, build_site

DOCUMENT = "content/documents/briefing.md"
PAGE = "documents/briefing/index.html"


def options(archive: SmallArchive, **more: object) -> BuildOptions:
    return BuildOptions(archive.root / "site", search=False, is_remembering=True, **more)  # type: ignore[arg-type]


def make(archive: SmallArchive, **more: object) -> BuildReport:
    report = build_site(archive.root, options(archive, **more))
    assert report.output is not None
    return report


def was_made(archive: SmallArchive, monkeypatch: pytest.MonkeyPatch, **more: object) -> bool:
    """Whether a build looks at the archive at all."""
    planned: list[object] = []
    plan_site = build.plan_site
    with monkeypatch.context() as patch:
        patch.setattr(build, "plan_site", lambda *a, **k: planned.append(a) or plan_site(*a, **k))
        make(archive, **more)
    return bool(planned)


def test_a_build_of_what_stands_tells_the_same_and_does_nothing(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Diagnostics, counts and paths are those of the build that wrote the site."""
    archive.write("content/documents/notes.txt", "left lying about")
    first = make(archive)
    assert not was_made(archive, monkeypatch)
    second = make(archive)
    assert second.summary == first.summary
    assert first.summary.diagnostics
    assert second.output is not None
    assert first.output is not None
    assert (second.output.written, second.output.removed) == ((), ())
    stands = (*first.output.written, *first.output.unchanged)
    assert set(second.output.unchanged) - {".sourcebook-site"} == set(stands)


CHANGES = {
    "a document": lambda root: replace(root / DOCUMENT, "Kremlin briefing\n", "Kremlin report\n"),
    "a capture": lambda root: (root / "content/captures/other.txt").write_text("Other.\n"),
    "the settings": lambda root: (root / "archive.yaml").write_text("title: Another archive\n"),
    "the theme": lambda root: write(root / "themes/default/assets/style.css", "body{}"),
    "a page of the site": lambda root: (root / "site" / PAGE).write_text("forged"),
    "a page of the site, in its old time": lambda root: forge(root / "site" / PAGE),
    "a page less": lambda root: (root / "site" / PAGE).unlink(),
    "a page more": lambda root: (root / "site/more.html").write_text("more"),
    "a folder that is a link": lambda root: (root / "content/x").symlink_to(root / "content"),
}


def replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new, 1))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text)


def pages_in(site: Path) -> dict[Path, bytes]:
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*.html")}


def forge(path: Path) -> None:
    status = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_any_change_the_site_is_made(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    """Whatever a site depends on, and whatever happened to the site: it is what a build makes."""
    make(archive)
    assert not was_made(archive, monkeypatch)
    change(archive.root)  # type: ignore[operator]
    assert was_made(archive, monkeypatch)
    clean = BuildOptions(archive.root / "clean", search=False)
    build_site(archive.root, clean)
    assert pages_in(archive.root / "site") == pages_in(clean.output)


def test_other_options_are_another_site(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one build was asked for is not taken for what another asks."""
    make(archive)
    assert was_made(archive, monkeypatch, drafts=True)
    assert was_made(archive, monkeypatch, base_url="https://example.org/")
    assert not was_made(archive, monkeypatch, base_url="https://example.org/", jobs=2)


def test_a_spoiled_memory_is_only_slow(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A note that is torn is of no use, and does no harm."""
    make(archive)
    (note,) = (tmp_path / "cache").rglob("*.note")
    note.write_bytes(note.read_bytes()[:-1])
    assert was_made(archive, monkeypatch)
    assert not was_made(archive, monkeypatch)

"""The commands and lessons of the README and of docs/ work as they are printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.cli import main
from sourcebook.cli.parser import COMMANDS
from sourcebook.scaffold import create_archive
from sourcebook.settings import SETTINGS_FIELDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
KEEPING = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")


def block(comment: str, page: str = README) -> str:
    """The text of the code block below an HTML comment."""
    found = re.search(rf"<!-- {re.escape(comment)} -->\n```\w*\n(.*?)^```", page, re.S | re.M)
    assert found, comment
    return found[1]


def write(root: Path, path: str) -> None:
    (root / path).write_text(block(f"file: {path}"), encoding="utf-8")


def test_lesson_ends_with_an_archive_without_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who types what the README says sees the error it shows, mends it, and has no warning left."""
    create_archive(tmp_path)
    write(tmp_path, "content/captures/rose.txt")
    assert main(["-C", str(tmp_path), "ingest"]) == 0
    found = re.search(r"content/documents/\S+\.md", README)
    assert found
    document = tmp_path / found[0]
    text = document.read_text(encoding="utf-8")
    marked = re.sub(r"^claims:.*?(?=^notes:)", block("claim"), text, flags=re.S | re.M)
    document.write_text(marked, encoding="utf-8")

    capsys.readouterr()
    assert main(["-C", str(tmp_path), "check"]) == 1
    problem = capsys.readouterr().out.rsplit("\n", 2)[0]
    assert f"```text\n{problem}\n```" in README

    write(tmp_path, "content/actors/heinrich-abeken.md")
    draft = document.read_text(encoding="utf-8")
    document.write_text(re.sub(r"^review: .*\n", "", draft, flags=re.M), encoding="utf-8")
    assert main(["-C", str(tmp_path), "check", "--strict"]) == 0


def test_table_of_commands_is_the_program_s() -> None:
    """The README lists every command, in the order of the help, and no other."""
    listed = re.findall(r"^\| `sourcebook ([\w-]+)", README, re.M)

    assert listed == [name for name, *_ in COMMANDS]


@pytest.mark.parametrize(
    "page",
    ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "docs/archive.md", "content/README.md"],
)
def test_links_between_the_pages_of_the_repository_lead_somewhere(page: str) -> None:
    """To a file that is there, and a heading that it has."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", text):
        file = (ROOT / page).parent / target if target else ROOT / page
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)", file.read_text(encoding="utf-8"), re.M)
            assert anchor in [re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings]


def test_table_of_settings_is_the_program_s() -> None:
    """The page for who keeps an archive lists every setting, and no other."""
    listed = re.findall(r"^\| `(\w+)` \|", KEEPING, re.M)

    assert listed == [field.name for field in SETTINGS_FIELDS]


def test_theme_of_the_lesson_goes_before_the_default_one(archive: SmallArchive) -> None:
    """Who follows the three steps has the sheet on every page, behind the default one."""
    sheet = "themes/mine/assets/mine.css"
    archive.write("archive.yaml", "title: A small archive\ntheme: mine\n")
    archive.write(sheet, block(f"file: {sheet}", KEEPING))
    base = (ROOT / "themes/default/templates/base.html").read_text(encoding="utf-8")
    line = block("line: base.html", KEEPING)
    assert "{% block style %}" in base
    own = base.replace("{% block style %}", line + "{% block style %}")
    archive.write("themes/mine/templates/base.html", own)

    assert main(["-C", str(archive.root), "build", "--no-search"]) == 0

    page = (archive.root / "site/about/index.html").read_text(encoding="utf-8")
    assert 0 < page.index("assets/style.css?") < page.index("../assets/mine.css?")

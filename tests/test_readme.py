"""The README's commands and its lesson work as they are printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sourcebook.cli import main
from sourcebook.cli.parser import COMMANDS
from sourcebook.scaffold import create_archive

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def block(comment: str) -> str:
    """The text of the code block below an HTML comment."""
    found = re.search(rf"<!-- {re.escape(comment)} -->\n```\w*\n(.*?)^```", README, re.S | re.M)
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


def test_files_that_the_readme_links_to_exist() -> None:
    """No link of the README leads nowhere."""
    root = Path(__file__).parents[1]
    targets = re.findall(r"\]\(([^)#:]+)\)", README)

    assert targets
    assert [target for target in targets if not (root / target).exists()] == []

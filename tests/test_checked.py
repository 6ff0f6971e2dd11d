"""All files are checked in one run: by how many processes makes no difference."""

from __future__ import annotations

import gc

import pytest

from conftest import SmallArchive
from sourcebook.checked import check_archive, find_problems
from sourcebook.diagnostics import EnvironmentProblem

MANY = 230
"""Documents enough to be shared out."""


def write_many(archive: SmallArchive) -> None:
    """Add many documents, of which every tenth has something wrong with it, each another."""
    problems = (
        "claims: [{id: c, quote: not there}]",
        "claims: [{id: c, quote: second line}]",
        "claims: [{id: c, by: nobody, quote: first}]",
        "claims: [{id: c, quote: first, relations: [{type: repeats, to: briefing#gone}]}]",
        "claims: [{id: c, quote: first, answers: {us-consulted-russia: perhaps}}]",
        "notes: [{id: c, quote: first, note: '[a](actor:nobody)'}]",
        "parts: [{id: c, heading: No heading}]",
        "embargo: 2999",
        "titel: again",
    )
    for number in range(MANY):
        wrong = problems[number // 10 % len(problems)] if number % 10 == 0 else "actors: []"
        archive.write(
            f"content/captures/{number}.txt", f"The first line, {number}.\n\nA second line.\n"
        )
        archive.write(
            f"content/documents/many-{number:03}.md",
            f"---\ntitle: Many\ncaptures:\n  - file: captures/{number}.txt\n    sha256: …\n"
            f"transcription: …\n{wrong}\n---\nThe first line, {number}.\n\nA second line.\n",
        )


def test_any_number_of_processes_finds_the_same(archive: SmallArchive) -> None:
    """Two processes give what one gives: records, places, proofs and problems, in the same order."""
    write_many(archive)

    one = check_archive(archive.root)

    assert check_archive(archive.root, jobs=2) == one
    assert list(one.content.documents) == sorted(one.content.documents)
    assert len({diagnostic.rule for diagnostic in one.diagnostics}) >= 8


def test_problems_alone_are_those_of_the_whole_check(archive: SmallArchive) -> None:
    """Who asks for problems only gets all of them, without the archive."""
    write_many(archive)

    checked = check_archive(archive.root)
    problems = find_problems(archive.root)

    assert (problems.diagnostics, problems.files) == (checked.diagnostics, checked.files)


def test_what_stops_one_process_stops_all(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that the system will not give ends the command with the same words."""
    write_many(archive)
    monkeypatch.setattr("sourcebook.load.read_file", _refuse_the_last)

    for jobs in (1, 2):
        with pytest.raises(EnvironmentProblem) as raised:
            check_archive(archive.root, jobs=jobs)
        assert raised.value.message == (
            "content/documents/many-229.md cannot be read: this account may not read it"
        )


def _refuse_the_last(path: str) -> bytes:
    if path.endswith("many-229.md"):
        raise PermissionError
    with open(path, "rb") as file:  # noqa: PTH123 - as the one that it stands for
        return file.read()


def test_what_was_read_is_not_looked_at_for_garbage(archive: SmallArchive) -> None:
    """Millions of records that stay to the end are not walked over to find that they stay."""
    before = gc.get_freeze_count()
    checked = check_archive(archive.root)

    assert gc.get_freeze_count() > before + len(checked.content.documents)
    gc.unfreeze()

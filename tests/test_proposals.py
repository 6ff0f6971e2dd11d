"""``suggest-links``: what may belong together is proposed, and never more than proposed."""

from __future__ import annotations

import json

import pytest

from conftest import SmallArchive
from sourcebook.cli import main

OTHER = """\
---
title: Elsewhere
outlet: reuters
date: 2017-01-27
captures:
  - file: captures/elsewhere.txt
    sha256: …
transcription: …
claims:
  - id: never-consulted
    by: dmitry-peskov
    quote: the American partners never consulted with Russia beforehand
{relations}---
Peskov complained that the American partners never consulted with Russia beforehand.
"""


def propose(archive: SmallArchive, capsys: pytest.CaptureFixture[str], relations: str) -> list[str]:
    text = OTHER.replace("{relations}", relations)
    archive.write("content/captures/elsewhere.txt", text.split("---\n")[2])
    archive.write("content/documents/elsewhere.md", text)
    assert main(["-C", str(archive.root), "suggest-links", "--json"]) == 0
    return capsys.readouterr().out.splitlines()


def test_one_statement_told_twice_is_proposed_with_both_sentences(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same speaker, nearly the same words, two documents; the later claim stands first."""
    (line,) = propose(archive, capsys, "")
    proposal = json.loads(line)
    assert proposal["kind"] == "repeats"
    assert proposal["claims"] == [
        {
            "claim": "elsewhere#never-consulted",
            "sentence": "Peskov complained that [the American partners never consulted with"
            " Russia beforehand].",
        },
        {
            "claim": "briefing#no-consultation",
            "sentence": '"[Our American partners did not consult with Russia]," said Dmitry Peskov.',
        },
    ]


def test_few_words_are_like_too_many(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three words that two claims share are no sign that they are one statement."""
    text = "Peskov spoke: the American partners.\n"
    archive.write("content/captures/few.txt", text)
    archive.write(
        "content/documents/few.md",
        "---\ntitle: Few\ncaptures:\n  - file: captures/few.txt\n    sha256: …\ntranscription: …\n"
        "claims:\n  - {id: few, by: dmitry-peskov, quote: the American partners}\n---\n" + text,
    )
    (line,) = propose(archive, capsys, "")

    assert '"few#few"' not in line


def test_what_is_joined_already_is_not_proposed(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """A person's relation ends the matter."""
    joined = '    relations: [{type: repeats, to: "briefing#no-consultation"}]\n'
    assert propose(archive, capsys, joined) == []

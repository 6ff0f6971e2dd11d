"""What of an archive can be searched for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sourcebook.checked import check_archive
from sourcebook.link import link_archive
from sourcebook.messages import load_messages
from sourcebook.search import Choice, Passage, SearchRecord
from sourcebook.search import names as suggested
from sourcebook.search.names import encode_names
from sourcebook.search.records import findable_pages
from sourcebook.views.catalogue import build_catalogue

BODY = """\
Russia said “no”.

## Lavrov speaks

Our partners did not consult with Russia. Safe zones are *possible*.
"""

DOCUMENT = f"""\
---
title: Russia warns Trump
outlet: ea-worldview
date: 2017-01-27
lang: en-GB
captures: [{{file: captures/a.txt, sha256: "{"0" * 64}"}}]
transcription: "{"0" * 64}"
actors: [sergey-lavrov]
topics: [safe-zones]
parts:
  - {{id: lavrov, heading: Lavrov speaks, outlet: rt, date: XXXX-02-03}}
claims:
  - id: no-consultation
    by: sergey-lavrov
    named: Lavrov
    form: direct
    quote: Our partners did not consult with Russia.
    says: Nobody asked Moscow.
    date: 2017-01-26
    topics: [safe-zones]
    answers: {{consulted: "no"}}
  - id: possible
    quote: Safe zones are possible.
  - id: guessed
    quote: Russia said
    review: suggested
---
{BODY}"""

FILES = {
    "archive.yaml": "title: A small archive\n",
    "content/captures/a.txt": BODY,
    "content/documents/warns.md": DOCUMENT,
    "content/actors/sergey-lavrov.md": (
        "---\nname: {en: Sergey Lavrov, ar: سيرغي لافروف}\naliases: [Sergei Lawrow]\nkind: person\n"
        "---\nForeign minister of [Russia](topic:war).\n"
    ),
    "content/topics/safe-zones.md": "---\nname: Safe zones\naliases: [safe areas]\nbroader: [war]\n---\n",
    "content/topics/war.md": "---\nname: War in Syria\n---\n",
    "content/outlets/ea-worldview.md": "---\nname: EA WorldView\ndomains: [eaworldview.com]\n---\n",
    "content/outlets/rt.md": "---\nname: RT\naliases: [Russia Today]\n---\n",
    "content/questions/consulted.md": (
        '---\nquestion: Did Washington consult Moscow?\nanswers: {"yes": Yes, "no": No}\n'
        "topics: [safe-zones]\n---\n"
    ),
}

LAVROV = Choice("sergey-lavrov", "Sergey Lavrov")
RT = Choice("rt", "RT")
ZONES = Choice("safe-zones", "Safe zones")
WAR = Choice("war", "War in Syria")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def records_of(root: Path) -> dict[str, SearchRecord]:
    """The search records of the archive at *root*, by address."""
    checked = check_archive(root)
    assert checked.settings is not None
    archive = link_archive(checked.content, checked.places)
    catalogue = build_catalogue(archive, checked.settings, load_messages("en"))
    return {record.url: record for page in findable_pages(catalogue) for record in page.make()}


def test_every_kind_of_record_is_found(root: Path) -> None:
    """Documents, claims, actors, topics, outlets and questions are results; suggestions are not."""
    assert sorted(records_of(root)) == [
        "actors/sergey-lavrov/index.html",
        "documents/warns/index.html",
        "documents/warns/index.html#claim-no-consultation",
        "documents/warns/index.html#claim-possible",
        "outlets/ea-worldview/index.html",
        "outlets/rt/index.html",
        "questions/consulted/index.html",
        "topics/safe-zones/index.html",
        "topics/war/index.html",
    ]


def test_claim_shows_its_words_and_is_found_by_its_speaker(root: Path) -> None:
    """A claim is its quotation, filtered by its part's outlet, its speaker, its topic and theirs."""
    claim = records_of(root)["documents/warns/index.html#claim-no-consultation"]

    assert claim == SearchRecord(
        url="documents/warns/index.html#claim-no-consultation",
        kind="claim",
        title="",
        text="Our partners did not consult with Russia.",
        language="en",
        also=("Sergey Lavrov", "Lavrov", "Nobody asked Moscow."),
        outlets=(RT,),
        actors=(LAVROV,),
        topics=(ZONES, WAR),
        years=(2017,),
        day=(2017, 1, 26),
        date="26 January 2017",
        speaker="Sergey Lavrov",
        form="direct",
        summary=("Nobody asked Moscow.",),
    )


def test_a_day_of_publication_is_no_day_of_a_statement(root: Path) -> None:
    """A result says which date it has: when it was said, or else when it was published."""
    file = root / "content/documents/warns.md"
    file.write_text(
        DOCUMENT.replace("    date: 2017-01-26\n", "").replace("XXXX-02-03", "2017-02-03")
    )

    claim = records_of(root)["documents/warns/index.html#claim-no-consultation"]

    assert (claim.date, claim.day) == ("published 3 February 2017", (2017, 2, 3))


def test_claim_without_speaker_and_year_says_so(root: Path) -> None:
    """Nothing is invented for a claim whose speaker and year the source does not give."""
    claim = records_of(root)["documents/warns/index.html#claim-possible"]

    assert (claim.speaker, claim.actors, claim.years, claim.day) == (None, (), (), None)


def test_document_opens_at_its_parts_and_claims(root: Path) -> None:
    """A document's passages are the anchors of its page, in text order; its outlets all its parts'."""
    document = records_of(root)["documents/warns/index.html"]

    assert document.text.startswith("Russia said “no”. Lavrov speaks Our partners")
    assert [fragment for _, fragment in document.passages] == [
        "claim-guessed",
        "part-lavrov",
        "claim-no-consultation",
        "claim-possible",
    ]
    assert document.passages[1] == Passage(document.text.index("Lavrov speaks"), "part-lavrov")
    assert document.outlets == (Choice("ea-worldview", "EA WorldView"), RT)
    assert document.actors == (LAVROV,)


def test_names_find_actors_topics_and_outlets(root: Path) -> None:
    """Every alias and every name in another language finds its page."""
    records = records_of(root)

    assert records["actors/sergey-lavrov/index.html"].names == ("سيرغي لافروف", "Sergei Lawrow")
    assert records["actors/sergey-lavrov/index.html"].text == "Foreign minister of Russia."
    assert records["topics/safe-zones/index.html"].names == ("safe areas",)
    assert records["outlets/rt/index.html"].names == ("Russia Today",)
    assert records["outlets/ea-worldview/index.html"].also == ("eaworldview.com",)


def test_question_is_filtered_by_who_answers_it(root: Path) -> None:
    """A question has the outlets and speakers of its answers, and says how many claims give which."""
    question = records_of(root)["questions/consulted/index.html"]

    assert (question.outlets, question.actors, question.topics) == ((RT,), (LAVROV,), (ZONES,))
    assert question.summary == ("No: 1",)


@pytest.mark.parametrize(("folder", "name"), [("questions", "consulted"), ("topics", "war")])
def test_questions_and_topics_have_their_year_and_day(root: Path, folder: str, name: str) -> None:
    """A search sorted by date, or filtered by a year, puts them where they belong."""
    page = root / f"content/{folder}/{name}.md"
    page.write_text(page.read_text().replace("---\n", "---\ndate: 2017-01\n", 1))

    record = records_of(root)[f"{folder}/{name}/index.html"]

    assert (record.years, record.day) == ((2017,), (2017, 1, 1))


@pytest.mark.parametrize(
    ("publish", "kinds"), [("excerpts", {"claim", "document"}), ("citation", {"document"})]
)
def test_text_that_is_not_published_is_not_indexed(
    root: Path, publish: str, kinds: set[str]
) -> None:
    """Of a document that is cited only or shown in excerpts, the index holds no more than the pages."""
    file = root / "content/documents/warns.md"
    file.write_text(DOCUMENT.replace("lang: en-GB", f"lang: en-GB\nrights: {{publish: {publish}}}"))
    records = records_of(root)

    assert records["documents/warns/index.html"].text == ""
    assert {r.kind for r in records.values() if r.url.startswith("documents/")} == kinds


def names_of(root: Path) -> list[list[str | int]]:
    """The names that the field suggests in the archive at *root*."""
    checked = check_archive(root)
    assert checked.settings is not None
    archive = link_archive(checked.content, checked.places)
    catalogue = build_catalogue(archive, checked.settings, load_messages("en"))
    encoded = encode_names(catalogue)
    assert len(encoded) <= suggested.MOST_BYTES
    names: list[list[str | int]] = json.loads(encoded)["names"]
    return names


def test_names_are_suggested_with_their_claims(root: Path) -> None:
    """Pages come with all their names and the claims that count, those with most claims first."""
    names = names_of(root)

    counts = [name[2] for name in names]
    assert counts == sorted(counts, reverse=True)
    assert [
        0,
        "actors/sergey-lavrov/index.html",
        1,
        "Sergey Lavrov",
        "سيرغي لافروف",
        "Sergei Lawrow",
    ] in names
    assert [1, "topics/safe-zones/index.html", 1, "Safe zones", "safe areas"] in names
    assert [2, "outlets/rt/index.html", 2, "RT", "Russia Today"] in names
    assert [3, "questions/consulted/index.html", 1, "Did Washington consult Moscow?"] in names


def test_a_large_archive_suggests_what_has_claims(root: Path) -> None:
    """Of very many names only those with claims are in the file, which stays small."""
    for number in range(3100):
        path = root / f"content/topics/topic-{number}.md"
        path.write_text(f"---\nname: Topic {number}\n---\n", encoding="utf-8")

    names = names_of(root)

    assert names
    assert all(name[2] for name in names)


def test_suggestions_stay_small(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file would be too large, the names with fewest claims are left out."""
    everything = names_of(root)
    monkeypatch.setattr("sourcebook.search.names.MOST_BYTES", 500)

    names = names_of(root)

    assert 0 < len(names) < len(everything)
    assert names == everything[: len(names)]

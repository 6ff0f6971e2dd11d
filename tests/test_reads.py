"""What a page was made of: all that its code looked up, and the names in the claims that it shows."""

from __future__ import annotations

from dataclasses import fields

import pytest

from conftest import SmallArchive
from sourcebook.link import ClaimKey, link_archive
from sourcebook.messages import load_messages
from sourcebook.model import Claim
from sourcebook.reads import Reads, changes_between, watch
from sourcebook.settings import Settings
from sourcebook.views.catalogue import Catalogue, build_catalogue

DOCUMENT = "content/documents/briefing.md"
KEY = ClaimKey("briefing", "full")
FULL = """\
  - id: full
    by: outlet:tass
    named: Dmitry Peskov
    unnamed: true
    via: [rt, actor:relayer]
    cue: said
    form: mixed
    quote: did not consult
    before: partners
    after: with Russia
    says: It is denied.
    date: 2017-01-25
    about: [outlet:sana, subject]
    topics: [war]
    answers: {who-knew: "nobody"}
    relations: [{type: supports, to: "#no-consultation"}]
"""
NAMES = (
    ("outlets/tass", "name: "),
    ("outlets/rt", "name: "),
    ("actors/relayer", "name: "),
    ("outlets/sana", "name: "),
    ("actors/subject", "name: "),
    ("topics/war", "name: "),
    ("questions/who-knew", "question: "),
    ("questions/who-knew", "  nobody: "),
    ("outlets/reuters", "name: "),
    ("documents/briefing", "title: "),
)
"""The records that stand in the claim or over it, and how what is shown of each is written."""


@pytest.fixture
def full(archive: SmallArchive) -> SmallArchive:
    """The small archive with a claim that has every field, each with a name that no other has."""
    for record, _ in NAMES[:6]:
        archive.write(f"content/{record}.md", f"---\nname: {record}\n---\n")
    archive.write(
        "content/questions/who-knew.md",
        "---\nquestion: Who knew?\nanswers:\n  nobody: No one\n  all: Everybody\n---\n",
    )
    archive.replace(DOCUMENT, "claims:\n", f"claims:\n{FULL}")
    return archive


def catalogue_of(archive: SmallArchive) -> Catalogue:
    """What its views are made of."""
    checked = archive.check()
    assert checked.diagnostics == ()
    linked = link_archive(checked.content, checked.places)
    return build_catalogue(linked, Settings("A"), load_messages("en"))


def test_the_claim_has_every_field(full: SmallArchive) -> None:
    """Whoever gives claims a new one, which may hold a name, puts it here, and into `Reads`."""
    claim = catalogue_of(full).archive.claims[KEY].claim
    assert [field.name for field in fields(Claim) if not getattr(claim, field.name)] == []


@pytest.mark.parametrize(("record", "field"), NAMES)
def test_who_shows_a_claim_has_read_all_that_is_named_in_it(
    full: SmallArchive, record: str, field: str
) -> None:
    """The view of a claim is made once for all pages, which so look up none of its names."""
    before = catalogue_of(full)
    shown = before.claims[KEY]
    reads = Reads(before.archive)
    assert watch(before, reads).claims[KEY] is shown

    full.replace(f"content/{record}.md", f"\n{field}", f"\n{field}Another ")
    after = catalogue_of(full)

    assert after.claims[KEY] != shown
    changed = changes_between(before, after)
    assert changed is not None
    assert not changed.isdisjoint(reads.take())

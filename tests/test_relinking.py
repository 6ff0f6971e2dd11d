"""Edit upon edit of a real archive: what is joined again is what would be joined from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from sourcebook.checked import CheckedArchive, check_archive
from sourcebook.edtf import parse_edtf
from sourcebook.link import Archive, link_archive, relink_document
from sourcebook.model import AgentRef, Answer, Claim, Document, Relation, Slug

T = TypeVar("T")

DATES = [None, *map(parse_edtf, ("2016", "2016-05", "2017-01-26", "199X", "2015-12-03"))]


class Editor:
    """Somebody who changes a field of a document, of a part or of a claim, at random."""

    def __init__(self, checked: CheckedArchive, seed: int) -> None:
        self.random = Random(seed)
        self.content = checked.content
        self.actors = [AgentRef("actor", slug) for slug in self.content.actors]
        self.topics, self.outlets = list(self.content.topics), list(self.content.outlets)

    def edit(self, document: Document) -> Document:
        """The document with one field changed, or with a claim less."""
        choose = self.random.choice
        some = choose((document.claims, document.parts, ()))
        if not some:
            return choose(
                (
                    replace(document, title=f"{document.title}, again"),
                    replace(document, date=choose(DATES)),
                    replace(document, outlet=choose([None, *self.outlets])),
                    replace(document, topics=self.few(self.topics)),
                    replace(document, translation_of=choose([None, *self.content.documents])),
                )
            )
        at = self.random.randrange(len(some))
        one = some[at]
        if isinstance(one, Claim):
            new = choose(((), (self.edit_claim(one),), (self.edit_claim(one),)))
            return replace(document, claims=(*some[:at], *new, *some[at + 1 :]))
        part = replace(one, outlet=choose(self.outlets), date=choose(DATES))
        return replace(document, parts=(*some[:at], part, *some[at + 1 :]))

    def edit_claim(self, claim: Claim) -> Claim:
        """The claim with one field changed."""
        choose = self.random.choice
        other = choose([one for one in self.content.documents.values() if one.claims])
        type = choose(("repeats", "disputes"))
        relation = Relation(type, other.slug, choose(other.claims).id)
        return choose(
            (
                replace(claim, by=self.few(self.actors)),
                replace(claim, by=(AgentRef("outlet", choose(self.outlets)),)),
                replace(claim, via=self.few(self.actors)),
                replace(claim, about=self.few(self.actors)),
                replace(claim, topics=self.few(self.topics)),
                replace(claim, date=choose(DATES)),
                replace(claim, answers=tuple(map(Answer, self.few(list(self.content.questions))))),
                replace(claim, relations=choose(((), (relation,)))),
                replace(claim, review=choose(("accepted", "suggested"))),
            )
        )

    def few(self, items: Sequence[T]) -> tuple[T, ...]:
        """At most two of *items*."""
        return tuple(self.random.sample(items, self.random.randint(0, 2)))


@pytest.fixture(scope="module")
def example() -> CheckedArchive:
    """The archive of this repository."""
    return check_archive(Path(__file__).parent.parent)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_edited_the_archive_is_the_one_that_would_be_linked(
    example: CheckedArchive, seed: int
) -> None:
    """A hundred edits, one after the other: the same entries, in the same order."""
    editor = Editor(example, seed)
    content, places = example.content, example.places
    archive = link_archive(content, places)
    for _ in range(100):
        slug: Slug = editor.random.choice(list(archive.documents))
        document = editor.edit(content.documents[slug])
        ids = {claim.id for claim in document.claims}
        placed = tuple(claim for claim in places[slug].claims if claim[0] in ids)
        places = {**places, slug: replace(places[slug], claims=placed)}
        content = replace(content, documents={**content.documents, slug: document})
        archive = relink_document(archive, content, places, slug)
        expected = link_archive(content, places)
        for field in fields(Archive):
            found, wanted = getattr(archive, field.name), getattr(expected, field.name)
            assert found == wanted, field.name
            assert list(found) == list(wanted), field.name

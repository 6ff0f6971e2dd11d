"""A changed document in a linked archive, or a few: what they touch is joined anew, all else stays.

The result equals that of ``link_archive`` in everything, order included, and shares with the old
archive whatever did not change. The cost is that of the documents, not of the archive.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, TypeVar

from ..load import Content
from ..model import Question, Slug
from .archive import Answers, Archive, LinkedClaim, LinkedDocument, Mention
from .documents import Pages, link_document
from .linking import (
    Grouping,
    Places,
    claim_groupings,
    claim_order,
    claims_of,
    link_answers,
    link_relations,
    link_repeats,
    newest_first,
    published_documents,
    reverse_documents,
    speakers_in,
)

K = TypeVar("K")

_FEW = 10
"""Documents from which on to link all of the archive is not much slower."""

_relations_of = attrgetter("relations")
"""Few claims bear any, and all are asked."""


def relink_document(
    archive: Archive, content: Content, places: Places, slug: Slug, drafts: bool = False
) -> Archive:
    """*archive* as *content* and *places* have it now, which differ in the document *slug* alone.

    The document was published before and is published now.
    """
    changed = _link_again(archive, content, places, slug, drafts)
    documents = {**archive.documents, **changed}
    if changed[slug].document.date != archive.documents[slug].document.date:
        by_date = sorted(((s, one.document) for s, one in documents.items()), key=newest_first)
        documents = {s: documents[s] for s, _ in by_date}
    before = claims_of({s: archive.documents[s] for s in changed})
    now = claims_of(changed)
    is_in_place = list(before) == list(now) and list(documents) == list(archive.documents)
    claims = {**archive.claims, **now} if is_in_place else claims_of(documents)
    old = [claim for key, claim in before.items() if now.get(key) != claim]
    new = [claim for key, claim in now.items() if before.get(key) != claim]
    related = (r for claim in (*before.values(), *now.values()) for r in claim.relations)
    repeats = any(relation.type == "repeats" for relation in related)
    return replace(
        archive,
        documents=documents,
        claims=claims,
        **_regroup_all(archive, old, new, content),
        answers_to=_answer_again(archive.answers_to, old, new, content.questions),
        mentions_of=_mention_again(archive, documents, slug),
        **_reverse_again(archive, documents, content, slug),
        repeats=link_repeats(claims) if repeats else archive.repeats,
    )


def relink_archive(
    archive: Archive,
    before: tuple[Content, Places],
    now: tuple[Content, Places],
    drafts: bool = False,
) -> Archive | None:
    """*archive*, which was made of *before*, as it is of *now*; None where much differs.

    What did not change must be the same object in both: nothing is compared by what it says.
    """
    (content, places), (other, other_places) = before, now
    if _beside_documents(content) != _beside_documents(other):
        return None
    if list(content.documents) != list(other.documents):
        return None
    changed = [
        slug
        for slug, document in other.documents.items()
        if document is not content.documents[slug] or other_places.get(slug) is not places.get(slug)
    ]
    published = published_documents(other, other_places, drafts)
    if len(changed) > _FEW or not all(s in archive.documents and s in published for s in changed):
        return None
    for slug in changed:
        documents = {**content.documents, slug: other.documents[slug]}
        content, places = (
            replace(content, documents=documents),
            {**places, slug: other_places[slug]},
        )
        archive = relink_document(archive, content, places, slug, drafts)
    return archive


def _beside_documents(content: Content) -> tuple[object, ...]:
    """All that is linked of *content* but its documents, in order."""
    records = (content.actors, content.topics, content.outlets, content.questions)
    return tuple(tuple(one.items()) for one in records)


def _link_again(
    archive: Archive, content: Content, places: Places, slug: Slug, drafts: bool
) -> dict[Slug, LinkedDocument]:
    """The document, and those that its relations or its translation join to it now or before."""
    published = published_documents(content, places, drafts)
    ends = {slug}
    for document in published.values():
        for relations in filter(None, map(_relations_of, document.claims)):
            ends.add(document.slug)
            ends.update(relation.document or document.slug for relation in relations)
    relations = link_relations({s: published[s] for s in published if s in ends}, places)
    before, now = archive.documents[slug], published[slug]
    links = [link for claim in before.claims for link in claim.relations]
    links += (link for found in relations.get(slug, {}).values() for link in found)
    touched = {slug, before.document.translation_of, now.translation_of}
    touched |= {key.document for link in links for key in (link.earlier, link.later)}
    translations = {
        s: tuple(other for other, one in published.items() if one.translation_of == s)
        for s in touched
    }
    pages = Pages.of(content)
    return {
        s: link_document(published[s], places[s], relations.get(s, {}), pages, translations[s])
        for s in touched
        if s in published
    }


def _regroup_all(
    archive: Archive, old: Sequence[LinkedClaim], new: Sequence[LinkedClaim], content: Content
) -> dict[str, Any]:
    if not old and not new:
        return {}
    return {
        name: _regroup(getattr(archive, name), old, new, keys_of)
        for name, keys_of in claim_groupings(content.topics).items()
    }


def _regroup(
    groups: Mapping[K, tuple[LinkedClaim, ...]],
    old: Sequence[LinkedClaim],
    new: Sequence[LinkedClaim],
    keys_of: Grouping,
) -> Mapping[K, tuple[LinkedClaim, ...]]:
    """*groups* with the claims *new* in place of *old*."""
    again: dict[K, tuple[LinkedClaim, ...]] = {}
    for key in dict.fromkeys(key for claim in (*old, *new) for key in keys_of(claim)):
        group = list(groups.get(key, ()))
        for claim in old:
            if key in keys_of(claim):
                del group[bisect_left(group, claim_order(claim), key=claim_order)]
        for claim in new:
            if key in keys_of(claim):
                insort(group, claim, key=claim_order)
        again[key] = tuple(group)

    def first_place(key: K, group: tuple[LinkedClaim, ...]) -> tuple[Any, ...]:
        return (claim_order(group[0]), list(keys_of(group[0])).index(key)) if group else ()

    regrouped = {**groups, **again}
    if all(first_place(k, g) == first_place(k, groups.get(k, ())) for k, g in again.items()):
        return regrouped
    found = ((key, group) for key, group in regrouped.items() if group)
    return dict(sorted(found, key=lambda item: first_place(*item)))


def _answer_again(
    answers: Mapping[Slug, Answers],
    old: Sequence[LinkedClaim],
    new: Sequence[LinkedClaim],
    questions: Mapping[Slug, Question],
) -> Mapping[Slug, Answers]:
    gone = {claim.key for claim in old}
    asked = {answer.question for claim in (*old, *new) for answer in claim.claim.answers}
    given = link_answers(sorted(new, key=claim_order), questions)
    again = dict(answers)
    for question in asked & questions.keys():
        kept = [a for a in answers[question] if a.claim.key not in gone]
        for answer in given[question]:
            insort(kept, answer, key=lambda a: claim_order(a.claim))
        again[question] = Answers(kept)
    return again


def _mention_again(
    archive: Archive, documents: Mapping[Slug, LinkedDocument], slug: Slug
) -> Mapping[Slug, tuple[Mention, ...]]:
    place = {s: number for number, s in enumerate(documents)}

    def text_order(mention: Mention) -> tuple[int, int]:
        return place[mention.document], mention.span.start

    moved = list(documents) != list(archive.documents)
    if not moved and documents[slug].mentions == archive.documents[slug].mentions:
        return archive.mentions_of
    own = (*archive.documents[slug].mentions, *documents[slug].mentions)
    again = dict(archive.mentions_of)
    for actor in archive.mentions_of if moved else ():
        again[actor] = tuple(sorted(again[actor], key=text_order))
    for actor in dict.fromkeys(mention.actor for mention in own):
        kept = [mention for mention in again.get(actor, ()) if mention.document != slug]
        for mention in documents[slug].mentions:
            if mention.actor == actor:
                insort(kept, mention, key=text_order)
        again[actor] = tuple(kept)
    found = ((actor, mentions) for actor, mentions in again.items() if mentions)
    return dict(sorted(found, key=lambda item: text_order(item[1][0])))


def _reverse_again(
    archive: Archive, documents: Mapping[Slug, LinkedDocument], content: Content, slug: Slug
) -> dict[str, Any]:
    """The indexes of documents, made anew only where the document stands in others than before."""

    def entries(document: LinkedDocument) -> tuple[object, ...]:
        return document.actors, document.outlets, document.topics, speakers_in(document)

    before = archive.documents[slug]
    if list(documents) == list(archive.documents) and entries(documents[slug]) == entries(before):
        return {}
    return reverse_documents(documents, content.topics)

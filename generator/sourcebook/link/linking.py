"""One pass over plain records: references resolved, reverse indexes, counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from ..anchors import DocumentPlaces
from ..cache import Recall, forget
from ..edtf import LAST
from ..load import Content
from ..model import (
    Answer,
    Document,
    Question,
    Slug,
    Topic,
)
from .archive import (
    Answers,
    Archive,
    ClaimKey,
    LinkedAnswer,
    LinkedClaim,
    LinkedDocument,
    LinkedRelation,
)
from .documents import Pages, Relations, link_document, unique

K = TypeVar("K")
V = TypeVar("V")

Places = Mapping[Slug, DocumentPlaces]


def is_published(document: Document, drafts: bool) -> bool:
    """Whether a document is on the site: a draft only where drafts are wanted."""
    return drafts or document.review != "suggested"


def link_archive(
    content: Content, places: Places, drafts: bool = False, recall: Recall = forget
) -> Archive:
    """Join all records of *content* with the places found in their texts into an archive.

    A reference to what is not there, or not published, is left out. What of a document depends on
    nothing that has changed is recalled, as the same object.
    """
    published = published_documents(content, places, drafts)
    relations = link_relations(published, places)
    translations = reverse(
        (slug, (document.translation_of,))
        for slug, document in published.items()
        if document.translation_of is not None
    )
    known = Pages.of(content)
    pages = recall(("link", "pages"), known, lambda: known)

    def link(slug: Slug, document: Document) -> LinkedDocument:
        own = (places[slug], relations.get(slug, {}), pages, translations.get(slug, ()))
        key = (document, *own)
        return recall(("link", slug), key, lambda: link_document(document, *own))

    ordered = sorted(published.items(), key=newest_first)
    documents = {slug: link(slug, document) for slug, document in ordered}
    claims = claims_of(documents)
    oldest_first = sorted(claims.values(), key=claim_order)
    return Archive(
        documents=documents,
        actors=_by_name(content.actors),
        topics=_by_name(content.topics),
        outlets=_by_name(content.outlets),
        questions=content.questions,
        claims=claims,
        **_group_claims(oldest_first, content.topics),
        answers_to=link_answers(oldest_first, content.questions),
        mentions_of=_group(
            (m for document in documents.values() for m in document.mentions), lambda m: (m.actor,)
        ),
        **reverse_documents(documents, content.topics),
        repeats=link_repeats(claims),
        narrower=reverse((topic.slug, topic.broader) for topic in content.topics.values()),
        members=reverse((actor.slug, actor.member_of) for actor in content.actors.values()),
        questions_on=reverse((q.slug, q.topics) for q in content.questions.values()),
    )


def published_documents(content: Content, places: Places, drafts: bool) -> dict[Slug, Document]:
    """The documents that are on the site, by slug."""
    return {
        slug: document
        for slug, document in content.documents.items()
        if slug in places and is_published(document, drafts)
    }


def claims_of(documents: Mapping[Slug, LinkedDocument]) -> dict[ClaimKey, LinkedClaim]:
    """All claims of *documents*, in their order and then that of the text."""
    return {claim.key: claim for document in documents.values() for claim in document.claims}


Grouping = Callable[[LinkedClaim], Iterable[Any]]
"""Under which keys of a reverse index a claim stands."""


def claim_groupings(topics: Mapping[Slug, Topic]) -> Mapping[str, Grouping]:
    """The reverse indexes of claims, by their names in ``Archive``."""
    above = _above_each(topics)
    return {
        "claims_by": lambda c: c.claim.by,
        "claims_about": lambda c: c.claim.about,
        "claims_via": lambda c: c.claim.via,
        "claims_on": lambda c: (t for topic in c.claim.topics for t in above.get(topic, ())),
        "claims_in": lambda c: (c.outlet,) if c.outlet else (),
    }


def _group_claims(claims: Iterable[LinkedClaim], topics: Mapping[Slug, Topic]) -> dict[str, Any]:
    groupings = claim_groupings(topics)
    return {name: _group(claims, keys_of) for name, keys_of in groupings.items()}


def reverse_documents(
    documents: Mapping[Slug, LinkedDocument], topics: Mapping[Slug, Topic]
) -> dict[str, Any]:
    """The reverse indexes of documents, by their names in ``Archive``."""
    above = _above_each(topics)
    linked = documents.items()
    return {
        "documents_naming": reverse((slug, one.actors) for slug, one in linked),
        "documents_quoting": reverse((slug, speakers_in(one)) for slug, one in linked),
        "documents_on": reverse(
            (slug, unique(t for topic in one.topics for t in above.get(topic, ())))
            for slug, one in linked
        ),
        "documents_of": reverse((slug, one.outlets) for slug, one in linked),
    }


def speakers_in(document: LinkedDocument) -> tuple[Slug, ...]:
    """The actors with a claim in *document*, in the order of its text."""
    return unique(r.slug for c in document.claims for r in c.claim.by if r.kind == "actor")


def claim_order(claim: LinkedClaim) -> tuple[tuple[int, int, int], Slug, int]:
    """By the day it was said or published, oldest first; then by document and place in its text."""
    day = claim.date.sort_key if claim.date else LAST
    return day, claim.key.document, claim.number


def newest_first(item: tuple[Slug, Document]) -> tuple[bool, tuple[int, ...], Slug]:
    """To sort (slug, document) by: the newest first, those without a year last."""
    slug, document = item
    key = document.date.sort_key if document.date else LAST
    return key[0] == LAST[0], tuple(-number for number in key), slug


def _by_name(records: Mapping[Slug, V]) -> dict[Slug, V]:
    def name(item: tuple[Slug, V]) -> tuple[str, Slug]:
        return item[1].name.text.casefold(), item[0]  # type: ignore[attr-defined]

    return dict(sorted(records.items(), key=name))


def _group(items: Iterable[V], keys_of: Callable[[V], Iterable[K]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for item in items:
        for key in keys_of(item):
            group = groups[key]
            # An item that names a key twice is the last one there already.
            if not group or group[-1] is not item:
                group.append(item)
    return {key: tuple(group) for key, group in groups.items()}


def reverse(pairs: Iterable[tuple[Slug, Iterable[Slug]]]) -> dict[Slug, tuple[Slug, ...]]:
    """From each named slug to those that name it, in their order."""
    reverse: dict[Slug, dict[Slug, None]] = defaultdict(dict)
    for slug, named in pairs:
        for other in named:
            reverse[other][slug] = None
    return {other: tuple(slugs) for other, slugs in reverse.items()}


def _all_above(slug: Slug, topics: Mapping[Slug, Topic]) -> tuple[Slug, ...]:
    """The topic and all broader ones. A circle, which ``check`` reports, is walked once."""
    found: dict[Slug, None] = {}
    waiting = [slug]
    while waiting:
        topic = waiting.pop()
        if topic in topics and topic not in found:
            found[topic] = None
            waiting += topics[topic].broader
    return tuple(found)


def _above_each(topics: Mapping[Slug, Topic]) -> dict[Slug, tuple[Slug, ...]]:
    return {slug: _all_above(slug, topics) for slug in topics}


def link_relations(documents: Mapping[Slug, Document], places: Places) -> dict[Slug, Relations]:
    """Every relation between claims that are both published and placed, by both of its documents."""

    placed: dict[Slug, frozenset[str]] = {}

    def is_placed(key: ClaimKey) -> bool:
        if key.document not in documents:
            return False
        if key.document not in placed:
            placed[key.document] = frozenset(id for id, _ in places[key.document].claims)
        return key.claim in placed[key.document]

    linked: dict[ClaimKey, list[LinkedRelation]] = defaultdict(list)
    for slug, document in documents.items():
        # Few claims bear a relation.
        for claim in (claim for claim in document.claims if claim.relations):
            later = ClaimKey(slug, claim.id)
            for relation in claim.relations:
                earlier = ClaimKey(relation.document or slug, relation.claim)
                if later != earlier and is_placed(later) and is_placed(earlier):
                    link = LinkedRelation(relation.type, later, earlier, relation.reason)
                    linked[later].append(link)
                    linked[earlier].append(link)
    found: dict[Slug, dict[ClaimKey, tuple[LinkedRelation, ...]]] = defaultdict(dict)
    for key, links in linked.items():
        found[key.document][key] = unique(links)
    return dict(found)


def link_answers(
    claims: Iterable[LinkedClaim], questions: Mapping[Slug, Question]
) -> dict[Slug, Answers]:
    """By question, what *claims* answer to it, in their order."""
    answers: dict[Slug, list[LinkedAnswer]] = {slug: [] for slug in questions}
    for claim in claims:
        if not claim.counted:
            continue
        for answer in claim.claim.answers:
            question = questions.get(answer.question)
            if question is not None and fits(question, answer):
                answers[question.slug].append(LinkedAnswer(claim, _as_asked(question, answer)))
    return {slug: Answers(found) for slug, found in answers.items()}


def fits(question: Question, answer: Answer) -> bool:
    """Whether *answer* is one that *question* takes."""
    if question.figure is not None:
        return answer.figure is not None
    ids = {id for id, _ in question.answers}
    return bool(answer.choices) and ids.issuperset(answer.choices)


def _as_asked(question: Question, answer: Answer) -> Answer:
    """The answer as its question reads it: ``5`` may be a number or an answer's id."""
    if question.figure is not None:
        return replace(answer, choices=())
    return replace(answer, figure=None)


def link_repeats(claims: Mapping[ClaimKey, LinkedClaim]) -> dict[ClaimKey, tuple[ClaimKey, ...]]:
    """The connected components of ``repeats``, by each of their claims, earliest first.

    A suggested claim is in none: until a person has accepted it, it joins nothing.
    """
    beside: dict[ClaimKey, set[ClaimKey]] = defaultdict(set)
    for claim in claims.values():
        for relation in claim.relations:
            ends = relation.later, relation.earlier
            if relation.type == "repeats" and all(claims[end].counted for end in ends):
                beside[relation.later].add(relation.earlier)
                beside[relation.earlier].add(relation.later)
    groups: dict[ClaimKey, tuple[ClaimKey, ...]] = {}
    for key in claims:
        if key in groups or key not in beside:
            continue
        group: set[ClaimKey] = set()
        waiting = [key]
        while waiting:
            one = waiting.pop()
            if one not in group:
                group.add(one)
                waiting += beside[one]
        ordered = tuple(sorted(group, key=lambda k: claim_order(claims[k])))
        groups.update(dict.fromkeys(group, ordered))
    return groups

"""Which records an archive has: one function a kind of page.

Only what the archive publishes is in it, and so only that is here; a text that may not be shown in
full is not indexed either. Suggested claims are found through their document's text alone: they
are left out of all counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TypeVar

from markupsafe import Markup

from .. import urls
from ..edtf import Edtf
from ..link import ClaimKey, LinkedClaim, LinkedDocument
from ..markup import parse_body
from ..messages.languages import primary_subtag
from ..model import Actor, AgentRef, Name, Outlet, Question, Slug, Topic
from ..views.catalogue import Catalogue, language_of, who_says
from ..words import date_words
from .record import Choice, Findable, Passage, SearchRecord

_Key = TypeVar("_Key", bound=Hashable)
_Dates = Sequence[Edtf | None]

CUT = " … "
"""Stands between the passages of a quotation that the text splits."""


def findable_pages(catalogue: Catalogue) -> Iterator[Findable]:
    """All that the archive's readers can search for, page by page, in the archive's order."""
    archive, interface = catalogue.archive, _interface(catalogue)
    for slug, question in archive.questions.items():
        make = partial(_question_records, question, catalogue)
        yield Findable(urls.question(slug), interface, len(question.body), make)
    yield from _findable_documents(catalogue)
    for actor in archive.actors.values():
        make = partial(_actor_records, actor, catalogue)
        yield Findable(urls.actor(actor.slug), interface, len(actor.body), make)
    for topic in archive.topics.values():
        make = partial(_topic_records, topic, catalogue)
        yield Findable(urls.topic(topic.slug), interface, len(topic.body), make)
    for outlet in archive.outlets.values():
        make = partial(_outlet_records, outlet, catalogue)
        yield Findable(urls.outlet(outlet.slug), interface, len(outlet.body), make)


def _findable_documents(catalogue: Catalogue) -> Iterator[Findable]:
    """Each document with its claims, apart by language: a part may be in another than the whole."""
    archive = catalogue.archive
    topics_of_documents = _keys_of(archive.documents_on.items())
    topics_of_claims = _keys_of(
        (topic, (c.key for c in claims)) for topic, claims in archive.claims_on.items()
    )
    for slug, linked in archive.documents.items():
        own = _primary(linked.document.lang, catalogue)
        claims: defaultdict[str, list[LinkedClaim]] = defaultdict(list, {own: []})
        if linked.document.rights.publish != "citation":
            for claim in linked.claims:
                if claim.counted:
                    lang = _primary(language_of(claim, linked), catalogue)
                    claims[lang].append(claim)
        for language, those in claims.items():
            make = partial(_claim_records, those, language, topics_of_claims, catalogue)
            size = sum(len(quote) for claim in those for quote in claim.claim.quote)
            if language == own:
                topics = topics_of_documents.get(slug, ())
                make = partial(_document_records, linked, topics, make, catalogue)
                size += len(str(linked.places.text))
            yield Findable(urls.document(slug), language, size, make)


def _claim_records(
    claims: Iterable[LinkedClaim],
    language: str,
    topics_of: Mapping[ClaimKey, Sequence[Slug]],
    catalogue: Catalogue,
) -> Iterator[SearchRecord]:
    # Not the claims' whole views, which last: the index alone would have all of them made.
    for linked in claims:
        claim = linked.claim
        is_said_by = bool(claim.by or claim.named or claim.unnamed)
        who = plain(who_says(claim, catalogue))
        yield SearchRecord(
            url=urls.claim(*linked.key),
            kind="claim",
            title="",
            text=CUT.join(claim.quote),
            language=language,
            also=tuple(filter(None, (who, claim.named, claim.says))),
            outlets=_outlet_choices(catalogue, (linked.outlet,)),
            actors=_speaker_choices(catalogue, (linked,)),
            topics=_topic_choices(catalogue, topics_of.get(linked.key, ())),
            years=_years((linked.date,)),
            day=_day(linked.date),
            date=_date_words(linked, catalogue),
            speaker=who if is_said_by else None,
            form=claim.form,
            summary=(claim.says,) if claim.says else (),
        )


def _date_words(linked: LinkedClaim, catalogue: Catalogue) -> str | None:
    """When it was said; or when it was published, and that it is no more."""
    if linked.date is None:
        return None
    words = date_words(linked.date, catalogue.messages)
    if linked.claim.date is not None:
        return words
    return f"{catalogue.messages.say('claim.published')} {words}"


def _document_records(
    linked: LinkedDocument,
    topics: Sequence[Slug],
    claims: Callable[[], Iterable[SearchRecord]],
    catalogue: Catalogue,
) -> Iterator[SearchRecord]:
    document = linked.document
    is_full = document.rights.publish == "full"
    date = document.date
    yield SearchRecord(
        url=urls.document(document.slug),
        kind="document",
        title=document.title,
        text=str(linked.places.text) if is_full else "",
        language=_primary(document.lang, catalogue),
        also=tuple(part.heading for part in linked.parts if part.heading),
        passages=_passages(linked) if is_full else (),
        outlets=_outlet_choices(catalogue, linked.outlets),
        actors=_speaker_choices(catalogue, (c for c in linked.claims if c.counted)),
        topics=_topic_choices(catalogue, topics),
        years=_years((date, *(part.date for part in linked.parts))),
        day=_day(date),
        date=date_words(date, catalogue.messages) if date else None,
    )
    yield from claims()


def _passages(linked: LinkedDocument) -> tuple[Passage, ...]:
    """Every anchor of the page, in text order."""
    parts = (Passage(part.start, urls.part_anchor(part.part.id)) for part in linked.parts)
    claims = (Passage(c.spans[0].start, urls.claim_anchor(c.claim.id)) for c in linked.claims)
    notes = (Passage(n.spans[0].start, urls.note_anchor(n.note.id)) for n in linked.notes)
    return tuple(sorted((*parts, *claims, *notes)))


def _question_records(question: Question, catalogue: Catalogue) -> Iterator[SearchRecord]:
    given = catalogue.archive.answers_to.get(question.slug, ())
    answers = [answer for answer in given if answer.claim.counted]
    claims = [answer.claim for answer in answers]
    labels = [
        f"{label}: {catalogue.messages.number(n)}"
        for id_, label in question.answers
        if (n := sum(id_ in answer.answer.choices for answer in answers))
    ]
    yield SearchRecord(
        url=urls.question(question.slug),
        kind="question",
        title=question.question,
        text=parse_body(question.body).text,
        language=_interface(catalogue),
        also=tuple(label for _, label in question.answers),
        outlets=_outlet_choices(catalogue, (claim.outlet for claim in claims)),
        actors=_speaker_choices(catalogue, claims),
        topics=_topic_choices(catalogue, question.topics),
        years=_years((question.date,)),
        day=_day(question.date),
        summary=(" · ".join(labels),) if labels else (),
    )


def _actor_records(actor: Actor, catalogue: Catalogue) -> Iterator[SearchRecord]:
    name = plain(catalogue.agents[AgentRef("actor", actor.slug)].text)
    kind = catalogue.messages.say(f"actor-kind.{actor.kind or 'unknown'}")
    yield SearchRecord(
        url=urls.actor(actor.slug),
        kind="actor",
        title=name,
        text=parse_body(actor.body).text,
        language=_interface(catalogue),
        names=other_names(actor, name),
        actors=(Choice(actor.slug, name),),
        summary=(plain(kind),) if actor.kind else (),
    )


def _topic_records(topic: Topic, catalogue: Catalogue) -> Iterator[SearchRecord]:
    name = plain(catalogue.topics[topic.slug].text)
    kind = catalogue.messages.say(f"topic-kind.{topic.kind or 'unknown'}")
    yield SearchRecord(
        url=urls.topic(topic.slug),
        kind="topic",
        title=name,
        text=parse_body(topic.body).text,
        language=_interface(catalogue),
        names=other_names(topic, name),
        topics=_topic_choices(catalogue, (topic.slug, *topic.broader)),
        years=_years((topic.date,)),
        day=_day(topic.date),
        summary=(plain(kind),) if topic.kind else (),
    )


def _outlet_records(outlet: Outlet, catalogue: Catalogue) -> Iterator[SearchRecord]:
    name = plain(catalogue.agents[AgentRef("outlet", outlet.slug)].text)
    yield SearchRecord(
        url=urls.outlet(outlet.slug),
        kind="outlet",
        title=name,
        text=parse_body(outlet.body).text,
        language=_interface(catalogue),
        names=other_names(outlet, name),
        also=outlet.domains,
        outlets=(Choice(outlet.slug, name),),
    )


def other_names(record: Actor | Topic | Outlet, shown: str) -> tuple[str, ...]:
    """Every name of *record* but the one shown, in all languages, each once."""
    name: Name = record.name
    names = (name.text, *(text for _, text in name.by_language), *record.aliases)
    return tuple(text for text in dict.fromkeys(names) if text != shown)


def _speaker_choices(catalogue: Catalogue, claims: Iterable[LinkedClaim]) -> tuple[Choice, ...]:
    """Who speaks in *claims*. An outlet that speaks for itself is told from an actor by its id."""
    choices: dict[Choice, None] = {}
    for claim in claims:
        for ref in claim.claim.by:
            if link := catalogue.agents.get(ref):
                id_ = ref.slug if ref.kind == "actor" else f"outlet:{ref.slug}"
                choices[Choice(id_, plain(link.text))] = None
    return tuple(choices)


def _outlet_choices(catalogue: Catalogue, outlets: Iterable[Slug | None]) -> tuple[Choice, ...]:
    links = ((slug, catalogue.outlet(slug)) for slug in dict.fromkeys(outlets) if slug)
    return tuple(Choice(slug, plain(link.text)) for slug, link in links if link)


def _topic_choices(catalogue: Catalogue, topics: Iterable[Slug]) -> tuple[Choice, ...]:
    links = ((slug, catalogue.topics.get(slug)) for slug in dict.fromkeys(topics))
    return tuple(Choice(slug, plain(link.text)) for slug, link in links if link)


def _keys_of(groups: Iterable[tuple[Slug, Iterable[_Key]]]) -> Mapping[_Key, Sequence[Slug]]:
    """The groups of each key, for groups with their keys."""
    groups_of: defaultdict[_Key, list[Slug]] = defaultdict(list)
    for group, keys in groups:
        for key in keys:
            groups_of[key].append(group)
    return groups_of


def _years(dates: _Dates) -> tuple[int, ...]:
    return tuple(dict.fromkeys(d.year for d in dates if d is not None and d.year is not None))


def _day(date: Edtf | None) -> tuple[int, int, int] | None:
    return date.sort_key if date is not None and date.year is not None else None


def _primary(language: str | None, catalogue: Catalogue) -> str:
    """The primary subtag; of a text in no known language, that of the interface."""
    if language is None or language == "und":
        return _interface(catalogue)
    return primary_subtag(language)


def _interface(catalogue: Catalogue) -> str:
    return primary_subtag(catalogue.messages.language)


def plain(text: Markup) -> str:
    """*text* without markup, and without the marks that isolate names: no word begins with one."""
    return _plain_text(str(text))


@lru_cache(maxsize=4096)
def _plain_text(html: str) -> str:
    return Markup(html).striptags().translate({0x2068: None, 0x2069: None})

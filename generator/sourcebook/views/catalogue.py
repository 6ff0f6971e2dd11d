"""The archive's names, addresses and claims as pages show them, each made once for all pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeVar

from markupsafe import Markup, escape

from .. import urls
from ..anchors import Context
from ..edtf import LAST
from ..link import Archive, ClaimKey, LinkedClaim, LinkedDocument
from ..messages import Messages, direction_of
from ..messages.languages import primary_subtag
from ..model import AgentRef, Answer, Claim, Figure, Form, Name, Review, Slug
from ..settings import Settings
from ..words import date_words

K = TypeVar("K")

LEMMA_LENGTH = 60
"""Characters of a quote in a list that names it; a longer one keeps its first and last words."""

_CUT = Markup(' <span class="cut">…</span> ')
_NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the page that it leads to; one without a page (``path`` None) is only a name."""

    text: Markup
    path: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What a claim answers to one question, in words."""

    question: Link
    answers: tuple[Markup, ...]


class ClaimView(NamedTuple):
    """A claim as every list shows it."""

    key: str
    """``document#claim``."""
    id: str
    number: int
    document: Link
    place: str
    """Where its words stand in the text."""
    page: str | None
    """The page of its own that a discussed claim has."""
    quote: Markup
    lemma: Markup
    """The quote, shortened in its middle where it is long."""
    before: Markup
    """The words of its sentence before the quote; empty where it begins with it."""
    after: Markup
    speakers: tuple[Link, ...]
    """Empty: the text does not say who."""
    who: Markup
    """The speakers' names in a row, or that they are not known."""
    named: Markup | None
    unnamed: bool
    form: Form | None
    form_words: Markup
    cue: Markup | None
    outlet: Link | None
    via: tuple[Link, ...]
    said: str | None
    """When it was said, in words; None where that is not known."""
    published: str | None
    year: int | None
    month: int | None
    sort: tuple[int, int, int]
    says: Markup | None
    topics: tuple[Link, ...]
    about: tuple[Link, ...]
    answers: tuple[AnswerView, ...]
    review: Review
    counted: bool
    """False for one that nobody has accepted, or whose document nobody has."""
    lang: str
    direction: str
    is_foreign: bool
    """Whether its words are in another language than the pages."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What every view is made of. The mappings hold all that the archive publishes."""

    archive: Archive
    settings: Settings
    messages: Messages
    agents: Mapping[AgentRef, Link]
    documents: Mapping[Slug, Link]
    topics: Mapping[Slug, Link]
    questions: Mapping[Slug, Link]
    claims: Mapping[ClaimKey, ClaimView]

    def outlet(self, slug: Slug | None) -> Link | None:
        """The outlet's name and page; None where the outlet is not known."""
        return None if slug is None else self.agents.get(AgentRef("outlet", slug))

    def actor(self, slug: Slug) -> Link | None:
        """The actor's name and page; None where there is no such actor."""
        return self.agents.get(AgentRef("actor", slug))

    def views(self, claims: Iterable[LinkedClaim]) -> tuple[ClaimView, ...]:
        """*claims* as pages show them, in their order."""
        return tuple(self.claims[claim.key] for claim in claims)


def name_in(name: Name, language: str) -> str:
    """*name* in *language*, or in the one to show where it is not given in that."""
    by_language = dict(name.by_language)
    return (
        by_language.get(language)
        or by_language.get(language.split("-", maxsplit=1)[0])
        or name.text
    )


def build_catalogue(
    archive: Archive, settings: Settings, messages: Messages, earlier: Catalogue | None = None
) -> Catalogue:
    """The names, addresses and claims of *archive* for pages in the language of *messages*.

    What *earlier* made of records that are the same objects is not made again.
    """
    if earlier is not None and _has_same_names(earlier, archive, settings, messages):
        kept = earlier.archive.documents
        documents = {
            slug: earlier.documents[slug] if kept.get(slug) is linked else _document_link(linked)
            for slug, linked in archive.documents.items()
        }
        return _with_claims(replace(earlier, archive=archive, documents=documents), earlier)
    language = messages.language
    agents: dict[AgentRef, Link] = {}
    for actor in archive.actors.values():
        name = escape(name_in(actor.name, language))
        agents[AgentRef("actor", actor.slug)] = Link(name, urls.actor(actor.slug))
    for outlet in archive.outlets.values():
        name = escape(name_in(outlet.name, language))
        agents[AgentRef("outlet", outlet.slug)] = Link(name, urls.outlet(outlet.slug))
    documents = {slug: _document_link(linked) for slug, linked in archive.documents.items()}
    topics = {
        topic.slug: Link(escape(name_in(topic.name, language)), urls.topic(topic.slug))
        for topic in archive.topics.values()
    }
    questions = {
        question.slug: Link(escape(question.question), urls.question(question.slug))
        for question in archive.questions.values()
    }
    names = Catalogue(archive, settings, messages, agents, documents, topics, questions, claims={})
    return _with_claims(names, earlier)


def _has_same_names(
    earlier: Catalogue, archive: Archive, settings: Settings, messages: Messages
) -> bool:
    """Whether all that has a name but a document is what it was, as the same objects."""
    before = earlier.archive
    return (
        earlier.settings is settings
        and earlier.messages is messages
        and before.actors is archive.actors
        and before.outlets is archive.outlets
        and before.topics is archive.topics
        and before.questions is archive.questions
    )


def _document_link(linked: LinkedDocument) -> Link:
    return Link(escape(linked.document.title), urls.document(linked.document.slug))


def _with_claims(named: Catalogue, earlier: Catalogue | None) -> Catalogue:
    # Made with the names alone: a circle of references would outlive its build in the preview.
    names = replace(named, claims={})
    claims = _ClaimViews(names.archive, lambda claim: _claim_view(claim, names))
    if (
        earlier is not None
        and isinstance(earlier.claims, _ClaimViews)
        and _are_named_alike(earlier, names)
    ):
        claims.take_from(earlier.claims)
    return replace(names, claims=claims)


def _are_named_alike(one: Catalogue, other: Catalogue) -> bool:
    """Whether a claim that is the same in both is shown in the same words."""
    return (
        (one.settings, one.messages) == (other.settings, other.messages)
        and (one.agents, one.topics) == (other.agents, other.topics)
        and one.archive.questions == other.archive.questions
    )


VIEWS_KEPT = 20_000
"""Claims as pages show them that one build of a preview hands on to the next: each is of over 1 kB,
and a save shows some thousand others, of which none would ever go."""


class _ClaimViews(Mapping[ClaimKey, ClaimView]):
    """Every claim as pages show it, made when the first page shows it."""

    def __init__(self, archive: Archive, make: Callable[[LinkedClaim], ClaimView]) -> None:
        self._archive = archive
        self._make = make
        self._made: dict[ClaimKey, ClaimView] = {}

    def take_from(self, earlier: _ClaimViews) -> None:
        """Use what was made of documents that are the same, unchanged, while it is not too much."""
        if len(earlier._made) > VIEWS_KEPT:
            return
        self._made = dict(earlier._made)
        now = self._archive.documents
        for slug, document in earlier._archive.documents.items():
            if now.get(slug) is not document:
                for claim in document.claims:
                    self._made.pop(claim.key, None)

    def __getitem__(self, key: ClaimKey) -> ClaimView:
        view = self._made.get(key)
        if view is None:
            view = self._made[key] = self._make(self._archive.claims[key])
        return view

    def __iter__(self) -> Iterator[ClaimKey]:
        return iter(self._archive.claims)

    def __len__(self) -> int:
        return len(self._archive.claims)

    def __contains__(self, key: object) -> bool:
        return key in self._archive.claims


def _claim_view(linked: LinkedClaim, catalogue: Catalogue) -> ClaimView:
    claim, messages, agents = linked.claim, catalogue.messages, catalogue.agents
    document = catalogue.archive.documents[linked.key.document]
    lang = language_of(linked, document)
    speakers = _found(agents, claim.by)
    quote = _quote(claim.quote)
    before, after = _words_around(document.context_of(linked.spans))
    date = linked.date
    return ClaimView(
        key=str(linked.key),
        id=claim.id,
        number=linked.number,
        document=catalogue.documents[document.document.slug],
        place=urls.claim(*linked.key),
        page=urls.claim_page(*linked.key) if linked.is_discussed else None,
        quote=quote,
        lemma=quote if _is_short(claim.quote) else lemma_of(claim),
        before=before,
        after=after,
        speakers=speakers,
        who=_who(speakers, claim, messages),
        named=escape(claim.named) if claim.named else None,
        unnamed=claim.unnamed,
        form=claim.form,
        form_words=_form_words(claim.form, messages),
        # The colon of a transcript and the dash of a headline are no verbs.
        cue=_cue(claim.cue) if claim.cue and any(map(str.isalnum, claim.cue)) else None,
        outlet=catalogue.outlet(linked.outlet),
        via=_found(agents, claim.via),
        said=date_words(claim.date, messages) if claim.date else None,
        published=date_words(linked.published, messages) if linked.published else None,
        year=date.year if date else None,
        month=date.month if date else None,
        sort=date.sort_key if date else LAST,
        says=escape(claim.says) if claim.says else None,
        topics=_found(catalogue.topics, claim.topics),
        about=_found(agents, claim.about),
        answers=tuple(
            _answer_view(answer, catalogue)
            for answer in claim.answers
            if answer.question in catalogue.questions
        ),
        review=claim.review,
        counted=linked.counted,
        lang=lang,
        direction=direction_of(lang),
        is_foreign=primary_subtag(lang) != primary_subtag(messages.language),
    )


def _found(links: Mapping[K, Link], keys: Iterable[K]) -> tuple[Link, ...]:
    """Those of *links* that *keys* name, in their order."""
    return tuple(filter(None, map(links.get, keys)))


def _quote(passages: tuple[str, ...]) -> Markup:
    if len(passages) == 1:
        return escape(passages[0])
    return _CUT.join(escape(text) for text in passages)


def lemma_of(claim: Claim) -> Markup:
    """The quote of *claim* where a list names it: short."""
    return escape(shorten_quote(claim.quote))


def who_says(claim: Claim, catalogue: Catalogue) -> Markup:
    """The speakers' names in a row, or that they are not known."""
    return _who(_found(catalogue.agents, claim.by), claim, catalogue.messages)


def _is_short(passages: tuple[str, ...]) -> bool:
    """Whether a list that names the quote has room for all of it."""
    return len(passages) == 1 and len(passages[0]) <= LEMMA_LENGTH


# The same few words stand at most claims.
_cue = lru_cache(maxsize=1 << 12)(escape)


@lru_cache(maxsize=16)
def _form_words(form: Form | None, messages: Messages) -> Markup:
    return messages.say(f"form.{form or 'unknown'}")


def language_of(linked: LinkedClaim, document: LinkedDocument) -> str:
    """The language of a claim's words: its part's, else its document's."""
    own = None
    if linked.part is not None:
        own = next((part.lang for part in document.parts if part.part.id == linked.part), None)
    return own or document.document.lang or "und"


def _who(speakers: tuple[Link, ...], claim: Claim, messages: Messages) -> Markup:
    if len(speakers) == 1 and not claim.unnamed:
        return speakers[0].text
    names = messages.listing(speaker.text for speaker in speakers)
    if claim.unnamed:
        if claim.named:
            return messages.say("who.unnamed-called", called=claim.named)
        return messages.say("who.unnamed-of", of=names) if names else messages.say("who.unnamed")
    if names:
        return names
    return escape(claim.named) if claim.named else messages.say("who.not-stated")


def _words_around(context: Context) -> tuple[Markup, Markup]:
    """What stands before the first and after the last quoted words of *context*."""
    first, last = context[0], context[-1]
    return (
        _NOTHING if first.quoted else escape(first.text),
        _NOTHING if last.quoted else escape(last.text),
    )


def shorten_quote(passages: tuple[str, ...], length: int = LEMMA_LENGTH) -> str:
    """The words of *passages*, without those in the middle where they exceed *length*."""
    text = " … ".join(passages)
    if len(text) <= length:
        return text
    first = text[: length * 5 // 9].rsplit(" ", 1)[0]
    last = text[-(length * 4 // 9) :].split(" ", 1)[-1]
    return f"{first.rstrip(' …')} … {last.lstrip(' …')}"


def _answer_view(answer: Answer, catalogue: Catalogue) -> AnswerView:
    question = catalogue.archive.questions[answer.question]
    labels = dict(question.answers)
    words: tuple[Markup, ...]
    if answer.figure is not None:
        words = (escape(figure_words(answer.figure, catalogue.messages)),)
    else:
        words = tuple(escape(labels[choice]) for choice in answer.choices if choice in labels)
    return AnswerView(catalogue.questions[answer.question], words)


def figure_words(figure: Figure, messages: Messages) -> str:
    """The figure as a reader says it: "50,000", "50,000 to 55,000", "up to 70,000"."""
    number: Callable[[float], str] = messages.number
    low, best, high = figure.low, figure.best, figure.high
    if low is not None and high is not None and low != high:
        ends = messages.say("figure.range", low=number(low), high=number(high))
        return (
            messages.say("figure.best", best=number(best), ends=ends) if best is not None else ends
        )
    if best is not None:
        end = _one_end(low, high, messages) if (low is None) != (high is None) else ""
        return messages.say("figure.best", best=number(best), ends=end) if end else number(best)
    if high is not None and low is not None:
        return number(high)
    return _one_end(low, high, messages)


def _one_end(low: float | None, high: float | None, messages: Messages) -> str:
    """What is said of a figure of which one end is given."""
    if high is not None:
        return messages.say("figure.up-to", high=messages.number(high))
    return messages.say("figure.at-least", low=messages.number(low)) if low is not None else ""

"""Where accounts meet: the way in, and two documents side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from .. import urls
from ..edtf import Edtf
from ..link import ClaimKey, LinkedAnswer, LinkedClaim
from ..model import AgentRef, Slug
from ..words import date_words
from .catalogue import Catalogue, ClaimView, Link, figure_words, shorten_quote
from .claim_lists import BY_CUE, BY_FORM, BY_NAMING, BY_QUESTION, BY_SPEAKER, BY_TOPIC
from .matrix import ACTORS_SHOWN, QuoteMatrix, compared_actors, quote_matrix
from .outlet_comparison import OutletComparison, compare_outlets, outlets_of
from .pairs import Pair, find_pairs
from .renderings import Rendering, renderings_on_sides

PAIRS_SHOWN = 100
TOPICS_SHOWN = 60
QUOTES_OPEN = 2
"""Quotes of an actor that stand open on each side; others wait behind one line."""
QUOTES_HELD = 40
QUOTE_LENGTH = 220
"""Characters of a quote beside another one; a longer one keeps its first and last words."""
SIDE_LENGTH = 34
"""Characters of a document's title where it only names its side."""


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All that this archive has to compare."""

    pairs: tuple[Pair, ...]
    """The closest first."""
    topics: tuple[Slug, ...]
    """Those on which several outlets print claims, those of most outlets first."""
    actors: tuple[Slug, ...]
    """Those whom several outlets quote, those of most outlets first."""

    def __bool__(self) -> bool:
        return bool(self.pairs or self.topics or self.actors)


def find_comparisons(catalogue: Catalogue) -> Comparisons:
    """What the archive of *catalogue* has to compare; nothing where it holds one account only."""
    archive = catalogue.archive
    topics: list[tuple[int, int, Slug]] = []
    for slug in archive.topics:
        by_outlet = outlets_of(archive.claims_on.get(slug, ()))
        known = len(by_outlet.keys() - {None})
        if known > 1:
            claims = sum(len(found) for found in by_outlet.values())
            topics.append((-known, -claims, slug))
    return Comparisons(
        pairs=find_pairs(archive),
        topics=tuple(slug for _, _, slug in sorted(topics)),
        actors=compared_actors(catalogue),
    )


def pair_links(comparisons: Comparisons, catalogue: Catalogue) -> dict[Slug, tuple[Link, ...]]:
    """By document: its comparisons with others, each under the other's title, the closest first."""
    links: dict[Slug, list[Link]] = {}
    for pair in comparisons.pairs:
        path = urls.pair(pair.earlier, pair.later)
        for one, other in ((pair.earlier, pair.later), (pair.later, pair.earlier)):
            links.setdefault(one, []).append(Link(catalogue.documents[other].text, path))
    return {slug: tuple(found) for slug, found in links.items()}


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair of documents in a list."""

    earlier: Link
    later: Link
    earlier_date: str
    later_date: str
    path: str
    statements: int
    questions: int
    actors: int


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic on which outlets can be compared."""

    link: Link
    outlets: int
    claims: int


@dataclass(frozen=True, slots=True)
class CompareView:
    """The way in."""

    pairs: tuple[PairLine, ...]
    pair_count: int
    topics: tuple[TopicLine, ...]
    topic_count: int
    matrix: QuoteMatrix | None
    documents: int
    claims: int
    """Counted ones."""


def compare_view(comparisons: Comparisons, catalogue: Catalogue) -> CompareView:
    """The way in to all *comparisons*."""
    archive = catalogue.archive
    has_matrix = any(slug is not None for slug in archive.claims_in)
    return CompareView(
        pairs=tuple(_pair_line(pair, catalogue) for pair in comparisons.pairs[:PAIRS_SHOWN]),
        pair_count=len(comparisons.pairs),
        topics=tuple(_topic_line(slug, catalogue) for slug in comparisons.topics[:TOPICS_SHOWN]),
        topic_count=len(comparisons.topics),
        matrix=quote_matrix(catalogue, comparisons.actors) if has_matrix else None,
        documents=len(archive.documents),
        claims=sum(1 for claim in archive.claims.values() if claim.counted),
    )


def _pair_line(pair: Pair, catalogue: Catalogue) -> PairLine:
    def date(slug: Slug) -> str:
        return _dated_words(catalogue.archive.documents[slug].document.date, catalogue)

    return PairLine(
        earlier=catalogue.documents[pair.earlier],
        later=catalogue.documents[pair.later],
        earlier_date=date(pair.earlier),
        later_date=date(pair.later),
        path=urls.pair(pair.earlier, pair.later),
        statements=len(pair.statements),
        questions=len(pair.questions),
        actors=len(pair.actors),
    )


def _dated_words(date: Edtf | None, catalogue: Catalogue) -> str:
    """*date* in words; where it is not known, that it is the date which is not."""
    messages = catalogue.messages
    return date_words(date, messages) if date is not None else messages.say("unknown.date")


def _topic_line(slug: Slug, catalogue: Catalogue) -> TopicLine:
    counted = [claim for claim in catalogue.archive.claims_on[slug] if claim.counted]
    return TopicLine(
        link=Link(catalogue.topics[slug].text, urls.topic_outlets(slug)),
        outlets=len({claim.outlet for claim in counted if claim.outlet}),
        claims=len(counted),
    )


@dataclass(frozen=True, slots=True)
class OutletsView:
    """Outlets side by side on one topic, or quoting one actor."""

    subject: Link
    is_actor: bool
    comparison: OutletComparison


def topic_outlets_view(slug: Slug, catalogue: Catalogue) -> OutletsView:
    """Outlets side by side on the topic *slug*."""
    kinds = (BY_FORM, BY_NAMING, BY_SPEAKER, BY_CUE, BY_QUESTION)
    claims = catalogue.archive.claims_on[slug]
    return OutletsView(
        catalogue.topics[slug], is_actor=False, comparison=compare_outlets(claims, kinds, catalogue)
    )


def actor_outlets_view(slug: Slug, catalogue: Catalogue) -> OutletsView:
    """Outlets side by side in how they quote the actor *slug*."""
    kinds = (BY_FORM, BY_NAMING, BY_CUE, BY_TOPIC, BY_QUESTION)
    ref = AgentRef("actor", slug)
    claims = catalogue.archive.claims_by[ref]
    return OutletsView(
        catalogue.agents[ref], is_actor=True, comparison=compare_outlets(claims, kinds, catalogue)
    )


def actors_with_pages(comparisons: Comparisons) -> tuple[Slug, ...]:
    """The actors to whose comparison the matrix leads."""
    return comparisons.actors[:ACTORS_SHOWN]


@dataclass(frozen=True, slots=True)
class PairSide:
    """One of two documents: what it is, and how much of it is marked."""

    document: Link
    name: Markup
    """Short, for where the side is only named."""
    outlets: tuple[Link, ...]
    date: str
    lang: str | None
    parts: int
    claims: int
    """Counted ones."""


@dataclass(frozen=True, slots=True)
class SharedStatement:
    """One statement as each side renders it."""

    who: Markup
    title: Markup
    """In the annotator's words, or else the shortened quote that is earliest."""
    sides: tuple[tuple[Rendering, ...], ...]


@dataclass(frozen=True, slots=True)
class SideQuote:
    """A claim on one side, its words shortened where they are many."""

    claim: ClaimView
    words: Markup


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """One answer, and who gives it on each side."""

    label: Markup
    sides: tuple[tuple[SideQuote, ...], ...]


@dataclass(frozen=True, slots=True)
class SharedQuestion:
    """A question that both sides answer."""

    question: Link
    answers: tuple[SharedAnswer, ...]
    """Those that either side gives."""


@dataclass(frozen=True, slots=True)
class SideQuotes:
    """An actor's claims on one side."""

    total: int
    open: tuple[SideQuote, ...]
    folded: tuple[SideQuote, ...]


@dataclass(frozen=True, slots=True)
class SharedActor:
    """An actor who speaks on both sides."""

    id: str
    actor: Link
    sides: tuple[SideQuotes, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """Two documents side by side, the earlier one first."""

    sides: tuple[PairSide, ...]
    statements: tuple[SharedStatement, ...]
    has_marks: bool
    """Whether shared words are marked: they are where both sides have one language."""
    questions: tuple[SharedQuestion, ...]
    speakers: tuple[SharedActor, ...]
    """Those who say most in both first."""
    named: tuple[Link, ...]
    """Other actors whom both name."""
    actors: int
    """Both kinds."""


def pair_view(pair: Pair, catalogue: Catalogue) -> PairView:
    """The two documents of *pair* side by side."""
    slugs = (pair.earlier, pair.later)
    speakers = [_shared_actor(slug, slugs, catalogue) for slug in pair.speakers]
    outlets = [catalogue.archive.documents[slug].document.outlet for slug in slugs]
    by_outlet = outlets[0] != outlets[1]
    statements = tuple(_shared_statement(group, slugs, catalogue) for group in pair.statements)
    return PairView(
        sides=tuple(_pair_side(slug, catalogue, by_outlet=by_outlet) for slug in slugs),
        statements=statements,
        has_marks=any(_have_one_language(one.sides) for one in statements),
        questions=tuple(_shared_question(slug, slugs, catalogue) for slug in pair.questions),
        speakers=tuple(
            sorted(speakers, key=lambda actor: -min(side.total for side in actor.sides))
        ),
        named=tuple(
            link
            for slug in pair.actors
            if slug not in pair.speakers and (link := catalogue.actor(slug)) is not None
        ),
        actors=len(pair.actors),
    )


def _pair_side(slug: Slug, catalogue: Catalogue, *, by_outlet: bool) -> PairSide:
    """One side; it is called by its outlet where *by_outlet* says that this tells it apart."""
    linked = catalogue.archive.documents[slug]
    document = linked.document
    own = catalogue.outlet(document.outlet)
    title = document.title
    short = title if len(title) <= SIDE_LENGTH else title[:SIDE_LENGTH].rsplit(" ", 1)[0] + " …"
    return PairSide(
        document=catalogue.documents[slug],
        name=own.text if own is not None and by_outlet else escape(short),
        outlets=tuple(link for name in linked.outlets if (link := catalogue.outlet(name))),
        date=_dated_words(document.date, catalogue),
        lang=document.lang,
        parts=len(linked.parts),
        claims=sum(1 for claim in linked.claims if claim.counted),
    )


def _shared_statement(
    group: Iterable[ClaimKey], slugs: Sequence[Slug], catalogue: Catalogue
) -> SharedStatement:
    claims = [claim for key in group if (claim := catalogue.archive.claims[key]).counted]
    sides = [[c.key for c in claims if c.key.document == slug] for slug in slugs]
    views = [catalogue.claims[key] for side in sides for key in side]
    said = next((view.says for view in views if view.says), None)
    title = said or views[0].lemma
    return SharedStatement(views[0].who, title, renderings_on_sides(sides, catalogue))


def _have_one_language(sides: Sequence[Sequence[Rendering]]) -> bool:
    languages = [{one.claim.lang.split("-")[0] for one in side} for side in sides]
    return bool(set.intersection(*languages))


def _shared_question(slug: Slug, slugs: Sequence[Slug], catalogue: Catalogue) -> SharedQuestion:
    archive = catalogue.archive
    by_label: dict[str, list[LinkedAnswer]] = {}
    question = archive.questions[slug]
    for answer in archive.answers_to[slug]:
        if answer.claim.key.document in slugs:
            figure = answer.answer.figure
            for choice in answer.answer.choices if figure is None else ("",):
                label = figure_words(figure, catalogue.messages) if figure else choice
                by_label.setdefault(label, []).append(answer)
    labels = dict(question.answers)
    given = [name for name in labels if name in by_label] if labels else list(by_label)
    return SharedQuestion(
        catalogue.questions[slug],
        tuple(
            SharedAnswer(
                escape(labels.get(name, name)),
                tuple(
                    tuple(
                        _side_quote(answer.claim, catalogue)
                        for answer in by_label[name]
                        if answer.claim.key.document == side
                    )
                    for side in slugs
                ),
            )
            for name in given
        ),
    )


def _side_quote(claim: LinkedClaim, catalogue: Catalogue) -> SideQuote:
    quote = claim.claim.quote
    view = catalogue.claims[claim.key]
    is_long = sum(len(passage) for passage in quote) > QUOTE_LENGTH
    return SideQuote(view, escape(shorten_quote(quote, QUOTE_LENGTH)) if is_long else view.quote)


def _shared_actor(slug: Slug, slugs: Sequence[Slug], catalogue: Catalogue) -> SharedActor:
    ref = AgentRef("actor", slug)

    def quotes(document: Slug) -> SideQuotes:
        linked = catalogue.archive.documents[document]
        claims: list[LinkedClaim] = [c for c in linked.claims if c.counted and ref in c.claim.by]
        views = tuple(_side_quote(claim, catalogue) for claim in claims[:QUOTES_HELD])
        return SideQuotes(len(claims), views[:QUOTES_OPEN], views[QUOTES_OPEN:])

    return SharedActor(f"actor-{slug}", catalogue.agents[ref], tuple(quotes(s) for s in slugs))

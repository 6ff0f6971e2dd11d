"""Two documents side by side: one statement as each renders it, rival answers, actors' words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..edtf import Edtf
from ..link import ClaimKey, LinkedAnswer, LinkedClaim, LinkedRelation
from ..model import AgentRef, Slug
from ..words import date_words
from .catalogue import Catalogue, ClaimView, Link, figure_words, shorten_quote
from .pairs import Pair
from .renderings import CLAIMS_SHOWN, RenderingRow, rows_on_sides

QUOTES_OPEN = 2
"""Quotes of an actor that stand open on each side; others wait behind one line."""
QUOTES_HELD = 40
QUOTE_LENGTH = 220
"""Characters of a quote beside another one; a longer one keeps its first and last words."""
SIDE_LENGTH = 34
"""Characters of a document's title where it only names its side."""


def dated_words(date: Edtf | None, catalogue: Catalogue) -> str:
    """*date* in words; where it is not known, that it is the date which is not."""
    messages = catalogue.messages
    return date_words(date, messages) if date is not None else messages.say("unknown.date")


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
    sides: tuple[tuple[ClaimView, ...], ...]
    rows: tuple[RenderingRow, ...]
    """What corresponds, side by side."""

    @property
    def left_out(self) -> int:
        """How many claims of a side that makes it again and again stand in no row."""
        return sum(max(0, len(side) - CLAIMS_SHOWN) for side in self.sides)


@dataclass(frozen=True, slots=True)
class SharedRelation:
    """A claim of one side that stands to a claim of the other: disputes it, responds to it."""

    reason: Markup | None
    sides: tuple[tuple[Markup, SideQuote], ...]
    """(how it stands to the other, the claim)."""


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
    relations: tuple[SharedRelation, ...]
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
    meeting = _meeting_claims(pair, catalogue)
    said = [_said_by_each(slug, catalogue) for slug in slugs]
    speakers = [
        _shared_actor(slug, [theirs[slug] for theirs in said], meeting, catalogue)
        for slug in pair.speakers
    ]
    outlets = [catalogue.archive.documents[slug].document.outlet for slug in slugs]
    by_outlet = outlets[0] != outlets[1]
    statements = tuple(_shared_statement(group, slugs, catalogue) for group in pair.statements)
    return PairView(
        sides=tuple(_pair_side(slug, catalogue, by_outlet=by_outlet) for slug in slugs),
        statements=statements,
        has_marks=any(row.is_aligned for one in statements for row in one.rows),
        relations=tuple(_shared_relation(one, slugs, catalogue) for one in pair.relations),
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
        date=dated_words(document.date, catalogue),
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
    shown = tuple(tuple(catalogue.claims[key] for key in side) for side in sides)
    return SharedStatement(views[0].who, title, shown, rows_on_sides(sides, catalogue))


def _shared_relation(
    relation: LinkedRelation, slugs: Sequence[Slug], catalogue: Catalogue
) -> SharedRelation:
    say, claims = catalogue.messages.say, catalogue.archive.claims
    ends = ((relation.later, "bears"), (relation.earlier, "receives"))
    return SharedRelation(
        escape(relation.reason) if relation.reason else None,
        tuple(
            (say(f"relation.{relation.type}-{end}"), _side_quote(claims[key], catalogue))
            for slug in slugs
            for key, end in ends
            if key.document == slug
        ),
    )


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
    is_long = _length(claim) > QUOTE_LENGTH
    return SideQuote(view, escape(shorten_quote(quote, QUOTE_LENGTH)) if is_long else view.quote)


def _meeting_claims(pair: Pair, catalogue: Catalogue) -> frozenset[ClaimKey]:
    """The claims in which the two documents meet."""
    answers = catalogue.archive.answers_to
    answering = {answer.claim.key for slug in pair.questions for answer in answers[slug]}
    related = {key for relation in pair.relations for key in (relation.later, relation.earlier)}
    return frozenset(answering.union(related, *pair.statements))


def _most_telling_first(
    claims: Sequence[LinkedClaim], meeting: frozenset[ClaimKey], catalogue: Catalogue
) -> list[LinkedClaim]:
    """*claims*, those in which the documents meet first, else in text order; of what a document
    says several times, as heading and in full, the longest first and the others last."""
    repeats = catalogue.archive.repeats
    longest: dict[ClaimKey, LinkedClaim] = {}
    for claim in claims:
        group = repeats.get(claim.key, (claim.key,))[0]
        if group not in longest or _length(claim) > _length(longest[group]):
            longest[group] = claim
    kept = {claim.key for claim in longest.values()}
    return sorted(claims, key=lambda c: (c.key not in kept, c.key not in meeting, c.number))


def _length(claim: LinkedClaim) -> int:
    return sum(len(passage) for passage in claim.claim.quote)


def _said_by_each(document: Slug, catalogue: Catalogue) -> Mapping[Slug, Sequence[LinkedClaim]]:
    """By actor, the counted claims that *document* has of them."""
    said: dict[Slug, list[LinkedClaim]] = {}
    for claim in catalogue.archive.documents[document].claims:
        for ref in claim.claim.by if claim.counted else ():
            if ref.kind == "actor":
                said.setdefault(ref.slug, []).append(claim)
    return said


def _shared_actor(
    slug: Slug,
    sides: Iterable[Sequence[LinkedClaim]],
    meeting: frozenset[ClaimKey],
    catalogue: Catalogue,
) -> SharedActor:
    def quotes(theirs: Sequence[LinkedClaim]) -> SideQuotes:
        claims = _most_telling_first(theirs, meeting, catalogue)[:QUOTES_HELD]
        views = tuple(_side_quote(claim, catalogue) for claim in claims)
        return SideQuotes(len(theirs), views[:QUOTES_OPEN], views[QUOTES_OPEN:])

    actor = catalogue.agents[AgentRef("actor", slug)]
    return SharedActor(f"actor-{slug}", actor, tuple(map(quotes, sides)))

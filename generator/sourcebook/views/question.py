"""A question's page: rival answers side by side, what each outlet holds, figures on one scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from .. import urls
from ..link import Answers, Archive, ClaimKey, LinkedAnswer, LinkedClaim
from ..model import AgentRef, Question, Slug
from ..words import date_words
from .catalogue import Catalogue, ClaimView, Link
from .claim_lists import ListedClaim, selection_rules, voice_of
from .claim_years import claim_years
from .figures import FigureStrip, figure_strip
from .list_pages import ListPart
from .outlet_comparison import silent_outlets
from .outlet_lists import claims_on_topic
from .prose import prose
from .renderings import Renderings, renderings_of
from .when import WhenStrip, when_strip

CLAIMS_HELD = 300
"""Of a question on its own page; where it has more, of each answer the latest."""
LEAST_OF_EACH = 30
OUTLETS_SHOWN = 100
"""Rows of the matrix: outlets whose claims answer stand before those that are only on the topic."""

VOICES_NAMED = 4
"""Of those who give an answer, before their claims."""

FIGURES = "figures"
"""The folder of the claims that answer with a figure; those with an answer have its id."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who gives an answer, and in which outlets."""

    who: Markup
    outlets: tuple[Link | None, ...]
    """None: the outlet of a claim is not known."""


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """One possible answer, and the claims that give it."""

    id: str
    label: str
    voices: tuple[Voice, ...]
    """Those who give it most often, to be read before their words."""
    more_voices: int
    claims: tuple[ListedClaim, ...]
    total: int
    """More than those where the page cannot hold all; then it has the latest."""
    speakers: int
    """Of all of them."""
    years: tuple[ListPart, ...]
    """Where all of them are, if the page does not hold all."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many claims of one outlet give one answer; none is "not found", never "did not say"."""

    id: str
    """The anchor that selects these claims."""
    label: str
    """The answer."""
    count: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What the archive holds of one outlet on the question."""

    outlet: Link | None
    """None: the claims whose outlet is not known."""
    documents: int
    """Documents that the archive holds of it."""
    cells: tuple[MatrixCell, ...]
    on_topic: int
    """Its claims on the question's first topic, those that answer here among them."""
    on_topic_path: str
    """Where all of these are; empty where there are none."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """All that a question's page shows."""

    slug: Slug
    question: str
    topics: tuple[Link, ...]
    date: str | None
    body: Markup
    is_figure: bool
    counted: str | None
    """What a figure question counts."""
    answers: tuple[AnswerColumn, ...]
    strip: FigureStrip | None
    figure_years: tuple[ListPart, ...]
    """Where all figures are, if the strip does not hold all."""
    is_cut: bool
    """Whether the page has only the latest claims, and the matrix counts only those."""
    matrix: tuple[MatrixRow, ...]
    more_outlets: int
    """Outlets with claims on the first topic for which the matrix has no row."""
    silent: tuple[tuple[Link, int], ...]
    """Outlets of which documents are held and nothing is found here, with how many documents."""
    silent_documents: int
    renderings: tuple[Renderings, ...]
    style: Markup
    claim_count: int
    speaker_count: int
    outlet_count: int
    document_count: int
    """Documents that the archive holds."""
    when: WhenStrip | None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in a list, with a claim of each of the first answers that have one."""

    link: Link
    date: str | None
    sort: str
    is_figure: bool
    claims: int
    speakers: int
    outlets: int
    answered: int
    """Answers that at least one claim gives."""
    samples: tuple[tuple[Markup, ClaimView], ...]
    """(answer, a claim that gives it)."""


def question_view(question: Question, catalogue: Catalogue) -> QuestionView:
    """The page of *question*."""
    archive, messages = catalogue.archive, catalogue.messages
    given = archive.answers_to[question.slug]
    claims = [answer.claim for answer in given]
    held = _latest_of_each(question, given)
    columns = _columns(question, given, held, catalogue)
    matrix = _matrix(question, held, catalogue)
    answering = {row.outlet for row in matrix}
    silent_documents = {
        document
        for slug in archive.outlets
        if catalogue.outlet(slug) not in answering
        for document in archive.documents_of.get(slug, ())
    }
    return QuestionView(
        slug=question.slug,
        question=question.question,
        topics=tuple(
            catalogue.topics[slug] for slug in question.topics if slug in catalogue.topics
        ),
        date=date_words(question.date, messages) if question.date else None,
        body=prose(question.body, urls.question(question.slug), catalogue),
        is_figure=question.figure is not None,
        counted=question.figure.of if question.figure else None,
        answers=columns,
        strip=figure_strip(question.figure, held, catalogue) if question.figure else None,
        figure_years=_years_beside(question, FIGURES, claims, catalogue)
        if question.figure and len(held) < len(given)
        else (),
        is_cut=len(held) < len(given),
        matrix=matrix[:OUTLETS_SHOWN],
        more_outlets=len(matrix[OUTLETS_SHOWN:]),
        silent=silent_outlets(answering, catalogue),
        silent_documents=len(silent_documents),
        renderings=_renderings((answer.claim for answer in held), catalogue),
        style=selection_rules(
            cell.id for row in matrix[:OUTLETS_SHOWN] for cell in row.cells if cell.count
        ),
        claim_count=len(claims),
        speaker_count=len({ref for claim in claims for ref in claim.claim.by}),
        outlet_count=len({claim.outlet for claim in claims if claim.outlet}),
        document_count=len(archive.documents),
        when=when_strip(claims, question.topics, urls.question(question.slug), catalogue),
    )


def question_line(slug: Slug, catalogue: Catalogue) -> QuestionLine:
    """The question *slug* as a list shows it."""
    archive, messages = catalogue.archive, catalogue.messages
    question = archive.questions[slug]
    given = archive.answers_to.get(slug, ())
    claims = [answer.claim for answer in given]
    labels = dict(question.answers)
    claims_by_answer: dict[str, list[LinkedClaim]] = {name: [] for name in labels}
    for answer in given:
        for name in answer.answer.choices or (str(answer.answer.figure),):
            claims_by_answer.setdefault(name, []).append(answer.claim)
    shown = _farthest_first(given) if question.figure is not None else claims_by_answer
    return QuestionLine(
        link=catalogue.questions[slug],
        date=date_words(question.date, messages) if question.date else None,
        sort="{:04}-{:02}-{:02}".format(*question.date.sort_key) if question.date else "9999",
        is_figure=question.figure is not None,
        claims=len(claims),
        speakers=len({ref for claim in claims for ref in claim.claim.by}),
        outlets=len({claim.outlet for claim in claims if claim.outlet}),
        answered=sum(1 for found in claims_by_answer.values() if found),
        samples=tuple(
            (escape(labels.get(name, "")), catalogue.claims[claim.key])
            for name, claim in _choose_samples({name: claims_by_answer[name] for name in shown})
        ),
    )


def _farthest_first(given: Iterable[LinkedAnswer]) -> list[str]:
    """The figures by name: the lowest, then from the highest downwards."""
    sizes = {
        str(one): min(value for value in (one.low, one.best, one.high) if value is not None)
        for answer in given
        if (one := answer.answer.figure) is not None
    }
    upwards = sorted(sizes, key=lambda name: sizes[name])
    return [*upwards[:1], *upwards[:0:-1]]


def _choose_samples(
    claims_by_answer: Mapping[str, Sequence[LinkedClaim]],
) -> list[tuple[str, LinkedClaim]]:
    """A claim for each answer that has one: another claim each time, of another speaker if it can be."""
    samples: list[tuple[str, LinkedClaim]] = []
    taken: set[ClaimKey] = set()
    heard: set[AgentRef] = set()
    for name, claims in claims_by_answer.items():
        free = [claim for claim in claims if claim.key not in taken]
        if free:
            chosen = next((claim for claim in free if heard.isdisjoint(claim.claim.by)), free[0])
            samples.append((name, chosen))
            taken.add(chosen.key)
            heard.update(chosen.claim.by)
    return samples


def _cell_id(answer: str, outlet: Slug | None) -> str:
    return f"{answer}--{outlet or '_unknown'}"


def claims_by_answer(question: Question, given: Answers) -> Mapping[str, tuple[LinkedClaim, ...]]:
    """The claims that give each answer, by its id; those that give a figure under ``FIGURES``."""
    if question.figure is not None:
        return {FIGURES: tuple(answer.claim for answer in given)}
    return {
        name: tuple(given[place].claim for place in given.places.get(name, ()))
        for name, _ in question.answers
    }


def _latest_of_each(question: Question, given: Answers) -> Sequence[LinkedAnswer]:
    """Those of *given* that the page holds: the latest claims of each answer."""
    limit = max(CLAIMS_HELD // max(len(question.answers), 3), LEAST_OF_EACH)
    latest: set[ClaimKey] = set()
    for claims in claims_by_answer(question, given).values():
        by_date = sorted(claims, key=lambda claim: claim.date is not None)
        latest.update(claim.key for claim in by_date[-limit:])
    return [answer for answer in given if answer.claim.key in latest]


def _years_beside(
    question: Question, folder: str, claims: Sequence[LinkedClaim], catalogue: Catalogue
) -> tuple[ListPart, ...]:
    index = urls.beside(urls.question(question.slug), folder)
    return claim_years(claims, index, catalogue.messages)


def _columns(
    question: Question,
    given: Answers,
    held: Sequence[LinkedAnswer],
    catalogue: Catalogue,
) -> tuple[AnswerColumn, ...]:
    columns: list[AnswerColumn] = []
    everything = claims_by_answer(question, given)
    for name, label in question.answers:
        claims = [answer.claim for answer in held if name in answer.answer.choices]
        total = everything[name]
        voices = _voices(catalogue.claims[claim.key] for claim in claims)
        columns.append(
            AnswerColumn(
                id=name,
                label=label,
                voices=voices[:VOICES_NAMED],
                more_voices=len(voices[VOICES_NAMED:]),
                claims=tuple(
                    ListedClaim(catalogue.claims[claim.key], escape(_cell_id(name, claim.outlet)))
                    for claim in claims
                ),
                total=len(total),
                speakers=len({ref for claim in total for ref in claim.claim.by}),
                years=_years_beside(question, name, total, catalogue)
                if len(claims) < len(total)
                else (),
            )
        )
    return tuple(columns)


def _voices(claims: Iterable[ClaimView]) -> tuple[Voice, ...]:
    """Who speaks in *claims*, those with most of them first, each with the outlets in their order."""
    outlets: dict[Link, list[Link | None]] = {}
    for claim in claims:
        outlets.setdefault(voice_of(claim), []).append(claim.outlet)
    ranked = sorted(outlets.items(), key=lambda item: -len(item[1]))
    return tuple(Voice(who.text, tuple(dict.fromkeys(found))) for who, found in ranked)


def first_topic(question: Question, archive: Archive) -> Slug | None:
    """The topic on which a question's page counts what outlets hold."""
    return next((slug for slug in question.topics if slug in archive.topics), None)


def _matrix(
    question: Question, given: Sequence[LinkedAnswer], catalogue: Catalogue
) -> tuple[MatrixRow, ...]:
    """One row for each outlet with a claim that answers, or else is on the first topic."""
    archive = catalogue.archive
    topic = first_topic(question, archive)
    on_topic = claims_on_topic(topic, archive) if topic is not None else {}
    counts: dict[tuple[Slug | None, str], int] = {}
    for answer in given:
        for name in answer.answer.choices or (_FIGURE,):
            place = (answer.claim.outlet, name)
            counts[place] = counts.get(place, 0) + 1
    answers = question.answers or ((_FIGURE, catalogue.messages.say("question.figure-column")),)
    outlets = {outlet for outlet, _ in counts} | set(on_topic)
    totals = {
        outlet: sum(counts.get((outlet, name), 0) for name, _ in answers) for outlet in outlets
    }
    rows: list[MatrixRow] = []
    for outlet in sorted(outlets, key=lambda slug: (slug is None, -totals[slug], slug or "")):
        link = catalogue.outlet(outlet)
        rows.append(
            MatrixRow(
                outlet=link,
                documents=len(archive.documents_of.get(outlet, ())) if outlet else 0,
                cells=tuple(
                    MatrixCell(_cell_id(name, outlet), label, counts.get((outlet, name), 0))
                    for name, label in answers
                ),
                on_topic=len(on_topic[outlet].claims) if outlet in on_topic else 0,
                on_topic_path=on_topic[outlet].path if outlet in on_topic else "",
            )
        )
    return tuple(rows)


_FIGURE = "figure"
"""Stands for the answer to a figure question, which has no list of answers."""


def _renderings(claims: Iterable[LinkedClaim], catalogue: Catalogue) -> tuple[Renderings, ...]:
    """Each statement that several sources render, once."""
    seen: set[str] = set()
    found: list[Renderings] = []
    for claim in claims:
        if str(claim.key) in seen:
            continue
        seen.update(str(key) for key in catalogue.archive.repeats.get(claim.key, ()))
        renderings = renderings_of(claim.key, catalogue)
        if renderings is not None:
            found.append(renderings)
    return tuple(found)

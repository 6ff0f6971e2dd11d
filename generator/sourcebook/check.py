"""The rules that need more than one record: one function each, one table.

What a single file already shows is reported where it is read (``frontmatter``, ``fields``,
``load``), and what needs the text where the text is searched (``anchors``, ``fidelity``). A rule
here takes the content and yields what is wrong with it. Adding one is a function, a row in
``RULES`` and a page in ``rules/``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain

from .diagnostics import Diagnostic, Pointer, Related, Severity, did_you_mean
from .edtf import Edtf
from .load import FOLDERS, Content, find_loose_captures
from .markup import BodyLink, parse_body
from .model import Answer, Document, Question, Slug
from .references import (
    References,
    find_unknown_agents,
    find_unknown_claims,
    find_unknown_documents,
    find_unknown_outlets,
    find_unknown_topics,
)

Rule = Callable[[Content], Iterator[Diagnostic]]


def check_content(content: Content, today: date) -> list[Diagnostic]:
    """Everything that the rules find, in no particular order; *today* decides what is future."""
    found = [diagnostic for rule in RULES for diagnostic in rule(content)]
    return [*found, *find_unpublishable(content, today)]


def find_duplicate_ids(content: Content) -> Iterator[Diagnostic]:
    """Ids of parts, claims and notes that a document uses twice: each is a permanent address."""
    for document in content.documents.values():
        first: dict[str, Pointer] = {}
        ids: Iterator[tuple[Pointer, str]] = chain(
            ((("parts", i, "id"), part.id) for i, part in enumerate(document.parts)),
            ((("claims", i, "id"), claim.id) for i, claim in enumerate(document.claims)),
            ((("notes", i, "id"), note.id) for i, note in enumerate(document.notes)),
        )
        for pointer, id in ids:
            if id in first:
                yield Diagnostic(
                    "duplicate-id",
                    f"id `{id}` is already used",
                    document.path,
                    help="give this one another; the id is part of its permanent address",
                    pointer=pointer,
                    related=(Related("first used", document.path, first[id]),),
                )
            first.setdefault(id, pointer)


def find_misfit_answers(content: Content) -> Iterator[Diagnostic]:
    """Answers to questions that are not there, or that the question does not take."""
    references = References(content)
    for document in content.documents.values():
        for claim in document.claims:
            for answer in claim.answers:
                pointer: Pointer = ("claims", claim.id, "answers", answer.question)
                who = f"claim `{claim.id}`"
                if answer.question not in content.questions:
                    key = (*pointer, "@key")
                    yield from references.unknown(
                        "question", answer.question, document.path, key, who
                    )
                else:
                    question = content.questions[answer.question]
                    yield from _misfit(question, answer, document, pointer, who)


def _misfit(
    question: Question, answer: Answer, document: Document, pointer: Pointer, who: str
) -> Iterator[Diagnostic]:
    if question.figure is not None:
        if answer.figure is None:
            given = ", ".join(answer.choices)
            yield Diagnostic(
                "answer-does-not-fit",
                f"{who} answers `{question.slug}` with `{given}`, which is not a number",
                document.path,
                help="write a number, or {low: …, best: …, high: …, as_of: …}",
                pointer=pointer,
            )
        elif (order := _disorder(answer)) is not None:
            yield Diagnostic(
                "answer-does-not-fit",
                f"{who} answers `{question.slug}` with {order}",
                document.path,
                help="put the smaller number in `low`, the larger in `high`",
                pointer=pointer,
            )
        return
    if not question.answers:
        return  # The question is what has to be mended; it is reported where it was read.
    choices = [id for id, _ in question.answers]
    listed = ", ".join(f"`{id}` ({label})" for id, label in question.answers)
    for number, given in enumerate(answer.choices):
        if given not in choices:
            yield Diagnostic(
                "answer-does-not-fit",
                f"{who} answers `{question.slug}` with `{given}`, which is not one of its answers",
                document.path,
                help=did_you_mean(given, choices, f"its answers are {listed}"),
                pointer=(*pointer, number),
            )
    if not answer.choices:
        yield Diagnostic(
            "answer-does-not-fit",
            f"{who} answers `{question.slug}` with a figure, which it does not ask for",
            document.path,
            help=f"its answers are {listed}",
            pointer=pointer,
        )


def _disorder(answer: Answer) -> str | None:
    figure = answer.figure
    if figure is None:
        return None
    given = [n for n in (figure.low, figure.best, figure.high) if n is not None]
    if not given:
        return "a figure without a number"
    return None if given == sorted(given) else "numbers that are not in rising order"


def find_captures_without_document(content: Content) -> Iterator[Diagnostic]:
    """Captures that no document transcribes."""
    if any(kind == "document" for kind, _ in content.unreadable):
        # It may be the capture of a document that cannot be read.
        return
    for file in find_loose_captures(content):
        yield Diagnostic(
            "capture-without-document",
            f"the capture content/{file} has no document",
            f"content/{file}",
            Severity.WARNING,
            f'make a draft of it with: sourcebook ingest "content/{file}"',
        )


def find_double_transcriptions(content: Content) -> Iterator[Diagnostic]:
    """Captures that two documents transcribe."""
    first: dict[str, Document] = {}
    for document in content.documents.values():
        sha256 = document.captures[0].sha256
        if sha256 in first:
            yield Diagnostic(
                "duplicate-capture",
                f"this capture has a document already: {first[sha256].path}",
                document.path,
                Severity.WARNING,
                "keep one of the two documents",
                pointer=("captures", 0),
                related=(Related("first used", first[sha256].path, ("captures", 0)),),
            )
        first.setdefault(sha256, document)


def find_unpublishable(content: Content, today: date) -> Iterator[Diagnostic]:
    """Documents that ask for what is not built yet: nothing may leak meanwhile."""
    for document in content.documents.values():
        asked: list[tuple[str, Pointer]] = []
        if document.withheld:
            asked.append(("withholds a passage", ("withheld",)))
        if document.embargo is not None and _may_be_future(document.embargo, today):
            asked.append((f"is under embargo until {document.embargo.text}", ("embargo",)))
        if document.rights.publish != "full":
            asked.append(
                (f"is to be published as `{document.rights.publish}` only", ("rights", "publish"))
            )
        for what, pointer in asked:
            yield Diagnostic(
                "cannot-publish-yet",
                f"the document {what}, and this version cannot keep anything back",
                document.path,
                help="take it out of content/ until a version can, so that nothing leaks",
                pointer=pointer,
            )


def _may_be_future(embargo: Edtf, today: date) -> bool:
    """Whether any day that *embargo* can mean is still to come: in doubt, nothing is published."""
    if embargo.end is None:
        return True
    return embargo.end.last > (today.year, today.month, today.day)


def find_circles(content: Content) -> Iterator[Diagnostic]:
    """Topics that are broader than themselves, and actors that are members of themselves."""
    topics = {topic.path: (topic.slug, topic.broader) for topic in content.topics.values()}
    members = {actor.path: (actor.slug, actor.member_of) for actor in content.actors.values()}
    for field, records in (("broader", topics), ("member_of", members)):
        above = dict(records.values())
        for path, (slug, _) in records.items():
            circle = _find_circle(slug, above)
            if circle:
                yield Diagnostic(
                    "circle",
                    f"following `{field}` from `{slug}` leads back to it: {' → '.join(circle)}",
                    path,
                    help=f"take one of them out of `{field}`",
                    pointer=(field,),
                )


def _find_circle(slug: Slug, above: Mapping[Slug, tuple[Slug, ...]]) -> list[Slug]:
    """The shortest way from *slug* upwards back to itself; empty where there is none."""
    came_from: dict[Slug, Slug] = {}
    waiting = deque([slug])
    while waiting:
        one = waiting.popleft()
        for other in above.get(one, ()):
            if other == slug:
                way = [slug, one]
                while way[-1] != slug:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if other not in came_from:
                came_from[other] = one
                waiting.append(other)
    return []


LINK_SCHEMES: Mapping[str, str] = {
    "actor": "actor",
    "topic": "topic",
    "outlet": "outlet",
    "document": "document",
    "question": "question",
}
"""The schemes of links in bodies written by people, and the kind of record that each leads to."""


def find_dead_links(content: Content) -> Iterator[Diagnostic]:
    """Links in bodies written by people, and in notes, that lead nowhere."""
    for folder in ("actors", "topics", "outlets", "questions"):
        for record in getattr(content, folder).values():
            for link in parse_body(record.body).links:
                for found in _dead_link(content, link.target, record.path):
                    yield _at_link(found, record.body, link)
    for document in content.documents.values():
        for note in document.notes:
            for link in parse_body(note.note).links:
                for found in _dead_link(content, link.target, document.path):
                    yield replace(found, pointer=("notes", note.id, "note"))


def _at_link(found: Diagnostic, body: str, link: BodyLink) -> Diagnostic:
    """*found* at the link's target, or else at the beginning of the link's paragraph."""
    start = 0
    for _ in range(link.line):
        start = body.find("\n", start) + 1
    at = body.find(link.target, start) if link.target else -1
    if at < 0:
        return replace(found, body_offset=start)
    return replace(found, body_offset=at, width=len(link.target))


def _dead_link(content: Content, target: str, path: str) -> Iterator[Diagnostic]:
    scheme, colon, rest = target.partition(":")
    if scheme in ("http", "https") or target.startswith("#"):
        return
    slug, hash_sign, claim = rest.partition("#")
    if not colon or scheme not in LINK_SCHEMES:
        message = f"the link to `{target}` leads nowhere"
        help = (
            "write actor:slug, topic:slug, outlet:slug, question:slug, document:slug#claim, or a"
            " whole address with https://"
        )
    elif not content.has(LINK_SCHEMES[scheme], slug):
        message = f"the link to `{target}` leads to a page that is not there"
        known = getattr(content, FOLDERS[LINK_SCHEMES[scheme]])
        help = did_you_mean(slug, known, f"{FOLDERS[scheme]} are named by their slugs")
    elif hash_sign and slug in content.documents:
        ids = {claim.id for claim in content.documents[slug].claims}
        if claim in ids:
            return
        message = f"the link to `{target}` leads to a claim that is not there"
        help = did_you_mean(claim, ids, "copy the claim's `id`")
    else:
        return
    yield Diagnostic("dead-link", message, path, help=help)


RULES: tuple[Rule, ...] = (
    find_unknown_agents,
    find_unknown_topics,
    find_unknown_outlets,
    find_unknown_documents,
    find_unknown_claims,
    find_duplicate_ids,
    find_misfit_answers,
    find_captures_without_document,
    find_double_transcriptions,
    find_circles,
    find_dead_links,
)

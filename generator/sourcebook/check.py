"""The rules that need a whole record, or more than one: one function each, two tables.

What a single value already shows is reported where it is read (``frontmatter``, ``fields``,
``load``), and what needs the text where the text is searched (``anchors``, ``fidelity``). A rule of
``RECORD_RULES`` takes one record and what it may ask of the rest; one of ``WHOLE_RULES`` takes
what is known of all. Adding one is a function, its name in a table and a page in ``rules/``.
"""

from __future__ import annotations

import re
import shlex
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from .circles import find_ways_back
from .diagnostics import KEY, Diagnostic, Pointer, Related, Severity
from .frontmatter import line_starts
from .layout import FOLDERS, READING_ENDING, path_of
from .markup import parse_body
from .model import Actor, Document, Outlet, Question, Topic
from .portable import MAX_PATH, find_fault, fold_path
from .references import (
    find_unknown,
    find_unknown_agents,
    find_unknown_claims,
    find_unknown_memberships,
    find_unknown_neighbours,
    find_unknown_original,
    find_unknown_outlets,
    find_unknown_themes,
    find_unknown_topics,
)
from .surroundings import Need, Surroundings, Whole, Wishes, find_misfits


def check_record(kind: str, record: Any, around: Surroundings) -> list[Diagnostic]:
    """What is wrong with one record where it stands."""
    return [found for rule in RECORD_RULES[kind] for found in rule(record, around)]


def needs_of(kind: str, record: Any) -> tuple[Need, ...] | None:
    """What the archive must meet so that nothing is wrong with *record*; None: it never can."""
    wishes = Wishes()
    return None if check_record(kind, record, wishes) else tuple(wishes.noted)


def check_whole(whole: Whole) -> list[Diagnostic]:
    """What is wrong with the archive as a whole."""
    return [found for rule in WHOLE_RULES for found in rule(whole)]


def find_duplicate_ids(document: Document, around: Surroundings) -> Iterator[Diagnostic]:
    """Ids of parts, claims and notes that are used twice: each is a permanent address."""
    del around
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


def find_misfit_answers(document: Document, around: Surroundings) -> Iterator[Diagnostic]:
    """Answers to questions that are not there, or that the question does not take."""
    for claim in document.claims:
        for answer in claim.answers:
            slug = answer.question
            pointer: Pointer = ("claims", claim.id, "answers", slug)
            who = f"claim `{claim.id}`"
            if not around.has("question", slug):
                key = (*pointer, KEY)
                yield from find_unknown(around, "question", slug, document.path, key, who)
            elif not around.takes(answer):
                for fact, help, choice in find_misfits(
                    around.questions[slug], answer, around.guesses
                ):
                    yield Diagnostic(
                        "answer-does-not-fit",
                        f"{who} answers `{slug}` {fact}",
                        document.path,
                        help=help,
                        pointer=pointer if choice is None else (*pointer, choice),
                    )


def find_unpublishable(document: Document, around: Surroundings) -> Iterator[Diagnostic]:
    """What a document asks for that is not built yet: nothing may leak meanwhile."""
    asked: list[tuple[str, Pointer]] = []
    if document.withheld:
        asked.append(("withholds a passage", ("withheld",)))
    if document.embargo is not None and not around.is_past(document.embargo):
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


def find_dead_links(
    record: Actor | Topic | Outlet | Question, around: Surroundings
) -> Iterator[Diagnostic]:
    """Links in a body written by people that lead nowhere."""
    links = parse_body(record.body).links
    dead = [(link, one) for link in links for one in _dead_link(around, link.target, record.path)]
    starts = line_starts(record.body) if dead else []
    # Whole, as `actor:ann` also begins `actor:ann-lee`.
    places: defaultdict[str, list[int]] = defaultdict(list)
    for word in _WORD.finditer(record.body) if dead else ():
        places[word.group()].append(word.start())
    for link, found in dead:
        start, same = starts[link.line], places[link.target]
        at = bisect_left(same, start)
        if at < len(same):
            yield replace(found, body_offset=same[at], width=len(link.target))
        else:
            yield replace(found, body_offset=start)


_WORD = re.compile(r"[^\s()<>\[\]\"']+")


def find_dead_links_of_notes(document: Document, around: Surroundings) -> Iterator[Diagnostic]:
    """Links in notes that lead nowhere."""
    for note in document.notes:
        for link in parse_body(note.note).links:
            for found in _dead_link(around, link.target, document.path):
                yield replace(found, pointer=("notes", note.id, "note"))


def _dead_link(around: Surroundings, target: str, path: str) -> Iterator[Diagnostic]:
    scheme, colon, rest = target.partition(":")
    if scheme in ("http", "https") or target.startswith("#"):
        return
    slug, hash_sign, claim = rest.partition("#")
    if not colon or scheme not in FOLDERS:
        message = f"the link to `{target}` leads nowhere"
        help = (
            "write actor:slug, topic:slug, outlet:slug, question:slug, document:slug#claim, or a"
            " whole address with https://"
        )
    elif not around.has(scheme, slug):
        message = f"the link to `{target}` leads to a page that is not there"
        known = around.pages[scheme]
        named = f"{FOLDERS[scheme]} are named by their slugs"
        help = around.guesses.did_you_mean(slug, known, named)
    elif hash_sign and scheme == "document" and not around.has_claim(slug, claim):
        message = f"the link to `{target}` leads to a claim that is not there"
        help = around.guesses.did_you_mean(claim, around.claims[slug], "copy the claim's `id`")
    else:
        return
    yield Diagnostic("dead-link", message, path, help=help)


RECORD_RULES: Mapping[str, Sequence[Callable[[Any, Surroundings], Iterator[Diagnostic]]]] = {
    "document": (
        find_unknown_agents,
        find_unknown_topics,
        find_unknown_outlets,
        find_unknown_original,
        find_unknown_claims,
        find_duplicate_ids,
        find_misfit_answers,
        find_unpublishable,
        find_dead_links_of_notes,
    ),
    "actor": (find_unknown_memberships, find_dead_links),
    "topic": (find_unknown_neighbours, find_dead_links),
    "outlet": (find_dead_links,),
    "question": (find_unknown_themes, find_dead_links),
}
"""By the kind of the record. A rule asks *around* what has yes or no, and more only after a no."""


def find_captures_without_document(whole: Whole) -> Iterator[Diagnostic]:
    """Captures that no document transcribes."""
    if any(kind == "document" for kind, _ in whole.unreadable):
        # It may be the capture of a document that cannot be read.
        return
    held = {
        capture.file: path_of("document", slug)
        for slug, captures in whole.captures_of.items()
        for capture in captures
        if capture.file is not None
    }
    there = set(whole.captures)
    missed = {_folded(file): page for file, page in held.items() if file not in there}
    for file in whole.captures:
        if file not in held:
            page = missed.get(_folded(file))
            if page is None and len(missed) == 1:
                (page,) = missed.values()
            renamed = f"if it is the one that {page} misses, write `file: {file}` there; else "
            yield Diagnostic(
                "capture-without-document",
                f"the capture content/{file} has no document",
                f"content/{file}",
                Severity.WARNING,
                f"{renamed if page else ''}make a draft of it with: sourcebook ingest"
                f" {_as_argument(f'content/{file}')}; if it is no source,"
                " or a copy of another, take it out of content/captures/",
            )


def _as_argument(path: str) -> str:
    """*path* as a shell takes it: nothing that stands in a stranger's file name is run there."""
    return shlex.quote(path) if re.search(r'[$`"\\!%]', path) else f'"{path}"'


def find_unportable_captures(whole: Whole) -> Iterator[Diagnostic]:
    """Captures that another computer could not have beside each other, or at all."""
    first: dict[str, str] = {}
    for file in whole.captures:
        other = first.setdefault(fold_path(file), file)
        faults = (find_fault(name) for name in file.split("/"))
        fault = next(filter(None, faults), None)
        if other != file:
            fault = f"on Windows and macOS it is the same file as content/{other}"
        elif len(file) > MAX_PATH - len(READING_ENDING):
            fault = f"{len(file)} characters are too many for Windows"
        if fault is not None:
            yield Diagnostic(
                "unportable-name",
                f"not every computer can hold content/{file}: {fault}",
                f"content/{file}",
                Severity.WARNING,
                "rename it, and the .reading.txt beside it if there is one; where a document names it,"
                " change `file` too",
            )


def _folded(file: str) -> str:
    """A capture's name without what is changed in it by chance."""
    return re.sub(r"[\s_-]+", "-", file.casefold())


def find_double_transcriptions(whole: Whole) -> Iterator[Diagnostic]:
    """Captures that two documents transcribe."""
    first: dict[str, str] = {}
    for slug, captures in whole.captures_of.items():
        path, sha256 = path_of("document", slug), captures[0].sha256
        if sha256 in first:
            yield Diagnostic(
                "duplicate-capture",
                f"this capture has a document already: {first[sha256]}",
                path,
                Severity.WARNING,
                "keep one of the two documents",
                pointer=("captures", 0),
                related=(Related("first used", first[sha256], ("captures", 0)),),
            )
        first.setdefault(sha256, path)


def find_circles(whole: Whole) -> Iterator[Diagnostic]:
    """Topics that are broader than themselves, and actors that are members of themselves."""
    topics = {topic.path: (topic.slug, topic.broader) for topic in whole.topics.values()}
    members = {actor.path: (actor.slug, actor.member_of) for actor in whole.actors.values()}
    for field, records in (("broader", topics), ("member_of", members)):
        above = dict(records.values())
        ways = find_ways_back(above)
        for path, (slug, _) in records.items():
            if slug in ways:
                yield Diagnostic(
                    "circle",
                    f"following `{field}` from `{slug}` leads back to it: {ways[slug]}",
                    path,
                    help=f"take one of them out of `{field}`",
                    pointer=(field,),
                )


WHOLE_RULES: Sequence[Callable[[Whole], Iterator[Diagnostic]]] = (
    find_captures_without_document,
    find_unportable_captures,
    find_double_transcriptions,
    find_circles,
)

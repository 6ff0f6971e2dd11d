"""References to pages and claims that are not there: the first rules of ``check``.

Each says which was probably meant, and where a new page goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .diagnostics import Diagnostic, Pointer
from .model import Actor, AgentRef, Document, Question, Slug, Topic
from .surroundings import Surroundings


def find_unknown(
    around: Surroundings, kind: str, slug: Slug, path: str, pointer: Pointer, who: str
) -> Iterator[Diagnostic]:
    """A diagnostic where *slug* has no page of its *kind*."""
    if around.has(kind, slug):
        return
    yield Diagnostic(
        f"unknown-{kind}",
        f"{who} names {kind} `{slug}`, which has no page",
        path,
        help=around.help(kind, slug),
        pointer=pointer,
    )


def _find_unknown_in(
    around: Surroundings, kind: str, slugs: Iterable[Slug], path: str, pointer: Pointer
) -> Iterator[Diagnostic]:
    """The same for each of the *slugs* in the list at *pointer*."""
    name = next(step for step in reversed(pointer) if isinstance(step, str))
    for number, slug in enumerate(slugs):
        yield from find_unknown(around, kind, slug, path, (*pointer, number), f"`{name}`")


def _find_unknown_agent(
    around: Surroundings, ref: AgentRef, path: str, pointer: Pointer, who: str
) -> Iterator[Diagnostic]:
    """The same for an actor or outlet, which may be there as the other of the two."""
    for found in find_unknown(around, ref.kind, ref.slug, path, pointer, who):
        other = "actor" if ref.kind == "outlet" else "outlet"
        if around.has(other, ref.slug):
            # In `via` a bare slug is an outlet, elsewhere an actor.
            is_bare = (other == "outlet") == ("via" in pointer)
            written = ref.slug if is_bare else f"{other}:{ref.slug}"
            yield replace(found, help=f"`{ref.slug}` is an {other}: write `{written}`")
        else:
            yield found


def find_unknown_agents(document: Document, around: Surroundings) -> Iterator[Diagnostic]:
    """Speakers, relayers and actors spoken of that have no page."""
    path = document.path
    for claim in document.claims:
        fields: tuple[tuple[str, tuple[AgentRef, ...]], ...] = (
            ("by", claim.by),
            ("via", claim.via),
            ("about", claim.about),
        )
        for name, refs in fields:
            for number, ref in enumerate(refs):
                pointer: Pointer = ("claims", claim.id, name, number)
                yield from _find_unknown_agent(around, ref, path, pointer, f"claim `{claim.id}`")
    yield from _find_unknown_in(around, "actor", document.actors, path, ("actors",))
    for part in document.parts:
        where = ("parts", part.id, "actors")
        yield from _find_unknown_in(around, "actor", part.actors, path, where)


def find_unknown_topics(document: Document, around: Surroundings) -> Iterator[Diagnostic]:
    """Topics of a document, its parts and claims that have no page."""
    path = document.path
    yield from _find_unknown_in(around, "topic", document.topics, path, ("topics",))
    for part in document.parts:
        where: Pointer = ("parts", part.id, "topics")
        yield from _find_unknown_in(around, "topic", part.topics, path, where)
    for claim in document.claims:
        where = ("claims", claim.id, "topics")
        yield from _find_unknown_in(around, "topic", claim.topics, path, where)


def find_unknown_outlets(document: Document, around: Surroundings) -> Iterator[Diagnostic]:
    """Outlets of a document and its parts that have no page."""
    path = document.path
    if document.outlet is not None:
        who = "the document"
        yield from find_unknown(around, "outlet", document.outlet, path, ("outlet",), who)
    for part in document.parts:
        if part.outlet is not None:
            pointer = ("parts", part.id, "outlet")
            who = f"part `{part.id}`"
            yield from find_unknown(around, "outlet", part.outlet, path, pointer, who)


def find_unknown_original(document: Document, around: Surroundings) -> Iterator[Diagnostic]:
    """A translation of a document that is not in the archive, or of itself."""
    slug = document.translation_of
    if slug == document.slug:
        yield Diagnostic(
            "circle",
            "the document is said to be a translation of itself",
            document.path,
            help="name its original, or take `translation_of` out",
            pointer=("translation_of",),
        )
    elif slug is not None:
        pointer, who = ("translation_of",), "`translation_of`"
        yield from find_unknown(around, "document", slug, document.path, pointer, who)


def find_unknown_claims(document: Document, around: Surroundings) -> Iterator[Diagnostic]:
    """Relations that lead to a claim that is not there."""
    for claim in document.claims:
        for number, relation in enumerate(claim.relations):
            pointer = ("claims", claim.id, "relations", number, "to")
            claimed = f"claim `{claim.id}`"
            who = f"{claimed} {relation.type}"
            target = relation.document or document.slug
            if not around.has("document", target):
                yield from find_unknown(around, "document", target, document.path, pointer, claimed)
            elif not around.has_claim(target, relation.claim):
                yield Diagnostic(
                    "unknown-claim",
                    f"{who} `{target}#{relation.claim}`, which is not a claim of that document",
                    document.path,
                    help=around.guesses.did_you_mean(
                        relation.claim, around.claims[target], "copy the claim's `id`"
                    ),
                    pointer=pointer,
                )
            elif target == document.slug and relation.claim == claim.id:
                yield Diagnostic(
                    "invalid-relation",
                    f"{who} itself",
                    document.path,
                    help="name the earlier claim",
                    pointer=pointer,
                )


def find_unknown_memberships(actor: Actor, around: Surroundings) -> Iterator[Diagnostic]:
    """Actors to which an actor, or an office of theirs, belongs that have no page."""
    yield from _find_unknown_in(around, "actor", actor.member_of, actor.path, ("member_of",))
    for index, role in enumerate(actor.roles):
        if role.of is not None:
            pointer = ("roles", index, "of")
            who = f"the role `{role.role}`"
            yield from find_unknown(around, "actor", role.of, actor.path, pointer, who)


def find_unknown_neighbours(topic: Topic, around: Surroundings) -> Iterator[Diagnostic]:
    """Topics above and beside a topic that have no page."""
    yield from _find_unknown_in(around, "topic", topic.broader, topic.path, ("broader",))
    yield from _find_unknown_in(around, "topic", topic.related, topic.path, ("related",))


def find_unknown_themes(question: Question, around: Surroundings) -> Iterator[Diagnostic]:
    """Topics of a question that have no page."""
    yield from _find_unknown_in(around, "topic", question.topics, question.path, ("topics",))

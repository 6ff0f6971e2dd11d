"""References to pages and claims that are not there: the first rules of ``check``.

Each says which was probably meant, and where a new page goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from .diagnostics import Diagnostic, Pointer, did_you_mean
from .load import FOLDERS, Content
from .model import UNKNOWN, AgentRef, Slug


@dataclass(frozen=True, slots=True)
class References:
    """The pages that records may name, and what was proposed for each that is not there."""

    content: Content
    helps: dict[tuple[str, Slug], str] = field(default_factory=dict)
    """By kind and slug: an actor whose page is gone may be named by thousands of claims."""

    def unknown(
        self, kind: str, slug: Slug, path: str, pointer: Pointer, who: str
    ) -> Iterator[Diagnostic]:
        """A diagnostic where *slug* has no page of its *kind*."""
        if self.content.has(kind, slug):
            return
        yield Diagnostic(
            f"unknown-{kind}",
            f"{who} names {kind} `{slug}`, which has no page",
            path,
            help=self._help(kind, slug),
            pointer=pointer,
        )

    def unknown_all(
        self, kind: str, slugs: Iterable[Slug], path: str, pointer: Pointer
    ) -> Iterator[Diagnostic]:
        """The same for each of the *slugs* in the list at *pointer*."""
        name = next(step for step in reversed(pointer) if isinstance(step, str))
        for number, slug in enumerate(slugs):
            yield from self.unknown(kind, slug, path, (*pointer, number), f"`{name}`")

    def unknown_agent(
        self, ref: AgentRef, path: str, pointer: Pointer, who: str
    ) -> Iterator[Diagnostic]:
        """The same for an actor or outlet, which may be there as the other of the two."""
        for found in self.unknown(ref.kind, ref.slug, path, pointer, who):
            other = "actor" if ref.kind == "outlet" else "outlet"
            if self.content.has(other, ref.slug):
                # In `via` a bare slug is an outlet, elsewhere an actor.
                is_bare = (other == "outlet") == ("via" in pointer)
                written = ref.slug if is_bare else f"{other}:{ref.slug}"
                yield replace(found, help=f"`{ref.slug}` is an {other}: write `{written}`")
            else:
                yield found

    def _help(self, kind: str, slug: Slug) -> str:
        if (kind, slug) not in self.helps:
            known: Mapping[Slug, object] = getattr(self.content, FOLDERS[kind])
            folder = FOLDERS[kind]
            new = "" if kind == "document" else f"New {folder} go in content/{folder}/{slug}.md"
            help = did_you_mean(slug, known, new) or "name a document that is in the archive"
            self.helps[kind, slug] = help
        return self.helps[kind, slug]


def find_unknown_agents(content: Content) -> Iterator[Diagnostic]:
    """Speakers, relayers and actors spoken of that have no page."""
    references = References(content)
    for document in content.documents.values():
        for claim in document.claims:
            fields: tuple[tuple[str, tuple[AgentRef, ...]], ...] = (
                ("by", claim.by),
                ("via", claim.via),
                ("about", claim.about),
            )
            for name, refs in fields:
                for number, ref in enumerate(refs):
                    pointer: Pointer = ("claims", claim.id, name, number)
                    who = f"claim `{claim.id}`"
                    yield from references.unknown_agent(ref, document.path, pointer, who)
        yield from references.unknown_all("actor", document.actors, document.path, ("actors",))
        for part in document.parts:
            where = ("parts", part.id, "actors")
            yield from references.unknown_all("actor", part.actors, document.path, where)
    for actor in content.actors.values():
        yield from references.unknown_all("actor", actor.member_of, actor.path, ("member_of",))
        for index, role in enumerate(actor.roles):
            if role.of is not None:
                pointer = ("roles", index, "of")
                who = f"the role `{role.role}`"
                yield from references.unknown("actor", role.of, actor.path, pointer, who)


def find_unknown_topics(content: Content) -> Iterator[Diagnostic]:
    """Topics that have no page."""
    references = References(content)
    for document in content.documents.values():
        yield from references.unknown_all("topic", document.topics, document.path, ("topics",))
        for part in document.parts:
            where: Pointer = ("parts", part.id, "topics")
            yield from references.unknown_all("topic", part.topics, document.path, where)
        for claim in document.claims:
            where = ("claims", claim.id, "topics")
            yield from references.unknown_all("topic", claim.topics, document.path, where)
    for topic in content.topics.values():
        yield from references.unknown_all("topic", topic.broader, topic.path, ("broader",))
        yield from references.unknown_all("topic", topic.related, topic.path, ("related",))
    for question in content.questions.values():
        yield from references.unknown_all("topic", question.topics, question.path, ("topics",))


def find_unknown_outlets(content: Content) -> Iterator[Diagnostic]:
    """Outlets of documents and parts that have no page."""
    references = References(content)
    for document in content.documents.values():
        if document.outlet is not None:
            yield from references.unknown(
                "outlet", document.outlet, document.path, ("outlet",), "the document"
            )
        for part in document.parts:
            if part.outlet not in (None, UNKNOWN):
                pointer = ("parts", part.id, "outlet")
                who = f"part `{part.id}`"
                yield from references.unknown("outlet", part.outlet, document.path, pointer, who)


def find_unknown_documents(content: Content) -> Iterator[Diagnostic]:
    """Translations of documents that are not in the archive."""
    references = References(content)
    for document in content.documents.values():
        if document.translation_of is not None:
            pointer = ("translation_of",)
            yield from references.unknown(
                "document",
                document.translation_of,
                document.path,
                pointer,
                "`translation_of`",
            )


def find_unknown_claims(content: Content) -> Iterator[Diagnostic]:
    """Relations that lead to a claim that is not there."""
    references = References(content)
    ids = {
        slug: {claim.id for claim in document.claims}
        for slug, document in content.documents.items()
    }
    for document in content.documents.values():
        for claim in document.claims:
            for number, relation in enumerate(claim.relations):
                pointer = ("claims", claim.id, "relations", number, "to")
                claimed = f"claim `{claim.id}`"
                who = f"{claimed} {relation.type}"
                target = relation.document or document.slug
                if target not in ids:
                    yield from references.unknown(
                        "document", target, document.path, pointer, claimed
                    )
                elif relation.claim not in ids[target]:
                    yield Diagnostic(
                        "unknown-claim",
                        f"{who} `{target}#{relation.claim}`, which is not a claim of that document",
                        document.path,
                        help=did_you_mean(relation.claim, ids[target], "copy the claim's `id`"),
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

"""An actor's page: three lists that do not repeat each other, and small counts beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from .. import urls
from ..anchors import Span, Spans
from ..link import Archive, LinkedClaim, LinkedDocument, Mention
from ..messages import direction_of
from ..model import Actor, AgentRef, Role, Slug
from ..words import date_words, period_words
from .catalogue import Catalogue, Link
from .claim_lists import (
    BY_ABOUT,
    BY_CUE,
    BY_FORM,
    BY_OUTLET,
    BY_QUESTION,
    BY_SPEAKER,
    BY_TOPIC,
    ClaimList,
    list_claims,
)
from .document_lists import document_years
from .list_pages import ListPart
from .names import IdentifierView, LocalName, identifier_views, local_names
from .neighbours import Neighbours, neighbours_of
from .prose import prose
from .when import WhenStrip, when_strip

SAID_SHOWN = 300
ABOUT_SHOWN = 150
RELAYED_SHOWN = 100
"""Claims that a list on an actor's page holds; of a longer one all stand on pages by year."""
MENTIONS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ActorClaims:
    """The claims with which an actor has to do, each once."""

    said: tuple[LinkedClaim, ...]
    about: tuple[LinkedClaim, ...]
    relayed: tuple[LinkedClaim, ...]


def actor_claims(slug: Slug, archive: Archive) -> ActorClaims:
    """What the actor *slug* said, what others say of it, and what others said through it."""
    ref = AgentRef("actor", slug)
    said = archive.claims_by.get(ref, ())
    said_keys = {claim.key for claim in said}
    return ActorClaims(
        said=tuple(said),
        about=tuple(c for c in archive.claims_about.get(ref, ()) if c.key not in said_keys),
        relayed=tuple(archive.claims_via.get(ref, ())),
    )


@dataclass(frozen=True, slots=True)
class MentionView:
    """A sentence that names the actor, cut at the name."""

    before: Markup
    name: Markup
    after: Markup
    place: str
    """The nearest anchor before it: its part's, or the document."""


@dataclass(frozen=True, slots=True)
class DocumentMentions:
    """The sentences of one document that name the actor."""

    document: Link
    lang: str | None
    direction: str
    date: str
    mentions: tuple[MentionView, ...]


@dataclass(frozen=True, slots=True)
class RoleView:
    """An office that the actor held."""

    role: str
    of: Link | None
    dates: str


@dataclass(frozen=True, slots=True)
class ActorView:
    """All that an actor's page shows."""

    slug: Slug
    name: Markup
    kind: Markup
    local_names: tuple[LocalName, ...]
    aliases: tuple[str, ...]
    body: Markup
    roles: tuple[RoleView, ...]
    member_of: tuple[Link, ...]
    members: tuple[Link, ...]
    identifiers: tuple[IdentifierView, ...]
    said: ClaimList
    about: ClaimList
    relayed: ClaimList
    """What others said and this actor passed on."""
    mentions: tuple[DocumentMentions, ...]
    mention_count: int
    document_count: int
    """Documents that name it."""
    document_years: tuple[ListPart, ...]
    """Where all of these are listed, if the page does not hold all mentions."""
    quoting_documents: int
    neighbours: Neighbours
    outlets: str | None
    """The page that lays side by side how outlets quote it, if several do."""
    when: WhenStrip | None


def actor_view(actor: Actor, catalogue: Catalogue, outlets: str | None = None) -> ActorView:
    """The page of *actor*; *outlets* is the page that compares how outlets quote it."""
    archive, messages = catalogue.archive, catalogue.messages
    ref = AgentRef("actor", actor.slug)
    page = urls.actor(actor.slug)
    held = actor_claims(actor.slug, archive)
    listed = (*held.said, *held.about)
    mentions = _mentions_outside(archive.mentions_of.get(actor.slug, ()), listed, catalogue)
    documents = archive.documents_naming.get(actor.slug, ())
    said_list = list_claims(
        held.said,
        (BY_OUTLET, BY_TOPIC, BY_ABOUT, BY_FORM, BY_CUE, BY_QUESTION),
        catalogue,
        limit=SAID_SHOWN,
        index=page,
    )
    about_list = list_claims(
        held.about,
        (BY_SPEAKER,),
        catalogue,
        limit=ABOUT_SHOWN,
        index=urls.beside(page, "about"),
    )
    return ActorView(
        slug=actor.slug,
        name=catalogue.agents[ref].text,
        kind=messages.say(f"actor-kind.{actor.kind or 'unknown'}"),
        local_names=local_names(actor.name, messages.language),
        aliases=actor.aliases,
        body=prose(actor.body, page, catalogue),
        roles=tuple(_role_view(role, catalogue) for role in actor.roles),
        member_of=_actor_links(actor.member_of, catalogue),
        members=_actor_links(archive.members.get(actor.slug, ()), catalogue),
        identifiers=identifier_views(actor.identifiers),
        said=said_list,
        about=about_list,
        relayed=list_claims(
            held.relayed,
            (),
            catalogue,
            limit=RELAYED_SHOWN,
            index=urls.beside(page, "relayed"),
        ),
        mentions=_by_document(mentions[:MENTIONS_SHOWN], catalogue),
        mention_count=len(mentions),
        document_count=len(documents),
        document_years=document_years(documents, urls.beside(page, "documents"), catalogue)
        if len(mentions) > MENTIONS_SHOWN
        else (),
        quoting_documents=len({claim.key.document for claim in held.said}),
        neighbours=neighbours_of(actor.slug, said_list, about_list, catalogue),
        outlets=outlets,
        when=when_strip(
            held.said,
            (topic for claim in held.said for topic in claim.claim.topics),
            page,
            catalogue,
        ),
    )


def _actor_links(slugs: Iterable[Slug], catalogue: Catalogue) -> tuple[Link, ...]:
    return tuple(link for slug in slugs if (link := catalogue.actor(slug)) is not None)


def _role_view(role: Role, catalogue: Catalogue) -> RoleView:
    is_dated = role.start is not None or role.end is not None
    dates = period_words(role.start, role.end, catalogue.messages) if is_dated else ""
    return RoleView(role.role, catalogue.actor(role.of) if role.of else None, dates)


def _mentions_outside(
    mentions: Iterable[Mention], listed: Iterable[LinkedClaim], catalogue: Catalogue
) -> list[Mention]:
    """The mentions that stand in no claim of *listed*, one a sentence."""
    spans_by_document: dict[Slug, list[Span]] = {}
    for claim in listed:
        spans_by_document.setdefault(claim.key.document, []).extend(claim.spans)
    kept: list[Mention] = []
    for slug, run in groupby(mentions, key=lambda mention: mention.document):
        quoted = Spans.of(spans_by_document.get(slug, ()))
        outside = [mention for mention in run if not quoted.enclose(mention.span)]
        if len(outside) > 1:
            outside = _one_a_sentence(outside, catalogue.archive.documents[slug])
        kept += outside
    return kept


def _one_a_sentence(mentions: Iterable[Mention], document: LinkedDocument) -> list[Mention]:
    """The first mention in each sentence of *document*; one that is there twice counts once."""
    by_sentence: dict[str, Mention] = {}
    for mention in mentions:
        context = document.context_of((mention.span,))
        by_sentence.setdefault("".join(segment.text for segment in context), mention)
    return list(by_sentence.values())


def _by_document(mentions: Iterable[Mention], catalogue: Catalogue) -> tuple[DocumentMentions, ...]:
    groups: list[DocumentMentions] = []
    for slug, run in groupby(mentions, key=lambda mention: mention.document):
        linked = catalogue.archive.documents[slug]
        document = linked.document
        groups.append(
            DocumentMentions(
                document=catalogue.documents[slug],
                lang=document.lang,
                direction=direction_of(document.lang),
                date=date_words(document.date, catalogue.messages),
                mentions=tuple(_mention_view(mention, linked) for mention in run),
            )
        )
    return tuple(groups)


def _mention_view(mention: Mention, document: LinkedDocument) -> MentionView:
    before, name, after = "", "", ""
    for segment in document.context_of((mention.span,)):
        if segment.quoted:
            name += segment.text
        elif name:
            after += segment.text
        else:
            before += segment.text
    place = (
        urls.part(mention.document, mention.part)
        if mention.part
        else urls.document(mention.document)
    )
    return MentionView(escape(before), escape(name), escape(after), place)

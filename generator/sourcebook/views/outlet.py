"""An outlet's page: whom it quotes, in which words, on which questions, in which documents."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .. import urls
from ..link import Archive, LinkedClaim
from ..model import AgentRef, Outlet, Slug
from .catalogue import Catalogue, Link
from .claim_lists import (
    BY_CUE,
    BY_FORM,
    BY_NAMING,
    BY_QUESTION,
    BY_SPEAKER,
    BY_TOPIC,
    ClaimList,
    list_claims,
)
from .document_lists import DOCUMENTS_SHOWN, DocumentLine, document_lines, more_documents
from .list_pages import ListPart
from .names import IdentifierView, LocalName, identifier_views, local_names
from .prose import prose


@dataclass(frozen=True, slots=True)
class OutletView:
    """All that an outlet's page shows."""

    slug: Slug
    name: Markup
    kind: str | None
    country: str | None
    owner: str | None
    local_names: tuple[LocalName, ...]
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    body: Markup
    identifiers: tuple[IdentifierView, ...]
    quotes: ClaimList
    """What it prints of what others say, and of what it says itself."""
    own_voice: int
    """Of these, the claims that it makes itself."""
    carried: ClaimList
    """Claims that reached other outlets through this one."""
    quoted: ClaimList
    """Claims of this outlet in other outlets."""
    documents: tuple[DocumentLine, ...]
    document_years: tuple[ListPart, ...]
    """Where all of them are, if the page does not hold all."""
    document_count: int
    relays: tuple[tuple[Link, int], ...]
    """Through whom its claims came to it, and how many."""


@dataclass(frozen=True, slots=True)
class OutletClaims:
    """The claims with which an outlet has to do."""

    printed: tuple[LinkedClaim, ...]
    carried: tuple[LinkedClaim, ...]
    quoted: tuple[LinkedClaim, ...]


def outlet_claims(slug: Slug, archive: Archive) -> OutletClaims:
    """What the outlet *slug* printed, what came to others through it, and what others quote of it."""
    ref = AgentRef("outlet", slug)
    return OutletClaims(
        printed=tuple(archive.claims_in.get(slug, ())),
        carried=tuple(c for c in archive.claims_via.get(ref, ()) if c.outlet != slug),
        quoted=tuple(c for c in archive.claims_by.get(ref, ()) if c.outlet != slug),
    )


def outlet_view(outlet: Outlet, catalogue: Catalogue) -> OutletView:
    """The page of *outlet*."""
    archive, messages = catalogue.archive, catalogue.messages
    ref = AgentRef("outlet", outlet.slug)
    page = urls.outlet(outlet.slug)
    held = outlet_claims(outlet.slug, archive)
    documents = archive.documents_of.get(outlet.slug, ())
    relays: dict[AgentRef, int] = {}
    for claim in held.printed:
        for relay in claim.claim.via:
            if claim.counted and relay in catalogue.agents and relay != ref:
                relays[relay] = relays.get(relay, 0) + 1
    return OutletView(
        slug=outlet.slug,
        name=catalogue.agents[ref].text,
        kind=outlet.kind,
        country=outlet.country,
        owner=outlet.owner,
        local_names=local_names(outlet.name, messages.language),
        aliases=outlet.aliases,
        domains=outlet.domains,
        body=prose(outlet.body, page, catalogue),
        identifiers=identifier_views(outlet.identifiers),
        quotes=list_claims(
            held.printed,
            (BY_SPEAKER, BY_NAMING, BY_FORM, BY_CUE, BY_TOPIC, BY_QUESTION),
            catalogue,
            index=page,
        ),
        own_voice=sum(1 for claim in held.printed if ref in claim.claim.by and claim.counted),
        carried=list_claims(
            held.carried,
            (),
            catalogue,
            limit=150,
            index=urls.beside(page, "carried"),
        ),
        quoted=list_claims(
            held.quoted,
            (),
            catalogue,
            limit=150,
            index=urls.beside(page, "quoted"),
        ),
        documents=document_lines(documents[:DOCUMENTS_SHOWN], catalogue),
        document_years=more_documents(documents, page, catalogue),
        document_count=len(documents),
        relays=tuple(
            (catalogue.agents[relay], count)
            for relay, count in sorted(relays.items(), key=lambda pair: (-pair[1], pair[0].slug))
        ),
    )

"""The site's table of contents."""

from __future__ import annotations

from collections.abc import Mapping

from ..fidelity import Verification
from ..model import Slug
from ..views.catalogue import Catalogue
from ..views.compare import actors_with_pages, find_comparisons, pair_links
from ..views.dated import is_dated
from ..views.frame import chrome_of
from .comparisons import compare_sections, topic_list_sections
from .overviews import claim_list_sections, dated_pages, front_pages, list_pages
from .page import Section, TableOfContents
from .records import (
    actor_pages,
    discussed_claim_pages,
    document_pages,
    outlet_pages,
    question_pages,
    topic_pages,
)


def list_sections(
    catalogue: Catalogue, verifications: Mapping[Slug, Verification], *, has_search: bool
) -> TableOfContents:
    """All pages of the site, in order, in sections that do not depend on each other."""
    comparisons = find_comparisons(catalogue)
    chrome = chrome_of(
        catalogue,
        has_search=has_search,
        has_comparisons=bool(comparisons),
        has_timeline=is_dated(catalogue),
    )
    compared = pair_links(comparisons, catalogue)
    actors, topics = frozenset(actors_with_pages(comparisons)), frozenset(comparisons.topics)
    archive = catalogue.archive
    sections = (
        Section("front", "", front_pages, (verifications,)),
        Section("lists", "", list_pages),
        # Longer than all others: where several are made at once, nobody waits for it at the end.
        Section("timeline", "", dated_pages),
        *(
            Section(
                "document",
                slug,
                document_pages,
                (slug, verifications[slug], compared.get(slug, ())),
            )
            for slug in archive.documents
        ),
        *claim_list_sections(catalogue),
        *(
            Section("claim", str(key), discussed_claim_pages, (key,))
            for key, claim in archive.claims.items()
            if claim.is_discussed
        ),
        *(Section("actor", slug, actor_pages, (slug, slug in actors)) for slug in archive.actors),
        *(Section("topic", slug, topic_pages, (slug, slug in topics)) for slug in archive.topics),
        *(Section("outlet", slug, outlet_pages, (slug,)) for slug in archive.outlets),
        *(Section("question", slug, question_pages, (slug,)) for slug in archive.questions),
        *compare_sections(comparisons),
        *topic_list_sections(catalogue, topics),
    )
    return TableOfContents(chrome, sections)

"""Content and places become the Archive: references resolved, reverse indexes, counts.

One pass over plain records. Nothing here reads a file, parses a body or looks at a text: what a
document says and where it says it arrive as ``Document`` and ``DocumentPlaces``. What is not to be
published (a draft, unless drafts are wanted) is left out here, once, so that no later stage has to
ask. References that lead nowhere are ``check``'s to report; here they are left out.
"""

from .archive import (
    Answers,
    Archive,
    ClaimKey,
    LinkedAnswer,
    LinkedClaim,
    LinkedDocument,
    LinkedNote,
    LinkedPart,
    LinkedRelation,
    Mention,
)
from .linking import claim_order, fits, is_published, link_archive
from .relinking import relink_archive, relink_document

__all__ = [
    "Answers",
    "Archive",
    "ClaimKey",
    "LinkedAnswer",
    "LinkedClaim",
    "LinkedDocument",
    "LinkedNote",
    "LinkedPart",
    "LinkedRelation",
    "Mention",
    "claim_order",
    "fits",
    "is_published",
    "link_archive",
    "relink_archive",
    "relink_document",
]

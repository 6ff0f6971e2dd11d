"""What ``ingest --dry-run --json`` prints of a capture."""

from __future__ import annotations

import json

from .extract import ClaimFound, Extraction
from .run import Given

_NOTHING = Given()


def to_json(doc: str, extraction: Extraction, given: Given = _NOTHING) -> str:
    """One object on one line, with the keys that ``ingest --dry-run --json`` promises.

    What the user has *given* goes before what the capture says of itself, as in its draft.
    """
    record = {
        "doc": doc,
        "text": extraction.text,
        "title": given.title or extraction.title,
        "outlet": extraction.outlet,
        "outlet_slug": given.outlet or extraction.outlet_slug,
        "date": given.date or extraction.date,
        "lang": given.lang or extraction.lang,
        "parts": [
            {
                "start": part.start,
                "end": part.end,
                "heading": part.heading,
                "outlet": part.outlet,
                "date": part.date,
            }
            for part in extraction.parts
        ],
        "actors": [
            {
                "name": actor.name,
                "aliases": list(actor.aliases),
                "slug": actor.slug,
                "kind": actor.kind,
                "mentions": [list(span) for span in actor.mentions],
            }
            for actor in extraction.actors
        ],
        "topics": [
            {"slug": topic.slug, "evidence": [list(span) for span in topic.evidence]}
            for topic in extraction.topics
        ],
        "claims": [_claim_record(claim) for claim in extraction.claims],
    }
    # In ASCII: many readers of lines end one at U+2028 or U+0085, which captures hold.
    return json.dumps(record)


def _claim_record(claim: ClaimFound) -> dict[str, object]:
    start, end = claim.mention if claim.mention is not None else (None, None)
    return {
        "speaker": claim.speaker,
        "speaker_start": start,
        "speaker_end": end,
        "by": list(claim.by) if len(claim.by) > 1 else next(iter(claim.by), None),
        "cue": claim.cue,
        "form": claim.form,
        "quote": claim.quote,
        "start": claim.spans[0][0],
        "end": claim.spans[-1][1],
        "spans": [list(span) for span in claim.spans],
        "part": claim.part,
        "via": list(claim.via),
    }

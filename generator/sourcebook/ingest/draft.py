"""The draft of a document: front matter as a careful person would write it, and the capture's text.

What the capture does not tell is left empty, with a word on what belongs there; nothing is guessed.
Claims are suggestions until a person accepts them. What the archive has no page for is proposed
under fields that begin with ``x-``, which are free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..edits import format_scalar
from ..fidelity import fingerprint_of
from ..markup import ParsedBody
from ..model import Capture
from ..slugs import slugify
from .suggest import Proposal, SuggestedClaim, SuggestedPart, Suggestions


@dataclass(frozen=True, slots=True)
class DraftFields:
    """What is known of a document before a person has looked at it. None and empty: not known."""

    title: str
    outlet: str | None = None
    date: str | None = None
    added: str | None = None
    lang: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None


def write_draft(
    fields: DraftFields,
    capture: Capture,
    suggestions: Suggestions,
    markdown: str,
    body: ParsedBody,
) -> str:
    """The page of a new document: *markdown*, parsed as *body*, below its front matter."""
    lines = [
        "---",
        f"title: {format_scalar(fields.title)}",
        _line("outlet", fields.outlet, "who published it: the slug of a file in content/outlets/"),
        _line("date", fields.date, "when it was published: YYYY-MM-DD, YYYY-MM or YYYY"),
        _line("added", fields.added),
        _line("lang", fields.lang, "its language, such as en"),
        f"authors: {_flow(fields.authors)}",
        _line("url", fields.url, "where it was published"),
        "captures:",
        *_capture_lines(capture),
        f"transcription: {fingerprint_of(body)}",
        f"actors: {_flow(suggestions.actors)}",
        f"topics: {_flow(suggestions.topics)}",
        *_inherit_lines(suggestions.parts),
        *_block("parts", [list(_part_pairs(part)) for part in suggestions.parts]),
        *_block("claims", [list(_claim_pairs(claim)) for claim in suggestions.claims]),
        "notes: []",
        *_proposal_lines(suggestions.proposals),
        "review: suggested   # a draft: take this line out when the page is checked",
        "---",
        "",
    ]
    return "\n".join(line for line in lines if line is not None) + "\n" + markdown


def _line(field: str, value: str | None, missing: str | None = None) -> str | None:
    if value is not None:
        return f"{field}: {format_scalar(value)}"
    return f"{field}:   # {missing}" if missing is not None else None


def _flow(items: Sequence[str]) -> str:
    """A list in one line. An item that a flow list would split is quoted."""
    return f"[{', '.join(_flow_scalar(item) for item in items)}]"


def _flow_scalar(item: str) -> str:
    written = format_scalar(item)
    is_safe = written[0] in "\"'" or not re.search(r"[,\[\]{}]", written)
    return written if is_safe else f'"{written}"'


def _capture_lines(capture: Capture) -> list[str]:
    lines = [f"  - file: {format_scalar(capture.file or '')}", f"    sha256: {capture.sha256}"]
    if capture.captured is not None:
        lines.append(f"    captured: {capture.captured.text}")
    if capture.encoding is not None:
        lines.append(f"    encoding: {capture.encoding}")
    if capture.reading is not None:
        version = f", version: {capture.reading.version}" if capture.reading.version else ""
        lines.append(
            f"    reading: {{by: {capture.reading.by}{version}, sha256: {capture.reading.sha256}}}"
        )
    return lines


def _inherit_lines(parts: Sequence[SuggestedPart]) -> list[str]:
    """Items of a compilation have outlets and dates of their own, or none that is known."""
    return ["inherit: []"] if parts else []


Pairs = list[tuple[str, str]]
"""Fields of an item with their values as YAML; an empty value begins a list below it."""


def _part_pairs(part: SuggestedPart) -> Iterator[tuple[str, str]]:
    yield "id", part.id
    for field, value in (
        ("heading", part.heading),
        ("starts", part.starts),
        ("outlet", part.outlet),
        ("date", part.date),
    ):
        if value is not None:
            yield field, format_scalar(value)


def _claim_pairs(claim: SuggestedClaim) -> Iterator[tuple[str, str]]:
    yield "id", claim.id
    if claim.by:
        yield "by", claim.by[0] if len(claim.by) == 1 else _flow(claim.by)
    if claim.named is not None:
        yield "named", format_scalar(claim.named)
    if claim.unnamed:
        yield "unnamed", "true"
    if claim.via:
        yield "via", _flow(claim.via)
    if claim.cue is not None:
        yield "cue", format_scalar(claim.cue)
    yield "form", claim.form
    if len(claim.quote) == 1:
        yield "quote", format_scalar(claim.quote[0])
    else:
        yield "quote", "".join(f"\n      - {format_scalar(passage)}" for passage in claim.quote)
    if claim.before is not None:
        yield "before", format_scalar(claim.before)
    if claim.after is not None:
        yield "after", format_scalar(claim.after)
    yield "review", "suggested"


def _block(field: str, items: Sequence[Pairs]) -> list[str]:
    if not items:
        return [f"{field}: []"]
    lines = [f"{field}:"]
    for pairs in items:
        for number, (key, value) in enumerate(pairs):
            lead = "  - " if number == 0 else "    "
            gap = "" if value.startswith("\n") else " "
            lines.append(f"{lead}{key}:{gap}{value}")
    return lines


def _proposal_lines(proposals: Sequence[Proposal]) -> list[str]:
    """Names without a page, as a person would make one of them."""
    lines = []
    for kind in ("actor", "outlet"):
        listed = [proposal for proposal in proposals if proposal.kind == kind]
        if listed:
            way_out = "write one, or delete this draft and: sourcebook ingest --create"
            lines.append(f"x-new-{kind}s:   # without a page: {way_out}")
            lines += [_proposal_line(proposal) for proposal in listed]
    return lines


def _proposal_line(proposal: Proposal) -> str:
    pairs = [("slug", proposal.slug), ("name", _flow_scalar(proposal.name))]
    if proposal.actor_kind is not None and proposal.kind == "actor":
        pairs.append(("kind", proposal.actor_kind))
    if proposal.aliases:
        pairs.append(("aliases", _flow(proposal.aliases)))
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


def write_proposal(proposal: Proposal) -> str:
    """The page of a new actor or outlet, with what the capture tells of it."""
    lines = ["---", f"name: {format_scalar(proposal.name)}"]
    if proposal.aliases:
        lines.append(f"aliases: {_flow(proposal.aliases)}")
    if proposal.kind == "actor" and proposal.actor_kind is not None:
        lines.append(f"kind: {proposal.actor_kind}")
    return "\n".join([*lines, "---", ""])


def slug_of(title: str, file_stem: str, sha256: str) -> str:
    """A slug from the title, else from the file's name, else from the capture's hash."""
    for source in (title, file_stem):
        slug = slugify(source)
        if len(slug) > 2 and not slug.isdigit():
            return slug
    return f"capture-{sha256[:12]}"

"""What a page as a whole says of itself: its outlet, its date, the topics that it names.

Metadata of the file goes before what its lines say; an address goes before a name, because an
archive knows outlets by their domains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from .authority import Authority
from .blocks import Block
from .dates import find_date, read_dated_line
from .lexicon.layout import MESSAGE_FIELD
from .names import NameIndex, NameWords, find_names, index_names
from .outlets import Source, find_source, resolve_outlet
from .parts import PartFound
from .reading import Reading, Span


@dataclass(frozen=True, slots=True)
class TopicFound:
    """A topic of the archive that the text names, with the places."""

    slug: str
    evidence: tuple[Span, ...]


def find_page_source(
    reading: Reading, blocks: Sequence[Block], parts: Sequence[PartFound], authority: Authority
) -> Source:
    """Outlet and date of the page: from its metadata, else from its own lines."""
    metadata = reading.metadata
    found = find_source(reading.text, blocks, authority, is_page=bool(parts))
    outlet, slug = found.outlet, found.slug
    by_domain = _by_domain(metadata.url, authority)
    if by_domain is not None:
        outlet, slug = by_domain
    elif metadata.outlet:
        outlet, slug = resolve_outlet(metadata.outlet, authority)
    head = _display_source(reading.text, blocks, authority)
    if outlet is None:
        outlet, slug = head.outlet, head.slug
    date = metadata.date or found.date or head.date
    return Source(outlet, slug, date)


def _by_domain(url: str | None, authority: Authority) -> tuple[str, str] | None:
    host = (urlsplit(url).hostname or "") if url else ""
    for outlet in authority.outlets:
        if any(host == domain or host.endswith("." + domain) for domain in outlet.domains):
            return outlet.name, outlet.slug
    return None


_FIRST_LINES = 7
_LONGEST_LINE = 120


def _display_source(text: str, blocks: Sequence[Block], authority: Authority) -> Source:
    """What the lines at the head of the page say, before any running text: a date line, "Reuters,
    14 March 2017", the name of an outlet that the archive knows."""
    outlet, slug, date = None, None, None
    for number, block in enumerate(blocks[:_FIRST_LINES]):
        words = text[block.start : block.end].rstrip()
        line = read_dated_line(words) if len(words) <= _LONGEST_LINE else None
        named = words if line is None else line.beside
        if slug is None and named and len(named) <= _LONGEST_LINE:
            outlet, slug = resolve_outlet(named, authority)
        is_dated = block.kind in ("date", "byline") or (line is not None and number > 0)
        if date is None and is_dated:
            date = line.date if line is not None else find_date(words)
        # A short title in small letters looks like a paragraph of its own.
        is_title = number == 0 and words[-1:].isalnum() and "\n" not in words
        is_field = MESSAGE_FIELD.match(words) is not None
        if block.kind == "paragraph" and line is None and not (is_title or is_field):
            break
    return Source(outlet if slug is not None else None, slug, date)


@lru_cache(maxsize=4)
def _index_topics(authority: Authority) -> NameIndex:
    # Topics are mostly common nouns: case does not count.
    return index_names([(t.slug, [name.lower() for name in t.names]) for t in authority.topics])


def find_topics(text: str, words: NameWords, authority: Authority) -> tuple[TopicFound, ...]:
    """The topics that *text* names, by slug; *words* are its own, as ``find_words`` gives them."""
    places: dict[str, list[Span]] = {}
    small = words._replace(folded=[word.lower() for word in words.folded])
    for place in find_names(text, small, _index_topics(authority)):
        places.setdefault(place.key, []).append((place.start, place.end))
    return tuple(TopicFound(slug, tuple(spans)) for slug, spans in sorted(places.items()))

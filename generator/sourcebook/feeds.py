"""The feeds and files that other programs ask for: Atom, sitemap, robots, OpenSearch.

All but ``robots.txt`` need the site's public address, and are left out without one. Nothing in them
comes from the clock: an entry's date is its document's ``added``, else its capture's day, else its
first day of ``date``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from . import urls
from .edtf import Edtf
from .model import Document

ENTRIES = 50
"""Of a feed: the documents that came last."""

ADDRESSES = 50_000
"""Of one sitemap, which is all that the protocol allows (sitemaps.org); so are its bytes."""
SITEMAP_BYTES = 50 * 1024 * 1024

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

EPOCH = "1970-01-01T00:00:00Z"
"""When nothing says a date: a feed must have one."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A document as every feed has it."""

    updated: str
    xml: str


def updated_of(document: Document) -> str:
    """When *document* came into the archive, as RFC 3339: a day, never a time of a build."""
    captured = next((c.captured for c in document.captures if c.captured is not None), None)
    for date in (document.added, captured, document.date):
        if date is not None and date.year is not None and date.year > 0:
            return _first_instant(date)
    return EPOCH


def _first_instant(date: Edtf) -> str:
    year, month, day = date.sort_key
    return f"{year:04}-{month:02}-{day:02}T00:00:00Z"


def feed_entry(site: str, known_by: str, path: str, document: Document, summary: str) -> FeedEntry:
    """The entry of *document*, whose page is *path*; *known_by* is the site in its id."""
    address = urls.absolute(site, path)
    updated = updated_of(document)
    language = f" xml:lang={_quoted(document.lang)}" if document.lang else ""
    lines = [
        f"<entry{language}>",
        f"<title>{_text(document.title)}</title>",
        f"<id>{_text(urls.absolute(known_by, path))}</id>",
        f"<link href={_quoted(address)}/>",
        f"<updated>{updated}</updated>",
        *(f"<author><name>{_text(author)}</name></author>" for author in document.authors),
        *([f"<summary>{_text(summary)}</summary>"] if summary else []),
        "</entry>",
    ]
    return FeedEntry(updated, "\n".join(lines))


def atom_feed(
    site: str, known_by: str, page: str, title: str, subtitle: str, entries: Sequence[FeedEntry]
) -> bytes:
    """The feed beside *page*; *entries* are at most ``ENTRIES``, the latest first."""
    address = urls.absolute(site, page)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_text(title)}</title>",
        *([f"<subtitle>{_text(subtitle)}</subtitle>"] if subtitle else []),
        f"<id>{_text(urls.absolute(known_by, page))}</id>",
        f'<link rel="alternate" type="text/html" href={_quoted(address)}/>',
        f'<link rel="self" href={_quoted(urls.absolute(site, urls.feed(page)))}/>',
        f"<updated>{entries[0].updated if entries else EPOCH}</updated>",
        f"<author><name>{_text(title)}</name></author>",
        "<generator>Sourcebook</generator>",
        *(entry.xml for entry in entries),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def sitemaps(site: str, pages: Iterable[str]) -> dict[str, bytes]:
    """By path the addresses of all *pages*: ``sitemap.xml``, or if it were too big an index of several."""
    parts: list[list[str]] = [[]]
    size = 0
    for page in sorted(pages):
        line = f"<url><loc>{_text(urls.absolute(site, page))}</loc></url>"
        length = len(line.encode()) + 1
        if len(parts[-1]) == ADDRESSES or size + length > SITEMAP_BYTES - _SITEMAP_FRAME:
            parts.append([])
            size = 0
        parts[-1].append(line)
        size += length
    if len(parts) == 1:
        return {urls.SITEMAP: _sitemap("urlset", parts[0])}
    files = {
        urls.sitemap_part(number): _sitemap("urlset", lines)
        for number, lines in enumerate(parts, start=1)
    }
    entries = [
        f"<sitemap><loc>{_text(urls.absolute(site, path))}</loc></sitemap>" for path in files
    ]
    return {urls.SITEMAP: _sitemap("sitemapindex", entries), **files}


_SITEMAP_FRAME = 200
"""Bytes that stand around the addresses, at most."""


def _sitemap(element: str, lines: Iterable[str]) -> bytes:
    head = f'<{element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join(
        ['<?xml version="1.0" encoding="utf-8"?>', head, *lines, f"</{element}>\n"]
    ).encode()


def robots(site: str | None) -> bytes:
    """All may be read; with an address, where the sitemap is."""
    lines = ["User-agent: *", "Allow: /"]
    if site is not None:
        lines.append(f"Sitemap: {urls.absolute(site, urls.SITEMAP)}")
    return ("\n".join(lines) + "\n").encode()


def opensearch(site: str, title: str, description: str) -> bytes:
    """What a browser needs to search the archive from its own search field."""
    search = urls.absolute(site, urls.SEARCH) + "?q={searchTerms}"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        # The format allows sixteen characters for the name.
        f"<ShortName>{_text(title[:16].strip())}</ShortName>",
        f"<Description>{_text((description or title)[:1024])}</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        f'<Url type="text/html" template={_quoted(search)}/>',
        "</OpenSearchDescription>\n",
    ]
    return "\n".join(lines).encode()


def _text(text: str) -> str:
    """*text* as XML, without the characters that XML cannot hold."""
    return escape(_NOT_XML.sub("", text), quote=False)


def _quoted(text: str) -> str:
    """*text* as the value of an attribute."""
    return f'"{escape(text)}"'

"""Reads an HTML capture: the main text, and what the page's own metadata says.

Trafilatura takes the text out; it is an extra, because it brings a dozen packages with it. Nothing is
fetched and no script runs. A date is taken from metadata and markup alone, not searched in the text:
what a page says of itself is known, what its text mentions is not. A page that is nested beyond what
any writer makes is refused before it is parsed: the parsers recurse.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from types import ModuleType
from urllib.parse import urlsplit

from ...edtf import parse_edtf
from ...fields import parse_url
from ..dates import settle_order
from ..lexicon import words
from ..reading import IngestProblem, PageMetadata, Reading
from .decode import decode_text
from .extras import import_extra

_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*+)*+"
    rb"<(?:(?P<page>!doctype\s+html|html|head|body)|article|div|p|meta|title|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_UTF8_MARK = b"\xef\xbb\xbf"
_SNIFFED = 8192

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)[^<>]*?(/?)>")
_VOID = words(
    """area base br col embed hr img input link meta param source track wbr
    p li td tr th dt dd option"""
)
"""Elements that need no end tag, so that open ones do not mean depth."""
_DEEPEST = 1500
_FEWEST_LETTERS = 20

_LANG = re.compile(r"<html[^<>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", re.I)


def is_html(name: str, data: bytes) -> bool:
    """Whether the first bytes are those of an HTML page; in a ``.txt``, of a whole one."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        wide = "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-16-be"
        head = data[2:_SNIFFED].decode(wide, "ignore").encode("ascii", "ignore")
    else:
        head = data[:_SNIFFED].removeprefix(_UTF8_MARK)
    opening = _OPENING.match(head)
    is_text = name.lower().endswith(".txt")
    return opening is not None and (opening["page"] is not None or not is_text)


def read_html(name: str, data: bytes) -> Reading:
    """The main text of a page and its metadata. Raises ``IngestProblem`` where it has no text."""
    trafilatura = import_extra("trafilatura", "html", f"`{name}` is an HTML page")
    decoded = decode_text(name, data)
    html = decoded.text
    if _depth(html) > _DEEPEST:
        raise IngestProblem(
            f"`{name}` has elements nested more than {_DEEPEST} deep",
            "save the page again from a browser, or save its text",
        )
    text, metadata = _extract(trafilatura, name, html)
    return Reading(
        text=text,
        media_type="text/html",
        encoding=decoded.encoding,
        tool="trafilatura",
        tool_version=version("trafilatura"),
        metadata=metadata,
    )


def _depth(html: str) -> int:
    """How deep elements are nested, counted by their tags."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match[2].lower() in _VOID or match[3]:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _extract(trafilatura: ModuleType, name: str, html: str) -> tuple[str, PageMetadata]:
    try:
        document = trafilatura.bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (RecursionError, ValueError) as error:
        raise IngestProblem(
            f"`{name}` is HTML that cannot be parsed: {error}",
            "save the page again from a browser, or save its text",
        ) from error
    text = (document.text or "") if document is not None else ""
    if sum(char.isalpha() for char in text) < _FEWEST_LETTERS:
        raise IngestProblem(
            f"`{name}` is a page in which no article was found",
            "if a script writes the page's text, save the page as the browser shows it",
        )
    return _TABLE.sub(_write_rows, text), _read_metadata(document, html)


_ROW = re.compile(r"^\| (.*) \| $", re.MULTILINE)
_TABLE = re.compile(r"(?:^\| .* \| (?:\n\|(?:---\|)+)?(?:\n|\Z))+", re.MULTILINE)
"""Rows as Trafilatura writes them, with its rule below the head; only there a line ends in a space."""


def _write_rows(table: re.Match[str]) -> str:
    """A table as a list, its cells parted by a bar: Markdown is not the page's, nor is its rule."""
    rows = [row[1].replace("\\|", "|").rstrip(" |") for row in _ROW.finditer(table[0])]
    # A table of one column is there for the layout.
    mark = "- " if any("|" in row for row in rows) else ""
    return "".join(f"{mark}{row}\n" for row in rows if row)


def _read_metadata(document: object, html: str) -> PageMetadata:
    def field(key: str) -> str | None:
        value = getattr(document, key, None)
        return " ".join(value.split()) or None if isinstance(value, str) else None

    authors = field("author")
    lang = _LANG.search(html)
    url = field("url") or _saved_from(html)
    date = _without_updates(field("date"), html)
    if date is not None:
        host = urlsplit(url or "").hostname
        date = settle_order(date, html, lang[1] if lang else None, host)
    return PageMetadata(
        title=field("title"),
        outlet=field("sitename"),
        authors=tuple(a.strip() for a in authors.split(";") if a.strip()) if authors else (),
        date=date if date and parse_edtf(date) else None,
        url=url,
        lang=lang[1] if lang else None,
    )


_SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d+\)|Page saved with SingleFile\s{1,9}url:\s{0,9})"
    r"(https?://[^\s<>]+)",
)


def _saved_from(html: str) -> str | None:
    """The address that a browser noted at the top when it saved the page."""
    note = _SAVED_FROM.search(html, 0, _SNIFFED)
    return parse_url(note[1].removesuffix("--")) if note else None


_PUBLISHED = re.compile(
    r"""\"datePublished\"\s*:\s*\"(\d{4}-\d\d-\d\d)
    |<[^<>]{0,200}(?:\barticle:published_time|\bitemprop=["']?datePublished)\b[^<>]{0,200}?
        \b(?:content|datetime)=["']?(\d{4}-\d\d-\d\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_MODIFIED = re.compile(
    r"""\"dateModified\"\s*:\s*\"[^\"<>]{0,40}
    |<meta\b[^<>]{0,200}(?:modified|updated)[^<>]{0,200}>""",
    re.VERBOSE | re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|modified|copyright)\b\W{0,3}(?:on\s)?\d[\d./-]*", re.IGNORECASE
)
"""As a line below the text has it."""


def _published(html: str) -> str | None:
    """The date that the page's metadata calls that of publication, if it gives one alone."""
    dates = {match[1] or match[2] for match in _PUBLISHED.finditer(html)}
    return dates.pop() if len(dates) == 1 else None


def _without_updates(date: str | None, html: str) -> str | None:
    """*date*, unless the page has it as that of a change alone: then that of publication, if given.

    A page whose metadata have no other date than that of a change is mostly one never changed.
    """
    if date is None or date not in html:
        return date
    unchanged = _UPDATED.sub("", html)
    if date in _MODIFIED.sub("", unchanged):
        return date
    return _published(html) or (date if date in unchanged else None)

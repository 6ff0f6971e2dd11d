"""What stands around every page: its head for machines, the line at its top, the list at its foot."""

from __future__ import annotations

import json
from collections.abc import Sized
from dataclasses import dataclass

from markupsafe import Markup

from .. import urls
from .catalogue import Catalogue, Link

OPENSEARCH = "opensearch.xml"

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True, slots=True)
class NavItem:
    """A way to a kind of page."""

    text: Markup
    path: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class RecordList:
    """The list of all records of one kind."""

    text: Markup
    path: str


@dataclass(frozen=True, slots=True)
class SiteChrome:
    """What all pages of a site share."""

    title: str
    description: str
    language: str
    direction: str
    url: str | None
    """The site's public address; None where the settings have none."""
    sections: tuple[RecordList, ...]
    """In the order of the menu. None has a number: pages are the same while only that changes."""
    compare: Link | None
    """Where accounts are laid side by side; None where nothing meets."""
    timeline: Link | None
    """The timeline; None where nothing is dated."""
    more: tuple[Link, ...]
    """The pages that only the foot of the page names."""
    has_search: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What one page says of itself to machines."""

    title: str
    description: str
    path: str
    feed: str | None = None
    """The path of the Atom feed that follows this page."""
    meta: tuple[tuple[str, str], ...] = ()
    json_ld: JsonValue = None
    section: str | None = None
    """The path of the section to which it belongs."""
    is_indexed: bool = True
    """False: search engines are asked to leave it out."""


@dataclass(frozen=True, slots=True)
class Frame:
    """All of it, for one page."""

    path: str
    root: str
    """What leads from this page to the site's root: ``../../``, or nothing at the root."""
    title: str
    site_title: str
    description: str
    language: str
    direction: str
    canonical: str | None
    feed: str | None
    opensearch: str | None
    meta: tuple[tuple[str, str], ...]
    json_ld: Markup | None
    navigation: tuple[NavItem, ...]
    lists: tuple[RecordList, ...]
    more: tuple[Link, ...]
    has_search: bool
    is_indexed: bool

    @property
    def is_home(self) -> bool:
        """Whether this is the first page, which has a search field of its own."""
        return self.path == urls.HOME


def count_records(catalogue: Catalogue) -> tuple[tuple[RecordList, int], ...]:
    """The list of each kind of record that the archive has, with how many it holds."""
    archive, say = catalogue.archive, catalogue.messages.say
    kinds: tuple[tuple[str, Sized], ...] = (
        ("questions", archive.questions),
        ("documents", archive.documents),
        ("actors", archive.actors),
        ("topics", archive.topics),
        ("outlets", archive.outlets),
        ("claims", archive.claims),
    )
    return tuple(
        (RecordList(say(f"nav.{name}"), urls.section(name)), len(records))
        for name, records in kinds
        if records
    )


def chrome_of(
    catalogue: Catalogue,
    *,
    has_search: bool,
    has_comparisons: bool = False,
    has_timeline: bool = False,
) -> SiteChrome:
    """What all pages share; a section of which the archive has nothing is not named."""
    settings, say = catalogue.settings, catalogue.messages.say
    more = [Link(say("nav.about"), urls.ABOUT)]
    if has_search:
        more.append(Link(say("nav.search"), urls.SEARCH))
    return SiteChrome(
        title=settings.title,
        description=settings.description or "",
        language=catalogue.messages.language,
        direction=catalogue.messages.direction,
        url=settings.url,
        sections=tuple(section for section, _ in count_records(catalogue)),
        compare=Link(say("nav.compare"), urls.COMPARE) if has_comparisons else None,
        timeline=Link(say("timeline.title"), urls.TIMELINE) if has_timeline else None,
        more=tuple(more),
        has_search=has_search,
    )


def frame_page(chrome: SiteChrome, head: Head) -> Frame:
    """The frame of the page that *head* describes."""
    has_address = chrome.url is not None
    ways = [(section.text, section.path) for section in chrome.sections]
    if chrome.compare is not None:
        ways.insert(1, (chrome.compare.text, urls.COMPARE))
    if chrome.timeline is not None:
        ways.append((chrome.timeline.text, urls.TIMELINE))
    own_pages = tuple(link for link in (chrome.compare, chrome.timeline) if link is not None)
    return Frame(
        path=head.path,
        root=urls.prefix_of(head.path),
        title=head.title,
        site_title=chrome.title,
        description=head.description or chrome.description,
        language=chrome.language,
        direction=chrome.direction,
        canonical=urls.absolute(chrome.url, head.path) if chrome.url is not None else None,
        feed=head.feed if has_address else None,
        opensearch=OPENSEARCH if has_address and chrome.has_search else None,
        meta=head.meta,
        json_ld=script_json(head.json_ld) if head.json_ld is not None else None,
        navigation=tuple(NavItem(text, path, path == head.section) for text, path in ways),
        lists=chrome.sections,
        more=(*own_pages, *chrome.more),
        has_search=chrome.has_search,
        is_indexed=head.is_indexed,
    )


_SCRIPT_ESCAPES = (
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ("\u2028", "\\u2028"),
    ("\u2029", "\\u2029"),
)


def script_json(value: JsonValue) -> Markup:
    """*value* as JSON that may stand in a ``script`` element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Far quicker than `translate`, which looks at each character of a text that is not ASCII.
    for sign, escaped in _SCRIPT_ESCAPES:
        text = text.replace(sign, escaped)
    return Markup(text)

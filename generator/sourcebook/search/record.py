"""What one search result is: where it leads, what it shows, what it can be found and filtered by.

A record says what a reader sees, in exact words. What is indexed for it is made from that by
``spelling``; the two are kept apart, so that no aid to finding ever changes a quotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..model import Form

RecordKind = Literal["question", "claim", "document", "actor", "topic", "outlet"]

KIND_LETTERS: dict[RecordKind, str] = {
    "question": "q",
    "claim": "c",
    "document": "d",
    "topic": "t",
    "actor": "a",
    "outlet": "o",
}
"""What the name of each file with records of a kind begins with: by it, and in the order of its own
list of them, ``search.js`` shows the kinds."""


class Choice(NamedTuple):
    """A value to filter by: the id stands in the address of the search, the label is shown."""

    id: str
    label: str


NOT_KNOWN = Choice("unknown", "")
"""Filters the records of which the archive does not know the outlet, the speaker or the year."""


class Passage(NamedTuple):
    """A place in a record's text that a result can open at."""

    start: int
    """Code points from the start of the text."""
    fragment: str
    """The id of an element of the page, without ``#``."""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One result of a search."""

    url: str
    """From the site's root, without a leading slash, with ``#fragment``; each has its own."""
    kind: RecordKind
    title: str
    """Empty for a claim, which is known by its words."""
    text: str
    """In exact words; white space counts as one space."""
    language: str
    """Primary subtag of the text's language, or of the site's where the text's is not known."""
    names: tuple[str, ...] = ()
    """Other names of what the page is about. They find it as its title does."""
    also: tuple[str, ...] = ()
    """What else finds it, such as a speaker's name and the annotator's words."""
    passages: tuple[Passage, ...] = ()
    """In text order."""
    outlets: tuple[Choice, ...] = ()
    actors: tuple[Choice, ...] = ()
    """Who speaks."""
    topics: tuple[Choice, ...] = ()
    years: tuple[int, ...] = ()
    day: tuple[int, int, int] | None = None
    """(year, month, day) to sort by; None sorts last, in both directions."""
    date: str | None = None
    """In words. None: not known, or not dated."""
    speaker: str | None = None
    form: Form | None = None
    summary: tuple[str, ...] = ()
    """Lines under the title, in the archive's voice; not searched."""


@dataclass(frozen=True, slots=True)
class Findable:
    """What of one page can be found in one language; its records are made when asked for.

    So an archive's records never stand in memory together.
    """

    page: str
    """Its path in the site: all of a page's records lead there, and no other's do."""
    language: str
    size: int
    """Characters of its records, about."""
    make: Callable[[], Iterable[SearchRecord]]

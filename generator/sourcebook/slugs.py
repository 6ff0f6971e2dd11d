"""Slugs: what they are, and one for what has only a name yet."""

from __future__ import annotations

import re
import unicodedata

SLUG_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
_SLUG = re.compile(rf"(?!\d{{4}}\Z){SLUG_PATTERN}")
_ADDRESSES = ("index", "feed", "data", "search", "about", "compare", "timeline", "captures")
_FOLDERS = ("assets", "pagefind", "undated", "unknown")
_DEVICES = ("con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)))
LONGEST = 80
RESERVED = frozenset((*_ADDRESSES, *_FOLDERS, *_DEVICES))
"""Names that addresses of the site, or the devices of Windows, already have."""


def is_slug(text: str) -> bool:
    """Whether *text* may name a file and a page."""
    return len(text) <= LONGEST and _SLUG.fullmatch(text) is not None and text not in RESERVED


SLUG_HELP = (
    "use small letters a-z, digits and single hyphens, at most 80, such as `dmitry-peskov`;"
    " not four digits alone, nor what the site or Windows needs, such as `unknown`, `index` or `con`"
)

_LONGEST_MADE = 60
"""Of a slug that is made of a title or a name: whoever writes one may take more."""


_WRITTEN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""What has no ASCII letter in it, and is written with some; dashes part words as hyphens do."""


def slugify(text: str, longest: int = _LONGEST_MADE) -> str:
    """A slug of the first words of *text*; empty where it has too little of the Latin alphabet for one."""
    bare = re.sub(r"['’]", "", text).casefold().translate(_WRITTEN)
    ascii_text = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_text)
    # A name in another script leaves only crumbs of Latin: no name at all.
    if sum(map(len, words)) * 2 < sum(char.isalnum() for char in text):
        return ""
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > longest:
            break
        slug = longer
    return slug


def free_slug(slug: str, taken: dict[str, int]) -> str:
    """*slug*, or the first of ``slug-2``, ``slug-3`` … that is free; it is added to *taken*.

    *taken* has, by slug, the last number tried behind it: among ten thousand captures of one title
    each finds its own at once.
    """
    number = taken.get(slug, 1)
    free = slug
    while free in taken or not is_slug(free):
        number += 1
        free = f"{slug}-{number}"
    taken[slug] = number
    taken.setdefault(free, 1)
    return free

"""Slugs for what has only a name yet."""

from __future__ import annotations

import re
import unicodedata

from ..fields import is_slug

_LONGEST = 60


def slugify(text: str) -> str:
    """A slug of the words of *text*; empty where it has too little of the Latin alphabet for one."""
    bare = re.sub(r"['’]", "", text)
    ascii_text = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_text)
    # A name in another script leaves only crumbs of Latin: no name at all.
    if sum(map(len, words)) * 2 < sum(char.isalnum() for char in text):
        return ""
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > _LONGEST:
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

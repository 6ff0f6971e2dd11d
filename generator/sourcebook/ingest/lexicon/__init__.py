"""Words and patterns that the rules go by, as data: what to look for, apart from how it is used."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a table, written with blanks between them."""
    return frozenset(text.split())

"""Who speaks together: "Ann Lee and Bo Ray", "Ann Lee and her deputy, Bo Ray", "Russia and Iran"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .reading import Span

Mention = tuple[int, int, int]
"""(start, end, position of the actor in the cast)."""

BELONGING = re.compile(
    r"\b(?:for|to|of|from|at|with|by|against|near|behind|on|in|about|between|among|under)\s(?:the\s)?$"
)
"""What makes a name in a phrase another's: "a lawyer for Ann Lee"."""
JOINS = re.compile(r",\s|,?\s(?:and|et)\s(?:the\s|l[ae]s?\s|l['’])?")
"""What stands between two names that are joined."""
_JOINS_WITH_OFFICE = re.compile(
    r",\s|(?:,\s[^,:;.]{2,60})?,?\s(?:and|et)\s(?:[\w’'-]+\.?,?\s){0,8}?(?<!\bof\s)(?<!\bfor\s)(?<!\bto\s)"
    r"(?<!\bde\s)(?<!\bwith\s)"
)
"""The same, with an apposition to the first and an office of the second."""


def find_joint(text: str, mention: Span, named: Sequence[Mention]) -> tuple[int, ...]:
    """Those who speak together, if *mention* is the names of *named* and no more; else nobody."""
    if len(named) < 2 or text[named[-1][1] : mention[1]].strip(" ."):
        return ()
    if BELONGING.search(text, mention[0], named[0][0]):
        return ()  # "a lawyer for Ann Lee and Bo Ray"
    gaps = [text[end:start] for (_, end, _), (start, _, _) in pairwise(named)]
    is_joined = all(_JOINS_WITH_OFFICE.fullmatch(gap) for gap in gaps) and gaps[-1].strip() != ","
    actors = tuple(dict.fromkeys(actor for _, _, actor in named))
    return actors if is_joined and len(actors) > 1 else ()

"""What the interface must know of a language: its direction, and how it counts.

Both are facts of the language and not of our texts, so they stand here and not in a catalogue. The
plural rules are those of the CLDR for whole numbers, which are all that a page counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

Direction = Literal["ltr", "rtl"]

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Primary subtags of languages that are written from right to left."""

_RTL_LETTER = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LTR_LETTER = re.compile(
    "(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff])[^\\W\\d_]"
)

_TURNING = re.compile("[\u202a-\u202e\u2066\u2067]")
"""Signs that turn what follows them: one that nothing ends would turn the line around a name too."""


def primary_subtag(language: str) -> str:
    """``pt`` of ``pt-BR``."""
    return language.split("-", maxsplit=1)[0].lower()


@lru_cache
def direction_of(language: str | None) -> Direction:
    """The direction in which *language*, a BCP 47 tag, is written; a script subtag decides."""
    subtags = (language or "").lower().split("-")
    if "latn" in subtags or "cyrl" in subtags:
        return "ltr"
    if "arab" in subtags or "hebr" in subtags:
        return "rtl"
    return "rtl" if subtags[0] in RIGHT_TO_LEFT else "ltr"


def runs_against(text: str, direction: Direction) -> bool:
    """Whether *text* has letters that are written against *direction*, or signs that turn letters.

    Such a text must be isolated from the line around it, or it takes the numbers and the
    punctuation beside it along.
    """
    against = _RTL_LETTER if direction == "ltr" else _LTR_LETTER
    return against.search(text) is not None or _TURNING.search(text) is not None


def leading_direction(text: str) -> Direction | None:
    """The direction of the first letter of *text*, as a browser would find it; None without one."""
    rtl, ltr = _RTL_LETTER.search(text), _LTR_LETTER.search(text)
    if rtl is None or ltr is None:
        return "rtl" if rtl else "ltr" if ltr else None
    return "rtl" if rtl.start() < ltr.start() else "ltr"


@dataclass(frozen=True, slots=True)
class PluralRule:
    """How a language counts."""

    forms: tuple[str, ...]
    """The forms that whole numbers take, in the order of the CLDR."""
    form_of: Callable[[int], str]


def _ends(n: int, first: int, last: int) -> bool:
    """Whether the last two digits of *n* say a number from *first* to *last*."""
    return first <= n % 100 <= last


def _one(n: int) -> str:
    return "one" if n == 1 else "other"


def _nought_or_one(n: int) -> str:
    return "one" if n in (0, 1) else "other"


def _arabic(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    if _ends(n, 3, 10):
        return "few"
    return "many" if _ends(n, 11, 99) else "other"


def _east_slavic(n: int) -> str:
    if n % 10 == 1 and not _ends(n, 11, 11):
        return "one"
    return "few" if 2 <= n % 10 <= 4 and not _ends(n, 12, 14) else "many"


def _south_slavic(n: int) -> str:
    form = _east_slavic(n)
    return "other" if form == "many" else form


def _polish(n: int) -> str:
    if n == 1:
        return "one"
    return "few" if 2 <= n % 10 <= 4 and not _ends(n, 12, 14) else "many"


def _czech(n: int) -> str:
    return "one" if n == 1 else "few" if 2 <= n <= 4 else "other"


def _slovenian(n: int) -> str:
    return {1: "one", 2: "two", 3: "few", 4: "few"}.get(n % 100, "other")


def _macedonian(n: int) -> str:
    return "one" if n % 10 == 1 and not _ends(n, 11, 11) else "other"


def _lithuanian(n: int) -> str:
    if _ends(n, 11, 19) or n % 10 == 0:
        return "other"
    return "one" if n % 10 == 1 else "few"


def _latvian(n: int) -> str:
    if _ends(n, 11, 19) or n % 10 == 0:
        return "zero"
    return "one" if n % 10 == 1 else "other"


def _romanian(n: int) -> str:
    if n == 1:
        return "one"
    return "few" if n == 0 or _ends(n, 1, 19) else "other"


def _hebrew(n: int) -> str:
    return {1: "one", 2: "two"}.get(n, "other")


_ONE = PluralRule(("one", "other"), _one)
_NOUGHT_OR_ONE = PluralRule(("one", "other"), _nought_or_one)
_NONE = PluralRule(("other",), lambda _: "other")
_EAST_SLAVIC = PluralRule(("one", "few", "many"), _east_slavic)
_SOUTH_SLAVIC = PluralRule(("one", "few", "other"), _south_slavic)
_CZECH = PluralRule(("one", "few", "other"), _czech)

_RULES: Mapping[str, PluralRule] = {
    "ar": PluralRule(("zero", "one", "two", "few", "many", "other"), _arabic),
    "he": PluralRule(("one", "two", "other"), _hebrew),
    "lt": PluralRule(("one", "few", "other"), _lithuanian),
    "lv": PluralRule(("zero", "one", "other"), _latvian),
    "pl": PluralRule(("one", "few", "many"), _polish),
    "ro": PluralRule(("one", "few", "other"), _romanian),
    "sl": PluralRule(("one", "two", "few", "other"), _slovenian),
    **dict.fromkeys(("am", "bn", "fa", "fr", "gu", "hi", "hy", "kn", "pt", "zu"), _NOUGHT_OR_ONE),
    **dict.fromkeys(("id", "ja", "ko", "lo", "ms", "my", "th", "vi", "zh"), _NONE),
    **dict.fromkeys(("be", "ru", "uk"), _EAST_SLAVIC),
    **dict.fromkeys(("bs", "hr", "sr"), _SOUTH_SLAVIC),
    **dict.fromkeys(("cs", "sk"), _CZECH),
    **dict.fromkeys(("is", "mk"), PluralRule(("one", "other"), _macedonian)),
}
"""By primary subtag. Spanish, French, Italian and Portuguese have a form for whole millions besides,
which a catalogue may leave out."""


@cache
def plural_rule(language: str) -> PluralRule:
    """How *language* counts; one that is not in the table has one and other, as most do."""
    return _RULES.get(primary_subtag(language), _ONE)

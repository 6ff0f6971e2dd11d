"""The kinds of single values: text, slug, date, number, address …

Every scalar arrives as text (see ``frontmatter``); the kind of the field decides what it is.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache, partial
from urllib.parse import quote, urlsplit

from ..edtf import Edtf, parse_edtf, propose_date
from ..slugs import LONGEST, RESERVED, SLUG_HELP, SLUG_PATTERN, is_slug, slugify
from .kind import Json, Kind, list_of, scalar


@lru_cache(maxsize=16_384)
def _parse_slug(text: str) -> str | None:
    # The same few are named again and again.
    return text if is_slug(text) else None


def _parse_text(text: str) -> str | None:
    return text.strip() or None


def _parse_boolean(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text.lower())


def parse_number(text: str) -> float | None:
    """The number that *text* writes in digits; None where it is none, or too long to be one."""
    plain = re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", text, re.ASCII)
    return float(text) if plain else None


def _parse_hash(text: str) -> str | None:
    return text if re.fullmatch(r"[0-9a-f]{64}", text) else None


def _parse_language(text: str) -> str | None:
    return text if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", text) else None


_NO_ENCODINGS = frozenset(
    ("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7")
)
"""What Python can decode besides: what such bytes say is not what a person sees in an editor."""


def parse_encoding(text: str) -> str | None:
    """Python's name of the encoding *text*; None where it is none that a capture may have."""
    try:
        name = codecs.lookup(text).name
    except (LookupError, ValueError):
        return None
    return None if name in _NO_ENCODINGS else name


_TURNING = r"\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Signs of direction: with one in it, an address would be shown as another than it leads to."""
_NOT_IN_URL = re.compile(rf"[\s\x00-\x1f\x7f<>\"\\`{_TURNING}]")


def parse_url(text: str) -> str | None:
    """*text* where it is an http or https address that is safe to link to, else None."""
    if _NOT_IN_URL.search(text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


def _mend_url(text: str) -> str | None:
    """*text* as an address where only its beginning, or signs that stand otherwise in one, are wrong."""
    whole = text.strip()
    if re.search(r"\s\S*://", whole):
        return None  # two addresses
    whole = f"https://{whole}" if whole.startswith("www.") else whole
    return _NOT_IN_URL.sub(lambda sign: quote(sign.group()), whole)


WORDS: Json = {"type": ["string", "number", "boolean"]}
"""A text as an editor sees it, to which ``1984`` is a number."""
_FOUR_DIGITS: Json = {
    "type": ["string", "integer"],
    "pattern": r"^[0-9]{4}$",
    "minimum": 1000,
    "maximum": 9999,
}
"""As a text or as a number: each condition asks its own type only."""
TEXT: Kind[str] = scalar(
    "wrong-type", "text", _parse_text, "write one text", {**WORDS, "pattern": r"\S"}
)
SLUG: Kind[str] = scalar(
    "invalid-slug",
    "a slug",
    _parse_slug,
    SLUG_HELP,
    {
        # `true` is a word too, if not to an editor.
        "type": ["string", "integer", "boolean"],
        "pattern": f"^{SLUG_PATTERN}$",
        "maxLength": LONGEST,
        "not": {"anyOf": [{"enum": sorted(RESERVED)}, _FOUR_DIGITS]},
    },
    mend=partial(slugify, longest=LONGEST),
)
_MONTH_AND_DAY = (
    "(0[1-9]|1[0-2])(-XX)?|(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9])"
)
_YEAR = "(-?[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
_DAY = f"({_YEAR}(-(2[1-4]|XX(-XX)?|{_MONTH_AND_DAY}))?|XXXX-({_MONTH_AND_DAY}))[~?%]?"
"""Of an interval that runs backwards, and of 29 February, only the check knows."""
DATE: Kind[Edtf] = scalar(
    "invalid-date",
    "a date",
    parse_edtf,
    "write it as YYYY-MM-DD, or YYYY-MM if the day is unknown; YYYY-MM-DD~ about that day,"
    " YYYY-MM-DD/YYYY-MM-DD between two days, XXXX-MM-DD if the year is unknown",
    {
        "type": ["string", "integer"],
        "minimum": -9999,
        "maximum": 9999,
        "pattern": rf"^({_DAY}(/(\.\.|{_DAY})?)?|(\.\.)?/{_DAY})$",
    },
    mend=propose_date,
)
BOOLEAN: Kind[bool] = scalar(
    "wrong-type", "true or false", _parse_boolean, "write `true` or `false`", {"type": "boolean"}
)
NUMBER: Kind[float] = scalar(
    "invalid-number",
    "a number",
    parse_number,
    "write digits alone, such as 50000",
    {"type": "number"},
)
HASH: Kind[str] = scalar(
    "invalid-hash",
    "a SHA-256",
    _parse_hash,
    "it has 64 digits 0-9 and a-f; `sourcebook ingest` writes it, and for 64 zeros"
    " `sourcebook check` says what it is",
    {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    mend=lambda text: text.strip().lower(),
)
LANGUAGE: Kind[str] = scalar(
    "invalid-language",
    "a language tag",
    _parse_language,
    "write its short tag (BCP 47), such as en, fr, ar or pt-BR",
    {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
    mend=lambda text: text.replace("_", "-"),
)
URL: Kind[str] = scalar(
    "invalid-url",
    "a whole address",
    parse_url,
    "begin it with https:// or http://, and leave no space in it",
    {
        "type": "string",
        "format": "uri",
        "pattern": rf"^[Hh][Tt]{{2}}[Pp][Ss]?://[^\s<>\"\\`/{_TURNING}]"
        rf"[^\s<>\"\\`{_TURNING}]*$",
    },
    mend=_mend_url,
)
SLUGS: Kind[tuple[str, ...]] = list_of(SLUG, is_set=True)
TEXTS: Kind[tuple[str, ...]] = list_of(TEXT, is_set=True)

"""The words of the interface, in one language: what the site says in its own voice.

Every word that a reader meets and that is neither a source's nor an annotator's stands in
``languages/<language>.toml``. A text is asked for by its key; ``{name}`` in it is filled in and
escaped, so a catalogue may hold markup and the values never can. A text that counts something is a
table of plural forms, of which ``n`` chooses one by the rules of the language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from markupsafe import Markup, escape

DEFAULT_LANGUAGE = "en"

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Primary subtags of languages that are written from right to left."""


def direction_of(language: str | None) -> Literal["ltr", "rtl"]:
    """The direction in which *language*, a BCP 47 tag, is written; a script subtag decides."""
    subtags = (language or "").lower().split("-")
    if "latn" in subtags or "cyrl" in subtags:
        return "ltr"
    if "arab" in subtags or "hebr" in subtags:
        return "rtl"
    return "rtl" if subtags[0] in RIGHT_TO_LEFT else "ltr"


def _plural_one_other(n: int) -> str:
    return "one" if n == 1 else "other"


def _plural_french(n: int) -> str:
    return "one" if n in (0, 1) else "other"


def _plural_arabic(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if 11 <= n % 100 <= 99 else "other"


PLURALS: Mapping[str, Callable[[int], str]] = {"fr": _plural_french, "ar": _plural_arabic}
"""By language: which plural form a number takes (CLDR). Others have one and other."""


Text = tuple[str, ...]
"""Markup and names of values in turn, beginning with markup."""


@dataclass(frozen=True, slots=True)
class Messages:
    """All texts of one language."""

    language: str
    direction: Literal["ltr", "rtl"]
    texts: Mapping[str, Text]
    plurals: Mapping[str, Mapping[str, Text]]
    names: Mapping[str, tuple[str, ...]]
    """Lists of names, such as those of the months."""

    def say(self, key: str, **values: object) -> Markup:
        """The text of *key* with *values* in it; a key that no catalogue has is a ``KeyError``.

        Whole numbers are written with the language's separator. ``n`` chooses the plural form.
        Without any value the text comes as it is, for a script that fills it in.
        """
        n = values.get("n")
        if isinstance(n, int) and key in self.plurals:
            forms = self.plurals[key]
            rule = PLURALS.get(self.language.split("-", maxsplit=1)[0], _plural_one_other)
            # A catalogue may say "no claim" where the language counts nought like many.
            text = (forms.get("zero") if n == 0 else None) or forms.get(rule(n)) or forms["other"]
        else:
            text = self.texts[key]
        if not values:
            return Markup(_join(text))
        pieces = list(text)
        for place in range(1, len(text), 2):
            value = values[text[place]]
            pieces[place] = escape(self.number(value) if type(value) is int else value)
        return Markup("".join(pieces))

    def number(self, value: float) -> str:
        """*value* with the language's separator of thousands, without a needless ``.0``."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return f"{value:,}".replace(",", self.texts["number.separator"][0])

    def listing(self, items: tuple[str, ...]) -> str:
        """*items* as an enumeration: ``a``, ``a and b``, ``a, b and c``."""
        if len(items) < 2:
            return "".join(items)
        comma, last = self.texts["list.comma"][0], self.texts["list.last"][0]
        return f"{comma.join(items[:-1])}{last}{items[-1]}"


def _split(text: str) -> Text:
    """*text* at the names of its values."""
    return tuple(re.split(r"\{([a-z-]+)\}", text))


def _join(text: Text) -> str:
    """*text* as the catalogue has it."""
    return "".join(piece if n % 2 == 0 else f"{{{piece}}}" for n, piece in enumerate(text))


def load_messages(language: str = DEFAULT_LANGUAGE) -> Messages:
    """The catalogue of *language*; without one, that of its primary subtag, or English."""
    folder = files("sourcebook").joinpath("languages")
    for tag in (language, language.split("-", maxsplit=1)[0], DEFAULT_LANGUAGE):
        catalogue = folder.joinpath(f"{tag}.toml")
        if catalogue.is_file():
            break
    texts: dict[str, Text] = {}
    plurals: dict[str, dict[str, Text]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for section, entries in tomllib.loads(catalogue.read_text(encoding="utf-8")).items():
        for name, value in entries.items():
            key = f"{section}.{name}"
            if isinstance(value, str):
                texts[key] = _split(value)
            elif isinstance(value, list):
                names[key] = tuple(value)
            else:
                plurals[key] = {form: _split(text) for form, text in value.items()}
    return Messages(tag, direction_of(tag), texts, plurals, names)

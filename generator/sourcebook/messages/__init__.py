"""The words of the interface, in one language: what the site says in its own voice.

Every word that a reader meets and that is neither a source's nor an annotator's stands in
``languages/<language>.toml``. A text is asked for by its key; ``{name}`` in it is filled in and
escaped, so a catalogue may hold markup and the values never can. A text that has several forms is a
table: those of a count are chosen by ``n`` and the rules of the language.

``en.toml`` is the measure: it has every key. What another catalogue lacks is said in English, and
the build names it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from html import unescape
from importlib.resources import files
from importlib.resources.abc import Traversable

from markupsafe import Markup, escape

from .languages import (
    Direction,
    direction_of,
    leading_direction,
    plural_rule,
    primary_subtag,
    runs_against,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "Catalogue",
    "Direction",
    "Messages",
    "catalogue_file",
    "describe_missing",
    "direction_of",
    "load_messages",
    "plural_rule",
    "read_catalogue",
]

DEFAULT_LANGUAGE = "en"

Text = tuple[str, ...]
"""Markup and names of values in turn, beginning with markup."""

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
"""A value within these keeps its own direction; they work in attributes too, where no tag does."""

_ISOLATED = re.compile(f"{_ISOLATE}[^{_END_ISOLATE}]*{_END_ISOLATE}|<bdi[^>]*>.*?</bdi>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one file."""

    texts: Mapping[str, Text]
    forms: Mapping[str, Mapping[str, Text]]
    """By key and form: one text for each number, or for each kind of value."""
    names: Mapping[str, tuple[str, ...]]
    """Lists of names, such as those of the months."""


@dataclass(frozen=True, slots=True)
class Messages:
    """All texts of one language."""

    language: str
    direction: Direction
    texts: Mapping[str, Text]
    forms: Mapping[str, Mapping[str, Text]]
    names: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...] = ()
    """The keys that are in English, because the language's catalogue lacks them."""

    def __hash__(self) -> int:
        """What is made of the same texts may be kept; two sets of texts of a language are rare."""
        return hash(self.language)

    def say(self, key: str, **values: object) -> Markup:
        """The text of *key* with *values* in it; a key that no catalogue has is a ``KeyError``.

        Whole numbers are written with the language's separator, and choose the plural form as
        ``n``. Without any value the text comes as it is, for a script that fills it in.
        """
        if key not in self.forms:
            return self._fill(self.texts[key], values)
        n = values.get("n")
        if not isinstance(n, int):
            return self._fill(self._form(key, "other"), values)
        # A catalogue may say "no claim" where the language counts nought like many.
        named = self.forms[key].get("zero") if n == 0 else None
        form = plural_rule(self.language).form_of(n)
        return self._fill(named or self._form(key, form), values)

    def say_form(self, key: str, form: str, **values: object) -> Markup:
        """The text of *key* in the form *form*, or where it has none such, in its general one."""
        return self._fill(self._form(key, form), values)

    def forms_of(self, key: str) -> dict[str, str]:
        """The plural forms of *key*, by name, for a script that counts by itself."""
        return {form: _join(text) for form, text in self.forms[key].items()}

    def _form(self, key: str, form: str) -> Text:
        forms = self.forms[key]
        return forms.get(form) or forms["other"]

    def _fill(self, text: Text, values: Mapping[str, object]) -> Markup:
        if not values:
            return _unfilled(text)
        pieces = list(text)
        for place in range(1, len(text), 2):
            value = values[text[place]]
            pieces[place] = self.number(value) if type(value) is int else self.isolate(value)
        return _marked("".join(pieces))

    def isolate(self, value: object) -> Markup:
        """*value*, escaped; what is written the other way cannot turn the words around it."""
        text = _as_markup(value)
        if _runs_against(text, self.direction):
            return Markup(f"{_ISOLATE}{text}{_END_ISOLATE}")
        return text

    def isolate_element(self, value: object) -> Markup:
        """The same for what stands on a page and in no attribute: with an element."""
        text = _as_markup(value)
        return Markup(f"<bdi>{text}</bdi>") if _runs_against(text, self.direction) else text

    def direction_attribute(self, value: object) -> Markup:
        """The attribute for an element that holds *value*; empty where it runs as the page does."""
        direction = leading_direction(escape(value).unescape())
        if direction in (None, self.direction):
            return Markup()
        return Markup(f' dir="{direction}"')

    def number(self, value: float) -> str:
        """*value* with the language's separators, without a needless ``.0``."""
        if type(value) is int and -1000 < value < 1000:
            return str(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        whole, point, decimals = f"{value:,}".partition(".")
        point = self.texts["number.decimal"][0] if point else ""
        return whole.replace(",", self.texts["number.separator"][0]) + point + decimals

    def language_name(self, tag: str) -> str:
        """What the language *tag* is called; the tag itself where the catalogue has no name."""
        name = self.texts.get(f"language.{primary_subtag(tag)}")
        return name[0] if name else tag

    def quoted(self, words: object) -> Markup:
        """*words* in quotation marks: in the language's other ones where *words* have the first.

        Not a character of *words* changes: who copies a citation copies what the source has.
        """
        text = _as_markup(words)
        if any(mark in text for mark in "".join(self.texts["quote.marks"][::2]) if mark.strip()):
            return self.say("quote.other-marks", words=text)
        return self.say("quote.marks", words=text)

    def listing(self, items: Iterable[str]) -> Markup:
        """*items* as an enumeration: ``a``, ``a and b``, ``a, b and c``."""
        given = tuple(items)
        if len(given) < 2:
            return escape(given[0]) if given else Markup()
        comma, last = self.texts["list.comma"][0], self.texts["list.last"][0]
        *first, end = (self.isolate(item) for item in given)
        return Markup(comma).join(first) + last + end


_marked: Callable[[str], Markup] = partial(str.__new__, Markup)
"""What is markup for certain, as such; ``Markup`` itself asks of each text whether it is."""


def _as_markup(value: object) -> Markup:
    """*value*, escaped where it is not; ``escape`` makes a copy even where it is."""
    return value if type(value) is Markup else escape(value)


def _split(text: str) -> Text:
    """*text* at the names of its values."""
    return tuple(re.split(r"\{([a-z-]+)\}", text))


def _join(text: Text) -> str:
    """*text* as the catalogue has it."""
    return "".join(piece if n % 2 == 0 else f"{{{piece}}}" for n, piece in enumerate(text))


@cache
def _unfilled(text: Text) -> Markup:
    """*text* without values, which templates ask for again and again."""
    return Markup(_join(text))


# The names of an archive stand on its pages many times each; what stands once passes through.
@lru_cache(maxsize=1 << 14)
def _runs_against(text: Markup, direction: Direction) -> bool:
    """Whether *text* has letters against *direction* that are not isolated yet."""
    # Most texts have none at all, which is seen without taking them apart.
    if not runs_against(unescape(text), direction):
        return False
    return runs_against(Markup(_ISOLATED.sub("", text)).striptags(), direction)


def catalogue_file(language: str) -> Traversable:
    """Where the texts of exactly *language* stand, or would stand."""
    return files("sourcebook").joinpath("languages", f"{language}.toml")


def read_catalogue(text: str) -> Catalogue:
    """The texts of a catalogue's file: texts, tables of forms, lists of names. Empty ones are none."""
    texts: dict[str, Text] = {}
    forms: dict[str, dict[str, Text]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for section, entries in tomllib.loads(text).items():
        for name, value in entries.items():
            key = f"{section}.{name}"
            if not value:
                continue
            if isinstance(value, str):
                texts[key] = _split(value)
            elif isinstance(value, list):
                names[key] = tuple(value)
            elif given := {form: _split(one) for form, one in value.items() if one}:
                forms[key] = given
    return Catalogue(texts, forms, names)


def load_messages(language: str = DEFAULT_LANGUAGE) -> Messages:
    """The texts of *language*: its own, then those of its primary subtag, then the English ones.

    So ``pt-BR`` may hold no more than what Brazil says otherwise. The language of the result is the
    first of the three that has a catalogue.
    """
    tags = dict.fromkeys((language, primary_subtag(language), DEFAULT_LANGUAGE))
    found = (tag for tag in tags if catalogue_file(tag).is_file())
    return _merge(tuple((tag, catalogue_file(tag).read_text(encoding="utf-8")) for tag in found))


# One object for the same texts: what was made with them is looked up by them, a million times.
@lru_cache(maxsize=4)
def _merge(found: tuple[tuple[str, str], ...]) -> Messages:
    """The texts of the catalogues *found*, tag and text of each; the first goes before the others."""
    read = [read_catalogue(text) for _, text in found]
    own, english = read[:-1] or read, read[-1]
    wanted = {**english.texts, **english.forms, **english.names}
    given = {key for one in own for key in (*one.texts, *one.forms, *one.names)}
    texts: dict[str, Text] = {}
    forms: dict[str, Mapping[str, Text]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for catalogue in reversed(read):
        texts.update(catalogue.texts)
        for key, given_forms in catalogue.forms.items():
            forms[key] = {**forms.get(key, {}), **given_forms}
        names.update(catalogue.names)
    missing = tuple(key for key in wanted if key not in given)
    language = found[0][0]
    return Messages(language, direction_of(language), texts, forms, names, missing)


def describe_missing(wanted: str, messages: Messages) -> str | None:
    """What to say to who asked for the language *wanted* and gets English instead, or in places."""
    if primary_subtag(wanted) != primary_subtag(messages.language):
        return (
            f"the interface has no `{wanted}` yet and is in English; Sourcebook's CONTRIBUTING.md says"
            " how to add a language"
        )
    if messages.missing:
        count, first = len(messages.missing), ", ".join(messages.missing[:3])
        more = ", …" if count > 3 else ""
        texts = "text is" if count == 1 else "texts are"
        return f"{count} {texts} in English, because {messages.language}.toml lacks {first}{more}"
    return None

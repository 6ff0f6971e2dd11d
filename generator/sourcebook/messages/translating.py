"""A catalogue for another language: begun from the English one, and held against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import Catalogue, Text
from .languages import plural_rule

_PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
_MAY_SAY_IT_IN_WORDS = frozenset({"zero", "one", "two"})
"""Forms that need not write their number: "no claim", and Arabic has a dual."""


def begin_catalogue(english: str, language: str) -> str:
    """The file for *language*: every key, empty, with what *english* says of it above it.

    An empty text counts as none, so a catalogue can be used while it is being translated.
    """
    forms = ", ".join(f'{form} = ""' for form in plural_rule(language).forms)
    lines = [
        f"# The words of the interface, in {language}. Above each stands the English text. What is",
        "# empty, or left out, is said in English. `{name}` is filled in and must stay as it is.",
    ]
    for line in english.splitlines():
        name, equals, text = line.partition(" = ")
        if line.startswith("[") or not line:
            lines.append(line)
        elif equals and not line.startswith("#"):
            lines += [f"# {text}", f"{name} = {_blank(text, forms)}"]
    return "\n".join(lines) + "\n"


def _blank(text: str, forms: str) -> str:
    if text.startswith("["):
        return "[]"
    if not text.startswith("{"):
        return '""'
    own = [part.split(" = ")[0].strip("{ ") for part in text.split('", ')]
    return f"{{ {forms} }}" if _PLURALS.issuperset(own) else _blank_forms(own)


def _blank_forms(names: list[str]) -> str:
    return "{ " + ", ".join(f'{name} = ""' for name in names) + " }"


def find_gaps(catalogue: Catalogue, english: Catalogue, language: str) -> Iterator[str]:
    """What keeps *catalogue* from saying all that *english* says, a sentence each."""
    for key in english.texts:
        if key in catalogue.texts:
            yield from _misfits(key, catalogue.texts[key], english.texts[key])
        else:
            yield f"{key} is missing"
    for key, forms in english.forms.items():
        if key in catalogue.forms:
            yield from _form_gaps(key, catalogue.forms[key], forms, language)
        else:
            yield f"{key} is missing, a table of forms"
    for key, names in english.names.items():
        count = len(catalogue.names.get(key, ()))
        if count != len(names):
            yield f"{key} has {count} names, not {len(names)}"
    for given, wanted in (
        (catalogue.texts, english.texts),
        (catalogue.forms, english.forms),
        (catalogue.names, english.names),
    ):
        yield from (
            f"{key} is no key of the English catalogue" for key in given.keys() - wanted.keys()
        )


def _form_gaps(
    key: str, given: Mapping[str, Text], english: Mapping[str, Text], language: str
) -> Iterator[str]:
    is_count = english.keys() <= _PLURALS and "one" in english
    needed = set(plural_rule(language).forms) if is_count else set(english)
    if is_count and "zero" in english:
        needed.add("zero")
    for form in sorted(needed - given.keys()):
        yield f"{key} has no form `{form}`"
    allowed = _PLURALS if is_count else needed
    for form, text in given.items():
        if form not in allowed:
            yield f"{key} has a form `{form}`, which nothing chooses"
        else:
            wanted = english.get(form, english["other"])
            may_lack_n = is_count and form in _MAY_SAY_IT_IN_WORDS
            yield from _misfits(f"{key}, {form}", text, wanted, english["other"], may_lack_n)


def _misfits(
    where: str, text: Text, english: Text, other: Text | None = None, may_lack_n: bool = False
) -> Iterator[str]:
    """Values that *text* leaves out, or asks for and nobody gives."""
    given, wanted = set(text[1::2]), set(english[1::2])
    for name in sorted(wanted - given - ({"n"} if may_lack_n else set())):
        yield f"{where} leaves out {{{name}}}"
    for name in sorted(given - wanted - set((other or ())[1::2])):
        yield f"{where} asks for {{{name}}}, which nobody gives"

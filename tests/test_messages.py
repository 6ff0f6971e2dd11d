"""The catalogue of the interface's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

import sourcebook
from sourcebook.layout import default_theme_folder
from sourcebook.messages import direction_of, load_messages

MESSAGES = load_messages("en")
PACKAGE = Path(sourcebook.__file__).parent

BUILT_KEYS = (
    *(f"document.{name}" for name in ("original-version", "original-version-in")),
    *(f"document.{name}" for name in ("translated-version", "translated-version-in")),
    *(f"form.{name}" for name in ("direct", "indirect", "mixed", "unknown", "suggested", "note")),
    *(f"naming.{name}" for name in ("named", "unnamed", "not-stated")),
    *(f"review.{name}" for name in ("suggested", "disputed")),
    *(f"rail.{name}" for name in ("narrow", "normal", "wide")),
    *(
        f"{kind}.{name}"
        for kind in ("actors", "topics", "outlets")
        for name in ("lede", "claims", "about")
    ),
    *(
        f"relation.{kind}-{side}"
        for kind in ("repeats", "supports", "disputes", "corrects", "qualifies", "responds-to")
        for side in ("bears", "receives")
    ),
)
"""Keys that are put together from words of records and templates."""


KNOWN = {*MESSAGES.texts, *MESSAGES.forms}


def sources() -> str:
    """All templates and modules."""
    files = [*(default_theme_folder() / "templates").iterdir(), *PACKAGE.rglob("*.py")]
    return "\n".join(file.read_text("utf-8") for file in files)


def test_every_text_that_is_asked_for_exists() -> None:
    """No template and no module asks for a text that the catalogue lacks."""
    asked = set(re.findall(r"""say\(\s*["']([a-z-]+\.[a-z-]+)["']""", sources()))

    assert asked | set(BUILT_KEYS) <= KNOWN
    assert len(asked) > 100


def test_every_text_that_exists_is_asked_for() -> None:
    """Nobody translates what no page says."""
    named = set(re.findall(r"""["']([a-z-]+\.[a-z0-9-]+)["']""", sources()))
    beginnings = set(re.findall(r"""["']([a-z-]+\.[a-z-]*)(?:\{|%s|["'] ~)""", sources()))

    unsaid = KNOWN - named - set(BUILT_KEYS)
    assert {key for key in unsaid if not key.startswith(tuple(beginnings))} == set()


def test_values_are_escaped_and_the_catalogue_is_not() -> None:
    """A catalogue may hold markup; what is filled in never becomes markup."""
    said = MESSAGES.say("list.only", group="<b>", value=Markup("<i>a</i>"), n=2)

    assert said == "&lt;b&gt;: <b><i>a</i></b>, 2 claims."


@pytest.mark.parametrize(
    ("n", "words"), [(0, "no correction"), (1, "1 correction"), (1200, "1,200 corrections")]
)
def test_a_count_takes_the_form_of_its_number(n: int, words: str) -> None:
    """One is singular, nought has words of its own where the catalogue gives them."""
    assert MESSAGES.say("count.corrections", n=n) == words


def test_names_stand_in_a_row() -> None:
    """A list of names reads as in a sentence."""
    assert MESSAGES.listing(("A", "B", "C")) == "A, B and C"
    assert MESSAGES.listing(("A",)) == "A"


def test_a_list_of_one_name_is_escaped_once() -> None:
    """A name that is markup already stands in a list as it is, alone as with others."""
    name = Markup("Michael O&#39;Hanlon")

    assert MESSAGES.listing((name,)) == name
    assert MESSAGES.listing((name, name)) == f"{name} and {name}"


@pytest.mark.parametrize(
    ("language", "words", "quoted"),
    [
        ("en", "It’s important", "“It’s important”"),
        ("en", "Syrian “safe zones”", "‘Syrian “safe zones”’"),
        ("en", Markup("Syrian “zones”"), "‘Syrian “zones”’"),
        ("fr", "les “zones”", "«\u202fles “zones”\u202f»"),
        ("fr", "les « zones »", "“les « zones »”"),
    ],
)
def test_our_quotation_marks_are_others_than_those_within(
    language: str, words: str, quoted: str
) -> None:
    """Of two pairs in each other, ours gives way; the words within keep every character."""
    assert load_messages(language).quoted(words) == quoted


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"),
        ("fa-IR", "rtl"),
        ("ar-Latn", "ltr"),
        ("az-Arab", "rtl"),
        ("en", "ltr"),
        (None, "ltr"),
    ],
)
def test_a_language_has_a_direction(tag: str | None, direction: str) -> None:
    """The script decides where the tag names one."""
    assert direction_of(tag) == direction

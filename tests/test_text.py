"""The fidelity contract: what counts as the same text, and what as a difference."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from difflib import Match, SequenceMatcher
from unicodedata import combining

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.text import (
    apply_corrections,
    find_corrections,
    find_differences,
    fingerprint,
    normalise,
    trace,
)

PIECES = [
    *("a", "é", "e\u0301", "ö", "\u0301", "\u0316", "ﬁ", "한", "\u1112\u1161\u11ab", "\u0958"),
    *(" ", "\t", "\n", "\r\n", "\r", "\u00a0", "\u2009", "\u2028", "\u0085", "\x0b"),
    *("\u00ad", "\u200b", "\u2060", "\ufeff", "\u200c", "\u200d", "\u200f"),
    *("•", "◦", "·", "-", "*", "+", "---", "***", "===", "~~~", "_", "word", "."),
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cafe\u0301", "café"),
        ("co\u00adoperate", "cooperate"),
        ("zero\u200bwidth", "zerowidth"),
        ("two  words\n\nand\u00a0more ", "two words and more"),
        ("• first\n◦ second", "first\nsecond"),
        ("- first\n* second\n+ third", "first\nsecond\nthird"),
        ("before\n-----\nafter", "before\nafter"),
    ],
)
def test_layout_does_not_count(one: str, other: str) -> None:
    """Composed letters, invisible characters, white space, bullets and rules read the same."""
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peace", "peace"),
        ('"quoted"', "“quoted”"),
        ("1939-1945", "1939–1945"),
        ("half a million", "half  a  billion"),
        ("می\u200cخواهم", "میخواهم"),
        ("well-known", "well known"),
        ("2 - 1", "2 1"),
        ("--", ""),
        ("x\u200fy", "xy"),
        ("١٢", "12"),
    ],
)
def test_spelling_counts(one: str, other: str) -> None:
    """Case, quotation marks, dashes, digits, joiners and direction marks are never folded."""
    assert normalise(one) != normalise(other)


def test_fingerprint_is_the_hash_of_the_normalised_text() -> None:
    """Anybody can compute a fingerprint: the SHA-256 of the normalised text in UTF-8."""
    assert fingerprint(normalise("• Café\n")) == hashlib.sha256("Café".encode()).hexdigest()


def normalise_by_the_book(text: str) -> str:
    """The four steps of the contract, as the design words them, one after the other."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if c not in "\u00ad\u200b\u2060\ufeff")
    lines = []
    for line in re.split(r"\r\n|\r|\n", text):
        rest = line.lstrip()
        if (rest[:1] and rest[0] in "•◦▪‣·") or (
            rest[:1] and rest[0] in "*-+" and (len(rest) == 1 or rest[1].isspace())
        ):
            rest = rest[1:]
        bare = rest.strip()
        if len(bare) >= 3 and set(bare) in ({"-"}, {"_"}, {"*"}, {"="}, {"~"}):
            rest = ""
        lines.append(rest)
    return " ".join("\n".join(lines).split())


@given(TEXTS)
def test_normalising_follows_the_four_steps(text: str) -> None:
    """The fast way gives what the steps of the contract give."""
    assert normalise(text) == normalise_by_the_book(text)


@given(TEXTS)
def test_trace_gives_the_normalised_text(text: str) -> None:
    """A traced text is the normalised one."""
    assert trace(text).text == normalise(text)


def test_white_space_without_end_is_traced_as_quickly() -> None:
    """What stands between two words, be it half a million signs, is one space."""
    traced = trace("one" + "\xa0" * 500_000 + "two")

    assert (traced.text, traced.raw_start(4)) == ("one two", 500_003)


@given(TEXTS)
def test_trace_leads_back_in_order(text: str) -> None:
    """Each character of the normalised text comes from its own place, in the order of the text."""
    traced = trace(text)

    at = 0
    for offset, char in enumerate(traced.text):
        start, end = traced.raw_start(offset), traced.raw_end(offset + 1)
        assert at <= start < end <= len(text) or (start, end) == (at, at)
        source = unicodedata.normalize("NFC", text[start:end])
        # Marks on one letter may come in another order.
        assert char in source or (char == " " and not normalise(source)) or combining(char)
        at = start


@given(TEXTS, TEXTS)
def test_differences_are_all_that_differs(page: str, capture: str) -> None:
    """Putting the page's words into each difference turns the capture into the page."""
    page, capture = normalise(page), normalise(capture)

    built, at = [], 0
    for difference in find_differences(page, capture):
        built += [capture[at : difference.capture_start]]
        built += [page[difference.page_start : difference.page_end]]
        at = difference.capture_end

    assert "".join([*built, capture[at:]]) == page


def test_difference_is_a_whole_word() -> None:
    """A changed letter is shown as the changed word."""
    (difference,) = find_differences("they were defeated", "they were defected")

    assert difference[:2] == (10, 18)


def test_changed_words_side_by_side_are_one_difference() -> None:
    """What a reader sees as one change is not told as two."""
    (difference,) = find_differences("he saw two cats here", "he saw five dogs here")

    assert difference == (7, 15, 7, 16)


def test_words_repeated_without_end_are_compared_in_bounded_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A long passage of few different words is told as a whole rather than compared for minutes."""
    steps = 0
    find = SequenceMatcher.find_longest_match

    def find_counted(self: SequenceMatcher[str], alo: int, ahi: int, blo: int, bhi: int) -> Match:
        nonlocal steps
        steps += sum(len(self.b2j.get(word, ())) for word in self.a[alo:ahi])
        return find(self, alo, ahi, blo, bhi)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", find_counted)
    page, capture = "one " + "a b " * 350 + "two", "two " + "b a c " * 230 + "one"

    differences = list(find_differences(page, capture))

    assert 0 < steps < 20_000_000
    assert (differences[0][:3:2], differences[-1][1::2]) == ((0, 0), (len(page), len(capture)))


REPEATED = st.lists(
    st.builds(str.__mul__, st.sampled_from(["a ", "a b ", "ab", "no ", "."]), st.integers(0, 30)),
    max_size=3,
).map("".join)


@given(st.one_of(REPEATED, TEXTS), st.one_of(REPEATED, TEXTS))
def test_corrections_turn_the_capture_into_the_page(page: str, capture: str) -> None:
    """The corrections that `seal` writes fit, each in one place, and make the two texts equal."""
    page, capture = normalise(page), normalise(capture)

    corrected, misfits = apply_corrections(capture, find_corrections(page, capture))

    assert (corrected, misfits) == (page, ())


def test_correction_that_stands_twice_does_not_fit() -> None:
    """A correction without enough words around it changes nothing."""
    (correction,) = find_corrections("he did go", "he did not go")

    text, misfits = apply_corrections("he did not go, she did not go", [correction])

    assert (text, misfits) == ("he did not go, she did not go", (correction,))

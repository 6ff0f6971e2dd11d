"""The address of a passage in the page as it is published now: a W3C text fragment.

A browser that knows text fragments looks for the words in the page, across its elements, and scrolls
to them; another one opens the page. Nothing is promised: the page may have changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urldefrag

from ..anchors import Span
from ..fields import parse_url

_WORDS_AT_ENDS = 4
"""Of a long passage its first and last words are named: what stands between may be other elements."""

_WORDS_AROUND = 3
"""At most, before or after a passage; as few as tell it apart, because they must stand in one element."""


def live_address(url: str, text: str, spans: Sequence[Span]) -> str | None:
    """Where *spans* of *text* stand in the page at *url*; None where that is no web address.

    *text* is what the page is known to say. Words before and after a passage are named only where
    it says the same ones twice, since every word more is one that the page may have changed.
    """
    page = parse_url(url)
    if page is None or not spans:
        return None
    directives = "&".join(f"text={_directive(text, span)}" for span in spans)
    return f"{urldefrag(page).url}#:~:{directives}"


def _directive(text: str, span: Span) -> str:
    """``[prefix-,]start[,end][,-suffix]`` for one passage."""
    words = text[span.start : span.end].split()
    is_long = len(words) > 2 * _WORDS_AT_ENDS
    ends = [words[:_WORDS_AT_ENDS], words[-_WORDS_AT_ENDS:]] if is_long else [words]
    parts = [_encode(end) for end in ends]
    # Browsers look without regard to case; they begin with the first place, and end with the next.
    folded = text.casefold() if len(text.casefold()) == len(text) else text
    first = span.start + len(" ".join(ends[0]))
    if folded.find(folded[span.start : first]) < span.start:
        before = text[: span.start].split()[-_WORDS_AROUND:]
        for count in range(1, len(before) + 1):
            begin = text.rindex(" ".join(before[-count:]), 0, span.start)
            if folded.find(folded[begin:first]) == begin:
                parts.insert(0, _encode(before[-count:]) + "-")
                break
    last = span.end - len(" ".join(ends[-1]))
    if is_long and folded.find(folded[last : span.end], first) < last:
        after = text[span.end :].split()[:_WORDS_AROUND]
        for count in range(1, len(after) + 1):
            end = text.index(" ".join(after[:count]), span.end) + len(" ".join(after[:count]))
            if folded.find(folded[last:end], first) == last:
                parts.append("-" + _encode(after[:count]))
                break
    return ",".join(parts)


def _encode(words: Sequence[str]) -> str:
    """As a part of a directive, in which a hyphen, a comma and an ampersand are signs."""
    return quote(" ".join(words), safe="").replace("-", "%2D")

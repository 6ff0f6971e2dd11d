"""Words that a text gives as somebody's: the noun, and its making from positions in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .cues import Cue
from .phrases import Range
from .reading import Span
from .tokens import Token

NOBODIES = ("who", "which", "that", "i", "we", "you")
"""Mentions that name nobody: a relative's, the narrator's, the reader's."""
DASHES = ("—", "–", "-", "―")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words of a text that it gives as somebody's, with the place of the cue and of the speaker."""

    spans: tuple[Span, ...]
    """In text order; more than one where the cue parts a quotation."""
    cue: Span | None
    """None where the quotation continues what was attributed before it."""
    mention: Span | None
    is_stance: bool = False
    """An attitude or act, not words: "supports", "refused to"."""
    is_quoted: bool = False
    """Whether it ends with words in quotation marks, so that a following quotation may go on with it."""
    is_whole: bool = False
    """Whether it is a quotation that is a statement of its own."""
    is_verbatim: bool = False
    """Whether its words are the speaker's own without quotation marks: a block quotation, a turn."""
    referent: Span | None = None
    """Whom the mention means, where that was found out from the text before it."""
    is_open: bool = False
    """Whether nobody is named, and it is not who spoke before."""
    is_unsaid: bool = False
    """Whether the text says that it was not said, or does not say that it was."""


def is_full(token: Token) -> bool:
    """Whether a quotation is a statement of its own and not a phrase inside the narrator's."""
    return token.text.endswith((".", "!", "?", ",", "…")) and token.text.count(" ") >= 1


def is_title(token: Token) -> bool:
    """Whether a quotation names a work: three words or more, all but small ones with a capital."""
    words = _WORD.findall(token.text)
    long = [word for word in words if len(word) > 2 and word.lower() not in _SMALL]
    small = any(word[0].islower() for word in long)
    return len(token.text.split()) > 2 and len(long) > 1 and not small and not token.text.isupper()


_SMALL = frozenset(("the", "and", "for", "but", "nor", "with", "from", "into"))
_WORD = re.compile(r"[^\W\d_][\w’']*")


def is_whole(token: Token) -> bool:
    """Whether a quotation is a sentence, from a capital to a full stop."""
    return is_full(token) and token.text[0] in _CAPITALS and token.text.count(" ") >= 3


_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ[…")


def has_quotation(sentence: Sequence[Token], span: Range) -> bool:
    """Whether words in quotation marks stand in a range."""
    return any(token.kind == "quotation" for token in sentence[slice(*span)])


def is_only_quotation(sentence: Sequence[Token], span: Range) -> bool:
    """Whether the narrator has no word in a range."""
    return all(token.kind != "word" for token in sentence[slice(*span)])


def trim_end(sentence: Sequence[Token], end: int) -> int:
    """*end* without the marks before it, but for those that belong to a word: "10%", "[sic]"."""
    while end and sentence[end - 1].kind == "mark" and sentence[end - 1].text not in "])%$'’s’s":
        end -= 1
    return end


def make_attribution(
    sentence: Sequence[Token], ranges: Sequence[Range], cue: Cue, is_stance: bool = False
) -> Attribution:
    """The words at *ranges*, of which there is at least one, as those of the subject of *cue*."""
    return Attribution(
        spans=tuple(span_of(sentence, r) for r in ranges),
        cue=(sentence[cue.first].start, sentence[cue.verb].end),
        mention=mention_of(sentence, cue.subject) if cue.subject else None,
        is_stance=is_stance,
        is_quoted=sentence[ranges[-1][1] - 1].kind == "quotation",
        is_whole=is_only_quotation(sentence, ranges[0]) and is_whole(sentence[ranges[0][0]]),
    )


def mention_of(sentence: Sequence[Token], subject: Range) -> Span:
    """Where in the text the words of a subject stand."""
    return (sentence[subject[0]].start, sentence[subject[1] - 1].end)


def inside(quotation: Token) -> Span:
    """The words within the marks; the comma before "he said" is the narrator's."""
    comma = quotation.text.endswith(",")
    return (quotation.inner_start, quotation.inner_end - (1 if comma else 0))


def span_of(sentence: Sequence[Token], positions: Range) -> Span:
    """The offsets of a range: a lone quotation without its marks, others with those inside."""
    start, end = positions
    while (
        end > start + 1 and sentence[end - 1].kind == "mark" and sentence[end - 1].text in ".,;:?!"
    ):
        end -= 1
    first, last = sentence[start], sentence[end - 1]
    if end == start + 1 and first.kind == "quotation":
        return inside(first)
    return (first.start, last.end)

"""From bytes to text, without ever guessing a character.

A byte-order mark decides; then UTF-8, which no other text beyond ASCII happens to be; then what the
file declares; then UTF-16 by its pattern of zero bytes; then the one-byte encoding whose commonest
letters the text is made of. If none fits, reading fails: a replacement character is never put in.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ...fields import parse_encoding
from ..reading import IngestProblem


class Decoded(NamedTuple):
    """Text without its byte-order mark, and the encoding's Python name."""

    text: str
    encoding: str


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 stands before UTF-16: its little-endian mark begins with the other's."""

_LETTERS_BY_ENCODING = {
    "cp1251": "оеаинтсрвлкмдпуяыьгзбОЕАИНТС",
    "koi8_r": "оеаинтсрвлкмдпуяыьгзбОЕАИНТС",
    "cp1256": "اليمونتربدعسفهكةقحجأ",
    "cp1255": "יוהלארתבשמנדכעח",
    "cp1253": "αοιετσνηυρπκμλςάόίέή",
}
"""Commonest letters of the alphabet that each encoding was made for."""

_LATIN_LETTERS = {
    "cp1252": "éèêëàâäáãåçñíîïóôöòõúùûüßøæœÉÈÀÂÄÅÁÇÖØÓÜÍŒ«»“”„‘’–—…•€£°§ðþÐÞŠŽšž"
    "™®©½¼¾×÷²³¹¿¡¶·ªº¢¥±´†‡‰‹›",
    "mac_roman": "éèêëàâäáãåçñíîïóôöòõúùûüßøæœÉÈÀÂÄÅÁÇÖØÓÜÍŒ«»“”„‘’–—…•€£°§",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃŚŹŻáčďéěíňřšťúůýžÁČĎÉÍŘŠŤÚŮÝŽőűŐŰăâîșțşţ„”“’–—…",
}
"""What stands in text of Latin letters; the first goes before the others where they fit as well."""

_DENSE = 0.3
"""Share of non-ASCII bytes from which a text is held to be in a script other than Latin."""

_DECLARATION = re.compile(
    rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["']|-\*-\s*coding:\s*)([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)

_SNIFFED = 4096


def decode_text(name: str, data: bytes) -> Decoded:
    """The text of *data*. Raises ``IngestProblem`` where no encoding reads every byte."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(_decode(name, data[len(bom) :], encoding), encoding)
    if not data.isascii() and (text := _decode_or_none(data, "utf-8")) is not None:
        # No text of another encoding happens to be UTF-8; a page may quote a declaration.
        return Decoded(text, "utf-8")
    declared = _declared_encoding(data)
    if declared is not None:
        text = _decode_or_none(data, declared)
        if text is not None:
            return Decoded(text, declared)
    for encoding in (*_utf16_by_zeros(data), "utf-8", *_one_byte_encodings(data)):
        text = _decode_or_none(data, encoding)
        if text is not None:
            return Decoded(text, encoding)
    raise IngestProblem(
        f"`{name}` is text in no encoding that can be told from its bytes",
        "save it as UTF-8 in an editor that knows its encoding, and ingest that file",
    )


def _declared_encoding(data: bytes) -> str | None:
    # UTF-16 and UTF-32 cannot be declared in ASCII that is readable before they are decoded.
    match = _DECLARATION.search(data[:_SNIFFED])
    if match is None:
        return None
    label = match[1].decode("ascii").lower()
    # Pages that say Latin-1 mean windows-1252 (the WHATWG Encoding Standard rules so).
    label = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252"}.get(label, label)
    name = parse_encoding(label)
    return None if name is None or name.startswith(("utf-16", "utf-32")) else name


def _decode(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise IngestProblem(
            f"`{name}` begins with the mark of {encoding.upper()}, but byte {error.start} is not",
            "the file was probably cut off or joined from two encodings: save it anew as UTF-8",
        ) from error


def _decode_or_none(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _utf16_by_zeros(data: bytes) -> tuple[str, ...]:
    sample = data[:_SNIFFED]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return ()
    zeros_even, zeros_odd = sample[0::2].count(0), sample[1::2].count(0)
    if zeros_odd > half * 0.3 and zeros_even < half * 0.05:
        return ("utf-16-le",)
    if zeros_even > half * 0.3 and zeros_odd < half * 0.05:
        return ("utf-16-be",)
    return ()


def _latin_encodings(data: bytes) -> tuple[str, ...]:
    """Windows-1252, or the old encoding of the Mac or of Central Europe if that makes far better words.

    "dŽclarŽ" has capitals within words, "za¿¹da³" has signs there: no letters of any language.
    """
    high = bytes(byte for byte in data if byte >= 0x80)
    shares = {}
    for encoding, letters in _LATIN_LETTERS.items():
        text = _decode_or_none(data, encoding)
        if text is None:
            continue
        fitting = sum(char in letters for char in high.decode(encoding))
        shares[encoding] = (fitting - len(_OUT_OF_PLACE.findall(text))) / max(1, len(high))
    least = max(0.8, shares.get("cp1252", 0.0) + 0.3)
    best = max(shares, key=lambda encoding: shares[encoding], default="cp1252")
    return (best,) if shares.get(best, 0.0) > least else ("cp1252",)


_OUT_OF_PLACE = re.compile(r"(?<=[a-zß-öø-ÿ])(?:[À-ÖØ-ÞŽŠŒŸ¹²³¿±¥]|[¡-¶¸-¾•†‡‰™×÷](?=[a-zß-öø-ÿ]))")
"""A capital behind a small letter, or a sign within a word."""


def _one_byte_encodings(data: bytes) -> tuple[str, ...]:
    """The one-byte encodings worth trying, likeliest first."""
    visible = [byte for byte in data[: 16 * _SNIFFED] if byte > 0x20]
    high = sum(byte >= 0x80 for byte in visible)
    if not visible or high / len(visible) < _DENSE:
        return _latin_encodings(data)
    scores = []
    for encoding, letters in _LETTERS_BY_ENCODING.items():
        text = _decode_or_none(data[: 16 * _SNIFFED], encoding)
        if text is not None:
            foreign = [char for char in text if ord(char) >= 0x80]
            common = sum(char in letters for char in foreign) / len(foreign)
            scores.append((common, encoding))
    return tuple(encoding for common, encoding in sorted(scores, reverse=True) if common > 0.5)

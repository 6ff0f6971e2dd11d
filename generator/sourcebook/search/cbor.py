"""The part of CBOR (RFC 8949) in which Pagefind writes its index: arrays, texts and whole numbers.

Anything else is refused: a newer Pagefind that writes something new shall be noticed, not guessed.
"""

from __future__ import annotations

from typing import TypeAlias

Value: TypeAlias = "int | str | list[Value]"

_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}


def decode(data: bytes) -> Value:
    """The one value that *data* holds; ``ValueError`` where it holds anything else."""
    try:
        value, end = _decode_at(data, 0)
    except (IndexError, RecursionError) as error:
        raise ValueError("cut short") from error
    if end != len(data):
        raise ValueError(f"{len(data) - end} bytes too many")
    return value


def encode(value: Value) -> bytes:
    """*value* in its one canonical form: definite lengths, the shortest heads."""
    out = bytearray()
    _encode_into(out, value)
    return bytes(out)


def _decode_at(data: bytes, at: int) -> tuple[Value, int]:
    major, count, at = _decode_head(data, at)
    if major == _UNSIGNED:
        return count, at
    if major == _NEGATIVE:
        return -1 - count, at
    if major == _TEXT:
        if at + count > len(data):
            raise ValueError("cut short")
        return data[at : at + count].decode(), at + count
    if major == _ARRAY:
        items: list[Value] = []
        for _ in range(count):
            item, at = _decode_at(data, at)
            items.append(item)
        return items, at
    raise ValueError(f"a value of an unexpected kind ({major})")


def _decode_head(data: bytes, at: int) -> tuple[int, int, int]:
    major, low = data[at] >> 5, data[at] & 31
    if low < 24:
        return major, low, at + 1
    width = _WIDTHS.get(low)
    if width is None:
        raise ValueError("a value of unknown length")
    if at + 1 + width > len(data):
        raise ValueError("cut short")
    return major, int.from_bytes(data[at + 1 : at + 1 + width], "big"), at + 1 + width


def _encode_into(out: bytearray, value: Value) -> None:
    if isinstance(value, str):
        text = value.encode()
        _encode_head(out, _TEXT, len(text))
        out += text
    elif isinstance(value, int):
        _encode_head(out, _NEGATIVE if value < 0 else _UNSIGNED, -1 - value if value < 0 else value)
    else:
        _encode_head(out, _ARRAY, len(value))
        for item in value:
            _encode_into(out, item)


def _encode_head(out: bytearray, major: int, count: int) -> None:
    if count < 24:
        out.append(major << 5 | count)
        return
    low, width = next((low, width) for low, width in _WIDTHS.items() if count < 1 << 8 * width)
    out.append(major << 5 | low)
    out += count.to_bytes(width, "big")

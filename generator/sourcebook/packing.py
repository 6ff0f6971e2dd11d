"""Records as bytes and back: for what crosses from process to process, or from run to run.

Bytes of an earlier run may be torn, or not be ours at all. So nothing is ever made of them but the
records and plain values registered here: no other class or function is reached by unpacking.
"""

from __future__ import annotations

import gc
import io
import pickle
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import lru_cache
from operator import attrgetter
from sys import intern
from typing import Any, Generic, TypeVar, cast

from .diagnostics import Diagnostic, Related, Severity

T = TypeVar("T")
Packed = bytes | memoryview
_PROTOCOL = 5

C = TypeVar("C", bound=type)
Maker = Callable[..., object]

_MADE_OF_BYTES: dict[tuple[str, str], Maker] = {}
"""All that unpacking may call, by module and name: nothing that does more than hold values."""
_REDUCERS: dict[type, Callable[[Any], tuple[Maker, tuple[object, ...]]]] = {}
"""How records are taken apart, faster than pickle does, which asks for field after field."""


def packable(record: C, repeated: Collection[str] = ()) -> C:
    """Lets a class of plain values go into bytes, and come out of them.

    Of its fields *repeated*, which hold the same few strings or tuples of strings in most records,
    equal ones are then one object: bytes know only what is repeated within them.
    """
    make = _sharing(record, repeated) if repeated else record
    _MADE_OF_BYTES[record.__module__, record.__qualname__] = make
    if is_dataclass(record):
        names = [field.name for field in fields(record)]
        get = attrgetter(*names)
        if len(names) == 1:
            _REDUCERS[record] = lambda value: (record, (get(value),))
        else:
            _REDUCERS[record] = lambda value: (record, get(value))
    elif issubclass(record, tuple):
        _REDUCERS[record] = lambda value: (record, tuple(value))
    return record


def _sharing(record: type, repeated: Collection[str]) -> Maker:
    at = [n for n, field in enumerate(fields(record)) if field.name in repeated]

    def make(*values: object) -> object:
        shared = list(values)
        for n in at:
            value = values[n]
            if isinstance(value, str):
                shared[n] = intern(value)
            elif value:
                shared[n] = _same(value)
        return record(*shared)

    return make


@lru_cache(maxsize=1 << 14)
def _same(value: object) -> object:
    return value


def packable_as_text(
    record: type, text_of: Callable[[Any], str], read: Callable[[str], Any]
) -> None:
    """Has a record go into bytes as its text, which *read* makes it of again."""
    _MADE_OF_BYTES[read.__module__, read.__qualname__] = read
    _REDUCERS[record] = lambda value: (read, (text_of(value),))


for _each in (Diagnostic, Related, Severity):
    packable(_each)


class NotReadableError(Exception):
    """Bytes that are not what was packed."""


class Held(Generic[T]):
    """A value, or the bytes that it is made of once somebody asks for it.

    Most documents of a run are neither changed nor looked at: their bytes are all that is moved.
    """

    __slots__ = ("_packed", "_value")

    def __init__(
        self, value: T | None, packed: Packed | Callable[[], Packed] | None = None
    ) -> None:
        self._value = value
        self._packed = packed

    def get(self) -> T:
        """The value; raises ``NotReadableError`` where its bytes are spoiled."""
        if self._packed is not None:
            self._value = unpack(self.packed())
            self._packed = None
        return cast("T", self._value)

    def packed(self) -> Packed:
        """The bytes of the value."""
        if self._packed is None:
            return pack(self._value)
        return self._packed() if callable(self._packed) else self._packed


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """Meanwhile Python does not look for garbage: what is read of an archive is kept, all of it.

    Nor are these millions of objects looked at afterwards, until somebody calls ``gc.unfreeze``.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.enable()


def _keep_beside(held: Held[Any]) -> object:
    return bytes(held.packed())


def pack(value: object, keep: Callable[[Held[Any]], object] = _keep_beside) -> bytes:
    """*value* as bytes. What is ``Held`` in it stands for itself: *keep* says how it is found again."""
    buffer = io.BytesIO()
    packer = pickle.Pickler(buffer, _PROTOCOL)
    # Only what is held asks for anything: pickle's own persistent ids are asked of every value.
    packer.dispatch_table = {**_REDUCERS, Held: lambda held: (Held, (keep(held),))}
    packer.dump(value)
    return buffer.getvalue()


def unpack(packed: Packed, find: Callable[[Any], Held[Any]] | None = None) -> Any:
    """The value that *packed* was made of; *find* gives what is held by what *keep* said of it."""
    try:
        unpacker = _Unpacker(io.BytesIO(packed))
        unpacker.find = find or _find_beside
        return unpacker.load()
    except Exception as error:
        # What pickle raises over spoiled bytes is anything.
        raise NotReadableError(str(error)) from error


def _find_beside(packed: Packed) -> Held[Any]:
    return Held(None, packed)


class _Unpacker(pickle.Unpickler):
    find: Callable[[Any], Held[Any]]

    def find_class(self, module: str, name: str) -> Any:
        """One of our own records; anything else does not come out of bytes."""
        if (module, name) == _HELD:
            return self.find
        try:
            return _MADE_OF_BYTES[module, name]
        except KeyError:
            raise NotReadableError(f"{module}.{name} is no record") from None


_HELD = (Held.__module__, Held.__qualname__)

"""What need not be done again: how results of earlier work are asked for, wherever they are kept.

A result is kept with the key that it was made for. The key is all that the result depends on,
compared as a value, so a result is never out of date; keeping nothing is only slower.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar, cast

T = TypeVar("T")


class Recall(Protocol):
    """Gives the result kept for *name* if its *key* is the same, else makes and keeps it."""

    def __call__(self, name: tuple[str, str], key: object, make: Callable[[], T]) -> T: ...


def forget(name: tuple[str, str], key: object, make: Callable[[], T]) -> T:
    """A ``Recall`` that keeps nothing."""
    del name, key
    return make()


class Memory:
    """A ``Recall`` that keeps the latest result of each name for as long as it lives.

    Results are shared between builds, so they must be frozen. *make* must depend on *key* alone.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[object, object]] = {}

    def __call__(self, name: tuple[str, str], key: object, make: Callable[[], T]) -> T:
        """See ``Recall``; *name* is (stage, thing), such as ``("page", "index.html")``."""
        kept = self._kept.get(name)
        if kept is not None and kept[0] == key:
            return cast("T", kept[1])
        result = make()
        self._kept[name] = (key, result)
        return result

    def over(self, beneath: Recall) -> Recall:
        """This memory, asking *beneath* for what it does not know itself."""

        def recall(name: tuple[str, str], key: object, make: Callable[[], T]) -> T:
            return self(name, key, lambda: beneath(name, key, make))

        return recall

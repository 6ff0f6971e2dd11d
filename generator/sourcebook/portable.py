"""Which paths every disk can hold, on whichever computer an archive or its site is unpacked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set

from .diagnostics import UsageError

MAX_PATH = 240
"""Characters of a path in the site: Windows unpacks no longer ones below a folder of its own."""
_MAX_NAME = 255
"""Bytes of one name: the limit of every common file system."""

_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE
)


class PathTable:
    """The paths of one site, refusing those that some disk cannot hold beside the others."""

    def __init__(self, reserved: Set[str]) -> None:
        self._reserved = reserved
        self._claimed_by: dict[str, str] = {}
        self._folders = {""}

    def add(self, path: str) -> None:
        """Take *path* in, or raise ``UsageError``."""
        if path.startswith("/"):
            _refuse_unportable_name(path, "")
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._add_folder(path, folder)
        _refuse_unportable_name(path, path.rpartition("/")[2])
        if len(path) > MAX_PATH:
            raise UsageError(
                f"the site cannot hold `{path}`: {len(path)} characters are too many",
                help=f"at most {MAX_PATH} work on every computer: choose shorter names",
            )
        if path in self._reserved:
            raise UsageError(
                f"the site cannot hold `{path}`: the output folder needs that name",
                help="rename the file that it is made from",
            )
        self._claim(path, path)

    def _add_folder(self, path: str, folder: str) -> None:
        parent, _, name = folder.rpartition("/")
        if parent not in self._folders:
            self._add_folder(path, parent)
        _refuse_unportable_name(path, name)
        self._claim(path, folder)
        self._folders.add(folder)

    def _claim(self, path: str, claimed: str) -> None:
        key = fold_path(claimed)
        if key in self._claimed_by:
            other = self._claimed_by[key]
            shown = f"both `{other}` and `{path}`" if other != path else f"`{path}` twice"
            raise UsageError(
                f"the site cannot hold {shown}: their names collide",
                help="names must differ by more than case or accents' encoding, on every computer",
            )
        self._claimed_by[key] = path


def fold_path(path: str) -> str:
    """The same for paths that are one file on some disk."""
    if path.isascii():
        return path.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _refuse_unportable_name(path: str, name: str) -> None:
    fault = find_fault(name)
    if fault is not None:
        raise UsageError(
            f"the site cannot hold `{path}`: {fault}", help="rename the file that it is made from"
        )


def find_fault(name: str) -> str | None:
    """Why some disk cannot hold a file of the *name*; None where each can."""
    if name in ("", ".", ".."):
        return "it does not name a file inside the site"
    if bad := _FORBIDDEN.search(name):
        return f"the character {bad.group()!r} cannot stand in a file name"
    if name[-1] in " .":
        return "a name cannot end with a space or a full stop on Windows"
    if _DEVICE.fullmatch(name):
        return f"`{name}` is a device on Windows"
    if len(name.encode()) > _MAX_NAME:
        return f"a name of over {_MAX_NAME} bytes is too long for most disks"
    return None

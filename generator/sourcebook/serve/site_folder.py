"""From the path of a request to the file of the site that answers it, as a static host would.

Knows nothing of sockets. Only what lies in the site's folder is ever opened, after links are
followed; names that begin with a full stop are not served; a folder answers with its ``index.html``
or not at all.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote_to_bytes

_UTF8 = "; charset=utf-8"
_MEDIA_TYPES = {
    ".html": "text/html" + _UTF8,
    ".css": "text/css" + _UTF8,
    ".js": "text/javascript" + _UTF8,
    ".mjs": "text/javascript" + _UTF8,
    ".json": "application/json" + _UTF8,
    ".jsonld": "application/ld+json" + _UTF8,
    ".webmanifest": "application/manifest+json" + _UTF8,
    ".xml": "application/xml" + _UTF8,
    ".txt": "text/plain" + _UTF8,
    ".md": "text/markdown" + _UTF8,
    ".csv": "text/csv" + _UTF8,
    ".yaml": "application/yaml" + _UTF8,
    ".bib": "application/x-bibtex" + _UTF8,
    ".ris": "application/x-research-info-systems" + _UTF8,
    ".svg": "image/svg+xml" + _UTF8,
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".wasm": "application/wasm",
    ".sqlite": "application/vnd.sqlite3",
}
"""Our own table: the one of the system calls JavaScript plain text on some computers."""

_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")
_NEVER_IN_NAMES = re.compile(r'[\x00-\x1f\\:"<>|*]')
"""Control characters, and what means something else than a name on Windows."""
_SWAP = 1.0
"""Seconds that a folder may be away while a new site is swapped in."""

_NOT_FOUND = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not found</title>
</head><body><h1>Not found</h1><p>This site has no such page.</p></body></html>
"""
_NO_SITE = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>No site yet</title>
</head><body><h1>There is no site yet</h1><p>This page becomes the site as soon as a build succeeds.
What stands in its way is shown here and in the terminal.</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class Request:
    """What a request asks: the headers that bear on a static file."""

    target: str
    """As in the request line: path and query, still percent-encoded."""
    if_none_match: str | None = None
    byte_range: str | None = None
    if_range: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """A whole response, less what belongs to the connection."""

    status: HTTPStatus
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """A built site, which may be swapped for a newer one at any moment."""

    root: Path
    change_html: Callable[[bytes], bytes] | None = None
    """What the preview adds to every page on its way out; the files never have it."""

    def respond_to(self, request: Request) -> Response:
        """What a static host would answer."""
        path, _, query = request.target.partition("?")
        names = _names_in(path)
        if names is None:
            return self._not_found()
        found = self._find(names, wants_folder=path.endswith("/"))
        if found is None:
            return self._not_found()
        if isinstance(found, _IsFolder):
            return _redirect(path + "/" + ("?" + query if query else ""))
        with found as handle:
            return self._respond_with(handle, Path(handle.name).suffix.lower(), request)

    def _find(self, names: list[str], wants_folder: bool) -> BinaryIO | _IsFolder | None:
        """Open the file, and look again if the site was swapped for another meanwhile."""
        until = time.monotonic() + _SWAP
        while True:
            before = _identity(self.root)
            found = _open_inside(self.root, names, wants_folder) if before else None
            swapped = before is None or _identity(self.root) != before
            if found is not None or not swapped or time.monotonic() > until:
                return found
            time.sleep(0.02)

    def _respond_with(self, handle: BinaryIO, suffix: str, request: Request) -> Response:
        media_type = _MEDIA_TYPES.get(suffix, "application/octet-stream")
        state = os.fstat(handle.fileno())
        size, start, end = state.st_size, 0, state.st_size
        tag = f'"{state.st_ino:x}-{state.st_mtime_ns:x}-{size:x}"'
        content: bytes | None = None
        if suffix == ".html" and self.change_html:
            content = self.change_html(handle.read())
            tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
            size = end = len(content)
        headers = [("ETag", tag), ("Accept-Ranges", "bytes")]
        if _names_tag(request.if_none_match, tag):
            return Response(HTTPStatus.NOT_MODIFIED, headers=tuple(headers))
        status = HTTPStatus.OK
        if request.byte_range and request.if_range in (None, tag):
            wanted = _parse_range(request.byte_range, size)
            if wanted is _OUTSIDE:
                return Response(
                    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                    headers=(("Content-Range", f"bytes */{size}"),),
                )
            if wanted is not None:
                start, end = wanted
                status = HTTPStatus.PARTIAL_CONTENT
                headers.append(("Content-Range", f"bytes {start}-{end - 1}/{size}"))
        if content is None:
            handle.seek(start)
            content = handle.read(end - start)
        else:
            content = content[start:end]
        return Response(status, content, (("Content-Type", media_type), *headers))

    def _not_found(self) -> Response:
        status, page = HTTPStatus.NOT_FOUND, _NOT_FOUND
        if _identity(self.root) is None:
            status, page = HTTPStatus.SERVICE_UNAVAILABLE, _NO_SITE
        else:
            own = self._find(["404.html"], wants_folder=False)
            if own is not None and not isinstance(own, _IsFolder):
                with own as handle:
                    page = handle.read()
        if self.change_html:
            page = self.change_html(page)
        return Response(status, page, (("Content-Type", _MEDIA_TYPES[".html"]),))


class _IsFolder:
    """A folder was asked for without its closing slash."""


_OUTSIDE = (-1, -1)
"""A range that lies behind the end of the file."""


def _redirect(location: str) -> Response:
    return Response(HTTPStatus.FOUND, headers=(("Location", location),))


def _names_in(path: str) -> list[str] | None:
    """The decoded names from the site's root, or None for what can name no file of the site."""
    try:
        # The request line was read as Latin-1, whatever the client meant.
        decoded = unquote_to_bytes(path.removeprefix("/").encode("latin-1")).decode()
    except UnicodeError:
        return None
    names = decoded.removesuffix("/").split("/") if decoded else []
    for name in names:
        if name == "" or _NEVER_IN_NAMES.search(name):
            return None
        if name.startswith(".") and name != ".well-known":
            return None
    return names


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        state = folder.stat()
    except OSError:
        return None
    return (state.st_dev, state.st_ino) if stat.S_ISDIR(state.st_mode) else None


def _open_inside(root: Path, names: list[str], wants_folder: bool) -> BinaryIO | _IsFolder | None:
    try:
        real_root = root.resolve(strict=True)
        path = real_root.joinpath(*names).resolve(strict=True)
        is_folder = path.is_dir()
        if is_folder:
            path = (path / "index.html").resolve(strict=True)
        if not path.is_relative_to(real_root) or not path.is_file():
            return None
        if is_folder != wants_folder:
            return _IsFolder() if is_folder else None
        return path.open("rb")
    except (OSError, RuntimeError):
        return None  # not there, not readable, or links that lead in a circle


def _names_tag(if_none_match: str | None, tag: str) -> bool:
    if if_none_match is None:
        return False
    named = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return tag in named or "*" in named


def _parse_range(byte_range: str, size: int) -> tuple[int, int] | None:
    """Start and end of the one range asked for; None to send everything, as for several ranges."""
    match = _RANGE.fullmatch(byte_range.strip())
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return None
    return (start, end) if start < end else _OUTSIDE

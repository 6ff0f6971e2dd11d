"""A preview server, from a save to the page that shows it, as a browser would see it.

A claim of a document is changed. Two pages are asked for until they show it: the document's, and
that page of the speaker's where the claim is listed. The next save waits until the server is idle.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from changes import documents_to_change, mark_of, restored
from timing import Disturbance, memory_of, wait_until_idle

PORT = 18437
_PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Server:
    """A generator's preview of the corpus."""

    command: tuple[str, ...]
    folder: Path
    """The documents that it watches."""
    change: Callable[[str, int], str]
    site: Path | None = None
    """Where it leaves its pages; None where it keeps them to itself."""
    environment: Mapping[str, str] = field(default_factory=dict)
    working_folder: Path | None = None
    speaks_http: bool = True
    """False where it only writes files: they are looked at instead."""


@dataclass(frozen=True, slots=True)
class Saves:
    """What was seen of a server."""

    start: float
    """Seconds until it showed the first document."""
    memory: int
    """Bytes that it held when all was done."""
    document: tuple[float, ...]
    """Seconds from each save to the document's page."""
    actor: tuple[float, ...]
    """Seconds from each save to the speaker's page."""
    others: float
    """Cores that were busy with something else."""


def watch_saves(server: Server, saves: int, with_actor: bool = True) -> Saves:
    """Start the server, save *saves* documents one after the other, and end it."""
    paths = documents_to_change(server.folder, saves)
    document: list[float] = []
    actor: list[float] = []
    with restored(paths), _running(server) as process:
        start = _wait_for(server, f"/documents/{paths[0].stem}/", "</html>")
        wait_until_idle(process.pid, _PATIENCE)
        watch = Disturbance(process.pid)
        for number, path in enumerate(paths, start=1):
            page = _page_of_speaker(server, path) if with_actor else None
            text = server.change(path.read_text(encoding="utf-8"), number)
            began = time.perf_counter()
            path.write_text(text, encoding="utf-8")
            _wait_for(server, f"/documents/{path.stem}/", mark_of(number))
            document.append(time.perf_counter() - began)
            if page is not None:
                _wait_for(server, page, mark_of(number))
                actor.append(time.perf_counter() - began)
            wait_until_idle(process.pid)
        held = memory_of(process.pid)
        return Saves(start, held, tuple(document), tuple(actor), watch.others())


def time_start(server: Server) -> float:
    """Seconds until a preview shows what was changed since it ran last."""
    path = documents_to_change(server.folder, 3)[-1]
    with restored([path]):
        path.write_text(server.change(path.read_text(encoding="utf-8"), 0), encoding="utf-8")
        with _running(server) as process:
            seconds = _wait_for(server, f"/documents/{path.stem}/", mark_of(0))
            wait_until_idle(process.pid, _PATIENCE)
            return seconds


def percentile(values: Sequence[float], share: float) -> float:
    """The value that *share* of all do not exceed."""
    if len(values) < 2:
        return max(values, default=0.0)
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


@contextmanager
def _running(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        server.command,
        cwd=server.working_folder,
        env={**os.environ, **server.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(server: Server, page: str, text: str) -> float:
    """Seconds until *page* has *text*."""
    began = time.perf_counter()
    wanted = text.encode()
    while wanted not in _read(server, page):
        if time.perf_counter() - began > _PATIENCE:
            raise SystemExit(f"{page} does not show {text} after {_PATIENCE:.0f} seconds")
        time.sleep(0.005)
    return time.perf_counter() - began


def _read(server: Server, page: str) -> bytes:
    if not server.speaks_http and server.site is not None:
        try:
            return (server.site / page.strip("/") / "index.html").read_bytes()
        except OSError:
            return b""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        connection.request("GET", page)
        response = connection.getresponse()
        body = response.read()
        connection.close()
    except (OSError, http.client.HTTPException):
        return b""
    return body if response.status == 200 else b""


def _page_of_speaker(server: Server, path: Path) -> str:
    """The page that lists the first claim of a document among those of its speaker."""
    text = path.read_text(encoding="utf-8")
    slug, claim = (re.search(rf"\n(?:  - |    ){key}: (\S+)", text) for key in ("by", "id"))
    if slug is None or claim is None:
        raise SystemExit(f"{path} has no claim")
    own = f"/actors/{slug[1]}/"
    if server.site is None:
        return own
    # A list that would be long is split by year and month.
    link = re.compile(rf'{re.escape(path.stem)}/(?:index\.html)?#claim-{claim[1]}"'.encode())
    for file in sorted((server.site / own.strip("/")).rglob("index.html")):
        if "outlets" not in file.parts[-3:] and link.search(file.read_bytes()):
            return f"/{file.parent.relative_to(server.site).as_posix()}/"
    raise SystemExit(f"no page of {slug[1]} lists the claim {claim[1]} of {path.stem}")

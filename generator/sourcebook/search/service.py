"""Pagefind's indexing service: a child process that is told records and answers with files.

Messages are JSON in base64, each closed by a comma, on standard input and output. All records are
written without waiting for an answer, by a thread of their own: the pipes would otherwise fill and
both sides wait for ever. The service answers in order, and not at all where it does not understand,
so silence is limited.

The finished index is asked for as a message (``GetFiles``). Letting Pagefind write it to disk needs
a folder that must be empty, and on a full disk it reports success.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import pagefind_bin  # type: ignore[import-untyped]

from ..diagnostics import EnvironmentProblem

HELP = "run again with --no-search to build without the index"

SILENCE = 300.0
"""Seconds without an answer after which the service counts as hung."""

NEVER = threading.Event()
"""What is never over."""

_LOOKS = 0.25
"""Seconds between two looks at whether it is over or silent."""

_LAST_LINES = 8


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """One record as Pagefind takes it."""

    url: str
    content: str
    title: str


ONE_OF_MANY = {"RAYON_NUM_THREADS": "1", "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "4000"}
"""Environment of a process that indexes a shard beside others: no threads that wait for each other,
and smaller files of words (20,000 places else), as a search reads one of each shard. Pagefind may
stop to know the second; the files are then larger."""


def index_pages(
    pages: Iterable[IndexedPage],
    language: str,
    executable: Path | None = None,
    silence: float = SILENCE,
    environment: Mapping[str, str] = MappingProxyType({}),
    over: threading.Event = NEVER,
) -> dict[str, bytes]:
    """The files of an index of *pages*, all in *language*, by their path in the index.

    Pages are numbered in the order given. Nothing is written to disk. When it is *over*, because
    nobody waits for the index any more, the process is ended.
    """
    messages = _messages(pages, language)
    with tempfile.TemporaryDirectory(prefix="sourcebook-") as folder:
        # An empty folder and a bare environment: it would read a configuration found there.
        process = _start(executable, folder, environment)
        conversation = _Conversation(process, silence, over)
        try:
            return conversation.run(messages)
        finally:
            conversation.close()


def _start(
    executable: Path | None, folder: str, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    inherited = {k: v for k, v in os.environ.items() if not k.upper().startswith("PAGEFIND_")}
    try:
        return subprocess.Popen(
            [str(executable or pagefind_bin.get_executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={**inherited, **environment},
        )
    except OSError as error:
        raise EnvironmentProblem(f"Pagefind could not be started: {error}", help=HELP) from error


def _messages(pages: Iterable[IndexedPage], language: str) -> Iterator[bytes]:
    yield _message(0, {"type": "NewIndex", "config": None})
    number = 0
    for number, page in enumerate(pages, start=1):
        payload = {
            "type": "AddRecord",
            "index_id": 0,
            "url": page.url,
            "content": page.content,
            "language": language,
            "meta": {"title": page.title},
            "filters": {},
            "sort": None,
        }
        yield _message(number, payload)
    yield _message(number + 1, {"type": "GetFiles", "index_id": 0})


def _message(number: int, payload: Mapping[str, object]) -> bytes:
    content = json.dumps({"message_id": number, "payload": payload}).encode()
    return base64.b64encode(content) + b","


class _Conversation:
    """One exchange with the service: a thread that writes, one that keeps the last lines of its
    complaints, one that ends it when it falls silent; reading is the caller's."""

    def __init__(
        self, process: subprocess.Popen[bytes], silence: float, over: threading.Event
    ) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self._stdin: BinaryIO = process.stdin  # type: ignore[assignment]
        self._stdout: BinaryIO = process.stdout  # type: ignore[assignment]
        self._stderr: BinaryIO = process.stderr  # type: ignore[assignment]
        self._silence = silence
        self._over = over
        self._heard = time.monotonic()
        self._was_silent = False
        self._bug: Exception | None = None
        self._ended = threading.Event()
        self._complaints: list[str] = []
        self._threads: list[threading.Thread] = []
        self._complaining = threading.Thread(target=self._read_complaints, daemon=True)

    def run(self, messages: Iterable[bytes]) -> dict[str, bytes]:
        self._start(threading.Thread(target=self._watch, daemon=True))
        self._start(self._complaining)
        self._start(threading.Thread(target=self._write, args=(messages,), daemon=True))
        for answer in self._answers():
            payload = json.loads(base64.b64decode(answer))["payload"]
            if payload["type"] == "Error":
                raise self._problem(payload["message"])
            if payload["type"] == "GetFiles":
                return {f["path"]: base64.b64decode(f["content"]) for f in payload["files"]}
        if self._bug is not None:
            raise self._bug
        if self._over.is_set():
            raise self._problem("it was interrupted")
        if self._was_silent:
            raise self._problem(f"it did not answer for {self._silence:g} seconds")
        raise self._problem(f"it ended with exit status {self._process.wait()}")

    def close(self) -> None:
        self._ended.set()
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self._stdin, self._stdout, self._stderr):
            try:
                stream.close()
            except OSError:
                # What was still to be written to the process that has just ended.
                continue

    def _start(self, thread: threading.Thread) -> None:
        thread.start()
        self._threads.append(thread)

    def _write(self, messages: Iterable[bytes]) -> None:
        try:
            for message in messages:
                self._stdin.write(message)
            self._stdin.flush()
        except OSError:
            # The service is gone; the reading side sees that and says so.
            return
        except Exception as error:  # a bug of whatever makes the messages, raised where it is seen
            self._bug = error
            self._process.kill()

    def _answers(self) -> Iterator[bytes]:
        parts: list[bytes] = []
        while chunk := self._stdout.read1(1 << 20):  # type: ignore[attr-defined]
            self._heard = time.monotonic()
            *whole, rest = chunk.split(b",")
            for answer in whole:
                parts.append(answer)
                yield b"".join(parts)
                parts.clear()
            parts.append(rest)

    def _read_complaints(self) -> None:
        for line in self._stderr:
            self._complaints.append(line.decode(errors="replace").rstrip())
            del self._complaints[:-_LAST_LINES]

    def _watch(self) -> None:
        while not self._ended.wait(min(_LOOKS, self._silence / 4)):
            self._was_silent = time.monotonic() - self._heard > self._silence
            if self._was_silent or self._over.is_set():
                self._process.kill()
                return

    def _problem(self, fact: str) -> EnvironmentProblem:
        self._process.kill()
        self._complaining.join()
        lines = [f"Pagefind could not index the site: {fact}", *self._complaints]
        return EnvironmentProblem("\n  ".join(lines), help=HELP)

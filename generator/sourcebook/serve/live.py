"""What the open pages are told: which state of the site is the newest, and what is broken now."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import threading
from collections.abc import Callable

from .outcome import BuildOutcome, Problem

_SHOWN_PROBLEMS = 100


class LiveState:
    """The state that every open page is to be in, and the bell that rings when it changes.

    A page carries the *generation* that it was served under; when it learns of another, it loads
    itself again. Generations of two runs of the server never meet.
    """

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self._run = secrets.token_hex(4)
        self._builds = 0
        self._problems: tuple[Problem, ...] = ()
        self._notice: str | None = None
        self._serial = 0
        self._closed = False

    @property
    def generation(self) -> str:
        """Names the state of the site's pages."""
        return f"{self._run}-{self._builds}"

    def publish(self, outcome: BuildOutcome) -> None:
        """Tell all pages what came of a build."""
        with self._bell:
            if outcome.ok and outcome.changed:
                self._builds += 1
            self._problems = () if outcome.ok else outcome.problems
            if outcome.notice is not None or outcome.follow_up is None:
                self._notice = outcome.notice
            self._serial += 1
            self._bell.notify_all()

    def close(self) -> None:
        """Let everyone who waits go."""
        with self._bell:
            self._closed = True
            self._bell.notify_all()

    @property
    def is_closed(self) -> bool:
        """Whether the server is about to end."""
        return self._closed

    def wait_for_news(self, seen: int, timeout: float) -> tuple[int, str] | None:
        """The newest state's serial and JSON, once it is newer than *seen*; None at a timeout.

        Whoever has seen nothing passes -1, and gets the state at once.
        """
        with self._bell:
            self._bell.wait_for(lambda: self._closed or self._serial > seen, timeout)
            if self._closed or self._serial <= seen:
                return None
            return self._serial, self._as_json()

    def _as_json(self) -> str:
        problems = [
            {
                "text": problem.text,
                "message": problem.message,
                "path": problem.path,
                "line": problem.line,
                "excerpt": problem.excerpt,
                "help": problem.help,
            }
            for problem in self._problems[:_SHOWN_PROBLEMS]
        ]
        return json.dumps(
            {
                "generation": self.generation,
                "problems": problems,
                "total": len(self._problems),
                "notice": self._notice,
            }
        )


def add_script(path: str, generation: Callable[[], str]) -> Callable[[bytes], bytes]:
    """What adds the live script to a page, which then knows the generation that it was sent in."""

    def change(page: bytes) -> bytes:
        # A page that a build left as it was need not be loaded again: it knows itself by its hash.
        own = hashlib.sha256(page).hexdigest()[:16]
        data = f'data-generation="{generation()}" data-page="{own}"'
        tag = f'<script src="{path}" {data} defer></script>'.encode()
        head = re.search(rb"</head\s*>", page, re.IGNORECASE)
        at = head.start() if head else len(page)
        return page[:at] + tag + page[at:]

    return change

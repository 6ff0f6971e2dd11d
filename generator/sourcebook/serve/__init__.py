"""The preview: builds when something changed, and shows it in the open pages at once.

Knows nothing of archives. It is given a function that builds, the files to watch, and the folder that
the build leaves its result in; that folder never holds anything of the preview's own.
"""

from __future__ import annotations

import threading
import time
import traceback
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from ..diagnostics import SourcebookError, UsageError, problem_of_os_error
from .live import LiveState, add_script
from .outcome import (
    BuildOutcome,
    Changes,
    GiveWay,
    Overtaken,
    Problem,
    outcome_of_diagnostics,
    outcome_of_exception,
    stay,
)
from .server import Live, SiteServer, open_server
from .site_folder import SiteFolder
from .watch import Watch

__all__ = [
    "BuildOutcome",
    "Changes",
    "GiveWay",
    "Overtaken",
    "Problem",
    "outcome_of_diagnostics",
    "serve",
    "serve_built",
    "stay",
]

Build = Callable[[Changes], BuildOutcome]
Say = Callable[[str], None]

_OWN_FOLDER = "/_sourcebook"
"""Where the preview's own addresses lie."""


def serve(
    build: Build,
    watched: Sequence[Path],
    site_dir: Path,
    live_script: bytes,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    open_browser: bool = False,
    say: Say = print,
    stop: threading.Event | None = None,
) -> None:
    """Build, serve *site_dir*, and build again whenever a file at or below *watched* changes.

    *build* is called in this thread, never twice at a time; what changes meanwhile causes one more
    call. A ``SourcebookError`` that it raises, or a bug, is shown as its problem, and watching goes
    on. Returns when *stop* is set; Ctrl-C comes out as ``KeyboardInterrupt``, with all threads and
    sockets closed. *say* gets the lines for the terminal, the address among them.
    """
    stop = stop or threading.Event()
    state = LiveState()
    live = Live(state, f"{_OWN_FOLDER}/events", f"{_OWN_FOLDER}/live.js", live_script)
    folder = SiteFolder(site_dir, add_script(live.script_path, lambda: state.generation))
    with (
        Watch(watched, (site_dir,)) as watch,
        _running(folder, live, host, port) as server,
    ):
        follow_up = _run_and_tell(partial(build, Changes(everything=True)), state, say)
        _invite(server, say, open_browser)
        while not stop.is_set():
            if changed := watch.take_changes(stop, is_patient=follow_up is None):
                say(_describe(changed, watched))
                follow_up = _run_and_tell(partial(build, Changes(changed)), state, say)
            elif follow_up is not None:
                with suppress(Overtaken):
                    follow_up = _run_and_tell(partial(follow_up, watch.give_way), state, say)


def serve_built(
    site_dir: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    open_browser: bool = False,
    say: Say = print,
    stop: threading.Event | None = None,
) -> None:
    """Serve the site in *site_dir* as it is, to the byte, until *stop* is set or Ctrl-C comes."""
    if not site_dir.is_dir():
        raise UsageError(
            f"there is no folder `{site_dir}`", help="build the site first: sourcebook build"
        )
    stop = stop or threading.Event()
    folder = SiteFolder(site_dir)
    with _running(folder, None, host, port) as server:
        _invite(server, say, open_browser)
        while not stop.wait(0.2):
            pass


@contextmanager
def _running(folder: SiteFolder, live: Live | None, host: str, port: int) -> Iterator[SiteServer]:
    server = open_server(folder, live, host, port)
    server.start()
    try:
        yield server
    finally:
        if live is not None:
            live.state.close()
        server.close()


def _invite(server: SiteServer, say: Say, open_browser: bool) -> None:
    say(f"Serving at {server.address} (Ctrl-C ends it)")
    if open_browser:
        # In a thread: a browser in the terminal, or a slow one, holds its caller up.
        threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()


def _run_and_tell(
    work: Callable[[], BuildOutcome], state: LiveState, say: Say
) -> Callable[[GiveWay], BuildOutcome] | None:
    """Tell all pages what came of *work*, and give back what is still to do."""
    began = time.monotonic()
    try:
        outcome = work()
    except Overtaken:
        raise
    except SourcebookError as error:
        outcome = outcome_of_exception(error)
    except OSError as error:
        outcome = outcome_of_exception(problem_of_os_error(error))
    except Exception as error:
        trace = "".join(traceback.format_exception(error))
        message = f"Sourcebook itself failed: {type(error).__name__}: {error}"
        outcome = BuildOutcome(ok=False, problems=(Problem(trace, message),))
    state.publish(outcome)
    if outcome.ok:
        say(outcome.summary or f"Built in {time.monotonic() - began:.2f} s.")
        return outcome.follow_up
    for problem in outcome.problems:
        say(problem.text)
    say(outcome.summary or "Not built: the pages of the last good build stay, if there was one.")
    return None


def _describe(changed: frozenset[Path], watched: Sequence[Path]) -> str:
    """Which files changed, for the terminal: ``Changed: x.md and 3 more``."""
    first = min(changed)
    for root in watched:
        if first.is_relative_to(root.resolve().parent):
            shown = first.relative_to(root.resolve().parent).as_posix()
            break
    else:
        shown = str(first)
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"Changed: {shown}{more}"

"""The command line: what is printed, and the exit codes.

0 fine, 1 problems in the content, 2 wrong use or settings, 3 the environment, 4 another run holds
the archive, 5 integrity, 70 a bug of ours, 130 interrupted.

What a command needs besides the words of the command line is imported within it: half of a short
run would be imports.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ..diagnostics import SourcebookError, problem_of_os_error
from ..profile import told
from .parser import parse_arguments
from .terminal import Terminal, print_problem

BUG, INTERRUPTED = 70, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing is raised."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Records are kept to the end, and hardly anything is garbage in circles: looking for it as
    # often as Python does by itself takes a fifth of a build.
    gc.set_threshold(100_000, 50, 100)
    # Started without a window, on Windows, or with them closed: what is printed goes nowhere.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character must not turn a message into a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = parse_arguments(given)
        if getattr(options, "no_color", False):
            # What draws by itself, the bar of long work, looks for it there: https://no-color.org
            os.environ["NO_COLOR"] = "1"
        terminal = Terminal(
            quiet=getattr(options, "quiet", False),
            verbose=getattr(options, "verbose", False),
            colour="NO_COLOR" not in os.environ and sys.stdout.isatty(),
        )
        with told(getattr(options, "profile", False), partial(print, file=sys.stderr)):
            code: int = options.run(options, terminal)
        sys.stdout.flush()
        return code
    except SourcebookError as error:
        print_problem(error)
        return error.exit_code
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`sourcebook check | head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        problem = problem_of_os_error(error)
        print_problem(problem)
        return problem.exit_code
    except Exception as error:
        print(f"error: a bug of Sourcebook: {type(error).__name__}: {error}", file=sys.stderr)
        print("  help: please report it with the lines below, and the command", file=sys.stderr)
        traceback.print_exc()
        return BUG

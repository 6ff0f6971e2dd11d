"""The words of the command line: commands, options, help with examples."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from .. import __version__
from ..diagnostics import UsageError, suggest, with_proposal
from ..layout import FOLDERS
from .archive import run_ingest, run_new, run_seal
from .options import Options, whole_number
from .report import (
    run_check,
    run_explain,
    run_schema,
    run_show,
    run_stats,
    run_suggest_links,
)
from .site import run_build, run_serve
from .terminal import Terminal

Adder = Callable[[argparse.ArgumentParser], None]
Command = Callable[[Options, Terminal], int]


class _Parser(argparse.ArgumentParser):
    """Reports wrong use as our other problems are, with "did you mean"."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, f"see `{self.prog} --help`")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            names = [str(choice) for choice in action.choices]
            near = suggest(str(value), names)
            hint = f"did you mean `{near}`?" if near else f"choose one of: {', '.join(names)}"
            what = "command" if action.dest == "command" else action.dest
            raise UsageError(f"there is no {what} `{value}`", hint)


def _add_new(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "dir", metavar="DIR", type=Path, help="the folder to make; it must be new or empty"
    )


def _add_ingest(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        type=Path,
        help="captures; without any: every capture that has no document",
    )
    p.add_argument("--outlet", metavar="SLUG", help="who published them")
    p.add_argument("--date", metavar="EDTF", help="when they were published")
    p.add_argument("--url", metavar="URL", help="where they were published")
    p.add_argument(
        "--metadata",
        metavar="TABLE.csv",
        type=Path,
        help="a table with columns file, title, outlet, date, url, lang",
    )
    p.add_argument(
        "--create", action="store_true", help="make pages for new actors, topics and outlets too"
    )
    _add_jobs(p)
    _add_profile(p)
    p.add_argument("--dry-run", action="store_true", help="write nothing")
    p.add_argument(
        "--json", action="store_true", help="with --dry-run: print one JSON object for each file"
    )


def _add_jobs(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        type=whole_number("-j", 1, None, "leave it out for as many as pay"),
        help="at most N processes (default: as many as the machine has cores)",
    )


def _add_no_cache(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--no-cache",
        action="store_true",
        help="read every file anew: recall nothing of earlier runs, and keep nothing for later ones",
    )


def _add_profile(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--profile", action="store_true", help="tell at the end, on stderr, where the time went"
    )


def _add_check(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help="report problems of these files and folders only",
    )
    p.add_argument("--strict", action="store_true", help="warnings count as errors")
    p.add_argument(
        "--reread",
        action="store_true",
        help="read HTML and PDF captures again and report what differs",
    )
    p.add_argument(
        "--format",
        choices=("text", "github", "json", "sarif"),
        default="text",
        help="how problems are printed (default: text)",
    )
    _add_jobs(p)
    _add_no_cache(p)
    _add_profile(p)


def _add_build(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="where the site goes (default: site/)"
    )
    p.add_argument(
        "--ingest",
        action="store_true",
        help="first make drafts of captures without a document; implies --drafts",
    )
    p.add_argument(
        "--base-url",
        metavar="URL",
        help="where the site will stand, instead of `url` in archive.yaml",
    )
    p.add_argument("--drafts", action="store_true", help="build drafts (review: suggested) too")
    p.add_argument("--strict", action="store_true", help="warnings stop the build")
    p.add_argument("--no-search", action="store_true", help="build without the search index")
    _add_jobs(p)
    _add_no_cache(p)
    _add_profile(p)


def _add_serve(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "-p",
        "--port",
        type=whole_number("-p", 0, 65535, "leave it out for 8000, or the next one that is free"),
        default=8000,
        help="the port; the next free one if taken (default: 8000)",
    )
    p.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)"
    )
    p.add_argument("-O", "--open", action="store_true", help="open the site in the browser")
    p.add_argument(
        "--site", metavar="DIR", type=Path, help="serve a built site as it is, without watching"
    )


def _add_show(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "stage",
        choices=("record", "body", "places", "linked"),
        help="record: the file as read; body: its text in blocks; places: where quotes and names"
        " stand; linked: joined with the archive",
    )
    p.add_argument("id", metavar="ID", help="a document's slug, or kind:slug for other records")


def _add_seal(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "file", metavar="FILE", type=Path, help="the document whose text was changed on purpose"
    )
    p.add_argument("--reason", metavar="TEXT", required=True, help="why; it is printed on the page")
    p.add_argument("--by", metavar="NAME", help="who made the correction")


def _add_explain(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "rule",
        metavar="RULE",
        nargs="?",
        help="a rule's name, as messages print it; without one: all rules",
    )


def _add_schema(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "kind",
        metavar="KIND",
        nargs="?",
        choices=tuple(FOLDERS),
        default="document",
        help=f"one of {', '.join(FOLDERS)} (default: document)",
    )


def _add_suggest_links(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--most",
        metavar="N",
        type=whole_number("--most", 1, None, "leave it out for 20"),
        default=20,
        help="of each sort (default: 20)",
    )
    p.add_argument("--json", action="store_true", help="print one JSON object for each proposal")


def _add_nothing(p: argparse.ArgumentParser) -> None:
    del p


COMMANDS: Sequence[tuple[str, str, Command, Adder, Sequence[str]]] = (
    ("new", "make a new archive with a small example", run_new, _add_new, ("new my-archive",)),
    (
        "ingest",
        "turn captures into drafts of documents",
        run_ingest,
        _add_ingest,
        (
            "ingest",
            'ingest "report.txt" --outlet reuters --date 2017-01-27',
            "ingest content/captures/*.txt --metadata table.csv",
            "ingest --dry-run --json report.txt",
        ),
    ),
    (
        "check",
        "find every problem, and change nothing",
        run_check,
        _add_check,
        ("check", "check content/documents/my-page.md", "check --strict --format github"),
    ),
    (
        "build",
        "check, then write the whole site",
        run_build,
        _add_build,
        ("build", "build -o public --base-url https://example.org/archive", "build --ingest"),
    ),
    (
        "serve",
        "preview the site while you write",
        run_serve,
        _add_serve,
        ("serve", "serve -p 9000 --open", "serve --site site"),
    ),
    (
        "show",
        "print what a stage made of a file, as JSON",
        run_show,
        _add_show,
        ("show places my-page",),
    ),
    (
        "seal",
        "accept a deliberate change of a document's text",
        run_seal,
        _add_seal,
        ('seal content/documents/my-page.md --reason "the scan misread a name"',),
    ),
    (
        "explain",
        "say what a rule wants and why",
        run_explain,
        _add_explain,
        ("explain quote-not-found",),
    ),
    (
        "schema",
        "print the JSON Schema of front matter",
        run_schema,
        _add_schema,
        ("schema document",),
    ),
    (
        "suggest-links",
        "propose claims that may be one statement, or may answer one question",
        run_suggest_links,
        _add_suggest_links,
        ("suggest-links", "suggest-links --most 50 --json"),
    ),
    ("stats", "print the archive in numbers", run_stats, _add_nothing, ("stats",)),
)
"""Name, what it does, the function that does it, its options, examples."""


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    common = _Parser(add_help=False)
    group = common.add_argument_group("everywhere")
    # SUPPRESS: an option given before the command is not undone by the default of one after it.
    group.add_argument(
        "-C",
        dest="directory",
        metavar="DIR",
        type=Path,
        default=argparse.SUPPRESS,
        help="run as if started in DIR",
    )
    group.add_argument(
        "-q", "--quiet", action="store_true", default=argparse.SUPPRESS, help="print problems only"
    )
    group.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        default=argparse.SUPPRESS,
        help="print more (ingest: also the captures that have a document)",
    )
    group.add_argument(
        "--no-color", action="store_true", default=argparse.SUPPRESS, help="print without colours"
    )
    parser = _Parser(
        prog="sourcebook",
        description="An archive you can argue with: every claim in the words it was made in,"
        " one click from its source.",
        epilog="A command's own help: sourcebook COMMAND --help",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"sourcebook {__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", parser_class=_Parser, required=True
    )
    for name, about, run, add, examples in COMMANDS:
        command = commands.add_parser(
            name,
            help=about,
            description=about[0].upper() + about[1:] + ".",
            epilog="examples:\n" + "\n".join(f"  sourcebook {line}" for line in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[common],
        )
        add(command)
        command.set_defaults(run=run, known_options=tuple(command._option_string_actions))
    return parser


def parse_arguments(arguments: Sequence[str]) -> Options:
    """The options of one command; ``UsageError`` says what was probably meant by what is none."""
    options, unknown = build_parser().parse_known_args(arguments)
    if not unknown:
        return options
    word, command = unknown[0], f"sourcebook {options.command}"
    name, see = word.partition("=")[0], f"see `{command} --help`"
    if not word.startswith("-"):
        quoted = f"put a name of several words between quotation marks; {see}"
        raise UsageError(f"`{word}` is one word too many", quoted)
    if name in options.known_options:
        raise UsageError(f"`{name}` stands before the command", f"write `{command} {word}`")
    near = suggest(name, options.known_options)
    raise UsageError(f"`{command}` has no option `{name}`", with_proposal(near, see))

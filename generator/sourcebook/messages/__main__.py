"""``python -m sourcebook.messages``: begins a catalogue for another language, or checks one."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from . import DEFAULT_LANGUAGE, catalogue_file, read_catalogue
from .translating import begin_catalogue, find_gaps


def main(arguments: list[str] | None = None) -> int:
    """Run one of the two; 0 is fine, 1 means that something is left to do, 2 a wrong use."""
    parser = argparse.ArgumentParser(
        prog="python -m sourcebook.messages", description="The interface in another language."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    new = commands.add_parser("new", help="write a catalogue to fill in; never overwrites one")
    new.add_argument("language", help="a short tag, such as pt or pt-BR")
    check = commands.add_parser("check", help="say what a catalogue lacks")
    check.add_argument("language")
    options = parser.parse_args(arguments)
    return _begin(options.language) if options.command == "new" else _check(options.language)


def _begin(language: str) -> int:
    path = Path(str(catalogue_file(language)))
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*", language):
        print(f"`{language}` is not a language tag; write it as in archive.yaml: pt, or pt-BR")
        return 2
    if path.exists():
        print(f"{path} is already there; see what it lacks with `check {language}`")
        return 2
    english = catalogue_file(DEFAULT_LANGUAGE).read_text(encoding="utf-8")
    path.write_text(begin_catalogue(english, language), encoding="utf-8")
    print(f"Wrote {path}. Fill in the texts, then: python -m sourcebook.messages check {language}")
    return 0


def _check(language: str) -> int:
    file = catalogue_file(language)
    if not file.is_file():
        print(f"there is no catalogue for {language}; begin one with `new {language}`")
        return 2
    english = read_catalogue(catalogue_file(DEFAULT_LANGUAGE).read_text(encoding="utf-8"))
    gaps = sorted(find_gaps(read_catalogue(file.read_text(encoding="utf-8")), english, language))
    for gap in gaps:
        print(gap)
    print(f"{len(gaps)} left to do" if gaps else "complete")
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main())

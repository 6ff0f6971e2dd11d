"""Which program this is: another version, another library, another Python are another program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sourcebook.program import fingerprint

LIBRARIES = (
    "Jinja2-3.1.6.dist-info",
    "markdown_it_py-4.3.0.dist-info",
    "MarkupSafe-3.0.4.dist-info",
    "mdurl-0.1.2.dist-info",
    "pagefind_bin-1.5.2.dist-info",
    "PyYAML-6.0.3.dist-info",
)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which all libraries are installed."""
    for library in LIBRARIES:
        (tmp_path / library).mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    yield tmp_path
    fingerprint.cache_clear()


def ask_again() -> bytes:
    """What a run of its own would be told."""
    fingerprint.cache_clear()
    return fingerprint()


def test_two_runs_are_the_same_program(installed: Path) -> None:
    """While nothing is installed or changed, each run knows what the one before found."""
    del installed
    assert ask_again() == ask_again()


def test_another_version_of_a_library_is_another_program(installed: Path) -> None:
    """What was made with another version of a library is not recalled."""
    before = ask_again()
    (installed / "PyYAML-6.0.3.dist-info").rename(installed / "pyyaml-6.0.4.dist-info")
    assert ask_again() != before


def test_what_is_installed_beside_does_not_count(installed: Path) -> None:
    """A package that makes nothing of a site leaves everything as it is."""
    before = ask_again()
    (installed / "requests-2.0.dist-info").mkdir()
    assert ask_again() == before


def test_a_library_that_is_not_found_is_never_the_same(installed: Path) -> None:
    """Where the version of a library cannot be told, nothing is recalled."""
    (installed / "mdurl-0.1.2.dist-info").rmdir()
    assert ask_again() != ask_again()

"""Renders the sections of a site, several at once where that pays.

Sections do not depend on each other. Where the system can copy a process (``fork``), copies share
what was loaded and linked without a word between them; only finished pages come back. The result
is the same, in the same order, whatever the number of processes.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from .cache import Recall, forget
from .output import OutputFile
from .pages import Page, Section, render_page
from .theme import Theme


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as a file, and whether search engines should know it."""

    file: OutputFile
    is_indexed: bool


_WORTH_SHARING = 40
"""Sections below which starting a process costs more than it saves: about a thousand pages."""

_shared: tuple[Sequence[Section], Theme] | None = None
"""What copies of this process render; set only while they are started."""


def render_sections(
    sections: Sequence[Section], theme: Theme, recall: Recall, jobs: int
) -> Iterator[list[RenderedPage]]:
    """The pages of each section, in order. More than one process is used only without a memory."""
    can_fork = sys.platform == "linux" and recall is forget
    if jobs < 2 or len(sections) < _WORTH_SHARING or not can_fork:
        for section in sections:
            yield _render(section, theme, recall)
        return
    yield from _render_in_copies(sections, theme, jobs)


def _render(section: Section, theme: Theme, recall: Recall) -> list[RenderedPage]:
    return [
        RenderedPage(_recall_page(page, theme, recall), page.frame.is_indexed) for page in section()
    ]


def _recall_page(page: Page, theme: Theme, recall: Recall) -> OutputFile:
    key = (theme.fingerprint, page)
    return recall(("page", page.path), key, lambda: render_page(page, theme))


def _render_in_copies(
    sections: Sequence[Section], theme: Theme, jobs: int
) -> Iterator[list[RenderedPage]]:
    global _shared  # noqa: PLW0603 - a copy of the process finds it here, with no message
    _shared = (sections, theme)
    # What is loaded by now lives as long as the process: not looking at it keeps it shared.
    gc.freeze()
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(jobs, mp_context=context) as pool:
            yield from pool.map(_render_shared, range(len(sections)))
    finally:
        gc.unfreeze()
        _shared = None


def _render_shared(number: int) -> list[RenderedPage]:
    if _shared is None:
        raise AssertionError("not in a copy of the process that renders")
    sections, theme = _shared
    return _render(sections[number], theme, forget)

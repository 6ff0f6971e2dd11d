"""Renders the sections of a site: several at once where that pays, and none that stands already.

Sections do not depend on each other, so the work can be shared out; only finished pages come back
from another process. The result is the same, in the same order, whatever the number of processes,
and whatever was there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from .copies import share_out
from .output import KeptFile, OutputFile
from .pages import Section, TableOfContents, render_page
from .reads import Entries, Reads, changes_between, has_read, watch
from .theme import Theme
from .views.catalogue import Catalogue
from .views.frame import SiteChrome


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as a file, and whether search engines should know it."""

    file: OutputFile | KeptFile
    is_indexed: bool


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """The pages of a section, and what of the archive they were made of."""

    pages: tuple[RenderedPage, ...]
    reads: Entries


@dataclass(frozen=True, slots=True)
class Work:
    """What sections are rendered with."""

    catalogue: Catalogue
    chrome: SiteChrome
    theme: Theme

    is_remembered: bool
    """Whether it is noted what of the archive each section reads."""

    def render(self, section: Section) -> RenderedSection:
        """The pages of *section*."""
        reads = Reads()
        catalogue = watch(self.catalogue, reads) if self.is_remembered else self.catalogue
        pages = tuple(
            RenderedPage(render_page(page, self.theme), page.frame.is_indexed)
            for page in section.pages(catalogue, self.chrome)
        )
        return RenderedSection(pages, reads.take())

    def render_page(self, section: Section, number: int) -> bytes:
        """The page *number* of *section* alone."""
        made = islice(section.pages(self.catalogue, self.chrome), number, None)
        return render_page(next(made), self.theme).content


@dataclass(frozen=True, slots=True)
class _Known:
    """A section whose pages stand in the site: what it was given, what it read, what it made."""

    given: tuple[object, ...]
    reads: Entries
    pages: tuple[tuple[str, bool], ...]
    """(path, whether search engines should know it) of each page."""


@dataclass(slots=True)
class SiteMemory:
    """What stands in a site, and of what it was made, so that only what differs is made again."""

    work: Work | None = None
    """With which the site was rendered; None where nothing is known of it."""
    known: dict[tuple[str, str], _Known] = field(default_factory=dict)
    _next: dict[tuple[str, str], _Known] = field(default_factory=dict)

    def find_known(self, sections: Iterable[Section], work: Work) -> dict[tuple[str, str], _Known]:
        """Those of *sections* that *work* would render to what stands there, by name."""
        old = self.work
        if old is None or (old.chrome, old.theme.fingerprint) != (
            work.chrome,
            work.theme.fingerprint,
        ):
            return {}
        changed = changes_between(old.catalogue, work.catalogue)
        if changed is None:
            return {}
        found = ((section, self.known.get(section.name)) for section in sections)
        return {
            section.name: known
            for section, known in found
            if known is not None
            and known.given == section.given
            and not has_read(known.reads, changed)
        }

    def forget(self, section: Section) -> None:
        """What stands in the site for *section* is not what was noted."""
        self.known.pop(section.name, None)

    def begin(self, sections: Sequence[Section], work: Work) -> dict[tuple[str, str], _Known]:
        """``find_known`` of all *sections* of a site, of which notes are taken from now on."""
        self._next = {}
        return self.find_known(sections, work)

    def note(self, section: Section, made: RenderedSection) -> None:
        """*section* has become *made*, which will stand in the site."""
        pages = tuple((page.file.path, page.is_indexed) for page in made.pages)
        self._next[section.name] = _Known(section.given, made.reads, pages)

    def settle(self, work: Work) -> None:
        """The site stands as noted, made with *work*."""
        self.work, self.known, self._next = work, self._next, {}


_WORTH_SHARING = 1000
"""Sections below which starting a process costs more than it saves."""
_TOGETHER = 25
"""Sections in one message between processes."""


def render_sections(
    contents: TableOfContents, work: Work, jobs: int, memory: SiteMemory | None = None
) -> Iterator[tuple[RenderedPage, ...]]:
    """The pages of each section, in order; with a *memory*, those that stand already are kept."""
    known = memory.begin(contents.sections, work) if memory is not None else {}
    stale = [section for section in contents.sections if section.name not in known]
    rendered = _render_all(stale, work, jobs)
    for section in contents.sections:
        if section.name in known:
            made = _keep(known[section.name], section, work)
        else:
            made = next(rendered)
        if memory is not None:
            memory.note(section, made)
        yield made.pages


def _keep(known: _Known, section: Section, work: Work) -> RenderedSection:
    pages = (
        RenderedPage(KeptFile(path, partial(work.render_page, section, number)), is_indexed)
        for number, (path, is_indexed) in enumerate(known.pages)
    )
    return RenderedSection(tuple(pages), known.reads)


def _render_all(sections: Sequence[Section], work: Work, jobs: int) -> Iterator[RenderedSection]:
    if jobs > 1 and len(sections) >= _WORTH_SHARING:
        work.theme.prepare()
    return share_out(work.render, sections, jobs, batch=_TOGETHER, worth=_WORTH_SHARING)

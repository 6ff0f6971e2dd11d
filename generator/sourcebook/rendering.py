"""Renders the sections of a site: several at once where that pays, and none that stands already.

Sections do not depend on each other, so the work can be shared out; each process puts the pages that
it has finished into the new site, and only tells which they are. The result is the same, in the same
order, whatever the number of processes, and whatever was there before.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from .beside import PlacedFile, SitePlace
from .copies import share_out
from .model import Slug
from .output import KeptFile, OutputFile, SiteFile, Stamps
from .pages import Page, Section, TableOfContents, render_page
from .profile import by_part, each
from .reads import Place, Reads, changes_between, shared_place, watch
from .theme import Theme
from .views.catalogue import Catalogue
from .views.frame import SiteChrome


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as bytes, and what is known of it."""

    path: str
    content: bytes | PlacedFile | None
    """None where the site has it already."""
    is_indexed: bool
    """Whether search engines should know it."""
    digest: bytes
    """Of all that its bytes are made of, beside the theme and *reads*; empty where nobody will ask."""
    reads: tuple[Place, ...] = ()
    """What it alone read of the archive: a page of a long list."""


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """The pages of a section, and what of the archive all of them were made of."""

    pages: tuple[RenderedPage, ...]
    reads: tuple[Place, ...]

    def has_read(self, changed: Set[Place]) -> bool:
        """Whether any of its pages may be another, where these places have *changed*."""
        return not (
            changed.isdisjoint(self.reads)
            and all(changed.isdisjoint(page.reads) for page in self.pages)
        )


Digests = Mapping[str, bytes]
"""Of pages that stand in the site, by their paths."""


@dataclass(frozen=True, slots=True)
class Work:
    """What sections are rendered with."""

    catalogue: Catalogue
    chrome: SiteChrome
    theme: Theme
    is_remembered: bool
    """Whether it is noted what each section reads."""

    def render(self, section: Section, standing: Standing) -> RenderedSection:
        """The pages of *section*; those without their bytes that stand as they would be made."""
        reads, own = Reads(self.catalogue.archive), set[Place]()
        catalogue = watch(self.catalogue, reads) if self.is_remembered else self.catalogue
        lists = standing.lists_of(section)
        rendered: list[RenderedPage] = []
        for page in section.pages(catalogue, self.chrome):
            if isinstance(page, Page):
                rendered.append(self._render_page(page, standing.digests))
                continue
            own.update(reads.take())
            given = _digest_of(page.given) if self.is_remembered else b""
            old = lists.get(page.path)
            if old is not None and old.digest == given and standing.changed.isdisjoint(old.reads):
                rendered.append(old)
            else:
                made = self._render_page(page.make(), None)
                rendered.append(replace(made, digest=given, reads=reads.take()))
        own.update(reads.take())
        return RenderedSection(tuple(rendered), tuple(own))

    def render_showing(
        self, documents: Set[Slug], section: Section, standing: Digests | None
    ) -> Iterator[RenderedPage]:
        """Each page of *section* as soon as it is made; of its long lists those that show *documents*."""
        for page in section.pages(self.catalogue, self.chrome):
            if isinstance(page, Page):
                yield self._render_page(page, standing)
            elif not documents.isdisjoint(page.documents):
                yield self._render_page(page.make(), None)

    def _render_page(self, page: Page, standing: Digests | None) -> RenderedPage:
        digest = b"" if standing is None else _digest_of(page)
        stands = standing is not None and standing.get(page.path) == digest
        content = None if stands else render_page(page, self.theme).content
        return RenderedPage(page.path, content, page.frame.is_indexed, digest)

    def render_one(self, section: Section, number: int) -> bytes:
        """The page *number* of *section* alone."""
        page = next(islice(section.pages(self.catalogue, self.chrome), number, None))
        made = page if isinstance(page, Page) else page.make()
        return render_page(made, self.theme).content


def _digest_of(made_of: Page | tuple[object, ...]) -> bytes:
    """The same only for the same: views are plain data, and their order is their own."""
    return hashlib.blake2b(pickle.dumps(made_of, protocol=5), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class KnownSection:
    """A section whose pages stand in the site."""

    given: tuple[object, ...]
    made: RenderedSection
    """Without the bytes of its pages."""
    is_whole: bool = True
    """False where pages of it, which are not among these, were replaced since."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a site, as far as it concerns who renders that site anew."""

    digests: Digests | None = None
    """None where nobody will ask what a page was made of."""
    known: Mapping[tuple[str, str], KnownSection] = field(default_factory=dict)
    """By name; none where all pages may have changed."""
    changed: frozenset[Place] = frozenset()
    """Of the archive, since they were made."""

    def find_known(self, sections: Iterable[Section]) -> dict[tuple[str, str], RenderedSection]:
        """Those of *sections* that would be rendered to what stands there, by name."""
        found = ((section, self.known.get(section.name)) for section in sections)
        return {
            section.name: known.made
            for section, known in found
            if known is not None
            and known.is_whole
            and known.given == section.given
            and not known.made.has_read(self.changed)
        }

    def lists_of(self, section: Section) -> dict[str, RenderedPage]:
        """The pages of its long lists that *section* had, by path."""
        known = self.known.get(section.name)
        pages = known.made.pages if known is not None else ()
        return {page.path: page for page in pages if page.reads}


@dataclass(slots=True)
class SiteMemory:
    """What stands in a site, and of what it was made, so that only what differs is made again."""

    work: Work | None = None
    """With which the site was rendered; None where nothing is known of it."""
    known: dict[tuple[str, str], KnownSection] = field(default_factory=dict)
    """Sections that stand as they were rendered then, by name."""
    digests: dict[str, bytes] | None = None
    """Of the pages that stand there now, by their paths; None where this process makes them once."""
    stamps: dict[str, object] = field(default_factory=dict)
    """By path, of the pages that an earlier run has told of, as it left them."""
    _next: dict[tuple[str, str], KnownSection] = field(default_factory=dict)
    _places: dict[Place, Place] = field(default_factory=dict)
    """What the sections of the next site read: one and the same object for all of them."""

    def compare(self, work: Work) -> Standing:
        """What stands there, for who renders with *work*."""
        old, digests = self.work, self.digests_for(work)
        if old is None or (old.chrome, old.theme.fingerprint) != (
            work.chrome,
            work.theme.fingerprint,
        ):
            return Standing(digests)
        changed = changes_between(old.catalogue, work.catalogue)
        return Standing(digests) if changed is None else Standing(digests, self.known, changed)

    def digests_for(self, work: Work) -> Digests | None:
        """The digests of pages that *work* need not render where it would make them of the same."""
        is_same = self.work is not None and self.work.theme.fingerprint == work.theme.fingerprint
        return self.digests if is_same or self.digests is None else {}

    def count_pages(self, section: Section) -> int:
        """How many pages *section* had, as far as that is known."""
        known = self.known.get(section.name)
        return len(known.made.pages) if known is not None else 1

    def replace(self, section: Section, page: RenderedPage) -> None:
        """This *page* of *section* stands as it is now, made with newer work than all others."""
        known = self.known.get(section.name)
        if known is not None:
            others = tuple(one for one in known.made.pages if one.path != page.path)
            made = replace(known.made, pages=others)
            self.known[section.name] = KnownSection(known.given, made, is_whole=False)
        if self.digests is not None:
            self.digests[page.path] = page.digest

    def forget_replaced(self, stamps: Stamps) -> None:
        """Know nothing of sections with pages that are not as the earlier run left them.

        *stamps* are those of the files that stand there. It has to be done while nobody else can
        write there: another run may have told of the same pages, and replaced them since.
        """
        self.known = {
            name: known
            for name, known in self.known.items()
            if all(self.stamps[page.path] == stamps.get(page.path) for page in known.made.pages)
        }

    def begin(self) -> None:
        """A site is rendered; it may not come to stand."""
        self._next, self._places = {}, {}

    def note(self, section: Section, made: RenderedSection) -> None:
        """*section* has become *made*, which will stand in the site."""
        known = self.known.get(section.name)
        if known is None or known.made is not made:
            pages = tuple(
                replace(page, content=None, reads=self._same(page.reads)) for page in made.pages
            )
            known = KnownSection(section.given, RenderedSection(pages, self._same(made.reads)))
        self._next[section.name] = known

    def _same(self, reads: Iterable[Place]) -> tuple[Place, ...]:
        held = self._places
        return tuple(
            held.get(place) or held.setdefault(place, shared_place(place)) for place in reads
        )

    def settle(self, work: Work) -> None:
        """The site stands as noted, made with *work*."""
        self.work, self.known, self.stamps = work, self._next, {}
        self.begin()
        made = (known.made for known in self.known.values())
        if self.digests is not None:
            self.digests = {page.path: page.digest for section in made for page in section.pages}


_WORTH_SHARING = 400
"""Pages below which starting a process costs more than it saves."""
_TOGETHER = 5
"""Sections in one message between processes: some are of ten megabytes, and messages wait."""


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page as a file of the site."""

    file: SiteFile
    is_indexed: bool
    """Whether search engines should know it."""


def render_sections(
    contents: TableOfContents,
    work: Work,
    jobs: int,
    place: SitePlace,
    memory: SiteMemory | None = None,
) -> Iterator[Iterator[SitePage]]:
    """The pages of each section, in order; with a *memory*, those that stand already are kept.

    Of many, each is put into the new tree at *place* by the process that made it.
    """
    standing = Standing()
    if memory is not None:
        memory.begin()
        standing = memory.compare(work)
    known = standing.find_known(contents.sections)
    stale = [section for section in contents.sections if section.name not in known]
    # A few sections may hold most pages: those of the timeline, of a person quoted everywhere.
    pages = sum(memory.count_pages(section) if memory else 1 for section in stale)
    jobs = jobs if pages >= _WORTH_SHARING else 1
    render: Callable[[Section], RenderedSection] = partial(work.render, standing=standing)
    if jobs > 1:
        work.theme.prepare()
        render = partial(_render_into, place, render)
    render = by_part(render, _part_of, _sizes_of)
    batch = min(_TOGETHER, 1 + len(stale) // (8 * jobs))
    # A preview, which lives on, keeps its memory small.
    joins_in = memory is None or memory.digests is None
    with closing(share_out(render, stale, jobs, batch=batch, worth=1, joins_in=joins_in)) as shared:
        rendered = each("render", shared)
        for section in contents.sections:
            made = known[section.name] if section.name in known else next(rendered)
            if memory is not None:
                memory.note(section, made)
            yield _files(made, section, work)


def _render_into(
    place: SitePlace, render: Callable[[Section], RenderedSection], section: Section
) -> RenderedSection:
    made = render(section)
    pages = tuple(
        replace(page, content=place.put(page.path, page.content))
        if isinstance(page.content, bytes)
        else page
        for page in made.pages
    )
    return replace(made, pages=pages)


def _part_of(section: Section) -> str:
    return f"render/{section.kind}"


def _sizes_of(made: RenderedSection) -> Iterator[int]:
    for page in made.pages:
        if isinstance(page.content, PlacedFile):
            yield page.content.size
        elif page.content is not None:
            yield len(page.content)


def _files(made: RenderedSection, section: Section, work: Work) -> Iterator[SitePage]:
    for number, page in enumerate(made.pages):
        file: SiteFile
        if page.content is None:
            file = KeptFile(page.path, partial(work.render_one, section, number))
        elif isinstance(page.content, PlacedFile):
            file = page.content
        else:
            file = OutputFile(page.path, page.content)
        yield SitePage(file, page.is_indexed)

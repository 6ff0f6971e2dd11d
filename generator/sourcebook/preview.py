"""``sourcebook serve``: the archive's build, given to the preview server, which knows nothing of it.

What was saved comes first: its page is in the browser before the pages that quote it, these before
those that count everything, and the search index comes last, in the background. Whatever is newer
goes before what is still to do. In the end the preview is what a clean build would have made.
"""

from __future__ import annotations

import gc
import math
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from .beside import SitePlace, find_place
from .build import (
    SitePlan,
    index_files,
    index_plan,
    list_files,
    plan_next,
    plan_site,
    replan_document,
    write_files,
)
from .cache import Memory, Recall
from .checked import CheckedArchive
from .copies import give_back_memory
from .diagnostics import SourcebookError
from .disk import remembering
from .layout import FILE, FOLDERS, default_theme_folder
from .lock import hold_archive, hold_preview
from .output import MARKER, OutputReport, SiteFile, replace_file, stamp_files
from .pages import Section
from .previous import hand_on, is_kept, keep_previous
from .rendering import SiteMemory
from .search import NO_INDEX, SearchIndex
from .search.kept import keep_shards
from .serve import (
    BuildOutcome,
    Changes,
    GiveWay,
    Overtaken,
    outcome_of_diagnostics,
    serve,
    stay,
)
from .standing import (
    BuildOptions,
    Inputs,
    Summary,
    find_standing,
    keep_standing,
    read_inputs,
    repair_after,
)

PREVIEW = Path(".sourcebook/serve")
"""Below the archive's root: the preview's drafts and errors never stand in ``site/``."""

_OF_RECORDS = frozenset({*FOLDERS, "claim"})
"""Kinds of sections that show what single records say; all others count or list everything."""

_OLDER = "These are the pages of the last preview. What has changed since is being made."

T = TypeVar("T")


def serve_archive(
    root: Path, *, host: str, port: int, open_browser: bool, jobs: int, say: Callable[[str], None]
) -> None:
    """Build the archive at *root* with its drafts, and again at every change, until Ctrl-C."""
    target = root / PREVIEW
    options = BuildOptions(output=target, has_url=False, drafts=True, jobs=jobs)
    preview = Preview(root, options, say)
    with hold_preview(root):
        repair_after(root, target)
        serve(
            preview.build,
            [root / FILE, root / "content", root / "themes", default_theme_folder()],
            target,
            (default_theme_folder() / "assets" / "live.js").read_bytes(),
            host=host,
            port=port,
            open_browser=open_browser,
            say=say,
        )


@dataclass(slots=True)
class Preview:
    """The builds of one preview, with what they remember of each other. Gives ``serve`` its build."""

    root: Path
    options: BuildOptions
    say: Callable[[str], None]
    memory: Memory = field(default_factory=Memory)
    site: SiteMemory = field(default_factory=lambda: SiteMemory(digests={}))
    index: SearchIndex = NO_INDEX
    writing: threading.Lock = field(default_factory=threading.Lock)
    latest: SitePlan | None = None
    """The plan whose pages the browser was last given; an older one's are not worth finishing."""
    planned: tuple[SitePlan, Inputs | None] | None = None
    """The last plan of everything, and what was there when it was made."""
    clearing: threading.Thread | None = None
    """Removes the tree of the build before, while the new pages are read."""

    def build(self, changes: Changes) -> BuildOutcome:
        """The pages of what was saved at once; all others follow."""
        resumed = self._resume() if changes.everything else None
        if resumed is not None:
            return resumed
        records = self._saved_records(changes)
        plan = self._replan(records)
        if plan is not None:
            self._replace_pages(plan, _sections_of(plan, records), records)
            return BuildOutcome(ok=True, follow_up=partial(self._replace_readers, plan, records))
        whole = self._plan_all(stay)
        if isinstance(whole, CheckedArchive):
            return outcome_of_diagnostics(whole.diagnostics)
        if not self._replace_pages(whole, _sections_of(whole, records), records):
            return self._write_all(whole, stay)
        return BuildOutcome(ok=True, follow_up=partial(self._write_all, whole))

    def _saved_records(self, changes: Changes) -> list[tuple[str, str]]:
        """(kind, slug) of each saved record; none where anything else was saved too."""
        records = [_record_at(self.root, path) for path in changes.paths]
        named = [record for record in records if record is not None]
        return named if len(named) == len(records) else []

    def _replan(self, records: Iterable[tuple[str, str]]) -> SitePlan | None:
        """The latest plan with nothing but saved documents changed; None where that is not all."""
        plan = self.latest
        for kind, slug in records:
            if plan is None or kind != "document":
                return None
            plan = replan_document(plan, slug, self.options, self.memory)
        return plan if records else None

    def _resume(self) -> BuildOutcome | None:
        """Show the preview of an earlier run, before anything is read; None where there is none.

        It may be what would be made now, index and all. Where it is not, every page says so.
        """
        inputs = self._read_inputs()
        if inputs is None:
            return None
        if find_standing(inputs) is not None:
            return BuildOutcome(ok=True, changed=False, follow_up=self._build_all)
        if not is_kept(inputs) or not (self.options.output / MARKER).is_file():
            return None
        return BuildOutcome(
            ok=True, changed=False, notice=_OLDER, summary=_OLDER, follow_up=self._catch_up
        )

    def _catch_up(self, give_way: GiveWay) -> BuildOutcome:
        """The records that are not as the preview of an earlier run shows them; then all else."""
        plan = self._plan_all(give_way)
        if isinstance(plan, CheckedArchive):
            return outcome_of_diagnostics(plan.diagnostics)
        if self.site.work is None:
            return self._write_all(plan, give_way)
        # And again when all is written: nobody is kept from writing there until then.
        self.site.forget_replaced(stamp_files(self.options.output))
        documents = [one for one in plan.contents.sections if one.kind == "document"]
        known = self.site.compare(plan.work).find_known(documents)
        changed = [one for one in documents if one.name not in known]
        records = [section.name for section in changed]
        self._replace_pages(plan, changed, records, give_way)
        outcome = self._replace_readers(plan, records, give_way)
        return replace(outcome, notice=_OLDER, follow_up=partial(self._write_all, plan))

    def _read_inputs(self) -> Inputs | None:
        return read_inputs(self.root, self.options.output, f"preview {self.options.asked}")

    def _plan_all(self, give_way: GiveWay) -> SitePlan | CheckedArchive:
        def plan_first(kept: Recall) -> SitePlan | CheckedArchive:
            # If what was kept turns out to be spoiled, nothing of it stays.
            self.memory, self.site = Memory(), SiteMemory(digests={})
            recall = _recalling(kept, give_way)
            return plan_next(self.root, self.options, inputs, self.site, recall, self.memory)

        inputs = self._read_inputs()
        if self.latest is None:
            plan = remembering(self.root, plan_first)
        else:  # by now, this process remembers more than the disk
            recall, earlier = _recalling(self.memory, give_way), self.latest.catalogue
            plan = plan_site(self.root, self.options, recall, is_remembered=True, earlier=earlier)
        if isinstance(plan, SitePlan):
            self.planned = plan, inputs
        return plan

    def _replace_pages(
        self,
        plan: SitePlan,
        sections: Iterable[Section],
        records: Iterable[tuple[str, str]],
        give_way: GiveWay = stay,
    ) -> bool:
        """Put the pages of *sections* in the place of those that stand there, one by one.

        Of their long lists, those that show a document of *records*. False where there is none.
        Only the preview's own folder, which nobody publishes, is ever written so, and the whole site
        follows.
        """
        replaced = False
        documents = {slug for kind, slug in records if kind == "document"}
        for section in sections:
            give_way()
            self.latest = plan  # before it waits for an index that is being written
            digests = self.site.digests_for(plan.work)
            for page in plan.work.render_showing(documents, section, digests):
                path = self.options.output / page.path
                with self.writing:
                    if isinstance(page.content, bytes) and path.is_file():
                        replace_file(path, page.content)
                        replaced = True
                    self.site.replace(section, page)
                give_way()
        return replaced

    def _replace_readers(
        self, plan: SitePlan, records: Sequence[tuple[str, str]], give_way: GiveWay
    ) -> BuildOutcome:
        """The pages of records that show something of what was saved.

        First those of who says what was changed, then those of all whom the document names.
        """
        speakers, named = self._concerned(plan, records)
        first = _sections_of(plan, speakers)
        first.sort(key=lambda section: speakers.index(section.name))
        self._replace_pages(plan, first, records, give_way)
        shown = [s for s in plan.contents.sections if s.kind in _OF_RECORDS]
        known = self.site.compare(plan.work).find_known(shown)
        replaced = known.keys() | set(speakers)
        stale = [section for section in shown if section.name not in replaced]
        stale.sort(key=lambda section: section.name not in named)
        self._replace_pages(plan, stale, records, give_way)
        return BuildOutcome(ok=True, follow_up=self._build_all)

    def _concerned(
        self, plan: SitePlan, records: Iterable[tuple[str, str]]
    ) -> tuple[list[tuple[str, str]], set[tuple[str, str]]]:
        """Who says what is not as the site has it, in the order of the texts; and all named there."""
        before = self.site.work.catalogue.archive.documents if self.site.work is not None else {}
        speakers: dict[tuple[str, str], None] = {}
        named: set[tuple[str, str]] = set()
        for _, slug in records:
            document = plan.catalogue.archive.documents[slug]
            new = [one.claim for one in document.claims]
            old = [one.claim for one in before[slug].claims] if slug in before else []
            changed = set(new) ^ set(old)
            says = (ref for claim in (*new, *old) if claim in changed for ref in claim.by)
            speakers |= {(ref.kind, ref.slug): None for ref in says}
            named |= {("actor", actor) for actor in document.actors}
        return list(speakers), named

    def _build_all(self, give_way: GiveWay) -> BuildOutcome:
        is_first = self.latest is None
        plan = self._plan_all(give_way)
        if isinstance(plan, CheckedArchive):
            return outcome_of_diagnostics(plan.diagnostics)
        if is_first and self.options.search:  # of a preview that stands: its index stays
            self.index = self._make_index(plan, give_way)
        return self._write_all(plan, give_way)

    def _write_all(self, plan: SitePlan, give_way: GiveWay) -> BuildOutcome:
        self.latest = plan
        with self.writing:
            report = self._write_plan(plan, give_way, self.index)
        threading.Thread(
            target=self._add_index, args=(plan, give_way), name="index", daemon=True
        ).start()
        return BuildOutcome(ok=True, changed=bool(report.written or report.removed))

    def _write_plan(self, plan: SitePlan, give_way: GiveWay, index: SearchIndex) -> OutputReport:
        if self.clearing is not None:
            self.clearing.join()
        place = find_place(self.options.output)
        files = self._list_files(plan, place, index)
        wait = partial(self._wait, give_way, [])
        with hold_archive(self.root, "sourcebook serve", math.inf, wait):
            report = write_files(_giving_way(files, give_way), place, self._clear_later)
        self.site.settle(plan.work)
        return report

    def _wait(self, give_way: GiveWay, told: list[str], fact: str) -> None:
        """Of another run that holds the archive: nobody has to save again when it has ended."""
        give_way()
        if not told:
            told.append(fact)
            self.say(f"{fact}: waiting for it")

    def _list_files(
        self, plan: SitePlan, place: SitePlace, index: SearchIndex
    ) -> Generator[SiteFile]:
        yield from list_files(plan, self.options, place, self.site)
        yield from index_files(index)

    def _clear_later(self, work: Callable[[], None]) -> None:
        self.clearing = threading.Thread(target=work, daemon=True)
        self.clearing.start()

    def _add_index(self, plan: SitePlan, give_way: GiveWay) -> None:
        def give_way_to_newer() -> None:
            give_way()
            if plan is not self.latest:
                raise Overtaken

        try:
            index = NO_INDEX
            if self.options.search:
                self._keep(plan)  # for whoever stops the preview before the index is made
                index = self._make_index(plan, give_way_to_newer)
            with self.writing:
                if index != self.index:
                    give_way_to_newer()
                    self._write_plan(plan, give_way_to_newer, index)
                    self.index = index
            self._keep(plan, Summary((), plan.checked.files))
            # Work that was shared out makes Python look at all that it holds: now, and not while
            # somebody waits for the next page.
            gc.unfreeze()
            gc.collect()
            give_back_memory()
        except Overtaken:
            return
        except SourcebookError as error:
            self.say(f"the search index was not built: {error.message}")

    def _keep(self, plan: SitePlan, summary: Summary | None = None) -> None:
        """Keep for the next preview what this one's pages were made of; with *summary*, that it stands.

        A page that was replaced meanwhile is not known any more, or has another stamp.
        """
        if self.clearing is not None:
            self.clearing.join()  # a file that loses its other name has another stamp then
        stamps = stamp_files(self.options.output)
        with self.writing:
            site = replace(self.site, known=dict(self.site.known))
        planned, inputs = self.planned or (None, None)
        if inputs is None or planned is not plan or site.work is not plan.work:
            return
        remembering(self.root, partial(hand_on, plan.keys, self.memory))
        if summary is not None and plan is self.latest:
            keep_standing(inputs, stamps, summary)
        keep_previous(site, inputs, stamps, plan.keys, plan.contents)

    def _make_index(self, plan: SitePlan, give_way: GiveWay) -> SearchIndex:
        kept = keep_shards(self.root, "preview", self.memory)
        return index_plan(plan, self.options, _recalling(kept, give_way))


def _record_at(root: Path, path: Path) -> tuple[str, str] | None:
    """(kind, slug) of the record whose file *path* is, or None."""
    for kind, folder in FOLDERS.items():
        if path.parent == root / "content" / folder and path.suffix == ".md":
            return kind, path.stem
    return None


def _sections_of(plan: SitePlan, records: Iterable[tuple[str, str]]) -> list[Section]:
    names = set(records)
    return [section for section in plan.contents.sections if section.name in names]


def _giving_way(items: Generator[T], give_way: GiveWay) -> Generator[T]:
    """*items*, until newer changes wait."""
    with closing(items):
        for item in items:
            give_way()
            yield item


def _recalling(kept: Recall, give_way: GiveWay) -> Recall:
    """*kept*, until newer changes wait."""

    def recall(name: tuple[str, str], key: object, make: Callable[[], T]) -> T:
        give_way()
        return kept(name, key, make)

    return recall

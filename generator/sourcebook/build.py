"""The pipeline, and only that: files, content, places, archive, pages, output.

Reads as a table of contents: ``checked`` has its first half, and what each stage does, and why,
stands in its module.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Event

from .beside import SitePlace, find_place
from .cache import Memory, Recall, forget
from .checked import CheckedArchive, check_archive, recheck_document
from .diagnostics import exit_code_of
from .disk import remembering
from .link import Archive, is_published, link_archive, relink_archive, relink_document
from .load import Content, load_published_captures
from .lock import hold_archive
from .messages import describe_missing, load_messages
from .output import (
    Later,
    OutputFile,
    OutputReport,
    SiteFile,
    Stamps,
    at_once,
    stamp_files,
    write_site,
)
from .packing import nothing_to_collect
from .pages import TableOfContents, list_sections, site_files, site_map
from .previous import Keys, Places, keep_previous, noting, recall_previous
from .profile import stage
from .progress import track
from .rendering import SiteMemory, Work, render_sections
from .search import SearchIndex, cut_into_shards, index_shards
from .search.kept import keep_shards
from .search.names import NAMES, encode_names
from .search.records import findable_pages
from .settings import Settings
from .standing import (
    BuildOptions,
    BuildReport,
    Inputs,
    Summary,
    keep_standing,
    look_for_site,
)
from .theme import load_theme
from .views.catalogue import Catalogue, build_catalogue


@dataclass(frozen=True, slots=True)
class SitePlan:
    """All pages of a site, not yet made, and what they are made of."""

    root: Path
    checked: CheckedArchive
    keys: Keys
    """By which what was read of each file is found again; none where that is kept nowhere."""
    contents: TableOfContents
    work: Work

    @property
    def catalogue(self) -> Catalogue:
        """The names, addresses and claims of the archive."""
        return self.work.catalogue


def build_site(root: Path, options: BuildOptions) -> BuildReport:
    """Check, then the whole site; nothing is written where the check finds an error.

    With a memory, nothing is done where the site stands and all of which it is made is the same.
    """
    standing = look_for_site(root, options)
    return standing if isinstance(standing, BuildReport) else make_site(root, options, standing)


def make_site(root: Path, options: BuildOptions, inputs: Inputs | None) -> BuildReport:
    """The same for who has looked already whether the site stands, and of which *inputs*."""
    site = None
    with nothing_to_collect():
        if inputs is None:
            plan = plan_site(root, options)
        else:
            site = SiteMemory()
            plan = remembering(root, partial(plan_next, root, options, inputs, site))
    if isinstance(plan, CheckedArchive):
        return BuildReport(Summary(plan.diagnostics, plan.files), None)
    report, stamps = _make_site(plan, options, site)
    if inputs is not None and site is not None:
        keep_standing(inputs, stamps, report.summary)
        keep_previous(site, inputs, stamps, plan.keys, plan.contents)
    return report


def plan_next(
    root: Path,
    options: BuildOptions,
    inputs: Inputs | None,
    site: SiteMemory,
    recall: Recall,
    memory: Memory | None = None,
) -> SitePlan | CheckedArchive:
    """The plan of a site, of which *site* then knows what an earlier run left of it to stand.

    *memory* is to know afterwards what was read and linked.
    """
    memory = memory or Memory()
    plan = plan_site(root, options, memory.over(recall), is_remembered=True)
    if not isinstance(plan, SitePlan):
        return plan
    if recall is forget:
        return replace(plan, keys={})
    if inputs is not None:
        link = partial(_link_then, plan, options.drafts, memory)
        recall_previous(site, inputs, plan.checked.content, plan.contents, plan.work, recall, link)
    return plan


def _link_then(
    plan: SitePlan, drafts: bool, recall: Recall, content: Content, places: Places
) -> Archive:
    """The archive of an earlier run, most of which is that of *plan*."""
    now = plan.checked.content, plan.checked.places
    then = relink_archive(plan.catalogue.archive, now, (content, places), drafts)
    return then or link_archive(content, places, drafts, recall)


def _make_site(
    plan: SitePlan, options: BuildOptions, site: SiteMemory | None
) -> tuple[BuildReport, Stamps]:
    over = Event()
    with ThreadPoolExecutor(max_workers=1) as beside:
        try:
            place = find_place(options.output)
            files = list_files(plan, options, place, site)
            index = _indexing(plan, options, beside, over) if options.search else None
            if index is not None:
                files = _with_index(files, index)
            with hold_archive(plan.root, "sourcebook build"):
                report = write_files(files, place)
                # Another run may replace the site as soon as it can.
                stamps = stamp_files(options.output) if site is not None else {}
        except BaseException:
            # An index that nobody waits for would be waited for here.
            over.set()
            raise
    if site is not None:
        site.settle(plan.work)
    settings, documents = plan.catalogue.settings, plan.checked.content.documents.values()
    summary = Summary(
        plan.checked.diagnostics,
        plan.checked.files,
        pages=sum(path.endswith(".html") for path in (*report.written, *report.unchanged)),
        results=index().result().results if index is not None else 0,
        drafts=sum(not is_published(document, options.drafts) for document in documents),
        has_address=settings.url is not None,
        missing_texts=describe_missing(settings.languages[0], plan.catalogue.messages),
    )
    return BuildReport(summary, report), stamps


def plan_site(
    root: Path,
    options: BuildOptions,
    recall: Recall = forget,
    is_remembered: bool = False,
    earlier: Catalogue | None = None,
) -> SitePlan | CheckedArchive:
    """Everything up to the pages; only what was found wrong, where that stops the build.

    *earlier* is the catalogue of a plan that was made with the same *recall*.
    """
    keys: dict[tuple[str, str], bytes] = {}
    checked = check_archive(root, options.with_progress, noting(recall, keys), options.jobs)
    if checked.settings is None or exit_code_of(checked.diagnostics, options.strict):
        return checked
    settings = _settings_for(checked.settings, options)
    with stage("link"):
        archive = link_archive(checked.content, checked.places, options.drafts, recall)
    messages = load_messages(settings.languages[0])
    theme = load_theme(root, settings.theme, messages, recall)
    with stage("catalogue"):
        catalogue = build_catalogue(archive, settings, messages, earlier)
        contents = list_sections(catalogue, checked.verifications, has_search=options.search)
    work = Work(catalogue, contents.chrome, theme, is_remembered)
    return SitePlan(root, checked, keys, contents, work)


def replan_document(
    plan: SitePlan, slug: str, options: BuildOptions, memory: Memory
) -> SitePlan | None:
    """*plan* after only the document *slug* was saved; None where it has an error now.

    Pages that depend on how the whole archive meets keep what they were given.
    """
    checked = recheck_document(plan.root, plan.checked, slug, memory)
    before = plan.catalogue
    if checked is None or slug not in before.archive.documents:
        return None
    archive = relink_document(before.archive, checked.content, checked.places, slug, options.drafts)
    catalogue = build_catalogue(archive, before.settings, before.messages, before)
    claims = before.archive.documents[slug].claims
    lost = {str(claim.key) for claim in claims if claim.key not in archive.claims}
    contents = plan.contents.with_saved(slug, checked.verifications[slug], lost)
    work = replace(plan.work, catalogue=catalogue)
    return replace(plan, checked=checked, contents=contents, work=work)


def _indexing(
    plan: SitePlan, options: BuildOptions, beside: Executor, over: Event
) -> Callable[[], Future[SearchIndex]]:
    """What begins the search index of *plan* when it is called first."""
    recall = keep_shards(plan.root, "site") if options.is_remembering else forget
    shards = cut_into_shards(findable_pages(plan.catalogue))
    begin = cache(partial(beside.submit, index_shards, shards, recall, options.jobs, over))
    if len(shards) >= options.jobs:
        # They keep all processes busy, and need the memory that pages would take meanwhile.
        _await(begin())
    return begin


@stage("search")
def _await(index: Future[SearchIndex]) -> SearchIndex:
    return index.result()


def _with_index(
    files: Generator[SiteFile], begin: Callable[[], Future[SearchIndex]]
) -> Generator[SiteFile]:
    """*files*, then those of the index, which is made meanwhile."""
    with closing(files):
        # By then the processes that render were copied from this one, which had no other thread.
        first = next(files)
        index = begin()
        yield first
        yield from files
    yield from index_files(_await(index))


def index_plan(plan: SitePlan, options: BuildOptions, recall: Recall = forget) -> SearchIndex:
    """The search index of *plan*; a part of which *recall* kept all is not made again."""
    shards = cut_into_shards(findable_pages(plan.catalogue))
    return index_shards(shards, recall, options.jobs)


@stage("write")
def write_files(
    files: Iterable[SiteFile], place: SitePlace, later: Later = at_once
) -> OutputReport:
    """Write the site, whole or not at all, for who holds the archive; *later* as in ``write_site``."""
    # What a page is made of goes with the page: nobody needs to look for what is left of it.
    with nothing_to_collect():
        return write_site(files, place, later)


def _settings_for(settings: Settings, options: BuildOptions) -> Settings:
    if not options.has_url:
        return settings.with_url(None)
    return settings if options.base_url is None else settings.with_url(options.base_url)


def list_files(
    plan: SitePlan, options: BuildOptions, place: SitePlace, memory: SiteMemory | None = None
) -> Generator[SiteFile]:
    """Every file of the site of *plan* but those of its search index, as they are made.

    They are for who writes the site to *place* and has begun to. With a *memory* of the site that
    stands there, its pages are not made again.
    """
    if memory is not None and memory.stamps:
        memory.forget_replaced(stamp_files(place.target))
    catalogue, theme = plan.catalogue, plan.work.theme
    sections = plan.contents.sections
    indexed: list[str] = []
    rendered = render_sections(plan.contents, plan.work, options.jobs, place, memory)
    for section in track(rendered, "rendering", len(sections), options.with_progress):
        for page in section:
            yield page.file
            if page.is_indexed:
                indexed.append(page.file.path)
    yield from site_files(catalogue, has_search=options.search)
    yield from site_map(catalogue, indexed)
    yield from theme.asset_files()
    if options.search:
        yield OutputFile(NAMES, encode_names(catalogue))
    if catalogue.settings.publish_captures:
        documents = (linked.document for linked in catalogue.archive.documents.values())
        for path, content in load_published_captures(plan.root, documents):
            yield OutputFile(path, content)


def index_files(index: SearchIndex) -> Iterator[OutputFile]:
    """The files of the site's search."""
    for path, content in index.files.items():
        yield OutputFile(path, content)

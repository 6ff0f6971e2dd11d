"""The pipeline, and only that: files, content, places, archive, pages, output.

Reads as a table of contents: ``checked`` has its first half, and what each stage does, and why,
stands in its module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .checked import CheckedArchive, check_archive
from .diagnostics import exit_code_of
from .link import link_archive
from .load import load_published_captures
from .lock import hold_archive
from .messages import load_messages
from .output import OutputFile, OutputReport, repair_site, write_site
from .pages import Page, list_pages, render_page, site_files, site_map
from .progress import track
from .search import index_records
from .search.records import search_records
from .settings import Settings
from .theme import Theme, load_theme
from .views.catalogue import Catalogue, build_catalogue


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is asked to do."""

    output: Path
    base_url: str | None = None
    """Instead of the ``url`` of the settings."""
    has_url: bool = True
    """False for a preview: its pages have no address that anybody else could follow."""
    drafts: bool = False
    strict: bool = False
    search: bool = True
    with_progress: bool = False


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build found and wrote."""

    checked: CheckedArchive
    output: OutputReport | None
    """None where problems stopped the build: the old site stands as it was."""
    pages: int = 0
    results: int = 0
    """What the search can find."""


def build_site(root: Path, options: BuildOptions) -> BuildReport:
    """Check, then the whole site; nothing is written where the check finds an error."""
    repair_site(options.output)
    checked = check_archive(root, options.with_progress)
    if checked.settings is None or exit_code_of(checked.diagnostics, options.strict):
        return BuildReport(checked, None)
    settings = _settings_for(checked.settings, options)
    archive = link_archive(checked.content, checked.places, options.drafts)
    messages = load_messages(settings.languages[0])
    theme = load_theme(root, settings.theme, messages)
    catalogue = build_catalogue(archive, settings, messages)
    pages = list(list_pages(catalogue, checked.verifications, has_search=options.search))
    records = list(search_records(catalogue)) if options.search else []
    index = index_records(records) if options.search else {}
    with hold_archive(root, "sourcebook build"):
        files = _list_files(root, catalogue, theme, pages, index, options)
        report = write_site(files, options.output)
    return BuildReport(checked, report, len(pages), len(records))


def _settings_for(settings: Settings, options: BuildOptions) -> Settings:
    if not options.has_url:
        return settings.with_url(None)
    return settings if options.base_url is None else settings.with_url(options.base_url)


def _list_files(
    root: Path,
    catalogue: Catalogue,
    theme: Theme,
    pages: Sequence[Page],
    index: Mapping[str, bytes],
    options: BuildOptions,
) -> Iterator[OutputFile]:
    """Every file of the site, one at a time, so that they are never all in memory."""
    for page in track(pages, "rendering", len(pages), options.with_progress):
        yield render_page(page, theme)
    yield from site_files(catalogue, has_search=options.search)
    yield from site_map(catalogue, [page.path for page in pages if page.frame.is_indexed])
    yield from theme.asset_files()
    for path, content in index.items():
        yield OutputFile(path, content)
    if catalogue.settings.publish_captures:
        documents = (linked.document for linked in catalogue.archive.documents.values())
        for path, content in load_published_captures(root, documents):
            yield OutputFile(path, content)

"""``sourcebook serve`` on an archive: what was saved comes first, and the rest is never stale."""

from __future__ import annotations

from pathlib import Path

from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site
from sourcebook.preview import Preview
from sourcebook.serve import BuildOutcome, Changes

DOCUMENT = "content/documents/briefing.md"


def start(archive: SmallArchive) -> Preview:
    output = archive.root / ".sourcebook/serve"
    options = BuildOptions(output, has_url=False, drafts=True, search=False)
    preview = Preview(archive.root, options, print)
    assert preview.build(Changes(everything=True)).ok
    return preview


def save(archive: SmallArchive, preview: Preview, path: str) -> BuildOutcome:
    return preview.build(Changes(frozenset([archive.root / path])))


def read(preview: Preview, page: str) -> str:
    return (preview.options.output / page).read_text(encoding="utf-8")


def pages_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.html")}


def test_the_page_that_was_saved_comes_before_all_others(archive: SmallArchive) -> None:
    """A new title is on the document's page at once, and on the actor's page after the follow-up."""
    preview = start(archive)
    archive.replace(DOCUMENT, "title: Kremlin briefing", "title: A briefing of the Kremlin")
    outcome = save(archive, preview, DOCUMENT)
    assert "A briefing of the Kremlin" in read(preview, "documents/briefing/index.html")
    assert "A briefing of the Kremlin" not in read(preview, "actors/dmitry-peskov/index.html")
    assert outcome.follow_up is not None
    assert outcome.follow_up().changed
    assert "A briefing of the Kremlin" in read(preview, "actors/dmitry-peskov/index.html")


def test_after_all_is_done_the_preview_is_a_clean_build(
    archive: SmallArchive, tmp_path: Path
) -> None:
    """Whatever was recalled, the pages are those of a build that remembers nothing."""
    preview = start(archive)
    archive.replace(DOCUMENT, "title: Kremlin briefing", "title: Another title")
    archive.replace("content/actors/dmitry-peskov.md", "[Peskov]", "[Peskov, Mr Peskov]")
    changed = {archive.root / DOCUMENT, archive.root / "content/actors/dmitry-peskov.md"}
    outcome = preview.build(Changes(frozenset(changed)))
    assert outcome.follow_up is not None
    outcome.follow_up()
    clean = BuildOptions(tmp_path / "clean", has_url=False, drafts=True, search=False)
    build_site(archive.root, clean)
    assert pages_of(preview.options.output) == pages_of(clean.output)


def test_a_change_of_the_settings_makes_everything_at_once(archive: SmallArchive) -> None:
    """What stands on every page is no page of its own."""
    preview = start(archive)
    archive.write("archive.yaml", "title: Another archive\n")
    outcome = save(archive, preview, "archive.yaml")
    assert outcome.follow_up is None
    assert "Another archive" in read(preview, "index.html")

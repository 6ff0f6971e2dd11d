"""``sourcebook serve`` on an archive: what was saved comes first, and the rest is never stale."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook import rendering
from sourcebook.build import BuildOptions, build_site
from sourcebook.lock import hold_archive
from sourcebook.preview import Preview
from sourcebook.serve import BuildOutcome, Changes, Overtaken, stay

DOCUMENT = "content/documents/briefing.md"


def make_preview(archive: SmallArchive) -> Preview:
    output = archive.root / ".sourcebook/serve"
    options = BuildOptions(output, has_url=False, drafts=True, search=False)
    return Preview(archive.root, options, print)


def start(archive: SmallArchive) -> Preview:
    preview = make_preview(archive)
    assert finish(preview.build(Changes(everything=True))).ok
    return preview


def save(archive: SmallArchive, preview: Preview, path: str) -> BuildOutcome:
    return preview.build(Changes(frozenset([archive.root / path])))


def read(preview: Preview, page: str) -> str:
    return (preview.options.output / page).read_text(encoding="utf-8")


def finish(outcome: BuildOutcome) -> BuildOutcome:
    """What comes of all that follows *outcome*."""
    while outcome.follow_up is not None:
        outcome = outcome.follow_up(stay)
    return outcome


def pages_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.html")}


def test_the_page_that_was_saved_comes_before_all_others(archive: SmallArchive) -> None:
    """A new title is on the document's page at once, and on the actor's page after the follow-up."""
    preview = start(archive)
    archive.replace(DOCUMENT, "title: Kremlin briefing", "title: A briefing of the Kremlin")
    outcome = save(archive, preview, DOCUMENT)
    assert "A briefing of the Kremlin" in read(preview, "documents/briefing/index.html")
    assert "A briefing of the Kremlin" not in read(preview, "actors/dmitry-peskov/index.html")
    assert finish(outcome).changed
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
    assert finish(outcome).ok
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


def claim(quote: str, more: str = "") -> str:
    return f"  - id: said\n    by: dmitry-peskov\n    quote: {quote}\n{more}"


def add(archive: SmallArchive, slug: str, date: str, more: str) -> str:
    """A document with one claim; its path."""
    archive.write(f"content/captures/{slug}.txt", f"He said {slug}.\n")
    path = f"content/documents/{slug}.md"
    front = f"title: Of {slug}\noutlet: reuters\ndate: {date}\ntopics: [safe-zones]\n"
    front += f"captures:\n  - file: captures/{slug}.txt\n    sha256: …\ntranscription: …\n"
    archive.write(path, f"---\n{front}claims:\n{claim(slug, more)}---\nHe said {slug}.\n")
    return path


SAVES: tuple[tuple[str, str, str], ...] = (
    ("documents/first", "title: Of first", "title: Of the first"),
    ("documents/first", "    relations: [{type: repeats, to: second#said}]\n", ""),
    ("actors/dmitry-peskov", "name: Dmitry Peskov", "name: D. Peskov"),
    ("documents/second", "date: 2016-05", "date: 2018-01-02"),
    ("documents/briefing", '{us-consulted-russia: "no"}', '{us-consulted-russia: "yes"}'),
    ("documents/second", "outlet: reuters", "outlet: rt"),
    ("questions/us-consulted-russia", "It did not", "No"),
    ("documents/third", "    by: dmitry-peskov\n", ""),
    ("topics/safe-zones", "name: Safe zones", "name: Zones"),
    ("documents/third", "    quote: third", "    quote: said third"),
    ("outlets/rt", "name: RT", "name: Russia Today"),
)


def test_after_every_save_the_preview_is_a_clean_build(
    archive: SmallArchive, tmp_path: Path
) -> None:
    """Save by save, pages that were not made again are those that would be made."""
    archive.write("content/outlets/rt.md", "---\nname: RT\n---\n")
    answer = '    answers: {us-consulted-russia: "yes"}\n'
    add(archive, "second", "2016-05", answer)
    add(archive, "first", "2015", "    relations: [{type: repeats, to: second#said}]\n")
    add(archive, "third", "2016-06", answer)
    preview = start(archive)
    clean = BuildOptions(tmp_path / "clean", has_url=False, drafts=True, search=False)
    for record, old, new in SAVES:
        archive.replace(f"content/{record}.md", old, new)
        assert finish(save(archive, preview, f"content/{record}.md")).ok
        build_site(archive.root, clean)
        assert pages_of(preview.options.output) == pages_of(clean.output), record


def test_a_claim_that_is_gone_takes_its_page_along(archive: SmallArchive, tmp_path: Path) -> None:
    """Who drops a claim that has a page of its own, or gives it another id, sees the site without it."""
    add(archive, "second", "2016-05", '    answers: {us-consulted-russia: "yes"}\n')
    preview = start(archive)
    archive.replace("content/documents/second.md", "  - id: said\n", "  - id: told\n")
    outcome = save(archive, preview, "content/documents/second.md")
    assert finish(outcome).ok
    clean = BuildOptions(tmp_path / "clean", has_url=False, drafts=True, search=False)
    build_site(archive.root, clean)
    assert pages_of(preview.options.output) == pages_of(clean.output)


def test_a_preview_waits_for_another_run_and_goes_on(archive: SmallArchive) -> None:
    """Nobody has to save again: what was changed is shown when the other run has ended."""
    said: list[str] = []
    preview = replace(start(archive), say=said.append)
    with hold_archive(archive.root, "sourcebook ingest"):
        archive.write("archive.yaml", "title: Another archive\n")
        saving = threading.Thread(target=lambda: finish(save(archive, preview, "archive.yaml")))
        saving.start()
        while not said and saving.is_alive():
            time.sleep(0.01)
    saving.join()
    assert said == [
        f"`sourcebook ingest` (process {os.getpid()}) is writing to this archive: waiting for it"
    ]
    assert "Another archive" in read(preview, "index.html")


def test_a_preview_that_waits_gives_way_to_newer_changes(archive: SmallArchive) -> None:
    """What was saved meanwhile is looked at, however long the other run takes."""
    said: list[str] = []
    preview = replace(start(archive), say=said.append)
    archive.replace(DOCUMENT, "title: Kremlin briefing", "title: A briefing of the Kremlin")
    readers = save(archive, preview, DOCUMENT).follow_up
    assert readers is not None
    everything = readers(stay).follow_up
    assert everything is not None

    def give_way() -> None:
        if said:  # it waits
            raise Overtaken

    with hold_archive(archive.root), pytest.raises(Overtaken):
        everything(give_way)
    assert finish(save(archive, preview, DOCUMENT)).ok


def test_newer_changes_go_before_what_is_left_to_do(archive: SmallArchive) -> None:
    """A follow-up that is overtaken leaves whole pages, and what it left is done in the end."""
    preview = start(archive)
    archive.replace(DOCUMENT, "title: Kremlin briefing", "title: A briefing of the Kremlin")
    outcome = save(archive, preview, DOCUMENT)

    def give_way() -> None:
        raise Overtaken

    assert outcome.follow_up is not None
    with pytest.raises(Overtaken):
        outcome.follow_up(give_way)
    archive.replace(DOCUMENT, "date: 2017-01-26", "date: 2017-01-27")
    assert finish(save(archive, preview, DOCUMENT)).ok
    assert "A briefing of the Kremlin" in read(preview, "actors/dmitry-peskov/index.html")


def test_who_says_what_was_changed_comes_first(archive: SmallArchive) -> None:
    """Of all whom a document names, the page on which somebody looks for the change is the first."""
    path = add_talks(archive)
    preview = start(archive)
    archive.replace(path, "quote: said yes}", "quote: said yes, says: Never}")
    show_first_reader(save(archive, preview, path))
    assert "Never" in read(preview, "actors/zoe-bell/index.html")


def test_of_several_speakers_the_first_in_the_text_comes_first(archive: SmallArchive) -> None:
    """Whose changed claim stands above is shown before whose stands below, whatever their names."""
    path = add_talks(archive)
    preview = start(archive)
    archive.replace(path, "quote: said yes}", "quote: said yes, says: Never}")
    archive.replace(path, "quote: said no}", "quote: said no, says: Never}")
    show_first_reader(save(archive, preview, path))
    assert "Never" in read(preview, "actors/zoe-bell/index.html")
    assert "Never" not in read(preview, "actors/anna-lind/index.html")


def add_talks(archive: SmallArchive) -> str:
    """A document with a claim of each of two speakers, in which the later name stands first; its path."""
    for slug in ("anna-lind", "zoe-bell"):
        archive.write(f"content/actors/{slug}.md", f"---\nname: {slug}\n---\n")
    archive.write("content/captures/talks.txt", "He said yes. She said no.\n")
    path = "content/documents/talks.md"
    front = (
        "title: Talks\ncaptures:\n  - file: captures/talks.txt\n    sha256: …\ntranscription: …\n"
    )
    claims = "  - {id: he, by: zoe-bell, quote: said yes}\n  - {id: she, by: anna-lind, quote: said no}\n"
    archive.write(path, f"---\n{front}claims:\n{claims}---\nHe said yes. She said no.\n")
    return path


def show_first_reader(outcome: BuildOutcome) -> None:
    """Go on from *outcome* until one page is shown that is not of what was saved."""
    looks: list[bool] = []

    def give_way() -> None:
        looks.append(True)
        if len(looks) > 1:
            raise Overtaken

    assert outcome.follow_up is not None
    with pytest.raises(Overtaken):
        outcome.follow_up(give_way)


def test_each_page_of_a_speaker_is_shown_as_soon_as_it_is_made(
    archive: SmallArchive, tmp_path: Path
) -> None:
    """Of somebody quoted very often, the page of a year does not wait for the counts of all."""
    path, _ = (archive.add_speeches(year) for year in (2015, 2016))
    preview = start(archive)
    archive.replace(path, "- id: c0\n", "- id: c0\n    says: Never\n")
    outcome = save(archive, preview, path)
    show_first_reader(outcome)
    assert outcome.follow_up is not None
    assert "Never" in read(preview, "actors/dmitry-peskov/2015/index.html")
    assert "Never" not in read(preview, "actors/dmitry-peskov/index.html")
    outcome = outcome.follow_up(stay)
    assert "Never" in read(preview, "actors/dmitry-peskov/index.html")
    assert finish(outcome).ok
    clean = BuildOptions(tmp_path / "clean", has_url=False, drafts=True, search=False)
    build_site(archive.root, clean)
    assert pages_of(preview.options.output) == pages_of(clean.output)


def test_of_a_long_list_only_what_shows_the_saved_document_is_made_at_once(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other years of a speaker stay as they are, then and when all else is made."""
    path, _ = (archive.add_speeches(year) for year in (2015, 2016))
    preview = start(archive)
    made = count_pages(monkeypatch)
    archive.replace(path, "- id: c0\n", "- id: c0\n    says: Never\n")
    outcome = save(archive, preview, path)
    assert outcome.follow_up is not None
    outcome = outcome.follow_up(stay)
    assert "actors/dmitry-peskov/2015/index.html" in made
    assert finish(outcome).ok
    assert "actors/dmitry-peskov/2016/index.html" not in made


def test_a_page_that_was_lost_is_made_again(archive: SmallArchive) -> None:
    """What somebody removed from the preview comes back with the next change of anything."""
    preview = start(archive)
    lost = preview.options.output / "actors/dmitry-peskov/index.html"
    lost.unlink()
    archive.write("content/outlets/tass.md", "---\nname: TASS\n---\n")
    assert finish(save(archive, preview, "content/outlets/tass.md")).ok
    assert lost.is_file()


def count_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that grows by one with each page that is made from now on."""
    made: list[str] = []
    render_page = rendering.render_page
    monkeypatch.setattr(
        rendering, "render_page", lambda page, *a: made.append(page.path) or render_page(page, *a)
    )
    return made


def settle() -> None:
    """Wait for what goes on in the background."""
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join()


def test_a_preview_that_stands_is_shown_before_it_is_made(archive: SmallArchive) -> None:
    """Started again with nothing changed, the pages are there at once, and stay."""
    finish(start_again(archive))
    settle()
    again = start_again(archive)
    assert not again.changed
    assert again.follow_up is not None
    assert again.notice is None
    assert not finish(again).changed


def start_again(archive: SmallArchive) -> BuildOutcome:
    return make_preview(archive).build(Changes(everything=True))


def test_a_preview_that_is_behind_is_shown_as_such_and_catches_up(archive: SmallArchive) -> None:
    """Started after changes, the old pages come with a notice; then what was changed, then the rest."""
    for number in range(60):
        add(archive, f"day-{number}", "2016-05", "")
    finish(start_again(archive))
    settle()
    archive.replace(DOCUMENT, "title: Kremlin briefing", "title: Another title")
    preview = make_preview(archive)
    outcome = preview.build(Changes(everything=True))
    assert outcome.notice is not None
    assert "Kremlin briefing" in read(preview, "documents/briefing/index.html")
    assert outcome.follow_up is not None
    outcome = outcome.follow_up(stay)
    assert outcome.notice is not None
    for page in ("documents/briefing", "actors/dmitry-peskov"):
        assert "Another title" in read(preview, f"{page}/index.html")
    assert "Another title" not in read(preview, "documents/index.html")
    outcome = finish(outcome)
    assert outcome.notice is None
    clean = BuildOptions(archive.root.parent / "clean", has_url=False, drafts=True, search=False)
    build_site(archive.root, clean)
    assert pages_of(preview.options.output) == pages_of(clean.output)


def test_what_is_saved_while_a_preview_catches_up_comes_first(archive: SmallArchive) -> None:
    """It is on its page before what was changed in the meantime is on all others."""
    paths = [add(archive, f"day-{number}", "2016-05", "") for number in range(60)]
    finish(start_again(archive))
    settle()
    archive.replace(DOCUMENT, "title: Kremlin briefing", "title: Another title")
    preview = make_preview(archive)
    assert preview.build(Changes(everything=True)).follow_up is not None
    archive.replace(paths[0], "title: Of day-0", "title: Of the first day")
    outcome = save(archive, preview, paths[0])
    assert "Of the first day" in read(preview, "documents/day-0/index.html")
    assert "Another title" not in read(preview, "documents/briefing/index.html")
    finish(outcome)
    assert "Another title" in read(preview, "documents/briefing/index.html")


def test_a_preview_that_was_stopped_before_its_index_starts_with_its_pages(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the pages were made of is kept as soon as they stand: only a change makes any again."""
    for number in range(50):
        add(archive, f"day-{number}", "2016-05", "")
    output = archive.root / ".sourcebook/serve"

    def stop(*_: object) -> None:
        raise Overtaken

    with monkeypatch.context() as patch:
        patch.setattr("sourcebook.preview.index_plan", stop)
        options = BuildOptions(output, has_url=False, drafts=True, search=True)
        assert finish(Preview(archive.root, options, print).build(Changes(everything=True))).ok
        settle()
    archive.replace(DOCUMENT, "title: Kremlin briefing", "title: Another title")
    made = count_pages(monkeypatch)
    assert finish(Preview(archive.root, options, print).build(Changes(everything=True))).ok
    settle()
    assert 0 < len(made) < 30
    assert "Another title" in (output / "documents/briefing/index.html").read_text("utf-8")


def test_what_was_saved_in_a_preview_is_known_to_the_next(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where it was taken back since: only what differs from the pages is made again."""
    paths = [add(archive, f"day-{number}", "2016-05", "") for number in range(60)]
    preview = start(archive)
    settle()
    for path in paths[:2]:
        archive.replace(path, "title: Of", "title: Now of")
        assert finish(save(archive, preview, path)).ok
        settle()
    archive.replace(paths[0], "title: Now of", "title: Of")
    made = count_pages(monkeypatch)
    again = start(archive)
    assert 0 < len(made) < 60
    clean = BuildOptions(archive.root.parent / "clean", has_url=False, drafts=True, search=False)
    build_site(archive.root, clean)
    assert pages_of(again.options.output) == pages_of(clean.output)

"""``sourcebook ingest``: captures become drafts, and nothing that a person wrote is changed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.cli import main

ARTICLE = """\
Minister opens bridge

The minister opened the new bridge on Monday.

  • It is long
  • It is high

She said: "It was time."
"""


def ingest(archive: SmallArchive, *arguments: str | Path) -> int:
    return main(["-C", str(archive.root), "ingest", *map(str, arguments)])


def snapshot(archive: SmallArchive) -> dict[str, bytes]:
    content = archive.root / "content"
    return {str(p.relative_to(content)): p.read_bytes() for p in content.rglob("*") if p.is_file()}


def test_a_capture_becomes_a_draft_whose_text_verifies(archive: SmallArchive) -> None:
    """Title, language, hash, headings and lists are as the capture has them."""
    archive.write("content/captures/bridge.txt", ARTICLE)
    assert ingest(archive) == 0
    page = archive.read("content/documents/minister-opens-bridge.md")
    assert "title: Minister opens bridge\n" in page
    assert "lang: en\n" in page
    assert "file: captures/bridge.txt\n" in page
    assert "review: suggested" in page
    assert "# Minister opens bridge\n" in page
    assert "- It is long\n- It is high\n" in page
    assert archive.messages() == []


def test_a_quote_that_a_page_repeats_is_told_by_what_follows_it(archive: SmallArchive) -> None:
    """Where words before a claim in two passages do not make it the only one, those after it do."""
    archive.write(
        "content/captures/a.txt",
        "Rocket hits market\n\n“We counted,” said Dr Ann Lee. “They are children.”\n\n"
        "The army denied it.\n\n“They are children.”\n",
    )
    assert ingest(archive) == 0
    page = archive.read("content/documents/rocket-hits-market.md")
    assert "      - We counted\n      - They are children.\n    after: ” The\n" in page
    assert archive.messages() == []


def test_run_again_ingest_changes_nothing(archive: SmallArchive) -> None:
    """The second run leaves every byte as it was, whatever a person did to the draft meanwhile."""
    archive.write("content/captures/bridge.txt", ARTICLE)
    ingest(archive)
    archive.replace(
        "content/documents/minister-opens-bridge.md", "topics: []", "topics: []  # mine"
    )
    before = snapshot(archive)
    assert ingest(archive) == 0
    assert ingest(archive, archive.root / "content/captures/bridge.txt") == 0
    assert snapshot(archive) == before


def test_a_file_from_elsewhere_is_kept_as_it_is(archive: SmallArchive, tmp_path: Path) -> None:
    """The capture goes into the archive byte for byte, and the original stays."""
    original = tmp_path / "é bridge.txt"
    original.write_bytes(ARTICLE.replace("\n", "\r\n").encode("utf-16"))
    assert ingest(archive, original) == 0
    assert (archive.root / "content/captures/é bridge.txt").read_bytes() == original.read_bytes()
    assert archive.messages() == []


def test_another_file_of_a_kept_name_is_refused(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A capture is never overwritten: the new version needs a name of its own."""
    (tmp_path / "briefing.txt").write_text("Another briefing altogether.\n")
    before = snapshot(archive)
    assert ingest(archive, tmp_path / "briefing.txt") == 1
    assert "briefing-2.txt" in capsys.readouterr().err
    assert snapshot(archive) == before


def test_one_bad_file_does_not_stop_the_others(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Empty, binary, missing, hidden, a pipe, a link: each is named, and the good one is done."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    (tmp_path / "new\nline.txt").write_text("x")
    (tmp_path / ".hidden.txt").write_text(ARTICLE)
    good = tmp_path / "good.txt"
    good.write_text(ARTICLE)
    names = [
        "empty.txt",
        "binary.txt",
        "pipe",
        "link.txt",
        "new\nline.txt",
        "none.txt",
        ".hidden.txt",
    ]
    assert ingest(archive, *(tmp_path / name for name in names), good) == 1
    output = capsys.readouterr()
    assert output.err.count("error: ") == 7
    assert "Traceback" not in output.err
    assert "1 created, 7 failed" in output.out
    captures = [path.name for path in (archive.root / "content/captures").iterdir()]
    assert sorted(captures) == ["briefing.txt", "good.txt"]


def test_a_pattern_is_read_where_the_shell_does_not(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in PowerShell; readings and hidden files, which it fits too, are passed over."""
    (tmp_path / "one.txt").write_text(ARTICLE)
    (tmp_path / "page.html").write_text("<p>")
    (tmp_path / "page.html.reading.txt").write_text("read")
    (tmp_path / ".hidden.txt").write_text("hidden")

    assert ingest(archive, tmp_path / "*.txt") == 0
    assert ingest(archive, tmp_path / "**.txt") == 0
    assert ingest(archive, tmp_path / "*.doc") == 1

    output = capsys.readouterr()
    assert "1 created\n" in output.out
    assert output.err.startswith(f"error: {tmp_path}/*.doc cannot be read")


@pytest.mark.parametrize("folder", ["Bridge_files", "Bridge-Dateien", "Bridge.files"])
def test_what_a_browser_saves_beside_a_page_is_no_source(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    """Its folder of scripts and pictures is passed over; a folder without its page is not."""
    for place in (archive.root / "content/captures", tmp_path / "Downloads"):
        (place / folder).mkdir(parents=True)
        (place / folder / "site.css").write_text("body { color: red }")
        (place / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
        (place / "Bridge.htm").write_text(ARTICLE)
    (tmp_path / "Downloads/Other_files").mkdir()

    assert ingest(archive) == 0
    assert ingest(archive, *sorted((tmp_path / "Downloads").iterdir())) == 1

    output = capsys.readouterr()
    assert "1 created\n" in output.out
    assert "1 unchanged, 1 failed\n" in output.out
    assert output.err.startswith(f"error: {tmp_path}/Downloads/Other_files is not a file\n")
    assert archive.messages() == []


def test_what_the_user_says_goes_into_the_draft(archive: SmallArchive, tmp_path: Path) -> None:
    """Outlet, date and address come from the command line."""
    (tmp_path / "bridge.txt").write_text(ARTICLE)
    code = ingest(
        archive, tmp_path / "bridge.txt",
        "--outlet", "reuters", "--date", "2017-01", "--url", "https://example.org/a",
    )  # fmt: skip
    page = archive.read("content/documents/minister-opens-bridge.md")
    assert code == 0
    assert "outlet: reuters\ndate: 2017-01\n" in page
    assert "url: https://example.org/a\n" in page


def test_a_table_tells_of_many_captures(archive: SmallArchive, tmp_path: Path) -> None:
    """Each row of --metadata belongs to the file that it names."""
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "b.txt").write_text("Another day\n\nNothing happened on Tuesday.\n")
    table = tmp_path / "table.csv"
    table.write_text("file,title,date\na.txt,The bridge,2017-02-02\nb.txt,Tuesday,\n")
    assert ingest(archive, tmp_path / "a.txt", tmp_path / "b.txt", "--metadata", table) == 0
    assert "date: 2017-02-02\n" in archive.read("content/documents/the-bridge.md")
    assert "date:   #" in archive.read("content/documents/tuesday.md")
    assert archive.messages() == []


def test_files_of_one_name_are_told_apart_by_their_folders(
    archive: SmallArchive, tmp_path: Path
) -> None:
    """As much of a path as is written in the table must be the end of the file's."""
    table = tmp_path / "table.csv"
    table.write_text("file,title\none/a.txt,First\ntwo/a.txt,Second\nelsewhere/c.txt,Third\n")
    for place in ("one/a.txt", "two/a.txt", "c.txt"):
        archive.write(f"content/captures/{place}", f"{ARTICLE}{place}\n")
    assert ingest(archive, "--metadata", table) == 0
    names = {path.stem for path in (archive.root / "content/documents").iterdir()}
    assert names >= {"first", "second", "third"}


def test_a_table_may_give_whole_paths(archive: SmallArchive, tmp_path: Path) -> None:
    """They begin at the root of the disk."""
    table = tmp_path / "table.csv"
    files = [tmp_path / "one/a.txt", tmp_path / "two/a.txt"]
    for file in files:
        file.parent.mkdir()
        file.write_text(f"{ARTICLE}{file.parent.name}\n")
    table.write_text(f"file,title\n{files[0]},First\n{files[1]},Second\n")
    ingest(archive, files[0], "--metadata", table)
    assert archive.read("content/documents/first.md")


def test_a_dry_run_knows_the_table(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the table says goes before what the capture does, and a slip in it is found at once."""
    (tmp_path / "a.txt").write_text(ARTICLE)
    table = tmp_path / "table.csv"
    table.write_text("file,title,date\na.txt,The bridge,2017-02\n")
    dry = ("--metadata", table, "--dry-run", "--json")
    assert ingest(archive, tmp_path / "a.txt", *dry) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["title"], found["date"]) == ("The bridge", "2017-02")
    for slip, fact in (
        ("b.txt,soon,", "`soon` is not a date"),
        ("b.txt,,english", "`english` is not a language tag"),
        ("a.txt,,", "a row already"),
    ):
        table.write_text(f"file,date,lang\na.txt,2017,en\n{slip}\n")
        assert ingest(archive, tmp_path / "a.txt", *dry) == 2
        assert fact in capsys.readouterr().err


def test_a_dry_run_says_what_would_be_read(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a line for people; and that there is nothing, where every capture has its document."""
    assert ingest(archive, "--dry-run") == 0
    assert capsys.readouterr().out == "nothing to do\n"
    (tmp_path / "a.txt").write_text(ARTICLE)
    assert ingest(archive, tmp_path / "a.txt", "--dry-run") == 0
    assert capsys.readouterr().out.endswith("a.txt: Minister opens bridge (0 parts, 1 claim)\n")


def test_json_is_of_a_dry_run_alone(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who asks for JSON does not find that drafts were written instead."""
    (tmp_path / "a.txt").write_text(ARTICLE)
    before = snapshot(archive)
    assert ingest(archive, tmp_path / "a.txt", "--json") == 2
    assert "help: add --dry-run" in capsys.readouterr().err
    assert snapshot(archive) == before


def test_a_dry_run_prints_one_line_a_capture_whatever_it_holds(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Signs that end a line in many programs stand in captured pages."""
    text = f"{ARTICLE}One\u2028two\x85three\u2029four.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    assert ingest(archive, tmp_path / "a.txt", "--dry-run", "--json") == 0

    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["text"] == text


def test_a_slip_in_the_table_stops_before_anything_is_written(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line of the table is named, and nothing is half done."""
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "table.csv").write_text("file,date\na.txt,2 February\n")
    before = snapshot(archive)
    code = ingest(archive, tmp_path / "a.txt", "--metadata", tmp_path / "table.csv")
    assert code == 2
    assert "table.csv, line 2: `2 February` is not a date" in capsys.readouterr().err
    assert snapshot(archive) == before


def test_two_captures_of_one_title_get_two_pages(archive: SmallArchive, tmp_path: Path) -> None:
    """No page is overwritten by another of the same title."""
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "b.txt").write_text(ARTICLE + "More.\n")
    assert ingest(archive, tmp_path / "a.txt", tmp_path / "b.txt") == 0
    names = {path.name for path in (archive.root / "content/documents").iterdir()}
    assert {"minister-opens-bridge.md", "minister-opens-bridge-2.md"} <= names


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Smith–Jones talks—again", "smith-jones-talks-again"),
        ("Łódź and Ørsted", "lodz-and-orsted"),
        ("Æthelred’s œuvre", "aethelreds-oeuvre"),
    ],
)
def test_a_title_is_spelt_out_in_the_name_of_its_page(
    archive: SmallArchive, title: str, slug: str
) -> None:
    """Dashes part words, and letters that are no ASCII with a mark are not lost."""
    archive.write("content/captures/a.txt", f"{title}\n\nThe minister opened the bridge.\n")
    ingest(archive)
    assert (archive.root / f"content/documents/{slug}.md").is_file()


def test_a_draft_is_built_only_where_drafts_are_wanted(archive: SmallArchive) -> None:
    """``build`` leaves a draft out; ``build --ingest`` makes it and shows it."""
    archive.write("content/captures/bridge.txt", ARTICLE)
    build = ["-C", str(archive.root), "build", "--no-search"]
    page = archive.root / "site/documents/minister-opens-bridge/index.html"
    assert main(build) == 0
    assert not page.exists()
    assert main([*build, "--ingest"]) == 0
    assert page.exists()
    assert main(build) == 0
    assert not page.exists()


def test_a_build_says_which_drafts_it_leaves_out(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page that is missing has a reason that one can read."""
    archive.write("content/captures/bridge.txt", ARTICLE)
    ingest(archive)
    assert main(["-C", str(archive.root), "build", "--no-search"]) == 0
    assert (
        "1 draft is left out: build --drafts shows what is not accepted yet"
        in capsys.readouterr().out
    )


def test_a_document_with_a_slip_is_not_made_again(archive: SmallArchive) -> None:
    """What cannot be read may have its capture all the same: no second draft is made of it."""
    archive.replace("content/documents/briefing.md", "title: Kremlin", "title: Today: Kremlin")
    before = snapshot(archive)
    assert ingest(archive) == 0
    assert ingest(archive, archive.root / "content/captures/briefing.txt") == 0
    assert snapshot(archive) == before
    documents = archive.root / "content/documents"
    (documents / "briefing.md").rename(documents / "The Briefing.md")
    before = snapshot(archive)
    assert ingest(archive) == 0
    assert snapshot(archive) == before


def test_a_page_that_leads_out_of_the_archive_holds_no_capture(
    archive: SmallArchive, tmp_path: Path
) -> None:
    """What a file elsewhere says of a capture is not read."""
    capture = archive.write("content/captures/bridge.txt", ARTICLE)
    (tmp_path / "other.md").write_text(hashlib.sha256(capture.read_bytes()).hexdigest())
    (archive.root / "content/documents/other.md").symlink_to(tmp_path / "other.md")
    before = snapshot(archive)
    assert ingest(archive) == 0
    assert len(snapshot(archive)) == len(before) + 1


def test_the_same_capture_under_another_name_is_said(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy gets no second document, and a line says which one it has."""
    (archive.root / "content/captures/copy.txt").write_bytes(
        (archive.root / "content/captures/briefing.txt").read_bytes()
    )
    assert ingest(archive) == 0
    told = capsys.readouterr().out
    assert "copy.txt is content/documents/briefing.md already\n1 unchanged\n" in told


def test_a_page_of_the_archive_is_no_capture(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who names the document in the place of its capture does not get another."""
    before = snapshot(archive)
    assert ingest(archive, archive.root / "content/documents/briefing.md") == 1
    told = capsys.readouterr().err
    assert "error: content/documents/briefing.md is a page of the archive, and no capture" in told
    assert snapshot(archive) == before


def test_a_folder_that_cannot_be_written_is_named(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not the capture, which can be read, but where its draft was to go."""
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (tmp_path / "bridge.txt").write_text(ARTICLE)
    documents = archive.root / "content/documents"
    documents.chmod(0o500)
    try:
        assert ingest(archive, tmp_path / "bridge.txt") == 3
    finally:
        documents.chmod(0o700)
    told = capsys.readouterr().err
    assert f"bridge.txt: its draft cannot be written to {documents}: Permission denied" in told


def test_a_disk_that_is_full_is_named_by_the_archive(
    archive: SmallArchive,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is not that of the file that was read."""
    (tmp_path / "bridge.txt").write_text(ARTICLE)

    def refuse(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)

    assert ingest(archive, tmp_path / "bridge.txt") == 3
    assert f"cannot be written to {archive.root}/content: No space" in capsys.readouterr().err


def test_a_name_that_leaves_no_room_for_the_reading_is_said(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fault is the name's, not the disk's."""
    pytest.importorskip("trafilatura")
    name = "b" * 250 + ".html"
    archive.write(f"content/captures/{name}", f"<html><body><article><p>{ARTICLE}</p></article>")

    assert ingest(archive) == 3

    assert capsys.readouterr().err == (
        f"error: {name}: its name is too long to keep `{name}.reading.txt` beside it\n"
        "  help: give the file a shorter name\n"
    )


def test_a_capture_whose_draft_cannot_be_written_is_not_kept(
    archive: SmallArchive, tmp_path: Path
) -> None:
    """A capture without its document would look like an oversight; the disk's failure ends with 3."""
    (tmp_path / "bridge.txt").write_text(ARTICLE)
    documents = archive.root / "content/documents"
    documents.rename(tmp_path / "documents")
    documents.write_text("a file where the folder should be")
    before = snapshot(archive)

    assert ingest(archive, tmp_path / "bridge.txt") == 3
    assert snapshot(archive) == before


def test_pages_of_new_speakers_are_made_as_the_draft_says(archive: SmallArchive) -> None:
    """A draft names who has no page; deleted and made again with --create, its claims have them."""
    archive.write("content/captures/vote.txt", "The vote is lost\n\n“It is,” Ann Lee said.\n")
    ingest(archive)
    draft = "content/documents/the-vote-is-lost.md"
    way_out = "write one, or delete this draft and: sourcebook ingest --create"
    assert f"x-new-actors:   # without a page: {way_out}\n  - {{slug: ann-lee" in archive.read(
        draft
    )
    (archive.root / draft).unlink()
    assert ingest(archive, "--create") == 0
    assert "by: ann-lee" in archive.read(draft)
    assert "x-new-actors" not in archive.read(draft)
    assert "name: Ann Lee" in archive.read("content/actors/ann-lee.md")
    assert archive.messages() == []


@pytest.mark.parametrize("domain", ["reuters.com", "https://www.reuters.com/", "WWW.Reuters.com"])
def test_an_outlet_is_known_by_its_domain_as_people_write_it(
    archive: SmallArchive, domain: str
) -> None:
    """Copied out of the browser, it is the same domain."""
    pytest.importorskip("trafilatura")
    archive.write("content/outlets/reuters.md", f"---\nname: Reuters\ndomains: [{domain}]\n---\n")
    address = '<link rel="canonical" href="https://uk.reuters.com/bridge">'
    body = "".join(f"<p>{line}</p>" for line in ARTICLE.splitlines())
    page = f"<html><head><title>Bridge</title>{address}</head><body>{body}</body></html>"
    archive.write("content/captures/bridge.html", page)
    assert ingest(archive) == 0
    (draft,) = (archive.root / "content/documents").glob("*bridge.md")
    assert "\noutlet: reuters\n" in draft.read_text()


def test_a_new_outlet_is_that_of_the_document(archive: SmallArchive) -> None:
    """With --create the page of the outlet is made, and the document names it."""
    page = "---\ntitle: Vote lost\nsite: Valley Herald\n---\nThe budget was voted down on Friday.\n"
    archive.write("content/captures/vote.md", page)
    assert ingest(archive, "--create") == 0
    assert "outlet: valley-herald\n" in archive.read("content/documents/vote-lost.md")
    assert "name: Valley Herald" in archive.read("content/outlets/valley-herald.md")
    assert archive.messages() == []

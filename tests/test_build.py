"""``sourcebook build``: the whole site or none, the same for the same input, true to its captures."""

from __future__ import annotations

import hashlib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.cli import main
from sourcebook.text import normalise

DOCUMENT = "content/documents/briefing.md"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class TextOfPage(HTMLParser):
    """The text of ``#text`` less what is marked ``data-apparatus``, as the contract reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool, bool]] = []
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        inside, apparatus = self.open[-1][1:] if self.open else (False, False)
        inside = inside or given.get("id") == "text"
        self.open.append((tag, inside, apparatus or "data-apparatus" in given))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][1:] == (True, False):
            self.pieces.append(data)


def text_of(page: Path) -> str:
    parser = TextOfPage()
    parser.feed(page.read_text(encoding="utf-8"))
    return "".join(parser.pieces)


def build(archive: SmallArchive, *arguments: str) -> int:
    return main(["-C", str(archive.root), "build", "--no-search", *arguments])


def files_of(site: Path) -> dict[str, bytes]:
    return {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_the_page_reads_as_its_capture(archive: SmallArchive) -> None:
    """On the built site the text less the apparatus is the capture's, to the character."""
    assert build(archive) == 0
    page = archive.root / "site/documents/briefing/index.html"
    capture = archive.read("content/captures/briefing.txt")
    assert normalise(text_of(page)) == normalise(capture)


def test_the_example_archive_reads_as_its_captures(tmp_path: Path) -> None:
    """Each of the five captures is transcribed to the character, on the site as it is published."""
    root = Path(__file__).parents[1]
    assert main(["-C", str(root), "build", "--no-search", "-o", str(tmp_path / "site")]) == 0
    pages = sorted((tmp_path / "site/documents").glob("*/index.html"))
    assert len(pages) == 5
    for page in pages:
        document = root / "content/documents" / f"{page.parent.name}.md"
        fingerprint = hashlib.sha256(normalise(text_of(page)).encode()).hexdigest()
        assert f"\ntranscription: {fingerprint}\n" in document.read_text(encoding="utf-8")


def test_a_failing_build_leaves_the_old_site_as_it_was(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """One changed character of a page stops the build; not a byte of the site changes."""
    build(archive)
    before = files_of(archive.root / "site")
    archive.replace(DOCUMENT, "refugees worse", "refugees worst")
    assert build(archive) == 1
    output = capsys.readouterr()
    assert "transcription-differs" in output.out
    assert "the old site stands as it was" in output.err
    assert files_of(archive.root / "site") == before


def test_a_first_build_that_fails_speaks_of_no_site(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is none yet that could stand as it was."""
    archive.replace(DOCUMENT, "refugees worse", "refugees worst")
    assert build(archive) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "not built"


def test_two_builds_of_the_same_input_are_the_same(archive: SmallArchive, tmp_path: Path) -> None:
    """Byte for byte, the search index too."""
    for name in ("one", "two"):
        assert main(["-C", str(archive.root), "build", "-o", str(tmp_path / name)]) == 0
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_without_an_address_a_build_says_what_it_leaves_out(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """No url: no canonical links, sitemap and feeds, and one line that says so."""
    assert build(archive) == 0
    assert "no `url` in archive.yaml" in capsys.readouterr().out
    names = files_of(archive.root / "site")
    assert "sitemap.xml" not in names
    assert "feed.xml" not in names
    assert build(archive, "--base-url", "https://example.org/a/") == 0
    names = files_of(archive.root / "site")
    assert b"https://example.org/a/documents/briefing/" in names["sitemap.xml"]
    assert "actors/dmitry-peskov/feed.xml" in names
    assert b'rel="canonical" href="https://example.org/a/"' in names["index.html"]


def test_an_address_that_is_none_is_refused(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """--base-url is held to what `url` in the settings is held to."""
    assert build(archive, "--base-url", "example.org/a") == 2
    assert "`example.org/a` is not the whole address of a folder" in capsys.readouterr().err
    assert not (archive.root / "site").exists()


@pytest.mark.parametrize("address", ["https://example.org/?page=1", "https://example.org/#top"])
def test_the_site_stands_in_a_folder(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    """An address with `?` or `#` has no pages below it: wrong use, and a wrong setting."""
    assert main(["-C", str(archive.root), "build", "--base-url", address]) == 2
    assert f"`{address}` is not the whole address of a folder" in capsys.readouterr().err
    archive.write("archive.yaml", f"title: A small archive\nurl: {address}\n")
    assert main(["-C", str(archive.root), "check"]) == 2
    assert "archive.yaml:2:6: error[invalid-url]: `url` is " in capsys.readouterr().out


def test_a_folder_that_is_not_ours_is_never_replaced(archive: SmallArchive, tmp_path: Path) -> None:
    """A full folder after -o is refused, and stays as it is."""
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "cat.jpg").write_bytes(b"miaow")
    assert build(archive, "-o", str(photos)) == 2
    assert files_of(photos) == {"cat.jpg": b"miaow"}


@pytest.mark.parametrize("folder", ["content/captures/site", "content/new", "themes/site"])
def test_a_site_never_goes_among_what_it_is_made_of(
    folder: str, archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next check would take its files for captures, pages and templates."""
    assert build(archive, "-o", str(archive.root / folder)) == 2
    assert f"lies in {folder.partition('/')[0]}/" in capsys.readouterr().err
    assert not (archive.root / folder).exists()


def test_an_archive_in_a_folder_with_spaces_and_accents_is_built(
    archive: SmallArchive, tmp_path: Path
) -> None:
    """Paths are data, not words of a command."""
    moved = archive.root.rename(tmp_path / "Mes archives été")
    assert main(["-C", str(moved), "build"]) == 0
    assert (moved / "site/search/index.html").is_file()


def test_what_comes_from_content_is_never_markup(archive: SmallArchive) -> None:
    """A title, a name and a note that look like HTML are shown as they are written."""
    archive.replace(DOCUMENT, "title: Kremlin briefing", "title: <script>alert(1)</script>")
    archive.write("content/actors/dmitry-peskov.md", '---\nname: "<b>P</b> {{ 7*7 }}"\n---\n')
    assert build(archive) == 0
    for page in (archive.root / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script>alert(1)" not in text
        assert "<b>P</b>" not in text
    listed = (archive.root / "site/actors/index.html").read_text(encoding="utf-8")
    assert "{{ 7*7 }}" in listed


def test_captures_are_published_only_where_asked_and_never_as_live_html(
    archive: SmallArchive,
) -> None:
    """``publish: {captures: true}`` puts them under /captures/; HTML gets a harmless name."""
    assert build(archive) == 0
    assert not (archive.root / "site/captures").exists()
    archive.write("archive.yaml", "title: A small archive\npublish: {captures: true}\n")
    assert build(archive) == 0
    published = archive.root / "site/captures/briefing.txt"
    assert published.read_bytes() == (archive.root / "content/captures/briefing.txt").read_bytes()


def test_the_site_is_the_same_however_many_processes_render_it(
    archive: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """-j changes how long a build takes, not a byte of what it writes."""
    monkeypatch.setattr("sourcebook.rendering._WORTH_SHARING", 1)
    for jobs in ("1", "3"):
        assert build(archive, "-j", jobs, "-o", str(tmp_path / jobs)) == 0
    assert files_of(tmp_path / "1") == files_of(tmp_path / "3")
    assert build(archive, "-j", "0") == 2

"""What pages weigh as they are sent: the example archive's, and what a theme may send with them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site

PAGE, SHEETS, SCRIPTS, FONTS = 60_000, 20_000, 15_000, 150_000
"""Bytes at most, gzipped; the first of all but fonts, the last of all fonts together."""

HEAVIEST = (
    "index.html",
    "documents/index.html",
    "documents/world-page-2017/index.html",
    "documents/gusnews-aleppo-thread/index.html",
    "claims/index.html",
    "claims/ea-worldview-2017-01-27/no-consultation/index.html",
    "actors/index.html",
    "actors/russia/index.html",
    "topics/index.html",
    "topics/safe-zones/index.html",
    "outlets/rt/index.html",
    "questions/index.html",
    "questions/astana-outcome/index.html",
    "compare/index.html",
    "compare/ea-worldview-2017-01-27/world-page-2017/index.html",
    "topics/syrian-war/outlets/index.html",
    "timeline/index.html",
    "about/index.html",
    "404.html",
)


def sent(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def loaded(page: Path, pattern: str) -> Iterator[Path]:
    """The files of the site that *page* loads by itself, of one kind."""
    for address in re.findall(pattern, page.read_text()):
        yield page.parent / address.split("?")[0]


@pytest.mark.parametrize("path", HEAVIEST)
def test_a_page_is_light(example: Path, path: str) -> None:
    """A page with its sheets and scripts comes over a slow line, too."""
    page = example / path
    sheets = sum(map(sent, loaded(page, r'<link rel="stylesheet" href="([^"]+)"')))
    scripts = sum(map(sent, loaded(page, r'<script src="([^"]+)"')))

    assert sheets <= SHEETS
    assert scripts <= SCRIPTS
    assert sent(page) + sheets + scripts <= PAGE


def test_fonts_are_light(example: Path) -> None:
    """All fonts together are less than a page may load of them."""
    fonts = [*(example / "assets/fonts").glob("*.woff2")]

    assert fonts
    assert sum(font.stat().st_size for font in fonts) < FONTS


def test_what_is_said_to_editors_is_not_sent(archive: SmallArchive) -> None:
    """The default theme's comments stay at home; an archive's own assets are sent as they are."""
    own = "/* ours */ body { color: red }\n"
    archive.write("themes/default/assets/style.css", own)
    folder = archive.root / "site"
    build_site(archive.root, BuildOptions(folder, search=False))
    assets = folder / "assets"

    assert (assets / "style.css").read_text() == own
    assert "/*" not in (assets / "document.css").read_text()
    assert "\n//" not in (assets / "reader.js").read_text()
    assert "  // " not in (assets / "document.js").read_text()

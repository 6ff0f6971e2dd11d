"""What pages weigh as they are sent: the example archive's, and what a theme may send with them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site

PAGE, SHEETS, SCRIPTS, FONTS = 60_000, 20_000, 15_000, 150_000
"""Bytes at most, gzipped; the first of all but fonts, the last of all fonts together."""


def sent(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def loaded(page: Path, pattern: str) -> Iterator[Path]:
    """The files of the site that *page* loads by itself, of one kind."""
    for address in re.findall(pattern, page.read_text()):
        yield (page.parent / address.split("?")[0]).resolve()


def test_every_page_is_light(example: Path) -> None:
    """Each page of the example comes over a slow line, too, with its sheets and scripts."""
    sent_once = cache(sent)
    heavy, seen = {}, set()
    for page in sorted(example.rglob("*.html")):
        sheets = sum(map(sent_once, loaded(page, r'<link rel="stylesheet" href="([^"]+)"')))
        scripts = sum(map(sent_once, loaded(page, r'<script src="([^"]+)"')))
        whole = sent(page) + sheets + scripts
        if sheets > SHEETS or scripts > SCRIPTS or whole > PAGE:
            heavy[str(page.relative_to(example))] = (whole, sheets, scripts)
        seen.add(page.relative_to(example).parts[0])

    assert heavy == {}
    assert len(seen) > 10


def test_fonts_are_light(example: Path) -> None:
    """All fonts together are less than a page may load of them."""
    fonts = [*(example / "assets/fonts").glob("*.woff2")]

    assert fonts
    assert sum(font.stat().st_size for font in fonts) < FONTS


def test_what_is_there_for_editors_is_not_sent(archive: SmallArchive) -> None:
    """The default theme's comments and indents stay at home; an archive's own assets do not."""
    own = "/* ours */ body { color: red }\n"
    archive.write("themes/default/assets/style.css", own)
    folder = archive.root / "site"
    build_site(archive.root, BuildOptions(folder, search=False))
    assets = folder / "assets"

    assert (assets / "style.css").read_text() == own
    assert "/*" not in (assets / "document.css").read_text()
    assert "\n//" not in (assets / "reader.js").read_text()
    assert "// " not in (assets / "document.js").read_text()
    assert "\n " not in (assets / "document.js").read_text()
    assert "\n " not in (assets / "document.css").read_text()

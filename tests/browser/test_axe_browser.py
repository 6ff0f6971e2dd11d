"""Every kind of page before axe: in light and dark, on a phone and a desk, in both directions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import page_of_every_kind
from sourcebook.build import BuildOptions, build_site

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = pytest.mark.browser

TESTS = Path(__file__).parents[1]
ARCHIVES = {"example": TESTS.parent, "multilingual": TESTS / "archives" / "multilingual"}

# Of what is long the first rows say what all of them do.
SHORTEN = """() => document.querySelectorAll(
  ":is(tr, li):nth-child(n + 13), #text > :nth-child(n + 60)").forEach((one) => one.remove())"""
RUN = """(rules) => axe.run(document, { ...rules, resultTypes: ["violations"], preload: false }).then(
  ({ violations }) => violations.map((one) => `${one.id}: ${one.nodes.length}, first ${one.nodes[0].html}`)
)"""

# Not run by axe unless it is asked for.
ALL_RULES = {
    "rules": {"target-size": {"enabled": True}, "label-content-name-mismatch": {"enabled": True}}
}
# All that another colour scheme can change.
RULES_OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}


@pytest.fixture(scope="module")
def axe() -> str:
    """The program that is run in each page; it is in a package, and nothing is fetched."""
    package = pytest.importorskip("axe_playwright_python", reason="needs `axe-playwright-python`")
    return (Path(package.__path__[0]) / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("archive_name", "language"),
    [("example", "en"), ("multilingual", "ar"), ("multilingual", "fr")],
)
def test_axe_finds_nothing(
    browser: playwright.Browser, tmp_path: Path, axe: str, archive_name: str, language: str
) -> None:
    """No kind of page has a violation in three widths, light and dark, from left and from right."""
    source, archive, site = ARCHIVES[archive_name], tmp_path / "archive", tmp_path / "site"
    shutil.copytree(source / "content", archive / "content")
    settings = (source / "archive.yaml").read_text(encoding="utf-8")
    own = settings.replace("languages: [en]", f"languages: [{language}]")
    own = own.replace("languages: [ar]", f"languages: [{language}]")
    (archive / "archive.yaml").write_text(own, encoding="utf-8")
    build_site(archive, BuildOptions(site, search=False))
    page = browser.new_page()
    found = {}
    pages = [page.as_uri() for page in page_of_every_kind(site)]
    for address in pages:
        page.goto(address)
        page.evaluate(SHORTEN)
        page.evaluate(f"{axe}; null")
        for width, scheme, rules in (
            (320, "light", ALL_RULES),
            (320, "dark", RULES_OF_COLOUR),
            (768, "light", {"runOnly": ["target-size"]}),
            (1280, "dark", RULES_OF_COLOUR),
            (1280, "light", ALL_RULES),
        ):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if violations := page.evaluate(RUN, rules):
                found[address.removeprefix(site.as_uri()), width, scheme] = violations
    page.close()

    assert len(pages) > 15
    assert found == {}

"""What all pages share: pieces that are made once, and how templates become pages."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site
from sourcebook.preview import Preview
from sourcebook.serve import Changes, stay
from sourcebook.views.document import DocumentView

LISTS = ("claims/index.html", "actors/dmitry-peskov/index.html", "outlets/reuters/index.html")
"""Pages of two depths on which the claim of the small archive stands."""


def build(archive: SmallArchive) -> Path:
    site = archive.root / "site"
    assert build_site(archive.root, BuildOptions(site, search=False)).output is not None
    return site


@pytest.mark.parametrize("page", LISTS)
def test_a_claim_is_linked_from_pages_of_every_depth(archive: SmallArchive, page: str) -> None:
    """The line of a claim is made once, and leads to its passage from wherever it stands."""
    site = build(archive)

    text = (site / page).read_text(encoding="utf-8")
    places = re.findall(r'href="([^"#]+)#claim-no-consultation"', text)

    assert places
    assert all(
        (site / page).parent.joinpath(place).resolve() == site / "documents/briefing/index.html"
        for place in places
    )


def test_a_preview_shows_what_a_claim_says_now(archive: SmallArchive) -> None:
    """Pieces outlive a build of the running server, and none of them what it was made of."""
    options = BuildOptions(archive.root / "preview", has_url=False, drafts=True, search=False)
    preview = Preview(archive.root, options, print)
    preview.build(Changes(everything=True))
    document = "content/documents/briefing.md"
    archive.replace(
        document, "by: dmitry-peskov", "by: dmitry-peskov\n    says: Nobody asked Moscow."
    )
    outcome = preview.build(Changes(frozenset([archive.root / document])))
    while outcome.follow_up is not None:
        outcome = outcome.follow_up(stay)

    pages = [(options.output / page).read_text(encoding="utf-8") for page in LISTS]

    assert all("Nobody asked Moscow." in page for page in pages)


def test_templates_escape_what_is_not_markup_yet(archive: SmallArchive) -> None:
    """Each value once, whether it is text, markup, or what a macro made of either."""
    archive.write("archive.yaml", "title: Salt & <pepper>\ntheme: mine\n")
    archive.write(
        "themes/mine/templates/about.html",
        "{% macro twice(text) %}{{ text }} {{ text }}{% endmacro %}"
        "{{ page.site_title }} / {{ twice(page.site_title) }} / {{ '<b>'|safe }} / {{ 1 < 2 }}",
    )

    told = (build(archive) / "about/index.html").read_text(encoding="utf-8")

    escaped = "Salt &amp; &lt;pepper&gt;"
    assert told == f"{escaped} / {escaped} {escaped} / <b> / True"


def test_a_template_may_use_any_name_for_something_of_its_own(archive: SmallArchive) -> None:
    """What all templates may name is no more than a proposal; macros take names and defaults."""
    archive.write("archive.yaml", "title: Salt\ntheme: mine\n")
    archive.write(
        "themes/mine/templates/about.html",
        "{% macro pair(comma, number=2) %}{{ comma }}{{ number }}{% endmacro %}"
        "{% macro around() %}[{{ caller() }}]{% endmacro %}"
        "{% set root = 'salt' %}{{ root }} / {{ pair(';') }} / {{ pair(number=3, comma='.') }}"
        " / {% call around() %}{{ semicolon }}{% endcall %} / {{ say('list.comma') }}",
    )

    told = (build(archive) / "about/index.html").read_text(encoding="utf-8")

    assert told == "salt / ;2 / .3 / [; ] / , "


def test_a_page_leaves_nothing_behind_that_somebody_has_to_look_for(archive: SmallArchive) -> None:
    """What a page was made of is gone with it: no circle of references keeps it in memory."""
    gc.disable()
    try:
        build(archive)
        kept = [type(one).__name__ for one in gc.get_objects() if isinstance(one, DocumentView)]
    finally:
        gc.enable()

    assert not kept


def test_no_words_are_taken_for_a_sign_of_the_templates(archive: SmallArchive) -> None:
    """What stands for the way to the root while a page is made stays itself in a text and a name."""
    archive.replace("content/documents/briefing.md", "title: Kremlin", "title: The <> Kremlin")
    archive.replace("content/actors/dmitry-peskov.md", "name: Dmitry", "name: Dmitry <>")

    page = (build(archive) / "documents/briefing/index.html").read_text(encoding="utf-8")

    assert "<title>The &lt;&gt; Kremlin briefing" in page
    assert ">Dmitry &lt;&gt; Peskov</a>" in page
    assert '"name":"The \\u003c\\u003e Kremlin briefing"' in page
    assert "<>" not in page

"""Links to the words of a claim in the page as it is published now."""

from __future__ import annotations

import re
from html import unescape

import pytest

from conftest import SmallArchive
from sourcebook.anchors import Span
from sourcebook.build import BuildOptions, build_site
from sourcebook.views.live import live_address

DOCUMENT = "content/documents/briefing.md"
CLAIM = "claims/briefing/no-consultation/index.html"
URL = "https://example.org/briefing"


def address_of(text: str, *passages: str, url: str = URL) -> str | None:
    """The address of the last place of each passage."""
    starts = [text.rindex(passage) for passage in passages]
    pairs = zip(starts, passages, strict=True)
    return live_address(url, text, [Span(start, start + len(words)) for start, words in pairs])


@pytest.mark.parametrize(
    ("text", "passages", "directives"),
    [
        ("He said it was over.", ["it was over"], "text=it%20was%20over"),
        # A hyphen, a comma and an ampersand are signs of a directive.
        ("A so-called, R&D zone", ["so-called, R&D"], "text=so%2Dcalled%2C%20R%26D"),
        # A long passage may go over several elements of the page: its ends are named.
        ("a b c d e f g h i j.", ["a b c d e f g h i"], "text=a%20b%20c%20d,f%20g%20h%20i"),
        ("one two", ["one", "two"], "text=one&text=two"),
    ],
)
def test_words_are_named_as_browsers_look_for_them(
    text: str, passages: list[str], directives: str
) -> None:
    """Encoded, by the ends of what is long, one directive for each passage."""
    assert address_of(text, *passages) == f"{URL}#:~:{directives}"


def test_words_that_come_twice_are_told_apart() -> None:
    """What the text says earlier is named with the words before it; an early end, with those behind."""
    assert address_of("We do agree. They do agree.", "do agree") == (
        f"{URL}#:~:text=They-,do%20agree"
    )
    early = "a b c d x f g h i y f g h i and so it goes"
    assert address_of(early, "a b c d x f g h i y f g h i") == (
        f"{URL}#:~:text=a%20b%20c%20d,f%20g%20h%20i,-and"
    )


def test_only_a_page_on_the_web_has_an_address() -> None:
    """Nothing is linked but http and https, and a fragment of the address gives way."""
    assert address_of("one two", "one", url="javascript:alert(1)") is None
    assert address_of("one two", "one", url=f"{URL}#top") == f"{URL}#:~:text=one"


def test_a_claim_leads_to_its_words_in_the_page_as_published(archive: SmallArchive) -> None:
    """Beside the citation, where the document's address is known; else nothing is offered."""
    assert build_site(archive.root, BuildOptions(archive.root / "site", search=False)).output
    assert ":~:text=" not in (archive.root / "site" / CLAIM).read_text()

    archive.replace(DOCUMENT, "outlet: reuters\n", f"outlet: reuters\nurl: {URL}\n")
    assert build_site(archive.root, BuildOptions(archive.root / "site", search=False)).output
    page = (archive.root / "site" / CLAIM).read_text()
    link = re.search(r'href="([^"]+:~:[^"]+)"', page)

    assert link is not None
    assert unescape(link[1]) == (
        f"{URL}#:~:text=Our%20American%20partners%20did%20not%20consult%20with%20Russia"
    )

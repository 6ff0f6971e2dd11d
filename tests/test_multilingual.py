"""An archive of Arabic, French and Russian texts, read in Arabic and in French.

It stands in ``archives/multilingual``; its texts were written for these tests.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

import sourcebook
from sourcebook.build import BuildOptions, BuildReport, build_site
from sourcebook.checked import check_archive
from sourcebook.messages import Catalogue, read_catalogue

ARCHIVE = Path(__file__).parent / "archives" / "multilingual"
LANGUAGES = Path(sourcebook.__file__).parent / "languages"
SHOWN = ("alt", "aria-label", "content", "data-done", "data-o", "label", "placeholder", "title")
"""Attributes whose text a reader sees or hears."""

DATA = ("script", "style")


@dataclass(frozen=True, slots=True)
class Site:
    """A built site."""

    folder: Path
    report: BuildReport

    def html(self, path: str) -> str:
        """A page's source; *path* as in its address."""
        return (self.folder / path / "index.html").read_text("utf-8")

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page, with its path."""
        for path in sorted(self.folder.rglob("*.html")):
            yield path.relative_to(self.folder).as_posix(), path.read_text("utf-8")


class Words(HTMLParser):
    """What a reader meets on a page: its text, and the attributes that are shown or read out.

    Addresses are left out; of the words that the search page gives its script, the texts are in.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.element = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.element = given.get("id") or tag if tag in DATA else ""
        if tag != "meta" or given.get("name") == "description":
            for name, value in attrs:
                if name in SHOWN and value:
                    self.add(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in DATA:
            self.element = ""

    def handle_data(self, data: str) -> None:
        if self.element == "search-words":
            for text in re.findall(r'(?<=:)\s*"((?:[^"\\]|\\.)*)"', data):
                self.add(re.sub(r"\{\w+\}", " ", str(json.loads(f'"{text}"'))))
        elif not self.element:
            self.add(data)

    def add(self, text: str) -> None:
        words = " ".join(re.sub(r"https?://\S+", " ", text).split())
        if words:
            self.found.append(words)


def build(language: str, folder: Path) -> Site:
    """The archive, built with its interface in *language*."""
    root = folder / "archive"
    shutil.copytree(ARCHIVE, root)
    settings = root / "archive.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("languages: [ar]", f"languages: [{language}]"), "utf-8")
    report = build_site(root, BuildOptions(folder / "site"))
    return Site(folder / "site", report)


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The archive in Arabic."""
    return build("ar", tmp_path_factory.mktemp("ar"))


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The archive in French."""
    return build("fr", tmp_path_factory.mktemp("fr"))


def catalogue(language: str) -> Catalogue:
    return read_catalogue((LANGUAGES / f"{language}.toml").read_text("utf-8"))


def phrases(language: str) -> set[str]:
    """The texts of a catalogue between the values that are filled in, without markup."""
    own = catalogue(language)
    texts = [
        *own.texts.values(),
        *(text for forms in own.forms.values() for text in forms.values()),
    ]
    pieces = [piece for text in texts for part in text[::2] for piece in re.split(r"<[^>]*>", part)]
    pieces += [name for names in own.names.values() for name in names]
    return {piece.strip(" .,:;“”()") for piece in pieces if re.search(r"[a-z]{3}", piece)}


def test_texts_in_every_script_are_the_capture_s(arabic: Site) -> None:
    """Vowel signs, joiners and bidirectional marks are spelling: they stand on the page as captured."""
    checked = check_archive(ARCHIVE)

    assert [diagnostic.message for diagnostic in checked.diagnostics] == []
    assert {one.status for one in checked.verifications.values()} == {"equal"}
    text = re.sub(r"<[^>]+>", "", arabic.html("documents/al-jisr-library"))
    assert "سَنَفتَحُ المكتبةَ" in text
    assert "«می\u200cخوانیم»" in text
    assert "\u200f12,400\u200f" in text
    assert "\u200e«Projet Lumière»\u200e" in text


def test_claims_are_placed_in_arabic_text(arabic: Site) -> None:
    """A quote with vowel signs and bidirectional marks is found, and marked in its text."""
    html = arabic.html("documents/al-jisr-library")

    marked = re.findall(r'<mark[^>]* id="claim-([a-z-]+)"', html)
    assert marked == ["opening-day", "books", "project", "delay"]


@pytest.mark.parametrize(
    ("language", "opening"),
    [("ar", '<html lang="ar" dir="rtl">'), ("fr", '<html lang="fr" dir="ltr">')],
)
def test_every_page_says_its_language_and_direction(
    language: str, opening: str, request: pytest.FixtureRequest
) -> None:
    """Also the page for an address that leads nowhere."""
    site: Site = request.getfixturevalue({"ar": "arabic", "fr": "french"}[language])

    assert site.report.summary.missing_texts is None
    assert [path for path, html in site.pages() if opening not in html] == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_text_of_the_english_catalogue_is_left(
    language: str, request: pytest.FixtureRequest
) -> None:
    """What the archive says, it says in the language of its settings."""
    site: Site = request.getfixturevalue({"ar": "arabic", "fr": "french"}[language])
    english = phrases("en") - phrases(language)
    held = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, english))})(?!\w)")
    own = " ".join(phrases(language))

    left = {
        (path, match[1])
        for path, html in site.pages()
        for words in Words(html).found
        if (match := held.search(words)) and match[1] not in own
    }
    sources = "\n".join(file.read_text("utf-8") for file in ARCHIVE.rglob("*.txt"))
    assert {one for one in left if one[1] not in sources} == set()


def test_latin_words_on_arabic_pages_are_names_and_sources(arabic: Site) -> None:
    """No word outside the catalogue is English: neither a template nor a module speaks by itself."""
    files = [file for file in ARCHIVE.rglob("*") if file.suffix in (".md", ".txt", ".yaml")]
    known = "\n".join(
        re.sub(r"(?m)(^|\{| )\s*-? ?[a-z_]+:", " ", file.read_text("utf-8")) + f" {file.stem}"
        for file in [*files, LANGUAGES / "ar.toml"]
    )
    allowed = set(re.findall(r"[A-Za-zÀ-ÿ]+", known)) | {"https", "example", "org", "sha"}

    strange = {
        (path, word)
        for path, html in arabic.pages()
        for words in Words(html).found
        for word in re.findall(r"[A-Za-zÀ-ÿ]{3,}", words)
        if word not in allowed and word != "n" and not re.fullmatch(r"[0-9a-f]+", word)
    }
    assert strange == set()


def test_a_document_keeps_its_own_language(arabic: Site) -> None:
    """On an Arabic page a French text is French, from left to right, and the cards in it are Arabic."""
    html = arabic.html("documents/radio-essai-library")

    assert re.search(
        r'<h1 id="title" lang="fr" dir="ltr">La bibliothèque se fait attendre</h1>', html
    )
    assert re.search(r'id="text"[^>]* lang="fr" dir="ltr"', html)
    assert re.search(r'class="cards"[^>]* lang="ar" dir="rtl"', html)


def test_names_are_shown_in_the_language_of_the_interface(arabic: Site, french: Site) -> None:
    """An actor has one name a language; the others stand below it, each with its direction."""
    in_arabic, in_french = (site.html("actors/maryam-salem") for site in (arabic, french))

    assert re.search(r"<h1[^>]*>مريم سالم</h1>", in_arabic)
    assert re.search(r"<h1[^>]*>Maryam Salem</h1>", in_french)
    assert '<bdi lang="ar" dir="rtl">مريم سالم</bdi>' in in_french
    assert '<bdi lang="ru" dir="ltr">Марьям Салем</bdi>' in in_arabic


def test_a_translation_and_its_original_lead_to_each_other(french: Site) -> None:
    """Each names the other, and its language."""
    original = french.html("documents/al-jisr-library")
    translation = french.html("documents/al-jisr-library-fr")

    assert re.search(r"Original \(arabe\).*?al-jisr-library/index\.html", translation, re.DOTALL)
    assert re.search(
        r"Traduction \(français\).*?al-jisr-library-fr/index\.html", original, re.DOTALL
    )


def test_a_translation_stands_beside_its_original(french: Site) -> None:
    """Paragraph beside paragraph, each in its language and direction, on a page of its own."""
    html = french.html("documents/al-jisr-library-fr/original")

    rows = html.split('<div class="row words">')[1:]
    assert len(rows) == 5
    assert 'lang="ar" dir="rtl"><p>قالت' in rows[2]
    assert 'lang="fr" dir="ltr"><p>« Nous ouvrirons' in rows[2]
    translation = french.html("documents/al-jisr-library-fr")
    assert "documents/al-jisr-library-fr/original/index.html" in translation


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("documents/al-jisr-library", "28 avril 2031"),
        ("documents/radio-essai-library", "avril 2031 environ"),
        ("documents/listok-library", "entre le 28 avril et le 1er mai 2031"),
        ("claims", "27 avril, année non indiquée"),
        ("actors/maryam-salem", "entre septembre 2029 et le 1er mai 2031"),
    ],
)
def test_dates_are_said_in_french(french: Site, path: str, words: str) -> None:
    """Months, articles and the first of a month, as the language has them."""
    assert words in french.html(path)


def test_dates_are_said_in_arabic(arabic: Site) -> None:
    """With both names of the month, and digits as in the rest of the page."""
    assert "نحو أبريل/نيسان 2031" in arabic.html("documents/radio-essai-library")
    assert "بين 28 أبريل/نيسان و1 مايو/أيار 2031" in arabic.html("documents/listok-library")


def test_punctuation_is_that_of_the_language(arabic: Site, french: Site) -> None:
    """Lists, quotation marks and semicolons that templates write."""
    pages = (site.html("documents/al-jisr-library") for site in (arabic, french))
    in_arabic, in_french = ("".join(Words(page).found) for page in pages)

    assert "«" in in_arabic
    assert "“" not in in_arabic
    assert "“" not in in_french
    assert not re.search(r"[\u0621-\u064a], ", in_arabic)


def test_feeds_and_the_search_index_are_in_their_languages(arabic: Site) -> None:
    """An index for each language of the texts, and the archive's own words in the feed."""
    indexes = {folder.name for folder in (arabic.folder / "pagefind").iterdir()}
    feed = (arabic.folder / "feed.xml").read_text("utf-8")

    assert {"ar", "fr", "ru"} <= indexes
    assert '<entry xml:lang="fr">' in feed
    assert "أرشيف تجريبي بأربع لغات" in feed

"""The interface in its languages: complete catalogues, counts, fallbacks, and what a page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sourcebook
from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site
from sourcebook.layout import default_theme_folder
from sourcebook.messages import (
    catalogue_file,
    describe_missing,
    load_messages,
    plural_rule,
    read_catalogue,
)
from sourcebook.messages.translating import begin_catalogue, find_gaps
from sourcebook.text import normalise

FOLDER = Path(sourcebook.__file__).parent / "languages"
ENGLISH = read_catalogue((FOLDER / "en.toml").read_text("utf-8"))
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_all_that_the_english_one_says(language: str) -> None:
    """Every key, every value to fill in, and the plural forms that the language needs."""
    catalogue = read_catalogue((FOLDER / f"{language}.toml").read_text("utf-8"))

    assert list(find_gaps(catalogue, ENGLISH, language)) == []


def test_french_and_arabic_are_there() -> None:
    """English is not the only language of the interface."""
    assert {"ar", "en", "fr"} <= set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {0: "other", 1: "one", 2: "other"}),
        ("fr", {0: "one", 1: "one", 2: "other"}),
        ("pt-BR", {0: "one", 1: "one", 2: "other"}),
        ("ar", {0: "zero", 1: "one", 2: "two", 3: "few", 11: "many", 100: "other", 103: "few"}),
        ("ru", {1: "one", 2: "few", 5: "many", 11: "many", 12: "many", 21: "one", 102: "few"}),
        ("pl", {1: "one", 2: "few", 12: "many", 21: "many", 22: "few"}),
        ("ja", {1: "other", 2: "other"}),
        ("xx", {1: "one", 2: "other"}),
    ],
)
def test_a_language_counts_as_the_cldr_says(language: str, forms: dict[int, str]) -> None:
    """A number takes the form that its language has for it."""
    assert {n: plural_rule(language).form_of(n) for n in forms} == forms


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "لا وثائق"),
        (1, "وثيقة واحدة"),
        (2, "وثيقتان"),
        (3, "3 وثائق"),
        (11, "11 وثيقة"),
        (1200, "1,200 وثيقة"),
    ],
)
def test_arabic_counts_in_six_forms(n: int, words: str) -> None:
    """Nothing, one and two are words; from three on the number stands before its noun."""
    assert load_messages("ar").say("count.documents", n=n) == words


def test_numbers_are_written_as_the_language_writes_them() -> None:
    """A thin no-break space in French, a comma in Arabic; the decimal sign too."""
    assert load_messages("fr").number(12400.5) == "12\u202f400,5"
    assert load_messages("ar").number(12400) == "12,400"


def test_the_same_texts_are_one_object() -> None:
    """What is kept by the texts it was made with is found without comparing hundreds of texts."""
    assert load_messages("fr-CA") is load_messages("fr-CA")


def test_french_has_a_thin_no_break_space_at_its_signs() -> None:
    """No line ever begins with a question mark, and none ends with an opening quotation mark."""
    text = (FOLDER / "fr.toml").read_text("utf-8")
    values = "\n".join(line.partition(" = ")[2] for line in text.splitlines() if line[:1] != "#")

    assert re.findall(r"(?<=[ \u00a0\w])(?<!&\w{2})[ \u00a0][;:!?»]|«(?!\u202f)", values) == []


def test_a_regional_language_needs_only_what_it_says_otherwise() -> None:
    """``fr-CA`` has no catalogue of its own, and is French."""
    messages = load_messages("fr-CA")

    assert messages.language == "fr"
    assert messages.say("nav.questions") == "Questions"
    assert describe_missing("fr-CA", messages) is None


def test_a_value_written_the_other_way_keeps_to_itself() -> None:
    """A Latin name in an Arabic sentence is isolated, so that the number after it stays behind it."""
    arabic, english = load_messages("ar"), load_messages("en")

    assert "\u2068Radio Essai\u2069" in arabic.say("related.speakers", names="Radio Essai")
    assert "\u2068" not in arabic.say("related.speakers", names="مريم سالم")
    assert "\u2068مريم\u2069" in english.say("related.speakers", names="مريم")


def test_a_value_that_turns_what_follows_keeps_to_itself() -> None:
    """A name that ends in an override leaves the date behind it as it is: "2017", and not "7102"."""
    english = load_messages("en")

    assert english.isolate_element("Reuters\u202e") == "<bdi>Reuters\u202e</bdi>"
    assert "\u2068Reuters\u202e\u2069" in english.say("related.speakers", names="Reuters\u202e")


def test_a_language_without_a_catalogue_is_english_and_the_build_says_so() -> None:
    """Who asks for Portuguese learns that there is none yet, and how to add it."""
    messages = load_messages("pt")

    assert messages.language == "en"
    assert describe_missing("pt", messages) == (
        "the interface has no `pt` yet and is in English; Sourcebook's CONTRIBUTING.md says how to"
        " add a language"
    )


def test_a_new_catalogue_has_every_key_and_shows_its_english_text() -> None:
    """It can be filled in line by line, and used before it is complete."""
    english = (FOLDER / "en.toml").read_text("utf-8")
    text = begin_catalogue(english, "ru")

    blank = re.sub(r'""', '"x"', text)
    filled = read_catalogue(blank)
    assert read_catalogue(text).texts == {}
    assert filled.texts.keys() == ENGLISH.texts.keys()
    assert filled.forms.keys() == ENGLISH.forms.keys()
    assert filled.forms["count.claims"].keys() == {"one", "few", "many"}
    assert '# "Questions"\nquestions = ""' in text


def test_what_a_catalogue_gets_wrong_is_named() -> None:
    """A missing text, a value nobody gives, a form that is lacking: each in a sentence."""
    wrong = read_catalogue(
        '[home]\nplaceholder = "{slovo}"\n[count]\nclaims = { one = "{n} a", few = "{n} b" }\n'
    )

    gaps = set(find_gaps(wrong, ENGLISH, "ru"))
    assert "home.placeholder asks for {slovo}, which nobody gives" in gaps
    assert "count.claims has no form `many`" in gaps
    assert "home.part is missing" in gaps


def test_texts_that_are_missing_are_english_and_the_build_names_them(
    archive: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalogue that lacks a text serves all the same."""
    half = tmp_path / "pt.toml"
    half.write_text('[nav]\nquestions = "Perguntas"\n', encoding="utf-8")
    monkeypatch.setattr(
        "sourcebook.messages.catalogue_file",
        lambda language: half if language == "pt" else catalogue_file(language),
    )
    archive.write("archive.yaml", "title: Um arquivo\nlanguages: [pt]\n")

    report = build_site(archive.root, BuildOptions(tmp_path / "site", search=False))

    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert '<html lang="pt" dir="ltr">' in home
    assert "Perguntas" in home
    assert "Documents" in home
    assert report.summary.missing_texts is not None
    assert (
        "texts are in English, because pt.toml lacks number.separator"
        in report.summary.missing_texts
    )


def test_an_empty_list_of_languages_says_nothing(archive: SmallArchive) -> None:
    """The interface is in English, as where the setting is missing."""
    archive.write("archive.yaml", "title: An archive\nlanguages: []\n")
    build_site(archive.root, BuildOptions(archive.root / "site", search=False))

    assert '<html lang="en"' in (archive.root / "site/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_about_page_says_what_the_comparison_leaves_out(language: str) -> None:
    """Who compares a page with its capture alone is told each sign that goes, and no other."""
    about = str(load_messages(language).say("about.fidelity-text"))
    signs = [sign for sign in map(chr, range(0x21, 0x10000)) if normalise(f"a{sign}") == f"a{sign}"]
    gone = {chr(code) for code in range(0x21, 0x10000) if normalise(f"a{chr(code)}b") == "ab"}
    bullets = {sign for sign in signs if normalise(f"{sign}b") == "b"}
    before_space = {sign for sign in signs if normalise(f"{sign} b") == "b"} - bullets
    rules = {sign for sign in signs if normalise(f"{sign * 3}\nb") == "b"} - bullets

    assert {chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]{4})", about)} == gone
    listed = [set(group) for group in re.findall(r"<code[^>]*>([^<>a-z]+)</code>", about)]
    assert listed == [bullets, before_space, rules]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_search_page_writes_as_text_has_no_markup(language: str) -> None:
    """Its script puts these words on the page as they are: a tag would be read as letters."""
    page = (default_theme_folder() / "templates" / "search.html").read_text("utf-8")
    _, _, words = page.partition('id="search-words"')
    messages = load_messages(language)

    keys = re.findall(r'(?:say|forms)\("([\w.-]+)"\)', words)
    assert len(keys) > 40
    assert [
        key for key in keys if "<" in repr(messages.texts.get(key) or messages.forms[key])
    ] == []

"""One statement in several outlets: which sentences correspond, what is missing, on which way it came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site
from sourcebook.link import ClaimKey, link_archive
from sourcebook.messages import load_messages
from sourcebook.settings import Settings
from sourcebook.views.alignment import Row, _stems_of, align_columns
from sourcebook.views.catalogue import Catalogue, build_catalogue
from sourcebook.views.renderings import Renderings, renderings_of

WHOLE = (
    "Our American partners did not consult with Russia. It is their sovereign decision. "
    "It’s important to make sure that this does not further aggravate the situation with refugees. "
    "Evidently, all the possible consequences should be taken into account."
)
OTHER_ORDER = [
    "Russia called on Washington to weigh the possible consequences for refugees",
    "It is a matter of utmost importance to avoid a worsening of the refugee situation",
    "Washington never consulted Moscow about that measure",
]

DOCUMENT = """\
---
title: {title}
outlet: {outlet}
date: {date}
lang: {lang}
captures:
  - file: captures/{slug}.txt
    sha256: …
transcription: …
claims:
{claims}---
{text}
"""


def words(columns: list[list[str]]) -> list[list[list[str]]]:
    """The rows of *columns*: for each column, the words that stand in it."""
    return [
        [
            [
                columns[column][piece.text][piece.start : piece.end]
                for piece in row
                if piece.column == column
            ]
            for column in range(len(columns))
        ]
        for row in align_columns(columns)
    ]


def test_sentences_stand_beside_what_says_the_same() -> None:
    """Forms of one word join sentences, whatever order another outlet gives them."""
    rows = words([[WHOLE], OTHER_ORDER])

    assert [row[1] for row in rows] == [
        ["Washington never consulted Moscow about that measure"],
        [],
        ["It is a matter of utmost importance to avoid a worsening of the refugee situation"],
        ["Russia called on Washington to weigh the possible consequences for refugees"],
    ]
    assert rows[1][0] == ["It is their sovereign decision."]


def test_no_word_is_lost_or_said_twice() -> None:
    """All pieces of a text, in their order, are the text."""
    for text in (
        WHOLE,
        "One; two, three – four. Five… six",
        "Mr. Smith met Dr. Jones. They spoke.",
    ):
        for columns in ([[text], OTHER_ORDER], [OTHER_ORDER, [text]]):
            own = columns.index([text])
            pieces = sorted(
                (piece.start, piece.end)
                for row in align_columns(columns)
                for piece in row
                if piece.column == own
            )
            assert " ".join(text[start:end] for start, end in pieces) == text


def test_a_sentence_is_divided_where_its_clauses_meet_different_sentences() -> None:
    """What one outlet joins and another separates stands in two rows."""
    rows = words(
        [
            ["The convoy carried medicine. The bridge collapsed yesterday."],
            ["the convoy carried medicine, and the bridge collapsed yesterday"],
        ]
    )

    assert [row[1] for row in rows] == [
        ["the convoy carried medicine,"],
        ["and the bridge collapsed yesterday"],
    ]


def test_a_row_is_known_by_its_first_piece() -> None:
    """A sentence that says two things does not draw others away from the row of the second."""
    rows = words(
        [
            ["Our partners did not consult with Russia. It is their sovereign decision."],
            ["they took a sovereign decision without consulting Russia"],
            ["Washington never consulted Moscow, and the decision is a sovereign one"],
        ]
    )

    assert [row[2] for row in rows] == [
        ["Washington never consulted Moscow,"],
        ["and the decision is a sovereign one"],
    ]


def test_a_name_alone_joins_nothing() -> None:
    """Two sentences on one person are not one statement."""
    rows = words([["Johnson resigned."], ["Johnson travelled by train"]])

    assert len(rows) == 2


def test_what_one_outlet_says_alone_stays_in_one_piece() -> None:
    """Sentences in a row that nobody else has are not torn into rows."""
    long = "Nobody else has this. Nor anything like that. We consulted experts."
    rows = words([[long], ["they consulted specialists"]])

    assert [row[0] for row in rows] == [
        ["Nobody else has this. Nor anything like that."],
        ["We consulted experts."],
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("فتحت المكتبة أبوابها يوم الأحد.", "أبواب المكتبة"),
        ("Les réfugiés attendent à la frontière.", "des refugies"),
        ("Библиотека открыта.", "в библиотеке"),
        ("About 50,000 wait.", "50.000 Menschen"),
    ],
)
def test_other_scripts_and_spellings_correspond(first: str, second: str) -> None:
    """Articles, accents, endings and the marks within numbers do not keep pieces apart."""
    assert words([[first], [second]]) == [[[first], [second]]]


def write_outlet(
    archive: SmallArchive, slug: str, date: str, quote: str, lang: str = "en", via: str = ""
) -> None:
    """A document of one outlet, with one claim that repeats that of the small archive."""
    claims = f"  - id: it\n    by: dmitry-peskov\n    quote: {quote}\n    form: indirect\n"
    claims += f"    via: [{via}]\n" if via else ""
    claims += '    relations: [{type: repeats, to: "briefing#no-consultation"}]\n'
    text = f"He said that {quote}."
    archive.write(f"content/outlets/{slug}.md", f"---\nname: {slug.upper()}\n---\n")
    archive.write(f"content/captures/{slug}.txt", text + "\n")
    archive.write(
        f"content/documents/{slug}.md",
        DOCUMENT.format(
            title=slug, outlet=slug, date=date, lang=lang, slug=slug, claims=claims, text=text
        ),
    )


def catalogue_of(archive: SmallArchive) -> Catalogue:
    """What its views are made of."""
    checked = archive.check()
    assert checked.diagnostics == ()
    return build_catalogue(
        link_archive(checked.content, checked.places), Settings("A"), load_messages("en")
    )


def synopsis(archive: SmallArchive) -> Renderings:
    """The renderings of the small archive's statement."""
    view = renderings_of(ClaimKey("briefing", "no-consultation"), catalogue_of(archive))
    assert view is not None
    return view


def test_renderings_stand_in_the_order_of_their_dates(archive: SmallArchive) -> None:
    """The earliest is first; a certain day stands before a span that begins with it."""
    write_outlet(archive, "late", "2017-01-28", "Russia was not consulted by partners")
    write_outlet(archive, "vague", "2017-01-26/2017-02-02", "Russia was not consulted at all")

    names = [str(column.outlet.text) for column in synopsis(archive).columns if column.outlet]
    assert names == ["Reuters", "VAGUE", "LATE"]


def words_of(view: Renderings) -> list[list[list[str] | None]]:
    """The cells of the table as a reader sees them, without marks."""
    return [
        [None if cell is None else [one.words.striptags() for one in cell] for cell in row.cells]
        for row in view.rows
    ]


def test_another_language_is_not_aligned(archive: SmallArchive) -> None:
    """A rendering alone in its language stands by itself, and is not called silent beside others."""
    archive.replace("content/documents/briefing.md", "date: 2017", "lang: en\ndate: 2017")
    french = "les Américains n’ont pas consulté la Russie"
    write_outlet(archive, "monde", "2017-01-28", french, "fr")
    english = "Our American partners did not consult with Russia"

    alone = synopsis(archive)
    assert words_of(alone) == [[[english], [french]]]
    assert not alone.compares

    write_outlet(archive, "daily", "2017-01-29", "Russia was not consulted by partners")
    both = synopsis(archive)
    assert words_of(both) == [
        [[english], None, ["Russia was not consulted by partners"]],
        [None, [french], None],
    ]
    assert both.compares


def test_renderings_of_two_persons_of_one_name_have_two_speakers(archive: SmallArchive) -> None:
    """Of a father and a son who say the same in one document, each has a line with his own page."""
    archive.write("content/actors/the-other.md", "---\nname: Dmitry Peskov\n---\n")
    write_outlet(archive, "daily", "2017-01-28", "they did not consult with Russia")
    told = '    relations: [{type: repeats, to: "briefing#no-consultation"}]\n'
    other = "  - id: other\n    by: the-other\n    quote: did not consult\n    form: indirect\n"
    answered = f'{told}    answers: {{us-consulted-russia: "no"}}\n'
    archive.replace("content/documents/daily.md", told, answered + other + answered)
    pages = ["actors/dmitry-peskov/index.html", "actors/the-other/index.html"]

    daily = synopsis(archive).columns[1]
    assert [[link.path for link in claim.speakers] for claim in daily.attributions] == [
        [page] for page in pages
    ]

    build_site(archive.root, BuildOptions(archive.root / "site", search=False))
    home = (archive.root / "site" / "index.html").read_text("utf-8")
    daily_on_home = home.split(">DAILY</a></p>")[1].split("</div>")[0]
    assert re.findall(r'href="(actors/[^"]+)"', daily_on_home) == pages


def test_the_way_names_who_passed_it_on(archive: SmallArchive) -> None:
    """A relayer stands between the speaker and the outlet."""
    write_outlet(archive, "daily", "2017-01-28", "they did not consult with Russia", via="reuters")

    daily = synopsis(archive).columns[1]
    assert [[str(link.text) for link in step.links] for step in daily.chains[0]] == [
        ["Dmitry Peskov"],
        ["Reuters"],
        ["DAILY"],
    ]


def write_chorus(archive: SmallArchive, size: int) -> None:
    """A document of a second outlet that repeats the small archive's statement *size* times."""
    archive.replace("content/documents/briefing.md", "date: 2017", "lang: en\ndate: 2017")
    lines = [f"He said {number} times that it was so." for number in range(size)]
    claims = "".join(
        f"  - id: c{number}\n    quote: {line}\n"
        '    relations: [{type: repeats, to: "briefing#no-consultation"}]\n'
        for number, line in enumerate(lines)
    )
    archive.write("content/outlets/daily.md", "---\nname: Daily\n---\n")
    archive.write("content/captures/daily.txt", "\n".join(lines) + "\n")
    archive.write(
        "content/documents/daily.md",
        DOCUMENT.format(
            title="Daily",
            outlet="daily",
            date="2017-01-28",
            lang="en",
            slug="daily",
            claims=claims,
            text="\n".join(lines),
        ),
    )


def test_of_a_source_that_repeats_itself_the_first_claims_stand_in_the_table(
    archive: SmallArchive,
) -> None:
    """The others are counted below it."""
    write_chorus(archive, 15)
    view = synopsis(archive)

    shown = [one.claim.id for row in view.rows for one in row.cells[1] or () if one.begins]
    assert (sorted(shown), view.left_out) == (sorted(f"c{n}" for n in range(12)), 3)


def test_two_documents_side_by_side_say_how_many_claims_are_not_shown(
    archive: SmallArchive, tmp_path: Path
) -> None:
    """Nothing is left out in silence."""
    write_chorus(archive, 15)
    build_site(archive.root, BuildOptions(tmp_path / "site", search=False))

    told = [page.read_text("utf-8") for page in (tmp_path / "site" / "compare").rglob("*.html")]
    assert sum("3 more renderings are not shown here." in page for page in told) == 1


def test_a_statement_is_aligned_once_for_all_its_claims(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of its claims has a page that shows it."""
    aligned = 0

    def align_counted(columns: Sequence[Sequence[str]]) -> tuple[Row, ...]:
        nonlocal aligned
        aligned += 1
        return align_columns(columns)

    monkeypatch.setattr("sourcebook.views.renderings.align_columns", align_counted)
    write_chorus(archive, 7)
    catalogue = catalogue_of(archive)

    assert len({renderings_of(key, catalogue) for key in catalogue.archive.claims}) == 1
    assert aligned == 1


def test_a_piece_is_not_held_against_every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many sentences that all differ take twice as many looks, not eight times."""

    def count(size: int) -> int:
        looked = 0

        class Counted(dict[str, float]):
            def __contains__(self, stem: object) -> bool:
                nonlocal looked
                looked += 1
                return super().__contains__(stem)

        monkeypatch.setattr(
            "sourcebook.views.alignment._stems_of", lambda text: Counted(_stems_of(text))
        )
        text = " ".join(f"In {number} came {number + size}." for number in range(size))
        assert len(align_columns([[text], [text]])) == size
        return looked

    assert 0 < count(80) <= 2 * count(40)

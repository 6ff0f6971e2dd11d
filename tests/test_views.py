"""What pages show: counts, answers, blanks, renderings, neighbours."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from conftest import SmallArchive
from sourcebook.link import ClaimKey, link_archive
from sourcebook.messages import load_messages
from sourcebook.model import AgentRef
from sourcebook.settings import Settings
from sourcebook.views.actor import actor_view
from sourcebook.views.card_places import place_cards
from sourcebook.views.cards import CardView, NoteCard
from sourcebook.views.catalogue import Catalogue, build_catalogue, shorten_quote
from sourcebook.views.claim import claim_page_view
from sourcebook.views.claim_lists import BY_OUTLET, BY_SPEAKER, list_claims
from sourcebook.views.figures import FigureStrip
from sourcebook.views.frame import script_json
from sourcebook.views.home import home_view
from sourcebook.views.lists import actor_list_pages, claim_list_pages
from sourcebook.views.mark_filters import filter_marks
from sourcebook.views.names import identifier_views
from sourcebook.views.question import question_line, question_view
from sourcebook.views.related import related_documents
from sourcebook.views.renderings import renderings_of

DOCUMENT = "content/documents/briefing.md"

SECOND = """\
---
title: The Kremlin answers
outlet: rt
date: 2017-01-28
captures:
  - file: captures/answer.txt
    sha256: …
transcription: …
claims:
  - id: not-consulted
    by: dmitry-peskov
    form: indirect
    quote: the White House did not consult Russia on the plan
    answers: {us-consulted-russia: "no"}
    relations: [{type: repeats, to: "briefing#no-consultation", reason: the same briefing}]
  - id: machine
    by: dmitry-peskov
    quote: All will be well.
    review: suggested
    answers: {us-consulted-russia: "yes"}
---
Peskov said that the White House did not consult Russia on the plan. All will be well.
"""


def catalogue_of(archive: SmallArchive) -> Catalogue:
    """The archive as views see it; it must be without problems."""
    checked = archive.check()
    assert checked.diagnostics == ()
    linked = link_archive(checked.content, checked.places)
    return build_catalogue(linked, checked.settings or Settings("A"), load_messages("en"))


@pytest.fixture
def two_outlets(archive: SmallArchive) -> SmallArchive:
    """The small archive, and a second document that renders its statement in other words."""
    archive.write("content/outlets/rt.md", "---\nname: RT\n---\n")
    archive.write("content/outlets/silent.md", "---\nname: Silent\n---\n")
    archive.write(
        "content/captures/answer.txt",
        "Peskov said that the White House did not consult Russia on the plan. All will be well.\n",
    )
    archive.write("content/documents/answer.md", SECOND)
    return archive


def test_a_question_lists_its_answers_and_who_gives_them(two_outlets: SmallArchive) -> None:
    """Each possible answer is shown, those without a claim too."""
    catalogue = catalogue_of(two_outlets)
    view = question_view(catalogue.archive.questions["us-consulted-russia"], catalogue)

    answers = {column.label: [item.claim.key for item in column.claims] for column in view.answers}
    assert answers == {
        "It did": [],
        "It did not": ["briefing#no-consultation", "answer#not-consulted"],
    }


def test_a_question_names_who_gives_each_answer_before_their_words(
    two_outlets: SmallArchive,
) -> None:
    """One line an answer: each speaker once, with all outlets that quote them."""
    catalogue = catalogue_of(two_outlets)
    view = question_view(catalogue.archive.questions["us-consulted-russia"], catalogue)

    voices = {
        column.label: [
            (str(voice.who), [outlet.text for outlet in voice.outlets if outlet])
            for voice in column.voices
        ]
        for column in view.answers
    }
    assert voices == {"It did": [], "It did not": [("Dmitry Peskov", ["Reuters", "RT"])]}


def test_a_claim_in_a_draft_is_listed_and_not_counted(archive: SmallArchive) -> None:
    """A preview counts on the page of a speaker as it does in the list of all speakers."""
    archive.replace(DOCUMENT, "claims:\n", "review: suggested\nclaims:\n")
    checked = archive.check()
    linked = link_archive(checked.content, checked.places, drafts=True)
    catalogue = build_catalogue(linked, Settings("A"), load_messages("en"))
    (line,) = (line for page in actor_list_pages(catalogue) for line in page.lines)
    said = actor_view(linked.actors["dmitry-peskov"], catalogue).said

    assert (said.total, said.counted, [run.counted for run in said.runs]) == (1, 0, [0])
    assert said.groups == ()
    assert line.claims == said.counted


def test_a_suggested_claim_answers_no_question_and_is_not_counted(
    two_outlets: SmallArchive,
) -> None:
    """What nobody accepted is listed where it stands, and counted nowhere."""
    catalogue = catalogue_of(two_outlets)
    actor = actor_view(catalogue.archive.actors["dmitry-peskov"], catalogue)

    assert (actor.said.total, actor.said.counted) == (3, 2)
    counts = {facet.label: facet.count for facet in actor.said.groups[0].facets}
    assert counts == {"Reuters": 1, "RT": 1}


def test_a_claim_page_says_who_answers_the_same_and_who_otherwise(archive: SmallArchive) -> None:
    """Who gives one of two answers agrees with both; an answer may be called by a number."""
    archive.write(
        "content/questions/when.md",
        '---\nquestion: When?\nanswers: {"1": One, "2": Two}\n---\n',
    )
    answers = {
        "One": "1",
        "Two": "2",
        "Three": "1",
        "Four": "[1, 2]",
        "Five": "2",
    }
    archive.write("content/captures/when.txt", " ".join(answers))
    claims = "".join(
        f"  - id: {word.lower()}\n    quote: {word}\n    answers: {{when: {answer}}}\n"
        for word, answer in answers.items()
    )
    archive.write(
        "content/documents/when.md",
        "---\ntitle: When\ncaptures:\n  - file: captures/when.txt\n    sha256: …\n"
        f"transcription: …\nclaims:\n{claims}    review: suggested\n---\n{' '.join(answers)}\n",
    )
    catalogue = catalogue_of(archive)

    contexts = {
        claim.key.claim: claim_page_view(claim, catalogue).answers[0]
        for claim in catalogue.archive.documents["when"].claims
    }
    assert {
        name: (context.same, [rival.id for rival in context.rival])
        for name, context in contexts.items()
    } == {
        "one": (2, ["two"]),
        "two": (1, ["one", "three"]),
        "three": (2, ["two"]),
        "four": (3, []),
        "five": (2, ["one", "three"]),
    }


def test_a_matrix_says_how_much_was_looked_through(two_outlets: SmallArchive) -> None:
    """A blank names the documents held; an outlet of which nothing is held is not called silent."""
    catalogue = catalogue_of(two_outlets)
    view = question_view(catalogue.archive.questions["us-consulted-russia"], catalogue)

    rows = {
        row.outlet.text: (row.documents, [c.count for c in row.cells])
        for row in view.matrix
        if row.outlet
    }
    assert rows == {"Reuters": (1, [0, 1]), "RT": (1, [0, 1])}
    assert view.silent == ()


def test_renderings_mark_the_words_that_they_share(two_outlets: SmallArchive) -> None:
    """Of one statement in two outlets the common words are marked, the others are not."""
    catalogue = catalogue_of(two_outlets)
    renderings = renderings_of(ClaimKey("answer", "not-consulted"), catalogue)

    assert renderings is not None
    assert [column.outlet.text for column in renderings.columns if column.outlet] == [
        "Reuters",
        "RT",
    ]
    words = [cell[0].words for cell in renderings.rows[0].cells if cell]
    assert words[0] == (
        'Our American partners <span class="same">did not consult</span> with '
        '<span class="same">Russia</span>'
    )
    assert '<span class="same">did not consult Russia</span> on the plan' in words[1]


def test_the_way_of_a_statement_shows_what_is_not_stated(two_outlets: SmallArchive) -> None:
    """Between a speaker and an outlet without a named relay, the chain has an unknown step."""
    catalogue = catalogue_of(two_outlets)
    renderings = renderings_of(ClaimKey("answer", "not-consulted"), catalogue)

    assert renderings is not None
    chain = [[link.text for link in step.links] for step in renderings.columns[1].chains[0]]
    assert chain == [["Dmitry Peskov"], [], ["RT"]]


def test_the_first_page_opens_with_a_statement_that_two_outlets_render(
    two_outlets: SmallArchive,
) -> None:
    """A first-time visitor reads a real difference first."""
    lead = home_view(catalogue_of(two_outlets)).lead

    assert lead is not None
    assert lead.is_one_statement
    assert {telling.outlet.text for telling in lead.tellings if telling.outlet} == {"Reuters", "RT"}


def test_related_documents_say_why(two_outlets: SmallArchive) -> None:
    """A neighbour is named with its reasons, the closest first."""
    catalogue = catalogue_of(two_outlets)
    related = related_documents(catalogue.archive.documents["answer"], catalogue)

    assert [item.document.text for item in related] == ["Kremlin briefing"]
    assert related[0].reasons == (
        "Meets claim 1",
        "Answers the same question: Did the United States consult Russia?",
        "Also quotes Dmitry Peskov",
    )


def test_a_question_that_very_many_documents_answer_joins_none_of_them(
    two_outlets: SmallArchive,
) -> None:
    """Which six of them stood at a document's end would be chance."""
    for number in range(40):
        words, name = f"Number {number} was not consulted.", f"other-{number}"
        two_outlets.write(f"content/captures/{name}.txt", words)
        two_outlets.write(
            f"content/documents/{name}.md",
            f"---\ntitle: Other\ncaptures:\n  - file: captures/{name}.txt\n    sha256: …\n"
            f"transcription: …\nclaims:\n  - id: a\n    quote: {words}\n"
            f'    answers: {{us-consulted-russia: "no"}}\n---\n{words}\n',
        )
    catalogue = catalogue_of(two_outlets)
    related = related_documents(catalogue.archive.documents["answer"], catalogue)

    assert [(item.document.text, item.reasons) for item in related] == [
        ("Kremlin briefing", ("Meets claim 1", "Also quotes Dmitry Peskov"))
    ]


def test_mentions_leave_out_what_the_other_lists_have(archive: SmallArchive) -> None:
    """A sentence within a claim that is already listed is not repeated as a mention."""
    archive.replace(DOCUMENT, "topics: [safe-zones]\n", "topics: [safe-zones]\nactors: [russia]\n")
    archive.write("content/actors/russia.md", "---\nname: Russia\n---\n")
    archive.replace(DOCUMENT, "    answers:", "    about: [russia]\n    answers:")
    catalogue = catalogue_of(archive)

    russia = actor_view(catalogue.archive.actors["russia"], catalogue)
    peskov = actor_view(catalogue.archive.actors["dmitry-peskov"], catalogue)
    assert (russia.about.total, russia.mention_count) == (1, 0)
    assert [m.name for group in peskov.mentions for m in group.mentions] == ["Dmitry Peskov"]


def test_counts_are_those_of_the_claims_on_the_page(two_outlets: SmallArchive) -> None:
    """A list that is cut counts what it shows, and says that there is more."""
    catalogue = catalogue_of(two_outlets)
    claims = catalogue.archive.claims_by[AgentRef("actor", "dmitry-peskov")]
    cut = list_claims(claims, (BY_OUTLET,), catalogue, limit=1, index="x/index.html")

    assert (cut.shown, cut.total) == (1, 3)
    assert sum(facet.count for group in cut.groups for facet in group.facets) == 1
    assert [(year.title, year.path, year.count) for year in cut.years] == [
        ("2017", "x/2017/index.html", 3)
    ]


def test_a_source_without_a_name_is_no_speaker_that_is_not_stated(
    two_outlets: SmallArchive,
) -> None:
    """Who is called "an official" is counted apart from whom the text does not mention."""
    two_outlets.replace(
        DOCUMENT, "by: dmitry-peskov\n", 'unnamed: true\n    named: "American partners"\n'
    )
    two_outlets.replace(
        "content/documents/answer.md", "    by: dmitry-peskov\n    form: indirect\n", ""
    )
    catalogue = catalogue_of(two_outlets)
    claims = [claim for linked in catalogue.archive.documents.values() for claim in linked.claims]
    listed = list_claims(claims, (BY_SPEAKER,), catalogue, index="x/index.html")

    assert [(facet.label, facet.count) for facet in listed.groups[0].facets] == [
        ("Speaker not stated", 1),
        ("A source not named", 1),
    ]


def test_a_short_list_of_claims_is_one_page(two_outlets: SmallArchive) -> None:
    """Years are split off only where one page could not hold all."""
    pages = list(claim_list_pages(catalogue_of(two_outlets)))

    assert [page.place.path for page in pages] == ["claims/index.html"]
    assert len(pages[0].items) == 3


def test_cards_stay_on_one_line_where_there_is_no_room() -> None:
    """What is beside crowded passages is collapsed; where the next is far off, it stands open."""
    remark = Markup("A remark of several lines. " * 5)
    card = NoteCard("n", "note-n", 1, "its words", "its words", remark, "A remark", (), False)

    crowded = place_cards([(card, 0.0, 0.0), (card, 0.0, 0.5), (card, 2.0, 2.0), (card, 3.0, 3.0)])
    alone = place_cards([(card, 0.0, 0.0), (card, 24.0, 24.0)])
    assert [placed.room for placed in crowded] == ["line", "line", "line", "full"]
    assert [placed.room for placed in alone] == ["full", "full"]


def test_a_card_begins_beside_its_passage_within_a_long_paragraph(
    two_outlets: SmallArchive,
) -> None:
    """It is as many lines lower as its words are; the next one only as far as it still has to."""
    claim = catalogue_of(two_outlets).claims[ClaimKey("answer", "not-consulted")]
    card = CardView(claim, "1", None, (), "")

    first, second = place_cards([(card, 4.0, 14.4), (card, 4.0, 24.0)])
    assert first.drop == 10
    assert 0 < second.drop < 10


def test_a_card_begins_a_little_higher_where_it_then_has_room(two_outlets: SmallArchive) -> None:
    """Between an empty margin and the next card it is not cut to a line: it stands by its block."""
    claim = catalogue_of(two_outlets).claims[ClaimKey("answer", "not-consulted")]
    card = CardView(claim, "1", None, (), "")

    higher, _ = place_cards([(card, 4.0, 6.0), (card, 6.2, 6.2)])
    crowded, _ = place_cards([(card, 6.0, 6.0), (card, 6.2, 6.2)])
    assert (higher.room, higher.drop) == ("brief", 0)
    assert crowded.room == "line"


def test_a_long_quote_keeps_its_first_and_last_words() -> None:
    """A list names a quote by both its ends."""
    assert shorten_quote(("one two three four five six seven",), 20) == "one two … seven"
    assert shorten_quote(("first", "second")) == "first … second"


def test_only_known_identifiers_become_links() -> None:
    """What does not look like an identifier of its register is shown and leads nowhere."""
    good, bad = identifier_views([("wikidata", "Q7747"), ("wikidata", "javascript:alert(1)")])

    assert good.url == "https://www.wikidata.org/wiki/Q7747"
    assert bad.url is None


def test_json_in_a_script_cannot_end_it() -> None:
    """Nothing in a title can close the element that holds the metadata."""
    assert script_json({"name": "</script><b>&"}) == Markup(
        '{"name":"\\u003c/script\\u003e\\u003cb\\u003e\\u0026"}'
    )


@pytest.mark.parametrize(
    ("given", "words", "shapes"),
    [
        ("30", "30", ("dot",)),
        ("{low: 30}", "at least 30", ("open",)),
        ("{high: 30}", "up to 30", ("open",)),
        ("{low: 10, best: 20, high: 30}", "20 (10 to 30)", ("range",)),
        ("{low: 10, best: 20}", "20 (at least 10)", ("dot",)),
    ],
)
def test_a_figure_is_drawn_and_said_as_it_is_given(
    archive: SmallArchive, given: str, words: str, shapes: tuple[str, ...]
) -> None:
    """Each kind of mark is explained where it stands, and no end that is given goes unsaid."""
    strip = figures_of(archive, given)

    assert [row.words for row in strip.rows] == [words]
    assert strip.shapes == shapes


def test_accounts_that_part_are_shown_by_the_figures_farthest_apart(archive: SmallArchive) -> None:
    """A list shows the lowest and the highest of them first, not two that are alike."""
    claims = "".join(
        f"  - {{id: c{number}, quote: {quote}, answers: {{villages: {given}}}}}\n"
        for number, (quote, given) in enumerate(
            (
                ("Our American", "34"),
                ("partners did", "{low: 34}"),
                ("not consult", "36"),
                ("with Russia", "29"),
            )
        )
    )
    archive.replace(DOCUMENT, "claims:\n", f"claims:\n{claims}")
    figures_of(archive, "30")
    catalogue = catalogue_of(archive)

    samples = question_line("villages", catalogue).samples

    assert [claim.quote for _, claim in samples[:2]] == ["with Russia", "not consult"]


def test_a_sign_that_reports_is_no_verb(archive: SmallArchive) -> None:
    """The colon of a transcript and the dash of a headline are counted as such, and not as one word."""
    archive.replace(DOCUMENT, "    answers:", '    cue: ","\n    answers:')
    catalogue = catalogue_of(archive)

    assert [claim.cue for claim in catalogue.claims.values()] == [None]


def test_words_of_two_persons_of_one_name_stay_apart(archive: SmallArchive) -> None:
    """No list by speaker, filter or answer gives the words of one to the other."""
    for slug in ("dmitry-peskov", "the-other"):
        archive.write(f"content/actors/{slug}.md", "---\nname: Ann Lee\n---\n")
    archive.replace(
        DOCUMENT,
        'answers: {us-consulted-russia: "no"}\n',
        'answers: {us-consulted-russia: "no"}\n'
        "  - id: refugees\n    by: the-other\n    quote: the situation of refugees\n"
        '    answers: {us-consulted-russia: "no"}\n',
    )
    catalogue = catalogue_of(archive)

    claims = tuple(catalogue.archive.claims.values())
    listed = list_claims(claims, [BY_SPEAKER], catalogue, by_speaker=True, index="x/index.html")
    assert [(run.path, [item.claim.id for item in run.claims]) for run in listed.runs] == [
        ("actors/dmitry-peskov/index.html", ["no-consultation"]),
        ("actors/the-other/index.html", ["refugees"]),
    ]
    (by_speaker,) = filter_marks(catalogue.views(claims), catalogue).filters
    assert [(value.name, value.count) for value in by_speaker.values] == [("Ann Lee", 1)] * 2
    question = question_view(catalogue.archive.questions["us-consulted-russia"], catalogue)
    assert [len(column.voices) for column in question.answers] == [0, 2]


def test_what_says_at_least_goes_on_beyond_its_number(archive: SmallArchive) -> None:
    """The scale does not end where the dots begin that lead on."""
    strip = figures_of(archive, "{low: 30}")

    assert strip.ticks[-1].label == "40"
    assert strip.rows[0].low == "75.00%"


def test_words_that_have_no_room_beside_a_mark_end_below_it(archive: SmallArchive) -> None:
    """A wide range leaves no room at its sides; its words are not sent to the edge."""
    (row,) = figures_of(archive, "{low: 1000000, high: 7000000}").rows

    assert (row.label_at, row.label_anchor) == ("87.50%", "end")


def figures_of(archive: SmallArchive, given: str) -> FigureStrip:
    """The figures of a question that one claim answers so."""
    archive.write(
        "content/questions/villages.md",
        "---\nquestion: How many?\nfigure: {of: villages taken, unit: villages}\n---\n",
    )
    archive.replace(
        DOCUMENT, 'answers: {us-consulted-russia: "no"}', f"answers: {{villages: {given}}}"
    )
    catalogue = catalogue_of(archive)
    strip = question_view(catalogue.archive.questions["villages"], catalogue).strip
    assert strip is not None
    return strip

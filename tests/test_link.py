"""Records and places become an archive: joined, counted, in order, and without what is not published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallArchive
from sourcebook.cache import Memory
from sourcebook.checked import check_archive
from sourcebook.link import Archive, ClaimKey, link_archive, relink_archive, relink_document
from sourcebook.model import AgentRef

PAGE = "content/documents/briefing.md"


def add(archive: SmallArchive, slug: str, text: str, front: str) -> None:
    """A document with its capture; *front* are its fields below the title."""
    archive.write(f"content/captures/{slug}.txt", text)
    archive.write(
        f"content/documents/{slug}.md",
        f"---\ntitle: {slug}\ncaptures:\n  - file: captures/{slug}.txt\n    sha256: …\n"
        f"transcription: …\n{front}---\n{text}",
    )


def link(archive: SmallArchive, drafts: bool = False) -> Archive:
    """The linked archive, which must be without errors."""
    checked = archive.check()
    assert [d for d in checked.diagnostics if d.severity == "error"] == []
    return link_archive(checked.content, checked.places, drafts)


def ids(claims: object) -> list[str]:
    """The keys of linked claims."""
    return [str(claim.key) for claim in claims]  # type: ignore[attr-defined]


PESKOV = AgentRef("actor", "dmitry-peskov")


def test_a_rank_in_capitals_ends_no_sentence(archive: SmallArchive) -> None:
    """Around what a transcript's "COL. LEE:" says, the label stands whole."""
    archive.write("content/captures/talk.txt", "COL. LEE: It is late.\n")
    archive.write(
        "content/documents/talk.md",
        "---\ntitle: Talk\ncaptures:\n  - file: captures/talk.txt\n    sha256: …\ntranscription: …\n"
        "claims: [{id: a, quote: It is late}]\n---\nCOL. LEE: It is late.\n",
    )
    checked = archive.check()
    document = link_archive(checked.content, checked.places).documents["talk"]
    context = document.context_of(document.claims[0].spans)
    assert "".join(segment.text for segment in context) == "COL. LEE: It is late."


def test_claim_knows_its_outlet_date_and_sentence(archive: SmallArchive) -> None:
    """A claim takes outlet and date from its document, and shows the sentence around it."""
    linked = link(archive)
    claim = linked.claims[ClaimKey("briefing", "no-consultation")]
    context = linked.documents["briefing"].context_of(claim.spans)

    assert claim.outlet == "reuters"
    assert claim.date is not None
    assert claim.date.text == "2017-01-26"
    assert [(segment.text, segment.quoted) for segment in context] == [
        ('"', False),
        ("Our American partners did not consult with Russia", True),
        ('," said Dmitry Peskov.', False),
    ]


def test_quote_is_shown_as_the_text_has_it(archive: SmallArchive) -> None:
    """Layout that a quote has besides the words of the text, as a dash before it, stands nowhere."""
    add(
        archive,
        "weather",
        "It was\n5 degrees that day, and he\nwas out.\n",
        'claims:\n  - id: cold\n    quote: "- 5 degrees that day"\n'
        '  - id: out\n    quote: "he\\n-----\\nwas\\u200b out"\n'
        'notes:\n  - {id: when, quote: "•\\nthat day", note: Which?}\n',
    )
    document = link(archive).documents["weather"]

    assert [claim.claim.quote for claim in document.claims] == [
        ("5 degrees that day",),
        ("he was out",),
    ]
    assert document.notes[0].note.quote == ("that day",)


def test_part_decides_what_its_claims_inherit(archive: SmallArchive) -> None:
    """A part's own outlet goes first; `unknown` and `inherit` stop what the document says."""
    archive.write("content/outlets/rt.md", "---\nname: RT\n---\n")
    text = "One. He said a.\n\nTwo. He said b.\n\nThree. He said c.\n"
    add(
        archive,
        "items",
        text,
        "outlet: reuters\ndate: 2017\ninherit: [outlet]\n"
        "parts:\n  - {id: one, starts: One}\n  - {id: two, starts: Two, outlet: rt, date: 2016}\n"
        "  - {id: three, starts: Three, outlet: unknown}\n"
        "claims:\n  - {id: c, quote: c}\n  - {id: a, quote: a}\n  - {id: b, quote: b}\n",
    )

    document = link(archive).documents["items"]

    assert [
        (c.claim.id, c.number, c.part, c.outlet, c.published and c.published.text)
        for c in document.claims
    ] == [
        ("a", 1, "one", "reuters", None),
        ("b", 2, "two", "rt", "2016"),
        ("c", 3, "three", None, None),
    ]
    assert document.outlets == ("reuters", "rt")


def test_claims_stand_oldest_first_by_the_day_they_were_said(archive: SmallArchive) -> None:
    """The date of the words goes before that of the page; without any, a claim stands last."""
    front = "claims:\n  - {id: new, quote: new, by: dmitry-peskov, date: 2018}\n" \
        "  - {id: old, quote: old, by: dmitry-peskov, date: 2015}\n" \
        "  - {id: dateless, quote: no date, by: dmitry-peskov, date: XXXX-01-01}\n" \
        "  - {id: none, quote: none, by: dmitry-peskov}\n"  # fmt: skip
    add(archive, "later", "new, old, no date, none\n", front)

    assert ids(link(archive).claims_by[PESKOV]) == [
        "later#old",
        "briefing#no-consultation",
        "later#new",
        "later#dateless",
        "later#none",
    ]


def test_draft_is_nowhere_but_among_drafts(archive: SmallArchive) -> None:
    """A suggested document, its claims and relations to them are left out unless drafts are wanted."""
    add(
        archive,
        "draft",
        "He said it again.\n",
        "review: suggested\nclaims:\n  - id: again\n    quote: said it again\n    by: dmitry-peskov\n"
        "    relations: [{type: repeats, to: briefing#no-consultation}]\n",
    )

    published, drafts = link(archive), link(archive, drafts=True)

    assert list(published.documents) == ["briefing"]
    assert ids(published.claims_by[PESKOV]) == ["briefing#no-consultation"]
    assert published.claims[ClaimKey("briefing", "no-consultation")].relations == ()
    assert sorted(drafts.documents) == ["briefing", "draft"]
    assert len(drafts.claims[ClaimKey("briefing", "no-consultation")].relations) == 1


def test_suggested_claim_is_shown_and_not_counted(archive: SmallArchive) -> None:
    """A machine's suggestion in an accepted document answers no question."""
    archive.replace(
        PAGE, "    by: dmitry-peskov\n", "    by: dmitry-peskov\n    review: suggested\n"
    )

    linked = link(archive)

    assert not linked.claims[ClaimKey("briefing", "no-consultation")].counted
    assert linked.answers_to["us-consulted-russia"] == ()


def test_a_suggested_claim_joins_no_statements(archive: SmallArchive) -> None:
    """Two accepted claims are not one statement because a suggested one is said to repeat both."""
    for slug, more in (("b", ""), ("c", "    review: suggested\n")):
        add(
            archive,
            slug,
            "He said it again.\n",
            f"claims:\n  - id: again\n    quote: said it again\n{more}"
            "    relations: [{type: repeats, to: briefing#no-consultation}]\n",
        )

    groups = link(archive).repeats

    assert {tuple(map(str, found)) for found in groups.values()} == {
        ("briefing#no-consultation", "b#again")
    }


def test_repeated_statements_are_one_group(archive: SmallArchive) -> None:
    """Whatever the direction of each `repeats`, all renderings of a statement are one group."""
    for slug, to, date in (("b", "briefing#no-consultation", 2018), ("c", "b#again", 2016)):
        add(
            archive,
            slug,
            "He said it again.\n",
            f"date: {date}\nclaims:\n  - id: again\n    quote: said it again\n"
            f"    relations: [{{type: repeats, to: {to}}}]\n",
        )

    groups = link(archive).repeats

    group = ("c#again", "briefing#no-consultation", "b#again")
    assert {tuple(map(str, found)) for found in groups.values()} == {group}
    assert len(groups) == 3


def test_topic_gathers_the_claims_of_narrower_topics(archive: SmallArchive) -> None:
    """A broader topic shows what lies under it, at any depth and once; a circle ends."""
    archive.write("content/topics/safe-zones.md", "---\nname: A\nbroader: [refugees]\n---\n")
    archive.write("content/topics/refugees.md", "---\nname: B\nbroader: [war]\n---\n")
    archive.write("content/topics/war.md", "---\nname: C\n---\n")
    archive.replace(PAGE, "    by:", "    topics: [safe-zones, war]\n    by:")

    linked = link(archive)

    assert ids(linked.claims_on["war"]) == ["briefing#no-consultation"]
    assert linked.documents_on["refugees"] == ("briefing",)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ('answers: {"5": five, "yes": it did}', '"5"'),
        ('answers: {"5": five, "yes": it did}', '["5", "yes"]'),
        ("figure: {of: people}", "50000"),
        ("figure: {of: people}", "{low: 1, high: 2}"),
    ],
)
def test_question_decides_how_its_answers_are_read(
    archive: SmallArchive, question: str, answer: str
) -> None:
    """`5` is a number to one question and the id of an answer to another."""
    archive.write(
        "content/questions/us-consulted-russia.md", f"---\nquestion: How many?\n{question}\n---\n"
    )
    archive.replace(PAGE, '{us-consulted-russia: "no"}', f"{{us-consulted-russia: {answer}}}")

    (found,) = link(archive).answers_to["us-consulted-russia"]

    assert (found.answer.figure is None) == question.startswith("answers")
    assert (found.answer.choices == ()) == question.startswith("figure")


def test_mention_is_every_place_that_names_an_actor(archive: SmallArchive) -> None:
    """A mention has its document, its place and the sentence around it."""
    linked = link(archive)
    (mention,) = linked.mentions_of["dmitry-peskov"]
    context = linked.documents[mention.document].context_of((mention.span,))

    assert mention.document == "briefing"
    assert [segment.text for segment in context if segment.quoted] == ["Dmitry Peskov"]


def test_note_on_a_claim_makes_it_discussed(archive: SmallArchive) -> None:
    """A claim that overlaps a note has a page of its own."""
    archive.replace(PAGE, '    answers: {us-consulted-russia: "no"}\n', "")
    assert not link(archive).claims[ClaimKey("briefing", "no-consultation")].is_discussed

    archive.replace(
        PAGE, "---\n#", "notes: [{id: tone, quote: American partners, note: Tone.}]\n---\n#"
    )

    assert link(archive).claims[ClaimKey("briefing", "no-consultation")].is_discussed


def test_chinese_sentence_ends_at_its_full_stop(archive: SmallArchive) -> None:
    """The sentence around a quote is found in scripts without spaces, and a long one is cut."""
    long = "很" * 400
    text = f"第一句。总统说不会。第三句。\n\n{long}好{long}\n"
    add(archive, "zh", text, "claims:\n  - {id: a, quote: 不会}\n  - {id: b, quote: 好}\n")

    document = link(archive).documents["zh"]
    a, b = (document.context_of(claim.spans) for claim in document.claims)

    assert "".join(segment.text for segment in a) == "总统说不会。"
    before, quoted, after = (segment.text for segment in b)
    assert (before[0], quoted, after[-1]) == ("…", "好", "…")
    assert len(before) == len(after) == 261


CHANGES = {
    "title": lambda text: text.replace("title: one", "title: another"),
    "a date that moves it": lambda text: text.replace("date: 2016", "date: 2019"),
    "no date": lambda text: text.replace("date: 2016\n", ""),
    "another outlet": lambda text: text.replace("outlet: reuters", "outlet: rt"),
    "another topic": lambda text: text.replace("topics: [wars]", "topics: [safe-zones]"),
    "a topic of a claim": lambda text: text.replace("- id: b\n", "- id: b\n    topics: [talks]\n"),
    "whom a claim is about": lambda text: text.replace(
        "- id: b\n", "- id: b\n    about: dmitry-peskov\n    via: outlet:rt\n"
    ),
    "a claim that is only suggested": lambda text: text.replace(
        "- id: b\n", "- id: b\n    review: suggested\n"
    ),
    "what a claim says": lambda text: text.replace("- id: a\n", "- id: a\n    says: It is so.\n"),
    "a date of a claim": lambda text: text.replace("- id: b\n", "- id: b\n    date: 2014\n"),
    "one claim less": lambda text: text.replace(
        "  - id: b\n    by: dmitry-peskov\n    quote: b\n", ""
    ),
    "no speaker": lambda text: text.replace("    by: dmitry-peskov\n", ""),
    "another answer": lambda text: text.replace(
        'consulted-russia: "no"', 'consulted-russia: "yes"'
    ),
    "no claims": lambda text: text[: text.index("claims:")] + text[text.index("---\nOne") :],
    "another relation": lambda text: text.replace(
        "type: repeats, to: two", "type: disputes, to: two"
    ),
    "no relation": lambda text: text.replace("    relations: [{type: repeats, to: two#b}]\n", ""),
    "other words": lambda text: text.replace("One. ", "Peskov said. Once. "),
    "no translation": lambda text: text.replace("translation_of: two\n", ""),
}


def write_joined_documents(archive: SmallArchive) -> None:
    """Three documents, of which one repeats and translates another and is repeated by the third."""
    archive.write("content/outlets/rt.md", "---\nname: RT\n---\n")
    archive.write("content/topics/talks.md", "---\nname: Talks\n---\n")
    archive.write("content/topics/wars.md", "---\nname: Wars\nbroader: [safe-zones]\n---\n")
    claim = "  - id: {id}\n    by: dmitry-peskov\n    quote: {id}\n{more}"
    answer = '    answers: {us-consulted-russia: "no"}\n'
    for slug, date, more in (
        ("two", 2015, ""),
        ("one", 2016, "    relations: [{type: repeats, to: two#b}]\n" + answer),
        ("three", 2016, "    relations: [{type: repeats, to: one#a}]\n"),
    ):
        claims = claim.format(id="a", more=more) + claim.format(id="b", more=answer)
        front = f"outlet: reuters\ndate: {date}\ntopics: [wars]\nlang: en\n"
        front += "translation_of: two\n" if slug == "one" else ""
        text = f"One. He said a and b, said Peskov of {slug}.\n"
        add(archive, slug, text, f"{front}claims:\n{claims}")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_relinked_archive_is_the_one_that_would_be_linked(
    archive: SmallArchive, change: Callable[[str], str]
) -> None:
    """One document changed: the same archive comes out as from linking all, in the same order."""
    write_joined_documents(archive)
    before = archive.check()
    page = archive.read("content/documents/one.md")
    changed = change(page)
    assert changed != page
    archive.write("content/documents/one.md", changed)
    now = archive.check()

    linked = link_archive(before.content, before.places)
    relinked = relink_document(linked, now.content, now.places, "one")

    expected = link_archive(now.content, now.places)
    assert relinked == expected
    for name in Archive.__dataclass_fields__:
        assert list(getattr(relinked, name)) == list(getattr(expected, name)), name


def test_few_changed_documents_are_relinked_one_after_the_other(archive: SmallArchive) -> None:
    """Two documents changed: the archive is that of linking all, and shares what did not change."""
    write_joined_documents(archive)
    known = Memory()
    before = check_archive(archive.root, recall=known)
    for slug, change in (("one", "a date that moves it"), ("two", "no speaker")):
        page = archive.read(f"content/documents/{slug}.md")
        archive.write(f"content/documents/{slug}.md", CHANGES[change](page))
    now = check_archive(archive.root, recall=known)
    linked = link_archive(before.content, before.places)

    relinked = relink_archive(linked, (before.content, before.places), (now.content, now.places))

    assert relinked == link_archive(now.content, now.places)
    assert relinked is not None
    assert relinked.documents["briefing"] is linked.documents["briefing"]


@pytest.mark.parametrize("gone", ["actors/dmitry-peskov", "documents/three"])
def test_other_records_are_not_relinked(archive: SmallArchive, gone: str) -> None:
    """Where an actor's page or a whole document has gone, the archive is to be linked anew."""
    write_joined_documents(archive)
    known = Memory()
    before = check_archive(archive.root, recall=known)
    (archive.root / f"content/{gone}.md").unlink()
    now = check_archive(archive.root, recall=known)
    linked = link_archive(before.content, before.places)

    relinked = relink_archive(linked, (before.content, before.places), (now.content, now.places))

    assert relinked is None

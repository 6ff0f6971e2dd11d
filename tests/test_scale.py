"""What an archive of a thousand real articles brings: odd words beside quotes, and sheer number."""

from __future__ import annotations

from pathlib import Path

from conftest import SmallArchive
from sourcebook.link import link_archive

DOCUMENT = "content/documents/briefing.md"
CAPTURE = "content/captures/briefing.txt"


def write_briefing(archive: SmallArchive, text: str, claims: str) -> None:
    """The small archive with another text and other claims."""
    archive.write(CAPTURE, text)
    archive.write(
        DOCUMENT,
        "---\ntitle: Kremlin briefing\ncaptures:\n  - file: captures/briefing.txt\n"
        f"    sha256: …\ntranscription: …\nclaims:\n{claims}---\n{text}",
    )


def test_words_beside_a_quote_may_be_a_dash_alone(archive: SmallArchive) -> None:
    """A dash in the middle of a line is text, so `before` and `after` may consist of it."""
    write_briefing(
        archive,
        "He lost his state - which he won - and which he left.\n",
        '  - {id: won, quote: which he, before: "-"}\n'
        '  - {id: left, quote: and which, before: "-", after: he left}\n'
        '  - {id: state, quote: He lost his state, after: "- which"}\n',
    )

    assert archive.messages() == []
    assert [
        archive.check().places["briefing"].text[spans[0].start - 2 :][:9]
        for id, spans in archive.check().places["briefing"].claims
        if id == "won"
    ] == ["- which h"]


def test_quote_of_a_list_item_may_be_copied_with_its_bullet(archive: SmallArchive) -> None:
    """A bullet at the start of a line is layout: a quote is found with it and without it."""
    write_briefing(
        archive,
        "They agreed:\n\n- no consultation\n- safe zones\n",
        '  - {id: one, quote: "- no consultation"}\n  - {id: two, quote: no consultation}\n',
    )

    assert archive.messages() == []


def test_ambiguous_list_of_passages_is_told_apart_by_its_end(archive: SmallArchive) -> None:
    """Where both placements begin with the same words, the help names the words behind them."""
    write_briefing(
        archive,
        "Freddy said that he would go and that he would stay.\n",
        "  - {id: c, quote: [Freddy, he]}\n",
    )

    assert archive.messages()[0].partition("help: ")[2] == (
        "say which with the words that touch it\n"
        "        line 10: after: would go and\n"
        "        line 10: after: would stay."
    )


def test_archive_knows_who_speaks_where_and_what_translates_what(archive: SmallArchive) -> None:
    """Which documents quote an actor, or translate a document, is found once for the whole archive."""
    archive.write("content/captures/point.txt", "« Nos partenaires », a dit Peskov.\n")
    archive.write(
        "content/documents/point.md",
        "---\ntitle: Point de presse\ntranslation_of: briefing\ncaptures:\n"
        "  - file: captures/point.txt\n    sha256: …\ntranscription: …\nclaims:\n"
        "  - {id: c, by: [dmitry-peskov, outlet:reuters], quote: Nos partenaires}\n---\n"
        "« Nos partenaires », a dit Peskov.\n",
    )

    checked = archive.check()
    linked = link_archive(checked.content, checked.places)

    assert checked.diagnostics == ()
    assert linked.documents["briefing"].translations == ("point",)
    assert linked.documents["point"].translations == ()
    assert linked.documents_quoting == {"dmitry-peskov": ("briefing", "point")}


def test_names_are_found_in_a_script_without_spaces(archive: SmallArchive) -> None:
    """A Chinese name is found inside its sentence; of two names that begin together, the longer."""
    archive.write(
        "content/actors/xi.md", "---\nname: Xi Jinping\naliases: [习近平, 习近平主席]\n---\n"
    )
    write_briefing(
        archive, "国家习近平主席表示，习近平说。\n", "  - {id: c, by: xi, quote: 表示}\n"
    )

    places = archive.check().places["briefing"]

    assert [places.text[slice(*name.span)] for name in places.names] == ["习近平主席", "习近平"]


def test_name_is_a_whole_word_and_belongs_to_one_actor(archive: SmallArchive) -> None:
    """No name is found inside a word or inside a longer name, nor one that two actors share."""
    archive.write("content/actors/a.md", "---\nname: Anna Bell\naliases: [Bell]\n---\n")
    archive.write("content/actors/b.md", "---\nname: Anna Bell Foundation\naliases: [Bell]\n---\n")
    write_briefing(
        archive,
        "Bellman met Bell of the Anna Bell Foundation. Anna Bell's word stands.\n",
        "  - {id: c, by: [a, b], quote: word stands}\n",
    )

    checked = archive.check()
    places = checked.places["briefing"]

    assert [(name.actor, places.text[slice(*name.span)]) for name in places.names] == [
        ("b", "Anna Bell Foundation"),
        ("a", "Anna Bell"),
    ]
    assert [diagnostic.rule for diagnostic in checked.diagnostics] == ["ambiguous-name"]


def test_folder_that_is_a_link_out_of_the_archive_is_one_error(
    archive: SmallArchive, tmp_path: Path
) -> None:
    """Nothing behind a link that leads out is read, and the link itself is named."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "xi.md").write_text("---\nname: Xi\n---\n")
    actors = archive.root / "content" / "actors"
    actors.rename(archive.root / "actors")
    actors.symlink_to(elsewhere)

    checked = archive.check()

    assert "xi" not in checked.content.actors
    assert [d.path for d in checked.diagnostics if d.rule == "outside-archive"] == [
        "content/actors"
    ]

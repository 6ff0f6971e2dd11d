"""content/ becomes records; a file that cannot be used is reported and stops no other."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from conftest import SmallArchive
from sourcebook.diagnostics import UsageError
from sourcebook.layout import find_root
from sourcebook.load import decode_capture, load_content
from sourcebook.rereading import reread_captures


def test_archive_is_loaded_by_kind_and_slug(archive: SmallArchive) -> None:
    """Each folder's files become records, named as their files are."""
    content, problems = load_content(archive.root)

    assert problems == []
    assert {
        "documents": list(content.documents),
        "actors": list(content.actors),
        "topics": list(content.topics),
        "outlets": list(content.outlets),
        "questions": list(content.questions),
    } == {
        "documents": ["briefing"],
        "actors": ["dmitry-peskov"],
        "topics": ["safe-zones"],
        "outlets": ["reuters"],
        "questions": ["us-consulted-russia"],
    }
    assert content.captures == ("captures/briefing.txt",)


def test_empty_archive_is_one(tmp_path: Path) -> None:
    """A folder without content has no records and no problems."""
    content, problems = load_content(tmp_path)

    assert (content.documents, content.files, problems) == ({}, 0, [])


def test_all_problems_of_all_files_come_in_one_run(archive: SmallArchive) -> None:
    """Five broken files are five problems, each in its file, and the rest is still checked."""
    archive.write("content/actors/dmitry-peskov.md", "---\nname: [a\n---\n")
    archive.write("content/topics/safe-zones.md", "---\nkind: theme\n---\n")
    archive.write("content/outlets/reuters.md", b"---\nname: caf\xe9\n---\n")
    archive.write("content/questions/us-consulted-russia.md", "no fields\n")
    archive.replace(
        "content/documents/briefing.md", "partners did not consult with Russia\n", "enemies did\n"
    )

    assert [message.split("]")[0] + "]" for message in archive.messages()] == [
        "content/actors/dmitry-peskov.md:2:7: error[invalid-yaml]",
        "content/documents/briefing.md:13:12: error[quote-not-found]",
        "content/outlets/reuters.md:2:1: error[not-utf-8]",
        "content/questions/us-consulted-russia.md:1:1: error[missing-front-matter]",
        "content/topics/safe-zones.md:1:1: error[missing-field]",
    ]


def test_problem_behind_an_item_that_cannot_be_read_is_on_its_own_line(
    archive: SmallArchive,
) -> None:
    """A claim that is left out does not shift the lines of the claims behind it."""
    archive.replace(
        "content/documents/briefing.md",
        "claims:\n",
        "claims:\n  - quote: without an id\n  - {id: ghost, quote: not in the text}\n",
    )

    assert [message.split(":")[1:3] for message in archive.messages()] == [
        ["11", "5"],
        ["12", "24"],
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Dmitry.md",
        "dmitry peskov.md",
        "pëskov.md",
        "2017.md",
        "a--b.md",
        "-a.md",
        "con.md",
        "index.md",
    ],
)
def test_name_that_cannot_be_an_address_is_refused(archive: SmallArchive, name: str) -> None:
    """Capitals, spaces, accents, years and reserved names cannot name a page."""
    archive.write(f"content/actors/{name}", "---\nname: A\n---\n")

    assert archive.rules() == ["invalid-slug"]


@pytest.mark.parametrize("ending", [".md.txt", ".MD", ".markdown", ".md.md"])
def test_a_page_with_another_ending_is_one_mistake(archive: SmallArchive, ending: str) -> None:
    """What names the page, as Notepad or a copy has saved it, is no second error."""
    actor = archive.root / "content/actors/dmitry-peskov.md"
    actor.rename(actor.with_name(f"dmitry-peskov{ending}"))

    (message,) = archive.messages()

    assert f"content/actors/dmitry-peskov{ending}:1:1: error[" in message
    assert "did you mean `dmitry-peskov" in message
    assert "dmitry-peskov-md" not in message


def test_an_item_without_its_hyphen_is_one_mistake(archive: SmallArchive) -> None:
    """It has every field of the item above it a second time."""
    claim = "    id: a\n    by: dmitry-peskov\n    quote: It is important\n"
    archive.replace("content/documents/briefing.md", "    answers:", f"{claim}    answers:")

    (message,) = archive.messages()

    assert "error[duplicate-key]: `id` stands here a second time" in message
    assert "if another item begins here, write `- ` before its first field" in message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("by: dmitry-peskov", "by: dmitry-peskov and outlet:reuters",
         "write it in brackets: [dmitry-peskov, outlet:reuters]"),
        ("by: dmitry-peskov", "speaker: Peskov", "its fields are id, by, named, "),
        ("  - id: no-consultation\n", "  - id: no-consultation\n    says: #1 of two\n",
         "the text ends before `#1`: what follows a ` #` is a comment"),
        ("with Russia\n", "with Russia\n      says: Nobody asked.\n",
         "`says:` was read as a part of it: begin its line with as many spaces as `quote`"),
        ("captures:\n", "captures: [briefing.txt]\nx-captures:\n",
         "write {file: captures/briefing.txt, sha256: …}"),
        ("captures:\n", "captures: [content/captures/briefing.txt]\nx-captures:\n",
         "write {file: captures/briefing.txt, sha256: …}"),
        ("captures:\n", "captures: [https://example.org/a.html]\nx-captures:\n",
         "write {sha256: …}, or one `field: value` on each line below"),
        ("topics: [safe-zones]", "topics: [law and order]", "did you mean `law-and-order`?"),
        ("did not consult with", "said: it did note: consult", 'closest passage, line 19: "Our'),
        ("---\n# Kremlin", "---\n<<<<<<< HEAD\nKremlin\n=======\n# Kremlin",
         "git has left two versions of a passage here: keep one of them"),
    ],
)  # fmt: skip
def test_the_way_out_of_a_common_mistake_is_the_one_that_leads_out(
    archive: SmallArchive, old: str, new: str, words: str
) -> None:
    """Several speakers, a field's usual name, a hash sign, an indent, a bare file, a merge."""
    text = archive.read("content/documents/briefing.md")
    text = text.replace("quote: Our", "quote: >-\n      Our")
    archive.write("content/documents/briefing.md", text.replace(old, new, 1))

    assert words in "\n".join(archive.messages())


def test_a_name_that_the_site_needs_is_said_to_be_one(archive: SmallArchive) -> None:
    """Its letters are right: what is wrong with `unknown` is that it is taken."""
    archive.write("content/actors/unknown.md", "---\nname: A\n---\n")

    (message,) = archive.messages()

    assert "nor what the site or Windows needs, such as `unknown`" in message


def test_misnamed_page_is_reported_once(archive: SmallArchive) -> None:
    """What names a page whose file only has a wrong name is no second error."""
    archive.write(
        "content/actors/Dmitry Peskov.md", archive.read("content/actors/dmitry-peskov.md")
    )
    (archive.root / "content/actors/dmitry-peskov.md").unlink()

    (message,) = archive.messages()

    assert message.startswith("content/actors/Dmitry Peskov.md:1:1: error[invalid-slug]")
    assert "help: did you mean `dmitry-peskov`?" in message


def test_a_long_name_is_proposed_whole(archive: SmallArchive) -> None:
    """Up to eighty letters, a name is cut nowhere: whoever names the page so is right."""
    slug = "ministry-of-water-and-of-all-rivers-and-lakes-and-dams-in-the-valley"
    archive.write(f"content/actors/{slug.capitalize()}.md", "---\nname: A\n---\n")
    archive.replace("content/documents/briefing.md", "by: dmitry-peskov", f"by: {slug}")

    (message,) = archive.messages()

    assert f"help: did you mean `{slug}`?" in message


@pytest.mark.parametrize("name", ["refugees.md.txt", "refugees.MD", "refugees.txt"])
def test_page_with_another_ending_is_told_its_name(archive: SmallArchive, name: str) -> None:
    """Editors add endings, and Windows hides them."""
    archive.write(f"content/topics/{name}", "---\nname: Refugees\n---\n")

    (message,) = archive.messages()

    assert f"[unexpected-file]: `{name}` is not a page, and is left out" in message
    assert "help: did you mean `refugees.md`? pages of this folder are named" in message


def test_link_that_leads_nowhere_is_not_told_its_own_name(archive: SmallArchive) -> None:
    """It is named as a page is, and is none."""
    (archive.root / "content/topics/refugees.md").symlink_to("gone.md")

    (message,) = archive.messages()

    assert "help: pages of this folder are named" in message


def test_folder_among_pages_is_told_where_pages_lie(archive: SmallArchive) -> None:
    """Only captures may be put into folders."""
    archive.write("content/topics/2017/refugees.md", "---\nname: Refugees\n---\n")

    (message,) = archive.messages()

    assert message == (
        "content/topics/2017:1:1: warning[unexpected-file]: the folder `2017` and all in it is left"
        " out\n  help: put its pages right into content/topics/"
    )


@pytest.mark.parametrize("name", ["archive.yml", "archive.yaml.txt", "Archive.yaml"])
def test_settings_under_another_name_are_told_theirs(archive: SmallArchive, name: str) -> None:
    """It is not said that there is no archive."""
    (archive.root / "archive.yaml").rename(archive.root / name)

    with pytest.raises(
        UsageError, match=re.escape(f"{archive.root}/{name} is not named archive.yaml")
    ):
        find_root(archive.root)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("captures\\2017\\a.txt", "captures/2017/a.txt"),
        ('"captures\\example.txt"', "captures/name.txt"),
        ("C:\\Users\\me\\a.txt", "captures/a.txt"),
        ("content/captures/2017/a.txt", "captures/2017/a.txt"),
        ("a.txt", "captures/a.txt"),
    ],
)
def test_capture_named_as_elsewhere_is_told_its_name(
    archive: SmallArchive, written: str, meant: str
) -> None:
    """Backslashes, whole paths and a bare name are understood, and answered with what to write."""
    archive.replace("content/documents/briefing.md", "captures/briefing.txt", written)

    (message,) = (m for m in archive.messages() if "invalid-path" in m)

    assert message.endswith(f"help: write it as {meant}")


def test_a_page_pasted_twice_is_one_problem(archive: SmallArchive) -> None:
    """Not each quote in it that is now found twice, and each key that stands where text should."""
    page = archive.read("content/documents/briefing.md")
    archive.write("content/documents/briefing.md", page + page)

    (message,) = archive.messages()

    assert message == (
        "content/documents/briefing.md:21:1: error[duplicate-key]: the page's fields stand here a"
        " second time, as if it had been pasted twice\n"
        "    title: Kremlin briefing\n"
        "    ^\n"
        "  help: keep one of the two copies"
    )


def test_text_that_ends_as_the_fields_do_is_no_second_page(archive: SmallArchive) -> None:
    """Only where a line `---` stands above them again are they fields."""
    archive.write(
        "content/topics/grain.md", "---\nname: Grain\n---\nOnce under another name: Grain\n"
    )

    assert archive.messages() == []


def test_stray_folder_of_content_is_reported(archive: SmallArchive) -> None:
    """A folder with a misspelt name is not passed over in silence, nor is a page beside the folders."""
    archive.write("content/topic/refugees.md", "---\nname: Refugees\n---\n")
    archive.write("content/refugees.md", "---\nname: Refugees\n---\n")
    archive.write("content/README.md", "For annotators.\n")

    page, folder = archive.messages()

    assert page.startswith(
        "content/refugees.md:1:1: warning[unexpected-file]: `refugees.md` is not a page"
    )
    assert folder.startswith("content/topic:1:1: warning[unexpected-file]: `topic` is not a folder")
    assert "help: did you mean `topics`?" in folder


@pytest.mark.parametrize(
    "name",
    ["README.md", ".hidden.md", "draft.md~", ".DS_Store", "desktop.ini", "Thumbs.db", "~$a.docx"],
)
def test_files_of_editors_and_readers_are_left_alone(archive: SmallArchive, name: str) -> None:
    """A README, hidden files, backups and what Windows leaves may lie in a folder of pages."""
    archive.write(f"content/actors/{name}", b"\xff\x00")

    assert archive.messages() == []


def test_name_of_bytes_that_are_no_text_is_reported(archive: SmallArchive) -> None:
    """A file whose name is no UTF-8 is a problem that prints."""
    try:
        Path(os.fsdecode(os.fsencode(archive.root) + b"/content/actors/caf\xe9.md")).write_text("x")
    except OSError:
        pytest.skip("this file system takes only names that are text")

    (message,) = archive.messages()

    assert message.startswith("content/actors/caf\\udce9.md:1:1: error[invalid-slug]")


def test_captures_may_have_any_name(archive: SmallArchive) -> None:
    """Spaces, accents and folders are kept as the capture has them."""
    archive.write("content/captures/2017/Évolution 1.txt", "Text.\n")
    archive.write(
        "content/documents/evolution.md",
        "---\ntitle: É\ncaptures:\n  - file: captures/2017/Évolution 1.txt\n"
        "    sha256: …\ntranscription: …\n---\nText.\n",
    )

    assert archive.messages() == []


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("content/actors/secret.md", "../../../secret.md"),
        ("content/actors/secret.md", "/etc/hostname"),
        ("content/actors/loop.md", "loop.md"),
        ("content/captures/secret.txt", "../../../secret.md"),
        ("content/captures/loop.txt", "loop.txt"),
        ("content/captures/keys.txt", "../../.git/config"),
    ],
)
def test_link_out_of_the_archive_is_not_followed(
    archive: SmallArchive, link: str, target: str
) -> None:
    """A link to a file elsewhere, or to a hidden one, is an error, and the file is not read."""
    (archive.root.parent / "secret.md").write_text("---\nname: Secret\n---\n")
    archive.write(".git/config", "secret\n")
    (archive.root / link).symlink_to(target)

    assert archive.rules() == ["outside-archive"]
    assert "secret" not in archive.check().content.actors


def test_reading_that_leads_out_of_the_archive_is_not_read(archive: SmallArchive) -> None:
    """The text beside a web page's capture must lie in the archive too."""
    (archive.root.parent / "secret.txt").write_text("Kremlin briefing\n")
    beside = archive.root / "content/captures/briefing.txt.reading.txt"
    beside.symlink_to("../../../secret.txt")
    archive.replace(
        "content/documents/briefing.md",
        "transcription:",
        f"    reading: {{by: reader, sha256: {'0' * 64}}}\ntranscription:",
    )

    assert archive.rules() == ["capture-changed"]
    assert archive.check().verifications["briefing"].reason == f"{beside.name} is missing"


def test_reading_that_leads_out_of_the_archive_is_not_shown_either(archive: SmallArchive) -> None:
    """To read a capture again compares it with nothing from outside."""
    pytest.importorskip("trafilatura")
    (archive.root.parent / "secret.txt").write_text("A secret of another folder.\n")
    archive.write("content/captures/briefing.txt", "<html><body><p>" + "Some words. " * 20)
    (archive.root / "content/captures/briefing.txt.reading.txt").symlink_to("../../../secret.txt")
    archive.replace(
        "content/documents/briefing.md",
        "transcription:",
        f"    reading: {{by: reader, sha256: {'0' * 64}}}\ntranscription:",
    )

    assert list(reread_captures(archive.root, archive.check().content)) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_pipe_in_the_place_of_a_capture_is_not_waited_for(archive: SmallArchive) -> None:
    """Nobody writes into a pipe of the archive: it reads as empty, which the capture is not."""
    capture = archive.root / "content/captures/briefing.txt"
    capture.unlink()
    os.mkfifo(capture)

    assert "capture-changed" in archive.rules()


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ('"captures/a\\0b.txt"', "invalid-path"),
        ('"captures/a\\nb.txt"', "invalid-path"),
        ("captures/.secret.txt", "invalid-path"),
        (f"captures/{'a' * 300}.txt", "capture-missing"),
        ("captures/" + "a/" * 3000 + "b.txt", "capture-missing"),
    ],
    ids=["NUL", "line end", "hidden", "long name", "long path"],
)
def test_name_that_no_capture_can_have_is_a_problem_of_the_page(
    archive: SmallArchive, name: str, rule: str
) -> None:
    """What a page calls its capture is reported there, whatever it is."""
    archive.replace("content/documents/briefing.md", "captures/briefing.txt", name)

    assert rule in archive.rules()


def test_folder_of_pages_elsewhere_is_not_read(archive: SmallArchive) -> None:
    """A whole folder that is a link out of the archive is one error."""
    elsewhere = archive.root.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.md").write_text("---\nname: Secret\n---\n")
    (archive.root / "content/topics/safe-zones.md").rename(elsewhere / "safe-zones.md")
    (archive.root / "content/topics").rmdir()
    (archive.root / "content/topics").symlink_to(elsewhere)

    assert "outside-archive" in archive.rules()
    assert archive.check().content.topics == {}


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"caf\xc3\xa9", None, "café"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", None, "café"),
        ("café".encode("utf-16"), None, "café"),
        (b"caf\xe9", None, None),
        (b"caf\xe9", "cp1252", "café"),
        (b"\x81", "cp1252", None),
        (b"a", "no-such-encoding", None),
        (b"YQ==", "base64", None),
    ],
)
def test_capture_is_decoded_as_recorded_or_not_at_all(
    data: bytes, encoding: str | None, text: str | None
) -> None:
    """No replacement character ever stands for what cannot be read."""
    assert decode_capture(data, encoding) == text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_capture_stored_in_another_unicode_form_is_found(
    archive: SmallArchive, form: Literal["NFC", "NFD"]
) -> None:
    """macOS stores é as two characters; the page names the same file, in either way."""
    name = unicodedata.normalize(form, "captures/été.txt")
    archive.replace("content/documents/briefing.md", "captures/briefing.txt", name)
    old = archive.root / "content/captures/briefing.txt"
    old.rename(old.with_name(unicodedata.normalize("NFD", "été.txt")))
    assert archive.messages() == []


def test_a_page_in_the_folder_of_another_kind_is_one_problem(archive: SmallArchive) -> None:
    """Not each of its fields, which are right where the page belongs."""
    page = archive.read("content/questions/us-consulted-russia.md")
    archive.write("content/actors/consulted.md", page)

    assert archive.messages() == [
        "content/actors/consulted.md:1:1: error[unexpected-file]: the page has the fields of a"
        " question, and stands among the actors\n  help: move it to content/questions/consulted.md"
    ]


@pytest.mark.parametrize("name", ["été.txt", "آب.txt"])
def test_two_captures_whose_names_look_the_same_are_told(archive: SmallArchive, name: str) -> None:
    """The page has the one whose name it writes, whatever somebody puts beside it."""
    for form in ("NFC", "NFD"):
        stored = unicodedata.normalize(form, name)
        (archive.root / "content/captures" / stored).write_text(f"Text, {form}.\n")
    file = unicodedata.normalize("NFC", f"captures/{name}")
    archive.write(
        "content/documents/twin.md",
        f"---\ntitle: É\ncaptures:\n  - file: {file}\n    sha256: …\ntranscription: …\n---\n"
        "Text, NFC.\n",
    )

    (message,) = archive.messages()

    assert message.startswith(
        f"content/{file}:1:1: warning[unportable-name]: two files are named content/{file},"
        " with accents stored in two ways: one of them is left out"
    )


@pytest.mark.parametrize("fence", ["----", "—", " ---", "–––"])
def test_a_line_that_was_meant_to_close_the_fields_is_shown(
    archive: SmallArchive, fence: str
) -> None:
    """Three hyphens, at the line's beginning: what only looks like that is pointed at."""
    path = "content/actors/dmitry-peskov.md"
    archive.write(path, f"---\nname: Dmitry Peskov\n{fence}\nWho he is.\n")

    assert archive.messages()[0] == (
        f"{path}:3:1: error[missing-front-matter]: the fields at the beginning are not closed by a"
        f" line `---`\n    {fence}\n    ^\n  help: put a line `---` below the last field"
    )


def test_a_page_that_does_not_begin_with_three_hyphens_is_told_so(archive: SmallArchive) -> None:
    """Four are none: it is not the closing line that is missing."""
    path = "content/actors/dmitry-peskov.md"
    archive.write(path, "----\nname: Dmitry Peskov\n---\n")

    assert archive.messages()[0].startswith(
        f"{path}:1:1: error[missing-front-matter]: the page does not begin with a line `---`\n"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_page_in_utf_16_is_told_its_encoding(archive: SmallArchive, encoding: str) -> None:
    """As some editors on Windows save it, and not by its first byte."""
    path = "content/actors/dmitry-peskov.md"
    archive.write(path, "---\nname: Dmitry Peskov\n---\n".encode(encoding))

    assert archive.messages()[0] == (
        f"{path}:1:1: error[not-utf-8]: the file is UTF-16 text, not UTF-8\n"
        "  help: save the file as UTF-8"
    )

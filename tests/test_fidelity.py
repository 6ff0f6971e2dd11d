"""`check` proves that a page reads as its capture, or says where it does not."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import SmallArchive
from sourcebook.diagnostics import exit_code_of

CAPTURE = "content/captures/briefing.txt"
PAGE = "content/documents/briefing.md"


def status(archive: SmallArchive) -> str:
    """What the page of the document says of its text."""
    return archive.check().verifications["briefing"].status


def test_equal_texts_are_verified(archive: SmallArchive) -> None:
    """A page that reads as its capture is verified, and nothing more is said of it."""
    verification = archive.check().verifications["briefing"]

    assert (verification.status, verification.reason) == ("equal", None)


def test_layout_of_page_and_capture_may_differ(archive: SmallArchive) -> None:
    """Line ends, blank lines, emphasis, lists and links change no word."""
    text = archive.read(PAGE)
    text = text.replace("Dmitry Peskov.\n", "*Dmitry*\n[Peskov](https://example.org).\r\n\r\n- ")

    archive.write(PAGE, text)

    assert archive.messages() == []


@pytest.mark.parametrize("path", [CAPTURE, PAGE])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It is important", "it is important"),
        ("refugees worse.", "refugees worse!"),
        ("situation of", "situation, of"),
        ("make the", "make  the\u200d"),
        ("does not make", "does make"),
        ("Dmitry Peskov", "Dmitri Peskov"),
        (" worse.", " worse. More."),
    ],
)
def test_one_changed_character_fails(archive: SmallArchive, path: str, old: str, new: str) -> None:
    """A change of the page or of the capture is an error with both texts and their lines."""
    text = archive.read(path)
    archive.write(path, text.replace(old, new))

    messages = [m for m in archive.messages() if "transcription-differs" in m]

    assert status(archive) == "differs"
    assert len(messages) == 1
    assert messages[0].startswith(f"{PAGE}:1")
    assert "\n    page, line " in messages[0]
    assert "\n    capture, line " in messages[0]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
@given(st.data())
def test_any_changed_letter_fails(archive: SmallArchive, data: st.DataObject) -> None:
    """Whichever letter of the page is another, `check` fails."""
    text = data.draw(st.just(ORIGINAL))
    body = text.index("# Kremlin")
    letters = [i for i in range(body, len(text)) if text[i].isalpha()]
    at = data.draw(st.sampled_from(letters))

    archive.write(PAGE, (text[:at] + "ß" + text[at + 1 :]))

    assert "transcription-differs" in archive.rules()


ORIGINAL = """\
---
title: Kremlin briefing
captures:
  - file: captures/briefing.txt
    sha256: …
transcription: …
---
# Kremlin briefing

"Our American partners did not consult with Russia," said Dmitry Peskov.
"It is important that this does not make the situation of refugees worse."
"""


def test_difference_is_shown_on_its_line(archive: SmallArchive) -> None:
    """In a long paragraph the line of the changed word is named, with the word underlined."""
    archive.write(PAGE, ORIGINAL.replace("worse", "better"))

    (message,) = archive.messages()

    assert message == (
        f"{PAGE}:11:68: error[transcription-differs]: the page's text differs from its capture\n"
        '    page, line 11: …make the situation of refugees better."\n'
        '    capture, line 4: …make the situation of refugees worse."\n'
        '    "It is important that this does not make the situation of refugees better."\n'
        "                                                                       ^^^^^^\n"
        "  help: put back the capture's words; to seal a deliberate correction:"
        f" sourcebook seal {PAGE} --reason TEXT"
    )


REPEATED = "the one and the two and the three"


@pytest.mark.parametrize(
    ("page", "column"),
    [
        ("the one and teh two and the three", 13),
        ("the one and the two and teh three", 25),
        ("the one and the two the three", 21),
        ("the one and the two and the", 28),
        ("the *one* and the  two and very the three", 28),
    ],
)
def test_difference_is_shown_in_its_column(archive: SmallArchive, page: str, column: int) -> None:
    """A word that stands in the line before, and words that are missing, are pointed at too."""
    archive.write(CAPTURE, REPEATED)
    front = "---\ntitle: A\ncaptures:\n  - file: captures/briefing.txt\n    sha256: …\n"
    archive.write(PAGE, f"{front}transcription: {'0' * 64}\n---\n{page}\n")

    (problem,) = archive.check().diagnostics

    assert (problem.rule, problem.line, problem.column) == ("transcription-differs", 8, column)


def test_page_of_a_changed_capture_is_left_alone(archive: SmallArchive) -> None:
    """A page that still has its fingerprint is right: nobody is told to change or to seal it."""
    archive.replace(CAPTURE, "worse", "better")

    changed, differs = archive.check().diagnostics

    assert changed.rule == "capture-changed"
    assert differs.help == "the page is as it was, so leave it: put the original capture back"


def test_wrong_fingerprint_of_a_right_text_is_written_out(archive: SmallArchive) -> None:
    """Where the page reads as its capture, the fingerprint is what has to be mended."""
    right = archive.check().content.documents["briefing"].transcription
    archive.replace(PAGE, right, "0" * 64)

    (problem,) = archive.check().diagnostics

    assert problem.help == (
        f"the text is the capture's, so this line is what is wrong: write {right}"
    )


def test_changed_capture_is_a_problem_of_integrity(archive: SmallArchive) -> None:
    """A capture whose bytes changed ends the run with 5, even if it reads the same."""
    archive.write(CAPTURE, archive.read(CAPTURE) + "\n")

    checked = archive.check()

    assert [d.rule for d in checked.diagnostics] == ["capture-changed"]
    assert exit_code_of(checked.diagnostics) == 5


def test_every_capture_of_a_document_is_compared_with_its_hash(archive: SmallArchive) -> None:
    """A later capture of the same page must not change either, though no page transcribes it."""
    archive.write("content/captures/later.png", b"\x89PNG\xff")
    archive.replace(
        PAGE, "transcription:", "  - file: captures/later.png\n    sha256: …\ntranscription:"
    )
    assert archive.messages() == []

    archive.write("content/captures/later.png", b"\x89PNG\xfe")

    assert archive.rules() == ["capture-changed"]


def test_capture_whose_line_ends_alone_were_changed_says_so(archive: SmallArchive) -> None:
    """An editor on Windows, or git, changes them: no word of the source is another."""
    archive.write(CAPTURE, archive.read(CAPTURE).replace("\n", "\r\n").encode())

    (message,) = archive.messages()

    assert message.endswith(
        "help: it has Windows line ends where it had others: an editor or git changed them; put the"
        " original file back"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_capture_that_was_saved_in_another_encoding_says_so(
    archive: SmallArchive, encoding: str
) -> None:
    """Its line ends are as they were, so nothing is said of them."""
    archive.write(CAPTURE, archive.read(CAPTURE).encode(encoding))

    (message,) = archive.messages()

    assert message.endswith(
        "help: it has the same words in another encoding, or with a byte-order mark: an editor"
        " changed it; put the original file back"
    )


def test_changed_capture_whose_encoding_has_no_way_back_is_a_problem(archive: SmallArchive) -> None:
    """Some bytes can be read in an encoding that cannot write what was read: no reason to crash."""
    archive.replace(PAGE, "    sha256", "    encoding: iso2022_jp\n    sha256")
    archive.write(CAPTURE, b"\x1b\xd6\x8d")

    assert archive.rules()[0] == "capture-changed"


def test_zeros_for_a_hash_are_answered_with_the_hash(archive: SmallArchive) -> None:
    """Who writes a page in the browser has nothing to reckon one: the check says what to write."""
    given = re.compile(r"(sha256|transcription): \w{64}")
    page, zeros = archive.read(PAGE), f"\\1: {'0' * 64}"
    archive.write(PAGE, given.sub(zeros, page))

    checked = archive.check()

    assert exit_code_of(checked.diagnostics) == 1
    of_file, of_text = checked.diagnostics
    assert (of_file.rule, of_file.help) == (
        "invalid-hash",
        "write it here, if the file is as it was saved",
    )
    hashes = [str(of_file.message).split()[-1], str(of_text.help).split()[-1]]
    assert hashes == [match.group().split()[-1] for match in given.finditer(page)]


def test_a_hash_in_capitals_is_proposed_in_small_letters(archive: SmallArchive) -> None:
    """As Windows prints it."""
    page = archive.read(PAGE)
    (hash,) = re.findall(r"sha256: (\w{64})", page)
    archive.write(PAGE, page.replace(hash, hash.upper()))

    assert f"did you mean `{hash}`?" in archive.messages()[0]


@pytest.mark.parametrize("name", ["Briefing.txt", "something-else.txt"])
def test_renamed_capture_is_offered_to_its_page(archive: SmallArchive, name: str) -> None:
    """The page misses one, and one has no page: that is said of both."""
    (archive.root / CAPTURE).rename(archive.root / "content/captures" / name)

    loose, missed = sorted(archive.messages(), key=lambda message: "capture-missing" in message)

    assert (
        f"help: if it is the one that {PAGE} misses, write `file: captures/{name}` there;" in loose
    )
    assert (
        "help: put the file back; if it was renamed or moved, write here where it is now" in missed
    )


def test_changed_page_of_a_capture_not_held_here_fails(archive: SmallArchive) -> None:
    """Without its capture a page cannot be checked, but its fingerprint still can."""
    held = ORIGINAL.replace(
        "  - file: captures/briefing.txt\n    sha256: …", f"  - sha256: {'0' * 64}"
    )
    archive.write(PAGE, held)
    assert status(archive) == "cannot-check"
    assert archive.rules() == ["capture-without-document"]

    archive.replace(PAGE, "worse", "better")

    assert "transcription-differs" in archive.rules()


def test_encoding_of_a_capture_is_recorded(archive: SmallArchive) -> None:
    """A capture in an old encoding is read as its record says, and never with question marks."""
    archive.write(CAPTURE, "Peskov a parlé.\n".encode("windows-1252"))
    page = ORIGINAL[: ORIGINAL.index("# Kremlin")] + "Peskov a parlé.\n"
    archive.write(PAGE, page)
    assert archive.rules() == ["capture-missing"]

    archive.write(PAGE, page.replace("sha256: …", "sha256: …\n    encoding: windows-1252"))

    assert archive.messages() == []


@pytest.mark.parametrize("encoding", ["undefined", "idna", "unicode_escape", "utf-7", '"a\\0"'])
def test_encoding_that_hides_the_words_is_refused(archive: SmallArchive, encoding: str) -> None:
    """A capture is read as an editor shows it: escapes are no encoding of a text."""
    archive.write(PAGE, ORIGINAL.replace("sha256: …", f"sha256: …\n    encoding: {encoding}"))

    assert "invalid-choice" in archive.rules()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_mark_is_no_text(archive: SmallArchive, codec: str) -> None:
    """UTF-8, and UTF-16 with its mark, are read without being told."""
    archive.write(CAPTURE, archive.read(CAPTURE).encode(codec))
    archive.write(PAGE, ORIGINAL)

    assert archive.messages() == []


def test_reading_of_a_web_page_is_what_is_compared(archive: SmallArchive) -> None:
    """Of HTML, the text that was read out of it is kept, compared, and must not change."""
    archive.write("content/captures/briefing.txt.reading.txt", "Kremlin briefing\n")
    page = ORIGINAL.replace("sha256: …\ntr", "sha256: …\n    reading: {by: reader, sha256: …}\ntr")
    archive.write(PAGE, page[: page.index("\n\n")] + "\n")
    assert archive.messages() == []

    archive.write("content/captures/briefing.txt.reading.txt", "The Kremlin briefing\n")

    assert archive.rules() == ["capture-changed", "transcription-differs"]


def test_sealed_correction_lets_that_change_alone_through(archive: SmallArchive) -> None:
    """With a correction the page may differ where it says so, and nowhere else."""
    correction = "corrections:\n  - {before: refugees , was: worse, now: better}\n"
    page = ORIGINAL.replace("transcription: …\n", f"transcription: …\n{correction}")
    page = page.replace("{before: refugees ,", '{before: "refugees ",')
    archive.write(PAGE, page.replace("refugees worse", "refugees better"))
    assert archive.messages() == []

    archive.replace(PAGE, "Dmitry", "Dmitri")

    assert archive.rules() == ["transcription-differs"]


def test_a_quote_that_the_text_has_lost_asks_for_the_text_first(archive: SmallArchive) -> None:
    """Who followed the nearest passage would quote the slip of the page."""
    archive.replace("content/documents/briefing.md", "with Russia,", "with Rusia,")
    lost, differs = archive.check().diagnostics
    assert (lost.rule, differs.rule) == ("quote-not-found", "transcription-differs")
    assert str(lost.help).startswith("mend the text first, which differs from its capture")

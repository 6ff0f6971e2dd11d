"""Reading plain-text captures of any encoding: ``read_capture``."""

from __future__ import annotations

import pytest

from sourcebook.ingest.readers import MAX_BYTES, read_capture
from sourcebook.ingest.reading import NO_METADATA, IngestProblem

FRENCH = "Le maire d’Évreux a déclaré que « la sécurité était la priorité » de l’équipe élue."
POLISH = "Premier powiedział, że „nie będzie ustępstw” w sprawie źródeł, a rozmowy trwają."
FEW_SIGNS = (
    "The Škoda™ was sold for 5 € in all of the towns.",
    "It is 5 m² of land, and the rest is © 2019 of Acme.",
    "The señor of the café at 20°C was not there.",
)
RUSSIAN = "Россия предупредила президента США о зонах безопасности в Сирии. Так сказал он."
ARABIC = "قال المتحدث باسم الكرملين إن الشركاء الأمريكيين لم يتشاوروا مع روسيا في هذا القرار."


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"plain words", "plain words", "utf-8"),
        ("“quoted” – é".encode(), "“quoted” – é", "utf-8"),
        (b"\xef\xbb\xbfmarked", "marked", "utf-8"),
        ("é wide".encode("utf-16"), "é wide", "utf-16-le"),
        (b"\xfe\xff" + "wide".encode("utf-16-be"), "wide", "utf-16-be"),
        ("wide and unmarked".encode("utf-16-le"), "wide and unmarked", "utf-16-le"),
        (
            "“quoted” by Erdoğan’s".replace("ğ", "g").encode("cp1252"),
            "“quoted” by Erdogan’s",
            "cp1252",
        ),
        (RUSSIAN.encode("cp1251"), RUSSIAN, "cp1251"),
        *((FRENCH.encode(name), FRENCH, name) for name in ("cp1252", "mac_roman")),
        (POLISH.encode("cp1250"), POLISH, "cp1250"),
        *((text.encode("cp1252"), text, "cp1252") for text in FEW_SIGNS),
        (
            "it says charset=iso-8859-1: é".encode(),
            "it says charset=iso-8859-1: é",
            "utf-8",
        ),
        (RUSSIAN.encode("koi8_r"), RUSSIAN, "koi8_r"),
        (ARABIC.encode("cp1256"), ARABIC, "cp1256"),
        (
            b"-*- coding: iso-8859-2 -*-\n\xb1\xe6",
            "-*- coding: iso-8859-2 -*-\ną\u0107",
            "iso8859-2",
        ),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    """A mark decides, then a declaration, then the bytes."""
    reading = read_capture("a.txt", data)
    assert (reading.text, reading.encoding) == (text, encoding)
    assert reading.media_type == "text/plain"


def test_line_ends_and_white_space_stay() -> None:
    """The reading of a text is its file: nothing but the byte-order mark is taken away."""
    assert read_capture("a.txt", b"\r\n one\r\n\r two \n").text == "\r\n one\r\n\r two \n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "`a.txt` has no text in it"),
        (b" \n\t\n", "`a.txt` has no text in it"),
        (b"some\0text", "`a.txt` has a NUL character after 4 characters, so it is not a text file"),
        (
            b"\x01\x02\x03\x04abc",
            "`a.txt` looks like a binary file: 4 of 7 characters are controls",
        ),
        (b"\x89PNG\r\n\x1a\n", "`a.txt` is a PNG picture"),
        (b"[InternetShortcut]\r\nURL=", "`a.txt` is a shortcut to a page, and not the page"),
        (b"From: <Saved by Blink>\r\n", "`a.txt` is a web page in one file (MHTML)"),
        (b"PK\x03\x04rest", "`a.txt` is a ZIP file (Word, OpenDocument and EPUB files are such)"),
        (b"\xff\xfea\x00b", "`a.txt` begins with the mark of UTF-16-LE, but byte 2 is not"),
        (b"abc \x81\x8d\x8f", "`a.txt` is text in no encoding that can be told from its bytes"),
    ],
)
def test_files_that_are_no_text(data: bytes, message: str) -> None:
    """What cannot be read is refused with its name, the reason and what to do."""
    with pytest.raises(IngestProblem) as caught:
        read_capture("captures/a.txt", data)
    assert caught.value.message == message
    assert caught.value.help
    assert caught.value.exit_code == 1


def test_a_file_that_is_too_large_is_refused() -> None:
    """Size is checked before anything is read."""
    with pytest.raises(IngestProblem, match="the most that is read is"):
        read_capture("a.txt", b"x" * (MAX_BYTES + 1))


@pytest.mark.parametrize("encoding", ["undefined", "punycode", "unicode_escape", "utf-7", "hex"])
def test_only_encodings_of_texts_can_be_declared(encoding: str) -> None:
    """What Python calls an encoding besides would make other words of what an editor shows."""
    text = f"charset={encoding}: \\u0041 +AEE- 41 abc-\n"

    assert read_capture("a.txt", text.encode()).text == text


MESSAGE = """\
From: "Ann Lee" <lee@water.example>
To: press@water.example
Date: Fri, 15 Mar 2019 23:12:44 +0100
Subject: Re: statement about
 =?utf-8?q?the_d=C3=A4m?=

Dear colleagues,

the ministry has denied that it was warned.

> Did you receive the letter?
"""


def test_an_e_mail_says_who_wrote_it_and_when() -> None:
    """Subject, sender and day are taken from its head, which stays in the text."""
    reading = read_capture("mail.txt", MESSAGE.encode())
    assert reading.text == MESSAGE
    assert reading.metadata.title == "Re: statement about the däm"
    assert reading.metadata.authors == ("Ann Lee",)
    assert reading.metadata.date == "2019-03-15"


@pytest.mark.parametrize(
    "text",
    [
        "From: the hills\n\nA story.\n",
        "Note: one\nNote: two\n\nText.\n",
        MESSAGE[10:],
        f"From: {'(' * 5000}\nSubject: brackets\n\nText.\n",
    ],
)
def test_lines_with_colons_are_no_e_mail(text: str) -> None:
    """Without a sender and a subject at its head, a text says nothing of itself."""
    assert read_capture("x.txt", text.encode()).metadata == NO_METADATA


@pytest.mark.parametrize("text", ["<div> opens it.\n", "<!-- a note --> <p> opens it.\n"])
def test_a_text_may_begin_with_a_tag(text: str) -> None:
    """Only a whole page makes an HTML capture of what is called .txt."""
    assert read_capture("notes.txt", text.encode()).media_type == "text/plain"


def test_a_sender_without_an_address_has_a_whole_name() -> None:
    """As mail programs print it; and the day under "Sent" is that of the message."""
    head = "From: Ann Mary Lee\nTo: Bo\nSent: Monday, March 11, 2024 6:02 PM\nSubject: RE: it\n\n"
    metadata = read_capture("mail.txt", f"{head}It is late.\n".encode()).metadata
    assert (metadata.authors, metadata.date) == (("Ann Mary Lee",), "2024-03-11")

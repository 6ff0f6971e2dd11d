"""E-mails whose text is coded: what their reader saw is read, and nothing else of them."""

from __future__ import annotations

import base64

import pytest

from sourcebook.ingest.readers import read_capture
from sourcebook.ingest.reading import IngestProblem

HEAD = (
    "Received: from mx1.lee.example\nFrom: =?utf-8?q?S=C3=B8ren_Lund?= <s@lund.example>\n"
    "Date: Mon, 14 Jun 2021 10:22:30 +0200\nSubject: The dam\nMIME-Version: 1.0\n"
)
SHOWN = (
    "From: Søren Lund <s@lund.example>\nDate: Mon, 14 Jun 2021 10:22:30 +0200\nSubject: The dam\n\n"
)
QUOTED = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
PARTS = 'Content-Type: multipart/mixed; boundary="xx"\n\n'
ATTACHED = "Content-Type: message/rfc822\n\nFrom: bo@ray.example\nSubject: No\n\nNo.\n"


def test_a_coded_text_is_read_as_its_reader_saw_it() -> None:
    """Soft line ends are joined, letters are themselves, and of the head the reader's lines stay."""
    data = f"{HEAD}{QUOTED}It is said t=\nhat all =E2=80=93 all! =E2=80=93 is lost.\n".encode()
    reading = read_capture("mail.eml", data)
    assert reading.text == f"{SHOWN}It is said that all – all! – is lost.\n"
    assert (reading.media_type, reading.encoding, reading.tool) == (
        "message/rfc822",
        None,
        "sourcebook",
    )
    assert reading.metadata.title == "The dam"
    assert reading.metadata.authors == ("Søren Lund",)
    assert reading.metadata.date == "2021-06-14"


def test_of_several_parts_the_plain_text_is_read() -> None:
    """Neither the same as a page, nor what is attached, be it a text."""
    coded = base64.b64encode("É lost.\n".encode("latin-1")).decode()
    data = (
        f"{HEAD}{PARTS}--xx\nContent-Type: text/plain\n\n\n"
        f"--xx\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n{coded}\n"
        f"--xx\nContent-Type: text/html\n\n<p>A page</p>\n"
        '--xx\nContent-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nNo.\n'
        "--xx--\n"
    )
    assert read_capture("mail.eml", data.encode()).text == f"{SHOWN}É lost.\n"


def test_the_words_of_a_page_go_before_a_line_below_it() -> None:
    """A mailing list puts a plain text of its own behind a message that is only a page."""
    pytest.importorskip("trafilatura")
    data = (
        f"{HEAD}{PARTS}--xx\nContent-Type: text/html\n\n<html><body><p>All of it is lost, and nobody"
        " knows it.</p></body></html>\n--xx\nContent-Type: text/plain\n\nA list of the valley\n--xx--\n"
    )
    text = read_capture("mail.eml", data.encode()).text
    assert text == f"{SHOWN}All of it is lost, and nobody knows it."


def test_an_e_mail_in_plain_letters_is_a_text_like_others() -> None:
    """Nothing is taken out of it: it is its own reading."""
    text = f"{HEAD}Content-Type: text/plain\n\nAll is lost.\n"
    reading = read_capture("mail.eml", text.encode())
    assert (reading.text, reading.tool) == (text, None)


@pytest.mark.parametrize(
    "body",
    [
        f"{PARTS}--xx\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBO\n--xx--\n",
        QUOTED,
        PARTS * 3000,
        f"{PARTS}--xx\n{ATTACHED}--xx--\n",
    ],
)
def test_an_e_mail_without_a_text_is_refused(body: str) -> None:
    """With what to do about it, however its parts are nested."""
    with pytest.raises(IngestProblem, match=r"`mail\.eml` is an e-mail"):
        read_capture("mail.eml", f"{HEAD}{body}".encode())


def test_a_charset_that_hides_words_is_not_believed() -> None:
    """ "utf-7" is no encoding of captures: the bytes are read as what they are."""
    data = f"{HEAD}{QUOTED.replace('utf-8', 'utf-7')}It is +AGE-ll lost.\n".encode()
    assert "+AGE-ll" in read_capture("mail.eml", data).text

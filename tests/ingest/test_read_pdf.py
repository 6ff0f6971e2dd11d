"""Reading PDF captures: ``read_capture`` on files with and without a text layer."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from sourcebook.ingest.readers import read_capture
from sourcebook.ingest.reading import IngestProblem

FILES = Path(__file__).parent / "files"


@pytest.fixture(autouse=True)
def _pypdfium2() -> None:
    pytest.importorskip("pypdfium2")


def make_pdf(*pages: list[str]) -> bytes:
    """A PDF with one text line for each string."""
    count = len(pages)
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(count))
    font = 3 + 2 * count
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
    ]
    for number, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 60 760 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * number} 0 R"
            f" /Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    body, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        body
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
            f"startxref\n{len(body)}\n%%EOF\n"
        ).encode()
    )


def test_pages_and_paragraphs() -> None:
    """Lines become paragraphs where a short one ends a sentence; each page's start is known."""
    data = make_pdf(
        [
            "Vote lost",
            "The budget of the finance minister was voted down on Friday by one",
            "voice, and nobody in the party was surprised.",
            "She left the chamber by a side door with her aides, and went home",
            "without a word.",
        ],
        ["On the second page the story goes on for another line or two."],
    )
    reading = read_capture("scan.bin", data)
    assert reading.text.split("\n\n") == [
        "Vote lost",
        "The budget of the finance minister was voted down on Friday by one\n"
        "voice, and nobody in the party was surprised.",
        "She left the chamber by a side door with her aides, and went home\nwithout a word.",
        "On the second page the story goes on for another line or two.\n",
    ]
    assert (reading.media_type, reading.encoding, reading.tool) == (
        "application/pdf",
        None,
        "pypdfium2",
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ((FILES / "encrypted.pdf").read_bytes(), "`a.pdf` is encrypted"),
        (
            (FILES / "no-text.pdf").read_bytes(),
            "`a.pdf` is a PDF without a text layer: its pages are pictures",
        ),
        (b"%PDF-1.7 and then nothing", "`a.pdf` is a damaged PDF, or a part of one"),
        (make_pdf(["A line of text."])[:400], "`a.pdf` is a damaged PDF, or a part of one"),
    ],
    ids=["encrypted", "no text", "header only", "cut off"],
)
def test_files_that_cannot_be_read(data: bytes, message: str) -> None:
    """Encrypted, empty and damaged files end in a clear error with what to do."""
    with pytest.raises(IngestProblem) as caught:
        read_capture("a.pdf", data)
    assert caught.value.message == message
    assert caught.value.help


def test_authors_are_told_apart() -> None:
    """A comma or semicolon stands between two authors; spaces without end are no more than spaces."""
    data = make_pdf(["A line of text that is long enough to be read."])
    info = f"\n6 0 obj\n<< /Author (Ann Lee ; Bob Roe{' ' * 500_000}, Cy ) >>\nendobj\n".encode()
    data = data.replace(b"\nxref", info + b"xref").replace(b"/Size", b"/Info 6 0 R /Size")

    assert read_capture("a.pdf", data).metadata.authors == ("Ann Lee", "Bob Roe", "Cy")


def test_words_that_a_line_s_end_divides_are_whole() -> None:
    """Their hyphen goes, but not before a capital; one between numbers is no such hyphen."""
    data = make_pdf(["The wall was re-", "paired by non-", "NATO men in 2018-", "2019 at the dam."])
    text = " ".join(read_capture("a.pdf", data).text.split())
    assert text == "The wall was repaired by non-NATO men in 2018- 2019 at the dam."


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (["It was five years, and a year more: a five-", "year plan of them all."], "five-year"),
        (["A five-year plan came, and no five-", "year plan came again."], "five-year"),
        (["They report for the port: a re-", "port of them all is here."], "a report of"),
        (
            ["The port is for all of them and for-", "port is no word, but off-", "port is."],
            "for-port",
        ),
        (["A year on, it was the year: year-on-", "year rises of them all."], "year-on-year"),
    ],
)
def test_a_hyphen_that_belongs_to_a_word_stays(lines: list[str], word: str) -> None:
    """What else the text has decides: the joined word, the hyphened one, or both halves."""
    text = " ".join(read_capture("a.pdf", make_pdf(lines)).text.split())
    assert word in text.replace("five years", "")


def test_an_author_that_nobody_named_is_none() -> None:
    """Programs that make a PDF write "anonymous" themselves."""
    data = make_pdf(["A line of text that is long enough to be read."])
    data = data.replace(b"\nxref", b"\n6 0 obj\n<< /Author (anonymous) >>\nendobj\nxref")
    data = data.replace(b"/Size", b"/Info 6 0 R /Size")
    assert read_capture("a.pdf", data).metadata.authors == ()


@pytest.mark.parametrize(
    ("lines", "is_read"),
    [
        (["ريرقت ةيريدم ةحصلا", "تلاق ةيريدملا إن عدد ىلتقلا"], False),
        (["תואירבה תלהנמ הרמא", "םישנאה םיגורהה ורפסנ"], False),
        (["تقرير مديرية الصحة", "قالت المديرية إن عدد القتلى"], True),
    ],
)
def test_words_whose_letters_are_in_reverse_are_not_taken_for_a_text(
    lines: list[str], is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PDFium gives some Arabic and Hebrew PDFs so: no page is made that proves a text nobody wrote."""
    answer = json.dumps({"pages": ["\r\n".join(lines)], "metadata": {}}).encode()
    monkeypatch.setattr(
        "subprocess.run", lambda *_, **__: subprocess.CompletedProcess([], 0, answer, b"")
    )
    if is_read:
        assert read_capture("a.pdf", make_pdf([""])).text == "\n".join(lines) + "\n"
        return
    with pytest.raises(IngestProblem) as caught:
        read_capture("a.pdf", make_pdf([""]))
    assert caught.value.message == (
        "`a.pdf` is a PDF whose right-to-left words are read with their letters in reverse"
    )

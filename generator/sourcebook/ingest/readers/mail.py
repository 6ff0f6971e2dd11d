"""Reads an e-mail as mail programs save it, where its text is coded: quoted-printable, base64, parts.

What is kept is what its reader saw: the lines that name sender, receivers, subject and day, and the
text. Other parts, such as pictures, are left out. An e-mail whose text stands there as it is read is
a plain text like others.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from ...fields import parse_encoding
from ..reading import IngestProblem, Reading
from .decode import decode_text
from .html import read_html
from .message import decode_field, read_message_head

_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_CODED = re.compile(
    rb"^(?:Content-Transfer-Encoding:\s*(?:quoted-printable|base64)|Content-Type:\s*multipart/)",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = 32_768
_WAY_OUT = "open it in a mail program, and save its text"


def is_mail(name: str, data: bytes) -> bool:
    """Whether a file is an e-mail by its name, and its text is coded."""
    head = data[:_HEAD]
    return name.lower().endswith(".eml") and _CODED.search(head) is not None


def read_mail(name: str, data: bytes) -> Reading:
    """The head and the text of an e-mail. Raises ``IngestProblem`` where it has no text."""
    try:
        message = message_from_bytes(data)
        part = _text_part(message)
    except (RecursionError, ValueError, LookupError) as error:
        raise IngestProblem(
            f"`{name}` is an e-mail that cannot be taken apart", _WAY_OUT
        ) from error
    if part is None:
        raise IngestProblem(f"`{name}` is an e-mail without a text", _WAY_OUT)
    fields = [(field, decode_field(str(message.get(field, "")))) for field in _SHOWN]
    head = "".join(f"{field}: {value}\n" for field, value in fields if value)
    text = f"{head}\n{_content_of(name, part)}"
    return Reading(
        text=text,
        media_type="message/rfc822",
        encoding=None,
        tool="sourcebook",
        metadata=read_message_head(text),
    )


def _text_part(message: Message) -> Message | None:
    """The part that a mail program shows: the plain text, else the page."""
    texts = {
        part.get_content_type(): part
        for part in reversed(list(message.walk()))
        if part.get_content_maintype() == "text" and part.get_filename() is None
    }
    return texts.get("text/plain") or texts.get("text/html")


def _content_of(name: str, part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if not data.strip():
        raise IngestProblem(f"`{name}` is an e-mail without a text", _WAY_OUT)
    if part.get_content_type() == "text/html":
        return read_html(name, data).text
    encoding = parse_encoding(part.get_content_charset() or "")
    try:
        text = data.decode(encoding) if encoding else decode_text(name, data).text
    except UnicodeDecodeError:
        text = decode_text(name, data).text
    return text.replace("\r\n", "\n")

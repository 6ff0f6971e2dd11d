"""Reads an e-mail as mail programs save it, where its text is coded: quoted-printable, base64, parts.

What is kept is what its reader saw: the lines that name sender, receivers, subject and day, and the
text. Other parts, such as pictures, are left out. An e-mail whose text stands there as it is read is
a plain text like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    """The first that has words: of two forms of one text, the plain one goes before the page."""
    for part in _own_parts(message):
        is_text = part.get_content_type() in ("text/plain", "text/html")
        if is_text and part.get_filename() is None and _bytes_of(part).strip():
            return part
    return None


def _own_parts(message: Message) -> Iterator[Message]:
    """The parts of a message, and not those of messages that are attached to it."""
    if message.get_content_maintype() == "message":
        return
    if not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _own_parts(part)


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _content_of(name: str, part: Message) -> str:
    data = _bytes_of(part)
    if part.get_content_type() == "text/html":
        return read_html(name, data).text
    encoding = parse_encoding(part.get_content_charset() or "")
    try:
        text = data.decode(encoding) if encoding else decode_text(name, data).text
    except UnicodeDecodeError:
        text = decode_text(name, data).text
    return text.replace("\r\n", "\n")

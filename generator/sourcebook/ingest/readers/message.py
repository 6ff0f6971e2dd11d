"""What an e-mail that was saved as text says of itself: the lines above its first empty one.

The text stays as it is, these lines with it. Only what they say of the whole is taken from them.
"""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.parser import HeaderParser
from email.utils import parseaddr, parsedate_to_datetime

from ..dates import find_days
from ..reading import NO_METADATA, PageMetadata

_OPENING = re.compile(
    r"(?:[A-Z][A-Za-z-]{1,40}:[^\r\n]*+(?:\r?\n[ \t]++[^\r\n]++)*+\r?\n){2,}+\r?\n"
)
"""Two such lines or more, those that are folded too, and an empty one."""

_LONGEST_SENDER = 256
"""Brackets within brackets without end would overflow the stack of what reads an address."""


def read_message_head(text: str) -> PageMetadata:
    """Subject, sender and day of an e-mail; nothing where *text* does not begin as one."""
    head = _OPENING.match(text)
    if head is None:
        return NO_METADATA
    fields = HeaderParser().parsestr(head.group())
    subject, sender = decode_field(fields["Subject"]), decode_field(fields["From"])
    sent = decode_field(fields["Date"] or fields["Sent"])
    if not subject or not 0 < len(sender) <= _LONGEST_SENDER:
        return NO_METADATA
    # Mail programs print and export the name alone, which is no address to be taken apart.
    name, address = parseaddr(sender) if "@" in sender else (sender, "")
    return PageMetadata(title=subject, authors=(name or address or sender,), date=_day_of(sent))


def end_of_message_head(text: str) -> int:
    """Where the lines above an e-mail's first empty one end; 0 where *text* does not begin as one."""
    head = _OPENING.match(text)
    return head.end() if head is not None and _SUBJECT.search(head.group()) else 0


_SUBJECT = re.compile(r"^Subject:", re.MULTILINE)


def decode_field(value: str | None) -> str:
    """A field's text, whose other letters a message writes as ``=?utf-8?q?…?=``."""
    try:
        return " ".join(str(make_header(decode_header(value or ""))).split())
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return " ".join((value or "").split())


def _day_of(sent: str) -> str | None:
    """The day as the sender's clock had it."""
    try:
        return parsedate_to_datetime(sent).date().isoformat()
    except (TypeError, ValueError):
        days = find_days(sent)
        return days[0].date if len(days) == 1 else None

"""Lines that are no running text: pointers, captions, posts, closing lines, dates of a page."""

from __future__ import annotations

import re

from . import words

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAYS = "mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun"

READ_MORE = re.compile(
    r"(?:re?a?d|see|learn|find out|click|continue|view|watch)\s+"
    r"(?:more|also|the (?:full|whole|rest|original)|full|reading|here|from top|at|related)\b"
    # "See Syria Daily, Feb 4: ...": a cross-reference by the name of a series.
    r"|see\s+(?-i:(?:[A-Z][\w’'-]*,?\s+){0,2}[A-Z][\w’'-]*,?(?:\s+[A-Z][a-z]{2,8}\.? \d{1,2})?)\s?:"
    r"|(?:also|must|further) (?:read|see)\b|to be continued\b|read (?:on|it)\b"
    r"|(?:related|more|source|via|original)"
    r"(?: (?:articles?|stories|story|news|on this|coverage))?\s*:"
    r"|(?:listen|subscribe|sign up|follow us|join us|donate)\b.{0,60}"
    r"\b(?:to|on|for|here|now|newsletter)\b",
    re.IGNORECASE,
)
"""Opening of a line that points to another page."""

SERIES_LINE = re.compile(
    r"(?:[A-Z][\w’'-]*,?\s+){1,2}[A-Z][\w’'-]*,?(?:\s+[A-Z][a-z]{2,8}\.? \d{1,2})?\s?:\s"
)
"""A cross-reference by the name of a series, below another one ("Iran Daily, Feb 4: ...")."""

CLOSING_LINE = re.compile(
    r"published (?:in|on|by|under)\b.{1,40}|(?:posted|filed) (?:in|under|on|by)\b.{1,60}"
    r"|subscribe to (?:this|our) .{1,30}|(?:leave|add|post) a (?:comment|reply)"
    r"|(?:comments?|replies)(?:\s\(?\d+\)?| are closed\.?)?|\d+ comments?"
    r"|share (?:this|on)\b.{0,40}|(?:tags?|categor(?:y|ies)|labels?)\s*:.{0,120}"
    r"|up ↑|↑|back to top|blog at.{0,30}|(?:copyright|©|\(c\)).{0,80}|all rights reserved\.?"
    r"|print(?: this)?|e-?mail(?: this)?|advertisements?|like this:?.{0,20}",
    re.IGNORECASE,
)
"""A whole line that ends an item, or belongs to the page around it."""

PAGE_END = re.compile(
    r"(?:more on this(?: story)?|related (?:topics|content|articles|stories|news|posts|links)"
    r"|top stories|most (?:read|popular|viewed)|you (?:may|might) also like|recommended(?: for you)?"
    r"|elsewhere on .{2,30}|read next|trending(?: now)?|more from .{2,30}|à lire aussi|sur le même sujet"
    r"|les plus lus|mehr zum thema|das könnte sie auch interessieren|lo más leído|читайте также"
    r"|también te puede interesar|اقرأ أيضا|مواضيع ذات صلة)\s?:?(?=\n|$)",
    re.IGNORECASE,
)
"""A whole line above the pointers with which a page of a site ends."""

CAPTION_OPENING = re.compile(
    r"(?:photos?|pictures?|images?|file photo|caption|gallery|cartoon|graphic|map)\b\s?[:(|-]"
    r"|(?:image|media|video) (?:caption|source|copyright),",
    re.IGNORECASE,
)

PHOTO_CREDIT = re.compile(
    r"(?:\[[A-Z][^\[\]]{2,40}\]|\((?:Photo|AP|AFP|Getty|Reuters|File|EPA|Credit)[^()]{0,40}\)"
    r"|/ ?(?:AP|AFP|Getty|Reuters|EPA)[^/]{0,20})$"
)
"""A picture's source at the end of its words ("[Anadolu Agency]")."""

EMBED_OPENING = re.compile(r"@\w{2,}\b|RT @\w+|pic\.twitter\.com|https?://\S+$")
"""Opening of a post of another site inside the page."""

BYLINE = re.compile(
    r"by (?-i:[A-Z])[\w.’'-]+(?:,?\s(?:and\s)?(?-i:[A-Z])[\w.’'-]*){0,8}"
    rf"(?:[,|–-]?\s\d{{1,2}}(?:\s(?:{_MONTHS}))?(?:,?\s\d{{4}})?)?",
    re.IGNORECASE,
)
"""A whole line that names the authors, perhaps with a date."""

_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
MESSAGE_STAMP = re.compile(rf"\[?\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}},?\s{_TIME}\]?(?:\s-)?\s")
"""When a message of a chat was sent, before its sender: "12/03/2021, 14:05 - ", "[12.03.21, 14:05:10] "."""

MESSAGE_FIELD = re.compile(
    r"(?:From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|De|À|Objet|Von|An|Gesendet|Betreff)\s?:\s"
    r"|-{3,} ?(?:Original Message|Forwarded message|Message d'origine) ?-{3,}$"
)
"""A line of the head of an e-mail, its own or that of the message which it answers."""

MESSAGE_OPENING = re.compile(rf"(?=From|De|Von|-)(?:{MESSAGE_FIELD.pattern})")
"""The first of them: "Date: 3 March" may stand below the title of a page, too."""

DATE_LINE = re.compile(
    rf"(?:(?:{_DAYS})(?:day)?,?\s+)?"
    rf"(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)?\s+(?:{_MONTHS})"
    rf"|(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?)"
    r"(?:,?\s+\d{4})?(?:[ ,–-]+\d{1,2}[:.]\d\d\s?(?:[ap]m|gmt|[A-Z]{3,4})?)*"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)(?:,\s\d{1,2}:\d\d(?:\s[ap]m)?)?",
    re.IGNORECASE,
)
"""A whole line that is a date."""

SMALL_WORDS = words(
    """a an the and or but nor of in on at to by for from with as is are be if so than that via vs
    over into after before up down out off not no its his her their our it we"""
)
"""Words that English headlines in capitals leave small."""

"""What annotators write (an actor's body, a question's, a note) as HTML with its links."""

from __future__ import annotations

import re

from markupsafe import Markup

from .. import urls
from ..fields import parse_url
from ..link import ClaimKey
from ..markup import parse_body
from ..model import AgentRef
from ..render import render_prose
from .catalogue import Catalogue

_REFERENCE = re.compile(r"(actor|topic|outlet|question|document):([a-z0-9-]+)(?:#(.+))?")
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!<p>).)*)</p>\s*", re.DOTALL)


def prose(text: str, page: str, catalogue: Catalogue) -> Markup:
    """*text*, Markdown, as it stands on *page*; empty where there is none."""
    if not text.strip():
        return Markup()
    html = render_prose(parse_body(text), lambda target: _resolve(target, page, catalogue))
    return Markup(html)


def prose_line(text: str, page: str, catalogue: Catalogue) -> Markup:
    """The same within a line: without the element of its paragraph, where it is only one."""
    html = prose(text, page, catalogue)
    only = _ONE_PARAGRAPH.fullmatch(html)
    return Markup(only[1]) if only else html


def _resolve(target: str, page: str, catalogue: Catalogue) -> str | None:
    reference = _REFERENCE.fullmatch(target)
    if reference is None:
        return parse_url(target)
    kind, slug, fragment = reference.groups()
    address = _address(kind, slug, fragment, catalogue)
    return urls.href(page, address) if address is not None else None


def _address(kind: str, slug: str, fragment: str | None, catalogue: Catalogue) -> str | None:
    """Where a reference leads; None where what it names is not published."""
    if kind == "document":
        if fragment is not None and ClaimKey(slug, fragment) in catalogue.claims:
            return urls.claim(slug, fragment)
        link = catalogue.documents.get(slug)
    elif kind == "topic":
        link = catalogue.topics.get(slug)
    elif kind == "question":
        link = catalogue.questions.get(slug)
    else:
        link = catalogue.agents.get(AgentRef("actor" if kind == "actor" else "outlet", slug))
    return link.path if link is not None else None

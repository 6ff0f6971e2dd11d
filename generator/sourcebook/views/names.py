"""Names in other languages and scripts, and identifiers elsewhere, of what has a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from ..messages import direction_of
from ..model import Name
from .catalogue import name_in

_RESOLVERS = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}", r"Q[1-9]\d*"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}", r"\d+"),
    "gnd": ("GND", "https://d-nb.info/gnd/{}", r"[\dX-]+"),
    "isni": ("ISNI", "https://isni.org/isni/{}", r"[\dX]{16}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{}", r"\d+"),
    "orcid": ("ORCID", "https://orcid.org/{}", r"[\dX-]{19}"),
    "lei": ("LEI", "https://search.gleif.org/#/record/{}", r"[0-9A-Z]{20}"),
    "opensanctions": ("OpenSanctions", "https://www.opensanctions.org/entities/{}/", r"[\w-]+"),
}
"""By scheme: its name, the address of an identifier, and what an identifier looks like."""


def filed_name(name: str) -> str:
    """*name* as lists file it: without the Arabic article that it may begin with."""
    return name[2:] if name.startswith("\u0627\u0644") and len(name) > 4 else name


def name_order(name: str) -> str:
    """What names are put in order by: as they are filed, without accents and case."""
    letters = unicodedata.normalize("NFKD", filed_name(name).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class LocalName:
    """A name in one language."""

    text: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class IdentifierView:
    """What another register calls it; ``url`` is None where the address is not known."""

    scheme: str
    identifier: str
    url: str | None


def local_names(name: Name, language: str) -> tuple[LocalName, ...]:
    """The forms of *name* in other languages, without the one that *language* shows."""
    shown = name_in(name, language)
    names: dict[str, LocalName] = {}
    for tag, text in name.by_language:
        if text != shown and text not in names:
            names[text] = LocalName(text, tag, direction_of(tag))
    return tuple(names.values())


def identifier_views(identifiers: Iterable[tuple[str, str]]) -> tuple[IdentifierView, ...]:
    """*identifiers* with their addresses, where the scheme is known and the identifier fits it."""
    views: list[IdentifierView] = []
    for scheme, identifier in identifiers:
        name, address, shape = _RESOLVERS.get(scheme.lower(), (scheme, "", ""))
        fits = bool(address) and re.fullmatch(shape, identifier, re.ASCII) is not None
        url = address.format(quote(identifier, safe="")) if fits else None
        views.append(IdentifierView(name, identifier, url))
    return tuple(views)

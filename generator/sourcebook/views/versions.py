"""A text and its translation: each leads to the other, and one page lays them side by side."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .. import urls
from ..link import LinkedDocument
from ..markup import parse_body
from ..messages import direction_of
from ..model import Slug
from ..render import render_body
from ..words import date_words
from .catalogue import Catalogue, Link


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """The original of a translation, or a translation of it."""

    document: Link
    lang: str
    direction: str
    language: str | None
    """What its language is called; None where it is not known."""
    beside: str
    """The page that has both."""


@dataclass(frozen=True, slots=True)
class TextSide:
    """One of the two texts, and where it is from."""

    document: Link
    lang: str
    direction: str
    language: str | None
    outlet: Link | None
    date: str | None


@dataclass(frozen=True, slots=True)
class BesideView:
    """A translation beside its original."""

    title: str
    original: TextSide
    translation: TextSide
    rows: tuple[tuple[Markup, Markup], ...]
    """Of the original and of the translation, what stands side by side."""
    is_aligned: bool
    """False: the two have not the same number of blocks, and stand as a whole."""


def original_of(linked: LinkedDocument, catalogue: Catalogue) -> OtherVersion | None:
    """The original that *linked* translates; None where it is no translation, or of no known text."""
    original = catalogue.archive.documents.get(linked.document.translation_of or "")
    return _version(original, linked.document.slug, catalogue) if original else None


def translations_of(linked: LinkedDocument, catalogue: Catalogue) -> tuple[OtherVersion, ...]:
    """The translations of *linked*."""
    documents = (catalogue.archive.documents.get(slug) for slug in linked.translations)
    return tuple(
        _version(document, document.document.slug, catalogue) for document in documents if document
    )


def _version(linked: LinkedDocument, translation: Slug, catalogue: Catalogue) -> OtherVersion:
    lang = linked.document.lang
    return OtherVersion(
        document=catalogue.documents[linked.document.slug],
        lang=lang or "und",
        direction=direction_of(lang),
        language=catalogue.messages.language_name(lang) if lang else None,
        beside=urls.beside_original(translation),
    )


def beside_view(linked: LinkedDocument, catalogue: Catalogue) -> BesideView | None:
    """The translation *linked* beside its original; None where it has none in the archive.

    Nothing says which sentence translates which. Where both have the same number of blocks,
    paragraphs, headings, lists, they stand block beside block; otherwise text beside text.
    """
    original = catalogue.archive.documents.get(linked.document.translation_of or "")
    if original is None:
        return None
    left, right = _blocks(original), _blocks(linked)
    is_aligned = len(left) == len(right)
    if not is_aligned:
        left, right = (Markup("").join(left),), (Markup("").join(right),)
    return BesideView(
        title=linked.document.title,
        original=_side(original, catalogue),
        translation=_side(linked, catalogue),
        rows=tuple(zip(left, right, strict=True)),
        is_aligned=is_aligned,
    )


def _blocks(linked: LinkedDocument) -> tuple[Markup, ...]:
    blocks = render_body(parse_body(str(linked.document.body)))
    return tuple(Markup(block.html) for block in blocks)


def _side(linked: LinkedDocument, catalogue: Catalogue) -> TextSide:
    document, messages = linked.document, catalogue.messages
    return TextSide(
        document=catalogue.documents[document.slug],
        lang=document.lang or "und",
        direction=direction_of(document.lang),
        language=messages.language_name(document.lang) if document.lang else None,
        outlet=catalogue.outlet(document.outlet),
        date=date_words(document.date, messages) if document.date else None,
    )

"""The site that stands as the last run made it, so that the next run makes only what differs.

Kept are the keys of all that was read (``disk``), and of each section what it read of the archive.
By the keys the archive of then is put together again, and the two archives are compared as those
before and after a change in a preview are (``reads``). Where anything of then is gone, nothing is
known of the site, and all of it is made; a page that is not as it was written is made in any case.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from .anchors import DocumentPlaces
from .cache import Memory, Recall
from .disk import has_note, keep_note, recall_note
from .layout import FOLDERS
from .link import Archive
from .load import Content
from .model import Slug
from .output import Stamps
from .pages import TableOfContents
from .profile import stage
from .reads import Place, shared_place
from .rendering import KnownSection, RenderedPage, RenderedSection, SiteMemory, Work
from .standing import Inputs
from .views.catalogue import build_catalogue

T = TypeVar("T")
Name = tuple[str, str]
Places = Mapping[Slug, DocumentPlaces]
Keys = Mapping[Name, bytes]
"""What was read, by name: the record of a kind and slug, or its text."""


def noting(recall: Recall, keys: dict[Name, bytes]) -> Recall:
    """*recall*, of which the *keys* that it is asked with are noted."""

    def recall_and_note(name: Name, key: object, make: Callable[[], T]) -> T:
        if isinstance(key, bytes):
            keys[name] = key
        return recall(name, key, make)

    return recall_and_note


def hand_on(keys: Keys, memory: Memory, recall: Recall) -> None:
    """Let *recall* keep what *memory* found under *keys* since the disk was asked last."""
    with contextlib.suppress(_GoneError):
        for name, key in keys.items():
            recall(name, key, partial(memory, name, key, _gone))


@stage("keep")
def keep_previous(
    site: SiteMemory, inputs: Inputs, stamps: Stamps, keys: Keys, contents: TableOfContents
) -> None:
    """Keep for a later run what *site*, which stands in files with these *stamps*, was made of."""
    if site.work is None or not keys:
        return
    places: defaultdict[Place, int] = defaultdict()
    places.default_factory = places.__len__  # each is numbered when it is first met

    def numbers(reads: Iterable[Place]) -> tuple[int, ...]:
        return tuple(map(places.__getitem__, reads))

    sections: dict[Name, tuple[object, ...]] = {}
    for section in contents.sections:
        known = site.known.get(section.name)
        if known is not None and known.is_whole:
            pages = tuple(
                (
                    page.path,
                    page.is_indexed,
                    page.digest,
                    numbers(page.reads),
                    stamps.get(page.path),
                )
                for page in known.made.pages
            )
            sections[section.name] = (_digest(section.given), pages, numbers(known.made.reads))
    kept = (_setup(inputs, site.work), dict(keys), tuple(places), sections)
    keep_note(inputs.root, _note_of(inputs), kept)


def is_kept(inputs: Inputs) -> bool:
    """Whether this version of the program knows of what the site that stands was made."""
    return has_note(inputs.root, _note_of(inputs))


@stage("recall")
def recall_previous(
    site: SiteMemory,
    inputs: Inputs,
    content: Content,
    contents: TableOfContents,
    work: Work,
    recall: Recall,
    link: Callable[[Content, Places], Archive],
) -> None:
    """Let *site* know what stood in the target of *inputs*; nothing, where that is not certain.

    *content*, *contents* and *work* are what is to stand there next.
    """
    kept = recall_note(inputs.root, _note_of(inputs))
    if not isinstance(kept, tuple) or len(kept) != 4:
        return
    setup, keys, noted, sections = kept
    if setup != _setup(inputs, work):
        return
    before = _content_of(keys, content, recall)
    if before is None:
        return
    catalogue = build_catalogue(link(*before), work.catalogue.settings, work.catalogue.messages)
    site.work = replace(work, catalogue=catalogue)
    places = tuple(map(shared_place, noted))
    for section in contents.sections:
        made = sections.get(section.name)
        if made is None or made[0] != _digest(section.given):
            continue
        stamps = {path: stamp for path, *_, stamp in made[1]}
        if None not in stamps.values():
            site.known[section.name] = KnownSection(section.given, _section_of(made, places))
            site.stamps |= stamps


class _GoneError(Exception):
    """The disk does not know any more what was found in a file of then."""


def _gone() -> Any:
    raise _GoneError


def _content_of(keys: Keys, content: Content, recall: Recall) -> tuple[Content, Places] | None:
    """What the archive held then, and the places in its texts; None where the disk lost some."""
    records: dict[str, Any] = {folder: {} for folder in FOLDERS.values()}
    places: dict[Slug, DocumentPlaces] = {}
    try:
        for (kind, slug), key in keys.items():
            if kind in FOLDERS:
                record = recall((kind, slug), key, _gone).record
                if record is not None:
                    records[FOLDERS[kind]][slug] = record.get()
            elif kind == "text":
                places[slug] = recall((kind, slug), key, _gone).places.get()
    except _GoneError:
        return None
    return replace(content, **records), places


def _section_of(kept: tuple[Any, ...], places: Sequence[Place]) -> RenderedSection:
    def reads(numbers: Iterable[int]) -> tuple[Place, ...]:
        return tuple(map(places.__getitem__, numbers))

    _, pages, own = kept
    return RenderedSection(
        tuple(
            RenderedPage(path, None, is_indexed, digest, reads(numbers))
            for path, is_indexed, digest, numbers, _ in pages
        ),
        reads(own),
    )


def _note_of(inputs: Inputs) -> str:
    return f"{inputs.name}-sections"


def _setup(inputs: Inputs, work: Work) -> bytes:
    """The same only where pages of the same archive are the same."""
    return _digest((inputs.asked, work.catalogue.settings, work.chrome, work.theme.fingerprint))


def _digest(value: object) -> bytes:
    """Of plain values: what they are, whichever objects hold it."""
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=16).digest()

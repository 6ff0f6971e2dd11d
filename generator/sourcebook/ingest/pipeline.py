"""The user's spaCy pipeline, where ``archive.yaml`` names one: loaded once a run, never downloaded.

Only an installed package is loaded, not a folder: what runs is what the user has put into the
environment, whoever wrote the settings.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from ..diagnostics import EnvironmentProblem, UsageError
from ..settings import load_settings
from .parsed import Parse, ParsedText

_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "textcat", "senter", "entity_linker")
"""Components that add nothing to the tree."""
_WITHOUT = "or take the line `pipeline` out of archive.yaml"
_SPACE = re.compile(r"\s")


def find_pipeline(root: Path) -> Parse | None:
    """The parse by the pipeline that the settings of the archive at *root* name; None without one.

    Settings with errors name none: ingest does without them, and ``check`` tells what is wrong.
    """
    settings, _ = load_settings(root)
    if settings is None or settings.pipeline is None:
        return None
    return load_pipeline(settings.pipeline)


def load_pipeline(name: str) -> Parse:
    """The parse of a passage by the pipeline *name*; ``UsageError`` where it cannot be used."""
    try:
        spacy = import_module("spacy")
    except ImportError as error:
        raise UsageError(
            f"archive.yaml names the pipeline `{name}`, which needs spaCy, and that is not installed",
            f"install it with `pip install spacy`, {_WITHOUT}",
        ) from error
    if not spacy.util.is_package(name):
        raise UsageError(
            f"archive.yaml names the spaCy pipeline `{name}`, which is not installed",
            f"install it, such as with `python -m spacy download {name}`, {_WITHOUT}",
        )
    try:
        nlp = spacy.load(name, exclude=_UNUSED)
        is_parsing = nlp("It is so.").has_annotation("DEP")
    # A pipeline is a program of somebody else's: there is no list of what it may raise.
    except Exception as error:
        raise UsageError(
            f"the spaCy pipeline `{name}` cannot be loaded: {_first_line(error)}",
            f"see that it fits your spaCy with `python -m spacy validate`, {_WITHOUT}",
        ) from error
    if nlp.lang != "en" or not is_parsing:
        fact = f"is for `{nlp.lang}`" if nlp.lang != "en" else "parses no sentences"
        raise UsageError(
            f"the spaCy pipeline `{name}` {fact}, and claims are read from parses of English",
            f"name one with a parser of English, such as `en_core_web_sm`, {_WITHOUT}",
        )

    def parse(passage: str) -> ParsedText:
        try:
            # A line end inside a paragraph means nothing, and a parser takes it for a word.
            doc: ParsedText = nlp(_SPACE.sub(" ", passage))
        except Exception as error:
            raise EnvironmentProblem(
                f"the spaCy pipeline `{name}` failed: {_first_line(error)}",
                f"mend it, {_WITHOUT}",
            ) from error
        return doc

    return parse


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)

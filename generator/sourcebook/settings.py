"""archive.yaml: the settings of an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from .diagnostics import Diagnostic, Severity, UsageError, did_you_mean
from .fields import (
    BOOLEAN,
    LANGUAGE,
    SLUG,
    TEXT,
    TEXTS,
    URL,
    Field,
    Reader,
    list_of,
    parse_url,
    read_fields,
    record_of,
    scalar,
)
from .frontmatter import parse_mapping
from .layout import DEFAULT_THEME, FILE


@dataclass(frozen=True, slots=True)
class Settings:
    """What an archive says of itself. Trusted, unlike all else in it."""

    title: str
    description: str | None = None
    url: str | None = None
    """Where the site is published, without a slash at its end."""
    known_by: str | None = None
    """The `url` of archive.yaml, by which feeds are known wherever a copy of the site stands."""
    languages: tuple[str, ...] = ("en",)
    """The first is the language of the interface."""
    theme: str = "default"
    licence: str | None = None
    contributors: tuple[str, ...] = ()
    source: str | None = None
    """The address of the repository, for links to files and to the way to contribute."""
    publish_captures: bool = False
    pipeline: str | None = None
    """The installed spaCy pipeline that helps ingest to find claims."""

    def with_url(self, url: str | None) -> Settings:
        """The same settings for a site at *url*, or for one without an address."""
        if url and _parse_address(url) is None:
            raise UsageError(f"`{url}` is not {_ADDRESS}", _ADDRESS_HELP)
        return replace(self, url=url.rstrip("/") if url else None)


def _parse_address(text: str) -> str | None:
    # Pages stand below it, and none stands below a query or a fragment.
    return None if "?" in text or "#" in text else parse_url(text)


_ADDRESS = "the whole address of a folder"
_ADDRESS_HELP = "write it as https://example.org/archive, without `?` and `#`"

SETTINGS_FIELDS = (
    Field("title", TEXT, "the archive's name", required=True),
    Field("description", TEXT, "what it is, in a sentence or two"),
    Field(
        "url",
        scalar("invalid-url", _ADDRESS, _parse_address, _ADDRESS_HELP, dict(URL.schema)),
        "where the site is published",
    ),
    Field("languages", list_of(LANGUAGE, single=True), "languages; the first is the interface's"),
    Field("theme", SLUG, "the folder in themes/ whose files go before the default ones"),
    Field("licence", TEXT, "the licence of the annotations"),
    Field("contributors", TEXTS, "who keeps the archive"),
    Field("source", URL, "the address of the repository"),
    Field(
        "publish",
        record_of(
            lambda captures=False: captures,
            (Field("captures", BOOLEAN, "true publishes the captures under /captures/"),),
            "`publish`",
        ),
        "what to publish besides the pages",
        attribute="publish_captures",
    ),
    Field("pipeline", TEXT, "an installed spaCy pipeline, such as en_core_web_sm, for ingest"),
)


_OF_A_THEME = ("templates", "assets")


def _find_stray_entries(root: Path, theme: str) -> Iterator[Diagnostic]:
    """What lies in the folder of a theme, where nothing reads it."""
    for path in sorted((root / "themes" / theme).iterdir()):
        if path.name not in (*_OF_A_THEME, "README.md") and not path.name.startswith("."):
            held = f"themes/{theme}/ holds the folders templates and assets"
            yield Diagnostic(
                "unexpected-file",
                f"`{path.name}` is not a folder of a theme, and is left out",
                f"themes/{theme}/{path.name}",
                Severity.WARNING,
                did_you_mean(path.name, _OF_A_THEME, held),
            )


def load_settings(root: Path) -> tuple[Settings | None, list[Diagnostic]]:
    """The settings of the archive at *root*; None where they cannot be used. Problems exit with 2."""
    try:
        text = (root / FILE).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        help = "save the file as UTF-8"
        problem = Diagnostic("not-utf-8", f"{FILE} is not UTF-8 text", FILE, help=help, exit_code=2)
        return None, [problem]
    front, diagnostics = parse_mapping(text, FILE)
    reader = Reader(FILE)
    given = (
        read_fields(front, SETTINGS_FIELDS, reader, "archive.yaml") if front is not None else None
    )
    theme = (given or {}).get("theme", DEFAULT_THEME)
    stray: Iterable[Diagnostic] = ()
    if theme != DEFAULT_THEME and (root / "themes" / theme).is_dir():
        stray = _find_stray_entries(root, theme)
    elif theme != DEFAULT_THEME:
        reader.inside("theme").report(
            "unknown-theme",
            f"`theme` is `{theme}`, and there is no folder themes/{theme}",
            "make the folder, or leave `theme` out for the default one",
        )
    diagnostics = [replace(d, exit_code=2) for d in (*diagnostics, *reader.diagnostics)]
    if given is None or any(d.severity is Severity.ERROR for d in diagnostics):
        return None, diagnostics
    if url := given.get("url"):
        given["url"] = given["known_by"] = url.rstrip("/")
    diagnostics += stray
    # An empty list says as little as none.
    return Settings(**{name: value for name, value in given.items() if value != ()}), diagnostics

"""The theme: templates and assets, the archive's own before the default ones of the same path."""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup

from . import urls
from .cache import Recall, forget
from .diagnostics import UsageError, did_you_mean
from .layout import default_theme_folder
from .messages import Messages
from .output import OutputFile
from .templates import QuickEnvironment
from .views.frame import Frame

_NOT_PUBLISHED = frozenset({"live.js"})
"""Assets that only a running server gives out."""

_ROOT = Markup("<>")
"""Stands for the way to the site's root while a page is made, so that pieces can stand on pages of
any depth. No text can hold it, as every ``<`` of a text is escaped. It is ASCII, as pieces are kept:
with it, most of them take a byte a character."""

_HELD = 1 << 16
"""Pieces held for other pages, of about a kilobyte each."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What makes a view a page."""

    environment: Environment
    templates: tuple[str, ...]
    """The names of all templates."""
    assets: Mapping[str, bytes]
    """By name, such as ``fonts/noto-naskh-arabic.woff2``."""
    fingerprint: str
    """Of all templates and assets: pages of the same view and theme are the same."""
    own: Mapping[str, str]
    """The templates that the archive brings, by name, and where each is."""

    def render(self, template: str, frame: Frame, view: object) -> str:
        """*view* within *frame*, which is all that the template is given."""
        try:
            page = self._write(template, frame, view)
            return page.replace(_ROOT, frame.root)
        except Exception as error:
            place = self._place_of(error)
            if place is None:
                raise
            mend = "mend the template, or take it away for the default one"
            if isinstance(error, TemplateNotFound):
                fact = f"there is no template `{error.name}`"
                mend = did_you_mean(str(error.name), self.templates, mend)
            elif isinstance(error, KeyError):
                fact = f"there is nothing named `{error.args[0]}`"
            elif isinstance(error, AttributeError) and error.obj is not None:
                fields = [field for field in dir(error.obj) if not field.startswith("_")]
                fact = f"`{type(error.obj).__name__}` has no `{error.name}`"
                mend = did_you_mean(str(error.name), fields, f"it has {', '.join(fields)}")
            else:
                fact = getattr(error, "message", None) or str(error)
            raise UsageError(f"{place}: {fact}", mend) from error

    def _write(self, name: str, frame: Frame, view: object) -> str:
        template = self.environment.get_template(name)
        context = template.new_context({"page": frame, "view": view})
        try:
            return "".join(template.root_render_func(context))
        except Exception:
            self.environment.handle_exception()  # raises it again, with the template's own lines
        finally:
            # The context holds the page's macros, and they hold it: all that the page was made of
            # would stay until such circles are looked for.
            context.vars.clear()

    def prepare(self) -> None:
        """Compile all templates: before this process is copied, once is enough for all copies."""
        for template in self.templates:
            self.environment.get_template(template)

    def _place_of(self, error: Exception) -> str | None:
        """Where the archive's own template went wrong; None for an error of the program."""
        if isinstance(error, TemplateSyntaxError):
            place = self.own.get(error.name or "")
            return f"{place}:{error.lineno}" if place else None
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if frame.filename in self.own.values()]
        return f"{ours[-1].filename}:{ours[-1].lineno}" if ours else None

    def asset_files(self) -> tuple[OutputFile, ...]:
        """The assets, as files of the site."""
        return tuple(OutputFile(urls.asset(name), data) for name, data in self.assets.items())


def load_theme(root: Path, name: str, messages: Messages, recall: Recall = forget) -> Theme:
    """The theme *name* of the archive at *root*: what it lacks comes from the default one.

    A theme's templates are code of the archive's owner, as its settings are; only what lies in its
    own folder is read, wherever a link there may lead.
    """
    own = root / "themes" / name
    folders = [folder for folder in (own, default_theme_folder()) if folder.is_dir()]
    templates = _read_files(folders, "templates")
    is_ours = own.resolve() == default_theme_folder().resolve()
    assets = _without_layout(_read_files([default_theme_folder()], "assets"))
    if not is_ours:
        assets = dict(sorted((assets | _read_files([own], "assets")).items()))
    own_templates = {
        file: f"themes/{name}/templates/{file}"
        for file in ({} if is_ours else _read_files([own], "templates"))
    }
    texts = {file: _decode(data, own_templates.get(file)) for file, data in templates.items()}
    key = (texts, assets, messages, own_templates)
    return recall(("theme", name), key, lambda: _make_theme(texts, assets, messages, own_templates))


_LAYOUT = {
    ".css": re.compile(rb"\s*/\*.*?\*/\s*|\s*([{};>])\s*|(?<=[:,]) +", re.DOTALL),
    ".js": re.compile(rb"^ *//.*\n|^ +()", re.MULTILINE),
}
"""Comments, indents, spaces about signs that no string has; what is in the group stays."""


def _without_layout(assets: Mapping[str, bytes]) -> dict[str, bytes]:
    """The default theme's sheets and scripts as they are sent, less what is there for editors.

    That is a quarter of them as a page loads them. An archive's own assets are sent as they are.
    """
    return {
        name: _LAYOUT[suffix].sub(rb"\1", data) if suffix in _LAYOUT else data
        for name, data in assets.items()
        for suffix in [Path(name).suffix]
    }


def _decode(template: bytes, place: str | None) -> str:
    try:
        return template.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if place is None:
            raise
        raise UsageError(f"{place} is not UTF-8 text", "save the file as UTF-8") from error


def _make_theme(
    templates: Mapping[str, str],
    assets: Mapping[str, bytes],
    messages: Messages,
    own: Mapping[str, str],
) -> Theme:
    versions = {name: hashlib.sha256(data).hexdigest()[:10] for name, data in assets.items()}

    def asset(name: str) -> str:
        """The address of an asset; it changes with the content, so a browser may keep it."""
        if name not in versions:
            raise TemplateError(f"the theme has no asset `{name}`")
        return f"{urls.asset(name)}?v={versions[name]}"

    def load(name: str) -> tuple[str, str | None, Callable[[], bool]] | None:
        """A template with its place, which stands in the traceback of what goes wrong in it."""
        return (templates[name], own.get(name), lambda: True) if name in templates else None

    environment = QuickEnvironment(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        say=messages.say,
        forms=messages.forms_of,
        number=messages.number,
        quoted=messages.quoted,
        isolated=messages.isolate_element,
        dir_of=messages.direction_attribute,
        comma=messages.say("list.comma"),
        semicolon=messages.say("list.semicolon"),
        colon=messages.say("list.colon"),
        asset=asset,
        fonts=urls.asset("fonts/"),
        root=_ROOT,
        language=messages.language,
        once=_make_once(),
    )
    fingerprint = hashlib.sha256(repr((versions, templates, messages)).encode()).hexdigest()
    return Theme(environment, tuple(templates), assets, fingerprint, own)


def _make_once() -> Callable[..., Markup]:
    """What lets templates make a piece once that stands on many pages in the same form."""
    made: dict[tuple[Callable[..., Markup], Hashable], tuple[tuple[object, ...], Markup]] = {}

    def once(macro: Callable[..., Markup], key: Hashable, *arguments: object) -> Markup:
        """What *macro* makes of *arguments*, which *key* names.

        A macro that is imported without context is one and the same on all pages, and knows nothing
        of any. One that is made for a page is another one on the next.
        """
        place = (macro, key)
        kept = made.get(place)
        # A theme outlives a build of the running server, in which a claim may have changed.
        if kept is not None and kept[0] == arguments:
            return kept[1]
        piece = macro(*arguments)
        # Pages come kind by kind, each over the whole archive: what was held first is wanted as
        # soon as what was held last, so nothing gives way when there is no more room.
        if kept is not None or len(made) < _HELD:
            made[place] = arguments, piece
        return piece

    return once


def _read_files(folders: list[Path], kind: str) -> dict[str, bytes]:
    """All files of a kind by name, in the order of their names; those of earlier folders win."""
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        base = (folder / kind).resolve()
        for path in base.rglob("*"):
            name = path.relative_to(base).as_posix()
            hidden = any(part.startswith(".") for part in path.relative_to(base).parts)
            if hidden or name in _NOT_PUBLISHED or not path.is_file():
                continue
            if path.resolve().is_relative_to(base):
                found[name] = path
    return {name: found[name].read_bytes() for name in sorted(found)}

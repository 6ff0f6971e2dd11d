"""``sourcebook new``: an archive that runs, with a small real example, in a folder of one's own.

The files stand beside this module as they will stand in the archive; only those that depend on the
running program are written anew: the schemas for editors, and the line that says which Sourcebook
builds the archive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from subprocess import DEVNULL, CalledProcessError, check_output
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .. import __version__
from ..diagnostics import EnvironmentProblem, UsageError
from ..fields import object_schema
from ..schema import TABLES, json_schema
from ..settings import SETTINGS_FIELDS

_NAMED_AT_MOST = 5


def create_archive(target: Path) -> list[Path]:
    """Write a new archive into *target* and return its files, sorted.

    *target* is made if it is missing. Nothing that exists is overwritten: a folder that holds
    anything (a ``.git`` apart, so that an empty clone can be filled) is a ``UsageError``.
    """
    _refuse_occupied(target)
    contents = {**dict(_list_files(files(__package__) / "files")), **_editor_schemas()}
    contents["requirements.txt"] = _requirement().encode()
    paths = sorted(target / name for name in contents)
    try:
        for name, data in contents.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
    except BaseException as error:
        _take_back(target, paths)
        if isinstance(error, OSError):
            raise EnvironmentProblem(
                f"{target} cannot be filled: {error.strerror or error}",
                "look at the disk's space, and who may write there; nothing was left behind",
            ) from error
        raise
    return paths


def _take_back(target: Path, paths: Sequence[Path]) -> None:
    """Remove the beginning of an archive: in its way, it could not be made again."""
    for path in paths:
        path.unlink(missing_ok=True)
    folders = {folder for path in paths for folder in path.parents if folder.is_relative_to(target)}
    for folder in sorted(folders, reverse=True):
        # What was there before is not empty, or the user's to remove.
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _refuse_occupied(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file, not a folder", "name a new or an empty folder")
    found = sorted(p.name for p in target.iterdir() if p.name != ".git") if target.exists() else []
    if found:
        named = ", ".join(found[:_NAMED_AT_MOST])
        more = f" and {len(found) - _NAMED_AT_MOST} more" if len(found) > _NAMED_AT_MOST else ""
        raise UsageError(
            f"the folder {target} is not empty: it holds {named}{more}",
            "name a new or an empty folder; nothing was written",
        )


def _list_files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _list_files(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_bytes()


def _editor_schemas() -> dict[str, bytes]:
    """JSON Schemas of archive.yaml and of every kind of front matter, where the editor looks."""
    schemas = {kind: json_schema(kind) for kind in TABLES}
    schemas["archive"] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Sourcebook archive.yaml",
        **object_schema(SETTINGS_FIELDS),
    }
    return {
        f".vscode/schemas/{kind}.json": (json.dumps(schema, indent=1) + "\n").encode()
        for kind, schema in schemas.items()
    }


def _requirement() -> str:
    """The line with which pip installs this Sourcebook again, on the machine that publishes."""
    origin = _repository()
    if origin is not None:
        return f"# The Sourcebook that builds this archive.\nsourcebook @ {origin}\n"
    return (
        "# The Sourcebook that builds this archive. Where it is not in your package index, name its\n"
        "# repository instead: sourcebook @ git+https://github.com/OWNER/REPOSITORY@COMMIT\n"
        f"sourcebook=={__version__}\n"
    )


def _repository() -> str | None:
    """The repository and commit that this program was installed from, where pip noted them (PEP 610)."""
    try:
        note = distribution("sourcebook").read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    origin = json.loads(note) if note else {}
    vcs = origin.get("vcs_info")
    if vcs:
        return f"{vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
    return (
        _origin_of_clone(url2pathname(urlsplit(origin["url"]).path))
        if "dir_info" in origin
        else None
    )


def _origin_of_clone(folder: str) -> str | None:
    """Where the clone in *folder* was made from, and its commit; None where others cannot reach it.

    A user's name or token in the address stays at home: what comes of this is published.
    """
    questions = (
        ("remote", "get-url", "origin"),
        ("rev-parse", "HEAD"),
        ("rev-parse", "--show-prefix"),
    )
    try:
        address, commit, below = (
            check_output(["git", "-C", folder, *question], text=True, stderr=DEVNULL).strip()
            for question in questions
        )
    except (OSError, CalledProcessError):
        return None
    place = _WEB_ADDRESS.match(address) if not below else None  # else it is another's repository
    return f"git+https://{place[1]}/{place[2]}@{commit}" if place else None


_WEB_ADDRESS = re.compile(
    r"(?:(?:https|ssh)://)?(?:[^@/\s]+@)?([\w-]+(?:\.[\w-]+)+)[:/](?!\d+/)([^\s:@?#]+)\Z"
)
"""``https://github.com/…``, ``git@github.com:…`` or ``ssh://git@github.com/…``."""

"""A table of what is known of many captures: one row a file, for ``ingest --metadata``."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path, PurePath

from ..diagnostics import UsageError, did_you_mean
from ..edtf import parse_edtf
from ..fields import LANGUAGE, parse_url
from ..slugs import SLUG_HELP, is_slug
from .run import Given

COLUMNS = ("file", *(field.name for field in fields(Given) if field.name != "added"))


def read_table(path: Path, given: Given) -> Mapping[str, Given]:
    """What the CSV file at *path* says of each file, by its name or the end of its path.

    *given* fills its gaps. UTF-8, with the names of the columns in the first line, in any order.
    Raises ``UsageError`` with the line for what cannot be used: bulk work should not begin with a
    slip in the table.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} is not UTF-8 text", "save it as CSV UTF-8") from error
    except OSError as error:
        help = "look at its name and its permissions"
        raise UsageError(f"{path} cannot be read: {error.strerror}", help) from error
    delimiter = (
        ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    )
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = [(name or "").strip() for name in reader.fieldnames or ()]
    for column in columns:
        if column not in COLUMNS and not column.startswith("x-"):
            help = did_you_mean(column, COLUMNS, f"the columns are {', '.join(COLUMNS)}")
            raise UsageError(f"{path.name} has a column `{column}`", help)
    if "file" not in columns:
        raise UsageError(f"{path.name} has no column `file`", "its first line names the columns")
    reader.fieldnames = columns
    rows: dict[str, Given] = {}
    for row in reader:
        where = f"{path.name}, line {reader.line_num}"
        name = PurePath((row.get("file") or "").strip().replace("\\", "/")).as_posix()
        if name == "." or None in row:
            raise UsageError(f"{where}: the row does not fit the columns", "look for stray commas")
        if name in rows:
            raise UsageError(f"{where}: `{name}` has a row already", "write one row for each file")
        values = {
            column: value.strip()
            for column, value in row.items()
            if column in COLUMNS[1:] and value and value.strip()
        }
        check_given(values, where)
        rows[name] = replace(given, **values)
    # A file that was kept in the archive since has its name still, but another folder.
    bare = Counter(PurePath(name).name for name in rows)
    return {
        PurePath(name).name: row for name, row in rows.items() if bare[PurePath(name).name] == 1
    } | rows


def check_given(values: Mapping[str, str | None], where: str) -> None:
    """Raise ``UsageError`` for a date, slug, address or tag that front matter would not take."""
    if (text := values.get("date")) and parse_edtf(text) is None:
        raise UsageError(f"{where}: `{text}` is not a date", "write YYYY-MM-DD, YYYY-MM or YYYY")
    if (slug := values.get("outlet")) and not is_slug(slug):
        raise UsageError(f"{where}: `{slug}` is not an outlet's slug", SLUG_HELP)
    if (lang := values.get("lang")) and LANGUAGE.parse(lang) is None:
        raise UsageError(f"{where}: `{lang}` is not a language tag", "write en, fr, ar, pt-BR …")
    if (url := values.get("url")) and parse_url(url) is None:
        raise UsageError(f"{where}: `{url}` is not an address", "begin it with https:// or http://")

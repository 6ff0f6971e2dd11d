"""How the fields of a record are read, and what JSON Schema says of them.

A table of fields gives both, so whatever an editor marks, ``check`` refuses.
"""

from .kind import (
    EMPTY,
    Json,
    Kind,
    Reader,
    choice,
    list_of,
    mapping_of,
    scalar,
    shown,
    silently,
)
from .table import Field, object_schema, read_fields, record_of
from .values import (
    BOOLEAN,
    DATE,
    HASH,
    LANGUAGE,
    NUMBER,
    SLUG,
    SLUGS,
    TEXT,
    TEXTS,
    URL,
    WORDS,
    parse_encoding,
    parse_number,
    parse_url,
)

__all__ = [
    "BOOLEAN",
    "DATE",
    "EMPTY",
    "HASH",
    "LANGUAGE",
    "NUMBER",
    "SLUG",
    "SLUGS",
    "TEXT",
    "TEXTS",
    "URL",
    "WORDS",
    "Field",
    "Json",
    "Kind",
    "Reader",
    "choice",
    "list_of",
    "mapping_of",
    "object_schema",
    "parse_encoding",
    "parse_number",
    "parse_url",
    "read_fields",
    "record_of",
    "scalar",
    "shown",
    "silently",
]

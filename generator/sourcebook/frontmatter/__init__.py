"""Front matter: the fields of a file, read strictly, and where they stand. The only user of PyYAML.

YAML would make ``no`` false and ``2017-01`` a month, and keep the last of two equal keys in
silence. Here every value is text until its field types it, and whatever could surprise the person
who wrote it is an error.
"""

from .page import Page, count_lines, line_starts, split_lines, split_page
from .positions import find_extent, locate_diagnostics
from .strict import CONFLICT, CONFLICT_FACT, CONFLICT_HELP, HAS_LIBYAML
from .values import Value, parse_mapping

__all__ = [
    "CONFLICT",
    "CONFLICT_FACT",
    "CONFLICT_HELP",
    "HAS_LIBYAML",
    "Page",
    "Value",
    "count_lines",
    "find_extent",
    "line_starts",
    "locate_diagnostics",
    "parse_mapping",
    "split_lines",
    "split_page",
]

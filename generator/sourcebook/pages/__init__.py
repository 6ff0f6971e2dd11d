"""Which pages exist, and how one is rendered.

``list_sections`` is the site's table of contents, as plain data: what is to be made, and from what.
A section gives its pages when it is asked for them, each with its address, its template, its view and
what it says of itself, so a build can leave out what has not changed, and share the sections out;
``render_page`` makes the bytes of one page from its view alone.
"""

from .contents import list_sections
from .files import site_files, site_map
from .page import Page, Section, TableOfContents, render_page

__all__ = [
    "Page",
    "Section",
    "TableOfContents",
    "list_sections",
    "render_page",
    "site_files",
    "site_map",
]

"""From an id to its address. Nothing else decides addresses.

An address here is a path relative to the site's root, with a folder's ``index.html`` written out,
such as ``actors/dmitry-peskov/index.html#said``. ``href`` makes it relative to the page that links
to it, so that one build works at any base path, from a folder and from a USB stick.
"""

from __future__ import annotations

import posixpath

from .model import AgentRef, Slug

HOME = "index.html"
ABOUT = "about/index.html"
SEARCH = "search/index.html"
NOT_FOUND = "404.html"
CLAIMS = "claims/index.html"
TIMELINE = "timeline/index.html"
COMPARE = "compare/index.html"
SITEMAP = "sitemap.xml"


def section(name: str) -> str:
    """The list of all documents, actors, topics, outlets, questions or claims."""
    return f"{name}/index.html"


def document(slug: Slug, fragment: str | None = None) -> str:
    """A document's page, or a place in it."""
    return f"documents/{slug}/index.html" + (f"#{fragment}" if fragment else "")


def claim_anchor(claim: str) -> str:
    """The id of a claim's first mark in its document's page."""
    return f"claim-{claim}"


def note_anchor(note: str) -> str:
    """The id of a note's place in its document's page."""
    return f"note-{note}"


def part_anchor(part: str) -> str:
    """The id of a part's head in its document's page."""
    return f"part-{part}"


def claim(slug: Slug, claim_id: str) -> str:
    """A claim's permanent address: its place in its document."""
    return document(slug, claim_anchor(claim_id))


def note(slug: Slug, note_id: str) -> str:
    """A note's place in its document."""
    return document(slug, note_anchor(note_id))


def part(slug: Slug, part_id: str) -> str:
    """A part's place in its document."""
    return document(slug, part_anchor(part_id))


def claim_page(slug: Slug, claim_id: str) -> str:
    """The page of a discussed claim."""
    return f"claims/{slug}/{claim_id}/index.html"


def timeline_of_year(year: int | None, page: int = 1) -> str:
    """One year of the timeline, where it is split; None: the dates without a year."""
    folder = f"timeline/{year if year is not None else 'no-year'}"
    return f"{folder}/index.html" if page == 1 else f"{folder}/{page}/index.html"


def actor(slug: Slug) -> str:
    """An actor's page."""
    return f"actors/{slug}/index.html"


def topic(slug: Slug) -> str:
    """A topic's page."""
    return f"topics/{slug}/index.html"


def actor_outlets(slug: Slug) -> str:
    """The page that lays side by side how outlets quote an actor."""
    return f"actors/{slug}/outlets/index.html"


def topic_outlets(slug: Slug) -> str:
    """The page that lays side by side whom outlets quote on a topic."""
    return f"topics/{slug}/outlets/index.html"


def claims_of_outlet(page: str, outlet: Slug | None, measure: str = "") -> str:
    """The list of an outlet's claims beside the *page* that compares outlets, or of some of them."""
    return beside(page, posixpath.join(outlet or "_unknown", measure))


def pair(earlier: Slug, later: Slug) -> str:
    """The page that lays two documents side by side."""
    return f"compare/{earlier}/{later}/index.html"


def beside_original(slug: Slug) -> str:
    """The page on which the translation *slug* stands beside its original."""
    return f"documents/{slug}/original/index.html"


def outlet(slug: Slug) -> str:
    """An outlet's page."""
    return f"outlets/{slug}/index.html"


def question(slug: Slug) -> str:
    """A question's page."""
    return f"questions/{slug}/index.html"


def beside(page: str, name: str) -> str:
    """The list *name* of a record whose own *page* cannot hold all of it: years follow in its folder."""
    return posixpath.join(posixpath.dirname(page), name, "index.html")


def agent(ref: AgentRef) -> str:
    """The page of a speaker, which is an actor or an outlet."""
    return actor(ref.slug) if ref.kind == "actor" else outlet(ref.slug)


def feed(page: str) -> str:
    """The Atom feed beside a page."""
    return posixpath.join(posixpath.dirname(page), "feed.xml")


def capture(file: str) -> str:
    """A capture, where captures are published: never under a name that a browser would run.

    Only text and PDF keep their endings; everything else, HTML above all, is offered as text.
    """
    return file if file.lower().endswith((".txt", ".pdf")) else f"{file}.txt"


def asset(name: str) -> str:
    """A file of the theme."""
    return f"assets/{name}"


def sitemap_part(number: int) -> str:
    """One of the sitemaps that the sitemap names, where one file could not hold all addresses."""
    return f"sitemap-{number}.xml"


def href(page: str, address: str) -> str:
    """*address* as a link in *page*: relative, with ``index.html`` written out."""
    path, hash_sign, fragment = address.partition("#")
    if path == page and hash_sign:
        return f"#{fragment}"
    relative = posixpath.relpath(path, posixpath.dirname(page) or ".")
    return relative + hash_sign + fragment


def absolute(site: str, address: str) -> str:
    """*address* on the published site, with its folder's address instead of ``index.html``."""
    path, hash_sign, fragment = address.partition("#")
    return f"{site}/{path.removesuffix('index.html')}{hash_sign}{fragment}"


def prefix_of(page: str) -> str:
    """What leads from *page* to the site's root: ``../../``, or nothing for a page at the root."""
    return "../" * page.count("/")

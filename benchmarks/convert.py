"""The neutral corpus, as every generator of the comparison reads it, becomes an archive of ours.

    python benchmarks/convert.py CORPUS OUT [--jobs N]

CORPUS holds ``documents/``, ``actors/``, ``topics/`` and ``outlets/``: pages with front matter
whose bodies are plain paragraphs. Each body becomes a capture, byte for byte, and the document is
transcribed from it by the same code as ``sourcebook ingest``. A quote that stands in its text more
than once is given the words that touch it; one that does not stand there at word edges is left out
and counted. Converting is not timed: the other generators read the corpus as it is.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from sourcebook.anchors import Span, find_occurrences, find_placements
from sourcebook.fidelity import fingerprint_of
from sourcebook.frontmatter import Value, parse_mapping, split_page
from sourcebook.ingest.transcribe import transcribe
from sourcebook.slugs import is_slug
from sourcebook.text import normalise

SETTINGS = """\
title: News and those it quotes
description: Real news articles with their attributed statements, for measuring.
url: https://example.org/archive
languages: [en]
"""

Mapping = dict[str, Value]


def main() -> int:
    """Convert the corpus that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path, help="a folder that is new or empty")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    if args.out.exists() and any(args.out.iterdir()):
        parser.error(f"{args.out} is not empty")
    counts = convert_corpus(args.corpus, args.out, args.jobs)
    print(", ".join(f"{number} {name}" for name, number in sorted(counts.items())))
    return 0


def convert_corpus(corpus: Path, out: Path, jobs: int = 1) -> Counter[str]:
    """Write the archive of *corpus* into *out*; what was written, and what could not be."""
    for folder in ("captures", "documents", "actors", "topics", "outlets", "questions"):
        (out / "content" / folder).mkdir(parents=True, exist_ok=True)
    (out / "archive.yaml").write_text(SETTINGS, encoding="utf-8")
    counts: Counter[str] = Counter()
    for folder in ("actors", "topics", "outlets"):
        for source in sorted((corpus / folder).glob("*.md")):
            front, body = read_page(source)
            target = out / "content" / folder / f"{safe_slug(source.stem)}.md"
            lines = [f"name: {quoted(front['title'])}", *_kind_of(folder, source.stem)]
            target.write_text("\n".join(["---", *lines, "---", body]), encoding="utf-8")
            counts[folder] += 1
    sources = sorted((corpus / "documents").glob("*.md"))
    with ProcessPoolExecutor(jobs) as pool:
        for found in pool.map(partial(convert_document, out), sources, chunksize=32):
            counts += found
    return counts


def _kind_of(folder: str, slug: str) -> list[str]:
    # The corpus names the sources without a name by their outlet: a group, not a person.
    return ["kind: group"] if folder == "actors" and slug.startswith("other-") else []


def convert_document(out: Path, source: Path) -> Counter[str]:
    """Write the capture and the document of one page of the corpus."""
    front, body = read_page(source)
    capture = body.strip("\n") + "\n"
    slug = safe_slug(source.stem)
    transcription = transcribe(capture)
    text = transcription.body
    claims = [claim for claim in front.get("claims") or [] if isinstance(claim, dict)]
    written = [lines for claim in claims if (lines := list(claim_lines(claim, text.text)))]
    file = f"captures/{slug}.txt"
    data = capture.encode()
    lines = [
        "---",
        f"title: {quoted(front['title'])}",
        f"outlet: {front['outlet']}",
        f"date: {front['date']}",
        "lang: en",
        f"authors: {json.dumps(front['authors'], ensure_ascii=False)}",
        f"url: {quoted(front['source_url'])}",
        "captures:",
        f"  - file: {file}",
        f"    sha256: {hashlib.sha256(data).hexdigest()}",
        f"transcription: {fingerprint_of(text)}",
        f"actors: [{slugs(front['actors'])}]",
        f"topics: [{slugs(front['topics'])}]",
        "claims:" if written else "claims: []",
        *(line for lines in written for line in lines),
        "---",
        transcription.markdown,
    ]
    (out / "content" / file).write_bytes(data)
    (out / "content" / "documents" / f"{slug}.md").write_text("\n".join(lines), encoding="utf-8")
    return Counter(documents=1, claims=len(written), unplaced=len(claims) - len(written))


def claim_lines(claim: Mapping, text: str) -> Iterator[str]:
    """The YAML of one claim; nothing where its quote does not stand in *text*."""
    quote = normalise(str(claim["quote"]))
    occurrences = find_occurrences(text, quote)
    if not occurrences:
        return
    yield f"  - id: {claim['id']}"
    yield f"    by: {safe_slug(str(claim['by']))}"
    yield f"    cue: {quoted(claim['cue'])}"
    yield f"    form: {form_of(text, occurrences[0])}"
    yield f"    quote: {quoted(quote)}"
    if len(occurrences) > 1:
        yield distinguish(text, quote, occurrences[0])
    yield f"    date: {claim['date']}"
    yield f"    topics: [{slugs(claim['topics'])}]"


def distinguish(text: str, quote: str, span: Span) -> str:
    """The field that tells *span* from other places with these words."""
    words_before, words_after = text[: span.start].split(), text[span.end :].split()
    for number in range(1, max(len(words_before), len(words_after)) + 1):
        before = " ".join(words_before[-number:])
        if find_placements(text, [quote], before, None) == [(span,)]:
            return f"    before: {quoted(before)}"
        after = " ".join(words_after[:number])
        if find_placements(text, [quote], None, after) == [(span,)]:
            return f"    after: {quoted(after)}"
    raise AssertionError("the whole text around it tells a place from any other")


_QUOTATION = re.compile("[“”«»\"]|''|``")


def form_of(text: str, span: Span) -> str:
    """Whether the words are the speaker's own: between quotation marks, or some of them."""
    if re.search(r"(?:[“«\"]|''|``)\Z", text[: span.start]):
        return "direct"
    return "mixed" if _QUOTATION.search(text, *span) else "indirect"


def read_page(path: Path) -> tuple[Mapping, str]:
    """The front matter and the body of a page of the corpus."""
    page = split_page(path.read_text(encoding="utf-8"))
    front, problems = parse_mapping(page.front, str(path)) if page else (None, [])
    if page is None or front is None:
        raise SystemExit(f"{path}: {problems or 'no front matter'}")
    return front, page.body


def safe_slug(slug: str) -> str:
    """*slug*, or one like it where the name is reserved."""
    return slug if is_slug(slug) else f"{slug[:74].rstrip('-')}-x"


def slugs(values: Value) -> str:
    """Slugs as the inside of a YAML list."""
    given: Iterable[Value] = values if isinstance(values, list) else ()
    return ", ".join(safe_slug(str(value)) for value in given)


def quoted(value: Value) -> str:
    """*value* as a quoted YAML scalar: every JSON string is one."""
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())

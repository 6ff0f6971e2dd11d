"""Makes the neutral corpus, of any size, from a copy of PolNeAR that you have fetched yourself.

    git clone --filter=blob:none --no-checkout https://github.com/networkdynamics/PolNeAR DIR
    git -C DIR checkout HEAD -- data/metadata.tsv data/{train,dev}/{text,attributions}
    python benchmarks/corpus.py DIR 10000 OUT

The first documents are the real articles of its training and development parts (its test part is
left unread, for those who score with it). Later ones recombine paragraphs, with their claims, of
four articles each, dated in earlier years, so that a month always holds about as many. The same
input makes the same corpus, to the byte.

A claim is an attribution whose content lies in one paragraph, has 20 to 400 characters, stands once
in the body, and has none of the characters that mean something in Markdown; at most 16 a document.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

MOST_CLAIMS = 16
MOST_ACTORS = 400
MOST_TOPICS = 60
OUTLETS = {
    "huff-post": "Huffington Post",
    "breitbart": "Breitbart",
    "nyt": "New York Times",
    "politico": "Politico",
    "wash-post": "Washington Post",
    "west-journal": "Western Journalism",
    "usa-today": "USA Today",
}


def words(text: str) -> frozenset[str]:
    """The words of *text*."""
    return frozenset(text.split())


PRONOUNS = words("he she they i we it you who his her their him them him- that which")
TITLES = words(
    "mr mrs ms dr sen senator gov governor rep president secretary the a an former republican"
    " democratic presidential candidate nominee some many other"
)
NO_TOPICS = words("But And The While When After For Photo Follow Image")
MARKDOWN = re.compile(r"[*_`\[\]<>\\&~|#$^{}=\n]|  |https?:|www\.")
CONTROLS = {
    code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", " ")
    for code in range(0x80, 0xA0)
}
"""What was meant by characters that YAML refuses: windows-1252."""


@dataclass(slots=True)
class Claim:
    """An attribution, as it is read; who said it becomes clear once all are read."""

    quote: str
    source: str
    cue: str
    by: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph of an article with its claims."""

    start: int
    end: int
    text: str
    claims: list[Claim]

    @property
    def pairs(self) -> set[str]:
        """Two capitalised words in a row: what may be a topic."""
        return set(re.findall(r"\b([A-Z][a-z]{2,} [A-Z][a-z]{3,})\b", self.text))


@dataclass(frozen=True, slots=True)
class Article:
    """An article of PolNeAR."""

    row: Mapping[str, str]
    paragraphs: list[Paragraph]

    @property
    def publisher(self) -> str:
        """The slug of its outlet."""
        return self.row["publisher"]


def main() -> int:
    """Make the corpus that the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("polnear", type=Path, help="the folder with data/")
    parser.add_argument("documents", type=int)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    articles = read_articles(args.polnear / "data")
    actors = name_speakers(articles)
    topics = find_topics(articles, actors)
    claims = write_corpus(articles, actors, topics, args.documents, args.out)
    print(
        f"{args.documents} documents, {claims} claims, {len(actors)} actors, {len(topics)} topics"
    )
    return 0


def read_articles(data: Path) -> list[Article]:
    """The articles of the training and development parts, oldest first."""
    table = (data / "metadata.tsv").read_text(encoding="utf-8").splitlines()
    rows = [
        row
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        if row["compartment"] in ("train", "dev")
    ]
    rows.sort(key=lambda row: (row["publication_date"], row["filename"]))
    return [
        Article(row, read_paragraphs(data / row["compartment"], row))
        for row in rows
        if (data / row["compartment"] / "text" / f"{row['filename']}.txt").exists()
    ]


def read_paragraphs(part: Path, row: Mapping[str, str]) -> list[Paragraph]:
    """The paragraphs of one article, without its headline, each with the claims that it holds."""
    name = row["filename"]
    text = (part / "text" / f"{name}.txt").read_bytes().decode("utf-8")
    text = re.sub("[\xa0\t\r]", " ", text).translate(CONTROLS)
    headline = slugify(row["title"])[:30]
    paragraphs: list[Paragraph] = []
    position = 0
    for line in text.split("\n"):
        words = re.sub(r"</?[A-Za-z!][^>]*>?", "", line).strip()
        if words and (paragraphs or slugify(words)[:30] != headline):
            words = re.sub(r"^([#>+\-*]|\d+[.)])\s*", "", words)
            paragraphs.append(Paragraph(position, position + len(line), words, []))
        position += len(line) + 1
    # Several annotators may have read one article: the first is taken.
    annotations = sorted((part / "attributions").glob(f"{name}_*.ann"))[:1]
    found = [at for file in annotations for at in read_attributions(file, text)]
    for start, claim in sorted(found, key=lambda at: (at[0], at[1].quote, at[1].source)):
        holder = next((p for p in paragraphs if p.start <= start < p.end), None)
        fits = 20 <= len(claim.quote) <= 400 and not MARKDOWN.search(claim.quote)
        if holder is not None and fits and holder.text.count(claim.quote) == 1:
            claim.source = name_of(claim.source)
            holder.claims.append(claim)
    return paragraphs


def read_attributions(file: Path, text: str) -> Iterator[tuple[int, Claim]]:
    """Where each attribution's content begins, and what it says."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[dict[str, str]] = []
    for line in file.read_bytes().decode("utf-8").split("\n"):
        if re.match(r"T\d+\t\w+ \d", line):
            key, place = line.split("\t")[:2]
            pairs = place.partition(" ")[2].split(";")
            spans[key] = [(int(a), int(b)) for a, b in (pair.split() for pair in pairs)]
        elif re.match(r"E\d+\tAttribution:", line):
            roles = (role.partition(":") for role in line.split("\t")[1].split())
            events.append({role: key for role, _, key in roles})
    for event in events:
        content = spans.get(event.get("Content", ""))
        if content is None:
            continue
        start, end = max(content, key=lambda span: span[1] - span[0])
        source, cue = (
            " ".join(text[a:b] for a, b in spans.get(event.get(role, ""), ()))
            for role in ("Source", "Cue")
        )
        if event.get("Cue") not in spans:
            cue = "said"
        quote = text[start:end].strip().strip('“”"').strip()
        yield start, Claim(quote, source, re.sub(r"\s+", " ", cue)[:40])


def name_of(source: str) -> str:
    """At most four words of what a text calls a speaker, without titles and what follows."""
    bare = re.sub(r"[’']s\b", "", source.lower().replace("\n", " "))
    bare = re.split(r",| who | in an? | of the | on ", bare)[0]
    words = [word.strip(".'’-") for word in re.findall(r"[a-z][a-z\-.’']*", bare)]
    while len(words) > 1 and words[0] in TITLES:
        del words[0]
    return " ".join(words[:4])


def name_speakers(articles: Sequence[Article]) -> dict[str, str]:
    """Give each claim its speaker: a pronoun is the last who was named, a surname its commonest
    full name. The commonest become actors (slug and name); all others are their outlet's."""
    full = Counter(c.source for c in _claims_of(articles) if " " in c.source)
    by_last: dict[str, str] = {}
    for name, _ in full.most_common():
        by_last.setdefault(name.split()[-1], name)
    counts: Counter[str] = Counter()
    for article in articles:
        previous = ""
        for claim in _claims_of([article]):
            source = claim.source
            if " " not in source and full[by_last.get(source, "")] > 3:
                source = by_last[source]
            if source in PRONOUNS or not source:
                source = previous
            else:
                previous = source
            claim.source = source
            counts[source] += 1
    counts.pop("", None)
    actors: dict[str, str] = {}
    for name, _ in counts.most_common():
        if len(actors) < MOST_ACTORS:
            actors.setdefault(slugify(name), name.title())
    for article in articles:
        for claim in _claims_of([article]):
            slug = slugify(claim.source)
            claim.by = slug if slug in actors else f"other-{article.publisher}"
    others = {f"other-{slug}": f"Other sources ({name})" for slug, name in OUTLETS.items()}
    return {**actors, **others}


def _claims_of(articles: Iterable[Article]) -> Iterator[Claim]:
    return (claim for article in articles for p in article.paragraphs for claim in p.claims)


def find_topics(articles: Sequence[Article], actors: Mapping[str, str]) -> dict[str, str]:
    """The commonest capitalised pairs of words that are no names of speakers: slug and name."""
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update(set().union(*(p.pairs for p in article.paragraphs)))
    topics: dict[str, str] = {}
    for pair, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        words = pair.split()
        is_common = any(word.lower() in PRONOUNS | TITLES for word in words)
        if slugify(pair) in actors or count > 350 or is_common or words[0] in NO_TOPICS:
            continue
        topics[slugify(pair)] = pair
        if len(topics) == MOST_TOPICS:
            break
    return topics


def write_corpus(
    articles: Sequence[Article],
    actors: Mapping[str, str],
    topics: Mapping[str, str],
    documents: int,
    out: Path,
) -> int:
    """Write all files; the number of claims."""
    for folder, names in (("actors", actors), ("topics", topics), ("outlets", OUTLETS)):
        (out / folder).mkdir(parents=True, exist_ok=True)
        for slug, name in names.items():
            page = f"---\ntitle: {quoted(name)}\n---\n\nA stub record of {name}.\n"
            (out / folder / f"{slug}.md").write_text(page, encoding="utf-8")
    (out / "documents").mkdir(exist_ok=True)
    slug_of_topic = {name: slug for slug, name in topics.items()}
    years = max(1, round(documents / 1000))
    seen: set[str] = set()
    claims = 0
    for number in range(documents):
        article = articles[number % len(articles)]
        title, day, paragraphs = recombine(articles, number, years)
        slug = f"{article.publisher}-{day}-{slugify(title)[:50].strip('-')}"
        while slug in seen:
            slug += f"-{number}"
        seen.add(slug)
        page, count = write_document(article, title, day, slug, paragraphs, slug_of_topic)
        claims += count
        (out / "documents" / f"{slug}.md").write_text(page, encoding="utf-8")
    return claims


def recombine(
    articles: Sequence[Article], number: int, years: int
) -> tuple[str, date, list[Paragraph]]:
    """Title, date and paragraphs of document *number*: an article's, or a mixture of four."""
    base = articles[number % len(articles)]
    day = date.fromisoformat(base.row["publication_date"])
    title = base.row["title"].strip()
    if number < len(articles):
        return title, day, base.paragraphs
    chance = random.Random(number)
    pool = [chance.choice(articles) for _ in range(3)]
    paragraphs = []
    for position, own in enumerate(base.paragraphs):
        others = chance.choice(pool).paragraphs if position % 2 else []
        paragraphs.append(others[chance.randrange(len(others))] if others else own)
    title = " ".join([*title.split()[:6], "/", *pool[0].row["title"].split()[:5]])
    year = day.year - (number // len(articles)) % years
    return title, day.replace(year=year, day=min(day.day, 28)), paragraphs


def write_document(
    article: Article,
    title: str,
    day: date,
    slug: str,
    paragraphs: Sequence[Paragraph],
    slug_of_topic: Mapping[str, str],
) -> tuple[str, int]:
    """The page, and how many claims it has."""
    body = "\n\n".join(paragraph.text for paragraph in paragraphs)
    topics_of = [
        sorted(slug_of_topic[x] for x in p.pairs if x in slug_of_topic) for p in paragraphs
    ]
    counts = Counter(topic for found in topics_of for topic in found)
    topics = [topic for topic, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))][
        :6
    ]
    claims: dict[str, tuple[Claim, list[str]]] = {}
    for paragraph, found in zip(paragraphs, topics_of, strict=True):
        for claim in paragraph.claims:
            is_new = len(claims) < MOST_CLAIMS and claim.quote not in claims
            if is_new and body.count(claim.quote) == 1:
                own = [topic for topic in found if topic in topics]
                claims[claim.quote] = (claim, own or topics[:1])
    authors = [name.strip() for name in re.split(r",| and |;", article.row["author"])]
    lines = [
        "---",
        f"title: {quoted(title)}",
        f"outlet: {article.publisher}",
        f"date: {day}",
        f"source_url: {quoted(f'https://example.org/{article.publisher}/{slug}')}",
        f"authors: [{', '.join(quoted(name) for name in filter(None, authors)) or quoted('Staff')}]",
        f"actors: [{', '.join(dict.fromkeys(claim.by for claim, _ in claims.values()))}]",
        f"topics: [{', '.join(topics)}]",
        "claims:" if claims else "claims: []",
    ]
    for number, (claim, own) in enumerate(claims.values(), start=1):
        lines += [
            f"  - id: c{number}",
            f"    by: {claim.by}",
            f"    quote: {quoted(claim.quote)}",
            f"    cue: {quoted(claim.cue)}",
            f"    date: {day}",
            f"    topics: [{', '.join(own)}]",
        ]
    return "\n".join([*lines, "---", "", body, ""]), len(claims)


def slugify(text: str) -> str:
    """At most sixty characters of *text* as a slug."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")


def quoted(text: str) -> str:
    """*text* as a quoted YAML scalar: every JSON string is one."""
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())

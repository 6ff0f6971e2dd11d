"""Front matter becomes records: every field of the design, and what is wrong with a value."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import pytest
import yaml
from jsonschema import Draft202012Validator

from conftest import SmallArchive
from sourcebook.edtf import parse_edtf
from sourcebook.frontmatter import parse_mapping, split_page
from sourcebook.model import (
    AgentRef,
    Answer,
    Capture,
    Claim,
    Correction,
    Document,
    Figure,
    Name,
    Note,
    PackedText,
    Part,
    Reading,
    Relation,
    Rights,
    Role,
    Withheld,
)
from sourcebook.schema import TABLES, json_schema, read_record

SHA = "ab" * 32
DOCUMENT = f"""---
title: Russia warns Trump over Syrian "safe zones"
outlet: ea-worldview
date: 2017-01-27
added: 2026-11-21
lang: en
authors: [Scott Lucas]
url: https://example.org/a
archived: [https://archive.example.org/a]
captures:
  - file: captures/a.html
    sha256: {SHA}
    captured: 2020-07-02
    encoding: windows-1252
    reading: {{by: trafilatura, version: 2.3.1, sha256: {SHA}}}
transcription: {SHA}
translation_of: original
actors: [donald-trump]
topics: [safe-zones]
inherit: [outlet, lang]
parts:
  - id: lavrov-hosts
    heading: Lavrov Hosts
    ends: the end
    outlet: rt
    date: unknown
    url: https://example.org/b
    authors: unknown
    lang: ru
    actors: [rt-man]
    topics: [talks]
claims:
  - id: no-consultation
    by: [dmitry-peskov, "outlet:reuters"]
    named: Kremlin spokesman
    unnamed: true
    via: [reuters, "actor:kremlin"]
    cue: said
    form: direct
    quote: [Our partners, did not]
    before: x
    after: y
    says: Washington did not.
    date: 2017-01-26
    about: united-states
    topics: [talks]
    answers: {{a: "no", b: [x, y], c: 50000, d: {{low: 1, best: 1.5, high: 2, as_of: 2017}}}}
    relations:
      - {{type: repeats, to: "other#claim", reason: the same}}
      - {{type: disputes, to: "#own"}}
    review: disputed
notes:
  - {{id: cover, quote: rhetorical cover, note: A judgement., tags: [framing], review: suggested}}
withheld:
  - {{before: he, after: at, reason: private}}
corrections:
  - {{before: "a ", was: b, now: "", after: " c", reason: typo, by: ab, date: 2026-11-21}}
rights: {{holder: EA, licence: CC BY, publish: excerpts}}
embargo: 2027-01-01
review: accepted
annotators: [ab]
x-mine: {{anything: [at, all]}}
---
The text.
"""


def read(kind: str, text: str) -> tuple[Any, list[str]]:
    """The record of a page, and its problems."""
    page = split_page(text)
    assert page is not None
    front, problems = parse_mapping(page.front, "page.md")
    assert front is not None
    record, more = read_record(kind, "slug", "page.md", front, page)
    return record, [f"{p.rule}: {p.message}" for p in (*problems, *more)]


def test_document_has_every_field() -> None:
    """Each field of a document arrives in its record, typed."""
    record, problems = read("document", DOCUMENT)

    assert problems == []
    assert record == Document(
        slug="slug",
        path="page.md",
        title='Russia warns Trump over Syrian "safe zones"',
        body=PackedText.of("The text.\n"),
        body_line=64,
        captures=(
            Capture(
                "captures/a.html",
                SHA,
                parse_edtf("2020-07-02"),
                "cp1252",
                Reading("trafilatura", "2.3.1", SHA),
            ),
        ),
        transcription=SHA,
        outlet="ea-worldview",
        date=parse_edtf("2017-01-27"),
        added=parse_edtf("2026-11-21"),
        lang="en",
        authors=("Scott Lucas",),
        url="https://example.org/a",
        archived=("https://archive.example.org/a",),
        actors=("donald-trump",),
        topics=("safe-zones",),
        inherit=frozenset({"outlet", "lang"}),
        parts=(
            Part(
                id="lavrov-hosts",
                heading="Lavrov Hosts",
                ends="the end",
                outlet="rt",
                url="https://example.org/b",
                lang="ru",
                actors=("rt-man",),
                topics=("talks",),
                unknown=frozenset({"date", "authors"}),
            ),
        ),
        claims=(
            Claim(
                id="no-consultation",
                quote=("Our partners", "did not"),
                by=(AgentRef("actor", "dmitry-peskov"), AgentRef("outlet", "reuters")),
                named="Kremlin spokesman",
                unnamed=True,
                via=(AgentRef("outlet", "reuters"), AgentRef("actor", "kremlin")),
                cue="said",
                form="direct",
                before="x",
                after="y",
                says="Washington did not.",
                date=parse_edtf("2017-01-26"),
                about=(AgentRef("actor", "united-states"),),
                topics=("talks",),
                answers=(
                    Answer("a", ("no",)),
                    Answer("b", ("x", "y")),
                    Answer("c", ("50000",), Figure(None, 50000.0, None)),
                    Answer("d", (), Figure(1.0, 1.5, 2.0, parse_edtf("2017"))),
                ),
                relations=(
                    Relation("repeats", "other", "claim", "the same"),
                    Relation("disputes", None, "own"),
                ),
                review="disputed",
            ),
        ),
        notes=(
            Note(
                "cover",
                ("rhetorical cover",),
                "A judgement.",
                tags=("framing",),
                review="suggested",
            ),
        ),
        withheld=(Withheld("he", "at", "private"),),
        corrections=(Correction("b", "", "a ", " c", "typo", "ab", parse_edtf("2026-11-21")),),
        rights=Rights("EA", "CC BY", "excerpts"),
        embargo=parse_edtf("2027-01-01"),
        review="accepted",
        annotators=("ab",),
        translation_of="original",
    )


def test_actor_has_its_roles_and_names_by_language() -> None:
    """A name may be given by language; the first is the one to show."""
    record, problems = read(
        "actor",
        "---\nname: {en: Lavrov, ru: Лавров}\nkind: person\nmember_of: [russia]\n"
        "roles: [{role: Minister, of: russia, from: 2004, to: 2024-05}]\n"
        "identifiers: {wikidata: Q58217}\n---\n",
    )

    assert problems == []
    assert record.name == Name("Lavrov", (("en", "Lavrov"), ("ru", "Лавров")))
    assert record.roles == (Role("Minister", "russia", parse_edtf("2004"), parse_edtf("2024-05")),)
    assert record.identifiers == (("wikidata", "Q58217"),)


HEAD = f"---\ntitle: A\ncaptures: [{{sha256: {SHA}}}]\ntranscription: {SHA}\n"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('title: ""', "wrong-type: `title` is empty"),
        ("title: [a]", "wrong-type: `title` is a list, which is not text"),
        ("date: 2017-02-30", "invalid-date: `date` is `2017-02-30`, which is not a date"),
        ("date: {a: b}", "wrong-type: `date` is a group of fields, which is not a date"),
        ("date: |\n  a\n  b", "invalid-date: `date` is `a b`, which is not a date"),
        ("outlet: RT", "invalid-slug: `outlet` is `RT`, which is not a slug"),
        ("outlet: '2017'", "invalid-slug: `outlet` is `2017`, which is not a slug"),
        ("outlet: con", "invalid-slug: `outlet` is `con`, which is not a slug"),
        ("lang: english", "invalid-language: `lang` is `english`, which is not a language tag"),
        ("url: javascript:alert(1)",
         "invalid-url: `url` is `javascript:alert(1)`, which is not a whole address"),
        ("url: https://a b", "invalid-url: `url` is `https://a b`, which is not a whole address"),
        ("archived: [ftp://a.example]",
         "invalid-url: `archived` is `ftp://a.example`, which is not a whole address"),
        ("authors: Scott", "wrong-type: `authors` is `Scott`, not a list"),
        ("topics: [a; b]", "wrong-type: `topics` has `a; b` for one item"),
        ("topics:\n- a\n - b", "wrong-type: `topics` has `a - b` for one item"),
        ("claims: [{id: a, quote: a, by: 'c, d'}]", "wrong-type: `by` is `c, d`, not a list"),
        ("review: ok", "invalid-choice: `review` is `ok`, which is not one of its values"),
        ("inherit: [title]", "invalid-choice: `inherit` is `title`, which is not one of its values"),
        ("claims: [{id: a}]", "missing-field: the claim has no `quote`"),
        ("claims: [a]", "wrong-type: the claim is `a`, where fields are wanted"),
        ("claims:\n  -", "wrong-type: `claims` has an empty item"),
        ("claims: [{id: a, quote: b, by: A B}]", "invalid-slug: `A B` is not an actor or an outlet"),
        ("claims: [{id: a, quote: b, by: 'topic:c'}]",
         "invalid-slug: `topic:c` is not an actor or an outlet"),
        ("claims: [{id: a, quote: b, answers: {Q?: c}}]",
         "invalid-slug: a key of `answers` is `Q?`, which is not a slug"),
        ("claims: [{id: a, quote: b, answers: {q: {low: 1_000}}}]",
         "invalid-number: `low` is `1_000`, which is not a number"),
        ("claims: [{id: a, quote: b, answers: {q: 50,000}}]",
         "wrong-type: `answers` has `000` without an answer"),
        ("claims: [{id: a, quote: b, answers: {q: []}}]",
         "wrong-type: `answers` has `q` without an answer"),
        ("claims: [{id: a, quote: b, unnamed: maybe}]",
         "wrong-type: `unnamed` is `maybe`, which is not true or false"),
        ("claims: [{id: a, quote: b, speaker: c}]", "unknown-field: the claim has no field `speaker`"),
        ("claims: [{id: a, quote: b, relations: [{type: repeats, to: c}]}]",
         "invalid-relation: `c` does not name a claim"),
        ("rights: all", "wrong-type: `rights` is `all`, where fields are wanted"),
    ],
)  # fmt: skip
def test_problem_says_what_stands_there(lines: str, problem: str) -> None:
    """A value that cannot be used is quoted, and said to be what it is not."""
    head = HEAD.replace("title: A\n", "") if lines.startswith("title") else HEAD

    _, problems = read("document", f"{head}{lines}\n---\n")

    assert problems == [problem]


@pytest.mark.parametrize(
    "captures",
    ["[]", "[{file: captures/a.txt}]", f"[{{sha256: {SHA}}}, {{}}]",
     *(f"[{{file: '{path}', sha256: {SHA}}}]"
       for path in ("a.txt", "/etc/passwd", "captures/../../a", "captures/", "captures//a", "x/a",
                    "captures/.git/a"))],
)  # fmt: skip
def test_document_with_a_capture_that_cannot_be_used_is_no_record(captures: str) -> None:
    """A capture is never skipped: the first is the one that is compared."""
    record, problems = read("document", HEAD.replace(f"[{{sha256: {SHA}}}]", captures) + "---\n")

    assert record is None
    assert problems


def test_who_is_named_twice_is_counted_once() -> None:
    """A speaker, topic or answer that a list repeats stands in it once; a passage may recur."""
    record, problems = read(
        "document",
        HEAD + "topics: [t, t]\nclaims:\n"
        "  - {id: a, by: [x, actor:x, y], about: [x, x], via: [o, o], topics: [t, u, t],\n"
        "     quote: [No, No], answers: {q: ['yes', 'yes']}}\n---\n",
    )

    (claim,) = record.claims
    assert problems == []
    assert (record.topics, claim.topics) == (("t",), ("t", "u"))
    assert [ref.slug for ref in claim.by] == ["x", "y"]
    assert (len(claim.about), len(claim.via)) == (1, 1)
    assert (claim.quote, claim.answers[0].choices) == (("No", "No"), ("yes",))


def test_whole_numbers_alone_are_figures() -> None:
    """Digits are a number; what is too long or written otherwise is a word."""
    record, _ = read(
        "document",
        HEAD
        + f"claims: [{{id: a, quote: b, answers: {{q: '{'9' * 400}', r: '1,000', s: '-2.5'}}}}]\n---\n",
    )

    assert [answer.figure for answer in record.claims[0].answers] == [
        None,
        None,
        Figure(None, -2.5, None),
    ]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            "answers: {}",
            "question-without-answers: the question has neither `answers` nor `figure`",
        ),
        (
            "answers: {a: b}\nfigure: {of: c}",
            "wrong-type: the question has both `answers` and `figure`",
        ),
        ("answers: {A B: c}", "invalid-slug: a key of `answers` is `A B`, which is not a slug"),
        ("figure: {unit: c}", "missing-field: `figure` has no `of`"),
    ],
)
def test_question_has_answers_or_a_figure(lines: str, problem: str) -> None:
    """A question lists its answers or says what it counts, not both."""
    _, problems = read("question", f"---\nquestion: What?\n{lines}\n---\n")

    assert problems == [problem]


@pytest.mark.parametrize("kind", TABLES)
def test_json_schema_is_one(kind: str) -> None:
    """Editors get a valid JSON Schema for each kind of file."""
    Draft202012Validator.check_schema(json_schema(kind))


class EditorLoader(yaml.CSafeLoader):
    """Types scalars as editors do, by YAML 1.2: dates and ``no`` are text, ``2017`` is a number."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, regexp) for tag, regexp in rows if not tag.endswith((":timestamp", ":bool"))]
        for first, rows in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def marked_by_an_editor(kind: str, front: str) -> list[str]:
    """The fields that an editor marks in front matter, by our schema."""
    errors = Draft202012Validator(json_schema(kind)).iter_errors(yaml.load(front, EditorLoader))
    return [".".join(map(str, error.path)) or error.message for error in errors]


@pytest.mark.parametrize("kind", TABLES)
def test_json_schema_accepts_the_examples(kind: str, request: pytest.FixtureRequest) -> None:
    """What loads without problems, an editor does not mark either."""
    paths = sorted((request.config.rootpath / "content" / f"{kind}s").glob("*.md"))
    assert paths
    for path in paths:
        page = split_page(path.read_text(encoding="utf-8"))
        assert page is not None
        assert (path.name, marked_by_an_editor(kind, page.front)) == (path.name, [])


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("outlet", "owner:"),
        ("outlet", "owner: ~"),
        ("outlet", "owner: 1984"),
        ("outlet", "owner: true"),
        ("outlet", "domains:"),
        ("outlet", "kind: no"),
        ("actor", "kind:"),
        ("actor", "aliases: [1984, true]"),
        ("actor", "roles: [{role: spokesman, from: 2012, to: }]"),
        ("topic", "date: 2017"),
        ("topic", "date: 2017-01-27"),
        ("topic", "date: 2017-XX~"),
        ("topic", "date: -0043"),
        ("topic", "date: ../2017-01-27?"),
        ("topic", "broader: 1968"),
        ("topic", "broader: 68"),
        ("topic", "date: 27 January 2017"),
        ("topic", "date: 20170127"),
        ("topic", "date: 2017-1-27"),
        ("topic", "kind: person"),
        ("topic", "broader: Safe zones"),
        ("topic", "broader: index"),
        ("topic", "nope: 1"),
        ("topic", 'related: ["  "]'),
        ("outlet", 'owner: "  "'),
        ("outlet", "owner: [a]"),
        ("document", f"captures: [{{sha256: {SHA}}}]\nclaims: [{{id: 1, by: 7, quote: 12}}]"),
        ("document", f"captures: [{{sha256: {SHA}}}]\ncorrections: [{{was: 12, now: 13}}]"),
        ("document", f"captures: [{{sha256: {SHA}}}]\nclaims: [{{id: a, quote: b, by: A B}}]"),
        ("document", f"captures: [{{sha256: {SHA}}}]\nparts: [{{id: a, date: unknown, lang: }}]"),
        ("document", f"captures: [{{sha256: {SHA}}}]\nurl: https://example.org/a b"),
        ("document", f"captures: [{{sha256: {SHA}}}]\nurl: https://example.org/\u202emoc"),
        ("document", f"captures: [{{sha256: {SHA}}}]\nreview:"),
        ("document", "captures: []"),
        ("document", "captures:"),
        *(
            ("topic", f"date: {date}")
            for date in (
                "https://e.org/",
                "2017-13",
                "2017-06-31",
                "2017-21",
                "XXXX-13",
                "XXXX-21",
                "/2017",
            )
        ),
        ("topic", "broader: true"),
        ("actor", "identifiers: {wikidata: }"),
        *(
            ("document", f"captures: [{{sha256: {SHA}}}]\nclaims: [{{id: a, quote: b, {field}}}]")
            for field in (
                "by: 2017",
                "by: true",
                "by: outlet:2017",
                "by: outlet:index",
                f"by: {'a' * 81}",
                "answers: {q: }",
                "answers: {q: []}",
                "answers: {q: [a, b]}",
                "answers: {q: 50000}",
                "answers: {q: {low: 1, least: 2}}",
                "answers: {Q q: a}",
                "relations: [{type: repeats, to: d#}]",
                "relations: [{type: repeats, to: '#c'}]",
            )
        ),
        ("document", f"captures: [{{sha256: {SHA}}}]\nurl: HTTPS://example.org/"),
        *(
            ("question", f"question: Q?\n{how}")
            for how in (
                "answers: {a: A}",
                "answers: {a: }",
                "answers: {A b: A}",
                "answers: {}",
                "figure:",
                "figure: {of: x}",
                "answers: {a: A}\nfigure: {of: x}",
            )
        ),
    ],
)
def test_json_schema_judges_as_the_check_does(kind: str, field: str) -> None:
    """What an editor marks is what the check refuses: an empty field is one that is not known."""
    required = "" if kind == "question" else "name: A name"
    if kind == "document":
        required = f"title: A title\ntranscription: {SHA}"
    front = f"{required}\n{field}\n"
    _, problems = read(kind, f"---\n{front}---\n")

    assert bool(marked_by_an_editor(kind, front)) == bool(problems)


@pytest.mark.parametrize(
    "name",
    ["1984", "true", "{en: 1984, ar: ١٩٨٤}", "", "{b: c}", "[a]", "{}", "{en: }", "{en: A, fr: }"],
)
def test_json_schema_judges_a_name_as_the_check_does(name: str) -> None:
    """A name of digits is a name; one that is missing, or in no language, is none."""
    _, problems = read("actor", f"---\nname: {name}\n---\n")

    assert bool(marked_by_an_editor("actor", f"name: {name}\n")) == bool(problems)


@pytest.mark.parametrize(
    ("field", "slip", "help"),
    [
        ("date: 2017-01-26", "date: 26 January 2017", "did you mean `2017-01-26`? write it as"),
        ("outlet: reuters", "outlet: Reuters", "did you mean `reuters`? use small letters"),
        (
            "by: dmitry-peskov",
            "by: Dmitry Peskov",
            "did you mean `dmitry-peskov`? write an actor's",
        ),
        ("by: dmitry-peskov", "by: outlet:The Guardian", "did you mean `outlet:the-guardian`?"),
        ("outlet: reuters", "lang: en_US", "did you mean `en-US`? write its short tag"),
        ("captures/briefing.txt", "content/captures/briefing.txt", "as captures/briefing.txt"),
        (
            "    by: dmitry-peskov",
            "    relations:\n      - type: repeats\n"
            "        to: https://x.org/a/documents/briefing/#claim-no-consultation",
            "did you mean `briefing#no-consultation`? write document#claim",
        ),
        (
            "    by: dmitry-peskov",
            "    relations: [{type: repeats, to: 'document:briefing#no-consultation'}]",
            "did you mean `briefing#no-consultation`? write document#claim",
        ),
        (
            "outlet: reuters",
            "notes:\n  - {id: a, quote: refugees, note: It is, I think, so}",
            "between { and }, text that holds a comma needs quotation marks; a field of your own",
        ),
        ("outlet: reuters", "notes: none", "write its items below it, each beginning with `- `"),
        ("outlet: reuters", "rights: CC BY", "write {holder: …}, or one `field: value` on each"),
        ("outlet: reuters", "url: www.a.org/b c", "did you mean `https://www.a.org/b%20c`? begin"),
        (
            "outlet: reuters",
            "url: 'https://a.org/?q=\"b\"'",
            "did you mean `https://a.org/?q=%22b%22`?",
        ),
        (
            "outlet: reuters",
            'url: "https://a.org/\\u202egro.b"',
            "did you mean `https://a.org/%E2%80%AEgro.b`?",
        ),
        ("outlet: reuters", "url: https://a.org https://b.org", "['begin it with https://"),
    ],
)
def test_what_was_meant_is_proposed(
    field: str, slip: str, help: str, archive: SmallArchive
) -> None:
    """A value in another form than is wanted is an error that shows it in the wanted one."""
    archive.replace("content/documents/briefing.md", field, slip)
    assert help in str([diagnostic.help for diagnostic in archive.check().diagnostics])

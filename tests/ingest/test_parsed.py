"""What a parse adds to the rules: trees drawn by hand, in the labels of spaCy's English pipelines."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.ingest.attribution import Attribution
from sourcebook.ingest.parsed import find_parsed, join_attributions
from sourcebook.ingest.tokens import tokenize

Found = tuple[str, str, tuple[str, ...]]
"""Speaker, cue, and the passages of what is said."""


@cache
def english() -> Any:
    return pytest.importorskip("spacy").blank("en")


def build_doc(words: list[str], spaces: list[bool], heads: list[int], deps: list[str]) -> Any:
    tokens = pytest.importorskip("spacy.tokens")
    return tokens.Doc(english().vocab, words, spaces, heads=heads, deps=deps)


def make_doc(text: str, tree: str) -> Any:
    """A ``Doc`` of *text*; of each word *tree* has "word label head", between bars."""
    rows = [tuple(row.split()) for row in tree.split("|")]
    words = [word for word, _, _ in rows]
    spaces, at = [], 0
    for word in words:
        assert text.startswith(word, at)
        at += len(word)
        spaces.append(text.startswith(" ", at))
        at += spaces[-1]
    heads = [words.index(head) for _, _, head in rows]
    deps = [label for _, label, _ in rows]
    return build_doc(words, spaces, heads, deps)


def read_tree(text: str, tree: str) -> list[Attribution]:
    return find_parsed(make_doc(text, tree), 0, tokenize(text, 0, len(text)))


def shown(text: str, found: list[Attribution]) -> list[Found]:
    return [
        (
            text[slice(*(a.mention or (0, 0)))],
            text[slice(*(a.cue or (0, 0)))],
            tuple(text[slice(*span)] for span in a.spans),
        )
        for a in found
    ]


@pytest.mark.parametrize(
    ("text", "tree", "expected"),
    [
        pytest.param(
            "Ann Lee complained that the vote was lost.",
            "Ann compound Lee | Lee nsubj complained | complained ROOT complained"
            "| that mark lost | the det vote | vote nsubjpass lost | was auxpass lost"
            "| lost ccomp complained | . punct complained",
            ("Ann Lee", "complained", ("the vote was lost",)),
            id="the clause below the verb, without its that",
        ),
        pytest.param(
            "Lee, a senator who left, noted they lost.",
            "Lee nsubj noted | , punct Lee | a det senator | senator appos Lee | who nsubj left"
            "| left relcl senator | , punct Lee | noted ROOT noted | they nsubj lost"
            "| lost ccomp noted | . punct noted",
            ("Lee", "noted", ("they lost",)),
            id="the subject up to its comma",
        ),
        pytest.param(
            "The vote, Ann Lee said, would be lost.",
            "The det vote | vote nsubjpass lost | , punct said | Ann compound Lee | Lee nsubj said"
            "| said parataxis lost | , punct said | would aux lost | be auxpass lost"
            "| lost ROOT lost | . punct lost",
            ("Ann Lee", "said", ("The vote", "would be lost")),
            id="around a verb that is put into it",
        ),
        pytest.param(
            'Lee said they were "tired of it."',
            "Lee nsubj said | said ROOT said | they nsubj were | were ccomp said"
            '| " punct were | tired acomp were | of prep tired | it pobj of | . punct said'
            '| " punct said',
            ("Lee", "said", ('they were "tired of it."',)),
            id="a quotation at its end is whole",
        ),
        pytest.param(
            '"We lost. It is over," Lee said.',
            '" punct lost | We nsubj lost | lost ROOT lost | . punct lost | It nsubj is'
            '| is ccomp said | over advmod is | , punct said | " punct said | Lee nsubj said'
            "| said ROOT said | . punct lost",
            ("Lee", "said", ("We lost. It is over",)),
            id="all of a quotation of two sentences",
        ),
        pytest.param(
            "Lee resigned and said it was late.",
            "Lee nsubj resigned | resigned ROOT resigned | and cc resigned | said conj resigned"
            "| it nsubj was | was ccomp said | late acomp was | . punct resigned",
            ("Lee", "said", ("it was late",)),
            id="the subject of the verb before it",
        ),
        pytest.param(
            "Lee left them, saying it was late.",
            "Lee nsubj left | left ROOT left | them dobj left | , punct left | saying advcl left"
            "| it nsubj was | was ccomp saying | late acomp was | . punct left",
            ("Lee", "saying", ("it was late",)),
            id="the subject that a participle shares",
        ),
        pytest.param(
            "It was claimed by Lee that they lost.",
            "It nsubjpass claimed | was auxpass claimed | claimed ROOT claimed | by agent claimed"
            "| Lee pobj by | that mark lost | they nsubj lost | lost ccomp claimed"
            "| . punct claimed",
            ("Lee", "claimed", ("they lost",)),
            id="the agent of a passive",
        ),
        pytest.param(
            "Three men, according to Lee, were killed.",
            "Three nummod men | men nsubjpass killed | , punct killed | according prep killed"
            "| to prep according | Lee pobj to | , punct killed | were auxpass killed"
            "| killed ROOT killed | . punct killed",
            ("Lee", "according to", ("Three men", "were killed")),
            id="according to",
        ),
    ],
)
def test_a_tree_shows_who_said_what(text: str, tree: str, expected: Found) -> None:
    """Speaker and words stand in the text with exact ends."""
    assert shown(text, read_tree(text, tree)) == [expected]


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param(
            "Lee did not say they lost.",
            "Lee nsubj say | did aux say | not neg say | say ROOT say | they nsubj lost"
            "| lost ccomp say | . punct say",
            id="a verb that is negated",
        ),
        pytest.param(
            "Lee might say they lost.",
            "Lee nsubj say | might aux say | say ROOT say | they nsubj lost | lost ccomp say"
            "| . punct say",
            id="a verb that is only possible",
        ),
        pytest.param(
            "It was feared they lost.",
            "It nsubjpass feared | was auxpass feared | feared ROOT feared | they nsubj lost"
            "| lost ccomp feared | . punct feared",
            id="a passive without an agent",
        ),
        pytest.param(
            "We hope they lost.",
            "We nsubj hope | hope ROOT hope | they nsubj lost | lost ccomp hope | . punct hope",
            id="the narrator",
        ),
        pytest.param(
            "Lee made it clear they lost.",
            "Lee nsubj made | made ROOT made | it nsubj clear | clear ccomp made"
            "| they nsubj lost | lost ccomp clear | . punct made",
            id="a verb that is not of the lexicon",
        ),
        pytest.param(
            "“Kim said they lost.”",
            "“ punct said | Kim nsubj said | said ROOT said | they nsubj lost | lost ccomp said"
            "| . punct said | ” punct said",
            id="a verb inside a quotation",
        ),
    ],
)
def test_a_tree_shows_no_more_than_a_careful_reader_sees(text: str, tree: str) -> None:
    """Where nobody is told to have said it, nothing is attributed."""
    assert read_tree(text, tree) == []


def test_what_another_reports_is_part_of_his_claim() -> None:
    """A verb of saying below another makes no attribution of its own."""
    text = "Lee noted that Kim said they lost."
    tree = (
        "Lee nsubj noted | noted ROOT noted | that mark said | Kim nsubj said | said ccomp noted"
        "| they nsubj lost | lost ccomp said | . punct noted"
    )
    assert shown(text, read_tree(text, tree)) == [("Lee", "noted", ("Kim said they lost",))]


def test_a_passage_far_down_the_text_has_its_own_offsets() -> None:
    """Offsets count from the start of the text, not of the passage."""
    passage = "Lee said they lost."
    tree = "Lee nsubj said | said ROOT said | they nsubj lost | lost ccomp said | . punct said"
    text = f"Before it.\n\n{passage}"
    start = text.index(passage)
    found = find_parsed(make_doc(passage, tree), start, tokenize(text, start, len(text)))
    assert shown(text, found) == [("Lee", "said", ("they lost",))]


SENTENCE = "He said that “ we lost , it is over ” according to Lee , who noted they left ."
LABELS = ["nsubj", "ccomp", "conj", "advcl", "parataxis", "prep", "pobj", "mark", "punct", "relcl"]


@given(st.data())
def test_whatever_the_tree_the_spans_are_passages_of_the_text(data: st.DataObject) -> None:
    """A parser makes mistakes: spans still stand in text order, apart, with words in each."""
    words = SENTENCE.split()
    order = data.draw(st.permutations(range(len(words))))
    heads = list(range(len(words)))
    for place, word in enumerate(order[1:], start=1):
        heads[word] = order[data.draw(st.integers(0, place - 1))]
    deps = [data.draw(st.sampled_from(LABELS)) for _ in words]
    doc = build_doc(words, [True] * len(words), heads, deps)
    text = doc.text

    for attribution in find_parsed(doc, 0, tokenize(text, 0, len(text))):
        ends = [end for span in attribution.spans for end in span]
        assert ends == sorted(ends)
        assert all(text[slice(*span)].strip() for span in attribution.spans)
        assert attribution.mention is not None
        assert text[slice(*attribution.mention)].strip()


TEXT = "Lee said the vote was lost. Kim noted that it rained. Park says no."
RULED = Attribution(((9, 26),), cue=(4, 8), mention=(0, 3))
LAST = Attribution(((64, 66),), cue=(59, 63), mention=(54, 58))
NEW = Attribution(((43, 52),), cue=(32, 37), mention=(28, 31))


def test_what_the_rules_miss_is_added_at_its_place() -> None:
    """The rules' attributions stay as they are; the new one stands between them."""
    assert join_attributions(TEXT, [RULED, LAST], [NEW]) == [RULED, NEW, LAST]


@pytest.mark.parametrize(
    "parsed",
    [
        pytest.param(Attribution(((18, 37),), (53, 54), (0, 3)), id="half of its words"),
        pytest.param(Attribution(((43, 52),), (4, 8), (0, 3)), id="the same cue"),
        pytest.param(Attribution(((43, 52),), (18, 21), (9, 17)), id="a cue in reported speech"),
    ],
)
def test_what_the_rules_found_is_not_found_twice(parsed: Attribution) -> None:
    """The rules' reading is kept where the parse has another of the same statement."""
    assert join_attributions(TEXT, [RULED], [parsed]) == [RULED]

"""The rules that need more than one record, beyond the examples of their pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from types import SimpleNamespace

import pytest

from conftest import SmallArchive
from sourcebook.circles import find_circle
from sourcebook.diagnostics import suggest
from sourcebook.model import Slug

PAGE = "content/documents/briefing.md"
TODAY = date(2026, 11, 21)


def rules_on(archive: SmallArchive, day: date) -> list[str]:
    """The rules that are broken on a day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sourcebook.checked.date", SimpleNamespace(today=lambda: day))
        return archive.rules()


@pytest.mark.parametrize(
    "embargo",
    ["2026-11-22", "2026-12", "2026-11", "2026", "2020/2027", "2020/..", "XXXX-01", "202X"],
)
def test_embargo_that_may_last_keeps_a_document_back(archive: SmallArchive, embargo: str) -> None:
    """As long as any day that the embargo can mean is to come, nothing is built."""
    archive.replace(PAGE, "outlet:", f"embargo: {embargo}\noutlet:")

    assert rules_on(archive, TODAY) == ["cannot-publish-yet"]


@pytest.mark.parametrize(
    "embargo", ["2026-11-21", "2026-10", "2025", "2020/2026-11", "../2026-11-20"]
)
def test_embargo_that_is_over_holds_nothing_back(archive: SmallArchive, embargo: str) -> None:
    """On the day that an embargo names, and after it, the document is published."""
    archive.replace(PAGE, "outlet:", f"embargo: {embargo}\noutlet:")

    assert rules_on(archive, TODAY if embargo != "2020/2026-11" else date(2026, 12, 1)) == []


def test_withheld_passage_is_refused(archive: SmallArchive) -> None:
    """A document that withholds a passage is not built by a version that cannot withhold."""
    archive.replace(PAGE, "outlet:", "withheld: [{before: by Dr, reason: private}]\noutlet:")

    assert rules_on(archive, TODAY) == ["cannot-publish-yet"]


def test_broken_page_is_reported_once(archive: SmallArchive) -> None:
    """What names a page that is there but cannot be read is no second error."""
    archive.write("content/actors/dmitry-peskov.md", "no fields\n")
    archive.write("content/questions/us-consulted-russia.md", "---\n---\n")

    assert archive.rules() == ["missing-front-matter", "missing-field", "question-without-answers"]


@pytest.mark.parametrize(
    ("field", "help"),
    [
        ("by: reuters", "`reuters` is an outlet: write `outlet:reuters`"),
        ("by: outlet:dmitry-peskov", "`dmitry-peskov` is an actor: write `dmitry-peskov`"),
        ("via: [dmitry-peskov]", "`dmitry-peskov` is an actor: write `actor:dmitry-peskov`"),
        ("via: [actor:reuters]", "`reuters` is an outlet: write `reuters`"),
    ],
)
def test_actor_named_as_an_outlet_is_recognised(
    archive: SmallArchive, field: str, help: str
) -> None:
    """Nobody is told to make a page that is there already, as the other of the two."""
    archive.replace(PAGE, "by: dmitry-peskov", field)

    (problem,) = archive.check().diagnostics

    assert problem.help == help


@pytest.mark.parametrize("answers", ["", "answers: [It did, It did not]\n"])
def test_question_without_answers_is_reported_once(archive: SmallArchive, answers: str) -> None:
    """What claims answer cannot be judged while the question's own answers cannot be read."""
    question = "content/questions/us-consulted-russia.md"
    archive.write(question, f"---\nquestion: Did it?\n{answers}---\n")

    (problem,) = archive.check().diagnostics

    assert problem.path == question


@pytest.mark.parametrize("quote", ["''", "[]", "['']", "'\u200b'"])
def test_quote_without_words_is_reported_once(archive: SmallArchive, quote: str) -> None:
    """An empty quote is one problem, however it is empty."""
    archive.replace(
        PAGE, "Our American partners did not consult with Russia\n    ans", f"{quote}\n    ans"
    )

    assert len(archive.rules()) == 1


def test_relation_to_a_missing_document_says_who_names_it(archive: SmallArchive) -> None:
    """The message is a sentence, with the claim and the document."""
    archive.replace(
        PAGE, "    quote:", "    relations: [{type: repeats, to: brifing#a}]\n    quote:"
    )

    (problem,) = archive.check().diagnostics

    assert problem.message == (
        "claim `no-consultation` names document `brifing`, which has no page"
    )


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("half a million", "with `half a million`, which is not a number"),
        ("'50,000'", "with `50,000`, which is not a number"),
        ("[1, 2]", "with `1, 2`, which is not a number"),
        ("{low: 2, high: 1}", "with numbers that are not in rising order"),
        ("{low: 1, best: 3, high: 2}", "with numbers that are not in rising order"),
        ("{as_of: 2017}", "with a figure without a number"),
        ("{}", "with a figure without a number"),
    ],
)
def test_answer_to_a_figure_question_is_a_number(
    archive: SmallArchive, answer: str, message: str
) -> None:
    """A figure is digits, or a range whose ends are in order."""
    archive.write(
        "content/questions/us-consulted-russia.md",
        "---\nquestion: How many?\nfigure: {of: a}\n---\n",
    )
    archive.replace(PAGE, '{us-consulted-russia: "no"}', f"{{us-consulted-russia: {answer}}}")

    (problem,) = archive.check().diagnostics

    assert problem.rule == "answer-does-not-fit"
    assert problem.message == f"claim `no-consultation` answers `us-consulted-russia` {message}"


@pytest.mark.parametrize(
    ("link", "rules"),
    [
        ("https://example.org/a", []),
        ("#part", []),
        ("actor:dmitry-peskov", []),
        ("document:briefing#no-consultation", []),
        ("document:briefing#nothing", ["dead-link"]),
        ("document:nothing", ["dead-link"]),
        ("outlet:dmitry-peskov", ["dead-link"]),
        ("../actors/dmitry-peskov.md", ["dead-link"]),
        ("dmitry-peskov", ["dead-link"]),
        ("mailto:a@example.org", ["dead-link"]),
    ],
)
def test_link_of_an_annotator_leads_somewhere(
    archive: SmallArchive, link: str, rules: list[str]
) -> None:
    """Links in notes and in the pages of records are checked; whole addresses are left alone."""
    archive.write("content/topics/safe-zones.md", f"---\nname: A\n---\nSee\n[this]({link}).\n")
    archive.replace(
        PAGE, "---\n#", f'notes: [{{id: n, quote: Dmitry Peskov, note: "[this]({link})"}}]\n---\n#'
    )

    assert archive.rules() == rules * 2


def test_document_translates_another(archive: SmallArchive) -> None:
    """A document that is said to be its own translation would be shown as its own original."""
    archive.replace("content/documents/briefing.md", "outlet:", "translation_of: briefing\noutlet:")

    (found,) = archive.check().diagnostics

    assert (found.rule, found.message) == (
        "circle",
        "the document is said to be a translation of itself",
    )


def test_topic_above_which_there_is_a_circle_is_in_none(archive: SmallArchive) -> None:
    """Only the topics that are broader than themselves are named, and the search comes to an end."""
    for slug, broader in (("below", "one"), ("one", "other"), ("other", "one")):
        archive.write(f"content/topics/{slug}.md", f"---\nname: A\nbroader: {broader}\n---\n")

    assert [(d.rule, d.path) for d in archive.check().diagnostics] == [
        ("circle", "content/topics/one.md"),
        ("circle", "content/topics/other.md"),
    ]


def test_claim_cannot_stand_to_itself(archive: SmallArchive) -> None:
    """A relation leads to another claim."""
    archive.replace(
        PAGE, "    by:", '    relations: [{type: repeats, to: "#no-consultation"}]\n    by:'
    )

    (problem,) = archive.check().diagnostics

    assert problem.message == "claim `no-consultation` repeats itself"


def test_windows_line_ends_change_nothing(archive: SmallArchive) -> None:
    """An archive edited on Windows is the same archive."""
    for path in sorted(archive.root.rglob("*.*")):
        if path.is_file() and "captures" not in path.parts:
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert archive.messages() == []


def test_thousands_of_unknown_names_are_reported_and_some_are_guessed(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each name is an error of its own; all that there are is searched for fifty of them."""
    searched: list[str] = []

    def suggest_counted(word: str, known: Collection[str]) -> str | None:
        searched.append(word)
        return suggest(word, known)

    monkeypatch.setattr("sourcebook.diagnostics.suggest", suggest_counted)
    names = ", ".join(f"dmitry-peskof-{number}" for number in range(60))
    archive.replace(PAGE, "outlet:", f"actors: [{names}]\noutlet:")
    messages = archive.messages()

    assert (len(messages), len(searched)) == (60, 50)
    assert [message.partition("help: ")[2] for message in messages[49:51]] == [
        "did you mean `dmitry-peskov`? New actors go in content/actors/dmitry-peskof-49.md",
        "New actors go in content/actors/dmitry-peskof-50.md\n"
        "        what may be meant is looked for 50 times: mend those problems first",
    ]


def test_a_question_with_very_many_answers_names_some_of_them(archive: SmallArchive) -> None:
    """A message that lists what a question takes stays short."""
    answers = "".join(f"  a{number}: Answer {number}\n" for number in range(25))
    archive.write(
        "content/questions/us-consulted-russia.md", f"---\nquestion: Why?\nanswers:\n{answers}---\n"
    )

    assert archive.messages()[0].endswith("`a19` (Answer 19), and 5 more")


def test_a_dead_link_is_not_found_in_one_that_is_longer(archive: SmallArchive) -> None:
    """The live one before it begins with the same words."""
    body = "See [him](actor:dmitry-peskov) and [them](actor:dmitry).\n"
    archive.write("content/topics/safe-zones.md", f"---\nname: Safe zones\n---\n{body}")

    (found,) = archive.check().diagnostics

    assert (found.line, found.column) == (4, body.index("actor:dmitry)") + 1)


def test_dead_links_are_found_on_their_lines(archive: SmallArchive) -> None:
    """Of many in one body each has its own, whatever ends the lines."""
    links = "\r\n\r\n".join(f"[Him](actor:who-{number})" for number in range(3))
    archive.write("content/topics/safe-zones.md", f"---\nname: Safe zones\n---\n{links}\r\n")

    assert [(found.line, found.column) for found in archive.check().diagnostics] == [
        (4, 7),
        (6, 7),
        (8, 7),
    ]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("who: what.txt", "the character ':' cannot stand in a file name"),
        ("con.txt", "`con.txt` is a device on Windows"),
        ("2017./a.txt", "a name cannot end with a space or a full stop on Windows"),
        (f"{'a' * 120}/{'b' * 120}.txt", "254 characters are too many for Windows"),
    ],
)
def test_capture_that_windows_cannot_hold_is_reported(
    archive: SmallArchive, name: str, fault: str
) -> None:
    """Before a copy of the archive lacks it, or a build that publishes it stops."""
    archive.write(f"content/captures/{name}", "A new one.\n")

    (message,) = (m for m in archive.messages() if "unportable-name" in m)

    assert f"not every computer can hold content/captures/{name}: {fault}\n" in message


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("topics: a, b", "write it in brackets: [a, b]"),
        ("topics:\n  – a\n  – b", "write it in brackets: [a, b]"),
        ("topics:\n  -a\n  -b", "write it in brackets: [a, b]"),
        ("topics: [a; b]", "write each as an item of its own: [a, b]"),
        ("topics:\n  - a, b", "write each as an item of its own: [a, b]"),
        ("authors: Scott", "write it in brackets: [Scott]"),
        ("authors: Lee, Ann", "write one `- ` and a value on each line below it"),
    ],
)
def test_items_side_by_side_are_told_how_to_be_a_list(
    archive: SmallArchive, written: str, help: str
) -> None:
    """They are not joined to one word, which would name what nobody meant."""
    archive.replace("content/documents/briefing.md", "topics: [safe-zones]", written)

    (message,) = archive.messages()

    assert message.endswith(f"help: {help}")


def test_a_command_to_paste_runs_nothing_of_a_name(archive: SmallArchive) -> None:
    """A pull request may bring a capture whose name is a command, to a shell."""
    archive.write("content/captures/$(touch x) `y`.txt", "Text.\n")

    (message,) = archive.messages()

    assert "with: sourcebook ingest 'content/captures/$(touch x) `y`.txt'; if" in message


def test_answers_written_as_a_list_are_told_to_be_fields(archive: SmallArchive) -> None:
    """The hyphens are what is wrong, so they are named."""
    page = '---\nquestion: Did it?\nanswers:\n  - "yes": It did\n  - "no": It did not\n---\n'
    archive.write("content/questions/us-consulted-russia.md", page)

    assert archive.messages()[0].endswith(
        "help: write one `name: value` on each line below it, without `- ` before it"
    )


def test_a_circle_is_followed_once_and_told_to_all_in_it(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each topic of a large one is an error with the first steps; a mere chain is not followed."""
    followed: list[Slug] = []

    def follow_counted(slug: Slug, above: Mapping[Slug, tuple[Slug, ...]]) -> list[Slug]:
        followed.append(slug)
        return find_circle(slug, above)

    monkeypatch.setattr("sourcebook.circles.find_circle", follow_counted)
    for number in range(40):
        above = (number + 1) % 20 if number < 20 else number - 1
        archive.write(
            f"content/topics/t{number:02}.md",
            f"---\nname: T{number}\nbroader: [t{above:02}]\n---\n",
        )
    messages = [message.splitlines()[0] for message in archive.messages()]

    assert (len(messages), followed) == (20, ["t00"])
    assert messages[1].endswith(
        "from `t01` leads back to it: "
        + " → ".join([*(f"t{number:02}" for number in range(1, 14)), "…", "t01"])
    )

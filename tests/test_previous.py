"""A build after a change makes again what shows the change, and nothing is ever left as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook import build as pipeline
from sourcebook import rendering
from sourcebook.build import BuildOptions, build_site
from sourcebook.checked import find_problems
from sourcebook.disk import cache_folder, remembering
from sourcebook.lock import hold_archive

PEOPLE = ("anna-lind", "omar-said", "ruth-klein", "li-wei")


@pytest.fixture
def large(archive: SmallArchive) -> SmallArchive:
    """The small archive, with as many documents as are worth remembering."""
    for slug in PEOPLE:
        name = slug.replace("-", " ").title()
        archive.write(f"content/actors/{slug}.md", f"---\nname: {name}\n---\n")
        archive.write(f"content/topics/of-{slug}.md", f"---\nname: What {name} says\n---\n")
    for number in range(60):
        write_document(archive, number)
    answer(archive, 3)
    return archive


def answer(archive: SmallArchive, number: int) -> None:
    """Let the claim of a document of Li Wei's answer the question."""
    answers = '    by: li-wei\n    answers: {us-consulted-russia: "yes"}\n'
    archive.replace(f"content/documents/day-{number}.md", "    by: li-wei\n", answers)


def write_document(archive: SmallArchive, number: int, title: str = "A day of talks") -> None:
    speaker = PEOPLE[number % len(PEOPLE)]
    text = f"The talks went on.\n\n“We have met {number} times,” was all that was said.\n"
    archive.write(f"content/captures/day-{number}.txt", text)
    archive.write(
        f"content/documents/day-{number}.md",
        f"""\
---
title: {title}, number {number}
outlet: reuters
date: 2017-02-{number % 28 + 1:02}
captures:
  - file: captures/day-{number}.txt
    sha256: …
transcription: …
topics: [of-{speaker}]
claims:
  - id: met
    by: {speaker}
    quote: We have met {number} times
---
{text}""",
    )


def build(archive: SmallArchive, **more: object) -> int:
    """Build, and tell how many pages were made."""
    return len(make(archive, **more))


def make(archive: SmallArchive, **more: object) -> list[str]:
    """Build, and tell which pages were made."""
    made: list[str] = []
    render_page = rendering.render_page

    def count(page: object, theme: object) -> object:
        made.append(page.path)  # type: ignore[attr-defined]
        return render_page(page, theme)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "render_page", count)
        options = BuildOptions(
            archive.root / "site",
            search=False,
            is_remembering=True,
            **more,  # type: ignore[arg-type]
        )
        assert build_site(archive.root, options).output is not None
    return made


def pages_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def is_clean(archive: SmallArchive) -> bool:
    """Whether the site is what a build makes that remembers nothing."""
    clean = archive.root.parent / "clean"
    build_site(archive.root, BuildOptions(clean, search=False))
    return pages_of(archive.root / "site") == pages_of(clean)


CHANGES: dict[str, Callable[[SmallArchive], object]] = {
    "a title": lambda archive: write_document(archive, 7, title="Another day"),
    "a claim more": lambda archive: archive.replace(
        "content/documents/day-7.md",
        "claims:\n",
        "claims:\n  - id: went-on\n    quote: The talks went on\n    by: omar-said\n",
    ),
    "an answer": lambda archive: answer(archive, 7),
    "a document more": lambda archive: write_document(archive, 60),
    "a document less": lambda archive: (archive.root / "content/documents/day-9.md").unlink(),
    "an actor's name": lambda archive: archive.replace(
        "content/actors/li-wei.md", "name: Li Wei", "name: Li Wei Min"
    ),
    "a topic less": lambda archive: (archive.root / "content/topics/of-li-wei.md").unlink(),
    "a question's words": lambda archive: archive.replace(
        "content/questions/us-consulted-russia.md", "Did the United", "Had the United"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_makes_the_pages_again_that_show_it(
    large: SmallArchive, change: Callable[[SmallArchive], object]
) -> None:
    """Most of the site stands as it was, and every byte of it is that of a clean build."""
    if change is CHANGES["a topic less"]:
        for number in range(3, 60, 4):
            large.replace(f"content/documents/day-{number}.md", "topics: [of-li-wei]\n", "")
    whole = build(large)
    change(large)
    made = build(large)
    assert 0 < made < whole * 0.75
    assert is_clean(large)


def test_of_a_long_list_only_pages_that_show_a_change_are_made_again(large: SmallArchive) -> None:
    """Somebody's other years stay, and are made when something in them changes later."""
    paths = {year: large.add_speeches(year) for year in (2015, 2016)}
    make(large)
    for year, other, words in ((2015, 2016, "Nine"), (2016, 2015, "Ten"), (2015, 2016, "Six")):
        large.replace(paths[year], "- id: c9\n", f"- id: c9\n    cue: {words}\n")
        made = make(large)
        assert f"actors/dmitry-peskov/{year}/index.html" in made
        assert f"actors/dmitry-peskov/{other}/index.html" not in made
        assert is_clean(large)
        large.replace(paths[year], f"    cue: {words}\n", "")
        make(large)


def test_a_new_name_leaves_pages_that_show_other_claims_of_the_document(
    large: SmallArchive,
) -> None:
    """A document quotes many: a page that shows a claim of another one stays."""
    page = "content/documents/day-7.md"
    large.replace(page, "    by: li-wei\n", "    by: li-wei\n    topics: [of-anna-lind]\n")
    more = "claims:\n  - id: went-on\n    quote: The talks went on\n    by: dmitry-peskov\n"
    large.replace(page, "claims:\n", more)
    make(large)
    large.replace("content/actors/dmitry-peskov.md", "name: Dmitry Peskov", "name: D. Peskov")
    made = make(large)
    assert "documents/day-7/index.html" in made
    assert "topics/of-anna-lind/index.html" not in made
    assert is_clean(large)


def test_pages_of_long_lists_are_never_left_as_they_were(
    large: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Change upon change, also of names that stand on them, each page is that of a clean build."""
    monkeypatch.setattr("sourcebook.views.timeline_plan.ITEMS_ON_ONE_PAGE", 20)
    for year in (2015, 2016):
        large.add_speeches(year)
    make(large)
    peskov, speech = "content/actors/dmitry-peskov.md", "content/documents/of-2015.md"
    for path, old, new in (
        (peskov, "name: Dmitry Peskov", "name: D. Peskov"),
        (speech, "- id: c9\n", "- id: c9\n    topics: [safe-zones]\n"),
        ("content/topics/safe-zones.md", "name: Safe zones", "name: Zones"),
        (speech, "date: 2015", "date: 2014"),
        (speech, "- id: c7\n", "- id: c7\n    date: 2013-05-06\n"),
        ("content/documents/day-7.md", "title: A day of talks", "title: A long day"),
        (speech, "title: Of 2015", "title: Of 2014"),
        (speech, "- id: c8\n    by: dmitry-peskov\n", "- id: c8\n    by: li-wei\n"),
    ):
        large.replace(path, old, new)
        make(large)
        assert is_clean(large), (old, new)


def test_a_check_in_between_changes_nothing(large: SmallArchive) -> None:
    """What the last build had read is known beside what a check has read since."""
    whole = build(large)
    CHANGES["a title"](large)
    remembering(large.root, lambda recall: find_problems(large.root, recall=recall))
    assert build(large) < whole / 2
    assert is_clean(large)


def test_changes_come_on_top_of_each_other(large: SmallArchive) -> None:
    """Each build compares with the one before it, and a change taken back is one too."""
    build(large)
    before = large.read("content/documents/day-7.md")
    for name in ("a title", "a claim more"):
        CHANGES[name](large)
        build(large)
    large.write("content/documents/day-7.md", before)
    build(large)
    assert is_clean(large)


def test_pages_of_another_run_are_never_taken_for_ones_own(
    large: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stood when a build looked may be another run's by the time that it writes."""
    page = "content/documents/day-9.md"
    then = large.read(page)
    build(large)

    @contextmanager
    def hold_after_another_run(root: Path, by: str) -> Iterator[None]:
        monkeypatch.setattr(pipeline, "hold_archive", hold_archive)
        large.replace(page, "A day of talks", "What only the other run read")
        build(large)
        large.write(page, then)
        with hold_archive(root, by):
            yield

    monkeypatch.setattr(pipeline, "hold_archive", hold_after_another_run)
    CHANGES["a title"](large)
    build(large)
    assert is_clean(large)


SPOILED: dict[str, Callable[[SmallArchive], object]] = {
    "a torn note": lambda archive: tear(next(cache(archive).glob("*-sections.note"))),
    "no memory of the texts": lambda archive: [p.unlink() for p in cache(archive).glob("*.part")],
    "other settings": lambda archive: archive.write("archive.yaml", "title: Another archive\n"),
    "another theme": lambda archive: archive.write(
        "themes/default/templates/about.html",
        '{% extends "base.html" %}{% block main %}{% endblock %}',
    ),
}


def cache(archive: SmallArchive) -> Path:
    folder = cache_folder(archive.root)
    assert folder is not None
    return folder


def tear(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("change", [True, False], ids=["a change beside", "nothing else"])
def test_a_page_that_is_not_as_it_was_written_is_made_again(
    large: SmallArchive, change: bool
) -> None:
    """Whoever wrote into the site, or took something away: all else is made only where it must."""
    whole = build(large)
    pages = large.root / "site/documents"
    (pages / "day-11/index.html").write_text("forged", encoding="utf-8")
    (pages / "day-12/index.html").unlink()
    if change:
        CHANGES["a title"](large)
    assert 2 <= build(large) < whole / 2
    assert is_clean(large)


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_where_too_little_is_known_all_is_made(
    large: SmallArchive, spoil: Callable[[SmallArchive], object]
) -> None:
    """What is not certain is made again, whatever it takes."""
    whole = build(large)
    spoil(large)
    CHANGES["a title"](large)
    assert build(large) == whole
    assert is_clean(large)

"""The site is written whole or not at all, and never over what is not ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sourcebook.beside import PlacedFile, find_place
from sourcebook.diagnostics import EnvironmentProblem, UsageError
from sourcebook.output import (
    KeptFile,
    OutputFile,
    is_unfinished,
    repair_site,
    write_site,
)


def files(**content: str) -> list[OutputFile]:
    """``files(index="a")`` is a site of one page, ``index.html``."""
    return [OutputFile(f"{name}.html", text.encode()) for name, text in content.items()]


def pages(target: Path) -> dict[str, str]:
    """The pages that stand in *target*, by path."""
    return {
        path.relative_to(target).as_posix(): path.read_text()
        for path in sorted(target.rglob("*.html"))
    }


def leftovers(target: Path) -> list[str]:
    """What stands beside *target*."""
    return sorted(path.name for path in target.parent.iterdir() if path != target)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """An output folder, not yet there, in a folder whose name has a space and an accent."""
    (tmp_path / "à l'écran").mkdir()
    return tmp_path / "à l'écran" / "site"


def test_site_is_what_was_given(target: Path) -> None:
    """The folder holds exactly the given files, in folders made for them."""
    write_site([OutputFile("a/b/index.html", b"deep"), OutputFile("index.html", b"top")], target)

    assert pages(target) == {"a/b/index.html": "deep", "index.html": "top"}
    assert leftovers(target) == []


def test_report_tells_what_changed(target: Path) -> None:
    """The report names what was written, what stayed and what went, sorted."""
    write_site(files(same="1", changed="1", gone="1"), target)

    report = write_site(files(same="1", new="2", changed="2"), target)

    assert report.written == ("changed.html", "new.html")
    assert report.unchanged == ("same.html",)
    assert report.removed == ("gone.html",)
    assert pages(target) == {"changed.html": "2", "new.html": "2", "same.html": "1"}


def test_same_site_again_touches_nothing(target: Path) -> None:
    """Where nothing changed, the folder itself stays, with the times of its files."""
    write_site(files(index="1"), target)
    before = [(path, path.stat()) for path in (target, *sorted(target.iterdir()))]

    report = write_site(files(index="1"), target)

    assert report.written == report.removed == ()
    assert before == [(path, path.stat()) for path in (target, *sorted(target.iterdir()))]


def test_unchanged_files_keep_their_time(target: Path) -> None:
    """A file that did not change is the same file after the swap: servers see no new date."""
    write_site(files(same="1", changed="1"), target)
    os.utime(target / "same.html", (1_000_000_000, 1_000_000_000))
    before = (target / "same.html").stat()

    write_site(files(same="1", changed="2"), target)

    after = (target / "same.html").stat()
    assert (after.st_ino, after.st_mtime, after.st_nlink) == (before.st_ino, before.st_mtime, 1)


def test_links_never_write_through(target: Path, tmp_path: Path) -> None:
    """Whoever keeps a hard-linked copy of an old site keeps its text when the site changes."""
    write_site(files(index="old", same="1"), target)
    (tmp_path / "kept.html").hardlink_to(target / "index.html")

    write_site(files(index="new", same="1"), target)

    assert (tmp_path / "kept.html").read_text() == "old"
    assert pages(target)["index.html"] == "new"


def test_unchanged_files_are_copied_where_links_fail(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system without hard links gets copies, with their time."""
    write_site(files(same="1", changed="1"), target)
    os.utime(target / "same.html", (1_000_000_000, 1_000_000_000))

    def refuse(*paths: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    write_site(files(same="1", changed="2"), target)

    assert pages(target) == {"changed.html": "2", "same.html": "1"}
    assert (target / "same.html").stat().st_mtime == 1_000_000_000


def test_hand_edited_and_torn_files_are_written_again(target: Path) -> None:
    """What somebody changed in the output, or a power cut emptied, is put right."""
    write_site(files(edited="abc", torn="abc", linked="abc"), target)
    (target / "edited.html").write_text("xyz")
    (target / "torn.html").write_text("")
    (target / "linked.html").unlink()
    (target / "linked.html").symlink_to("edited.html")

    report = write_site(files(edited="abc", torn="abc", linked="abc"), target)

    assert len(report.written) == 3
    assert set(pages(target).values()) == {"abc"}
    assert not (target / "linked.html").is_symlink()


def test_failing_build_leaves_the_old_site(target: Path) -> None:
    """An error while the pages are made, at whatever page, changes nothing."""
    write_site(files(index="old"), target)

    def broken() -> Iterator[OutputFile]:
        yield OutputFile("index.html", b"new")
        raise RuntimeError("the template is wrong")

    with pytest.raises(RuntimeError, match="the template is wrong"):
        write_site(broken(), target)

    assert pages(target) == {"index.html": "old"}
    assert leftovers(target) == []


# A run that is killed at the given move of a file or folder: the third moves .gitkeep over.
KILLED = """
import os, sys
from pathlib import Path
from sourcebook.output import KeptFile, OutputFile, write_site

moves_left = int(sys.argv[2])
replace = Path.replace

def replace_or_die(self, goal):
    global moves_left
    if moves_left == 0:
        os._exit(9)
    moves_left -= 1
    return replace(self, goal)

Path.replace = replace_or_die
pages = dict(page.split("=") for page in sys.argv[3:])
write_site(
    [OutputFile(f"{name}.html", text.encode()) for name, text in pages.items()], Path(sys.argv[1])
)
"""


def kill(target: Path, moves: int, **pages: str) -> None:
    """A run that writes *pages* and is killed at its move number *moves*."""
    named = [f"{name}={text}" for name, text in pages.items()]
    command = [sys.executable, "-c", KILLED, str(target), str(moves), *named]
    subprocess.run(command, check=False)


@pytest.mark.parametrize(("moves", "stands"), [(0, "old"), (1, "old"), (2, "new"), (3, "new")])
def test_killed_run_is_repaired(target: Path, moves: int, stands: str) -> None:
    """Killed at any moment of the swap, the next run finds a whole site and clears up the rest."""
    write_site(files(index="old", same="1"), target)
    (target / ".gitkeep").touch()

    kill(target, moves, index="new", same="1")
    repair_site(target)

    assert pages(target) == {"index.html": stands, "same.html": "1"}
    assert leftovers(target) == []
    assert (target / ".gitkeep").exists()
    write_site(files(index="newest"), target)
    assert pages(target) == {"index.html": "newest"}


@pytest.mark.parametrize("moves", [0, 1, 2, 3, 4])
def test_killed_small_change_is_taken_back_or_finished(target: Path, moves: int) -> None:
    """Killed at any moment, a change of few files is there as a whole or not at all."""
    others = {f"page{number}": "1" for number in range(9)}
    old = {"index": "old", "gone": "old", **others}
    write_site(files(**old), target)
    new = {"index": "new", "added": "new", **others}

    kill(target, moves, **new)
    repair_site(target)

    expected = new if moves else old
    assert pages(target) == {f"{name}.html": text for name, text in expected.items()}
    assert leftovers(target) == []
    write_site(files(**old), target)
    assert pages(target) == {f"{name}.html": text for name, text in old.items()}


def test_a_page_may_become_a_folder(target: Path) -> None:
    """A small change may put a file where a folder was, and the other way round."""
    others = {f"page{number}": "1" for number in range(9)}
    write_site([OutputFile("a", b"1"), OutputFile("b/c/d", b"1"), *files(**others)], target)

    write_site([OutputFile("a/b", b"2"), OutputFile("b", b"2"), *files(**others)], target)

    assert (target / "a/b").read_text() == (target / "b").read_text() == "2"


def test_kept_files_are_not_made_again(target: Path) -> None:
    """What is known to stand in the site is made only where the site has lost it."""
    write_site(files(kept="known", lost="known"), target)
    (target / "lost.html").unlink()
    made: list[str] = []

    def make(name: str) -> Callable[[], bytes]:
        return lambda: made.append(name) or b"again"  # type: ignore[func-returns-value]

    report = write_site(
        [KeptFile("kept.html", make("kept")), KeptFile("lost.html", make("lost"))], target
    )

    assert (report.unchanged, report.written) == (("kept.html",), ("lost.html",))
    assert made == ["lost"]
    assert pages(target) == {"kept.html": "known", "lost.html": "again"}


def test_old_tree_may_go_later(target: Path) -> None:
    """A preview shows the new site first; what a repository needs has moved over by then."""
    write_site(files(index="old"), target)
    (target / ".gitkeep").touch()
    undone: list[Callable[[], None]] = []

    write_site(files(index="new"), target, undone.append)

    assert pages(target) == {"index.html": "new"}
    assert (target / ".gitkeep").exists()
    assert leftovers(target) == [".site.sourcebook-old"]
    undone[0]()
    assert leftovers(target) == []


def test_old_tree_that_was_never_cleared_goes_with_the_next_run(target: Path) -> None:
    """A preview that was killed before it cleared up leaves nothing for good."""
    write_site(files(index="old"), target)
    write_site(files(index="new"), target, [].append)

    write_site(files(index="newest"), target)

    assert pages(target) == {"index.html": "newest"}
    assert leftovers(target) == []


def test_half_removed_old_tree_is_never_the_site_again(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A removal that stopped halfway is finished, also where the new site is gone meanwhile."""
    write_site(files(index="old", gone="old"), target)

    def remove_half(path: Path) -> None:
        (path / "gone.html").unlink()
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", remove_half)
        write_site(files(index="new"), target)
    shutil.rmtree(target)
    repair_site(target)

    assert not target.exists()
    assert leftovers(target) == []


def test_run_killed_while_it_writes_is_repaired(target: Path) -> None:
    """A half-written tree beside the site does not reach it, and goes with the next run."""
    write_site(files(index="old"), target)
    half = target.with_name(".site.sourcebook-new")
    half.mkdir()
    (half / "secret.html").write_text("half of it")

    write_site(files(index="new"), target)

    assert pages(target) == {"index.html": "new"}
    assert leftovers(target) == []


def test_full_disk_is_a_problem_of_the_environment(target: Path) -> None:
    """When the disk takes no more, the run ends with 3 and the old site stays as it was."""
    write_site(files(index="old"), target)
    script = """
import resource, sys
from pathlib import Path
from sourcebook.diagnostics import EnvironmentProblem
from sourcebook.output import KeptFile, OutputFile, write_site

resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_site([OutputFile("index.html", b"new"), OutputFile("big.html", bytes(5000))],
               Path(sys.argv[1]))
except EnvironmentProblem as problem:
    print(problem.message, problem.help, sep="\\n")
    sys.exit(problem.exit_code)
"""
    run = subprocess.run(
        [sys.executable, "-c", script, target], capture_output=True, text=True, check=False
    )

    assert run.returncode == 3
    assert f"cannot write the site: `{target}/big.html`: File too large" in run.stdout
    assert f"the site in `{target}` is as it was" in run.stdout
    assert pages(target) == {"index.html": "old"}
    assert leftovers(target) == []


def test_unwritable_place_is_a_problem_of_the_environment(tmp_path: Path) -> None:
    """A parent that is a file, or may not be written to, is reported as such."""
    (tmp_path / "file").touch()

    with pytest.raises(EnvironmentProblem, match="cannot write the site"):
        write_site(files(index="1"), tmp_path / "file" / "site")


def test_foreign_folder_is_refused(tmp_path: Path) -> None:
    """A folder with somebody else's files is left alone, with its name in the message."""
    (tmp_path / "thesis.doc").write_text("years of work")

    with pytest.raises(UsageError) as refusal:
        write_site(files(index="1"), tmp_path)

    assert refusal.value.message == (
        f"`{tmp_path}` holds files that Sourcebook did not write, such as `thesis.doc`"
    )
    assert refusal.value.help is not None
    assert "-o" in refusal.value.help
    assert (tmp_path / "thesis.doc").read_text() == "years of work"


def test_folder_with_only_gitkeep_counts_as_empty(target: Path) -> None:
    """The folder that a repository keeps for its output is used, and its .gitkeep stays."""
    target.mkdir()
    (target / ".gitkeep").touch()

    write_site(files(index="1"), target)
    write_site(files(index="2"), target)

    assert pages(target) == {"index.html": "2"}
    assert (target / ".gitkeep").exists()


def test_repository_in_the_output_folder_stays(target: Path) -> None:
    """A .git folder, with which some publish their output, outlives every swap."""
    write_site(files(index="1"), target)
    (target / ".git").mkdir()
    (target / ".git" / "HEAD").write_text("ref: refs/heads/gh-pages")

    report = write_site(files(index="2"), target)

    assert report.removed == ()
    assert (target / ".git" / "HEAD").exists()
    assert leftovers(target) == []


def test_linked_target_keeps_its_link(tmp_path: Path) -> None:
    """A symbolic link to a folder elsewhere stays one; the folder behind it gets the site."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "disk" / "www")

    write_site(files(index="1"), tmp_path / "site")

    assert (tmp_path / "site").is_symlink()
    assert pages(tmp_path / "disk" / "www") == {"index.html": "1"}


def test_target_that_links_to_itself_is_refused(tmp_path: Path) -> None:
    """Nothing can stand behind such a link, in whichever version of Python."""
    (tmp_path / "site").symlink_to("site")

    with pytest.raises(UsageError, match="symbolic link to itself"):
        write_site(files(index="1"), tmp_path / "site")


def test_file_as_target_is_refused(tmp_path: Path) -> None:
    """A file where the folder should be is never replaced."""
    (tmp_path / "site").write_text("mine")

    with pytest.raises(UsageError, match="is a file"):
        write_site(files(index="1"), tmp_path / "site")


def test_folder_one_stands_in_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run from inside the output folder would pull it away under the shell."""
    write_site(files(index="1"), target)
    monkeypatch.chdir(target)

    with pytest.raises(UsageError, match="is the folder this command is run in"):
        write_site(files(index="2"), target)


def test_mount_point_is_refused() -> None:
    """A mounted folder cannot be renamed; the help proposes one inside it."""
    with pytest.raises(UsageError, match="is a mount point") as refusal:
        write_site(files(index="1"), Path("/"))

    assert refusal.value.help == "choose a folder inside it, such as `-o /site`"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.html",
        "/etc/passwd",
        "/passwd",
        "a/../../b",
        "a//b",
        "./a",
        "",
        "a/",
        "a\\b",
        "C:x",
        "con/index.html",
        "Aux.txt",
        "com1",
        "what?.txt",
        "a\x00b",
        "line\nbreak",
        "trailing ",
        "trailing./x",
        "\ud800",
        "é" * 128,
        "/".join(["eighty" * 10] * 5),
        ".gitkeep",
        ".sourcebook-site",
    ],
)
def test_path_that_some_computer_cannot_hold_is_refused(target: Path, path: str) -> None:
    """A path that leaves the site, or that some disk cannot hold, stops the run before the swap."""
    write_site(files(index="old"), target)

    with pytest.raises(UsageError, match="the site cannot hold"):
        write_site([OutputFile("index.html", b"new"), OutputFile(path, b"x")], target)

    assert pages(target) == {"index.html": "old"}
    assert leftovers(target) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.txt", "a.txt"),
        ("a.txt", "A.TXT"),
        ("actors/x.html", "Actors/y.html"),
        ("caf\u00e9.txt", "cafe\u0301.txt"),
        ("a", "a/b"),
        ("a/b", "a"),
    ],
)
def test_colliding_paths_are_refused(target: Path, first: str, second: str) -> None:
    """Two paths that are one on some computers are refused, with both in the message."""
    with pytest.raises(UsageError, match="the site cannot hold") as refusal:
        write_site([OutputFile(first, b"1"), OutputFile(second, b"2")], target)

    assert f"`{second}`" in refusal.value.message
    assert not target.exists()


def test_file_may_become_a_folder(target: Path) -> None:
    """What was a file in the old site may be a folder in the new one, and the other way round."""
    write_site([OutputFile("a", b"1"), OutputFile("b/c", b"1")], target)

    write_site([OutputFile("a/c", b"2"), OutputFile("b", b"2")], target)

    assert (target / "a" / "c").read_bytes() == (target / "b").read_bytes() == b"2"


def test_two_sites_of_the_same_files_are_identical(tmp_path: Path) -> None:
    """Nothing in the tree tells when or by which run it was written."""
    for name in ("one", "two"):
        write_site(files(index="1", about="2"), tmp_path / name)
    write_site(files(index="other"), tmp_path / "two")
    write_site(files(index="1", about="2"), tmp_path / "two")

    trees = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    ]
    assert trees[0] == trees[1]


def test_files_that_other_processes_placed_count_as_any_other(target: Path) -> None:
    """Written where they are new, and gone where the site has them already."""
    write_site(files(same="1", changed="1"), target)
    place = find_place(target)

    def make() -> Iterator[PlacedFile]:
        yield place.put("deep/same/index.html", b"0")
        yield place.put("same.html", b"1")
        yield place.put("changed.html", b"2")

    report = write_site(make(), place)
    assert report.written == ("changed.html", "deep/same/index.html")
    assert report.unchanged == ("same.html",)
    assert pages(target) == {"changed.html": "2", "deep/same/index.html": "0", "same.html": "1"}
    again = find_place(target)
    names = ("deep/same/index.html", "same.html", "changed.html")
    held = (again.put(path, (target / path).read_bytes()) for path in names)
    assert write_site(held, again).written == ()
    assert leftovers(target) == []


def test_what_a_killed_run_placed_is_taken_away(target: Path) -> None:
    """The next run knows it by the name of its folder, and has another one."""
    write_site(files(index="1"), target)
    find_place(target).put("index.html", b"2")
    assert is_unfinished(target)
    repair_site(target)
    assert leftovers(target) == []
    assert pages(target) == {"index.html": "1"}


def test_a_run_that_was_broken_off_and_goes_on_spoils_no_other(target: Path) -> None:
    """What it still places is in its own tree."""
    old, new = find_place(target), find_place(target)

    def make() -> Iterator[PlacedFile]:
        yield new.put("index.html", b"1")
        old.put("late.html", b"2")

    write_site(make(), new)
    assert pages(target) == {"index.html": "1"}


def test_nobody_goes_on_to_write_for_a_site_that_failed(target: Path) -> None:
    """Who makes the files has ended before what there is of them is taken away."""
    seen: list[bool] = []
    place = find_place(target)

    def make() -> Iterator[PlacedFile | OutputFile]:
        try:
            yield place.put("index.html", b"1")
            yield OutputFile("../outside.html", b"2")
        finally:
            seen.append((place.new / "index.html").exists())

    with pytest.raises(UsageError):
        write_site(make(), place)
    assert seen == [True]
    assert leftovers(target) == []

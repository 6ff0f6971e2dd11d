"""What earlier runs found: recalled where nothing changed, and never believed where it might be wrong."""

from __future__ import annotations

import hashlib
import os
import pickle
import struct
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from conftest import SmallArchive
from sourcebook import checked, disk, examined
from sourcebook.cache import Memory, Recall
from sourcebook.checked import CheckedArchive, Problems, check_archive, find_problems
from sourcebook.cli import main
from sourcebook.disk import cache_folder, remembering

DOCUMENT = "content/documents/briefing.md"
CAPTURE = "content/captures/briefing.txt"
ACTOR = "content/actors/dmitry-peskov.md"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of the test."""
    monkeypatch.setenv("SOURCEBOOK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def check(archive: SmallArchive) -> CheckedArchive:
    """The archive, checked with what earlier checks found."""
    return remembering(
        archive.root, lambda recall: check_archive(archive.root, recall=recall), worth=1
    )


def problems(archive: SmallArchive) -> Problems:
    """Its problems alone, with what earlier checks found."""
    return remembering(
        archive.root, lambda recall: find_problems(archive.root, recall=recall), worth=1
    )


def parts(archive: SmallArchive) -> list[Path]:
    """The files that hold what was found."""
    folder = cache_folder(archive.root)
    assert folder is not None
    return sorted(folder.iterdir())


def test_what_has_not_changed_is_not_read_again(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second run parses nothing, and finds the same."""
    first = check(archive)
    monkeypatch.delattr(examined, "read_record_of")
    monkeypatch.delattr(examined, "parse_body")

    assert check(archive) == first
    assert problems(archive).diagnostics == first.diagnostics


def test_a_preview_begins_with_what_a_check_found(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A memory of one process asks the one on the disk first, and then needs it no more."""
    first = check(archive)
    monkeypatch.delattr(examined, "read_record_of")
    memory = Memory()

    def preview(disk: Recall) -> CheckedArchive:
        return check_archive(archive.root, recall=memory.over(disk))

    assert remembering(archive.root, preview, worth=1) == first
    for part in parts(archive):
        part.unlink()
    assert check_archive(archive.root, recall=memory) == first


def rename_actor(archive: SmallArchive) -> None:
    """Give the speaker another name."""
    archive.replace(ACTOR, "aliases: [Peskov]", "aliases: [Dmitry]")


def rename_document(archive: SmallArchive) -> None:
    """Give the document's file another name."""
    (archive.root / DOCUMENT).rename(archive.root / "content/documents/other.md")


CHANGES: dict[str, Callable[[SmallArchive], object]] = {
    "body": lambda a: a.write(DOCUMENT, a.read(DOCUMENT) + "More.\n"),
    "claim": lambda a: a.replace(DOCUMENT, "quote: Our American", "quote: No American"),
    "claim's id": lambda a: a.replace(DOCUMENT, "id: no-consultation", "id: another"),
    "actor renamed": rename_actor,
    "actor's page gone": lambda a: (a.root / ACTOR).unlink(),
    "capture changed": lambda a: a.write(CAPTURE, "Another text.\n"),
    "capture gone": lambda a: (a.root / CAPTURE).unlink(),
    "document gone": lambda a: (a.root / DOCUMENT).unlink(),
    "document renamed": rename_document,
    "document spoiled": lambda a: a.write(DOCUMENT, "no fields\n"),
    "question changed": lambda a: a.replace(
        "content/questions/us-consulted-russia.md", '"no": It', '"never": It'
    ),
    "question spoiled": lambda a: a.write("content/questions/us-consulted-russia.md", "---\n"),
    "topic new": lambda a: a.write("content/topics/new.md", "---\nname: New\nbroader: none\n---\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_after_every_change_what_is_found_is_what_is_there(
    archive: SmallArchive, change: Callable[[SmallArchive], object]
) -> None:
    """Records, places, proofs and problems are those of a run that remembers nothing."""
    before = check(archive)
    was = {path: path.read_bytes() for path in (archive.root / "content").rglob("*.*")}
    change(archive)

    fresh = check_archive(archive.root)
    assert fresh != before
    assert problems(archive).diagnostics == fresh.diagnostics
    assert check(archive) == fresh
    assert check(archive) == fresh

    for path in (archive.root / "content").rglob("*.*"):
        path.unlink()
    for path, data in was.items():
        path.write_bytes(data)
    assert check(archive) == before


def test_another_documents_claims_are_not_remembered_for_ever(archive: SmallArchive) -> None:
    """A relation that was right is wrong once the claim that it names has another id."""
    archive.write("content/captures/b.txt", "They said so.\n")
    archive.write(
        "content/documents/b.md",
        "---\ntitle: B\ncaptures:\n  - file: captures/b.txt\n    sha256: …\ntranscription: …\n"
        "claims:\n  - {id: c, quote: said so, relations: [{type: repeats,"
        " to: briefing#no-consultation}]}\n---\nThey said so.\n",
    )
    assert problems(archive).diagnostics == ()
    archive.replace(DOCUMENT, "id: no-consultation", "id: another")

    assert [diagnostic.rule for diagnostic in problems(archive).diagnostics] == ["unknown-claim"]


def test_an_embargo_ends_and_begins_with_its_day(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What depends on the day of the run is asked anew each day."""

    class Today(date):
        now = date(2030, 5, 1)

        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return cls.now

    monkeypatch.setattr(checked, "date", Today)
    archive.replace(DOCUMENT, "title: Kremlin", "embargo: 2030-05-02\ntitle: Kremlin")

    for day, count in ((1, 1), (2, 0), (3, 0), (1, 1)):
        Today.now = date(2030, 5, day)
        assert len(problems(archive).diagnostics) == count


def test_a_spoiled_memory_is_only_slow(archive: SmallArchive) -> None:
    """Whichever byte is changed, whatever is cut off, the same is found."""
    first = check(archive)
    (part,) = parts(archive)
    whole = part.read_bytes()
    spoiled = [whole[:cut] for cut in (0, 10, len(whole) // 2, len(whole) - 1)]
    for at in range(0, len(whole), 97):
        spoiled.append(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    for data in spoiled:
        for old in parts(archive):
            old.unlink()
        part.write_bytes(data)
        assert check(archive) == first


def test_what_another_version_has_left_is_not_read(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of the program or of a library finds everything itself."""
    first = check(archive)
    monkeypatch.setattr(disk, "fingerprint", lambda: b"another".ljust(32))
    calls = []
    real = examined.read_record_of
    monkeypatch.setattr(examined, "read_record_of", lambda *a: calls.append(a) or real(*a))

    assert check(archive) == first
    assert len(calls) == 5


class Evil:
    """What runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("touch forged",)


def test_a_forged_memory_runs_nothing(
    archive: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even with the right fingerprint and checksum, nothing but records comes out of the bytes."""
    monkeypatch.chdir(tmp_path)
    first = check(archive)
    (part,) = parts(archive)
    rest = pickle.dumps({("document", "briefing"): (b"key", Evil())})
    fingerprint = part.read_bytes()[:32]
    part.write_bytes(fingerprint + rest + struct.pack(">Q32s", 32, hashlib.sha256(rest).digest()))

    assert check(archive) == first
    assert not (tmp_path / "forged").exists()


def test_without_a_place_of_its_own_nothing_is_kept(archive: SmallArchive, cache: Path) -> None:
    """A file in the folder's place, a link to another folder, a folder open to others: none is used."""
    first = check_archive(archive.root)
    folder = cache_folder(archive.root)
    assert folder is not None
    cache.write_text("a file")
    assert check(archive) == first
    cache.unlink()
    cache.mkdir()
    folder.write_text("a file")
    assert check(archive) == first
    folder.unlink()
    other = cache / "other"
    other.mkdir(mode=0o700)
    folder.symlink_to(other)
    assert check(archive) == first
    folder.unlink()
    folder.mkdir()
    folder.chmod(0o777)
    assert check(archive) == first
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_the_memory_never_lies_in_the_archive(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There a pull request could bring one that calls a false quote verified."""
    for inside in (archive.root, archive.root / "content", archive.root / ".cache"):
        monkeypatch.setenv("SOURCEBOOK_CACHE", str(inside))
        assert cache_folder(archive.root) is None
        assert check(archive).diagnostics == ()
    assert sorted(path.name for path in archive.root.iterdir()) == ["archive.yaml", "content"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no modes of folders")
def test_only_its_owner_can_read_the_memory(archive: SmallArchive) -> None:
    """The folder and what is in it is for nobody else."""
    check(archive)

    for path in (parts(archive)[0].parent, *parts(archive)):
        assert path.stat().st_mode & 0o077 == 0


def test_a_full_or_read_only_disk_is_no_reason_to_stop(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be written, nothing is kept, and nothing is left lying about."""
    first = check_archive(archive.root)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for place in ("mkstemp", "_Part._write", "Path.replace", "Path.mkdir"):
        with monkeypatch.context() as patch:
            patch.setattr(f"sourcebook.disk.{place}", refuse)
            assert check(archive) == first
    assert parts(archive) == []


def test_many_small_changes_do_not_pile_up(archive: SmallArchive) -> None:
    """What is out of date is cleared away: the memory stays of the size of the archive."""
    check(archive)
    size = sum(path.stat().st_size for path in parts(archive))
    for number in range(120):
        archive.write("content/topics/new.md", f"---\nname: Topic {number}\n---\n")
        problems(archive)

    assert len(parts(archive)) <= 50
    assert sum(path.stat().st_size for path in parts(archive)) < 4 * size


def test_two_runs_at_once_find_the_same(archive: SmallArchive) -> None:
    """Runs that read, write and clear the memory at the same time do not disturb each other."""
    first = check(archive)
    found: list[CheckedArchive] = []

    def run() -> None:
        for _ in range(12):
            found.append(check(archive))
            for part in parts(archive)[:1]:
                part.unlink(missing_ok=True)

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 36
    assert all(one == first for one in found)


def test_no_cache_neither_reads_nor_writes(archive: SmallArchive, cache: Path) -> None:
    """With --no-cache every file is read anew, and nothing is kept."""
    for number in range(60):
        archive.write(f"content/captures/{number}.txt", f"Text {number}.\n")
        archive.write(
            f"content/documents/d-{number}.md",
            f"---\ntitle: D\ncaptures:\n  - file: captures/{number}.txt\n    sha256: …\n"
            f"transcription: …\n---\nText {number}.\n",
        )
    arguments = ["-C", str(archive.root), "-q", "check"]

    assert main([*arguments, "--no-cache"]) == 0
    assert not cache.exists()
    assert main(arguments) == 0
    assert len(parts(archive)) == 1

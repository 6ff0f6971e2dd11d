"""Shards of earlier builds: used again where nothing changed, never believed where it might be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site
from sourcebook.cache import Recall, forget
from sourcebook.disk import cache_folder
from sourcebook.search.kept import keep_shards

NAME = ("index", "en-03")
SHARD = {"index/a.pf_index": b"\x00words\n", "table.json": b"{}"}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of the test."""
    monkeypatch.setenv("SOURCEBOOK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def many(archive: SmallArchive) -> SmallArchive:
    """An archive of so many documents that their index is worth keeping."""
    for number in range(60):
        archive.write(f"content/captures/{number}.txt", f"Text {number}.\n")
        archive.write(
            f"content/documents/d-{number}.md",
            f"---\ntitle: D\ncaptures:\n  - file: captures/{number}.txt\n    sha256: …\n"
            f"transcription: …\n---\nText {number}.\n",
        )
    return archive


def ask(recall: Recall, key: str) -> tuple[Mapping[str, bytes], bool]:
    """What is recalled for *key*, and whether it had to be made."""
    made = []

    def make() -> Mapping[str, bytes]:
        made.append(key)
        return SHARD

    return recall(NAME, key, make), bool(made)


def shards(archive: SmallArchive) -> list[Path]:
    folder = cache_folder(archive.root)
    assert folder is not None
    return sorted(folder.glob("index-*/*"))


def test_a_shard_is_used_again_by_the_next_run(many: SmallArchive) -> None:
    """Where its records are the same, a shard is read, not made."""
    assert ask(keep_shards(many.root, "index"), "a") == (SHARD, True)
    assert ask(keep_shards(many.root, "index"), "a") == (SHARD, False)


def test_the_latest_of_a_shard_is_kept(many: SmallArchive) -> None:
    """Other records make another shard, which takes the place of the older one."""
    for key in ("a", "b"):
        assert ask(keep_shards(many.root, "index"), key) == (SHARD, True)
    assert [path.name for path in shards(many)] == ["en-03.shard"]
    assert ask(keep_shards(many.root, "index"), "a") == (SHARD, True)


@pytest.mark.parametrize("at", [0, 40, 70, -1])
def test_a_spoiled_shard_is_made_again(many: SmallArchive, at: int) -> None:
    """A shard of which a byte is another, or that is cut short, is not believed."""
    ask(keep_shards(many.root, "index"), "a")
    (path,) = shards(many)
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    for spoiled in (content, content[:at]):
        path.write_bytes(spoiled)
        assert ask(keep_shards(many.root, "index"), "a") == (SHARD, True)


def test_shards_of_another_version_are_taken_away(
    many: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another version of the program made is not read, and does not stay."""
    ask(keep_shards(many.root, "index"), "a")
    monkeypatch.setattr("sourcebook.disk.fingerprint", lambda: b"another".ljust(32))

    assert ask(keep_shards(many.root, "index"), "a") == (SHARD, True)
    assert len(shards(many)) == 1


def test_a_small_archive_keeps_nothing(archive: SmallArchive, cache: Path) -> None:
    """An index that is made in no time is not kept on the disk."""
    assert keep_shards(archive.root, "index") is forget
    assert not cache.exists()


def test_the_next_build_makes_no_shard_again(
    many: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no record changed, Pagefind is not asked, and the index is the same."""

    def build(name: str) -> dict[str, bytes]:
        folder = tmp_path / name
        assert build_site(many.root, BuildOptions(folder, is_remembering=True)).output is not None
        index = folder / "pagefind"
        return {str(p.relative_to(index)): p.read_bytes() for p in index.rglob("*.*")}

    first = build("one")
    monkeypatch.setattr("sourcebook.search.index_pages", None)
    assert build("two") == first


def test_without_a_memory_nothing_is_kept(many: SmallArchive, tmp_path: Path, cache: Path) -> None:
    """A build that is to remember nothing neither reads nor writes the cache."""
    build_site(many.root, BuildOptions(tmp_path / "site"))
    assert not cache.exists()

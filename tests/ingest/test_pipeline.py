"""The setting ``pipeline``: a spaCy pipeline that is installed adds to what ingest finds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from conftest import SmallArchive
from sourcebook.cli import main

SENTENCE = "Ann Lee complained the vote was lost."

COMPONENT = """
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model_from_init_py

KNOWN = {
    "Ann Lee complained the vote was lost.": (
        [1, 2, 2, 4, 6, 6, 2, 2],
        ["compound", "nsubj", "ROOT", "det", "nsubjpass", "auxpass", "ccomp", "punct"],
    )
}


@Language.component("known_trees")
def set_trees(doc):
    if "unreadable" in doc.text:
        raise ValueError("no tree grows here")
    alone = (list(range(len(doc))), ["ROOT"] * len(doc))
    heads, deps = KNOWN.get(doc.text, alone)
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    return Doc(doc.vocab, words, spaces, heads=heads, deps=deps)


def load(**overrides):
    return load_model_from_init_py(__file__, **overrides)
"""

InstallPipeline = Callable[[str, list[str]], None]


@pytest.fixture
def install_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InstallPipeline]:
    """Makes a package of a pipeline (name, components), as ``spacy package`` does."""
    spacy: Any = pytest.importorskip("spacy")
    installed = []

    def install(name: str, components: list[str]) -> None:
        package = tmp_path / "site" / name
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(COMPONENT)
        monkeypatch.syspath_prepend(tmp_path / "site")
        installed.append(name)
        lang, _, rest = name.partition("_")
        nlp = spacy.blank(lang)
        import_module(name)
        for component in components:
            nlp.add_pipe(component)
        nlp.meta.update(name=rest, version="1.0.0")
        nlp.to_disk(package / f"{name}-1.0.0")
        (package / "meta.json").write_text(json.dumps(nlp.meta))
        metadata = tmp_path / "site" / f"{name}-1.0.0.dist-info" / "METADATA"
        metadata.parent.mkdir()
        metadata.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n")

    yield install
    for name in installed:
        sys.modules.pop(name, None)


def add_capture(archive: SmallArchive, text: str = SENTENCE, pipeline: str | None = None) -> None:
    archive.write("content/captures/vote.txt", f"The vote\n\n{text}\n")
    if pipeline is not None:
        archive.write("archive.yaml", f"title: A small archive\npipeline: {pipeline}\n")


def ingest(archive: SmallArchive, *options: str) -> int:
    return main(["-C", str(archive.root), "ingest", *options])


def test_the_pipeline_adds_a_claim_that_the_rules_miss(
    archive: SmallArchive, install_pipeline: InstallPipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its speaker is found among the archive's actors as those of the rules are."""
    install_pipeline("en_known_trees", ["known_trees"])
    archive.write("content/actors/ann-lee.md", "---\nname: Ann Lee\nkind: person\n---\n")
    add_capture(archive, pipeline="en_known_trees")

    assert ingest(archive, "--dry-run", "--json") == 0

    (claim,) = json.loads(capsys.readouterr().out)["claims"]
    found = (claim["by"], claim["cue"], claim["quote"], claim["form"])
    assert found == ("ann-lee", "complained", "the vote was lost", "indirect")


def test_the_draft_has_the_claim_and_its_text_verifies(
    archive: SmallArchive, install_pipeline: InstallPipeline
) -> None:
    """What the pipeline adds is a suggestion like the others."""
    install_pipeline("en_known_trees", ["known_trees"])
    add_capture(archive, pipeline="en_known_trees")

    assert ingest(archive) == 0

    page = archive.read("content/documents/the-vote.md")
    assert "    quote: the vote was lost\n    review: suggested\n" in page
    assert archive.messages() == []


def test_a_pipeline_that_fails_stops_only_that_capture(
    archive: SmallArchive, install_pipeline: InstallPipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    """The pipeline's own words are shown, and the other captures become drafts."""
    install_pipeline("en_known_trees", ["known_trees"])
    add_capture(archive, pipeline="en_known_trees")
    archive.write(
        "content/captures/bad.txt", "A page\n\nThis is an unreadable passage of a page.\n"
    )

    assert ingest(archive) == 3

    assert "error: the spaCy pipeline `en_known_trees` failed: " in capsys.readouterr().err
    assert (archive.root / "content/documents/the-vote.md").exists()


@pytest.mark.parametrize(
    ("name", "components", "fact"),
    [
        ("de_tiny", ["known_trees"], "the spaCy pipeline `de_tiny` is for `de`"),
        ("en_tiny", ["sentencizer"], "the spaCy pipeline `en_tiny` parses no sentences"),
    ],
)
def test_a_pipeline_that_is_of_no_use_is_refused(
    archive: SmallArchive,
    install_pipeline: InstallPipeline,
    capsys: pytest.CaptureFixture[str],
    name: str,
    components: list[str],
    fact: str,
) -> None:
    """One for another language, or without a parser, would find nothing in silence."""
    install_pipeline(name, components)
    add_capture(archive, pipeline=name)

    assert ingest(archive) == 2

    assert fact in capsys.readouterr().err


@pytest.mark.parametrize("name", ["en_not_there", "content/captures", "../en_not_there"])
def test_a_pipeline_that_is_not_installed_is_named(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Nothing is downloaded, and no folder is taken for a package."""
    pytest.importorskip("spacy")
    add_capture(archive, pipeline=name)

    assert ingest(archive) == 2

    assert capsys.readouterr().err == (
        f"error: archive.yaml names the spaCy pipeline `{name}`, which is not installed\n"
        f"  help: install it, such as with `python -m spacy download {name}`,"
        " or take the line `pipeline` out of archive.yaml\n"
    )


def test_an_installed_package_that_is_no_pipeline_is_refused(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it says when it is loaded as one is shown."""
    pytest.importorskip("spacy")
    add_capture(archive, pipeline="pytest")

    assert ingest(archive) == 2

    assert "error: the spaCy pipeline `pytest` cannot be loaded: " in capsys.readouterr().err


def test_without_spacy_the_message_says_what_to_install(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named, and no draft is made by the rules alone."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    add_capture(archive, pipeline="en_core_web_sm")

    assert ingest(archive) == 2

    assert capsys.readouterr().err == (
        "error: archive.yaml names the pipeline `en_core_web_sm`, which needs spaCy,"
        " and that is not installed\n"
        "  help: install it with `pip install spacy`,"
        " or take the line `pipeline` out of archive.yaml\n"
    )
    assert not (archive.root / "content/documents/the-vote.md").exists()


def test_without_the_setting_spacy_is_not_imported(archive: SmallArchive) -> None:
    """Who names no pipeline pays nothing for the possibility."""
    add_capture(archive)
    program = (
        "import sys; from sourcebook.cli import main;"
        f"code = main(['-C', {str(archive.root)!r}, 'ingest']);"
        "sys.exit(code or 'spacy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_with_everything_ingested_the_pipeline_is_not_loaded(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that ingests first is not slowed, nor stopped, when there is nothing to read."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    archive.write("archive.yaml", "title: A small archive\npipeline: en_core_web_sm\n")

    assert ingest(archive) == 0

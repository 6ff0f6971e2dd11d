"""`sourcebook new`: what stands in a new archive, and that nothing of anybody's is overwritten."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from sourcebook import __version__
from sourcebook.cli import main
from sourcebook.diagnostics import UsageError
from sourcebook.frontmatter import parse_mapping, split_page
from sourcebook.scaffold import create_archive


def plain(value: object) -> object:
    """Front matter as JSON has it: strict YAML leaves every scalar the text that it looks like."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if value is None else str(value)


def test_new_archive_has_no_problem_even_in_strict_mode(tmp_path, capsys):
    """A new archive is checked without an error and without a warning."""
    archive = tmp_path / "mine"

    assert main(["new", str(archive)]) == 0
    capsys.readouterr()

    assert main(["-C", str(archive), "check", "--strict"]) == 0
    assert "0 errors, 0 warnings" in capsys.readouterr().out


def test_new_archive_holds_one_of_everything(tmp_path):
    """Settings, captures, documents, an actor, topic, outlet and question, and what GitHub needs."""
    made = create_archive(tmp_path / "mine")
    names = {path.relative_to(tmp_path / "mine").as_posix() for path in made}

    assert made == sorted(made)
    assert all(path.is_file() for path in made)
    folders = ("captures", "documents", "actors", "topics", "outlets", "questions")
    for wanted in (
        "archive.yaml",
        "README.md",
        "requirements.txt",
        ".gitignore",
        ".github/workflows/publish.yml",
        ".github/workflows/check.yml",
        ".github/ISSUE_TEMPLATE/mistake.yml",
        ".vscode/settings.json",
        *(f"content/{folder}/" for folder in folders),
    ):
        assert any(name.startswith(wanted) for name in names), wanted


def test_captures_arrive_byte_for_byte(tmp_path):
    """A capture's hash in its document is that of the file that `new` wrote, on every system."""
    create_archive(tmp_path / "mine")
    content = tmp_path / "mine" / "content"

    documents = [*(content / "documents").iterdir()]
    assert documents
    for document in documents:
        text = document.read_text(encoding="utf-8")
        file = re.search(r"file: (\S+)", text)
        sha256 = re.search(r"sha256: (\S+)", text)
        assert file
        assert sha256
        assert hashlib.sha256((content / file[1]).read_bytes()).hexdigest() == sha256[1]


def test_occupied_folder_is_refused_and_named(tmp_path, capsys):
    """A folder that holds something is refused with what it holds, and stays as it is."""
    (tmp_path / "thesis.txt").write_text("three years of work")

    assert main(["new", str(tmp_path)]) == 2

    assert f"the folder {tmp_path} is not empty: it holds thesis.txt" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert (tmp_path / "thesis.txt").read_text() == "three years of work"


def test_folder_of_many_files_is_named_by_five(tmp_path):
    """Only the first names of a full folder are told, and how many there are besides."""
    for letter in "abcdefg":
        (tmp_path / letter).touch()

    with pytest.raises(UsageError, match="it holds a, b, c, d, e and 2 more"):
        create_archive(tmp_path)


def test_file_in_the_place_of_the_folder_is_refused(tmp_path):
    """A file of the name stays as it is."""
    (tmp_path / "mine").write_text("a letter")

    with pytest.raises(UsageError, match="is a file, not a folder"):
        create_archive(tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "a letter"


def test_empty_clone_is_filled(tmp_path):
    """A folder with nothing but `.git` counts as empty: one clones a new repository, then begins."""
    (tmp_path / ".git").mkdir()

    create_archive(tmp_path)

    assert (tmp_path / "archive.yaml").is_file()


def test_disk_that_is_full_leaves_no_beginning(tmp_path, monkeypatch, capsys):
    """The archive can be made there again, once there is space; what was there stays."""
    (tmp_path / "mine" / ".git").mkdir(parents=True)
    opened = Path.open

    def open_until_full(path, mode="r", **more):
        if path.name == "requirements.txt":
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened(path, mode, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", open_until_full)
        assert main(["new", str(tmp_path / "mine")]) == 3

    assert capsys.readouterr().err == (
        f"error: {tmp_path}/mine cannot be filled: No space left on device\n"
        "  help: look at the disk's space, and who may write there; nothing was left behind\n"
    )
    assert [path.name for path in (tmp_path / "mine").iterdir()] == [".git"]
    assert main(["new", str(tmp_path / "mine")]) == 0


def test_folders_above_are_made(tmp_path):
    """`new a/b/c` makes `a` and `b` too."""
    create_archive(tmp_path / "a" / "b" / "c")

    assert (tmp_path / "a" / "b" / "c" / "archive.yaml").is_file()


def test_editor_schemas_accept_the_example(tmp_path):
    """The schemas that the editor is given are the program's, and the example's pages keep to them."""
    create_archive(tmp_path)
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text())

    for schema_file, pattern in settings["yaml.schemas"].items():
        schema = json.loads((tmp_path / schema_file).read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        pages = [*tmp_path.glob(pattern)]
        assert pages, pattern
        for page in pages:
            text = page.read_text(encoding="utf-8")
            front = split_page(text).front if page.suffix == ".md" else text
            values, problems = parse_mapping(front, page.name)
            assert problems == []
            jsonschema.validate(plain(values), schema)


def test_editor_task_finds_file_line_and_rule_of_a_problem(tmp_path, capsys):
    """The editor's problem matcher reads what `check` prints, so that the line can be marked."""
    create_archive(tmp_path)
    tasks = json.loads((tmp_path / ".vscode" / "tasks.json").read_text())["tasks"]
    matcher = tasks[0]["problemMatcher"]["pattern"]
    actor = tmp_path / "content" / "actors" / "william-i.md"
    actor.write_text(actor.read_text().replace("kind: person", "kind: king"))

    assert main(["-C", str(tmp_path), "check"]) == 1

    found = re.search(matcher["regexp"], capsys.readouterr().out, re.MULTILINE)
    assert found
    assert found[matcher["file"]] == "content/actors/william-i.md"
    assert found[matcher["line"]] == "4"
    assert found[matcher["severity"]] == "error"


def test_requirements_name_this_version(tmp_path):
    """The archive says which Sourcebook builds it, so that a new release changes nothing by itself."""
    create_archive(tmp_path)

    line = (tmp_path / "requirements.txt").read_text().splitlines()[-1]
    assert line.startswith(f"sourcebook=={__version__}") or line.startswith("sourcebook @ git+")


@pytest.mark.parametrize(
    ("remote", "origin"),
    [
        ("https://ada:secret@github.com/o/r.git", "https://github.com/o/r.git"),
        ("git@github.com:o/r.git", "https://github.com/o/r.git"),
        ("ssh://git@codeberg.org/o/r", "https://codeberg.org/o/r"),
        ("/home/ada/sourcebook", None),
    ],
)
def test_requirements_name_where_the_installed_clone_came_from(
    tmp_path, monkeypatch, remote, origin
):
    """Who installs Sourcebook out of a clone, as README says, can publish without more ado."""
    clone = tmp_path / "my clone é"
    clone.mkdir()
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in (
        ["init", "-q"],
        ["remote", "add", "origin", remote],
        [*identity, "commit", "-q", "--allow-empty", "-m", "first"],
    ):
        subprocess.run(["git", "-C", str(clone), *command], check=True)
    note = json.dumps({"url": clone.as_uri(), "dir_info": {}})
    installed = SimpleNamespace(read_text=lambda _: note)
    monkeypatch.setattr("sourcebook.scaffold.distribution", lambda _: installed)

    create_archive(tmp_path / "mine")

    line = (tmp_path / "mine" / "requirements.txt").read_text().splitlines()[-1]
    if origin is None:
        assert line == f"sourcebook=={__version__}"
    else:
        assert re.fullmatch(rf"sourcebook @ git\+{re.escape(origin)}@[0-9a-f]{{40}}", line)


def test_requirements_do_not_name_a_repository_that_only_holds_the_folder(tmp_path, monkeypatch):
    """A copy of Sourcebook within somebody's own repository cannot be installed from there."""
    folder = tmp_path / "own" / "sourcebook"
    folder.mkdir(parents=True)
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in (
        ["init", "-q"],
        ["remote", "add", "origin", "https://github.com/ada/own.git"],
        [*identity, "commit", "-q", "--allow-empty", "-m", "first"],
    ):
        subprocess.run(["git", "-C", str(tmp_path / "own"), *command], check=True)
    note = json.dumps({"url": folder.as_uri(), "dir_info": {}})
    installed = SimpleNamespace(read_text=lambda _: note)
    monkeypatch.setattr("sourcebook.scaffold.distribution", lambda _: installed)

    create_archive(tmp_path / "mine")

    line = (tmp_path / "mine" / "requirements.txt").read_text().splitlines()[-1]
    assert line == f"sourcebook=={__version__}"


def test_what_a_killed_build_leaves_is_not_committed(tmp_path):
    """Neither half a site nor half a page: the next run takes it away."""
    create_archive(tmp_path)
    subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True)
    names = (".site.sourcebook-new.1a2b/index.html", "content/topics/.grain.md.sourcebook-new")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("half")

    command = ["git", "-C", str(tmp_path), "check-ignore", *names]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.splitlines() == [*names]


def test_what_is_published_recalls_nothing(tmp_path):
    """Contributions are checked with what the main branch's last build kept, and keep nothing."""
    create_archive(tmp_path / "mine")
    workflows = tmp_path / "mine" / ".github" / "workflows"
    check, publish = (
        (workflows / name).read_text("utf-8") for name in ("check.yml", "publish.yml")
    )

    def memory(workflow: str) -> list[str]:
        return re.findall(r"uses: (actions/cache\S*)@|path: (~\S+)|[^-]key: (\S.+)", workflow)

    (action, _, _), *kept = memory(publish)
    assert action == "actions/cache/save"
    assert memory(check) == [("actions/cache/restore", "", ""), *kept]
    assert kept[0][1] == "~/.cache/sourcebook"

"""The wheel, in an empty environment and away from the repository.

Needs `build` and a package index, and takes a while: `pip install build`, then
`python -m pytest tests/test_packaging.py`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("build", reason="needs `pip install build` and a package index")
pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path, code: int = 0) -> str:
    """What a command printed, away from the repository and its environment."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The folder with the source distribution, and the wheel that was made of that."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--outdir", folder, REPOSITORY, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built) -> Path:
    (made,) = built.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The `sourcebook` command of an environment that has the wheel and what it needs, no more."""
    environment = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=environment)
    return scripts / "sourcebook"


def test_source_distribution_is_of_the_program_only(built):
    """The captures of the example archive belong to their publishers, and are in no package."""
    (made,) = built.glob("*.tar.gz")
    with tarfile.open(made) as archive:
        tops = {name.split("/")[1] for name in archive.getnames()}

    assert tops == {
        *(".gitignore", "CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md"),
        *("generator", "pyproject.toml", "themes"),
    }


def test_wheel_says_its_licences_and_holds_them(wheel):
    """The fonts of the default theme have a licence of their own."""
    names = zipfile.ZipFile(wheel).namelist()
    (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
    texts = sorted(Path(name).name for name in names if ".dist-info/licenses/" in name)

    assert "License-Expression: MIT AND OFL-1.1\n" in zipfile.ZipFile(wheel).read(metadata).decode()
    assert texts == [
        "LICENSE",
        "OFL-noto-naskh-arabic.txt",
        "OFL-source-sans-3.txt",
        "OFL-source-serif-4.txt",
    ]


def test_wheel_carries_what_the_program_reads(wheel):
    """Theme, fonts, words, rules and the files of `new` are in the wheel; tests and content are not."""
    names = set(zipfile.ZipFile(wheel).namelist())

    def below(folder: Path, target: str) -> set[str]:
        return {
            target + path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    package = REPOSITORY / "generator" / "sourcebook"
    assert below(package, "sourcebook/") <= names
    assert below(REPOSITORY / "themes" / "default", "sourcebook/themes/default/") <= names
    assert "sourcebook/scaffold/files/.github/workflows/publish.yml" in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"sourcebook"}


def test_new_check_and_build_work_away_from_the_repository(installed, tmp_path):
    """`new`, `check --strict` and `build` make a site with search, twice the same."""
    run(installed, "new", "mine", cwd=tmp_path)
    archive = tmp_path / "mine"

    assert "0 errors, 0 warnings" in run(installed, "check", "--strict", cwd=archive)
    run(installed, "build", cwd=archive)
    run(installed, "build", "-o", tmp_path / "again", cwd=archive)

    def contents(site: Path) -> dict[str, bytes]:
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file() and not path.name.startswith(".")
        }

    site = contents(archive / "site")
    assert site == contents(tmp_path / "again")
    assert "questions/what-the-ambassador-was-told/index.html" in site
    assert any(name.startswith("pagefind/") for name in site)


def test_serve_works_away_from_the_repository(installed, tmp_path):
    """`serve` prints an address at which the new archive can be read."""
    run(installed, "new", "mine", cwd=tmp_path)
    with subprocess.Popen(
        [str(installed), "serve", "-p", "0"],
        cwd=tmp_path / "mine",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as server:
        try:
            assert server.stdout is not None
            address = next(
                found[0] for line in server.stdout if (found := re.search(r"http://\S+", line))
            )
            with urllib.request.urlopen(address, timeout=20) as answer:
                page = answer.read().decode()
        finally:
            server.terminate()

    assert "The telegram from Ems" in page


def test_explain_finds_its_pages(installed, tmp_path):
    """The pages of the rules are found in the installed package."""
    assert "quote" in run(installed, "explain", "quote-not-found", cwd=tmp_path)

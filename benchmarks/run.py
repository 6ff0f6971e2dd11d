"""Measures Sourcebook, and other generators beside it, on one archive.

    python benchmarks/run.py WORK CORPUS [CORPUS…] [--only cold,serve] [--node-modules DIR]

CORPUS is a neutral corpus (see README.md); WORK is a folder for everything that is made on the way,
``results.json`` among it, where the figures of earlier runs stay until they are measured again.
Measures of builds are whole processes, in turns, so that a slow minute of the machine is shared by
all. After each sort of change the site is compared with that of a clean build. A generator that is
not installed is left out, and said so. Nothing here fails for being slow. For Linux.
"""

from __future__ import annotations

import argparse
import filecmp
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from changes import (
    change_body,
    change_claim,
    change_cue,
    change_front_matter,
    documents_to_change,
    rename_actor,
    restored,
)
from convert import convert_corpus
from report import format_report, write_report
from results import Figure, Results, figures_of_runs
from timing import QUIET, Run, time_run
from watching import PORT, Saves, Server, percentile, time_start, watch_saves

HERE = Path(__file__).resolve().parent
SOURCEBOOK = (sys.executable, "-m", "sourcebook")
CHANGES: Mapping[str, Callable[[str, int], str]] = {
    "body": change_body,
    "claim": change_claim,
    "front matter": change_front_matter,
    "actor": rename_actor,
}


@dataclass(frozen=True, slots=True)
class Bench:
    """One corpus to be measured with, and how thoroughly."""

    corpus: Path
    work: Path
    """Of this corpus alone."""
    size: int
    results: Results
    runs: int
    saves: int
    patience: int
    hugo: Path | None
    node_modules: Path | None

    @property
    def archive(self) -> Path:
        """The corpus as an archive of ours."""
        return self.work / "archive"

    @property
    def cache(self) -> Path:
        """What Sourcebook remembers of it, and no other run on the machine."""
        return self.work / "cache"

    def own(self, *arguments: str, archive: Path | None = None) -> tuple[str, ...]:
        """A command of Sourcebook."""
        return (*SOURCEBOOK, "-C", str(archive or self.archive), *arguments)

    def time(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
        """One run, told as it is made."""
        run = time_run(command, environment, self.patience)
        shown = " ".join(command[-3:]).replace(str(self.work), "")
        disturbed = f", {run.others:.1f} cores busy with other things" if run.others > QUIET else ""
        print(
            f"  {run.wall:7.2f} s {run.cpu:7.2f} CPU s  {run.memory / 1e6:5.0f} MB  {shown}{disturbed}",
            flush=True,
        )
        return run

    def tell(self, measure: str, who: str, runs: Sequence[Run], remark: str = "") -> None:
        """Keep what *runs* cost."""
        self.results.add(figures_of_runs(measure, who, self.size, runs, remark))

    def peers(self) -> dict[str, tuple[tuple[str, ...], dict[str, str]]]:
        """The command and environment of each generator that is installed; its project is made."""
        found: dict[str, dict[str, str]] = {}
        if self.hugo is not None:
            found["Hugo"] = {"HUGO": str(self.hugo)}
        if self.node_modules is not None:
            found["Eleventy"] = {"NODE_MODULES": str(self.node_modules)}
        commands: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {}
        for who, environment in found.items():
            name = who.lower()
            environment["WORK"] = str(self.work / name)
            script = str(HERE / "peers" / name / "build.sh")
            command = ("bash", script, str(self.corpus), str(self.work / f"{name}-site"))
            prepared = {**os.environ, **environment, "PREPARE_ONLY": "1"}
            subprocess.run(command, check=True, env=prepared)
            commands[who] = (command, environment)
        return commands


def measure_cold(bench: Bench) -> None:
    """A build with nothing there, without search; beside the others."""
    peers = bench.peers()
    runs: dict[str, list[Run]] = {who: [] for who in ("Sourcebook", *peers)}
    for _ in range(bench.runs):
        _clear(bench)
        runs["Sourcebook"].append(bench.time(bench.own("build", "-q", "--no-search")))
        for who, (command, environment) in peers.items():
            shutil.rmtree(bench.work / f"{who.lower()}-site", ignore_errors=True)
            runs[who].append(bench.time(command, environment))
    for who, found in runs.items():
        bench.tell("cold", who, found)


def measure_changes(bench: Bench) -> None:
    """A build after nothing, and after one thing, was changed."""
    build = bench.own("build", "-q", "--no-search")
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    bench.tell("unchanged", "Sourcebook", [bench.time(build) for _ in range(bench.runs)])
    # One sort after the other, each of other files; all are undone at the end.
    with ExitStack() as undone:
        for name, paths in _files_to_change(bench).items():
            undone.enter_context(restored(paths))
            runs = []
            for number, path in enumerate(paths):
                _apply(CHANGES[name], path, number)
                runs.append(bench.time(build))
            # What an earlier change left stale would still be there after the last.
            bench.tell(name, "Sourcebook", runs, _compare_with_clean(bench, "--no-search"))


def _files_to_change(bench: Bench) -> dict[str, list[Path]]:
    """For each sort of change, a file for each run."""
    content = bench.archive / "content"
    documents = documents_to_change(content / "documents", 3 * bench.runs)
    counts: Counter[str] = Counter()
    for path in (content / "documents").glob("*.md"):
        lines = path.read_text(encoding="utf-8").split("\n")
        counts.update({line[8:] for line in lines if line.startswith("    by: ")})
    # Neither the one whom every article quotes nor one whom nobody does.
    middle = sorted(counts, key=lambda slug: (counts[slug], slug))[len(counts) // 2 :]
    actors = [content / "actors" / f"{slug}.md" for slug in middle[: bench.runs]]
    sorts = ("body", "claim", "front matter")
    return {**{name: documents[n::3] for n, name in enumerate(sorts)}, "actor": actors}


def measure_check(bench: Bench) -> None:
    """A check with nothing remembered, and after one document was changed."""
    check = bench.own("check", "-q")
    runs = []
    for _ in range(bench.runs):
        shutil.rmtree(bench.cache, ignore_errors=True)
        runs.append(bench.time(check))
    bench.tell("check", "Sourcebook", runs)
    paths = documents_to_change(bench.archive / "content" / "documents", bench.runs)
    with restored(paths):
        runs = []
        for number, path in enumerate(paths):
            _apply(change_claim, path, number)
            runs.append(bench.time(check))
    bench.tell("check one", "Sourcebook", runs)


def measure_search(bench: Bench) -> None:
    """What the index adds to a build, whole and after a change; uncut, and Pagefind by itself."""
    build = bench.own("build", "-q")
    _clear(bench)
    without = bench.time((*build, "--no-search"))
    _clear(bench)
    whole = bench.time(build)
    bench.tell("search", "Sourcebook", [_difference(whole, without)])
    _clear(bench)
    one = (sys.executable, str(HERE / "one_index.py"), "-C", str(bench.archive), "build", "-q")
    bench.tell("search", "One index", [_difference(bench.time(one), without)])
    _clear(bench)
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    path, other = documents_to_change(bench.archive / "content" / "documents", 2)
    with restored([path, other]):
        _apply(change_front_matter, path, 0)
        changed = bench.time(build)
        remark = _compare_with_clean(bench)
        subprocess.run((*build, "--no-search"), check=True, stdout=subprocess.DEVNULL)
        _apply(change_front_matter, other, 1)
        without = bench.time((*build, "--no-search"))
    bench.tell("search one", "Sourcebook", [_difference(changed, without)], remark)
    alone = (sys.executable, "-m", "pagefind_bin", "--site", str(bench.archive / "site"))
    target = ("--output-path", str(bench.work / "pagefind"), "--glob", "documents/*/index.html")
    bench.tell("search", "Pagefind", [bench.time((*alone, *target))])


def _difference(whole: Run, part: Run) -> Run:
    disturbance = max(whole.others, part.others)
    wall, cpu = max(0.0, whole.wall - part.wall), max(0.0, whole.cpu - part.cpu)
    return replace(whole, wall=wall, cpu=cpu, others=disturbance)


def measure_profile(bench: Bench) -> None:
    """Where the time of a build goes, by stage: with nothing there, and after a claim was changed."""
    build = bench.own("build", "-q", "--no-search", "--profile")
    _clear(bench)
    told = {"with nothing there": _told_by(build)}
    path = documents_to_change(bench.archive / "content" / "documents", 1)[0]
    with restored([path]):
        _apply(change_claim, path, 0)
        told["after a claim was changed"] = _told_by(build)
    bench.results.keep_profile(bench.size, told)


def _told_by(command: Sequence[str]) -> str:
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    print(run.stderr, end="", flush=True)
    return run.stderr


def measure_ingest(bench: Bench) -> None:
    """Drafts of all captures at once."""
    archive = bench.work / "ingest"
    shutil.rmtree(archive, ignore_errors=True)
    _copy_archive(bench.archive, archive)
    shutil.rmtree(archive / "content" / "documents")
    run = bench.time(bench.own("ingest", "-q", archive=archive))
    captures = len(list((archive / "content" / "captures").iterdir()))
    remark = f"{captures / run.cpu:.0f} a second and core"
    bench.tell("ingest", "Sourcebook", [run], remark)
    shutil.rmtree(archive)


def measure_serve(bench: Bench) -> None:
    """From a save to the pages that show it, and a start where most is known."""
    peers = bench.peers()
    _clear(bench)
    own = Server(
        bench.own("serve", "-q", "-p", str(PORT)),
        bench.archive / "content" / "documents",
        change_claim,
        site=bench.archive / ".sourcebook" / "serve",
    )
    _tell_saves(bench, "Sourcebook", watch_saves(own, bench.saves))
    seconds = time_start(own)
    bench.results.add([Figure("start", "Sourcebook", bench.size, seconds, False)])
    if "Hugo" in peers:
        hugo = _hugo_server(bench)
        _tell_saves(bench, "Hugo", watch_saves(hugo, bench.saves))
        bench.results.add([Figure("start", "Hugo", bench.size, time_start(hugo), False)])
    if "Eleventy" in peers:
        # Its pages of actors do not follow (tried: they stay as they were until a new start).
        eleventy = _eleventy_watch(bench)
        shutil.rmtree(bench.work / "eleventy-site", ignore_errors=True)
        _tell_saves(bench, "Eleventy", watch_saves(eleventy, min(5, bench.saves), False))


def _tell_saves(bench: Bench, who: str, saves: Saves) -> None:
    tell = partial(Figure, who=who, size=bench.size, disturbed=saves.others > QUIET)
    figures = [
        tell("start cold", value=saves.start),
        tell("serve memory", value=saves.memory),
    ]
    for page, seconds in (("document", saves.document), ("actor", saves.actor)):
        if seconds:
            remark = f"{len(seconds)} saves"
            figures.append(tell(f"{page} p50", value=percentile(seconds, 0.5), remark=remark))
            figures.append(tell(f"{page} p95", value=percentile(seconds, 0.95), remark=remark))
    for figure in figures:
        unit = f"{figure.value / 1e6:.0f} MB" if "memory" in figure.measure else ""
        print(f"  {unit or f'{figure.value:.3f} s'}  {who} {figure.measure}", flush=True)
    bench.results.add(figures)


def _hugo_server(bench: Bench) -> Server:
    project = bench.work / "hugo"
    address = f"http://127.0.0.1:{PORT}/"
    where = ("-p", str(PORT), "--bind", "127.0.0.1", "--baseURL", address)
    command = (str(bench.hugo), "server", "-s", str(project), *where, "--disableLiveReload")
    return Server(command, project / "content" / "documents", change_cue)


def _eleventy_watch(bench: Bench) -> Server:
    project, site = bench.work / "eleventy", bench.work / "eleventy-site"
    program = "node_modules/@11ty/eleventy/cmd.cjs"
    command = ("node", "--max-old-space-size=8192", program, "--watch", "--incremental", "--quiet")
    return Server(
        (*command, f"--output={site}"),
        project / "src" / "documents",
        change_cue,
        site=site,
        working_folder=project,
        speaks_http=False,
    )


MEASURES: Mapping[str, Callable[[Bench], None]] = {
    "cold": measure_cold,
    "changes": measure_changes,
    "profile": measure_profile,
    "check": measure_check,
    "search": measure_search,
    "ingest": measure_ingest,
    "serve": measure_serve,
}


def _apply(change: Callable[[str, int], str], path: Path, number: int) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before, number)
    if after == before:
        raise SystemExit(f"{change.__name__} finds nothing to change in {path}")
    path.write_text(after, encoding="utf-8")


def _clear(bench: Bench) -> None:
    """Nothing is left of earlier builds, nor remembered of them."""
    for folder in (bench.archive / ".sourcebook", bench.archive / "site", bench.cache):
        shutil.rmtree(folder, ignore_errors=True)


def _copy_archive(archive: Path, target: Path) -> None:
    target.mkdir(parents=True)
    shutil.copy(archive / "archive.yaml", target)
    shutil.copytree(archive / "content", target / "content", copy_function=os.link)


def _compare_with_clean(bench: Bench, *options: str) -> str:
    """Whether the site is, to the byte, what a new copy of the archive is built into."""
    clean = bench.work / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    _copy_archive(bench.archive, clean)
    command = bench.own("build", "-q", "--no-cache", *options, archive=clean)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    differing = list(_differences(bench.archive / "site", clean / "site"))
    shutil.rmtree(clean)
    if differing:
        print(f"  NOT as a clean build: {len(differing)} files, such as {differing[0]}", flush=True)
        return f"{len(differing)} files differ from a clean build"
    print("  to the byte as a clean build", flush=True)
    return "as a clean build"


def _differences(one: Path, other: Path) -> set[Path]:
    trees = [{p.relative_to(t) for p in t.rglob("*") if p.is_file()} for t in (one, other)]
    both = trees[0] & trees[1]
    unlike = {path for path in both if not filecmp.cmp(one / path, other / path, shallow=False)}
    return (trees[0] ^ trees[1]) | unlike


def main() -> int:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("corpora", metavar="corpus", type=Path, nargs="+")
    parser.add_argument("--only", default=",".join(MEASURES), help=f"of {', '.join(MEASURES)}")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--patience", type=int, default=10, help="seconds to wait for quiet")
    parser.add_argument("--hugo", type=Path, default=_find_hugo(), help="Hugo's program")
    parser.add_argument("--node-modules", type=Path, help="the folder with @11ty/eleventy")
    parser.add_argument("--write", action="store_true", help="put the results into README.md")
    args = parser.parse_args()
    chosen = [name for name in args.only.split(",") if name]
    if unknown := set(chosen) - set(MEASURES):
        parser.error(f"no measure {', '.join(sorted(unknown))}: choose of {', '.join(MEASURES)}")
    for option in ("hugo", "node_modules"):
        if getattr(args, option) is None:
            print(f"no --{option.replace('_', '-')}: left out", file=sys.stderr)
    # An installed program is compiled once; with this, each run would compile all of it anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    results = Results(args.work.resolve() / "results.json")
    results.file.parent.mkdir(parents=True, exist_ok=True)
    for corpus in args.corpora:
        bench = _prepare(corpus.resolve(), results, args)
        os.environ["SOURCEBOOK_CACHE"] = str(bench.cache)
        for name in chosen:
            began = time.monotonic()
            print(f"{bench.size:,} documents: {name}", flush=True)
            MEASURES[name](bench)
            print(f"  ({time.monotonic() - began:.0f} seconds in all)", flush=True)
    print(format_report(results.read()))
    if args.write:
        write_report(results, args.hugo, args.node_modules)
    return 0


def _find_hugo() -> Path | None:
    """The program of the Python package ``hugo``, else the one on the path."""
    package = importlib.util.find_spec("hugo")
    folders = package.submodule_search_locations if package is not None else None
    for folder in folders or ():
        for program in sorted(Path(folder, "binaries").glob("hugo*")):
            return program
    found = shutil.which("hugo")
    return Path(found) if found else None


def _prepare(corpus: Path, results: Results, args: argparse.Namespace) -> Bench:
    size = len(list((corpus / "documents").glob("*.md")))
    work = results.file.parent / str(size)
    archive = work / "archive"
    if not archive.exists():
        half = work / "archive-half"
        shutil.rmtree(half, ignore_errors=True)
        convert_corpus(corpus, half, os.cpu_count() or 1)
        half.rename(archive)
    modules = args.node_modules.resolve() if args.node_modules else None
    hugo = args.hugo.resolve() if args.hugo else None
    return Bench(corpus, work, size, results, args.runs, args.saves, args.patience, hugo, modules)


if __name__ == "__main__":
    sys.exit(main())

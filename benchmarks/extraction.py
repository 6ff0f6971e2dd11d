#!/usr/bin/env python3
"""Measure how well ingest reads captures, with public corpora and the scorers given as arguments.

Nothing of a corpus is kept here: the texts are read from where you have them, and the results are
printed. The scorers are those of the extraction benchmark (``score_claims.py``, ``score_actors.py``,
``score_meta.py``, ``score_web.py``); PolNeAR is exported by its ``polnear_export.py``.

    python benchmarks/extraction.py polnear SCORERS dev.docs.jsonl dev.gold.jsonl
    python benchmarks/extraction.py captures SCORERS CAPTURES GOLD --archive .
    python benchmarks/extraction.py web SCORERS evaldata.json FOLDER...
    python benchmarks/extraction.py speed dev.docs.jsonl --archive .
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sourcebook.ingest.authority import Authority, build_authority
from sourcebook.ingest.dry_run import to_json
from sourcebook.ingest.extract import extract
from sourcebook.ingest.readers import read_capture
from sourcebook.ingest.reading import IngestProblem, Reading
from sourcebook.load import load_content

ONLY = (("all attributions", ""), ("statements", "statement"))


def main() -> None:
    """Run the measurement that the first argument names."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    polnear = commands.add_parser("polnear", help="claims in news articles")
    polnear.add_argument("scorers", type=Path)
    polnear.add_argument("docs", type=Path, help="JSON lines: doc, text")
    polnear.add_argument("gold", type=Path)
    captures = commands.add_parser("captures", help="claims, actors, parts, outlets and dates")
    captures.add_argument("scorers", type=Path)
    captures.add_argument("captures", type=Path)
    captures.add_argument("gold", type=Path)
    captures.add_argument("--archive", type=Path, help="take its actors, topics and outlets")
    web = commands.add_parser("web", help="main text and metadata of HTML pages")
    web.add_argument("scorers", type=Path)
    web.add_argument("evaldata", type=Path)
    web.add_argument("folders", type=Path, nargs="+")
    speed = commands.add_parser("speed", help="documents of 5,000 characters a second, one core")
    speed.add_argument("docs", type=Path)
    speed.add_argument("--archive", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        MEASURES[arguments.command](arguments, Path(folder))


def measure_polnear(arguments: argparse.Namespace, folder: Path) -> None:
    """Score the claims of a corpus in JSON lines, without any known names."""
    records = [
        json.loads(to_json(doc, extract(_literal(text), Authority())))
        for doc, text in _read_docs(arguments.docs)
    ]
    claims = _write(folder / "claims.jsonl", _claims_of(records))
    _score_claims(arguments, arguments.docs, claims)


def measure_captures(arguments: argparse.Namespace, folder: Path) -> None:
    """Score all that is read out of the captures for which there is gold."""
    authority = _authority_of(arguments.archive)
    files = [f for f in sorted(arguments.captures.glob("*.txt")) if _has_gold(f, arguments.gold)]
    records = [
        json.loads(
            to_json(file.stem, extract(read_capture(file.name, file.read_bytes()), authority))
        )
        for file in files
    ]
    claims = _write(folder / "claims.jsonl", _claims_of(records))
    actors = _write(folder / "actors.jsonl", _actors_of(records))
    meta = _write(folder / "meta.jsonl", records)
    _score_claims(arguments, arguments.captures, claims)
    gold = ["--gold", str(arguments.gold)]
    _run(arguments.scorers, "score_actors.py", *gold, "--pred", str(actors))
    _run(arguments.scorers, "score_meta.py", *gold, "--pred", str(meta))


def measure_web(arguments: argparse.Namespace, folder: Path) -> None:
    """Score the main text, title and date of saved pages."""
    records = []
    for page in json.loads(arguments.evaldata.read_text()).values():
        file = next(
            (f / page["file"] for f in arguments.folders if (f / page["file"]).exists()), None
        )
        if file is None:
            continue
        try:
            reading = read_capture(file.name, file.read_bytes())
        except IngestProblem as problem:
            print(problem, file=sys.stderr)
            continue
        found = reading.metadata
        records.append(
            {
                "file": page["file"],
                "text": reading.text,
                "date": found.date,
                "title": found.title,
                "sitename": found.outlet,
            }
        )
    pages = _write(folder / "web.jsonl", records)
    _run(arguments.scorers, "score_web.py", str(arguments.evaldata), str(pages))


def measure_speed(arguments: argparse.Namespace, _folder: Path) -> None:
    """Print how many documents of 5,000 characters are read in a second of one core."""
    authority = _authority_of(arguments.archive)
    texts = [text for _, text in _read_docs(arguments.docs)]
    extract(_literal(texts[0]), authority)
    started = time.process_time()
    for text in texts:
        extract(_literal(text), authority)
    seconds = time.process_time() - started
    print(f"{sum(map(len, texts)) / 5000 / seconds:.0f} documents of 5,000 characters a second")


def _literal(text: str) -> Reading:
    return Reading(text, "text/plain", "utf-8", "detected")


def _authority_of(archive: Path | None) -> Authority:
    if archive is None:
        return Authority()
    content, _ = load_content(archive)
    return build_authority(
        content.actors.values(), content.topics.values(), content.outlets.values()
    )


def _has_gold(file: Path, gold: Path) -> bool:
    return (gold / f"{file.stem}.json").exists()


def _read_docs(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(doc["doc"], doc["text"]) for doc in map(json.loads, lines)]


def _claims_of(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"doc": record["doc"], **claim} for record in records for claim in record["claims"]]


def _actors_of(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"doc": record["doc"], **actor, "kind": (actor["kind"] or "").replace("-", " ")}
        for record in records
        for actor in record["actors"]
    ]


def _write(path: Path, records: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def _score_claims(arguments: argparse.Namespace, texts: Path, claims: Path) -> None:
    for label, only in ONLY:
        print(f"--- {label}")
        _run(
            arguments.scorers,
            "score_claims.py",
            *("--gold", str(arguments.gold)),
            *("--texts", str(texts)),
            *("--pred", str(claims)),
            *("--only", only),
        )


def _run(scorers: Path, script: str, *arguments: str) -> None:
    absolute = [str(Path(a).resolve()) if Path(a).exists() and a else a for a in arguments]
    subprocess.run([sys.executable, "-B", script, *absolute], cwd=scorers, check=True, timeout=600)


MEASURES: dict[str, Callable[[argparse.Namespace, Path], None]] = {
    "polnear": measure_polnear,
    "captures": measure_captures,
    "web": measure_web,
    "speed": measure_speed,
}


if __name__ == "__main__":
    main()

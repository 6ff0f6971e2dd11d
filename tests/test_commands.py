"""The commands, as a person runs them: what they print and how they end."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.cli import main

DOCUMENT = "content/documents/briefing.md"


def test_check_of_a_good_archive_prints_the_count_and_ends_with_zero(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """A good archive is one closing line."""
    assert main(["-C", str(archive.root), "check"]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings in 7 files\n"


def test_check_works_below_the_archive(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """The archive is found from any folder inside it, and -C may follow the command."""
    assert main(["check", "-C", str(archive.root / "content" / "actors")]) == 0
    assert "7 files" in capsys.readouterr().out


def test_check_reports_the_problems_of_all_files_in_one_run(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong date in one file does not hide a wrong speaker in another."""
    archive.replace(DOCUMENT, "by: dmitry-peskov", "by: dmitry-peskow")
    archive.write("content/topics/broken.md", "---\nname: [a, b]\n---\n")
    assert main(["-C", str(archive.root), "check"]) == 1
    out = capsys.readouterr().out
    assert f"{DOCUMENT}:12:9: error[unknown-actor]" in out
    assert "did you mean `dmitry-peskov`?" in out
    assert "content/topics/broken.md:2:7: error[wrong-type]" in out
    assert out.endswith("2 errors, 0 warnings in 8 files\n")


def test_check_of_a_path_reports_that_path_only(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """Problems elsewhere are not the concern of who names a file."""
    archive.replace(DOCUMENT, "date: 2017-01-26", "date: 2017-13-26")
    archive.write("content/topics/broken.md", "---\nnaem: x\n---\n")
    assert main(["-C", str(archive.root), "check", DOCUMENT]) == 1
    out = capsys.readouterr().out
    assert "invalid-date" in out
    assert "broken.md" not in out


@pytest.mark.parametrize(
    ("path", "fact"),
    [
        ("content/document", "there is no file or folder content/document"),
        ("..", ".. is not in the archive {root}"),
    ],
)
def test_check_of_a_path_that_is_none_says_so(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], path: str, fact: str
) -> None:
    """A misspelt name is not said to be outside, and one outside is not said to be misspelt."""
    assert main(["-C", str(archive.root), "check", path]) == 2
    assert capsys.readouterr().err.startswith(f"error: {fact.format(root=archive.root)}\n  help: ")


@pytest.mark.parametrize("path", ["content/captures", "content/captures/briefing.txt"])
def test_check_of_captures_reports_one_that_was_changed(archive: SmallArchive, path: str) -> None:
    """That stands in its document; who asks for the captures is not told that all is well."""
    archive.replace("content/captures/briefing.txt", "worse", "worst")
    archive.write("content/captures/other.txt", "Text.\n")
    paths = [str(archive.root / one) for one in (path, "content/captures/other.txt")]
    assert main(["-C", str(archive.root), "check", paths[0]]) == 5
    assert main(["-C", str(archive.root), "check", paths[1]]) == 0


@pytest.mark.parametrize(("path", "shown"), [("a", "a/new.txt"), ("a.txt", "a.txt")])
def test_check_of_captures_leaves_out_those_whose_names_begin_alike(
    archive: SmallArchive, path: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who asks for the folder `a` is not told of `a-2`, nor who asks for a file of its copy."""
    for name in ("a/new.txt", "a-2/new.txt", "a.txt", "a.txt.old"):
        archive.write(f"content/captures/{name}", f"The text of {name}.\n")
    captures = archive.root / "content" / "captures"
    assert main(["-C", str(archive.root), "check", "--format", "json", str(captures / path)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["path"] == f"content/captures/{shown}"


def test_lines_of_the_content_are_no_commands_to_github(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workflow's log is obeyed line by line: while problems are printed, GitHub is told not to."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    archive.replace(DOCUMENT, "outlet: reuters", "outlet: reuters\n::error::obeyed: x")
    assert main(["-C", str(archive.root), "build"]) == 1
    first, *lines, last, _ = capsys.readouterr().out.splitlines()
    assert any(line.strip().startswith("::error::obeyed") for line in lines)
    command, token = first.removeprefix("::").split("::")
    assert (command, last) == ("stop-commands", f"::{token}::")


def test_an_archive_without_problems_tells_nothing_to_github(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no line is a stranger's, the output is what it is everywhere, to the letter."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["-C", str(archive.root), "check"]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings in 7 files\n"


def test_check_as_json_prints_one_object_a_line(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other programs read the keys that the design promises."""
    archive.replace(DOCUMENT, "outlet: reuters", "outlet: reuter")
    assert main(["-C", str(archive.root), "check", "--format", "json"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {
        "rule": "unknown-outlet",
        "severity": "error",
        "path": DOCUMENT,
        "line": 3,
        "column": 9,
        "message": "the document names outlet `reuter`, which has no page",
        "help": "did you mean `reuters`? New outlets go in content/outlets/reuter.md",
    }


def test_check_as_sarif_is_one_run(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole run is one SARIF document."""
    archive.replace(DOCUMENT, "outlet: reuters", "outlet: reuter")
    assert main(["-C", str(archive.root), "check", "--format", "sarif"]) == 1
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["unknown-outlet"]


def test_check_for_github_writes_the_whole_list_to_the_step_summary(
    archive: SmallArchive,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """GitHub shows ten problems beside the lines; the summary has them all."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    archive.replace(DOCUMENT, "outlet: reuters", "outlet: reuter")
    assert main(["-C", str(archive.root), "check", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith(
        f"::error file={DOCUMENT},line=3,col=9,title=unknown-outlet::the document names"
    )
    told = summary.read_text()
    assert "error[unknown-outlet]" in told
    assert "\n- `unknown-outlet`: An outlet that is named has a page in `content/outlets/`." in told


def test_a_check_without_problems_is_told_to_github_in_a_line(
    archive: SmallArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No empty box below it."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    assert main(["-C", str(archive.root), "check", "--format", "github"]) == 0
    assert (tmp_path / "summary").read_text() == "0 errors, 0 warnings in 7 files\n"


def test_a_warning_fails_only_a_strict_check(archive: SmallArchive) -> None:
    """A capture without a document is a warning: 0, and 1 under --strict."""
    archive.write("content/captures/new.txt", "A new one.\n")
    assert main(["-C", str(archive.root), "check"]) == 0
    assert main(["-C", str(archive.root), "check", "--strict"]) == 1


def test_a_changed_capture_is_a_matter_of_integrity(archive: SmallArchive) -> None:
    """A capture that is not the one recorded ends with 5, before 1."""
    archive.replace("content/captures/briefing.txt", "worse", "worst")
    archive.replace(DOCUMENT, "outlet: reuters", "outlet: reuter")
    assert main(["-C", str(archive.root), "check"]) == 5


def test_a_misspelt_command_is_answered_with_the_one_that_was_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Wrong use ends with 2 and says what to do."""
    assert main(["chekc"]) == 2
    err = capsys.readouterr().err
    assert err == "error: there is no command `chekc`\n  help: did you mean `check`?\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "check --strcit",
            "`sourcebook check` has no option `--strcit`\n"
            "  help: did you mean `--strict`? see `sourcebook check --help`\n",
        ),
        (
            "stats --format=json",
            "`sourcebook stats` has no option `--format`\n  help: see `sourcebook stats --help`\n",
        ),
        (
            "--strict check",
            "`--strict` stands before the command\n  help: write `sourcebook check --strict`\n",
        ),
        (
            "new my archive",
            "`archive` is one word too many\n  help: put a name of several words between quotation"
            " marks; see `sourcebook new --help`\n",
        ),
    ],
)
def test_what_a_command_does_not_take_is_answered_with_what_it_does(
    capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    """A misspelt option, one before its command, and a name without its quotation marks."""
    assert main(line.split()) == 2
    assert capsys.readouterr().err == f"error: {told}"


def test_a_command_whose_output_is_closed_ends_as_it_would(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program without a window has nowhere to print."""
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}", None)
    assert main(["-C", str(archive.root), "check"]) == 0
    archive.replace(DOCUMENT, "outlet: reuters", "outlet: reuter")
    assert main(["-C", str(archive.root), "check"]) == 1
    assert main(["chekc"]) == 2


def test_outside_of_an_archive_a_command_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No archive.yaml here or above is wrong use, with the way out."""
    assert main(["-C", str(tmp_path), "check"]) == 2
    assert "sourcebook new DIR" in capsys.readouterr().err


def test_wrong_settings_end_with_two(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt setting is not a problem of the content."""
    archive.write("archive.yaml", "tilte: A small archive\n")
    assert main(["-C", str(archive.root), "check"]) == 2
    assert "did you mean `title`?" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    ["new", "ingest", "check", "build", "serve", "show", "seal", "explain", "schema", "stats"],
)
def test_every_command_has_help_with_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """--help of each command shows at least one whole command line."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert f"examples:\n  sourcebook {command}" in out


def test_show_prints_a_stage_as_json(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a quote stands can be asked for."""
    assert main(["-C", str(archive.root), "show", "places", "briefing"]) == 0
    places = json.loads(capsys.readouterr().out)
    ((id, (span,)),) = places["claims"]
    assert id == "no-consultation"
    words = places["text"][span["start"] : span["end"]]
    assert words == "Our American partners did not consult with Russia"


def test_show_of_another_record_takes_its_kind(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every kind of record can be shown as it was read."""
    assert main(["-C", str(archive.root), "show", "record", "actor:dmitry-peskov"]) == 0
    assert json.loads(capsys.readouterr().out)["aliases"] == ["Peskov"]
    assert main(["-C", str(archive.root), "show", "record", "actor:dmitri-peskov"]) == 2
    assert "did you mean `dmitry-peskov`?" in capsys.readouterr().err


def test_schema_is_json_schema_that_takes_the_archives_own_files(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """The schema that editors use agrees with what the loader accepts."""
    jsonschema = pytest.importorskip("jsonschema")
    yaml = pytest.importorskip("yaml")
    assert main(["schema", "document"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    front = yaml.load(archive.read(DOCUMENT).split("---\n")[1], Loader=yaml.BaseLoader)
    jsonschema.validate(front, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**front, "lnag": "en"}, schema)


def test_stats_counts_the_archive(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """The archive in numbers, one line each."""
    assert main(["-C", str(archive.root), "stats"]) == 0
    counts = {line.split()[0]: line.split()[1] for line in capsys.readouterr().out.splitlines()}
    assert (counts["documents"], counts["claims"], counts["actors"]) == ("1", "1", "1")


@pytest.mark.parametrize(("outlet", "number"), [("", 0), ("outlet: rt\n", 1)])
def test_stats_counts_questions_that_outlets_answer(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], outlet: str, number: int
) -> None:
    """An answer in a document of no outlet is nobody's rival."""
    document = archive.read(DOCUMENT).replace("outlet: reuters\n", outlet)
    archive.write("content/outlets/rt.md", "---\nname: RT\n---\n")
    archive.write("content/documents/other.md", document)
    assert main(["-C", str(archive.root), "stats"]) == 0
    assert f"{number} answered by two or more outlets" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["stats", "suggest-links", "suggest-links --json"])
def test_numbers_of_a_broken_archive_say_that_they_are(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """A document that cannot be read is not silently left out of what is counted and compared."""
    archive.replace(DOCUMENT, "title:", "titel:")
    assert main(["-C", str(archive.root), *command.split()]) == 1
    assert capsys.readouterr().err == (
        "2 errors, 0 warnings in 7 files: what could not be read is missing here;"
        " `sourcebook check` names it\n"
    )


def test_a_capture_read_again_is_of_the_paths_that_are_named(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """``check --reread PATH`` keeps to the path, as ``check PATH`` does."""
    kept = "content/captures/kept.html.reading.txt"
    archive.write("content/captures/kept.html", "<p>It was said.</p>")
    archive.write(kept, "It was said.")
    archive.write(
        "content/documents/kept.md",
        "---\ntitle: Kept\ncaptures:\n  - file: captures/kept.html\n    sha256: …\n"
        "    reading: {by: nobody, sha256: …}\ntranscription: …\n---\nIt was said.\n",
    )
    check = ["-C", str(archive.root), "check", "--strict", "--reread"]
    assert main(check) == 1
    assert "reading-differs" in capsys.readouterr().out
    assert main([*check, str(archive.root / DOCUMENT)]) == 0


def test_seal_records_a_deliberate_correction(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sealed change passes the check, and only its lines are new in the file."""
    archive.replace(DOCUMENT, "the situation of refugees worse", "the refugees' lot worse")
    before = archive.read(DOCUMENT).splitlines()
    assert main(["-C", str(archive.root), "check"]) == 1
    assert main(["-C", str(archive.root), "seal", DOCUMENT, "--reason", "slip of the wire"]) == 0
    assert main(["-C", str(archive.root), "check"]) == 0
    after = archive.read(DOCUMENT).splitlines()
    kept = [line for line in before if not line.startswith("transcription:")]
    assert [line for line in after if line in kept] == kept
    added = "\n".join(line for line in after if line not in before)
    assert "was: situation of refugees" in added
    assert "now: refugees' lot" in added
    assert "reason: slip of the wire" in added


def test_seal_of_a_faithful_page_says_that_there_is_nothing_to_seal(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written where nothing was changed."""
    before = archive.read(DOCUMENT)
    assert main(["-C", str(archive.root), "seal", DOCUMENT, "--reason", "none"]) == 2
    assert "nothing to seal" in capsys.readouterr().err
    assert archive.read(DOCUMENT) == before


@pytest.mark.parametrize(
    ("capture", "fact"), [("Another text.\n", "has the SHA-256"), (None, "there is no such file")]
)
def test_seal_asks_for_the_capture_that_was_recorded(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], capture: str | None, fact: str
) -> None:
    """A correction of another text, or of none, would say of the source what it never said."""
    archive.replace(DOCUMENT, "the situation of refugees worse", "the refugees' lot worse")
    before = archive.read(DOCUMENT)
    file = archive.root / "content/captures/briefing.txt"
    if capture is None:
        file.unlink()
    else:
        file.write_text(capture)
    assert main(["-C", str(archive.root), "seal", DOCUMENT, "--reason", "slip"]) == 2
    told = capsys.readouterr().err
    assert "briefing.md cannot be sealed: the capture content/captures/briefing.txt" in told
    assert fact in told
    assert archive.read(DOCUMENT) == before


def test_seal_of_fields_that_it_cannot_add_to_says_what_to_do_first(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list in one line is a person's choice: it is theirs to write otherwise."""
    sealed = "corrections: [{was: briefing, now: notes}]\noutlet: reuters"
    archive.replace(DOCUMENT, "outlet: reuters", sealed)
    archive.replace(DOCUMENT, "# Kremlin briefing", "# Kremlin notes")
    archive.replace(DOCUMENT, "refugees worse", "refugees better")
    assert main(["-C", str(archive.root), "seal", DOCUMENT, "--reason", "slip"]) == 2
    assert capsys.readouterr().err == (
        "error: briefing.md cannot be edited: `corrections` is written in one line\n"
        "  help: write its items below it first, each beginning with `- `\n"
    )


def test_no_colour_goes_into_a_pipe(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is not a terminal gets plain lines."""
    archive.replace(DOCUMENT, "outlet: reuters", "outlet: reuter")
    main(["-C", str(archive.root), "check"])
    assert "\x1b" not in capsys.readouterr().out


def test_a_file_that_cannot_be_written_ends_with_three(archive: SmallArchive) -> None:
    """A missing permission is the environment's problem."""
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    archive.root.chmod(0o500)
    try:
        assert main(["-C", str(archive.root), "build", "--no-search"]) == 3
    finally:
        archive.root.chmod(0o700)


def test_a_slow_reader_of_fields_is_told_once_where_it_is_felt(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyYAML without libyaml takes ten times as long: one line, and only for a big archive."""
    monkeypatch.setattr("sourcebook.frontmatter.HAS_LIBYAML", False)
    assert main(["-C", str(archive.root), "check"]) == 0
    assert capsys.readouterr().err == ""
    for number in range(400):
        archive.write(f"content/topics/t-{number}.md", "---\nname: T\n---\n")

    assert main(["-C", str(archive.root), "check"]) == 0

    assert capsys.readouterr().err == (
        "PyYAML lacks its half in C (libyaml) here: to read the fields takes ten times as long;"
        " its wheels from PyPI have it\n"
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("serve -p -5", "-p takes a number from 0 to 65535, not `-5`"),
        ("serve -p 99999", "-p takes a number from 0 to 65535, not `99999`"),
        ("serve -p x", "-p takes a number from 0 to 65535, not `x`"),
        ("check -j 0", "-j takes a number of 1 or more, not `0`"),
        ("build -j two", "-j takes a number of 1 or more, not `two`"),
        ("suggest-links --most -1", "--most takes a number of 1 or more, not `-1`"),
    ],
)
def test_a_number_out_of_range_is_wrong_use(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str], line: str, message: str
) -> None:
    """An option that takes a number says which, before anything is done."""
    assert main(["-C", str(archive.root), *line.split()]) == 2
    assert f"error: {message}\n  help: " in capsys.readouterr().err


class Screen(io.StringIO):
    """A terminal, as far as a program asks."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("option", "is_coloured"), [("--quiet", False), ("--no-color", False), ("-v", True)]
)
def test_a_bar_is_drawn_as_the_rest_is_printed(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch, option: str, is_coloured: bool
) -> None:
    """``--no-color`` holds for the bar of long work too."""
    monkeypatch.setattr("sourcebook.progress._DELAY", 0)
    monkeypatch.setattr("sys.stderr", screen := Screen())
    monkeypatch.setenv("TERM", "xterm-256color")
    # Set first, so that what the command sets is taken back after the test.
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("NO_COLOR")
    assert main(["-C", str(archive.root), "build", "--no-search", option]) == 0
    drawn = screen.getvalue()
    assert ("\x1b[3" in drawn or "\x1b[9" in drawn) == is_coloured
    assert bool(drawn) == (option != "--quiet")

"""The preview builds once for each change, answers as a static host would, and only to us."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sourcebook.diagnostics import Diagnostic, EnvironmentProblem, UsageError
from sourcebook.output import OutputFile, write_site
from sourcebook.serve import (
    BuildOutcome,
    Changes,
    Problem,
    outcome_of_diagnostics,
    serve,
    serve_built,
)

PAGE = "<!doctype html><html><head><title>{name}</title></head><body>{text}</body></html>"


def wait_until(is_true: Callable[[], bool]) -> None:
    """Wait for what must come; the limit only keeps a broken test from running for ever."""
    until = time.monotonic() + 20
    while not is_true():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.01)


@dataclass
class Reply:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body, decoded."""
        return self.body.decode()


@dataclass
class Preview:
    """A running preview of a folder whose files become pages; a file with FAULT stops the build."""

    root: Path
    said: list[str] = field(default_factory=list)
    asked: list[Changes] = field(default_factory=list)
    done: int = 0
    before_build: Callable[[], None] = lambda: None
    port: int = 0

    @property
    def site(self) -> Path:
        """Where the build leaves the pages."""
        return self.root / ".sourcebook" / "serve"

    def save(self, name: str, text: str) -> None:
        """Write a file of the content."""
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def build(self, changes: Changes) -> BuildOutcome:
        """What ``serve`` is given to build with."""
        self.asked.append(changes)
        try:
            self.before_build()
            sources = [p for p in sorted((self.root / "content").rglob("*")) if p.is_file()]
            texts = {p.stem: p.read_text() for p in sources}
            if broken := [n for n, text in texts.items() if "FAULT" in text]:
                problem = Problem("x.md:1: error: no", "no", path=f"content/{broken[0]}.md", line=1)
                return BuildOutcome(ok=False, problems=(problem,))
            pages = [
                OutputFile(f"{name}.html", PAGE.format(name=name, text=text).encode())
                for name, text in texts.items()
            ]
            report = write_site(pages, self.site)
            return BuildOutcome(ok=True, changed=bool(report.written or report.removed))
        finally:
            self.done += 1

    def changed(self) -> list[set[str]]:
        """The names of the changed files of each build after the first."""
        return [{path.name for path in changes.paths} for changes in self.asked[1:]]

    def wait_for_builds(self, count: int) -> None:
        """Wait until so many builds have ended, the first included."""
        wait_until(lambda: self.done >= count)

    def get(self, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Reply:
        """Ask for *path*, just as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        reply = Reply(response.status, dict(response.getheaders()), response.read())
        connection.close()
        return reply

    @contextmanager
    def news(self) -> Iterator[Callable[[], dict[str, object]]]:
        """An open page's stream: each call waits for the next state."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/_sourcebook/events")
        response = connection.getresponse()

        def next_state() -> dict[str, object]:
            while True:
                line = response.readline()
                assert line, "the stream ended"
                if line.startswith(b"data: "):
                    state: dict[str, object] = json.loads(line.removeprefix(b"data: "))
                    return state

        yield next_state
        connection.close()


@contextmanager
def running(
    preview: Preview, run: Callable[..., None], *args: object, **kw: object
) -> Iterator[None]:
    """*run* in a thread until the block ends; the server must have said its address by then."""
    stop = threading.Event()
    failures: list[BaseException] = []

    def target() -> None:
        try:
            run(*args, port=0, say=preview.said.append, stop=stop, **kw)
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=target)
    thread.start()
    try:
        wait_until(lambda: bool(failures) or any("Serving at" in line for line in preview.said))
        assert not failures, failures
        address = next(line for line in preview.said if "Serving at" in line)
        preview.port = int(address.split(":")[2].split("/")[0])
        yield
    finally:
        stop.set()
        thread.join(timeout=20)
    assert not thread.is_alive()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive's folder, whose name has a space and an accent."""
    root = tmp_path / "l'été 2017"
    (root / "content").mkdir(parents=True)
    (root / "content" / "index.md").write_text("Hello")
    return root


@pytest.fixture
def preview(root: Path) -> Iterator[Preview]:
    """A preview of that archive, running."""
    preview = Preview(root)
    with running(
        preview,
        serve,
        preview.build,
        [root / "content", root / "archive.yaml"],
        preview.site,
        b"//js",
    ):
        yield preview


@contextmanager
def built(tmp_path: Path, *files: OutputFile, **options: object) -> Iterator[Preview]:
    """A server of a built site, as it is."""
    site = tmp_path / "site"
    write_site([OutputFile("index.html", b"<html><head></head>home</html>"), *files], site)
    preview = Preview(tmp_path)
    with running(preview, serve_built, site, **options):
        yield preview


# Building


def test_first_build_is_of_everything(preview: Preview) -> None:
    """The site is built before the address is told, from all files."""
    assert preview.asked == [Changes(everything=True)]
    assert "Hello" in preview.get("/").text


def test_save_builds_again_and_tells_open_pages(preview: Preview) -> None:
    """A save leads to one build, which is told what changed, and open pages learn of it."""
    with preview.news() as next_state:
        first = next_state()
        preview.save("index.md", "Good evening")
        second = next_state()

    assert preview.changed() == [{"index.md"}]
    assert first["generation"] != second["generation"]
    assert f'data-generation="{second["generation"]}"' in preview.get("/").text
    assert "Good evening" in preview.get("/").text
    assert "Changed: content/index.md" in preview.said


def test_touch_and_same_content_build_nothing(preview: Preview) -> None:
    """A new date, or a save of the same text, is no change."""
    (preview.root / "content" / "index.md").touch()
    preview.save("index.md", "Hello")
    preview.save("other.md", "a real change")
    preview.wait_for_builds(2)

    assert preview.changed() == [{"other.md"}]


def test_other_programs_files_build_nothing(preview: Preview) -> None:
    """Swap files, backups, caches and the output itself are not sources."""
    for name in (
        "index.md~", ".index.md.swp", "4913", ".#index.md", "#index.md#", ".DS_Store",
        ".git/HEAD", ".sourcebook/cache",
    ):  # fmt: skip
        preview.save(name, "noise")
    (preview.site / "index.html").write_text("changed by hand")
    preview.save("index.md", "a real change")
    preview.wait_for_builds(2)

    assert preview.changed() == [{"index.md"}]


def test_atomic_save_is_one_change(preview: Preview) -> None:
    """An editor that writes a new file and renames it over the old one causes one build."""
    content = preview.root / "content"
    (content / "index.md.tmp~").write_text("Saved")
    (content / "index.md").rename(content / "index.md~")
    (content / "index.md.tmp~").rename(content / "index.md")
    (content / "index.md~").unlink()
    preview.wait_for_builds(2)
    preview.save("other.md", "a later change")
    preview.wait_for_builds(3)

    assert preview.changed() == [{"index.md"}, {"other.md"}]


def test_git_checkout_is_one_change(root: Path) -> None:
    """All files that a checkout writes, renames and removes are built once."""

    def git(*words: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)

    names = [f"folder-{n % 7}/page-{n}.md" for n in range(200)]
    preview = Preview(root)
    git("init", "-q")
    for name in names:
        preview.save(name, f"first {name}")
    git("add", "."), git("commit", "-qm", "one"), git("branch", "one")
    for name in names[:150]:
        preview.save(name, f"second {name}")
    for name in names[150:]:
        (root / "content" / name).unlink()
    git("commit", "-qam", "two")

    with running(preview, serve, preview.build, [root / "content"], preview.site, b""):
        git("checkout", "-q", "one")
        preview.wait_for_builds(2)
        preview.save("index.md", "later")
        preview.wait_for_builds(3)

    assert preview.changed() == [{Path(name).name for name in names}, {"index.md"}]


def test_save_during_a_build_causes_one_more(preview: Preview) -> None:
    """What is saved while a build runs is built after it, once, however many saves it was."""
    building, go_on = threading.Event(), threading.Event()

    def hold_the_build() -> None:
        building.set()
        assert go_on.wait(20)

    preview.before_build = hold_the_build
    preview.save("index.md", "first")
    assert building.wait(20)
    for n in range(5):
        preview.save("index.md", f"second {n}")
        preview.save("other.md", f"second {n}")
    go_on.set()
    preview.wait_for_builds(3)
    preview.save("third.md", "third")
    preview.wait_for_builds(4)

    assert preview.changed() == [{"index.md"}, {"index.md", "other.md"}, {"third.md"}]
    assert "second 4" in preview.get("/").text


def test_settings_that_appear_are_noticed(preview: Preview) -> None:
    """A watched file that was not there is seen when it comes, changes and goes."""
    settings = preview.root / "archive.yaml"
    for step, change in enumerate((
        lambda: settings.write_text("title: A"),
        lambda: settings.write_text("title: B"),
        settings.unlink,
    )):  # fmt: skip
        change()
        preview.wait_for_builds(2 + step)

    assert preview.changed() == [{"archive.yaml"}] * 3


def test_watched_folder_may_go_and_come_back(preview: Preview) -> None:
    """A content folder that is moved away and back, as by some tools, is watched again."""
    content = preview.root / "content"
    content.rename(preview.root / "away")
    preview.wait_for_builds(2)
    (preview.root / "away").rename(content)
    preview.wait_for_builds(3)
    preview.save("deep/new.md", "in a new folder")
    preview.wait_for_builds(4)
    preview.save("deep/new.md", "again")
    preview.wait_for_builds(5)

    assert preview.changed() == [{"index.md"}, {"index.md"}, {"new.md"}, {"new.md"}]


def test_without_system_events_files_are_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system's limit of watches is reached, changes are found by looking."""

    def refuse() -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("sourcebook.serve.watch.Observer", refuse)
    preview = Preview(root)
    with running(preview, serve, preview.build, [root / "content"], preview.site, b""):
        preview.save("index.md", "seen")
        preview.wait_for_builds(2)

    assert preview.changed() == [{"index.md"}]


# Problems


def test_broken_file_keeps_the_last_good_pages(preview: Preview) -> None:
    """While a file is broken, pages are told its problem and stay; mended, they are told so."""
    with preview.news() as next_state:
        good = next_state()
        preview.save("index.md", "FAULT")
        broken = next_state()
        assert "Hello" in preview.get("/").text
        preview.save("index.md", "Hello")
        mended = next_state()

    assert good["problems"] == mended["problems"] == []
    assert broken["problems"] == [
        {
            "text": "x.md:1: error: no",
            "message": "no",
            "path": "content/index.md",
            "line": 1,
            "excerpt": None,
            "help": None,
        }
    ]
    # The pages are those that were open all the while: nothing is loaded again.
    assert good["generation"] == broken["generation"] == mended["generation"]
    assert "x.md:1: error: no" in preview.said


def test_page_opened_while_problems_last_is_told_them(preview: Preview) -> None:
    """A page that is opened after the build failed learns of it at once."""
    preview.save("index.md", "FAULT")
    preview.wait_for_builds(2)

    with preview.news() as next_state:
        state = next_state()
        while not state["problems"]:
            state = next_state()

    assert state["total"] == 1


def test_no_site_yet_is_said_and_goes_away(root: Path) -> None:
    """When not even the first build succeeds, the server says so, and shows the site later."""
    (root / "content" / "index.md").write_text("FAULT")
    preview = Preview(root)
    with running(preview, serve, preview.build, [root / "content"], preview.site, b""):
        reply = preview.get("/")
        assert reply.status == 503
        assert "There is no site yet" in reply.text
        assert "/_sourcebook/live.js" in reply.text
        preview.save("index.md", "Mended")
        preview.wait_for_builds(2)
        assert "Mended" in preview.get("/").text


def test_environment_and_bugs_are_shown_as_problems(preview: Preview) -> None:
    """A full disk, a file that is gone, a bug of ours: each is shown, and the preview goes on."""

    def fail(error: Exception) -> Callable[[], None]:
        def before_build() -> None:
            raise error

        return before_build

    with preview.news() as next_state:
        next_state()
        preview.before_build = fail(EnvironmentProblem("the disk is full", help="free some space"))
        preview.save("index.md", "1")
        full = next_state()
        preview.before_build = fail(FileNotFoundError(2, "No such file", "/x/archive.yaml"))
        preview.save("index.md", "no settings")
        gone = next_state()
        preview.before_build = fail(ZeroDivisionError("division by zero"))
        preview.save("index.md", "2")
        bug = next_state()
        preview.before_build = lambda: None
        preview.save("index.md", "3")
        assert next_state()["problems"] == []

    assert "error: the disk is full\n  help: free some space" in json.dumps(full).replace(
        "\\n", "\n"
    )
    assert "error: /x/archive.yaml: No such file" in json.dumps(gone)
    assert "Traceback" not in json.dumps(gone)
    assert "Sourcebook itself failed: ZeroDivisionError: division by zero" in json.dumps(bug)


def test_diagnostic_becomes_a_problem_with_its_source_line() -> None:
    """The overlay gets place, message, source line with caret, and help, each for itself."""
    diagnostic = Diagnostic(
        rule="invalid-date",
        message="`date: 2021-13-02` is not a date",
        path="content/documents/x.md",
        help="write it as YYYY-MM-DD",
        line=4,
        column=7,
        width=10,
        source_line="date: 2021-13-02",
    )

    (problem,) = outcome_of_diagnostics((diagnostic,)).problems

    assert problem == Problem(
        text=(
            "content/documents/x.md:4:7: error[invalid-date]: `date: 2021-13-02` is not a date\n"
            "    date: 2021-13-02\n"
            "          ^^^^^^^^^^\n"
            "  help: write it as YYYY-MM-DD"
        ),
        message="`date: 2021-13-02` is not a date",
        path="content/documents/x.md",
        line=4,
        excerpt="date: 2021-13-02\n      ^^^^^^^^^^",
        help="write it as YYYY-MM-DD",
    )


# Answers


def test_script_is_added_on_the_way_out_only(preview: Preview) -> None:
    """Pages carry the live script when served; the files in the folder never do."""
    assert '<script src="/_sourcebook/live.js"' in preview.get("/").text
    assert preview.get("/_sourcebook/live.js").text == "//js"
    assert b"script" not in (preview.site / "index.html").read_bytes()


def test_built_site_is_served_to_the_byte(tmp_path: Path) -> None:
    """A site that is served as it is gets no script, and has no stream of news."""
    with built(tmp_path) as preview:
        assert preview.get("/").body == (tmp_path / "site" / "index.html").read_bytes()
        assert preview.get("/_sourcebook/events").status == 404


def test_missing_built_site_is_wrong_use(tmp_path: Path) -> None:
    """Serving a folder that is not there says how to make it."""
    with pytest.raises(UsageError, match="there is no folder") as refusal:
        serve_built(tmp_path / "site")

    assert refusal.value.help == "build the site first: sourcebook build"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("page.html", "text/html; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("search.js", "text/javascript; charset=utf-8"),
        ("data.json", "application/json; charset=utf-8"),
        ("annotations.jsonld", "application/ld+json; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("capture.txt", "text/plain; charset=utf-8"),
        ("font.woff2", "font/woff2"),
        ("mark.svg", "image/svg+xml; charset=utf-8"),
        ("wasm.en.wasm", "application/wasm"),
        ("en_1.pf_meta", "application/octet-stream"),
    ],
)
def test_media_types_are_the_same_everywhere(tmp_path: Path, name: str, media_type: str) -> None:
    """Each kind of file has its media type, in UTF-8 where it is text, and is not guessed at."""
    with built(tmp_path, OutputFile(name, b"x")) as preview:
        headers = preview.get(f"/{name}").headers

    assert headers["Content-Type"] == media_type
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-cache"


def test_folder_answers_with_its_index(tmp_path: Path) -> None:
    """A folder has its slash added, keeps the query, and answers with its index or not at all."""
    files = [OutputFile("actors/index.html", b"all"), OutputFile("bare/x.txt", b"x")]
    with built(tmp_path, *files) as preview:
        assert preview.get("/actors/").body == b"all"
        moved = preview.get("/actors?q=1")
        assert (moved.status, moved.headers["Location"]) == (302, "/actors/?q=1")
        assert preview.get("/bare/").status == 404
        assert preview.get("/actors/index.html/").status == 404


def test_names_beyond_ascii_are_found(tmp_path: Path) -> None:
    """File names with spaces, accents and joiners are found, as browsers write them."""
    with built(tmp_path, OutputFile("captures/l'été \u0646\u200c 1.txt", b"x")) as preview:
        assert preview.get("/captures/l%27%C3%A9t%C3%A9%20%D9%86%E2%80%8C%201.txt").body == b"x"
        assert preview.get("/captures/%FF%FE").status == 404


def test_missing_page_gets_the_sites_own_404(tmp_path: Path) -> None:
    """What is not there answers with 404.html and status 404; without one, with a plain page."""
    with built(tmp_path / "a", OutputFile("404.html", b"Lost?")) as preview:
        assert (preview.get("/x/").status, preview.get("/x/").body) == (404, b"Lost?")
    with built(tmp_path / "b") as preview:
        assert preview.get("/x").status == 404


def test_head_is_get_without_the_body(tmp_path: Path) -> None:
    """HEAD tells the same headers."""
    with built(tmp_path) as preview:
        get, head = preview.get("/"), preview.get("/", method="HEAD")

    assert head.body == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert head.headers["ETag"] == get.headers["ETag"]


def test_unchanged_file_is_not_sent_again(preview: Preview) -> None:
    """A browser that has the newest page is told so; after a change it gets the new one."""
    tag = preview.get("/").headers["ETag"]
    assert preview.get("/", headers={"If-None-Match": f'W/"x", {tag}'}).status == 304
    with preview.news() as next_state:
        next_state()
        preview.save("index.md", "new")
        next_state()

    assert preview.get("/", headers={"If-None-Match": tag}).status == 200


@pytest.mark.parametrize(
    ("byte_range", "status", "body", "content_range"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=1-2,4-5", 200, b"0123456789", None),
        ("bytes=4-2", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=0-" + "9" * 5000, 200, b"0123456789", None),
    ],
)
def test_ranges(
    tmp_path: Path, byte_range: str, status: int, body: bytes, content_range: str | None
) -> None:
    """A part of a file can be had; what is no sensible range gets the whole."""
    with built(tmp_path, OutputFile("ten.txt", b"0123456789")) as preview:
        reply = preview.get("/ten.txt", headers={"Range": byte_range})
        stale = preview.get("/ten.txt", headers={"Range": byte_range, "If-Range": '"old"'})

    assert (reply.status, reply.body) == (status, body)
    assert reply.headers.get("Content-Range") == content_range
    assert stale.status == 200


def test_terminal_says_where_the_site_is(tmp_path: Path) -> None:
    """One line, with the address to open and the way to end it."""
    with built(tmp_path) as preview:
        assert preview.said == [f"Serving at http://127.0.0.1:{preview.port}/ (Ctrl-C ends it)"]


def test_swap_is_never_seen(preview: Preview) -> None:
    """Whoever asks while the site is swapped, again and again, always gets a page."""
    swapping = threading.Event()
    statuses: list[int] = []

    def ask() -> None:
        while not swapping.is_set():
            statuses.append(preview.get("/").status)

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    for n in range(60):
        page = PAGE.format(name="index", text=n).encode()
        write_site([OutputFile("index.html", page)], preview.site)
    swapping.set()
    for thread in asking:
        thread.join()

    assert set(statuses) == {200}


# Who may ask, and for what


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("localhost", True),
        ("LOCALHOST:8000", True),
        ("127.0.0.1:1234", True),
        ("127.9.9.9", True),
        ("[::1]:8000", True),
        ("evil.example", False),
        ("evil.example:8000", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("192.168.1.7", False),
        ("[2001:db8::1]", False),
        ("user@localhost", False),
        ("localhost:port", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_host_must_name_this_computer(tmp_path: Path, host: str, allowed: bool) -> None:
    """A name that somebody pointed at this computer gets nothing: DNS rebinding fails."""
    with built(tmp_path) as preview:
        reply = preview.get("/", headers={"Host": host})

    assert reply.status == (200 if allowed else 403)
    assert allowed or b"home" not in reply.body


@pytest.mark.parametrize(
    ("host", "status"),
    [("192.168.1.7:8000", 200), ("localhost", 200), (socket.gethostname(), 200), ("evil", 403)],
)
def test_preview_opened_to_the_network(tmp_path: Path, host: str, status: int) -> None:
    """Opened to the network on request, it answers to any address, but to no foreign name."""
    with built(tmp_path, host="0.0.0.0") as preview:
        assert preview.get("/", headers={"Host": host}).status == status


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", b"400"),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
    ],
)
def test_ambiguous_host_is_refused(tmp_path: Path, head: bytes, status: bytes) -> None:
    """No host, two hosts, or another one in the request line: refused."""
    with built(tmp_path) as preview, socket.create_connection(("127.0.0.1", preview.port)) as raw:
        raw.sendall(head)
        assert raw.recv(100).split()[1] == status


def test_writing_is_refused(tmp_path: Path) -> None:
    """No method but GET and HEAD does anything, whoever asks for it."""
    with built(tmp_path) as preview:
        assert preview.get("/", method="DELETE").status == 405
        for origin in (f"http://127.0.0.1:{preview.port}", "http://evil.example", "null"):
            assert preview.get("/", method="POST", headers={"Origin": origin}).status == 405


def test_other_origins_may_not_use_answers(tmp_path: Path) -> None:
    """No page of another origin can include what is served here."""
    with built(tmp_path) as preview:
        headers = preview.get("/").headers

    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/a/../../secret.txt",
        "/..\\secret.txt",
        "/%5c..%5csecret.txt",
        "//secret.txt",
        "/%2fetc/passwd",
        "/secret.txt%00.html",
        "/leak.txt",
        "/leaks/secret.txt",
        "/leaks",
        "/leaks/",
        "/.sourcebook-site",
        "/.git/config",
        "/loop/x",
    ],
)
def test_nothing_outside_the_site_is_served(tmp_path: Path, path: str) -> None:
    """No spelling of a path, and no link in the folder, leads out of it or to hidden files."""
    with built(tmp_path) as preview:
        (tmp_path / "secret.txt").write_text("secret")
        (tmp_path / "index.html").write_text("secret")
        site = tmp_path / "site"
        (site / "leak.txt").symlink_to(tmp_path / "secret.txt")
        (site / "leaks").symlink_to(tmp_path)
        (site / "loop").symlink_to("loop")
        (site / ".git").mkdir()
        (site / ".git" / "config").write_text("secret")
        reply = preview.get(path)

    assert reply.status == 404
    assert b"secret" not in reply.body


# Starting and stopping


def test_taken_port_gives_the_next_one(tmp_path: Path) -> None:
    """Two previews started alike get two ports, and each says its own."""
    with built(tmp_path) as first, ExitStack() as stack:
        second = Preview(tmp_path)
        wanted = first.port

        def run(*args: object, **kw: object) -> None:
            serve_built(tmp_path / "site", **{**kw, "port": wanted})  # type: ignore[arg-type]

        stack.enter_context(running(second, run))
        assert second.port > first.port
        assert second.get("/").status == 200


def test_foreign_address_is_wrong_use(tmp_path: Path) -> None:
    """A --host that is not this computer's is refused with a way out."""
    write_site([OutputFile("index.html", b"")], tmp_path / "site")
    for host in ("192.0.2.1", "no such host"):
        with pytest.raises(UsageError, match="is no address of this computer"):
            serve_built(tmp_path / "site", host=host, port=0)


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_ctrl_c_ends_everything(root: Path) -> None:
    """Ctrl-C comes out as KeyboardInterrupt, with every thread and connection closed."""
    script = """
import signal, sys, threading
from pathlib import Path
from sourcebook.output import OutputFile, write_site
from sourcebook.serve import BuildOutcome, serve

root = Path(sys.argv[1])
# Tests that run in the background inherit that Ctrl-C is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

def build(changes):
    write_site([OutputFile("index.html", b"x")], root / "out")
    return BuildOutcome(ok=True)

try:
    serve(build, [root / "content"], root / "out", b"", port=0, say=lambda s: print(s, flush=True))
except KeyboardInterrupt:
    print(threading.active_count(), "thread left", flush=True)
    sys.exit(130)
"""
    with subprocess.Popen(
        [sys.executable, "-c", script, root],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said = process.stdout.readline() + process.stdout.readline()
        page = Preview(root, port=int(said.split(":")[2].split("/")[0]))
        with page.news() as next_state:
            next_state()
            process.send_signal(signal.SIGINT)
            assert process.stdout.read() == "1 thread left\n"
            assert process.stderr.read() == ""
    assert process.returncode == 130

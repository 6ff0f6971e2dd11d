"""The HTTP server of the preview: who may ask, and how answers leave.

A page of some other site, opened in the same browser, can send requests here. What keeps it out:
the ``Host`` must name this computer, and not be a name that somebody pointed at it (DNS rebinding);
nothing can be asked for but to read; and no page of another origin may use an answer.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ..diagnostics import EnvironmentProblem, UsageError
from .live import LiveState
from .site_folder import Request, Response, SiteFolder

_PORTS_TO_TRY = 50
_HEARTBEAT = 15.0
"""Seconds between two signs of life to a waiting page; its departure is noticed by them."""

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Live:
    """What the preview serves beside the site."""

    state: LiveState
    events_path: str
    script_path: str
    script: bytes


class SiteServer(ThreadingHTTPServer):
    """Answers from *folder*, in threads that ``close`` ends."""

    # On Windows the option would let two servers listen at one port.
    allow_reuse_address = os.name == "posix"
    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self,
        folder: SiteFolder,
        live: Live | None,
        host: str,
        address: tuple[str, int],
        family: socket.AddressFamily,
    ) -> None:
        self.folder = folder
        self.live = live
        self.host = host
        self.address_family = family
        self._open: dict[threading.Thread, socket.socket] = {}
        self._listener: threading.Thread | None = None
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without asking the network for this computer's name, which can take seconds."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.host, int(self.server_address[1])

    def start(self) -> None:
        """Answer from now on, in the background."""
        self._listener = threading.Thread(
            target=self.serve_forever, args=(0.1,), name="preview-listener", daemon=True
        )
        self._listener.start()

    def close(self) -> None:
        """Hang up on everybody and wait for the threads."""
        if self._listener is not None:
            self.shutdown()
            self._listener.join()
        self.server_close()
        for thread, connection in list(self._open.items()):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=2)

    def process_request_thread(self, request: object, client_address: object) -> None:
        """One connection, from its first request to its end."""
        thread = threading.current_thread()
        assert isinstance(request, socket.socket)
        self._open[thread] = request
        try:
            super().process_request_thread(request, client_address)
        finally:
            del self._open[thread]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say what went wrong, unless it is only that a browser hung up."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def address(self) -> str:
        """Where a browser on this computer finds the site."""
        host, port = self.server_address[:2]
        host = str(host)
        if ipaddress.ip_address(host).is_unspecified:
            host = "::1" if ":" in host else "127.0.0.1"
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{port}/"


def open_server(folder: SiteFolder, live: Live | None, host: str, port: int) -> SiteServer:
    """A server that listens at *port* of *host*, or at the next free one after it."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise UsageError(
            f"`{host}` is no address of this computer", help="leave --host out, or use 127.0.0.1"
        ) from error
    for candidate in range(port, min(port + _PORTS_TO_TRY, 65536)):
        try:
            return SiteServer(folder, live, host, (str(address[0]), candidate), family)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise UsageError(
                    f"`{host}` is no address of this computer",
                    help="leave --host out, or use 127.0.0.1",
                ) from error
            # Windows sets whole ranges of ports aside and refuses them by permission.
            taken = (errno.EADDRINUSE, errno.EACCES) if os.name == "nt" else (errno.EADDRINUSE,)
            if error.errno not in taken:
                raise EnvironmentProblem(
                    f"cannot listen at port {candidate} of {host}: {error.strerror}",
                    help="choose another one with -p, from 1024 on",
                ) from error
    raise EnvironmentProblem(
        f"no port from {port} on is free at {host}", help="choose another one with -p"
    )


def is_host_ours(host: str, bound_to: str, given: str) -> bool:
    """Whether a ``Host`` header names this computer in a way that no foreign page can make it.

    *bound_to* is the address that the server listens at, *given* what the user called it. An
    address cannot be rebound, a name can: so any address will do if the server was opened to the
    network, but of the names only *localhost*, *given* and this computer's own. The port is not
    compared: it differs behind a tunnel, and rebinding cannot use it.
    """
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = match["name"].lower().rstrip(".")
    open_to_network = not ipaddress.ip_address(bound_to.partition("%")[0]).is_loopback
    try:
        address = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        own = socket.gethostname().lower()
        network_names = (own, f"{own}.local") if open_to_network else ()
        return name in ("localhost", given.lower(), *network_names)
    return address.is_loopback or open_to_network


class _Handler(BaseHTTPRequestHandler):
    server: SiteServer
    protocol_version = "HTTP/1.1"
    server_version = "sourcebook"
    sys_version = ""
    timeout = 60
    disable_nagle_algorithm = True  # a page is not to wait until its headers are acknowledged

    def do_GET(self) -> None:
        """A page, a file, or the stream of news."""
        if refusal := self._find_refusal():
            self._send(refusal)
            return
        live = self.server.live
        path = self.path.partition("?")[0]
        if live and path == live.events_path:
            self._send_news(live.state)
        elif live and path == live.script_path:
            media_type = ("Content-Type", "text/javascript; charset=utf-8")
            self._send(Response(HTTPStatus.OK, live.script, (media_type,)))
        else:
            self._send(self.server.folder.respond_to(self._request()))

    do_HEAD = do_GET  # noqa: N815

    def _refuse_method(self) -> None:
        allow = ("Allow", "GET, HEAD")
        refusal = self._find_refusal() or _plain(HTTPStatus.METHOD_NOT_ALLOWED, "Read only", allow)
        self.close_connection = True  # the body was not read
        self._send(refusal)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse_method  # noqa: N815

    def _find_refusal(self) -> Response | None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1:
            return _plain(HTTPStatus.BAD_REQUEST, "One Host header is needed")
        bound_to = str(self.server.server_address[0])
        if not is_host_ours(hosts[0], bound_to, self.server.host):
            return _plain(HTTPStatus.FORBIDDEN, "This preview answers only to this computer's name")
        if not self.path.startswith("/"):
            return _plain(HTTPStatus.BAD_REQUEST, "The path must begin with a slash")
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # a body that nobody reads is not the next request
        return None

    def _request(self) -> Request:
        return Request(
            target=self.path,
            if_none_match=self.headers.get("If-None-Match"),
            byte_range=self.headers.get("Range"),
            if_range=self.headers.get("If-Range"),
        )

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if response.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(response.body)))
        self._end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def _send_news(self, state: LiveState) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self._end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n\n")
        seen = -1
        while not state.is_closed:
            news = state.wait_for_news(seen, _HEARTBEAT)
            if news is None:
                self.wfile.write(b":\n\n")
            else:
                seen, data = news
                self.wfile.write(f"data: {data}\n\n".encode())
            self.wfile.flush()

    def _end_headers(self) -> None:
        # Asked again every time, and answered with 304 where nothing changed.
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal belongs to the problems of the archive."""


def _plain(status: HTTPStatus, text: str, *headers: tuple[str, str]) -> Response:
    kind = ("Content-Type", "text/plain; charset=utf-8")
    return Response(status, f"{text}.\n".encode(), (kind, *headers))

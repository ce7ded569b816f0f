"""A small web server on loopback that answers as told and records who asked what, when.

Names ending in .test resolve to it (see `resolve`), so that one server plays many hosts.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(kw_only=True)
class Asked:
    """One request as the server saw it; times are monotonic, `ended` is 0 while it is being answered."""

    host: str
    path: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What to say. `pieces` are sent with `pause` seconds between them; `length` lies about Content-Length."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: tuple[bytes, ...] = ()
    pause: float = 0.0
    delay: float = 0.0
    length: int | None = None


Page = Answer | Callable[[dict[str, str]], Answer]


def text(body: str | bytes, *, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Answer:
    """A whole answer in one piece."""
    given = body.encode() if isinstance(body, str) else body
    return Answer(status=status, pieces=(given,),
                  headers={"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()})


class RecordingServer:
    """Pages by (host name, path); what is not there is a 404."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], Page] = {}
        self.default: Page = Answer(status=404)
        self.asked: list[Asked] = []
        self.connections = 0
        self.resolved: list[str] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def start(self) -> None:
        """Serve on a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def url(self, host: str, path: str = "/") -> str:
        """The URL of a path on one of the hosts played."""
        return f"http://{host}:{self.port}{path}"

    def put(self, host: str, path: str, page: Page) -> str:
        """Let a page answer; its URL."""
        self.pages[host, path] = page
        return self.url(host, path)

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """A resolver for which every name under .test is this machine, and no other exists."""
        self.resolved.append(host)
        if host.endswith(".test") or host == "127.0.0.1":
            return ("127.0.0.1",)
        raise socket.gaierror(socket.EAI_NONAME, f"{host} is not known")

    def paths(self, host: str) -> list[str]:
        """What was asked of a host, in order."""
        return [asked.path for asked in self.asked if asked.host == host]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    owner: RecordingServer

    def get_request(self) -> tuple[socket.socket, object]:
        self.owner.connections += 1
        return super().get_request()

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that leave early are what is being tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""

    def do_GET(self) -> None:
        began = time.monotonic()
        owner = self.server.owner
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        headers = {name.lower(): value for name, value in self.headers.items()}
        page = owner.pages.get((host, self.path), owner.default)
        answer = page(headers) if callable(page) else page
        asked = Asked(host=host, path=self.path, headers=headers, began=began)
        owner.asked.append(asked)
        try:
            self._say(answer)
        finally:
            asked.ended = time.monotonic()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def _say(self, answer: Answer) -> None:
        time.sleep(answer.delay)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        length = answer.length if answer.length is not None else sum(map(len, answer.pieces))
        if answer.status != 304:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        for piece in answer.pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(answer.pause)
        if length != sum(map(len, answer.pieces)):
            self.close_connection = True


@contextmanager
def recording_server() -> Iterator[RecordingServer]:
    """A server for the length of a `with` block."""
    server = RecordingServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()

"""A web server on this machine that answers as a test tells it to. It knows no source.

A route is a function `(method, path, query, headers, body) -> (status, headers, body)`; names of headers are in small
letters, a parameter that comes twice keeps its last value. Every request is kept in `Server.requests`. A route may
promise a longer `content-length` than it sends: the connection is then cut half-way.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl, unquote, urlsplit

Sent = tuple[int, Mapping[str, str], str | bytes]
"""Status, headers and body of an answer."""
Route = Callable[[str, str, Mapping[str, str], Mapping[str, str], bytes], Sent]


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    method: str
    path: str
    """Without the query, and without percent signs."""
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    target: str
    """The first line's address, as it was sent."""


class Server:
    """Serves routes, each named by the beginning of its paths; the longest name that fits counts, else status 404."""

    def __init__(self, routes: Mapping[str, Route]) -> None:
        self.routes = dict(routes)
        self.requests: list[Received] = []
        self.failures: list[Exception] = []
        """What routes raised; the fixture `serve` raises it again, since a status 500 could be retried away."""
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> "Server":
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, received: Received) -> Sent:
        """Return what the route of a request answers."""
        with self._lock:
            self.requests.append(received)
            names = [name for name in self.routes if received.path.startswith(name)]
            if not names:
                return 404, {"content-type": "text/plain"}, "made-up server: no such route"
            route = self.routes[max(names, key=len)]
            try:
                return route(received.method, received.path, received.query, received.headers, received.body)
            except Exception as failure:  # noqa: BLE001 - raised again by the fixture
                self.failures.append(failure)
                return 500, {"content-type": "text/plain"}, repr(failure)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                url = urlsplit(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(int(headers.get("content-length", "0")))
                query = dict(parse_qsl(url.query, keep_blank_values=True))
                received = Received(self.command, unquote(url.path), query, headers, body, self.path)
                status, sent, text = server.answer(received)
                content = text.encode() if isinstance(text, str) else text
                self.send_response(status)
                for name, value in ({"content-length": str(len(content))} | dict(sent)).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _answer  # noqa: N815 - the names are those of the standard library

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - as in the standard library
                del format, arguments

        return Handler


def as_json(data: object, status: int = 200, **headers: str) -> Sent:
    """Return an answer of JSON; `retry_after="1"` becomes the header `retry-after`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"content-type": "application/json"} | named, json.dumps(data)


def as_html(text: str = "<html><title>made-up error page</title></html>", status: int = 200, **headers: str) -> Sent:
    """Return an answer of HTML."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"content-type": "text/html"} | named, text


def as_xml(text: str, status: int = 200) -> Sent:
    """Return an answer of XML."""
    return status, {"content-type": "text/xml"}, text


def in_turn(*answers: Sent) -> Route:
    """Return a route that gives one answer after another, and the last one for ever."""
    left = list(answers)

    def route(method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> Sent:
        del method, path, query, headers, body
        return left.pop(0) if len(left) > 1 else left[0]

    return route

"""A web server on this machine that fails the ways real services do: what a night must come through unharmed.

`Faulty` answers with what a function says, except where a fault is due for the request: an error status with or without
a time to wait, an error page under status 200, half a document, a connection cut within the body, a stall, an endless
body.
"""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import TracebackType
from urllib.parse import parse_qsl, unquote, urlsplit


class Fault(StrEnum):
    """One way to fail."""

    NONE = "none"
    SLOW_DOWN = "429 with a short wait"
    COME_TOMORROW = "429 with a wait of hours"
    TOO_MANY = "429 without a wait"
    BROKEN = "500"
    BUSY_PAGE = "503 with a page"
    PAGE_AS_ANSWER = "200 with a page"
    HALF_DOCUMENT = "200 with half the document, properly ended"
    CUT = "the connection cut within the body"
    STALL = "silence within the body"
    ENDLESS = "a body without an end"
    EMPTY = "200 with an empty body"
    SAME_PAGE = "the page before once more"
    NO_WAY_ON = "no word of the next page"


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


Answer = tuple[str, str]
"""Type and text of the right answer; without a text the status is 404, with a page."""
PAGE = b"<html><body>made-up error page</body></html>"


class Faulty:
    """Serves `answer` with faults; `faults` gives the one for each request, in the order they come, then none."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        self.answer = answer
        self.faults: Iterator[Fault] = iter(())
        self.requests: list[Asked] = []
        self.released = threading.Event()
        """Set when the server ends, so that no stalled answer outlives its test."""
        self._before: dict[str, str] = {}
        """The last answer at each path."""
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> "Faulty":
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.released.set()
        self._http.shutdown()
        self._http.server_close()

    def take(self, asked: Asked) -> tuple[Fault, Answer]:
        """Return what a request is answered with."""
        with self._lock:
            self.requests.append(asked)
            fault = next(self.faults, Fault.NONE)
            if fault in _WITHOUT_ANSWER:
                return fault, ("", "")
            kind, text = self.answer(asked)
            before = self._before.get(asked.path, text)
            self._before[asked.path] = text
            if fault is Fault.SAME_PAGE:
                return fault, (kind, before)
            return fault, (kind, _NEXT.sub("", text) if fault is Fault.NO_WAY_ON else text)


_NEXT = re.compile(r', "(?:next_cursor|nextPageToken)": "[^"]*"')
_WITHOUT_ANSWER = frozenset({Fault.SLOW_DOWN, Fault.COME_TOMORROW, Fault.TOO_MANY, Fault.BROKEN, Fault.BUSY_PAGE})
_STATUS: Mapping[Fault, tuple[int, Mapping[str, str]]] = {
    Fault.SLOW_DOWN: (429, {"retry-after": "0"}),
    Fault.COME_TOMORROW: (429, {"retry-after": "17659"}),
    Fault.TOO_MANY: (429, {}),
    Fault.BROKEN: (500, {}),
    Fault.BUSY_PAGE: (503, {}),
}


def _handler(server: Faulty) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            url = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", "0")))
            query = dict(parse_qsl(url.query, keep_blank_values=True))
            fault, (kind, text) = server.take(Asked(self.command, unquote(url.path), query, headers, body))
            content = text.encode()
            if fault in _STATUS:
                status, extra = _STATUS[fault]
                self._send(status, "text/html", PAGE, extra)
            elif fault is Fault.PAGE_AS_ANSWER:
                self._send(200, "text/html", PAGE)
            elif fault is Fault.EMPTY:
                self._send(200, kind, b"")
            elif not content:
                self._send(404, "text/html", PAGE)
            elif fault is Fault.HALF_DOCUMENT:
                self._send(200, kind, content[: len(content) // 2])
            elif fault in (Fault.CUT, Fault.STALL):
                self._send(200, kind, content[: len(content) // 2], {"content-length": str(len(content) + 1)})
                if fault is Fault.STALL:
                    server.released.wait(10)
                self.close_connection = True
            elif fault is Fault.ENDLESS:
                self._send_without_end()
            else:
                self._send(200, kind, content)

        def _send(self, status: int, kind: str, content: bytes, extra: Mapping[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in (
                {"content-type": kind, "content-length": str(len(content))} | dict(extra or {})
            ).items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # the client had waited long enough
                self.wfile.write(content)

        def _send_without_end(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            for _ in count():
                if server.released.is_set():
                    return
                try:
                    self.wfile.write(b" " * 2**16)
                except OSError:  # the client had enough, which is what the test is about
                    return

        do_GET = do_POST = _answer  # noqa: N815 - the names are those of the standard library

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - as in the standard library
            del format, arguments

    return Handler

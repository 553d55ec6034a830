"""The one HTTP client: every request to a source has a time limit, a size limit, retries with backoff, and a name.

Knows no source. A reply is handed to a reader; what the reader cannot read is asked for again, because services under
load answer with error pages and half documents under status 200. Asks nothing but what it is told to ask.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urlsplit

import requests
import stamina

stamina.instrumentation.set_on_retry_hooks(())  # retries that succeed are no news, and a night's log is for people
T = TypeVar("T")
_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 522, 524})


class SourceError(Exception):
    """A source did not answer as it should; the text says what happened, for the search log."""


class BudgetSpentError(SourceError):
    """The source asks to come back later than tonight; nothing more is asked of it."""


class UnreadableReplyError(SourceError):
    """A reply is not what it should be: an error page, half a document, another layout. Worth asking again.

    `wait` is how many seconds the source asks to wait before that, None where it does not say.
    """

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class _RetryableError(UnreadableReplyError):
    """A failure that may pass, of which no reader has seen anything."""


@dataclass(frozen=True)
class Request:
    """What is asked of a source."""

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    """Sent as JSON by POST; None asks by GET."""
    method: str = ""
    """Another method than these two."""
    accept: frozenset[int] = frozenset({200})
    """Statuses that are an answer; all others are failures."""
    at_most_per_second: float = 10.0

    @property
    def address(self) -> str:
        """The address with its parameters, without keys."""
        open_params = {name: value for name, value in self.params.items() if "key" not in name.lower()}
        return requests.Request("GET", self.url, params=open_params).prepare().url or self.url

    def prepared(self) -> requests.Request:
        """Return the request as the library sends it."""
        method = self.method or ("GET" if self.body is None else "POST")
        return requests.Request(method, self.url, dict(self.headers), params=dict(self.params), json=self.body)


@dataclass(frozen=True)
class Reply:
    """What a source answered."""

    status: int
    headers: Mapping[str, str]
    """Names compare without regard to case."""
    body: bytes
    url: str
    """The address asked, without secrets."""

    def json(self) -> object:
        """Return the body as JSON; raise `UnreadableReplyError` when it is none, such as an error page."""
        try:
            found: object = json.loads(self.body)
        except (ValueError, RecursionError):
            raise UnreadableReplyError(f"expected JSON, got {self.sketch}") from None
        return found

    @property
    def retry_after(self) -> float | None:
        """The seconds to wait that `Retry-After` states: a number, or a date against the reply's own (RFC 9110)."""
        text = self.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return float(text)
        try:
            wait = parsedate_to_datetime(text) - parsedate_to_datetime(self.headers["date"])
        except (KeyError, TypeError, ValueError):
            return None
        return max(0.0, wait.total_seconds())

    @property
    def sketch(self) -> str:
        """What the body looks like, for a message: its type and its first words."""
        kind = self.headers.get("content-type", "no content type").partition(";")[0]
        words = " ".join(self.body[:300].decode("utf-8", "replace").split())
        return f"{kind}: {words[:120]!r}" if words else f"{kind}, empty"


@dataclass
class Web:
    """Asks for one thing at a time. Times are in seconds, sizes in bytes."""

    agent: str
    """Name, version and contact, sent as `User-Agent`: services ask for it, and write before they block."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Where addresses are overridden (`LIVING_REVIEW_<SOURCE>_URL`) and keys are kept."""
    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    """A source that asks for a longer wait than this is left alone for tonight."""
    connect_timeout: float = 10.0
    read_timeout: float = 60.0
    deadline: float = 300.0
    """Longest time one reply may take in all: a reply that drips never runs into `read_timeout`."""
    max_bytes: int = 50 * 2**20
    n_requests: int = 0
    """Requests made so far, retries included."""

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._session.headers["User-Agent"] = self.agent
        self._session.max_redirects = 5
        self._asked_at: dict[str, float] = {}

    def address(self, source: str, default: str) -> str:
        """Return the address a source is asked at: `LIVING_REVIEW_<SOURCE>_URL` where set, else `default`."""
        return self.environment.get(f"LIVING_REVIEW_{source}_URL", "").rstrip("/") or default

    def secret(self, name: str) -> str:
        """Return a key from the environment, empty when there is none. An empty key is never to be sent."""
        return self.environment.get(name, "").strip()

    def ask(self, request: Request, read: Callable[[Reply], T]) -> T:
        """Return what `read` makes of the reply.

        Raises `BudgetSpentError` when the source asks to wait longer than `longest_wait`, `SourceError` for every other
        failure that did not pass within `attempts`. Parameters may hold secrets: they never reach a message.
        """
        try:
            for attempt in stamina.retry_context(
                on=self._wait_after,
                attempts=self.attempts,
                timeout=None,  # the number of attempts and the deadline of each bound the whole
                wait_initial=self.first_wait,
                wait_max=self.longest_wait,
                wait_jitter=self.first_wait,
            ):
                with attempt:
                    return self._read(self._try(request), read)
        except _RetryableError as error:
            raise SourceError(str(error)) from None
        raise AssertionError("the last attempt returns or raises")

    def _read(self, reply: Reply, read: Callable[[Reply], T]) -> T:
        try:
            return read(reply)
        except UnreadableReplyError as error:
            if error.wait is None or error.wait <= self.longest_wait:
                raise
            raise BudgetSpentError(f"{error}; asks to wait {error.wait:.0f} seconds") from None

    def _wait_after(self, error: Exception) -> bool | float:
        if isinstance(error, UnreadableReplyError) and error.wait is not None:
            return error.wait
        return isinstance(error, UnreadableReplyError)

    def _try(self, request: Request) -> Reply:
        where = urlsplit(request.url).netloc
        self._pace(where, request.at_most_per_second)
        self.n_requests += 1
        try:
            prepared = self._session.prepare_request(request.prepared())
            settings = self._session.merge_environment_settings(prepared.url, {}, True, None, None)
            with self._session.send(
                prepared, timeout=(self.connect_timeout, self.read_timeout), allow_redirects=True, **settings
            ) as response:
                body = self._body(response)
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            raise _RetryableError(f"{where}: {_kind_of(error)}") from None
        except (requests.RequestException, ValueError) as error:  # a broken address, too many redirects, bad gzip
            raise SourceError(f"{where}: {_kind_of(error)}") from None
        reply = Reply(response.status_code, response.headers, body, request.address)
        if reply.status not in request.accept:
            raise self._failure(where, reply)
        return reply

    def _pace(self, where: str, at_most_per_second: float) -> None:
        """Keep the distance between two requests that a service asks for; a test server on this machine needs none."""
        if where.partition(":")[0] in ("127.0.0.1", "localhost"):
            return
        wait = self._asked_at.get(where, 0.0) + 1 / at_most_per_second - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._asked_at[where] = time.monotonic()

    def _body(self, response: requests.Response) -> bytes:
        """Read the body piece by piece, so that neither an endless nor a dripping one holds up the night."""
        ends_at = time.monotonic() + self.deadline
        body = bytearray()
        for piece in response.iter_content(2**16):
            body += piece
            if len(body) > self.max_bytes:
                raise SourceError(f"{urlsplit(response.url).netloc}: a reply of more than {self.max_bytes} bytes")
            if time.monotonic() > ends_at:
                raise _RetryableError(f"{urlsplit(response.url).netloc}: no whole reply in {self.deadline:g} seconds")
        return bytes(body)

    def _failure(self, where: str, reply: Reply) -> SourceError:
        told = f"{where}: status {reply.status}, {reply.sketch}"
        wait = reply.retry_after
        if wait is not None and wait > self.longest_wait and reply.status in _RETRIED:
            return BudgetSpentError(f"{told}; asks to wait {wait:.0f} seconds")
        return _RetryableError(told, wait) if reply.status in _RETRIED else SourceError(told)


def _kind_of(error: Exception) -> str:
    """Return what happened in words; the library's own texts may hold an address with a key."""
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection broke within the reply"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return type(error).__name__

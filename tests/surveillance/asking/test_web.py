"""The HTTP client against a server that fails: it waits, tries again, gives up in time, and tells what happened."""

import json
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest

from generator.surveillance.asking.web import BudgetSpentError, Reply, Request, SourceError, UnreadableReplyError, Web
from tests.surveillance.nights.faults import Asked, Fault, Faulty
from tests.surveillance.sources.server import Server, in_turn

RIGHT = {"made-up": "p<0.05 é"}
TRANSIENT = [
    Fault.SLOW_DOWN,
    Fault.TOO_MANY,
    Fault.BROKEN,
    Fault.BUSY_PAGE,
    Fault.PAGE_AS_ANSWER,
    Fault.HALF_DOCUMENT,
    Fault.CUT,
    Fault.STALL,
    Fault.EMPTY,
]


def answer(_: Asked) -> tuple[str, str]:
    return "application/json", json.dumps(RIGHT)


@pytest.fixture
def faulty() -> Iterator[Faulty]:
    with Faulty(answer) as server:
        yield server


def web(**changed: float) -> Web:
    web = Web("made-up test", {}, attempts=3, first_wait=0.01, longest_wait=0.5, read_timeout=0.3, deadline=2)
    for name, value in changed.items():
        setattr(web, name, value)
    return web


@pytest.mark.parametrize("fault", TRANSIENT, ids=str)
def test_a_failure_that_passes_is_tried_again(faulty: Faulty, fault: Fault) -> None:
    faulty.faults = iter([fault, fault])
    client = web()
    assert client.ask(Request(faulty.address), Reply.json) == RIGHT
    assert client.n_requests == len(faulty.requests) == 3


@pytest.mark.parametrize("fault", TRANSIENT, ids=str)
def test_a_failure_that_stays_is_told_after_the_last_attempt(faulty: Faulty, fault: Fault) -> None:
    faulty.faults = iter([fault] * 9)
    with pytest.raises(SourceError) as told:
        web().ask(Request(faulty.address), Reply.json)
    assert not isinstance(told.value, BudgetSpentError)
    assert len(faulty.requests) == 3
    words = {Fault.BROKEN: "status 500", Fault.BUSY_PAGE: "status 503", Fault.PAGE_AS_ANSWER: "made-up error page"}
    assert words.get(fault, "") in str(told.value)


def test_a_wait_of_hours_ends_the_night_for_the_source_at_once(faulty: Faulty) -> None:
    faulty.faults = iter([Fault.COME_TOMORROW] * 9)
    with pytest.raises(BudgetSpentError, match="asks to wait 17659 seconds"):
        web().ask(Request(faulty.address), Reply.json)
    assert len(faulty.requests) == 1


def test_the_wait_that_a_reader_was_told_of_is_kept(faulty: Faulty, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)

    def read(_: Reply) -> None:
        raise UnreadableReplyError("made up: slow down", wait=7)

    with pytest.raises(UnreadableReplyError, match="slow down"):
        web(longest_wait=60).ask(Request(faulty.address), read)
    assert waits == [7, 7]


def test_a_wait_of_hours_that_a_reader_was_told_of_is_not_slept(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)

    def read(_: Reply) -> None:
        raise UnreadableReplyError("made up: an error page", wait=36_000)

    with pytest.raises(BudgetSpentError, match="made up: an error page; asks to wait 36000 seconds"):
        web(longest_wait=60).ask(Request(faulty.address), read)
    assert waits == []


def test_waits_double_and_are_not_the_same_twice(faulty: Faulty, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    faulty.faults = iter([Fault.BROKEN] * 10)
    for _ in range(2):
        with pytest.raises(SourceError):
            web(attempts=5, first_wait=1, longest_wait=60).ask(Request(faulty.address), Reply.json)
    first, second = waits[:4], waits[4:]
    assert all(2**number <= wait <= 2**number + 1 for number, wait in enumerate(first)), waits
    assert len(second) == 4
    assert first != second


def test_an_endless_reply_is_given_up(faulty: Faulty) -> None:
    faulty.faults = iter([Fault.ENDLESS])
    with pytest.raises(SourceError, match="more than 1000000 bytes"):
        web(max_bytes=1_000_000).ask(Request(faulty.address), Reply.json)


def test_a_reply_that_drips_is_given_up_however_little_is_missing(faulty: Faulty) -> None:
    with pytest.raises(SourceError, match="no whole reply in -1 seconds"):
        web(deadline=-1).ask(Request(faulty.address), Reply.json)
    assert len(faulty.requests) == 3


def test_a_small_reply_that_unpacks_to_a_huge_one_is_given_up_before_it_is_unpacked() -> None:
    packing = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join([*(packing.compress(bytes(2**20)) for _ in range(256)), packing.flush()])
    sent = (200, {"content-type": "application/json", "content-encoding": "gzip"}, packed)
    with Server({"/": in_turn(sent)}) as server:
        tracemalloc.start()
        with pytest.raises(SourceError, match="more than 1000000 bytes"):
            web(max_bytes=1_000_000).ask(Request(f"{server.address}/"), Reply.json)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert len(packed) < 300_000
    assert most < 20_000_000


def test_statuses_that_are_no_answer_are_not_tried_again() -> None:
    with Faulty(answer) as server:
        client = web()
        with pytest.raises(SourceError, match="status 200"):
            client.ask(Request(server.address, accept=frozenset({404})), Reply.json)
        assert len(server.requests) == 1


def test_a_server_that_is_not_there_is_a_source_that_failed() -> None:
    with Faulty(answer) as server:
        address = server.address
    with pytest.raises(SourceError, match="no connection"):
        web().ask(Request(address), Reply.json)


def test_the_request_says_who_asks_and_carries_parameters_headers_and_a_body(faulty: Faulty) -> None:
    client = web()
    client.ask(
        Request(faulty.address + "/a", {"q": "x & y", "api_key": "secret"}, {"if-none-match": '"1"'}), Reply.json
    )
    client.ask(Request(faulty.address, body={"page": 1}), Reply.json)
    first, second = faulty.requests
    assert first.headers["user-agent"] == "made-up test"
    assert (first.method, first.path, first.query) == ("GET", "/a", {"q": "x & y", "api_key": "secret"})
    assert first.headers["if-none-match"] == '"1"'
    assert (second.method, json.loads(second.body)) == ("POST", {"page": 1})


def test_a_key_never_reaches_an_address_or_a_message(faulty: Faulty) -> None:
    request = Request(faulty.address, {"query": "x", "api_key": "secret"})
    seen: list[Reply] = []

    def read(reply: Reply) -> object:
        seen.append(reply)
        return reply.json()

    web().ask(request, read)
    assert seen[0].url.endswith("?query=x")
    faulty.faults = iter([Fault.BROKEN] * 9)
    with pytest.raises(SourceError) as told:
        web().ask(request, Reply.json)
    assert "secret" not in str(told.value)
    with Faulty(answer) as gone:
        pass
    with pytest.raises(SourceError) as told:
        web().ask(Request(gone.address, {"api_key": "secret"}), Reply.json)
    assert "secret" not in str(told.value)


def test_addresses_and_keys_come_from_the_environment() -> None:
    client = Web("made-up test", {"LIVING_REVIEW_MADEUP_URL": "http://127.0.0.1:1/", "MADEUP_KEY": " k "})
    assert client.address("MADEUP", "https://made-up.example") == "http://127.0.0.1:1"
    assert client.address("OTHER", "https://made-up.example") == "https://made-up.example"
    assert (client.secret("MADEUP_KEY"), client.secret("OTHER_KEY")) == ("k", "")


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "Mon, 23 Nov 2026 10:00:30 GMT", "date": "Mon, 23 Nov 2026 10:00:00 GMT"}, 30.0),
        ({"retry-after": "Mon, 23 Nov 2026 09:00:00 GMT", "date": "Mon, 23 Nov 2026 10:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_the_time_to_wait_is_read_as_seconds_or_as_a_date(headers: dict[str, str], wait: float | None) -> None:
    assert Reply(429, headers, b"", "made-up").retry_after == wait


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a": ', b"[" * 100_000], ids=["empty", "page", "half", "deep"])
def test_what_is_no_json_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableReplyError, match="expected JSON"):
        Reply(200, {"content-type": "text/html"}, body, "made-up").json()

"""From which day on a source is asked: from its last full answer in UTC, whatever clocks and crashes did meanwhile."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from generator.keeping import recording
from generator.records import store
from generator.surveillance.arriving.search_log import LogError, Occasion, with_run
from tests.surveillance.nights.conftest import Nights
from tests.surveillance.nights.faults import Fault
from tests.surveillance.nights.world import FIRST_DAY, documents

DAY = dt.timedelta(days=1)
FEED_ALONE: Mapping[str, Any] = {"only": ("tea-society",), "again": True}
OVERLAP = 14 * DAY
"""Of the register."""


def asked_from(nights: Nights) -> list[str]:
    """Return the windows that the register was asked for, in the order of asking; counting has none."""
    filters = (one.query.get("filter.advanced", "") for one in nights.server.requests if "/studies" in one.path)
    return [one.partition("RANGE[")[2].partition(",")[0] for one in filters if one]


def log(nights: Nights, at: str, *, failed: bool = False) -> None:
    """Write a search of the register into the log."""
    moment = dt.datetime.fromisoformat(at)
    records = store.load(nights.root).records
    assert records.protocol
    (register,) = [source for source in records.protocol.sources if source.id == "cup-register"]
    answer: dict[str, object] = {"hits": None, "error": "made-up failure"} if failed else {"hits": 0, "total": 0}
    part = {"source": register.id, "strategy": register.strategies[0], "received": 0, "new": 0, **answer}
    run: dict[str, object] = {"kind": "nightly", "at": at, "by": "made-up", "sources": [part]}
    recording.record(nights.root, with_run(nights.root, Occasion(moment, "1.2.3"), run))


def test_the_window_reaches_back_from_the_last_full_answer_whatever_failed_since(nights: Nights) -> None:
    log(nights, "2026-11-01T23:59:59Z")
    log(nights, "2026-11-05T02:00:00Z", failed=True)
    nights.search(dt.date(2026, 11, 9), only=("cup-register",))
    assert asked_from(nights) == [str(dt.date(2026, 11, 1) - OVERLAP)]


def test_a_run_that_a_wrong_clock_dated_into_the_future_stops_no_search(nights: Nights) -> None:
    nights.world.documents = documents([(1, 1)])
    log(nights, "2026-10-20T02:00:00Z")
    log(nights, "2027-10-20T02:00:00Z")
    nights.search(FIRST_DAY, only=("cup-register",))
    assert asked_from(nights) == [str(dt.date(2026, 10, 20) - OVERLAP)]
    assert nights.offered() == ["NCT90000002"]


def test_a_clock_that_was_set_back_within_a_day_writes_nothing_and_is_named(nights: Nights) -> None:
    nights.world.documents = documents([(1, 1)])
    nights.search(FIRST_DAY, hour=4)
    before = {path: path.read_bytes() for path in nights.root.rglob("*") if path.is_file()}
    with pytest.raises(LogError, match="holds a run of 04:00:00 UTC, and the clock says 03:00:00: set the clock right"):
        nights.search(FIRST_DAY, hour=3, again=True)
    assert {path: path.read_bytes() for path in nights.root.rglob("*") if path.is_file()} == before
    assert nights.search(FIRST_DAY, hour=4, again=True).arrivals.new == {}


def test_after_the_days_of_the_protocol_everything_is_asked_for_again(nights: Nights) -> None:
    records = store.load(nights.root).records
    assert records.protocol
    days = records.protocol.living.full_search_every_days * DAY
    nights.search(FIRST_DAY)
    nights.search(FIRST_DAY + days - DAY)
    assert asked_from(nights) == [str(FIRST_DAY - OVERLAP)]
    nights.search(FIRST_DAY + days)
    assert asked_from(nights) == [str(FIRST_DAY - OVERLAP)]


def test_a_feed_is_read_whole_until_what_it_showed_is_written(nights: Nights) -> None:
    nights.world.documents = documents([(2, 0)])
    for _ in range(2):
        lost = nights.plan(FIRST_DAY, **FEED_ALONE)
        assert len(lost.arrivals.new) == 2, "a night that was never written leaves no trace"
    nights.search(FIRST_DAY, **FEED_ALONE)
    assert "unchanged" in nights.search(FIRST_DAY + DAY, **FEED_ALONE).counted[0].asked.words
    full = nights.search(FIRST_DAY + 100 * DAY, **FEED_ALONE)
    assert "unchanged" not in full.counted[0].asked.words, "now and then a feed is read whatever it says of itself"
    assert full.counted[0].n_received == 2


@pytest.mark.parametrize("fault", [Fault.EMPTY, Fault.PAGE_AS_ANSWER, Fault.HALF_DOCUMENT, Fault.CUT], ids=str)
def test_a_feed_that_failed_is_read_whole_the_next_night(nights: Nights, fault: Fault) -> None:
    nights.world.documents = documents([(2, 0), (1, 0)])
    nights.search(FIRST_DAY, **FEED_ALONE)
    nights.server.faults = iter([fault] * 2)
    assert nights.search(FIRST_DAY + DAY, **FEED_ALONE).failed
    again = nights.search(FIRST_DAY + 2 * DAY, **FEED_ALONE)
    assert not again.failed
    assert nights.offered() == nights.visible()

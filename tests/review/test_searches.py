"""The search log line by line, and every strategy that a source was sent."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.search_run import RunKind, SearchDay
from generator.review import Review
from generator.review.searches import N_RECENT, recent, runs_by_id, search_quotes
from tests.evidence import read


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def with_searches(review: Review, searches: dict[str, SearchDay]) -> Review:
    return Review(replace(review.records, searches=searches), review.protocol, review.today)


def test_runs_are_named_by_their_day_and_their_number_on_it(review: Review) -> None:
    assert list(runs_by_id(review.records)) == ["2024-03-01", "2024-09-01", "2025-01-10", "2025-01-11", "2025-01-11-2"]


def test_the_log_has_one_line_per_run_and_source_newest_first(review: Review) -> None:
    log = review.search_log
    assert len(log) == 12
    assert (log[0].run_id, log[0].source_name) == ("2025-01-11-2", "Website of the Made-up Society <of> Tea")
    assert (log[-1].day, log[-1].part.source) == (dt.date(2024, 3, 1), "reference-lists")


def test_strategies_are_told_apart_by_what_was_sent(review: Review) -> None:
    sent = review.strategies_sent
    assert set(sent) == {"tea-index", "cup-register"}
    (one,) = sent["tea-index"]
    assert (one.first_on, one.last_on, one.n_times, one.current) == (dt.date(2024, 3, 1), dt.date(2025, 1, 11), 4, True)
    day = review.records.searches["2024/2024-03-01"]
    old = day.runs[0].sources[0].model_copy(update={"strategy": "tea"})
    run = day.runs[0].model_copy(update={"sources": (old,)})
    searches = review.records.searches | {
        "2023/2023-01-01": SearchDay(runs=(run.model_copy(update={"at": dt.date(2023, 1, 1)}),))
    }
    earlier = with_searches(review, searches).strategies_sent["tea-index"]
    assert [(strategy.strategy, strategy.current) for strategy in earlier] == [
        ("tea", False),
        ('("made-up tea" OR tisane) AND hiccup*', True),
    ]


def test_a_failed_search_has_sent_its_strategy_too(review: Review) -> None:
    (one,) = review.strategies_sent["cup-register"]
    assert one.n_times == 4, "the failed night of 2025-01-10 is one of them"


def test_a_page_shows_the_newest_lines_and_those_of_the_base_review(review: Review) -> None:
    base = SearchDay.model_validate(
        {"runs": [{"kind": "base-review", "at": "2020-01-01", "sources": [{"source": "tea-index", "hits": "NR"}]}]}
    )
    night = review.records.searches["2025/2025-01-10"]
    nights = {f"2021/2021-{month:02}-{day:02}": night for month in range(1, 13) for day in range(1, 29)}
    log = with_searches(review, {"2020/2020-01-01": base, **nights}).search_log
    shown = recent(log)
    assert len(log) == 12 * 28 * 3 + 1
    assert len(shown) == N_RECENT + 1
    assert shown[-1].run.kind is RunKind.BASE_REVIEW


def test_who_asks_a_source_follows_from_its_runs(review: Review) -> None:
    assert review.run_kinds["tea-index"] == {RunKind.MANUAL, RunKind.NIGHTLY}
    assert review.run_kinds["reference-lists"] == {RunKind.MANUAL}


def test_quotes_of_two_runs_of_one_day_have_places_of_their_own(review: Review) -> None:
    quote = {"q": {"report": "made-up-guidance", "at": "p. 1", "text": "Made-up words."}}
    run = {"kind": "manual", "at": "2020-01-01", "sources": [{"source": "tea-index", "hits": "1"}], "quotes": quote}
    day = SearchDay.model_validate({"runs": [run, run]})
    found = search_quotes(with_searches(review, {"2020/2020-01-01": day}).records)
    assert [(one.anchor, one.day_id, one.index) for one in found] == [
        ("2020-01-01-q", "2020/2020-01-01", 0),
        ("2020-01-01-2-q", "2020/2020-01-01", 1),
    ]

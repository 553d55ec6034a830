"""An answer is whole or in error: what `ask` makes of sources that repeat, shorten, prolong or break their answers."""

import datetime as dt
from collections.abc import Iterator, Sequence
from types import ModuleType

import pytest

from generator.model.source_record import SourceRecord
from generator.surveillance import sources
from generator.surveillance.asking import answers
from generator.surveillance.asking.answers import Page, Query, ask, count
from generator.surveillance.asking.web import BudgetSpentError, SourceError, Web

WEB = Web("made-up test")
QUERY = Query("made-up", "made-up strategy", dt.date(2026, 1, 1))


def record(number: int) -> SourceRecord:
    return SourceRecord("made-up", f"Made-up {number}", accession=str(number))


def page(*numbers: int, n_total: int | None = None, part: str = "", degraded: str = "") -> Page:
    return Page(tuple(map(record, numbers)), n_total, "https://made-up.example", "made-up note", None, part, degraded)


class Made:
    """A made-up source that gives pages, and then fails if it is told to."""

    OVERLAP_DAYS = 0

    def __init__(self, pages: Sequence[Page], failure: Exception | None = None) -> None:
        self.pages = pages
        self.failure = failure

    def search(self, query: Query, web: Web) -> Iterator[Page]:
        assert (query, web) == (QUERY, WEB)
        yield from self.pages
        if self.failure:
            raise self.failure

    def key_of(self, known: SourceRecord) -> str:
        return known.doi


def test_a_whole_answer_has_every_record_once_and_no_error() -> None:
    answer = ask(Made([page(1, 2, n_total=3), page(2, 3)]), QUERY, WEB)
    assert [one.accession for one in answer.records] == ["1", "2", "3"]
    assert (answer.n_total, answer.error, answer.note) == (3, "", "made-up note")


def test_no_record_at_all_is_an_answer() -> None:
    answer = ask(Made([page(n_total=0)]), QUERY, WEB)
    assert (answer.records, answer.n_total, answer.error) == ((), 0, "")


def test_fewer_records_than_announced_are_an_error_and_are_kept() -> None:
    answer = ask(Made([page(1, 2, n_total=3)]), QUERY, WEB)
    assert answer.error == "3 records announced, 2 received"
    assert (len(answer.records), answer.n_total) == (2, None)


def test_a_total_that_grows_between_two_pages_counts_as_the_larger() -> None:
    assert ask(Made([page(1, n_total=1), page(2, n_total=2)]), QUERY, WEB).error == ""
    assert ask(Made([page(1, n_total=1), page(2, n_total=3)]), QUERY, WEB).error == "3 records announced, 2 received"


def test_a_page_that_comes_twice_is_an_error() -> None:
    answer = ask(Made([page(1, 2, n_total=4), page(1, 2)]), QUERY, WEB)
    assert answer.error == "page 2 repeats records that were sent before"
    assert len(answer.records) == 2


def test_parts_of_a_split_query_may_overlap_and_each_must_be_whole() -> None:
    whole = [page(1, 2, n_total=2, part="a"), page(2, 3, n_total=2, part="b")]
    answer = ask(Made(whole), QUERY, WEB)
    assert (len(answer.records), answer.n_total, answer.error) == (3, 3, "")
    short = [page(1, 2, n_total=2, part="a"), page(2, n_total=2, part="b")]
    assert ask(Made(short), QUERY, WEB).error == "2 records announced, 1 received"


@pytest.mark.parametrize(
    ("failure", "told", "spent"),
    [
        (SourceError("made-up failure"), "made-up failure", False),
        (BudgetSpentError("made-up budget"), "made-up budget", True),
        (KeyError("made-up field"), "the answer could not be read: KeyError: 'made-up field'", False),
    ],
    ids=["failure", "budget", "layout"],
)
def test_a_failure_becomes_the_error_and_what_came_before_is_kept(failure: Exception, told: str, spent: bool) -> None:
    answer = ask(Made([page(1, n_total=2)], failure), QUERY, WEB)
    assert (answer.error, answer.spent, answer.n_total, len(answer.records)) == (told, spent, None, 1)


def test_a_degraded_page_keeps_its_records_and_is_an_error() -> None:
    answer = ask(Made([page(1, 2, degraded="the feed was cut off")]), QUERY, WEB)
    assert (answer.error, len(answer.records)) == ("the feed was cut off", 2)


def test_an_answer_without_an_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MAX_PAGES", 5)
    empty = ask(Made([page()] * 9), QUERY, WEB)
    assert empty.error == "the answer does not end: 0 records on 5 pages"
    monkeypatch.setattr(answers, "MAX_RECORDS", 2)
    assert "does not end: 3 records" in ask(Made([page(1, 2, 3)]), QUERY, WEB).error


def test_counting_reads_the_first_page_only() -> None:
    assert count(Made([page(1, n_total=7)], SourceError("not reached")), QUERY, WEB) == 7
    assert count(Made([Page(n_announced=5)]), QUERY, WEB) == 5
    assert count(Made([]), QUERY, WEB) is None
    with pytest.raises(SourceError, match="could not be read"):
        count(Made([], ValueError("made-up")), QUERY, WEB)


@pytest.mark.parametrize("name", sources.names())
def test_every_module_of_the_folder_is_a_source(name: str) -> None:
    found = sources.module(name)
    assert isinstance(found, ModuleType)
    assert callable(found.search)
    assert found.key_of(SourceRecord("made-up", "Made-up")) == ""
    assert found.OVERLAP_DAYS >= 0

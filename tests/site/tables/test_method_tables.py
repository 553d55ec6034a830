"""Tables of the methods: sources, search log, instruments, discrepancies, versions and quotes."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.instrument import Better, MinimalImportantChange
from generator.model.records import Records
from generator.model.search_run import SourceRun
from generator.review import Review
from generator.site.tables import discrepancies, instruments, quotes, search_runs, sources, versions
from generator.wording.table import Cell, Cells, Link, Table
from tests.evidence import TODAY, read

MODULES = [discrepancies, instruments, quotes, search_runs, sources, versions]


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def empty(review: Review) -> Review:
    return Review(Records(protocol=review.protocol), review.protocol, TODAY)


def one_cell(cells: Cells) -> Cell:
    assert isinstance(cells, Cell)
    return cells


def listed(cells: Cells) -> list[str]:
    return [cells.text] if isinstance(cells, Cell) else [one.text for one in cells]


@pytest.mark.parametrize("module", MODULES)
def test_every_row_has_a_cell_for_every_column(review: Review, module: object) -> None:
    table: Table = module.table(review)  # type: ignore[attr-defined]
    assert table.rows
    for row in table.rows:
        assert set(row) == {column.key for column in table.columns}


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        (discrepancies, "No discrepancy has been found in any record."),
        (instruments, "No instrument is on file."),
        (search_runs, "No search has been recorded."),
        (versions, "No version has been published yet."),
    ],
)
def test_an_empty_table_says_so(empty: Review, module: object, sentence: str) -> None:
    table: Table = module.table(empty)  # type: ignore[attr-defined]
    assert (table.rows, table.empty) == ((), sentence)


def test_sources_say_when_they_were_searched_and_whether_they_are_late(review: Review) -> None:
    index, register, society, lists = sources.table(review).rows
    assert one_cell(index["late"]).value == "late"
    assert 'lr-badge--warning">late' in str(one_cell(index["late"]).markup)
    assert one_cell(society["late"]).text == "in time"
    assert (one_cell(lists["late"]).text, one_cell(lists["every_days"]).text) == ("no schedule", "not scheduled")
    assert [one_cell(row["asked_by"]).text for row in (index, register, society, lists)] == [
        "the program of this review",
        "people, on schedule",
        "the program of this review",
        "people, without a schedule",
    ]
    assert one_cell(register["last_searched"]).text == "2025-01-11"
    assert [one_cell(row["every_days"]).text for row in (index, society)] == ["every day", "every 7 days"]


def test_a_source_that_was_never_searched_or_failed_says_so(review: Review, empty: Review) -> None:
    index = sources.table(empty).rows[0]
    assert (one_cell(index["last_searched"]).text, one_cell(index["last_searched"]).download) == ("never", "")
    assert "late: never searched" in str(one_cell(index["late"]).markup)
    assert (one_cell(index["last_failed"]).text, one_cell(index["last_failed"]).download) == ("not asked yet", "")
    searched = one_cell(sources.table(review).rows[2]["last_failed"])
    assert (searched.text, searched.download) == ("no", "")
    night = {"2025/2025-01-10": review.records.searches["2025/2025-01-10"]}
    failed = Review(replace(review.records, searches=night), review.protocol, TODAY)
    register = sources.table(failed).rows[1]
    assert one_cell(register["last_failed"]).value == "2025-01-10"
    assert "failed 2025-01-10" in str(one_cell(register["last_failed"]).markup)


def test_failed_not_reported_and_0_are_three_different_things() -> None:
    failed = SourceRun.model_validate({"source": "tea-index", "hits": None, "error": "made-up failure"})
    unknown = SourceRun.model_validate({"source": "tea-index", "hits": "NR"})
    none = SourceRun.model_validate({"source": "tea-index", "hits": "0"})
    cells = [search_runs.count_cell(part, part.hits) for part in (failed, unknown, none)]
    assert [(one.text, one.missing, one.download) for one in cells] == [
        ("failed", False, ""),
        ("not reported", True, "NR"),
        ("0", False, 0),
    ]
    assert "lr-badge--warning" in str(cells[0].markup)
    partly = SourceRun.model_validate({"source": "tea-index", "hits": None, "received": 200, "error": "cut off"})
    assert search_runs.count_cell(partly, partly.received).value == 200, "what was received before the failure"


def test_the_log_says_why_a_source_failed(review: Review) -> None:
    (row,) = [
        one
        for one in search_runs.table(review).rows
        if one_cell(one["at"]).text == "2025-01-10 03:15" and one_cell(one["source"]).value == "cup-register"
    ]
    answer = one_cell(row["answer"])
    assert answer.text == "made-up failure: 503 <Service Unavailable> | try later"
    assert str(answer.value).startswith("failed: made-up failure")
    assert one_cell(row["strategy"]).text == "hiccup AND tea"
    days = [one_cell(one["at"]).text for one in search_runs.table(review).rows]
    assert days[0] == "2025-01-11 10:00"
    assert days[-1] == "2024-03-01", "a run whose hour is not known is a day"


def test_instruments_give_their_changes_as_a_list_with_how_far_they_were_checked(review: Review) -> None:
    counted, calm, sip, free = instruments.table(review).rows
    first, second = counted["minimal_important_change"]  # type: ignore[misc]
    assert isinstance(first, Cell)
    assert isinstance(second, Cell)
    assert (first.text, first.badges) == ("2 hiccups per hour", ("not yet checked at its source",))
    assert first.note == "Made-up Counting Group 2020; people: made-up adults"
    assert second.note == "Made-up & Sons <2019>; people: not reported; As printed."
    assert one_cell(counted["range"]).text == "0 to 3600"
    assert one_cell(sip["better"]).text == "direction ambiguous"
    assert one_cell(sip["range"]).text == "not on file"
    assert one_cell(free["range"]).text == "none: it is counted"
    assert one_cell(calm["minimal_important_change"]).missing
    assert listed(counted["outcomes"]) == ["Made-up hiccups"]


def test_a_change_that_was_read_at_its_source_carries_no_badge() -> None:
    change = MinimalImportantChange.model_validate(
        {"value": "1", "unit": "points", "population": "made-up adults", "citation": "Made-up 2020", "verified": "true"}
    )
    assert instruments.change_cell(change).badges == ()


def test_a_count_has_no_range_and_a_scale_without_one_is_not_on_file(review: Review) -> None:
    calm = review.instruments["calm-scale"].model_copy(update={"range": None})
    assert instruments.range_cell(calm).text == "not on file"
    counted = calm.model_copy(update={"better": Better.NOT_APPLICABLE})
    assert instruments.range_cell(counted).text == "none: it is counted"


def test_discrepancies_stand_major_first_with_the_words_that_show_them(review: Review) -> None:
    major, *others = discrepancies.table(review).rows
    assert one_cell(major["severity"]).text == "major"
    assert one_cell(major["where"]).link == Link("studies/solo-2020.md")
    (words,) = major["words"]  # type: ignore[misc]
    assert isinstance(words, Cell)
    assert words.text.startswith("“Hiccups per hour fell")
    assert words.sources == (Link("studies/solo-2020.md", "quote-a2"),)
    assert {one_cell(row["severity"]).text for row in others} == {"minor"}
    assert one_cell(others[0]["status"]).text == "open"
    assert one_cell(others[-1]["status"]).text == "resolved"
    assert one_cell(others[-1]["status"]).note.startswith("Two people left")
    assert one_cell(others[0]["words"]).missing


def test_versions_stand_newest_first_with_what_they_changed(review: Review) -> None:
    second, first = versions.table(review).rows
    assert one_cell(second["version"]).link == Link("versions.md", "version-1-1")
    assert listed(second["added"]) == ["Steeply 2024"]
    assert listed(second["removed"]) == ["none"]
    assert listed(first["authors"]) == ["Made-up Pat", "Made-up Sam O'Nobody <sam>", "Made-up Kim"]
    author = first["authors"][0]  # type: ignore[index]
    assert author.note == "Conceptualization, Writing – original draft"
    assert one_cell(first["doi"]).link == Link(url="https://doi.org/10.5555/made-up.tea.v1")


def test_every_quote_is_listed_once_with_its_verdict_and_its_place(review: Review) -> None:
    rows = quotes.table(review).rows
    n_kept = len(review.protocol.quotes) + sum(
        len(record.quotes)
        for kept in (review.records.included, review.records.excluded, review.records.trials)
        for record in kept.values()
    )
    assert len(rows) == n_kept
    by_record = {one_cell(row["record"]).text: row for row in rows}
    assert one_cell(by_record["protocol"]["record"]).link == Link("protocol.md", "quote-g1")
    assert one_cell(by_record["protocol"]["verdict"]).value == "not verifiable"
    assert one_cell(by_record["Espresso 2021"]["record"]).link == Link("excluded.md", "excluded-espresso-2021")
    assert one_cell(by_record["Steeply 2024"]["verdict"]).value == "verified"


def test_quotes_of_a_search_lead_to_the_page_of_searches(real_review: Path) -> None:
    rows = quotes.table(read(real_review)).rows
    found = [row for row in rows if one_cell(row["kind"]).text == "search day"]
    assert found
    assert all(one_cell(row["record"]).link.page == "searches.md" for row in found)  # type: ignore[union-attr]
    assert {one_cell(row["verdict"]).value for row in rows} == {"verified"}

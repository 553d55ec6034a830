"""Tables of records that are not included: awaiting, candidates, excluded, and the ledger of those set aside."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.decision import ScreenedYear
from generator.model.records import Records
from generator.review import Review
from generator.site.tables import awaiting, candidates, excluded, screened
from generator.wording.table import Cell, Cells, Link, Table
from tests.evidence import TODAY, read


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def empty(review: Review) -> Review:
    return Review(Records(protocol=review.protocol), review.protocol, TODAY)


def listed(cells: Cells) -> list[str]:
    return [cells.text] if isinstance(cells, Cell) else [one.text for one in cells]


def one_cell(cells: Cells) -> Cell:
    assert isinstance(cells, Cell)
    return cells


@pytest.mark.parametrize("module", [awaiting, candidates, excluded, screened])
def test_every_row_has_a_cell_for_every_column(review: Review, module: object) -> None:
    table: Table = module.table(review)  # type: ignore[attr-defined]
    assert table.rows
    for row in table.rows:
        assert set(row) == {column.key for column in table.columns}


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        (awaiting, "Nothing awaits classification."),
        (candidates, "No candidate is waiting for a decision."),
        (excluded, "No study has been excluded at full text."),
        (screened, "No record has been excluded on title and abstract."),
    ],
)
def test_an_empty_table_says_so(empty: Review, module: object, sentence: str) -> None:
    table: Table = module.table(empty)  # type: ignore[attr-defined]
    assert (table.rows, table.empty) == ((), sentence)


def test_trials_and_records_await_with_why_and_since_when(review: Review) -> None:
    trial, _, record = awaiting.table(review).rows
    assert one_cell(trial["record"]).link == Link("trials/CTRI-2099-01-099903.md")
    assert one_cell(trial["since"]).text == "2024-03-01"
    why = one_cell(trial["why"])
    assert str(why.download).startswith("registry says completed, seen 2024-03-01; no results of it are included;")
    assert str(why.markup) == why.text.replace("completed", '<abbr title="COMPLETED">completed</abbr>')
    assert one_cell(record["record"]).link == Link("awaiting.md", "candidate-samovar-2023")
    assert one_cell(record["why"]).text == "The made-up library is closed."
    assert listed(record["by"]) == ["Made-up Pat", "Made-up Sam O'Nobody <sam>"]
    assert (one_cell(record["days"]).value, one_cell(trial["kind"]).text) == (318, "registered trial")


def test_a_candidate_shows_where_when_and_why_it_was_found(review: Review) -> None:
    infusion, reversing, retracted = candidates.table(review).rows
    assert one_cell(infusion["title"]).text.startswith("A <b>bold</b> made-up infusion [x](javascript:alert(1))")
    assert one_cell(infusion["title"]).link == Link("candidates.md", "candidate-infusion-2024")
    assert listed(infusion["found"]) == [
        "Made-up Tea Index, 2024-09-01",
        "Website of the Made-up Society <of> Tea, 2024-09-02",
    ]
    assert listed(infusion["matched"]) == ["made-up tea", "hiccup*"]
    assert (one_cell(infusion["days"]).value, one_cell(infusion["late"]).value) == (153, True)
    assert (one_cell(reversing["days"]).value, one_cell(reversing["late"]).value) == (22, False)
    (same,) = reversing["possible_duplicates"]  # type: ignore[misc]
    assert same.link == Link("candidates.md", "candidate-W9999999903")
    assert one_cell(reversing["year"]).text == "not reported"
    assert one_cell(retracted["title"]).badges == ("flagged as retracted",)


def test_nobody_having_asked_is_not_the_same_as_not_flagged(review: Review) -> None:
    states = [one_cell(row["retracted"]) for row in candidates.table(review).rows]
    assert [(one.text, one.download) for one in states] == [
        ("not checked", ""),
        ("not flagged", False),
        ("flagged as retracted", True),
    ]


def test_a_title_that_nobody_has_read_says_so(review: Review) -> None:
    candidate = review.records.candidates["samovar-2023"]
    unread = candidate.model_validate(candidate.model_dump(exclude_none=True) | {"title": "NR"})
    said = candidates.title_cell(unread, "samovar-2023")
    assert (said.text, said.download) == ("samovar-2023, title not known yet", "NR")


def test_an_excluded_study_gives_its_reason_its_words_and_who_decided(review: Review) -> None:
    espresso, withdrawn = excluded.table(review).rows
    assert one_cell(espresso["reason"]).text == "No made-up tea"
    assert listed(espresso["note"]) == ["Coffee only.", "“Everybody drank coffee.”"]
    said = espresso["note"][1]  # type: ignore[index]
    assert "the text is not on file" in said.note, "a quote that cannot be checked does not read as checked"
    assert listed(espresso["by"]) == ["Made-up Pat", "Made-up Sam O'Nobody <sam>"]
    assert espresso["by"][1].note == "on 2024-03-03"  # type: ignore[index]
    assert listed(withdrawn["reports"])[1] == "Notice of 2020-05-04: Retracted by the made-up editors."
    first, notice = withdrawn["reports"]  # type: ignore[misc]
    assert first.note == "retracted (Made-up Notices, asked on 2024-09-10)"
    assert notice.link == Link(url="https://doi.org/10.5555/made-up.2019.r")


def test_the_ledger_keeps_every_line_and_its_reason(review: Review) -> None:
    rows = screened.table(review).rows
    assert len(rows) == 4
    assert one_cell(rows[1]["title"]).text == "Made-up tea for made-up yawns <img src=x onerror=alert(1)>"
    assert (one_cell(rows[0]["reason"]).text, one_cell(rows[0]["reason"]).value) == ("No made-up tea", "no-tea")
    assert one_cell(rows[3]["title"]).download == "NR"
    assert one_cell(rows[3]["year"]).download is None, "nobody looked"
    assert one_cell(rows[0]["by"]).text == "pat, sam"


def test_the_ledger_says_when_and_by_what_a_record_was_first_found(review: Review) -> None:
    rows = screened.table(review).rows
    assert [(one_cell(row["found_on"]).download, one_cell(row["source"]).download) for row in rows] == [
        ("2024-03-01", "tea-index"),
        ("2024-03-01", "tea-index"),
        (None, "tea-index"),
        (None, "tea-index"),
    ]
    named = {"source": "pat", "on": "2024-02-28"}
    site = {"source": "tea-society", "on": "2024-02-29"}
    index = {"source": "tea-index", "on": "2024-03-01"}

    def first(*found: dict[str, str]) -> tuple[object, object]:
        line = review.records.screened["2024"].records[0].model_dump(mode="json", exclude_unset=True)
        ledger = ScreenedYear.model_validate({"records": [line | {"found": list(found)}]})
        (row,) = screened.table(Review(Records(screened={"2024": ledger}), review.protocol, TODAY)).rows
        return one_cell(row["found_on"]).download, one_cell(row["source"]).download

    assert first(named) == ("2024-02-28", "pat")
    assert first(site, named) == ("2024-02-28", "tea-society")
    assert first(named, site, index) == ("2024-02-28", "tea-index"), "a database comes before all else, as in the flow"


def test_the_counts_of_the_ledger_add_up(review: Review) -> None:
    table = screened.count_table(review)
    assert [column.label for column in table.columns] == ["Reason", "2024", "2025", "All years"]
    assert [[one_cell(row[column.key]).text for column in table.columns] for row in table.rows] == [
        ["Not about made-up hiccups", "1", "1", "2"],
        ["No made-up tea", "1", "0", "1"],
        ["Not an investigation <i>at all</i> | a poem", "1", "0", "1"],
        ["All reasons", "3", "1", "4"],
    ]
    nothing = Review(replace(review.records, screened={}), review.protocol, TODAY)
    assert screened.count_table(nothing).rows == ()

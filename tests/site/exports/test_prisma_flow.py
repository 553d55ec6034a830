"""PRISMA.csv: the fields that the R package PRISMA2020 reads, with unknown counts as NA."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.search_run import SearchDay
from generator.review import Review
from generator.site.exports import prisma_flow
from tests.evidence import read, with_protocol

FIELDS = [
    "previous_studies",
    "previous_reports",
    "database_results",
    "database_specific_results",
    "register_results",
    "register_specific_results",
    "website_results",
    "organisation_results",
    "citations_results",
    "duplicates",
    "excluded_automatic",
    "excluded_other",
    "records_screened",
    "records_excluded",
    "dbr_sought_reports",
    "dbr_notretrieved_reports",
    "dbr_assessed",
    "dbr_excluded",
    "other_sought_reports",
    "other_notretrieved_reports",
    "other_assessed",
    "other_excluded",
    "new_studies",
    "new_reports",
    "total_studies",
    "total_reports",
    "identification",
    "screening",
    "included",
    "total_studies_ma",
    "total_reports_ma",
]
REGISTERED = "Identification of new studies via databases and registers"


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def rows_of(review: Review) -> list[dict[str, str]]:
    ((path, text),) = prisma_flow.files(review)
    assert path == "data/PRISMA.csv"
    return list(csv.DictReader(io.StringIO(text, newline="")))


def numbers(review: Review) -> dict[str, str]:
    return {row["data"]: row["n"] for row in rows_of(review) if row["data"] != "NA"}


def test_columns_and_fields_are_those_of_the_package(review: Review) -> None:
    rows = rows_of(review)
    assert list(rows[0]) == ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
    assert sorted(row["data"] for row in rows if row["data"] != "NA") == sorted(FIELDS)
    titles = {row["box"] for row in rows if row["data"] == "NA"}
    assert titles == {"prevstud", "newstud", "othstud"}
    nodes = [row["node"] for row in rows if row["node"] != "NA"]
    assert sorted(nodes) == sorted(f"node{number}" for number in range(1, 24))
    assert all(row["boxtext"] and row["n"] for row in rows)


def test_numbers_of_the_made_up_review(review: Review) -> None:
    found = numbers(review)
    assert (found["database_results"], found["register_results"], found["citations_results"]) == ("15", "14", "1")
    assert found["database_specific_results"] == "Made-up Tea Index, 15"
    assert (found["duplicates"], found["excluded_automatic"], found["excluded_other"]) == ("11", "0", "NA")
    assert (found["records_screened"], found["records_excluded"]) == ("15", "4")
    assert (found["dbr_assessed"], found["dbr_excluded"]) == ("11", "No made-up tea, 1; Retracted, 1")
    assert (found["other_assessed"], found["other_excluded"]) == ("1", "None, 0")
    assert (found["new_studies"], found["new_reports"], found["total_studies"]) == ("4", "6", "4")
    assert (found["total_studies_ma"], found["total_reports_ma"]) == ("NA", "NA")


def with_search(review: Review, **counts: object) -> Review:
    run = {"kind": "manual", "at": "2025-01-20", "sources": [{"source": "tea-index", **counts}]}
    searches = {"2025/2025-01-20": SearchDay.model_validate({"runs": [run]})}
    return Review(replace(review.records, searches=searches), review.protocol, review.today)


def words(review: Review) -> dict[str, str]:
    return {row["data"] if row["data"] != "NA" else row["box"]: row["boxtext"] for row in rows_of(review)}


def test_unknown_counts_are_na_and_never_zero(review: Review) -> None:
    found = numbers(with_search(review, hits="NR"))
    assert (found["database_results"], found["duplicates"], found["excluded_other"]) == ("NA", "NA", "NA")
    assert found["database_specific_results"] == "Made-up Tea Index, NA"


def test_where_the_package_would_write_that_nothing_was_removed_the_words_say_otherwise(review: Review) -> None:
    unknown, undivided = with_search(review, hits="NR"), with_search(review, hits=10, received=10, new=6)
    assert words(unknown)["newstud"] == f"{REGISTERED} (number removed: not reported)"
    assert words(undivided)["newstud"] == words(review)["newstud"] == REGISTERED
    found = numbers(undivided)
    assert (found["duplicates"], found["excluded_automatic"], found["excluded_other"]) == ("NA", "NA", "4")
    assert words(undivided)["excluded_other"] == "Reasons not reported"
    assert words(unknown)["excluded_other"] == words(review)["excluded_other"] == "Records removed for other reasons"


def test_boxes_lead_to_the_site_from_wherever_the_drawing_lies(review: Review) -> None:
    rows = rows_of(with_protocol(review, site="https://made-up.example/"))
    drawn = {row["box"]: row["url"] for row in reversed(rows)}
    assert drawn.pop("box1") == "https://made-up.example/evidence.html"
    assert all(url.startswith("https://made-up.example/") for url in drawn.values())
    (first, *_) = rows_of(with_protocol(review, site=None))
    assert first["url"] == "evidence.html"


def test_a_name_cannot_end_its_own_number_or_box_or_start_a_formula(review: Review) -> None:
    reasons = tuple(
        reason.model_copy(update={"label": '=made-up, with comma; and "more"'}) if reason.id == "no-tea" else reason
        for reason in review.protocol.exclusion_reasons
    )
    found = numbers(with_protocol(review, exclusion_reasons=reasons))
    assert found["dbr_excluded"] == "'=made-up / with comma / and ”more”, 1; Retracted, 1"


def test_the_base_review_stands_in_the_boxes_for_previous_studies(real_review: Path) -> None:
    found = numbers(read(real_review))
    assert (found["previous_studies"], found["previous_reports"], found["total_studies"]) == ("2", "2", "2")

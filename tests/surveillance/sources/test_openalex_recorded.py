"""Recorded answers of OpenAlex, where they are at hand: every work read whole, against a plain reading of the file."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.model.source_record import SourceRecord
from generator.surveillance.asking.answers import Query, ask
from generator.surveillance.sources import module, openalex
from tests.surveillance.sources.conftest import Serve
from tests.surveillance.sources.server import as_html, as_json, in_turn

QUERY = Query("made-up", "made-up")
LISTS = {
    "list-5-results-null-doi-null-language.2024": 5,
    "list-batch-5-dois-3-found.2026-10": 3,
    "list-title-search-1-article.2025-09-11": 1,
}
WORKS = {
    "work-W2741809807.2025-06": ("10.7717/peerj.4375", "29456894", "PMC5815332", "cc-by", "article"),
    "work-article-of-that-preprint-W4408732759.2025-08-11": (
        "10.1016/j.xgen.2025.100814",
        "40120586",
        "",
        "cc-by",
        "article",
    ),
    "work-null-abstract-W4381738344.2025-08-11": ("10.1007/s40278-023-41815-2", "", "", "", "article"),
    "work-null-doi-W2962935454.2024": ("", "", "", "", "article"),
    "work-preprint-W4393448183.2024-10-09": ("10.1101/2024.04.01.587366", "", "", "cc-by", "preprint"),
}


def read_plainly(said: dict[str, Any]) -> tuple[str, str, str, int, str]:
    """Return number, title, DOI, year and abstract of a work, read without the generator."""
    places = {place: word for word, found in (said.get("abstract_inverted_index") or {}).items() for place in found}
    abstract = " ".join(places[place] for place in sorted(places))
    doi = (said["doi"] or "").removeprefix("https://doi.org/").lower()
    return said["id"].removeprefix("https://openalex.org/"), said["title"], doi, said["publication_year"], abstract


def read_by_us(record: SourceRecord) -> tuple[str, str, str, int | None, str]:
    return record.accession, record.title, record.doi, record.year, record.abstract


def recorded(folder: Path, name: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads((folder / "openalex" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LISTS)
def test_recorded_lists_are_read_whole(serve: Serve, recorded_responses: Path, name: str) -> None:
    found = recorded(recorded_responses, name)
    served = serve({"/works": in_turn(as_json(found))}, "OPENALEX")
    answer = ask(module("openalex"), QUERY, served.web)
    assert (answer.error, answer.n_total) == ("", LISTS[name])
    assert [read_by_us(record) for record in answer.records] == [read_plainly(said) for said in found["results"]]
    for record, said in zip(answer.records, found["results"], strict=True):
        assert record.authors == tuple(one["author"]["display_name"] for one in said.get("authorships", []))


def test_the_recorded_cursor_leads_to_the_next_page(serve: Serve, recorded_responses: Path) -> None:
    found = recorded(recorded_responses, "list-cursor-page-next-cursor.2026-09")
    served = serve({"/works": in_turn(as_json(found), as_json({"meta": {"count": 1}, "results": []}))}, "OPENALEX")
    first, _ = openalex.search(QUERY, served.web)
    assert first.n_total == found["meta"]["count"]
    assert [read_by_us(record) for record in first.records] == [read_plainly(said) for said in found["results"]]
    assert served.requests[1].query["cursor"] == found["meta"]["next_cursor"]


@pytest.mark.parametrize("name", WORKS)
def test_recorded_works_are_read_whole(serve: Serve, recorded_responses: Path, name: str) -> None:
    found = recorded(recorded_responses, name)
    served = serve({"/works/": in_turn(as_json(found))}, "OPENALEX")
    record = openalex.find_again("10.5555/made-up", served.web)
    assert record is not None
    assert read_by_us(record) == read_plainly(found)
    assert (record.doi, record.pmid, record.pmcid, record.licence, record.kind.value) == WORKS[name]
    assert record.venue == found["primary_location"]["source"]["display_name"]
    assert record.retracted is None


def test_the_recorded_work_without_its_number_is_another_layout(serve: Serve, recorded_responses: Path) -> None:
    found = recorded(recorded_responses, "work-select-open.2025-11-04")
    page = as_json({"meta": {"count": 1, "next_cursor": None}, "results": [found]})
    answer = ask(module("openalex"), QUERY, serve({"/works": in_turn(page)}, "OPENALEX").web)
    assert "without its number" in answer.error


def test_the_recorded_page_for_an_unknown_doi_is_no_work(serve: Serve, recorded_responses: Path) -> None:
    page = (recorded_responses / "openalex" / "error-404-unknown-doi.2025-11-04.html").read_text(encoding="utf-8")
    served = serve({"/works/": in_turn(as_html(page, 404))}, "OPENALEX")
    assert openalex.find_again("10.5555/made-up", served.web) is None

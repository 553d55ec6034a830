"""Candidates from groups of records: their ids, and that nothing known of a record is lost or invented."""

import datetime as dt

import pytest

from generator.candidates import Origin, candidate, identifier_for
from generator.dedupe import Group, group
from generator.model.source_record import RecordKind, SourceRecord

ORIGIN = Origin("tea-index", dt.date(2026, 1, 31), "2026/2026-01-31")


def one(**fields: object) -> Group:
    return Group((SourceRecord("tea-index", **({"title": "A made-up title"} | fields)),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "identifier"),
    [
        ({"authors": ("Madeup, Ann B",), "year": 2025}, "madeup-2025"),
        ({"authors": ("Madeup AB",), "year": 2025}, "madeup-2025"),
        ({"authors": ("Madeup A.B.",), "year": 2025}, "madeup-2025"),
        ({"authors": ("A Madeup",), "year": 2025}, "madeup-2025"),
        ({"authors": ("van der Tee, J",), "year": 2025}, "van-der-tee-2025"),
        ({"authors": ("Ogéus, Å",), "year": 2024}, "ogeus-2024"),
        ({"authors": ("李, 雷",), "year": 2024}, "unnamed-2024"),
        ({"authors": ("Madeup, Ann",)}, "madeup-undated"),
        ({}, "unnamed-undated"),
        ({"registration": "CTRI/2020/01/022955"}, "CTRI-2020-01-022955"),
        ({"registration": "NCT01234567", "doi": "10.5555/x", "authors": ("Madeup, Ann",), "year": 2025}, "madeup-2025"),
    ],
)
def test_a_candidate_is_named_after_its_author_and_year_or_its_registration(
    fields: dict[str, object], identifier: str
) -> None:
    assert identifier_for(one(**fields), set()) == identifier


def test_a_name_that_is_taken_gets_the_next_number() -> None:
    named = one(authors=("Madeup, Ann",), year=2025)
    assert identifier_for(named, {"madeup-2025"}) == "madeup-2025-2"
    assert identifier_for(named, {"madeup-2025", "madeup-2025-2"}) == "madeup-2025-3"


def test_what_is_not_known_is_left_out_and_a_missing_title_is_not_reported() -> None:
    fields = candidate(one(title="", place="made-up.ris:1"), ORIGIN, (), ())
    assert fields == {
        "title": "NR",
        "identifiers": {"accession": "made-up.ris:1"},
        "found": [{"source": "tea-index", "on": "2026-01-31", "run": "2026/2026-01-31"}],
    }


def test_a_merge_names_every_record_it_merged_and_the_rule() -> None:
    first = SourceRecord("tea-index", "A made-up study of made-up tea", doi="10.5555/a", place="a.ris:1")
    second = SourceRecord("tea-index", "A made-up study of made-up tea", doi="10.5555/a", pmid="12345", place="a.ris:9")
    (merged,) = group([first, second])
    fields = candidate(merged, ORIGIN, (), ())
    assert fields["identifiers"] == {"doi": "10.5555/a", "pmid": "12345"}
    note = str(fields["note"])
    assert note.startswith("Merged from 2 records by the rules ")
    assert "a.ris:1, a.ris:9" in note


def test_a_retraction_is_flagged_and_a_withdrawn_registration_is_not_called_retracted() -> None:
    assert candidate(one(retracted=True, kind=RecordKind.ARTICLE), ORIGIN, (), ())["retracted"] == "true"
    withdrawn = candidate(one(retracted=True, kind=RecordKind.REGISTRATION, registration="NCT01234567"), ORIGIN, (), ())
    assert "retracted" not in withdrawn
    assert "withdrawn" in str(withdrawn["note"])


def test_abstracts_of_exports_are_not_kept() -> None:
    assert "abstract" not in candidate(one(abstract="Made-up words of a publisher."), ORIGIN, (), ())


def test_links_and_possible_duplicates_are_listed_once_each() -> None:
    fields = candidate(one(), ORIGIN, ["b", "a", "a"], ["c", "c"])
    assert (fields["linked"], fields["possible_duplicates"]) == (["a", "b"], ["c"])

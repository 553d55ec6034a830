"""Candidates from groups of records: their ids, and that nothing known of a record is lost or invented."""

import datetime as dt
from dataclasses import replace

import pytest

from generator.model.registry_record import RegistryRecord
from generator.model.registry_status import RegistryStatus
from generator.model.source_record import RecordKind, SourceRecord
from generator.model.trial import Phase
from generator.surveillance.arriving.candidates import Why, candidate, identifier_for
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.dedupe import Group, group

OCCASION = Occasion(dt.date(2026, 1, 31), "1.2.3")


def one(**fields: object) -> Group:
    return Group((SourceRecord("tea-index", **({"title": "A made-up title"} | fields)),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "identifier"),
    [
        ({"authors": ("Madeup, Ann B",), "year": 2025}, "madeup-2025"),
        ({"authors": ("Madeup AB",), "year": 2025}, "madeup-2025"),
        ({"authors": ("Madeup A.B.",), "year": 2025}, "madeup-2025"),
        ({"authors": ("A Madeup",), "year": 2025}, "madeup-2025"),
        ({"authors": ("Ann Madeup",), "year": 2025}, "madeup-2025"),
        ({"authors": ("Jan van der Tee",), "year": 2025}, "van-der-tee-2025"),
        ({"authors": ("van der Tee, J",), "year": 2025}, "van-der-tee-2025"),
        ({"authors": ("Ogéus, Å",), "year": 2024}, "ogeus-2024"),
        ({"authors": ("李, 雷",), "year": 2024}, "unnamed-2024"),
        ({"authors": ("Madeup, Ann",)}, "madeup-undated"),
        ({}, "unnamed-undated"),
        ({"registration": "CTRI/2020/01/022955"}, "CTRI-2020-01-022955"),
        (
            {"registration": "ISRCTN99999904", "doi": "10.1186/isrctn99999904", "kind": RecordKind.REGISTRATION},
            "ISRCTN99999904",
        ),
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
    fields = candidate(one(title="", place="made-up.ris:1"), OCCASION, Why(), (), ())
    assert fields == {
        "title": "NR",
        "identifiers": {"accession": "made-up.ris:1"},
        "found": [{"source": "tea-index", "on": dt.date(2026, 1, 31), "run": "2026/2026-01-31"}],
    }


def test_a_merge_names_every_record_it_merged_and_the_rule() -> None:
    first = SourceRecord("tea-index", "A made-up study of made-up tea", doi="10.5555/a", place="a.ris:1")
    second = SourceRecord("tea-index", "A made-up study of made-up tea", doi="10.5555/a", pmid="12345", place="a.ris:9")
    (merged,) = group([first, second])
    fields = candidate(merged, OCCASION, Why(), (), ())
    assert fields["identifiers"] == {"doi": "10.5555/a", "pmid": "12345"}
    note = str(fields["note"])
    assert note.startswith("Merged from 2 records by the rules ")
    assert "a.ris:1, a.ris:9" in note


def test_a_retraction_is_flagged_and_a_withdrawn_registration_is_not_called_retracted() -> None:
    assert candidate(one(retracted=True, kind=RecordKind.ARTICLE), OCCASION, Why(), (), ())["retracted"] == "true"
    withdrawn = candidate(
        one(retracted=True, kind=RecordKind.REGISTRATION, registration="NCT01234567"), OCCASION, Why(), (), ()
    )
    assert "retracted" not in withdrawn
    assert "withdrawn" in str(withdrawn["note"])


def test_abstracts_of_exports_are_not_kept() -> None:
    assert "abstract" not in candidate(one(abstract="Made-up words of a publisher."), OCCASION, Why(), (), ())


@pytest.mark.parametrize("licence", ["cc-by", "CC BY 4.0", "cc0", "cc-by-sa"])
def test_an_abstract_under_an_open_licence_is_kept_with_it(licence: str) -> None:
    fields = candidate(one(abstract="Made-up words.", licence=licence), OCCASION, Why(), (), ())
    assert (fields["abstract"], fields["licence"]) == ("Made-up words.", licence)


@pytest.mark.parametrize("licence", ["cc-by-nc", "cc-by-nd", "publisher-specific-oa", "cc-by-nc-sa"])
def test_an_abstract_under_another_licence_is_not_kept(licence: str) -> None:
    assert "abstract" not in candidate(one(abstract="Made-up words.", licence=licence), OCCASION, Why(), (), ())


def test_a_candidate_says_why_it_is_offered_and_what_its_registry_says() -> None:
    trial = RegistryRecord("NCT01234567", status_as_printed="RECRUITING", n_enrolled=20, countries=("Nowhere",))
    group = one(registration="NCT01234567", trial=trial, linked=("PMID:1",))
    fields = candidate(group, OCCASION, Why(("tea", "hiccup"), 72, ("tea",)), (), ())
    assert (fields["matched"], fields["priority"]) == (["tea", "hiccup"], {"score": 72, "terms": ["tea"]})
    assert fields["note"] == "The registry says: RECRUITING; 20 people; countries: Nowhere."
    assert fields["linked"] == ["PMID:1"]


def test_a_copy_of_a_registration_is_not_called_the_registry() -> None:
    copy = RegistryRecord("NCT01234567", home=False, status_as_printed="Recruiting", registry_updated="2020-03-01")
    fields = candidate(one(registration="NCT01234567", trial=copy), OCCASION, Why(), (), ())
    assert fields["note"] == (
        "A copy of 2020-03-01 of the registration on another platform, perhaps out of date, says: Recruiting."
    )
    assert "registry_status" not in fields


def test_a_long_plan_of_treatment_is_shortened_in_the_note() -> None:
    trial = RegistryRecord("NCT01234567", intervention="made-up cup " * 500, countries=("Nowhere",))
    note = str(candidate(one(registration="NCT01234567", trial=trial), OCCASION, Why(), (), ())["note"])
    assert note.endswith("made-up cup […]; countries: Nowhere.")
    assert len(note) < 400


def test_the_registry_itself_is_quoted_before_a_copy() -> None:
    home = RegistryRecord("NCT01234567", status_as_printed="COMPLETED", phases=(Phase.NA,))
    copy = RegistryRecord("NCT01234567", home=False, status_as_printed="Recruiting")
    records = [
        SourceRecord(source, "A made-up trial", registration="NCT01234567", kind=RecordKind.REGISTRATION, trial=trial)
        for source, trial in (("copies", copy), ("cup-register", home))
    ]
    (merged,) = group(records)
    assert str(candidate(merged, OCCASION, Why(), (), ())["note"]).startswith("The registry says: COMPLETED. ")


def test_a_registration_says_when_it_is_complete_and_whether_results_are_posted() -> None:
    trial = RegistryRecord("NCT01234567", start="2024-01", completion="2025-02", has_results=True)
    note = candidate(one(registration="NCT01234567", trial=trial), OCCASION, Why(), (), ())["note"]
    assert note == "The registry says: start 2024-01; completion 2025-02; results posted."


@pytest.mark.parametrize("is_home", [True, False])
def test_a_registration_that_says_nothing_is_told_to_show_no_status(*, is_home: bool) -> None:
    trial = RegistryRecord("NCT01234567", home=is_home)
    note = str(candidate(one(registration="NCT01234567", trial=trial), OCCASION, Why(), (), ())["note"])
    assert note.endswith("says: no status.")


@pytest.mark.parametrize("updated", ["2025-12-24", ""])
def test_the_status_of_the_registry_itself_is_kept_with_the_day_it_changed(updated: str) -> None:
    trial = RegistryRecord("NCT01234567", status=RegistryStatus.COMPLETED, registry_updated=updated)
    fields = candidate(one(registration="NCT01234567", trial=trial), OCCASION, Why(), (), ())
    held = {"registry_updated": updated} if updated else {}
    assert fields["registry_status"] == {"seen": "2026-01-31", "status": "COMPLETED", "by": "nightly"} | held


def test_of_several_records_of_one_document_one_need_say_it() -> None:
    kinds = {"kind": RecordKind.REGISTRATION, "registration": "NCT01234567"}
    records = [SourceRecord("tea-index", "A made-up trial", **kinds), SourceRecord("cup-register", "", **kinds)]  # type: ignore[arg-type]
    records[1] = replace(records[1], year=2025, retracted=True)
    fields = candidate(Group(tuple(records)), OCCASION, Why(), (), ())
    assert fields["year"] == 2025
    assert "withdrawn" in str(fields["note"])


def test_its_number_in_the_source_names_a_record_rather_than_its_place_in_a_file() -> None:
    fields = candidate(one(accession="A1", place="made-up.ris:1"), OCCASION, Why(), (), ())
    assert fields["identifiers"] == {"accession": "A1"}


def test_every_source_that_returned_it_is_kept() -> None:
    first = SourceRecord("tea-index", "A made-up study of made-up tea", doi="10.5555/a", accession="1")
    second = SourceRecord("cup-register", "A made-up study of made-up tea", doi="10.5555/a", accession="2")
    (merged,) = group([first, second])
    fields = candidate(merged, OCCASION, Why(), (), ())
    assert sorted(found["source"] for found in fields["found"]) == ["cup-register", "tea-index"]  # type: ignore[attr-defined]
    assert "1 in tea-index" in str(fields["note"])


def test_links_and_possible_duplicates_are_listed_once_each() -> None:
    fields = candidate(one(), OCCASION, Why(), [*"fedcba", "a"], [*"zyxwvu", "z"])
    assert (fields["linked"], fields["possible_duplicates"]) == ([*"abcdef"], [*"uvwxyz"])

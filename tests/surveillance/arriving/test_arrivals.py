"""What comes of records that arrive: new candidates, known ones, and several documents under one identifier."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.keeping import recording
from generator.model.source_record import RecordKind, SourceRecord
from generator.problems import Level
from generator.records import checking
from generator.surveillance.arriving.arrivals import Arrivals, Held, arrive, held_by
from generator.surveillance.arriving.candidates import Why
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.dedupe import Group

OCCASION = Occasion(dt.date(2026, 1, 31), "1.2.3")
SHARED = "10.5555/made-up-supplement"


def abstract(title: str, author: str) -> SourceRecord:
    kind = RecordKind.CONFERENCE_ABSTRACT
    return SourceRecord("tea-index", title, (author,), 2025, doi=SHARED, kind=kind, accession=title)


ONE = abstract("Made-up black tea in made-up adults who hiccup", "Madeup, Ann")
TWO = abstract("A made-up survey of kettles and their handles", "Fiction, Bo")


def nothing(groups: Sequence[Group]) -> list[Why]:
    return [Why()] * len(groups)


def arrived(received: Sequence[SourceRecord], known: Iterable[tuple[str, SourceRecord]] = ()) -> Arrivals:
    return arrive(received, Held(list(known), {"madeup-2025"}), OCCASION, nothing)


def repetitions(root: Path) -> list[str]:
    """Return the errors about the DOI that is shared; the search run that the candidates name is not written here."""
    found = [one for one in checking.check(root).problems if one.level is Level.ERROR]
    return [f"{one.path} {one.field}" for one in found if SHARED in one.message]


def test_abstracts_that_share_a_doi_are_offered_one_by_one_and_name_each_other(made_up_copy: Path) -> None:
    found = arrived([ONE, TWO])
    assert {key: fields.get("possible_duplicates") for key, fields in found.candidates.items()} == {
        "madeup-2025-2": ["fiction-2025"],
        "fiction-2025": ["madeup-2025-2"],
    }
    recording.record(made_up_copy, found.files)
    assert repetitions(made_up_copy) == []


def test_a_new_abstract_names_the_known_one_with_its_doi(made_up_copy: Path) -> None:
    first = arrived([ONE])
    recording.record(made_up_copy, first.files)
    second = arrived([TWO], [("madeup-2025-2", ONE)])
    assert second.candidates["fiction-2025"]["possible_duplicates"] == ["madeup-2025-2"]
    recording.record(made_up_copy, second.files)
    assert repetitions(made_up_copy) == []


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ({"url": "ftp://example.org/made-up"}, "identifiers.url ftp://example.org/made-up"),
        ({"url": "https://example.org/" + "a" * 9_000}, "identifiers.url https://example.org/aaa"),
        ({"year": 3000}, "year 3000"),
        ({"published": "2026-13"}, "published 2026-13"),
        ({"pmid": "0"}, "identifiers.pmid 0"),
        ({"title": "<untitled>"}, "title <untitled>"),
        ({"doi": "", "openalex": "W1", "accession": ""}, "identifiers.openalex W1"),
        ({"title": "Made\x07up\x96 \ud83d tea"}, ""),
        ({"title": "  "}, ""),
        ({"venue": "Made\x0bup"}, ""),
        ({"authors": ("Made\x00up, Ann",)}, ""),
        ({"abstract": "Made\tup\r\ntea\x85", "licence": "cc-by"}, ""),
        ({"url": "https://example.org/a'b c"}, ""),
    ],
)
def test_an_odd_value_costs_neither_the_record_nor_those_beside_it(odd: dict[str, Any], told: str) -> None:
    record = replace(ONE, **{"doi": "10.5555/odd", "accession": "odd", "authors": ("Odd, Una",)} | odd)
    found = arrived([record, TWO])
    assert len(found.files) == 2
    (fields,) = [one for key, one in found.candidates.items() if key != "fiction-2025"]
    note = str(fields.get("note", ""))
    assert note.startswith(f"Left out, because a record cannot hold it: {told}") if told else note == ""
    assert fields["identifiers"]


def test_signs_that_no_file_can_hold_leave_a_mark_and_addresses_stay_addresses() -> None:
    record = replace(ONE, title="Made\x07up: p<0.05 & tea\x96", url="https://example.org/a'b c")
    (fields,) = arrived([record]).candidates.values()
    assert fields["title"] == "Made\ufffdup: p<0.05 & tea\ufffd"
    assert fields["identifiers"]["url"] == "https://example.org/a%27b%20c"  # type: ignore[index]


def test_one_doi_in_two_candidates_that_do_not_name_each_other_is_an_error(made_up_copy: Path) -> None:
    recording.record(made_up_copy, arrived([ONE]).files)
    recording.record(made_up_copy, arrived([TWO]).files)
    assert len(repetitions(made_up_copy)) == 2


def test_a_record_known_under_another_identifier_of_tonight_is_no_new_candidate() -> None:
    title = "Made-up green tea in made-up children who hiccup"
    known = SourceRecord("tea-index", title, ("Madeup, Ann",), 2025, doi="10.5555/made-up.green")
    both = SourceRecord("cup-register", title, ("Madeup, Ann",), 2025, doi="10.5555/made-up.green", pmid="39000001")
    pmid_only = SourceRecord("tea-index", "[Untitled, made up]", (), None, pmid="39000001", accession="x")
    found = arrived([both, pmid_only], [("green-2025", known)])
    assert found.known[both] == ("green-2025",)
    assert "green-2025" in found.known[pmid_only] or found.candidates, "known, or offered: never lost"


def test_a_record_that_has_nothing_but_an_address_is_offered() -> None:
    found = arrived([SourceRecord("tea-index", "A made-up page", url="https://example.org/made-up")])
    assert [fields["identifiers"] for fields in found.candidates.values()] == [{"url": "https://example.org/made-up"}]
    assert list(found.files) == ["candidates/unnamed-undated.yml"]


def test_a_candidate_file_ends_with_the_line_that_becomes_the_decision() -> None:
    (content,) = arrived([ONE]).files.values()
    assert content.decode().rstrip().endswith("by: [your-id], on: 2026-01-31}")


LONG = "A made-up randomised trial of black tea against water in adults with made-up hiccups"
PREPRINT = SourceRecord(
    "tea-index", LONG, ("Madeup, Ann",), 2024, doi="10.1101/2024.01.01.000001", kind=RecordKind.PREPRINT
)
ARTICLE = SourceRecord(
    "tea-index", LONG, ("Madeup, Ann",), 2025, doi="10.5555/made-up.article", kind=RecordKind.ARTICLE
)
ALIKE = SourceRecord(
    "tea-index", LONG.replace("randomised", "randomized controlled"), ("Madeup, Ann",), 2025, pmid="39000002"
)


@pytest.mark.parametrize(
    ("one", "two", "field"), [(PREPRINT, ARTICLE, "linked"), (ARTICLE, ALIKE, "possible_duplicates")]
)
def test_what_belongs_together_or_is_perhaps_the_same_is_named_and_not_merged(
    one: SourceRecord, two: SourceRecord, field: str
) -> None:
    together = arrived([one, two]).candidates
    assert len(together) == 2
    first, second = together
    assert (together[first].get(field), together[second].get(field)) == ([second], [first])
    (after,) = arrived([one], [("green-2025", two)]).candidates.values()
    assert after.get(field) == ["green-2025"]


def test_a_name_of_another_branch_is_given_only_where_it_is_nobody_elses_here() -> None:
    for name, named in (("green-2025", ["green-2025"]), ("madeup-2025", None)):
        held = Held([("madeup-2025", TWO)], {"madeup-2025"}, [(name, ARTICLE)])
        found = arrive([PREPRINT, ARTICLE], held, OCCASION, nothing)
        (fields,) = found.candidates.values()
        assert fields.get("linked") == named
        assert found.known[ARTICLE] == (), "known elsewhere, and nothing here is brought up to date by it"


def test_a_branch_that_shares_an_identifier_is_named_where_its_name_is_nobody_elses_here() -> None:
    for name, named in (("fiction-2025", ["fiction-2025"]), ("madeup-2025", None)):
        held = Held([("madeup-2025", ARTICLE)], {"madeup-2025", "fiction-2025"}, [(name, TWO)])
        (fields,) = arrive([ONE], held, OCCASION, nothing).candidates.values()
        assert fields.get("possible_duplicates") == named


def test_the_names_under_which_a_record_is_known_are_in_order() -> None:
    assert arrived([ONE], [(name, ONE) for name in "fedcba"]).known[ONE] == tuple("abcdef")


def test_no_new_candidate_takes_the_name_of_a_study_a_trial_or_a_candidate(made_up_copy: Path) -> None:
    records = checking.check(made_up_copy).records
    kinds = (records.included, records.excluded, records.trials, records.candidates)
    assert all(kinds)
    assert held_by(records).taken == {name for kind in kinds for name in kind}

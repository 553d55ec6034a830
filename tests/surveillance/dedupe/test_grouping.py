"""What holds for all groups of all records: made-up records from few words, so that many of them collide."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.dedupe import Group, Verdict, find_known, group
from generator.surveillance.dedupe.blocking import LARGEST_BLOCK
from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.facts import read_facts
from generator.surveillance.dedupe.matching import IDENTICAL
from generator.surveillance.dedupe.rules import is_vetoed

SUBJECT = "Made-up tea for sore knees in"
TITLES = [
    "",
    "Editorial",
    f"{SUBJECT} runners",
    f"{SUBJECT} runners.",
    f"{SUBJECT} runers",
    f"{SUBJECT} riders",
    f"{SUBJECT} runners: a randomised trial",
    f"{SUBJECT} runners: an economic view",
    f"{SUBJECT} runners. Part I",
    f"{SUBJECT} runners. Part II",
    f"Erratum: {SUBJECT} runners",
    f"RETRACTED: {SUBJECT} runners",
    f"{SUBJECT} runners - Reply",
]
RECORDS = st.builds(
    SourceRecord,
    source=st.sampled_from(["a", "b"]),
    title=st.sampled_from(TITLES),
    authors=st.sampled_from([(), ("Fig, Ada",), ("Fig A",), ("Plum, Bo",)]),
    year=st.sampled_from([None, 2019, 2020, 2021]),
    venue=st.sampled_from(["", "Made-up Journal of Tea", "Made-up J Tea", "Lancet of Tea"]),
    volume=st.sampled_from(["", "3", "4"]),
    issue=st.sampled_from(["", "1"]),
    pages=st.sampled_from(["", "10-19", "10-9", "44"]),
    doi=st.sampled_from(["", "10.5555/a", "https://doi.org/10.5555/A", "10.5555/b", "10.1101/2020.01.01.000001v2"]),
    pmid=st.sampled_from(["", "10000001", "10000002"]),
    registration=st.sampled_from(["", "NCT00000001", "nct00000001", "NCT00000002"]),
    kind=st.sampled_from([RecordKind.ARTICLE, RecordKind.PREPRINT, RecordKind.REGISTRATION]),
    linked=st.sampled_from([(), ("10.5555/b",)]),
)
LISTS = st.lists(RECORDS, max_size=9)


def as_sets(groups: list[Group]) -> set[frozenset[SourceRecord]]:
    return {frozenset(each.records) for each in groups}


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(records: list[SourceRecord], chance: object) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert group(shuffled) == group(records)


@given(LISTS)
def test_every_record_is_in_exactly_one_group(records: list[SourceRecord]) -> None:
    assert Counter(record for each in group(records) for record in each.records) == Counter(records)


@given(LISTS)
def test_no_chain_brings_together_what_a_veto_keeps_apart(records: list[SourceRecord]) -> None:
    for each in group(records):
        for one, two in combinations(set(each.records), 2):
            assert not is_vetoed(Pair(read_facts(one), read_facts(two)))


@given(LISTS)
def test_records_given_twice_make_the_same_groups(records: list[SourceRecord]) -> None:
    assert as_sets(group(records + records)) == as_sets(group(records))


@given(LISTS)
def test_merges_explain_the_whole_group(records: list[SourceRecord]) -> None:
    for each in group(records):
        reached = {each.records[0]}
        for _ in each.merges:
            reached |= {
                r for merge in each.merges for r in (merge.first, merge.second) if reached & {merge.first, merge.second}
            }
        assert reached == set(each.records)
        assert len(each.merges) == len(each.records) - 1
        assert {merge.verdict for merge in each.merges} <= {Verdict.SAME}


@given(LISTS)
def test_what_is_linked_or_possible_stands_in_both_groups_and_joins_two(records: list[SourceRecord]) -> None:
    groups = group(records)
    told = Counter((match.first, match.second) for each in groups for match in (*each.linked, *each.possible))
    assert told == Counter({(second, first): n for (first, second), n in told.items()})
    for each in groups:
        for match in (*each.linked, *each.possible):
            assert match.first in each.records
            assert match.second not in each.records


@given(LISTS, LISTS)
def test_what_is_known_does_not_depend_on_order(new: list[SourceRecord], known: list[SourceRecord]) -> None:
    forwards, backwards = find_known(new, known), find_known(new, reversed(known))
    assert [each.record for each in forwards] == new
    for one, two in zip(forwards, backwards, strict=True):
        assert bool(one.same) == bool(two.same)
        if not one.same:
            assert Counter((*one.linked, *one.possible)) == Counter((*two.linked, *two.possible))


@given(LISTS)
def test_a_record_that_comes_again_is_known(records: list[SourceRecord]) -> None:
    telling = [record for record in records if record.title or record.doi or record.pmid]
    assert all(each.same for each in find_known(telling, telling))


def test_two_documents_are_not_joined_by_a_third_without_title() -> None:
    bare = SourceRecord("a", "", doi="10.5555/congress")
    one = SourceRecord("b", "A made-up trial of tea in desert rats", doi="10.5555/congress")
    two = SourceRecord("b", "Observations on coffee of made-up students", doi="10.5555/congress")
    groups = group([one, bare, two])
    assert sorted(len(each.records) for each in groups) == [1, 2]
    assert [match.verdict for each in groups if len(each.records) == 1 for match in each.possible] == [Verdict.POSSIBLE]


BARE = SourceRecord("a", f"{SUBJECT} runners", ("Fig, Ada",), 2020)
ARTICLE = replace(BARE, source="b", venue="Made-up Journal of Tea", volume="3", pages="10-19")
ABSTRACT = replace(BARE, source="b", venue="44th Made-up Congress of Tea", volume="9", pages="S44")


@pytest.mark.parametrize(
    "other", [replace(ARTICLE, venue="Lancet of Tea", volume="9", pages="44-51"), ABSTRACT], ids=["article", "abstract"]
)
def test_a_record_without_a_place_joins_neither_of_two_documents(other: SourceRecord) -> None:
    """Which of the two it is, a person says; alone with the first it is that one."""
    assert len(group([ARTICLE, BARE])) == 1
    groups = group([ARTICLE, BARE, other])
    assert [len(each.records) for each in groups] == [1, 1, 1]
    (alone,) = (each for each in groups if each.records == (BARE,))
    assert {match.second for match in alone.possible} == {ARTICLE, other}


def test_two_records_without_a_place_join_neither_of_two_documents() -> None:
    second = replace(ARTICLE, volume="9", pages="44-51")
    assert len(group([ARTICLE, second, BARE, replace(BARE, source="c")])) == 4


def test_two_meetings_are_not_joined_by_a_record_without_a_place() -> None:
    abstract = replace(ABSTRACT, volume="", pages="", kind=RecordKind.CONFERENCE_ABSTRACT)
    venues = ("Made-up Congress of Kettles", "Conference of Imaginary Spoons", "")
    assert len(group([replace(abstract, venue=venue) for venue in venues])) == 3


def test_an_identifier_says_which_of_two_documents_it_is() -> None:
    second = replace(ARTICLE, volume="9", pages="44-51")
    named = replace(BARE, doi="10.5555/b")
    groups = group([ARTICLE, replace(second, doi="10.5555/b"), named])
    assert {frozenset(each.records) for each in groups} == {
        frozenset({ARTICLE}),
        frozenset({replace(second, doi="10.5555/b"), named}),
    }


def test_three_copies_of_one_document_are_one_although_two_say_little() -> None:
    records = [ARTICLE, BARE, replace(BARE, source="c", venue="Made-up J Tea")]
    assert len(group(records)) == 1


@pytest.mark.parametrize(
    "other", [replace(ARTICLE, venue="Lancet of Tea", volume="9", pages="44-51"), ABSTRACT], ids=["article", "abstract"]
)
def test_a_record_without_a_place_is_not_taken_for_one_of_two_known_ones(other: SourceRecord) -> None:
    (alone,) = find_known([BARE], [ARTICLE])
    assert len(alone.same) == 1
    (found,) = find_known([BARE], [ARTICLE, other])
    assert found.same == ()
    assert {match.second for match in found.possible} == {ARTICLE, other}
    (again,) = find_known([BARE], [ARTICLE, other, BARE])
    assert [match.rule for match in again.same if match.second == BARE]


def test_copies_are_kept_and_named() -> None:
    record = SourceRecord("a", "Editorial")
    (one,) = group([record, record, record])
    assert one.records == (record, record, record)
    assert [merge.rule for merge in one.merges] == [IDENTICAL, IDENTICAL]


def test_equal_editorials_from_two_places_of_one_file_stay_apart() -> None:
    records = [SourceRecord("a", "Editorial", place=f"made-up.ris:{line}") for line in (1, 9)]
    assert len(group(records)) == 2


def test_an_unchanged_record_without_identifiers_is_not_offered_again() -> None:
    record = SourceRecord("a", "Editorial", ("Fig, Ada",), 2020, place="made-up.ris:1")
    (found,) = find_known([replace(record, place="made-up.ris:9")], [record])
    assert [match.rule for match in found.same] == [IDENTICAL]


def test_a_supplement_with_one_doi_is_compared_in_few_pairs_and_loses_nothing() -> None:
    names = ["ash", "bay", "elm", "fir", "oak", "yew", "fig", "plum", "pear", "lime"]
    abstracts = [
        SourceRecord(
            "a", f"A made-up trial of {one} leaves with {two} bark", (f"{one}, A",), 2020, doi="10.5555/congress"
        )
        for one in names
        for two in names
    ]
    copies = [replace(record, source="b", title=record.title.upper() + ".") for record in abstracts]
    assert len(abstracts) > LARGEST_BLOCK
    assert as_sets(group(abstracts + copies)) == {frozenset(pair) for pair in zip(abstracts, copies, strict=True)}
    assert all(len(each.same) == 1 for each in find_known(copies, abstracts))


@settings(max_examples=300)
@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=20))
def test_any_text_can_be_read(title: str, name: str, place: str) -> None:
    record = SourceRecord("a", title, (name,), 2020, venue=place, volume=place, pages=place, doi=name, pmid=place)
    odd = replace(record, source="b", registration=name, linked=(name, place), accession=place, pmcid=title)
    assert sum(len(each.records) for each in group([record, odd])) == 2


def test_two_pages_known_by_their_address_alone_are_two() -> None:
    known = SourceRecord("by-hand", "", url="https://example.org/made-up-1")
    other = SourceRecord("by-hand", "", url="https://example.org/made-up-2")
    (again,), (apart,) = find_known([known], [known]), find_known([other], [known])
    assert again.same
    assert not apart.same

"""A record that may be what is left of two others is shown beside both. All records are made up."""

from dataclasses import replace

import pytest

from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.dedupe import find_known, group

SHORT = SourceRecord("a", "Made-up tea for the thirst of runners", ("Fig, Ada",), 2020, venue="Made-up Journal of Tea")
SLEEP, WALKING = (replace(SHORT, title=f"{SHORT.title}: effects on {what}") for what in ("sleep", "walking"))
COPY = replace(SHORT, source="b", title=SHORT.title.upper())
ABSTRACTS = [
    replace(record, doi="10.5555/supplement", pages="S354", kind=RecordKind.CONFERENCE_ABSTRACT)
    for record in (SHORT, SLEEP, WALKING, COPY)
]


def kept(record: SourceRecord, lost: tuple[str, ...]) -> SourceRecord:
    """Return a record as it is kept, without some of its fields."""
    return replace(record, source="kept", **dict.fromkeys(lost, ""))  # type: ignore[arg-type]


def test_copies_of_one_title_are_one_beside_one_longer_title() -> None:
    assert [len(each.records) for each in group([SHORT, COPY, SLEEP])] == [2, 1]


def test_copies_that_may_be_left_of_two_longer_titles_are_shown() -> None:
    groups = group([SHORT, COPY, SLEEP, WALKING])
    assert [len(each.records) for each in groups] == [1, 1, 1, 1]
    (shown,) = (each for each in groups if each.records == (COPY,))
    assert SHORT in {match.second for match in shown.possible}


def test_the_same_holds_for_abstracts_of_one_supplement() -> None:
    assert len(group(ABSTRACTS)) == 4
    assert len(group([ABSTRACTS[0], ABSTRACTS[3]])) == 1


def test_a_number_of_a_database_decides() -> None:
    numbered = [replace(record, pmid="10000001") for record in (SHORT, COPY)]
    assert sorted(len(each.records) for each in group([*numbered, SLEEP, WALKING])) == [1, 1, 2]


def test_longer_titles_on_pages_of_their_own_make_nothing_doubtful() -> None:
    places = ("10-19", "10-19", "30-39", "50-59")
    placed = [
        replace(record, volume="3", pages=pages)
        for record, pages in zip((SHORT, COPY, SLEEP, WALKING), places, strict=True)
    ]
    assert sorted(len(each.records) for each in group(placed)) == [1, 1, 2]


def test_a_title_that_may_be_left_of_two_reports_under_one_doi_joins_neither() -> None:
    reports = [replace(record, doi="10.5555/volume") for record in (SHORT, SLEEP, WALKING)]
    assert len(group(reports[:2])) == 1
    assert len(group(reports)) == 3
    (alone,) = find_known(reports[:1], reports[1:2])
    (found,) = find_known(reports[:1], reports[1:])
    assert alone.same
    assert (found.same, len(found.possible)) == ((), 2)


def test_a_record_of_one_year_without_a_place_may_be_that_of_the_next_year() -> None:
    first = replace(SHORT, volume="3", pages="10-19")
    second = replace(SHORT, year=2021, volume="4", pages="30-39")
    bare = replace(COPY, venue="")
    assert len(group([first, bare])) == 1
    assert len(group([first, second, bare])) == 3


def test_a_notice_without_a_title_does_not_join_two_notices_that_are_shown_beside_each_other() -> None:
    notices = [replace(record, title=f"Erratum: {record.title}") for record in ABSTRACTS[:2]]
    bare = replace(ABSTRACTS[0], title="Erratum")
    assert len(group(notices)) == 2
    assert sorted(len(each.records) for each in group([*notices, bare, replace(bare, source="c")])) == [1, 3]


@pytest.mark.parametrize("lost", [(), ("venue",), ("pages", "doi")], ids=["nothing", "venue", "pages and DOI"])
def test_a_record_that_was_shown_once_is_known_afterwards(lost: tuple[str, ...]) -> None:
    """What is kept of a record that was offered may say less; it must not be offered every night again."""
    for records in ([SHORT, COPY, SLEEP, WALKING], ABSTRACTS):
        assert all(found.same for found in find_known(records, [kept(record, lost) for record in records]))

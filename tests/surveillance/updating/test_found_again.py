"""A candidate found again: the source is named once, identifiers are filled in, and nothing else changes."""

import datetime as dt
from dataclasses import replace

import pytest

from generator.model.decision import Candidate
from generator.model.records import Records
from generator.model.source_record import RecordKind, SourceRecord
from generator.records import form, yamlfile
from generator.records.yamledit import EditError
from generator.surveillance.arriving.known import known_records
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.dedupe import find_known
from generator.surveillance.updating.found_again import add_found

OCCASION = Occasion(dt.datetime(2026, 11, 30, 4, 5, 6, tzinfo=dt.UTC), "1.2.3")
TEXT = """\
# A made-up candidate. Nothing in it is true.
title: 'Made-up tea: for made-up hiccups'   # as printed
identifiers: {doi: 10.5555/made-up.1} # by hand
found:
- source: by-hand   # a person
  on: 2026-01-02
note: >-
  A made-up note
  over two lines.
# decision: {outcome: include}
"""
RECORD = SourceRecord("tea-index", "Made-up tea: for made-up hiccups", doi="10.5555/made-up.1")


def candidate(text: str) -> Candidate:
    found, problems = form.validate(Candidate, yamlfile.read(text.encode()), "")
    assert problems == []
    assert found
    return found


def found_again(text: str, record: SourceRecord, *taken: str) -> str:
    return add_found(text, candidate(text), record, OCCASION, taken)


def test_the_source_is_added_below_those_that_are_there() -> None:
    after = found_again(TEXT, RECORD)
    line = "- source: tea-index\n  on: 2026-11-30\n  run: 2026/2026-11-30\n"
    assert after == TEXT.replace("note:", f"{line}note:")
    assert [one.source for one in candidate(after).found] == ["by-hand", "tea-index"]


def test_found_by_the_same_source_again_nothing_changes() -> None:
    once = found_again(TEXT, RECORD)
    assert found_again(once, RECORD) == once


def test_a_second_record_of_the_same_search_sees_what_the_first_added() -> None:
    stored = candidate(TEXT)
    once = add_found(TEXT, stored, RECORD, OCCASION)
    assert add_found(once, stored, RECORD, OCCASION) == once
    twice = add_found(once, stored, replace(RECORD, pmid="123"), OCCASION)
    assert len(candidate(twice).found) == 2
    assert candidate(twice).identifiers.pmid == "123"


def test_identifiers_that_were_missing_are_filled_in_and_others_stay() -> None:
    record = replace(RECORD, doi="10.5555/other", pmid="123", openalex="W99999", url="https://example.org/made-up")
    after = found_again(TEXT, record)
    assert "identifiers: {doi: 10.5555/made-up.1, pmid: 123, openalex: W99999} # by hand\n" in after
    assert candidate(after).identifiers.url is None


def test_an_identifier_of_another_record_is_not_filled_in() -> None:
    held = candidate(found_again(TEXT, replace(RECORD, pmid="123", pmcid="PMC1"), "123")).identifiers
    assert (held.pmid, held.pmcid) == (None, "PMC1")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(RecordKind.REGISTRATION, "NCT99999901"), (RecordKind.ARTICLE, None), (RecordKind.OTHER, None)],
)
def test_a_registration_is_that_of_the_record_only_when_it_is_one(kind: RecordKind, expected: str | None) -> None:
    after = found_again(TEXT, replace(RECORD, registration="NCT99999901", kind=kind))
    assert candidate(after).identifiers.registration == expected


def test_another_openalex_id_is_kept_beside_the_one_on_file_once() -> None:
    known = found_again(TEXT, replace(RECORD, openalex="W11111"))
    merged = found_again(known, replace(RECORD, openalex="W22222"))
    held = candidate(merged).identifiers
    assert (held.openalex, held.aliases) == ("W11111", ("W22222",))
    assert found_again(merged, replace(RECORD, openalex="W22222")) == merged
    assert found_again(merged, replace(RECORD, openalex="W11111")) == merged
    third = candidate(found_again(merged, replace(RECORD, openalex="W33333"))).identifiers
    assert third.aliases == ("W22222", "W33333")


def test_what_comes_under_a_former_id_alone_is_known() -> None:
    text = TEXT.replace("{doi: 10.5555/made-up.1}", "{openalex: W11111, aliases: [W22222]}")
    records = Records(candidates={"made-up": candidate(text)})
    known = {record: name for name, record in known_records(records)}
    came = SourceRecord("tea-index", "Made-up tea: for made-up hiccups", openalex="W22222")
    (match,) = find_known([came], known)
    assert {known[same.second] for same in match.same} == {"made-up"}


@pytest.mark.parametrize(
    ("said", "record", "expected"),
    [
        ("", replace(RECORD, retracted=True), True),
        ("", RECORD, None),
        ("", replace(RECORD, retracted=True, kind=RecordKind.REGISTRATION), None),
        ("retracted: false\n", replace(RECORD, retracted=True), False),
    ],
)
def test_a_retraction_is_written_where_the_file_says_nothing_of_one(
    said: str, record: SourceRecord, expected: bool | None
) -> None:
    text = found_again(TEXT + said, RECORD)
    after = found_again(text, record)
    assert candidate(after).retracted is expected
    assert found_again(after, record) == after


def test_a_list_in_brackets_and_windows_line_ends_stay_so() -> None:
    text = "title: Made-up\r\nidentifiers: {url: 'https://example.org/'}\r\nfound: [{source: a, on: 2026-01-02}]\r\n"
    after = found_again(text, RECORD)
    added = ", {source: tea-index, on: 2026-11-30, run: 2026/2026-11-30}]"
    assert after == text.replace("]", added).replace("{url", "{doi: 10.5555/made-up.1, url")


def test_what_would_spoil_the_file_is_refused() -> None:
    with pytest.raises(EditError, match=r"identifiers\.pmid: expected a PubMed id"):
        found_again(TEXT, replace(RECORD, pmid="0"))


def test_a_file_that_cannot_be_added_to_is_refused() -> None:
    text = "title: Made-up\nidentifiers: {doi: 10.5555/made-up.1}\nmatched: &a [x]\nlinked: *a\n"
    text += "found: [{source: a, on: 2026-01-02}]\n"
    assert "matched: &a [x]\nlinked: *a\n" in found_again(text, RECORD)
    with pytest.raises(EditError, match="no candidate"):
        add_found("title: Made-up\n", candidate(text), RECORD, OCCASION)

"""A candidate that goes is missed, unless its record is somewhere: settled, renamed, or one with another record."""

import datetime as dt

import pytest

from generator.problems import Level
from generator.records.past import Past, Saving

START = dt.date(2025, 3, 1)
PATH = "candidates/W9999999901.yml"
CANDIDATE = b"""title: A made-up title
identifiers: {openalex: W9999999901, doi: 10.5555/Made-Up.1, aliases: [W9999999909]}
"""
OTHER = "candidates/W9999999905.yml"
NOTHING_OF_IT = b"title: Made-up other title\nidentifiers: {openalex: W9999999905}\n"


def after(*steps: dict[str, bytes | None], days: int = 9) -> Past:
    """Return the past in which the candidate and another one were saved, and then each step."""
    past = Past()
    past.save(Saving("found", START), {PATH: CANDIDATE, OTHER: NOTHING_OF_IT})
    for number, step in enumerate(steps, 1):
        past.save(Saving(f"step-{number}", START + dt.timedelta(days * number)), step)
    return past


def missed(past: Past) -> list[tuple[str, str]]:
    return [(one.path, one.message) for one in past.problems(START) if one.level is Level.ERROR]


def test_a_candidate_whose_file_is_deleted_is_missed_until_it_is_back() -> None:
    past = after({PATH: None})
    (told,) = missed(past)
    assert told[0] == f"studies/{PATH}"
    assert "found that commit step-1 of 2025-03-10 removed it" in told[1]
    past.save(Saving("back", START + dt.timedelta(20)), {PATH: CANDIDATE})
    assert missed(past) == []


def test_a_candidate_that_was_decided_is_missed_as_well() -> None:
    decided = CANDIDATE + b"decision: {outcome: awaiting, stage: full-text, by: pat, on: 2025-03-02}\n"
    assert len(missed(after({PATH: decided}, {PATH: None}))) == 1


ELSEWHERE: dict[str, tuple[str, bytes]] = {
    "a study of the same id": ("included/w9999999901.yml", b"title: Made up\n"),
    "an exclusion under another id": ("excluded/made-up.yml", b"reports:\n  - {id: a, doi: 10.5555/made-up.1}\n"),
    "a study with its old number": ("included/made-up.yml", b"reports:\n  - {id: a, aliases: [W9999999901]}\n"),
    "a line of the ledger": ("screened/2025.yml", b"records:\n  - {title: Other, openalex: W9999999901}\n"),
    "a line with no more than a title": ("screened/2025.yml", b"records:\n  - {title: A made-up  title.}\n"),
    "a line under its own old number": ("screened/2025.yml", b"records:\n  - {title: NR, openalex: W9999999909}\n"),
    "another candidate that it was merged into": (OTHER, b"title: M\nidentifiers: {aliases: [W9999999901]}\n"),
    "its file under a new number": (
        "candidates/W9999999907.yml",
        b"title: M\nidentifiers: {openalex: W9999999907, doi: 10.5555/made-up.1}\n",
    ),
}


@pytest.mark.parametrize("where", ELSEWHERE)
def test_a_candidate_whose_record_is_elsewhere_is_not_missed(where: str) -> None:
    path, text = ELSEWHERE[where]
    assert missed(after({PATH: None, path: text})) == []
    assert missed(after({PATH: None}, {path: text})) == [], "the step after is soon enough"


@pytest.mark.parametrize(
    "text",
    [
        b"title: M\nidentifiers: {openalex: W9999999905}\nlinked: [W9999999901]\n",
        b"title: M\nidentifiers: {openalex: W9999999905}\npossible_duplicates: [W9999999901]\n",
    ],
)
def test_a_record_that_only_names_it_beside_itself_is_not_its_record(text: bytes) -> None:
    assert len(missed(after({PATH: None, OTHER: text}))) == 1


def test_two_records_without_a_title_are_not_the_same() -> None:
    untitled = b"title: NR\nidentifiers: {openalex: W999999990%d}\n"
    past = after({PATH: untitled % 1, OTHER: untitled % 5}, {PATH: None})
    assert len(missed(past)) == 1


def test_a_trial_is_known_by_its_registration_and_by_its_other_ones() -> None:
    path, text = "candidates/CTRI-2099-01-099903.yml", b"identifiers: {registration: CTRI/2099/01/099903}\n"
    other = b"title: M\nsecondary_ids: [CTRI/2099/01/099903]\n"
    for trial, said in (("trials/CTRI-2099-01-099903.yml", b"title: M\n"), ("trials/M.yml", other)):
        assert missed(after({path: text}, {path: None, trial: said})) == []
    assert len(missed(after({path: text}, {path: None}))) == 1


def test_what_became_of_a_settled_record_later_is_not_about_its_candidate() -> None:
    study = "included/made-up.yml"
    corrected = b"title: Made up\nreports: [{id: a, doi: 10.5555/other}]\n"
    assert missed(after({PATH: None, study: CANDIDATE}, {study: corrected})) == []


def test_a_candidate_that_was_taken_back_within_a_day_is_excused() -> None:
    assert missed(after({PATH: None}, days=1)) == []


def test_a_candidate_that_was_deleted_and_is_in_no_commit_yet_is_missed() -> None:
    past = after()
    past.save(Saving("", START + dt.timedelta(9)), {PATH: None})
    (told,) = missed(past)
    assert "found that no commit yet, on 2025-03-10 removed it" in told[1]

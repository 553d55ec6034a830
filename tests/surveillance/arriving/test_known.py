"""What the review knows is known again: registrations and studies, by whatever identifier a source returns them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.source_record import RecordKind, SourceRecord
from generator.records import checking
from generator.surveillance.arriving.known import known_records
from generator.surveillance.dedupe import find_known

LEDGER = """\
records:
  - {{title: A made-up trial of made-up tea, year: 2024, {identifiers}, reason: not-tea, by: [pat], on: 2024-06-01}}
"""
Names = Callable[[SourceRecord], set[str]]


@pytest.fixture
def names(made_up_copy: Path) -> Names:
    """Return a function that says what the made-up review knows a record as."""

    def known_as(record: SourceRecord) -> set[str]:
        records = checking.check(made_up_copy).records
        by_record: dict[SourceRecord, set[str]] = {}
        for name, known in known_records(records):
            by_record.setdefault(known, set()).add(name)
        (found,) = find_known([record], by_record)
        return {name for match in found.same for name in by_record[match.second]}

    return known_as


def registered(registration: str) -> SourceRecord:
    return SourceRecord("made-up-registry", "A made-up trial", registration=registration, kind=RecordKind.REGISTRATION)


def test_a_registry_that_is_a_report_of_a_study_is_known(names: Names) -> None:
    assert "dunkwell-2022" in names(registered("NCT99999901"))


@pytest.mark.parametrize("doi", ["10.1186/ISRCTN99999904", "https://doi.org/10.1186/isrctn99999904"])
def test_a_copy_of_a_registration_known_by_its_doi_alone_is_the_known_trial(names: Names, doi: str) -> None:
    copy = SourceRecord("made-up-index", "Another made-up title of a trial", doi=doi, openalex="W9999999999")
    assert names(copy) == {"ISRCTN99999904"}


def test_the_doi_of_another_registration_is_another_trial(names: Names) -> None:
    assert names(SourceRecord("made-up-index", "A made-up trial", doi="10.1186/ISRCTN99999912")) == set()


@pytest.mark.parametrize(
    ("identifiers", "known"),
    [
        ("registration: NCT99999990", True),
        ("registration: ISRCTN99999990, doi: 10.1186/isrctn99999990", True),
        ("registration: NCT99999990, doi: 10.5555/made-up-report", False),
        ("registration: NCT99999990, pmid: 99999990", False),
    ],
)
def test_a_screened_registration_is_known_and_one_that_a_screened_report_names_is_not(
    made_up_copy: Path, names: Names, identifiers: str, known: bool
) -> None:
    (made_up_copy / "studies" / "screened" / "2026.yml").write_text(
        LEDGER.format(identifiers=identifiers), encoding="utf-8"
    )
    registration = identifiers.split()[1].rstrip(",")
    assert bool(names(registered(registration))) is known


def test_a_screened_work_is_known_by_the_number_it_had(made_up_copy: Path, names: Names) -> None:
    line = LEDGER.format(identifiers="openalex: W9999999990, aliases: [W9999999991]")
    (made_up_copy / "studies" / "screened" / "2026.yml").write_text(line, encoding="utf-8")
    for number in ("W9999999990", "W9999999991"):
        assert names(SourceRecord("made-up-index", "A made-up trial of made-up tea", openalex=number))

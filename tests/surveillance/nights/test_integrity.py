"""Every night the reports of included studies are looked up in Crossref; a notice is told, and changes no study."""

import datetime as dt
from collections.abc import Mapping

import pytest

from generator.model.source_record import RecordKind, SourceRecord
from generator.records import store
from generator.surveillance.nightly.integrity import MOST_A_NIGHT, flagged
from tests.surveillance.nights.conftest import Nights
from tests.surveillance.nights.faults import Fault
from tests.surveillance.nights.world import FIRST_DAY

DUNKWELL = "10.5555/made-up.2022(1)1:a?b=1&c"
NOTICE = "10.5555/made-up-notice"


def notice(kind: str) -> Mapping[str, object]:
    return {"type": kind, "DOI": NOTICE, "updated": {"date-parts": [[2026, 5, 5]]}}


def told(nights: Nights, on: dt.date = FIRST_DAY) -> list[str]:
    return [alarm for alarm in nights.search(on, again=True).alarms if "Crossref" in alarm]


def test_a_notice_that_the_records_do_not_know_is_told_until_somebody_writes_it_down(nights: Nights) -> None:
    before = store.load(nights.root).records.included
    nights.world.notices = {DUNKWELL: [notice("retraction")]}
    sentence = (
        f"Crossref says that {DUNKWELL}, a report of the included study dunkwell-2022, was retracted on 2026-05-05 "
        f"(notice {NOTICE})"
    )
    assert told(nights) == [sentence]
    assert told(nights, FIRST_DAY + dt.timedelta(days=1)) == [sentence]
    assert store.load(nights.root).records.included == before
    path = nights.root / "studies/included/dunkwell-2022.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("integrity: {status: corrected,", "integrity: {status: retracted,"), encoding="utf-8")
    assert told(nights, FIRST_DAY + dt.timedelta(days=2)) == []


def test_of_a_study_that_was_taken_out_nothing_is_told(nights: Nights) -> None:
    nights.world.notices = {DUNKWELL: [notice("retraction")]}
    path = nights.root / "studies/included/dunkwell-2022.yml"
    text = path.read_text(encoding="utf-8").replace(
        "decision: {outcome: include,", "decision: {outcome: exclude, reason: no-tea,"
    )
    removed = "  - {on: 2025-01-20, kind: removed, note: Made-up reason.}\n"
    path.write_text(text.replace("\nquotes:\n", f"\n{removed}quotes:\n"), encoding="utf-8")
    assert told(nights) == []
    records = store.load(nights.root).records
    assert records.included["dunkwell-2022"].removal
    assert records.protocol
    gone = SourceRecord("tea-index", "Made up", doi=DUNKWELL, kind=RecordKind.ARTICLE, retracted=True)
    assert list(flagged([gone], {}, records, records.protocol)) == []


@pytest.mark.parametrize("kind", ["correction", "erratum", "new_version"])
def test_what_the_file_says_already_and_what_is_no_notice_is_not_told(nights: Nights, kind: str) -> None:
    nights.world.notices = {DUNKWELL: [notice(kind)]}
    assert told(nights) == []


@pytest.mark.parametrize(
    ("kind", "named"), [("made-up kind", "the type 'made-up kind', which is not known here"), ("", "no stated type")]
)
def test_an_update_of_a_type_that_is_not_known_is_told_until_its_notice_is_on_file(
    nights: Nights, kind: str, named: str
) -> None:
    nights.world.notices = {DUNKWELL: [notice(kind)]}
    (sentence,) = told(nights)
    assert sentence == (
        f"Crossref lists an update of {DUNKWELL}, a report of the included study dunkwell-2022: "
        f"of {named} on 2026-05-05 (notice {NOTICE}). Look whether it is a notice"
    )
    path = nights.root / "studies/included/dunkwell-2022.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{kind: corrected, on: 2023-02,", f"{{kind: corrected, doi: {NOTICE},"), "utf-8")
    assert told(nights, FIRST_DAY + dt.timedelta(days=1)) == []


def test_a_second_correction_is_told_beside_the_one_on_file(nights: Nights) -> None:
    path = nights.root / "studies/included/dunkwell-2022.yml"
    text = path.read_text(encoding="utf-8")
    first = "10.5555/made-up-first-notice"
    path.write_text(
        text.replace("{kind: corrected, on: 2023-02,", f"{{kind: corrected, doi: {first}, on: 2023-02,"), "utf-8"
    )
    nights.world.notices = {DUNKWELL: [{**notice("correction"), "DOI": first}]}
    assert told(nights) == []
    nights.world.notices = {DUNKWELL: [{**notice("correction"), "DOI": first}, notice("correction")]}
    (sentence,) = told(nights, FIRST_DAY + dt.timedelta(days=1))
    assert sentence.endswith(f"was corrected on 2026-05-05 (notice {NOTICE})")


def test_a_crossref_that_fails_costs_the_night_nothing_and_is_named(nights: Nights) -> None:
    fine = nights.plan(FIRST_DAY)
    asked = [one.path for one in nights.server.requests]
    place = next(number for number, path in enumerate(asked) if path.startswith("/crossref"))
    nights.server.faults = iter([*[Fault.NONE] * place, Fault.BROKEN, Fault.BROKEN])
    failed = nights.plan(FIRST_DAY)
    assert [alarm for alarm in failed.alarms if alarm not in fine.alarms] == [
        "Crossref did not answer about 1 report of an included study"
    ]
    assert not failed.failed
    nights.server.faults = iter([*[Fault.NONE] * place, Fault.COME_TOMORROW])
    (spent,) = [alarm for alarm in nights.plan(FIRST_DAY).alarms if alarm not in fine.alarms]
    assert spent.startswith("Crossref was not asked about all included studies: ")


def test_every_report_with_a_doi_is_looked_up(nights: Nights) -> None:
    nights.search(FIRST_DAY)
    studies = store.load(nights.root).records.included.values()
    dois = {report.doi for study in studies for report in study.reports if report.doi}
    asked = [one.path.partition("/works/")[2] for one in nights.server.requests if one.path.startswith("/crossref")]
    assert set(asked) == dois
    assert len(asked) == len(dois) <= MOST_A_NIGHT

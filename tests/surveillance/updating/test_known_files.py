"""Files that change because a search returned what the review knows: which, in what order, and which never."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from generator.keeping import recording
from generator.model.records import Records
from generator.model.registry_record import RegistryRecord
from generator.model.registry_status import RegistryStatus
from generator.model.source_record import RecordKind, SourceRecord
from generator.records import checking, store
from generator.surveillance.arriving.search_log import Occasion, with_run
from generator.surveillance.updating.known_files import Updated, update_known

OCCASION = Occasion(dt.datetime(2026, 11, 30, 4, 5, 6, tzinfo=dt.UTC), "1.2.3")
INFUSION = SourceRecord("cup-register", "A made-up infusion", doi="10.5555/made-up.infusion", pmid="123")
HOME = RegistryRecord(
    "NCT99999902",
    status=RegistryStatus.COMPLETED,
    registry_updated="2026-11-20",
    sponsor="Made-up Sponsor",
    secondary_ids=("NCT99999901", "DRKS99999999"),
)
COPY = replace(HOME, home=False, status=RegistryStatus.UNKNOWN, registry_updated="2026-11-29", registered="2024-01-06")


def registration(trial: RegistryRecord, source: str = "cup-register") -> SourceRecord:
    return SourceRecord(
        source, "A made-up trial", registration=trial.registration, kind=RecordKind.REGISTRATION, trial=trial
    )


def made(
    root: Path, *seen: SourceRecord, known: dict[SourceRecord, tuple[str, ...]] | None = None
) -> tuple[Updated, Records]:
    """Return what changes, and the records once it is written with the search that brought it."""
    before = checking.check(root)
    found = update_known(root, before.records, seen, known or {}, OCCASION)
    part = {"source": "cup-register", "hits": len(seen), "received": len(seen), "new": 0}
    run: dict[str, object] = {"kind": "manual", "at": OCCASION.text, "by": "made-up test", "sources": [part]}
    log = {} if OCCASION.run in before.records.searches else with_run(root, OCCASION, run)
    recording.record(root, {**found.files, **log})
    after = checking.check(root)
    assert after.n_errors == before.n_errors == 0
    return found, after.records


def test_a_candidate_found_again_names_the_source(made_up_copy: Path) -> None:
    found, records = made(made_up_copy, INFUSION, known={INFUSION: ("infusion-2024",)})
    assert set(found.files) == {"candidates/infusion-2024.yml"}
    candidate = records.candidates["infusion-2024"]
    assert [one.source for one in candidate.found] == ["tea-index", "tea-society", "cup-register"]
    assert candidate.identifiers.pmid == "123"
    again, _ = made(made_up_copy, INFUSION, known={INFUSION: ("infusion-2024",)})
    assert again == Updated()


def test_two_records_of_one_source_name_it_once(made_up_copy: Path) -> None:
    other = replace(INFUSION, openalex="W1234567", pmid="")
    both: dict[SourceRecord, tuple[str, ...]] = dict.fromkeys((INFUSION, other), ("infusion-2024",))
    _, records = made(made_up_copy, INFUSION, other, known=both)
    held = records.candidates["infusion-2024"]
    assert [one.source for one in held.found].count("cup-register") == 1
    assert (held.identifiers.pmid, held.identifiers.aliases) == ("123", ("W1234567",))


def test_an_identifier_of_another_record_is_not_copied(made_up_copy: Path) -> None:
    record = SourceRecord("cup-register", "Made up", doi="10.5555/made-up.infusion", openalex="W9999999903")
    _, records = made(made_up_copy, record, known={record: ("W9999999902",)})
    held = records.candidates["W9999999902"]
    assert [one.source for one in held.found] == ["tea-index", "cup-register"]
    assert (held.identifiers.doi, held.identifiers.aliases) == (None, ())


@pytest.mark.parametrize("held", ["pmid: 123", "pmcid: PMC9999901"])
def test_an_identifier_that_another_candidate_has_is_not_filled_in(made_up_copy: Path, held: str) -> None:
    other, path = (made_up_copy / f"studies/candidates/{name}.yml" for name in ("samovar-2023", "infusion-2024"))
    other.write_text(other.read_text(encoding="utf-8").replace("identifiers: {", f"identifiers: {{{held}, "))
    record = replace(INFUSION, pmcid="PMC9999901")
    made(made_up_copy, record, known={record: ("infusion-2024",)})
    written = path.read_text(encoding="utf-8")
    assert "cup-register" in written
    assert held not in written


def test_an_identifier_leads_to_one_of_two_candidates_that_are_the_same_document(made_up_copy: Path) -> None:
    both = ("W9999999902", "infusion-2024")
    record = replace(INFUSION, pmcid="PMC9999901")
    _, records = made(made_up_copy, record, known={record: both})
    assert [records.candidates[key].identifiers.pmcid for key in both] == ["PMC9999901", None]
    assert all("cup-register" in [one.source for one in records.candidates[key].found] for key in both)


def test_what_is_known_as_something_else_than_a_candidate_changes_no_file(made_up_copy: Path) -> None:
    found, _ = made(made_up_copy, INFUSION, known={INFUSION: ("steeply-2024", "10.5555/made-up")})
    assert found == Updated()


def test_a_candidate_whose_file_cannot_be_added_to_is_reported(made_up_copy: Path) -> None:
    path = made_up_copy / "studies/candidates/W9999999902.yml"
    text = path.read_text(encoding="utf-8").replace("identifiers: {", "identifiers: &shared {")
    path.write_text(text.replace("found:", "found: &found"), encoding="utf-8")
    written = path.read_text(encoding="utf-8")
    records = store.load(made_up_copy).records
    path.write_text("title: no candidate any more\n", encoding="utf-8")
    found = update_known(made_up_copy, records, [INFUSION], {INFUSION: ("W9999999902",)}, OCCASION)
    assert found.files == {}
    assert found.differences[0].startswith("W9999999902: cup-register returned it, which its file cannot be told: ")
    path.write_text(written, encoding="utf-8")
    found = update_known(made_up_copy, records, [INFUSION], {INFUSION: ("W9999999902",)}, OCCASION)
    assert set(found.files) == {"candidates/W9999999902.yml"}, "an anchor without an alias is no obstacle"


@pytest.mark.parametrize("order", [1, -1])
def test_the_registry_itself_comes_first_whatever_came_first(made_up_copy: Path, order: int) -> None:
    both = (replace(one, registration="NCT99999901", secondary_ids=()) for one in (HOME, COPY))
    seen = list(map(registration, both))[::order]
    found, records = made(made_up_copy, *seen)
    now = records.trials["NCT99999901"]
    assert [line.by for line in now.status_history] == ["pat", "nightly"]
    assert now.status_history[-1].status is RegistryStatus.COMPLETED
    assert "NCT99999901: status COMPLETED, changed in the registry on 2026-11-20" in found.changes
    assert "UNKNOWN" not in str(found.changes)
    again, _ = made(made_up_copy, *seen)
    assert again == Updated()


def test_a_registration_of_another_record_is_not_added(made_up_copy: Path) -> None:
    _, records = made(made_up_copy, registration(HOME))
    assert records.trials["NCT99999902"].secondary_ids == ("DRKS99999999",)


def test_a_registration_that_comes_as_a_record_of_its_own_is_not_added(made_up_copy: Path) -> None:
    of_its_own = registration(RegistryRecord("DRKS99999999"))
    _, records = made(made_up_copy, registration(HOME), of_its_own)
    assert records.trials["NCT99999902"].secondary_ids == ()


def test_two_trials_do_not_both_get_one_registration(made_up_copy: Path) -> None:
    other = replace(HOME, registration="NCT99999901")
    _, records = made(made_up_copy, registration(HOME), registration(other))
    added = [trial.secondary_ids for trial in records.trials.values()].count(("DRKS99999999",))
    assert added == 1


def test_a_trial_is_found_by_its_registration_elsewhere(made_up_copy: Path) -> None:
    elsewhere = RegistryRecord(
        "NCT99999903", status=RegistryStatus.TERMINATED, registry_updated="2026-11-01", countries=("Norwhere",)
    )
    _, records = made(made_up_copy, registration(elsewhere))
    now = records.trials["CTRI-2099-01-099903"]
    assert now.countries == ("Norwhere",)
    assert now.quotes["registry-countries"].report == "nct99999903"
    assert now.status_history[-1].source == ("registry-status",), "the trial's own registry did not say it"


def test_what_the_registry_says_otherwise_is_named_with_its_trial(made_up_copy: Path) -> None:
    found, _ = made(made_up_copy, registration(replace(HOME, n_enrolled=7)))
    assert "NCT99999902: The registry (read 2026-11-30) gives “7” as enrolment n; this file says “120”." in (
        found.differences
    )


def test_registrations_without_a_file_change_nothing(made_up_copy: Path) -> None:
    found, _ = made(made_up_copy, registration(replace(HOME, registration="NCT99999999")), INFUSION)
    assert found == Updated()
    assert store.load(made_up_copy).records.trials.keys() == checking.check(made_up_copy).records.trials.keys()

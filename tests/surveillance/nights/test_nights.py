"""Nights in a made-up world whose sources fail: in the end every document was offered, and offered once."""

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.keeping import recording
from generator.model.source_record import SourceRecord
from generator.problems import Level
from generator.records import checking, store
from generator.review import Review
from generator.surveillance.arriving.arrivals import Held, arrive
from generator.surveillance.arriving.candidates import Why
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.nightly.night import Night
from generator.surveillance.nightly.summary import headline, summary
from tests.conftest import MADE_UP
from tests.kills import KilledError, killed_at
from tests.surveillance.nights.conftest import SHORT, Nights
from tests.surveillance.nights.faults import Fault
from tests.surveillance.nights.schedules import MOST_WRITES, Schedule, drawn, play
from tests.surveillance.nights.world import FIRST_DAY, Document, documents

DAY = dt.timedelta(days=1)
FAILING = [fault for fault in Fault if fault is not Fault.NONE]


def errors(root: Path) -> list[str]:
    return [
        f"{one.path} {one.field}: {one.message}" for one in checking.check(root).problems if one.level is Level.ERROR
    ]


def test_what_appears_is_offered_once_and_a_second_run_adds_nothing(nights: Nights) -> None:
    nights.world.documents = documents([(7, 4)])
    first = nights.search(FIRST_DAY)
    assert nights.offered() == nights.visible()
    assert len(first.arrivals.new) == 11
    assert not first.failed
    before = {path: path.read_bytes() for path in nights.root.rglob("*") if path.is_file()}
    second = nights.search(FIRST_DAY, hour=3)
    assert second.files == {}
    assert {path: path.read_bytes() for path in nights.root.rglob("*") if path.is_file()} == before
    third = nights.search(FIRST_DAY, hour=4, again=True)
    assert third.arrivals.new == {}
    assert [one.n_returned_before for one in third.counted] == [7, 4, 0]
    assert "unchanged since the last time" in third.counted[2].asked.words
    assert errors(nights.root) == []


def test_counts_of_a_night_add_up_in_the_flow_diagram(nights: Nights) -> None:
    nights.world.documents = documents([(7, 4), (2, 0)])
    nights.search(FIRST_DAY)
    nights.search(FIRST_DAY + DAY)
    records = store.load(nights.root).records
    assert records.protocol
    assert Review(records, records.protocol, FIRST_DAY + 2 * DAY).flow.disagreements == ()
    run = records.searches[f"2026/{FIRST_DAY}"].runs[-1]
    counts = [(one.source, one.hits, one.received, one.new) for one in run.sources]
    assert counts == [("tea-index", 7, 7, 7), ("cup-register", 4, 4, 4), ("tea-society", 7, 7, 0)]


def test_a_quiet_night_is_zero_and_a_failed_one_is_not(nights: Nights) -> None:
    nights.search(FIRST_DAY)
    nights.server.faults = iter([Fault.BROKEN] * 2)
    night = nights.search(FIRST_DAY + DAY)
    records = store.load(nights.root).records
    quiet = records.searches[f"2026/{FIRST_DAY}"].runs[-1].sources[0]
    failed, fine = records.searches[f"2026/{FIRST_DAY + DAY}"].runs[-1].sources[:2]
    assert (quiet.hits, quiet.received, quiet.error) == (0, 0, None)
    assert (failed.hits, failed.failed) == (None, True)
    assert failed.error
    assert "status 500" in failed.error
    assert (fine.hits, fine.failed) == (0, False)
    assert night.failed
    assert any("did not answer in full" in alarm for alarm in night.alarms)
    assert records.protocol
    dates = {one.source.id: one for one in Review(records, records.protocol, FIRST_DAY + DAY).living.sources}
    assert dates["tea-index"].last_searched_on == FIRST_DAY
    assert dates["cup-register"].last_searched_on == FIRST_DAY + DAY


def test_after_a_week_of_failures_everything_is_found(nights: Nights) -> None:
    nights.world.documents = documents([(2, 1)] * 9)
    nights.search(FIRST_DAY)
    for day in range(1, 8):
        nights.server.faults = iter([Fault.BUSY_PAGE] * 500)
        assert nights.search(FIRST_DAY + day * DAY).failed
    nights.server.faults = iter(())
    nights.search(FIRST_DAY + 8 * DAY)
    assert nights.offered() == nights.visible()
    assert len(nights.offered()) == 27


def test_a_spent_budget_ends_the_night_for_one_source_only(nights: Nights) -> None:
    nights.world.documents = documents([(2, 2)])
    nights.server.faults = iter([Fault.COME_TOMORROW])
    night = nights.search(FIRST_DAY)
    assert [one.asked.failed for one in night.counted] == [True, False, False]
    assert sum(one.path.startswith("/openalex") for one in nights.server.requests) == 1
    assert "17659 seconds" in night.counted[0].asked.answer.error


def test_after_a_spent_budget_no_other_strategy_of_the_source_is_asked(nights: Nights) -> None:
    protocol = nights.root / "studies" / "protocol.yml"
    text = protocol.read_text(encoding="utf-8")
    one = "strategies: ['(\"made-up tea\" OR tisane) AND hiccup*'],"
    assert one in text
    protocol.write_text(text.replace(one, f"{one[:-2]}, made-up kettle],"), encoding="utf-8")
    nights.world.documents = documents([(2, 0)])
    nights.server.faults = iter([Fault.COME_TOMORROW])
    night = nights.search(FIRST_DAY, only=("tea-index",))
    assert [one.asked.failed for one in night.counted] == [True, True]
    assert sum(one.path.startswith("/openalex") for one in nights.server.requests) == 1
    assert night.counted[1].asked.answer.error == "not asked: the source asked to come back later"
    assert [one.n_received for one in nights.search(FIRST_DAY + DAY, only=("tea-index",)).counted] == [2, 2]
    assert nights.offered() == nights.visible()


@pytest.mark.parametrize("fault", FAILING, ids=str)
@pytest.mark.parametrize("at", range(4))
def test_each_fault_at_each_request_loses_nothing(nights: Nights, fault: Fault, at: int) -> None:
    nights.world.documents = documents([(5, 4), (1, 1)])
    nights.server.faults, nights.read_timeout = iter([Fault.NONE] * at + [fault] * 2), SHORT
    nights.search(FIRST_DAY)
    assert set(nights.offered()) <= set(nights.visible())
    nights.server.faults, nights.read_timeout = iter(()), 5
    nights.search(FIRST_DAY + DAY)
    assert nights.offered() == nights.visible()
    assert errors(nights.root) == []


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=4),
    st.lists(st.sampled_from([*Fault]), max_size=40),
    st.lists(st.none() | st.integers(0, MOST_WRITES), max_size=4),
)
@example([(4, 0)], [Fault.HALF_DOCUMENT, Fault.HALF_DOCUMENT], [])
@example([(4, 2), (1, 0), (0, 1)], [Fault.NONE, Fault.CUT, Fault.STALL], [3, None, 9])
def test_no_schedule_of_faults_and_kills_loses_or_repeats_a_document(
    days: Sequence[tuple[int, int]], faults: list[Fault], kills: list[int | None]
) -> None:
    outcome = play(Schedule(days, faults, kills))
    assert (outcome.n_lost, outcome.n_repeated) == (0, 0)
    assert outcome.n_documents == sum(map(sum, days))


def test_the_schedules_that_are_counted_hold_every_fault_and_kills_at_many_writes() -> None:
    schedules = list(drawn(300))
    assert {fault for one in schedules for fault in one.faults} == {*Fault}
    assert {kill for one in schedules for kill in one.kills} == {None, *range(MOST_WRITES + 1)}
    few = [play(one) for one in schedules[:3]]
    assert sum(one.n_faults for one in few) > 3
    assert sum(one.n_lost + one.n_repeated for one in few) == 0


def test_a_document_that_is_lost_or_repeated_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = Schedule([(2, 1)])
    monkeypatch.setattr(Nights, "offered", lambda _: ["NCT90000003", "NCT90000003"])
    assert (play(schedule).n_lost, play(schedule).n_repeated) == (2, 1)


def test_a_process_killed_at_any_write_ends_in_the_files_of_an_undisturbed_one(
    nights: Nights, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nights.world.documents = documents([(3, 1)])
    nights.world.today = FIRST_DAY
    files = nights.plan(FIRST_DAY).files
    clean = shutil.copytree(nights.root, tmp_path / "clean")
    undisturbed = shutil.copytree(clean, tmp_path / "undisturbed")
    recording.record(undisturbed, files)
    for step in range(100):
        killed = shutil.copytree(clean, tmp_path / f"killed-{step}")
        try:
            with killed_at(monkeypatch, step):
                recording.record(killed, files)
        except KilledError:
            recording.recover(killed)
            again = Nights(killed, nights.server, nights.world).plan(FIRST_DAY)
            recording.record(killed, again.files)
            assert tree(killed) == tree(undisturbed), f"killed at write {step}"
        else:
            break
    assert step > 5


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_total_that_falls_by_half_is_gated_until_a_person_accepts_it(nights: Nights) -> None:
    nights.world.documents = documents([(6, 0)])
    nights.search(FIRST_DAY)
    nights.world.documents = [*nights.world.documents[:3], Document(50, FIRST_DAY + DAY)]
    nights.world.documents.pop(0)
    gated = nights.search(FIRST_DAY + DAY)
    assert gated.failed
    assert "gated: the total fell from 6 on 2026-11-01 to 3" in gated.counted[0].asked.answer.error
    assert "10.5555/made-up-world.50" in nights.offered(), "what came is kept for a person"
    (told,) = [alarm for alarm in gated.alarms if "fell" in alarm]
    assert "The 3 records that came are kept." in told
    assert "living-review search --accept tea-index" in told
    assert "--accept tea-index" in summary(gated)
    assert nights.search(FIRST_DAY + 2 * DAY).failed, "it is reported until somebody accepts it"
    accepted = nights.search(FIRST_DAY + 3 * DAY, accepted=frozenset({"tea-index"}))
    assert not accepted.failed
    assert "a person accepted this" in accepted.counted[0].asked.words
    assert not nights.search(FIRST_DAY + 4 * DAY).failed


def test_a_night_of_too_many_candidates_is_kept_whole_and_waits_for_a_person(nights: Nights) -> None:
    nights.world.documents = documents([(101, 0)])
    night = nights.search(FIRST_DAY)
    assert night.gated == "101 new candidates, more than the 100 of an ordinary night"
    assert nights.offered() == nights.visible()
    assert store.load(nights.root).records.searches[f"2026/{FIRST_DAY}"].runs[-1].gated == night.gated
    told = "look before you merge; nothing was dropped, all of them are in studies/candidates/"
    assert any(told in alarm for alarm in night.alarms)
    assert told in summary(night)


def test_what_waits_on_another_branch_is_not_offered_again(nights: Nights, tmp_path: Path) -> None:
    nights.world.documents = documents([(3, 1)])
    other = shutil.copytree(nights.root, tmp_path / "other")
    nights.search(FIRST_DAY)
    second = Nights(other, nights.server, nights.world)
    waiting = store.load(nights.root).records
    nights.world.documents.append(Document(77, FIRST_DAY + DAY))
    second.search(FIRST_DAY + DAY, also_known=(waiting,))
    assert second.offered() == ["10.5555/made-up-world.77"]


def test_a_candidate_of_another_branch_is_not_taken_for_one_here_of_the_same_name(
    nights: Nights, tmp_path: Path
) -> None:
    other = Nights(shutil.copytree(nights.root, tmp_path / "other"), nights.server, nights.world)
    nights.world.documents = documents([(1, 0)])
    nights.search(FIRST_DAY)
    nights.world.documents = [Document(77, FIRST_DAY)]
    other.search(FIRST_DAY)
    here, there = (store.load(one.root).records.candidates for one in (nights, other))
    assert here.keys() == there.keys() == {"madeup-2026", *store.load(MADE_UP).records.candidates}
    nights.world.documents = [*documents([(1, 0)]), *nights.world.documents]
    nights.world.retracted = {77}
    night = nights.search(FIRST_DAY + DAY, also_known=(store.load(other.root).records,))
    assert night.arrivals.new == {}
    assert night.updated.files == {}
    assert "retracted" not in str(night.alarms)
    assert store.load(nights.root).records.candidates == here


def test_the_summary_tells_all_and_does_nothing_on_github(nights: Nights) -> None:
    nights.world.documents = documents([(2, 1)])
    text = summary(nights.search(FIRST_DAY))
    assert text.startswith("Search of 2026-11-01: 3 new candidates.")
    assert "### To screen, likeliest first" in text
    assert "| Made-up Tea Index | the beginning | 2 | 2 | 0 |" in text
    assert "https://doi.org/10.5555/made-up-world.1" in text
    assert "@" not in text.replace("@\u200b", "")
    assert "&#35;1" not in text, "a number sign is followed by a sign without width"


@pytest.mark.parametrize(("licence", "is_shown"), [("cc-by", True), ("cc-by-nc", False), ("", False)])
def test_an_abstract_stands_in_the_summary_only_where_its_licence_is_open(licence: str, is_shown: bool) -> None:
    record = SourceRecord("tea-index", "Made-up tea", doi="10.5555/a", abstract="Made-up words.", licence=licence)
    arrivals = arrive([record], Held([], ()), Occasion(FIRST_DAY, "1.2.3"), lambda groups: [Why()] * len(groups))
    assert ("Made-up words." in summary(Night(FIRST_DAY, arrivals=arrivals))) is is_shown


def test_a_summary_of_many_candidates_fits_and_counts_the_rest(nights: Nights) -> None:
    nights.world.documents = documents([(450, 0)])
    night = nights.search(FIRST_DAY)
    text = summary(night)
    assert len(text) <= 65_000
    assert "and 250 more in studies/candidates/" in text or "and 400 more in studies/candidates/" in text
    assert headline(night) == "Search of 2026-11-01: 450 new candidates"

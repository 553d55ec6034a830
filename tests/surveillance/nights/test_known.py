"""What a night says of what the review knows: numbers that changed, retractions, canaries, exports that are too old."""

import datetime as dt
from dataclasses import replace

import pytest

from generator.keeping import recording
from generator.model.decision import Candidate
from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.source_record import RecordKind, SourceRecord
from generator.records import store
from generator.surveillance.arriving.search_log import Occasion, with_run
from generator.surveillance.nightly.integrity import flagged
from generator.surveillance.nightly.renumbered import MOST_A_NIGHT, look_again
from generator.surveillance.nightly.run import search_run
from generator.surveillance.nightly.turns import in_turn
from tests.surveillance.nights.conftest import Nights
from tests.surveillance.nights.faults import Fault
from tests.surveillance.nights.world import FIRST_DAY, Document, documents

DAY = dt.timedelta(days=1)
LATER = FIRST_DAY + 100 * DAY
"""A night that asks without a window; the one after it does not return what was published on the first day."""
DUNKWELL = "10.5555/made-up.2022(1)1:a?b=1&c"


def first_candidate(nights: Nights) -> Candidate:
    found = store.load(nights.root).records.candidates.values()
    return next(one for one in found if one.identifiers.doi == "10.5555/made-up-world.1")


def asked_at(nights: Nights, path: str) -> int:
    return sum(one.path.startswith(path) for one in nights.server.requests)


@pytest.fixture
def waiting(nights: Nights) -> Nights:
    """Give a review in which two articles wait that the nights to come do not return by themselves."""
    nights.world.documents = documents([(2, 0)])
    nights.search(FIRST_DAY)
    nights.search(LATER)
    return nights


def test_a_number_that_vanished_is_found_again_by_the_doi_and_kept_beside_the_old_one(waiting: Nights) -> None:
    waiting.world.renumbered = {1: 8_000_001}
    night = waiting.search(LATER + DAY)
    held = first_candidate(waiting).identifiers
    assert (held.openalex, held.aliases) == ("W7000001", ("W8000001",))
    assert night.arrivals.new == {}
    asked = asked_at(waiting, "/openalex/works/doi:10.5555/made-up-world.")
    assert asked == 1, "the other one is held under its number"
    again = waiting.search(LATER + 2 * DAY)
    assert again.updated.files == {}
    assert asked_at(waiting, "/openalex/works/doi:10.5555/made-up-world.") == asked


def test_a_work_that_is_gone_altogether_stays_a_candidate(waiting: Nights) -> None:
    before = first_candidate(waiting)
    waiting.world.documents = waiting.world.documents[1:]
    night = waiting.search(LATER + DAY, accepted=frozenset({"tea-index"}))
    assert not night.failed
    assert first_candidate(waiting) == before


def test_another_document_that_took_in_a_work_is_not_taken_for_it(waiting: Nights) -> None:
    waiting.world.absorbed = {"10.5555/made-up-world.1": Document(70, FIRST_DAY)}
    waiting.world.documents = waiting.world.documents[1:]
    waiting.search(LATER + DAY, accepted=frozenset({"tea-index"}))
    assert asked_at(waiting, "/openalex/works/doi:10.5555/made-up-world.1") == 1
    assert first_candidate(waiting).identifiers.aliases == ()


def test_when_numbers_cannot_be_asked_for_the_night_goes_on_and_says_so(waiting: Nights) -> None:
    n_requests = len(waiting.server.requests)
    plain = waiting.plan(LATER + DAY)
    paths = [f"{one.path} {one.query.get('filter', '')}" for one in waiting.server.requests[n_requests:]]
    place = next(number for number, path in enumerate(paths) if "openalex_id" in path)
    waiting.server.faults = iter([Fault.NONE] * place + [Fault.BROKEN] * 2)
    night = waiting.plan(LATER + DAY)
    assert plain.alarms == tuple(one for one in night.alarms if "under their numbers" not in one)
    assert any("Made-up Tea Index: candidates were not looked for under their numbers: " in one for one in night.alarms)
    assert not night.failed


def test_a_source_that_failed_is_not_asked_for_numbers(waiting: Nights) -> None:
    waiting.server.faults = iter([Fault.BROKEN] * 2)
    n_requests = len(waiting.server.requests)
    waiting.search(LATER + DAY)
    assert not any("openalex_id" in one.query.get("filter", "") for one in waiting.server.requests[n_requests:])


def test_all_have_their_turn_and_none_twice() -> None:
    many = list(range(7))
    nights = [in_turn(many, 3, FIRST_DAY + number * DAY) for number in range(3)]
    assert sorted(one for night in nights for one in night) == many
    assert max(map(len, nights)) <= 3
    assert in_turn([], 3, FIRST_DAY) == []
    assert MOST_A_NIGHT <= 50, "so that one request names them all"


def test_nothing_is_asked_when_no_source_renumbers(nights: Nights) -> None:
    records = store.load(nights.root).records
    assert look_again([], records, FIRST_DAY, nights.web()).known == {}
    assert nights.server.requests == []


def test_a_candidate_that_a_source_flags_as_retracted_says_so_once(waiting: Nights) -> None:
    waiting.world.retracted = {1}
    night = waiting.search(LATER + DAY)
    assert first_candidate(waiting).retracted is True
    assert "Made-up Tea Index flags the candidate madeup-2026 as retracted" in night.alarms
    again = waiting.search(LATER + 2 * DAY)
    assert "flags the candidate" not in str(again.alarms)
    assert again.updated.files == {}


def test_a_long_strategy_stands_in_the_log_with_its_address(nights: Nights) -> None:
    protocol = nights.root / "studies/protocol.yml"
    text = protocol.read_text(encoding="utf-8")
    long = " OR ".join(f'"made-up word {number}"' for number in range(150))
    assert "[hiccup AND tea]" in text
    protocol.write_text(text.replace("[hiccup AND tea]", f"['{long}']"), encoding="utf-8")
    nights.world.documents = documents([(0, 2)])
    nights.search(FIRST_DAY)
    part = store.load(nights.root).records.searches[f"2026/{FIRST_DAY}"].runs[-1].sources[1]
    assert (part.strategy, part.new) == (long, 2)
    assert len(str(part.url)) > 2_000


def made_up(nights: Nights) -> tuple[Records, Protocol]:
    records = store.load(nights.root).records
    assert records.protocol
    return records, records.protocol


@pytest.mark.parametrize(("doi", "pmid", "named"), [(DUNKWELL, "", DUNKWELL), ("10.5555/o", "999999901", "999999901")])
def test_an_included_study_that_a_source_flags_is_an_alarm(nights: Nights, doi: str, pmid: str, named: str) -> None:
    records, protocol = made_up(nights)
    record = SourceRecord("tea-index", "Made up", doi=doi, pmid=pmid, kind=RecordKind.ARTICLE, retracted=True)
    (told,) = flagged([record], {}, records, protocol)
    assert told == f"Made-up Tea Index flags {named}, a report of the included study dunkwell-2022, as retracted"


def test_what_is_not_flagged_or_known_as_retracted_is_no_alarm(nights: Nights) -> None:
    path = nights.root / "studies/included/dunkwell-2022.yml"
    text = path.read_text(encoding="utf-8").replace("integrity: {status: corrected,", "integrity: {status: retracted,")
    records, protocol = made_up(nights)
    fine = SourceRecord("tea-index", "Made up", kind=RecordKind.ARTICLE, doi=DUNKWELL)
    withdrawn = SourceRecord("tea-index", "Made up", kind=RecordKind.REGISTRATION, doi=DUNKWELL, retracted=True)
    assert list(flagged([fine, withdrawn], {}, records, protocol)) == []
    path.write_text(text, encoding="utf-8")
    records, protocol = made_up(nights)
    gone = SourceRecord("tea-index", "Made up", kind=RecordKind.ARTICLE, doi=DUNKWELL, retracted=True)
    assert list(flagged([gone], {}, records, protocol)) == []


@pytest.fixture
def included(nights: Nights) -> Nights:
    """Give a review whose included study dunkwell-2022 is the article 1 of the made-up world."""
    path = nights.root / "studies/included/dunkwell-2022.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"doi: {DUNKWELL}", "doi: 10.5555/made-up-world.1"), encoding="utf-8")
    nights.world.documents = documents([(3, 0)])
    return nights


def test_a_known_study_that_the_strategy_no_longer_finds_is_an_alarm_and_stands_in_the_log(included: Nights) -> None:
    night = included.search(FIRST_DAY)
    assert night.counted[0].asked.found_again == "1 of 1"
    included.world.unfound = {1}
    fallen = included.search(FIRST_DAY + DAY)
    assert fallen.counted[0].asked.found_again == "0 of 1"
    alarm = "the search no longer finds 10.5555/made-up-world.1, which the source holds (0 of 1 found)"
    assert f"Made-up Tea Index: {alarm}" in fallen.alarms
    part = store.load(included.root).records.searches[f"2026/{FIRST_DAY + DAY}"].runs[-1].sources[0]
    assert part.canaries
    assert (part.canaries.held, part.canaries.returned) == (1, 0)
    assert part.canaries.missing == ("10.5555/made-up-world.1",)


def test_a_source_that_no_longer_holds_any_known_study_is_an_alarm(included: Nights) -> None:
    included.search(FIRST_DAY)
    included.world.documents = included.world.documents[1:]
    night = included.search(FIRST_DAY + DAY)
    assert night.counted[0].asked.found_again == "holds none of them"
    assert "Made-up Tea Index no longer holds any known study or trial; it held 1" in night.alarms


def test_a_feed_beside_a_source_is_no_strategy_of_it(included: Nights) -> None:
    protocol = included.root / "studies/protocol.yml"
    text = protocol.read_text(encoding="utf-8")
    strategies = "strategies: ['(\"made-up tea\" OR tisane) AND hiccup*'],"
    assert strategies in text
    beside = f"{strategies} feeds: [{included.server.address}/feed.xml],"
    protocol.write_text(text.replace(strategies, beside), encoding="utf-8")
    included.world.unfound = {1}
    first = included.search(FIRST_DAY, only=("tea-index",))
    assert first.counted[0].asked.found_again == "0 of 1", "what the feed shows says nothing about the strategy"
    night = included.search(FIRST_DAY + DAY, only=("tea-index",))
    assert [one.asked.due.query.strategy.startswith("http") for one in night.counted] == [False, True]
    assert night.counted[0].asked.found_again == "0 of 1"
    assert not any("feed.xml" in one.query.get("filter", "") for one in included.server.requests)


def test_known_studies_are_not_counted_when_only_some_strategies_were_due(included: Nights) -> None:
    included.search(FIRST_DAY, only=("tea-index",))
    protocol = included.root / "studies/protocol.yml"
    text = protocol.read_text(encoding="utf-8")
    strategies = "AND hiccup*'],"
    assert strategies in text
    protocol.write_text(text.replace(strategies, "AND hiccup*', made-up kettle],"), encoding="utf-8")
    (second,) = included.search(FIRST_DAY, hour=3, only=("tea-index",)).counted
    assert (second.asked.due.query.strategy, second.asked.found_again) == ("made-up kettle", "not asked")


def test_a_source_that_never_held_a_known_study_is_no_alarm_and_was_asked(nights: Nights) -> None:
    night = nights.search(FIRST_DAY)
    assert night.counted[0].asked.found_again == "holds none of them"
    assert "known study" not in str(night.alarms)


def test_an_export_that_is_too_old_is_an_alarm_until_a_newer_one_is_imported(nights: Nights) -> None:
    protocol = nights.root / "studies/protocol.yml"
    text = protocol.read_text(encoding="utf-8")
    protocol.write_text(text.replace("kind: register, module: clinicaltrials,", "kind: register,"), encoding="utf-8")
    alarm = "import a new export (living-review import --source cup-register)"
    assert any(alarm in one for one in nights.search(FIRST_DAY).alarms)
    imported: dict[str, object] = {"source": "cup-register", "hits": 0, "received": 0, "new": 0}
    run: dict[str, object] = {"kind": "import", "at": str(FIRST_DAY), "by": "made-up", "sources": [imported]}
    recording.record(nights.root, with_run(nights.root, Occasion(FIRST_DAY, "1.2.3"), run))
    told = [any(alarm in one for one in nights.search(FIRST_DAY + days * DAY).alarms) for days in (1, 3, 4)]
    assert told == [False, False, True], "the protocol allows three days"


def test_what_the_log_cannot_hold_is_named_in_it_and_costs_no_night(nights: Nights) -> None:
    nights.world.documents = documents([(1, 0)])
    night = nights.plan(FIRST_DAY)
    first = night.counted[0]
    answer = replace(first.asked.answer, url=f"https://example.org/{'a' * 9_000}", note="made\x07up")
    counted = [replace(first, asked=replace(first.asked, answer=answer))]
    occasion = Occasion(FIRST_DAY, "1.2.3")
    with_run(nights.root, occasion, search_run(counted, occasion, ""))
    written = str(search_run(counted, occasion, "")["sources"])
    assert "'url':" not in written
    assert "'note': 'made\ufffdup; not kept, because the log cannot hold it: url https://example.org/aaa" in written

"""EU CTIS against made-up trials in the layout of its portal, through a server, and against recorded ones."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.model.registry_status import RegistryStatus
from generator.model.source_record import RecordKind, SourceRecord
from generator.model.trial import Phase
from generator.records.store import load
from generator.surveillance.asking.answers import Answer, Query, ask
from generator.surveillance.asking.web import SourceError
from generator.surveillance.sources import ctis
from tests.surveillance.sources.conftest import Serve, Served
from tests.surveillance.sources.server import Route, Sent, as_html, as_json, in_turn

QUERY = Query("ctis", '{"containAny": "made-up tea, made-up coffee"}')


def trial(number: int, **more: object) -> dict[str, Any]:
    return {"ctNumber": f"2099-{500000 + number}-11-00", "ctTitle": f"A made-up trial of tea {number}"} | more


def page(*trials: object, total: int | None = None, more: bool = False) -> Sent:
    n_total = len(trials) if total is None else total
    pagination = {"totalRecords": n_total, "currentPage": 1, "totalPages": 1, "nextPage": more, "prevPage": False}
    return as_json({"showWarning": False, "pagination": pagination, "data": list(trials)})


def answered(serve: Serve, route: Route, query: Query = QUERY) -> tuple[Answer, Served]:
    served = serve({"/search": route}, "CTIS")
    return ask(ctis, query, served.web), served


def record_of(serve: Serve, made_up: object) -> SourceRecord:
    answer, _ = answered(serve, in_turn(page(made_up)))
    assert answer.error == ""
    return answer.records[0]


def asked(served: Served) -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in served.requests]


def test_every_page_is_read_from_the_first_on(serve: Serve) -> None:
    answer, served = answered(serve, in_turn(page(trial(1), trial(2), total=3, more=True), page(trial(3), total=3)))
    assert (answer.error, answer.n_total, len(answer.records)) == ("", 3, 3)
    assert asked(served) == [
        {
            "searchCriteria": {"containAny": "made-up tea, made-up coffee"},
            "pagination": {"page": number, "size": 100},
            "sort": {"property": "decisionDate", "direction": "DESC"},
        }
        for number in (1, 2)
    ]
    assert {request.method for request in served.requests} == {"POST"}
    assert answer.url == f"{served.address}/search"
    assert answer.note == ""


def test_a_quiet_night_is_no_error(serve: Serve) -> None:
    answer, served = answered(serve, in_turn(page()))
    assert (answer.error, answer.n_total, answer.records, len(served.requests)) == ("", 0, (), 1)


def test_the_window_is_not_sent_and_that_is_said(serve: Serve) -> None:
    answer, served = answered(serve, in_turn(page(trial(1))), Query("ctis", QUERY.strategy, since=dt.date(2099, 1, 2)))
    assert asked(served)[0]["searchCriteria"] == {"containAny": "made-up tea, made-up coffee"}
    assert (len(answer.records), answer.note) == (1, ctis.WITHOUT_WINDOW)


def test_trials_that_slip_between_pages_are_found_from_the_other_end(serve: Serve) -> None:
    first, second = page(trial(1), trial(2), total=4, more=True), page(trial(2), trial(4), total=4)
    again = page(trial(4), trial(3), total=4, more=True), page(trial(2), trial(1), total=4)
    answer, served = answered(serve, in_turn(first, second, *again))
    assert (answer.error, answer.n_total) == ("", 4)
    assert [record.title[-1] for record in answer.records] == ["1", "2", "4", "3"]
    assert [body["sort"]["direction"] for body in asked(served)] == ["DESC", "DESC", "ASC", "ASC"]


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        ([page(trial(1), total=3)], "3 records announced, 1 received"),
        ([page(total=3)], "3 records announced, 0 received"),
        ([page(trial(1), total=300, more=True)], "repeats records"),
        ([as_html()], "expected JSON, got text/html"),
        ([as_json([])], "expected a list of trials"),
        ([as_json({"data": []})], "expected a list of trials"),
        ([as_json({"pagination": {"totalRecords": 0, "nextPage": False}})], "expected a list of trials"),
        ([as_json({"pagination": {"nextPage": False}, "data": []})], "with their total"),
        ([as_json({"pagination": {"totalRecords": 1}, "data": []})], "with their total"),
        ([page("made-up")], "with their total"),
        ([page({"ctTitle": "A made-up trial"})], "a trial without its EU CT number"),
        ([as_json({"message": "Forbidden"}, status=403)], "status 403"),
    ],
)
def test_an_answer_that_is_not_whole_is_an_error(serve: Serve, pages: list[Sent], message: str) -> None:
    answer, _ = answered(serve, in_turn(*pages))
    assert message in answer.error


@pytest.mark.parametrize("fault", [as_html(), as_json({}, status=429), as_html(status=503), as_json({"data": None})])
def test_a_fault_that_passes_leaves_no_trace(serve: Serve, fault: Sent) -> None:
    answer, served = answered(serve, in_turn(fault, page(trial(1))))
    assert (answer.error, answer.n_total, len(answer.records), len(served.requests)) == ("", 1, 1, 2)


@pytest.mark.parametrize("strategy", ["made-up tea", "[]", "{}", "", '"tea"'])
def test_a_strategy_that_is_no_criteria_is_not_asked(serve: Serve, strategy: str) -> None:
    answer, served = answered(serve, in_turn(page(trial(1))), Query("ctis", strategy))
    assert "the strategy is no JSON" in answer.error
    assert served.requests == [], "no criteria would return the whole registry"


def held(*numbers: str) -> Route:
    """Return a route of a portal that holds the trials with these numbers."""

    def route(method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> Sent:
        del method, path, query, headers
        number = json.loads(body)["searchCriteria"]["number"]
        return page(*([{"ctNumber": number, "ctTitle": "A made-up trial"}] if number in numbers else []))

    return route


def test_given_numbers_are_asked_for_one_by_one(serve: Serve) -> None:
    route = held("2099-500001-11-00", "2099-500002-11-01")
    only = ("2099-500001-11-00", "2099-500002-11-00", "2099-500003-11-00")
    answer, served = answered(serve, route, Query("ctis", QUERY.strategy, only=only))
    assert (answer.error, answer.n_total) == ("", 2)
    assert [record.accession for record in answer.records] == ["2099-500001-11-00", "2099-500002-11-01"]
    assert answer.records[1].linked == ("2099-500002-11-00",), "the number of the submission before"
    assert [body["searchCriteria"]["number"] for body in asked(served)] == [
        "2099-500001-11-00",
        "2099-500002-11-00",
        "2099-500002-11-01",
        "2099-500003-11-00",
        "2099-500003-11-01",
    ]
    assert {body["searchCriteria"]["containAny"] for body in asked(served)} == {"made-up tea, made-up coffee"}


def test_given_numbers_need_no_strategy(serve: Serve) -> None:
    answer, served = answered(serve, held("2099-500001-11-00"), Query("ctis", "", only=("2099-500001-11-00",)))
    assert (answer.error, len(answer.records)) == ("", 1)
    assert asked(served)[0]["searchCriteria"] == {"number": "2099-500001-11-00"}


def test_a_portal_that_no_longer_limits_to_a_number_is_an_error(serve: Serve) -> None:
    route = in_turn(page(trial(1), trial(2)))
    answer, _ = answered(serve, route, Query("ctis", "", only=("2099-500001-11-00",)))
    assert "the portal returned other trials" in answer.error


def test_a_portal_that_always_has_another_page_is_an_error(serve: Serve) -> None:
    route = in_turn(page(trial(1), total=1, more=True))
    answer, _ = answered(serve, route, Query("ctis", "", only=("2099-500001-11-00",)))
    assert "the answer does not end" in answer.error


def test_a_number_that_is_announced_and_not_sent_is_an_error(serve: Serve) -> None:
    route = in_turn(page(total=1), page(total=1), page())
    answer, _ = answered(serve, route, Query("ctis", "", only=("2099-500001-11-00",)))
    assert answer.error == "1 records announced, 0 received"


def test_every_fact_of_a_trial_is_read(serve: Serve) -> None:
    record = record_of(serve, WHOLE)
    assert (record.accession, record.registration) == ("2099-500007-11-02",) * 2
    assert record.kind is RecordKind.REGISTRATION
    assert record.title == "MADE-UP TEA & p<0.05 🍵 <i>CALM</i>", "blanks are layout; nothing is unescaped or stripped"
    assert (record.year, record.published, record.venue) == (2099, "2099-06-24", "EU CTIS")
    assert record.url == "https://euclinicaltrials.eu/ctis-public/view/2099-500007-11-02"
    assert record.abstract == (
        "Condition: Unrest, haste. Intervention: Tea, Water. Primary end point: Calm <5 points. "
        "Secondary end points: Sleep. Age of participants: 18-64 years. Therapeutic areas: Made-up area; Another."
    )
    assert record.linked == ("2099-500007-11-01", "2099-500007-11-00")
    assert (record.retracted, record.licence) == (None, "")
    found = record.trial
    assert found is not None
    assert (found.status, found.status_as_printed) == (
        RegistryStatus.ACTIVE_NOT_RECRUITING,
        "Ongoing, recruitment ended",
    )
    assert found.secondary_ids == record.linked
    assert (found.registry_updated, found.start, found.completion) == ("2099-07-09", "2099-06-25", "2099-12-31")
    assert (found.n_enrolled, found.enrolment_kind, found.phases) == (54, "estimated", (Phase.PHASE2, Phase.PHASE3))
    assert (found.sponsor, found.countries) == ("Made-up sponsor", ("Nowhere", "Else: where"))
    assert (found.intervention, found.has_results) == ("Tea, Water", False)


WHOLE = {
    "ctNumber": "2099-500007-11-02",
    "ctStatus": 5,
    "ctTitle": "MADE-UP TEA &  p<0.05 🍵\n<i>CALM</i> ",
    "startDateEU": "25/06/2099",
    "endDateEU": "30/11/2099",
    "endDate": "31/12/2099",
    "conditions": "Unrest, haste",
    "trialCountries": ["Nowhere:4", "Else: where:2", "Nowhere:5"],
    "decisionDateOverall": "24/06/2099",
    "therapeuticAreas": ["Made-up area", "Another"],
    "sponsor": "Made-up  sponsor",
    "trialPhase": "Phase II and Phase III (Integrated)",
    "endPoint": "Sleep",
    "product": "Tea, Water",
    "ageGroup": "18-64 years",
    "totalNumberEnrolled": "54",
    "primaryEndPoint": "Calm <5 points",
    "resultsFirstReceived": "No",
    "lastUpdated": "09/07/2099",
    "lastPublicationUpdate": "15/07/2099",
}


@pytest.mark.parametrize(
    ("code", "printed", "status"),
    [
        (1, "Under evaluation", RegistryStatus.NOT_YET_RECRUITING),
        (2, "Authorised, recruitment pending", RegistryStatus.NOT_YET_RECRUITING),
        (3, "Authorised, recruiting", RegistryStatus.RECRUITING),
        ("4", "Ongoing, recruiting", RegistryStatus.RECRUITING),
        (6, "Temporarily halted", RegistryStatus.SUSPENDED),
        (7, "Suspended", RegistryStatus.SUSPENDED),
        (8, "Ended", RegistryStatus.COMPLETED),
        (9, "Expired", RegistryStatus.WITHDRAWN),
        (10, "Revoked", RegistryStatus.TERMINATED),
        (11, "Not authorised", RegistryStatus.WITHDRAWN),
        (12, "Cancelled", RegistryStatus.WITHDRAWN),
        (13, "13", None),
        ("Suspended", "Suspended", RegistryStatus.SUSPENDED),
        ("Made-up", "Made-up", None),
        (None, "", None),
    ],
)
def test_the_status_keeps_the_words_of_the_portal(
    serve: Serve, code: object, printed: str, status: RegistryStatus | None
) -> None:
    found = record_of(serve, trial(1, ctStatus=code)).trial
    assert found is not None
    assert (found.status_as_printed, found.status) == (printed, status)


def test_a_trial_with_odd_parts_is_kept_with_what_it_has(serve: Serve) -> None:
    odd = trial(1, totalNumberEnrolled="about ten", decisionDateOverall=None, trialCountries="Nowhere", endDate="soon")
    record = record_of(serve, odd)
    assert (record.title, record.year, record.published) == ("A made-up trial of tea 1", 2099, "")
    assert record.trial is not None
    assert (record.trial.n_enrolled, record.trial.enrolment_kind, record.trial.countries) == (None, "", ())
    assert (record.trial.completion, record.trial.has_results, record.abstract) == ("", None, "")


def test_the_key_is_the_eu_ct_number() -> None:
    def key(registration: str) -> str:
        return ctis.key_of(SourceRecord("made-up", "", registration=registration))

    assert key("2099-500001-11-00") == "2099-500001-11-00"
    assert [key(other) for other in ("NCT99000001", "2011-123456-78", "")] == ["", "", ""]


def test_the_strategy_of_this_review_is_readable(serve: Serve, real_review: Path) -> None:
    protocol = load(real_review).records.protocol
    assert protocol is not None
    strategies = [text for source in protocol.sources if source.module == "ctis" for text in source.strategies]
    assert strategies
    for strategy in strategies:
        answer, served = answered(serve, in_turn(page(trial(1))), Query("ctis", strategy))
        assert answer.error == ""
        assert set(asked(served)[0]["searchCriteria"]) <= {"containAny", "containAll", "containNot", "medicalCondition"}


def test_a_stop_of_the_service_is_an_error(serve: Serve) -> None:
    served = serve({"/search": in_turn(as_html(status=500))}, "CTIS")
    with pytest.raises(SourceError, match="status 500"):
        next(ctis.search(QUERY, served.web))


def test_a_recorded_trial_is_read_whole(serve: Serve, recorded_responses: Path) -> None:
    path = recorded_responses / "ctis" / "search-record-2025-523726-40-00.2026-07-18.json"
    real = json.loads(path.read_text(encoding="utf-8"))
    record = record_of(serve, real)
    assert record.accession == record.registration == real["ctNumber"]
    assert record.title == " ".join(real["ctTitle"].split())
    assert (record.year, record.published, record.doi) == (2026, "2026-06-24", "")
    assert real["primaryEndPoint"] in record.abstract
    assert real["conditions"] in record.abstract
    assert record.trial is not None
    assert record.trial.status_as_printed == "Ongoing, recruiting", (
        "the words that the feed of the portal prints for it"
    )
    assert record.trial.countries == ("Spain", "France", "Poland", "Italy")
    assert (record.trial.phases, record.trial.n_enrolled) == ((Phase.PHASE3,), 54)
    assert (record.trial.registry_updated, record.trial.start) == ("2026-07-09", "2026-06-24")
    assert (record.trial.sponsor, record.trial.has_results) == (real["sponsor"], False)


def test_a_recorded_trial_that_lacks_much_is_kept(serve: Serve, recorded_responses: Path) -> None:
    path = recorded_responses / "ctis" / "ctrdata-merged-2023-505613-24-00.json"
    real = json.loads(path.read_text(encoding="utf-8"))
    assert "ctTitle" not in real
    record = record_of(serve, real)
    assert (record.accession, record.title, record.year) == (real["ctNumber"], "", 2024)
    assert record.trial is not None
    assert (record.trial.status, record.trial.phases) == (RegistryStatus.RECRUITING, (Phase.PHASE2,))
    assert (record.trial.start, record.trial.n_enrolled, record.trial.registry_updated) == (
        "2021-04-28",
        13,
        "2025-08-19",
    )

"""ClinicalTrials.gov against made-up studies in the layout of its API, through a server, and against recorded ones."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from generator.model.registry_status import RegistryStatus
from generator.model.source_record import RecordKind, SourceRecord
from generator.model.trial import Phase
from generator.surveillance.asking.answers import Answer, Query, ask
from generator.surveillance.asking.web import SourceError
from generator.surveillance.sources import clinicaltrials, module
from tests.surveillance.sources.conftest import Serve, Served
from tests.surveillance.sources.server import Sent, as_html, as_json, in_turn

QUERY = Query("ctgov", "made-up tea AND calm")
VERSION = as_json({"apiVersion": "2.0.5", "dataTimestamp": "2099-01-05T09:00:05"})
RECORDED = (
    "page-1-study-NCT03281889.2023.json",
    "page-next-token-1-of-10-studies.2024-12.json",
    "study-NCT00716976.json",
    "study-NCT00763412.json",
    "study-NCT03475563.json",
    "study-NCT04207047.json",
    "study-NCT05594173.json",
    "study-NCT06171568.json",
)


def study(number: int, **modules: object) -> dict[str, Any]:
    nct = f"NCT{99000000 + number}"
    protocol = {"identificationModule": {"nctId": nct, "briefTitle": f"A made-up trial of tea {number}"}}
    return {"protocolSection": protocol | modules, "hasResults": False}


def page(*studies: object, **more: object) -> Sent:
    return as_json({"studies": list(studies)} | more)


def answered(serve: Serve, *pages: Sent, query: Query = QUERY) -> tuple[Answer, Served]:
    served = serve({"/version": in_turn(VERSION), "/studies": in_turn(*pages)}, "CLINICALTRIALS")
    return ask(clinicaltrials, query, served.web), served


def record_of(serve: Serve, made_up: object) -> SourceRecord:
    answer, _ = answered(serve, page(made_up, totalCount=1))
    assert answer.error == ""
    return answer.records[0]


def test_every_page_is_read_with_the_token_of_the_one_before(serve: Serve) -> None:
    first = page(study(1), study(2), totalCount=4, nextPageToken="made-up-2")
    empty = page(nextPageToken="made-up-3")
    answer, served = answered(serve, first, empty, page(study(3), study(4)))
    assert (answer.error, answer.n_total) == ("", 4)
    assert [record.registration for record in answer.records] == [f"NCT9900000{n}" for n in (1, 2, 3, 4)]
    assert answer.note == "data of 2099-01-05T09:00:05"
    asked = [request.query for request in served.requests if request.path == "/studies"]
    assert [query.pop("pageToken", "") for query in asked] == ["", "made-up-2", "made-up-3"]
    assert asked[0] == asked[1] == asked[2], "all other parameters are repeated"
    assert asked[0]["query.term"] == "made-up tea AND calm"
    assert asked[0]["sort"] == "LastUpdatePostDate:desc"
    assert "filter.ids" not in asked[0]
    assert "filter.advanced" not in asked[0]


def test_a_quiet_night_is_no_error(serve: Serve) -> None:
    answer, _ = answered(serve, page(totalCount=0))
    assert (answer.error, answer.n_total, answer.records) == ("", 0, ())


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        ([page(study(1), totalCount=2)], "2 records announced, 1 received"),
        ([page(study(1), totalCount=9, nextPageToken="a"), page(study(1), nextPageToken="b")], "repeats records"),
        ([page(totalCount=9, nextPageToken="a"), page(nextPageToken="a")], "the same page token came twice"),
        ([as_html()], "expected JSON, got text/html"),
        ([as_json([study(1)])], "expected a JSON object"),
        ([as_json({"totalCount": 0})], "expected a list of studies"),
        ([page("made-up", totalCount=1)], "expected a list of studies"),
        ([page({"protocolSection": {}}, totalCount=1)], "a study without its NCT number"),
        ([as_json({}, status=400)], "status 400"),
    ],
)
def test_an_answer_that_is_not_whole_is_an_error(serve: Serve, pages: list[Sent], message: str) -> None:
    answer, _ = answered(serve, *pages)
    assert message in answer.error


@pytest.mark.parametrize(
    "fault", [as_html(), as_json({}, status=429), as_html(status=503), as_json({}), (200, {}, '{"studies": [')]
)
def test_a_fault_that_passes_leaves_no_trace(serve: Serve, fault: Sent) -> None:
    answer, served = answered(serve, fault, page(study(1), totalCount=1))
    assert (answer.error, answer.n_total, len(answer.records)) == ("", 1, 1)
    assert len(served.requests) == 3


def test_the_window_is_the_day_of_the_last_update(serve: Serve) -> None:
    _, served = answered(serve, page(totalCount=0), query=Query("ctgov", "tea", since=dt.date(2099, 1, 2)))
    assert served.requests[-1].query["filter.advanced"] == "AREA[LastUpdatePostDate]RANGE[2099-01-02,MAX]"


def test_given_registrations_are_asked_for_in_parts(serve: Serve) -> None:
    ids = tuple(f"NCT{99000000 + number}" for number in range(150))
    parts = (page(study(0), study(1), totalCount=2), page(study(149), totalCount=1))
    answer, served = answered(serve, *parts, query=Query("ctgov", "", only=ids))
    assert (answer.error, answer.n_total, len(answer.records)) == ("", 3, 3)
    asked = [request.query for request in served.requests if request.path == "/studies"]
    assert [query["filter.ids"].split("|") for query in asked] == [list(ids[:100]), list(ids[100:])]
    assert "query.term" not in asked[0]


def test_the_address_asked_is_kept(serve: Serve) -> None:
    answer, served = answered(serve, page(study(1), totalCount=1))
    assert answer.url.startswith(f"{served.address}/studies?")
    assert "query.term=made-up+tea+AND+calm" in answer.url


def test_every_fact_of_a_registration_is_read(serve: Serve) -> None:
    record = record_of(serve, WHOLE)
    assert (record.accession, record.registration, record.kind) == ("NCT99000007",) * 2 + (RecordKind.REGISTRATION,)
    assert record.title == "Made-up tea & p<0.05 🍵 <i>calm</i>", "a title is neither unescaped nor stripped"
    assert (record.year, record.published, record.venue) == (2098, "2098-03-03", "ClinicalTrials.gov")
    assert (record.retracted, record.licence, record.url) == (None, "", "https://clinicaltrials.gov/study/NCT99000007")
    assert record.abstract == (
        "An official made-up title Calm in people with BMI <30 and 2*3. Condition: Unrest; Haste. "
        "Intervention: Tea; Water."
    )
    registrations = ("NCT99000001", "2097-512345-11-00", "NCT99000006", "NCT99000005")
    assert record.linked == (*registrations, "PMID:991", "PMID:993")
    trial = record.trial
    assert trial is not None
    assert trial.secondary_ids == registrations
    assert (trial.status, trial.status_as_printed) == (RegistryStatus.RECRUITING, "RECRUITING")
    assert (trial.registered, trial.start, trial.registry_updated) == ("2098-03-01", "2098-04", "2098-12-30")
    assert (trial.primary_completion, trial.completion, trial.results_posted) == ("2099-01", "2099-06-30", "")
    assert trial.phases == (Phase.PHASE1, Phase.PHASE2)
    assert (trial.study_type, trial.allocation, trial.model) == ("INTERVENTIONAL", "RANDOMIZED", "PARALLEL")
    assert (trial.masking, trial.n_enrolled, trial.enrolment_kind) == ("DOUBLE", 40, "estimated")
    assert (trial.sponsor, trial.countries) == ("Made-up sponsor", ("Nowhere", "Elsewhere"))
    assert (trial.intervention, trial.has_results, trial.home) == ("Tea; Water", False, True)


WHOLE = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT99000007",
            "orgStudyIdInfo": {"id": "NCT99000006"},
            "nctIdAliases": ["NCT99000005"],
            "secondaryIdInfos": [
                {"id": "NCT99000001"},
                {"id": "CTIS 2097-512345-11-00", "type": "CTIS"},
                {"id": "23-1"},
            ],
            "briefTitle": "Made-up tea & p<0.05 🍵 <i>calm</i>",
            "officialTitle": "An official made-up title",
        },
        "statusModule": {
            "overallStatus": "RECRUITING",
            "startDateStruct": {"date": "2098-04"},
            "primaryCompletionDateStruct": {"date": "2099-01"},
            "completionDateStruct": {"date": "2099-06-30"},
            "studyFirstSubmitDate": "2098-03-01",
            "studyFirstPostDateStruct": {"date": "2098-03-03"},
            "lastUpdatePostDateStruct": {"date": "2098-12-30"},
        },
        "descriptionModule": {"briefSummary": "Calm in people with BMI \\<30 and 2\\*3."},
        "conditionsModule": {"conditions": ["Unrest", "Haste"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE1", "PHASE2", "PHASE99"],
            "designInfo": {
                "allocation": "RANDOMIZED",
                "interventionModel": "PARALLEL",
                "maskingInfo": {"masking": "DOUBLE"},
            },
            "enrollmentInfo": {"count": 40, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {"interventions": [{"name": "Tea"}, {"type": "OTHER"}, {"name": "Water"}]},
        "referencesModule": {
            "references": [
                {"pmid": "991", "type": "RESULT"},
                {"pmid": "992", "type": "BACKGROUND"},
                {"pmid": "993", "type": "DERIVED"},
                {"citation": "without a number", "type": "RESULT"},
            ]
        },
        "contactsLocationsModule": {
            "locations": [{"country": "Nowhere"}, {"country": "Elsewhere"}, {"country": "Nowhere"}]
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Made-up sponsor"}},
    },
    "hasResults": False,
}


def test_a_registration_with_odd_parts_is_kept_with_what_it_has(serve: Serve) -> None:
    odd = study(
        1,
        statusModule={"overallStatus": "MADE_UP", "studyFirstSubmitDate": "soon", "startDateStruct": "2099"},
        designModule={"phases": "PHASE1", "enrollmentInfo": {"count": "many", "type": None}},
        armsInterventionsModule=None,
        referencesModule={"references": ["made-up"]},
    )
    record = record_of(serve, odd)
    assert (record.title, record.year, record.published, record.linked) == ("A made-up trial of tea 1", None, "", ())
    assert record.trial is not None
    assert (record.trial.status, record.trial.status_as_printed) == (None, "MADE_UP")
    assert (record.trial.phases, record.trial.n_enrolled, record.trial.start) == ((), None, "")


def test_the_key_is_the_nct_number() -> None:
    assert clinicaltrials.key_of(SourceRecord("made-up", "", registration="NCT99000001")) == "NCT99000001"
    assert clinicaltrials.key_of(SourceRecord("made-up", "", registration="ISRCTN99999904")) == ""
    assert module("clinicaltrials") is clinicaltrials


def test_a_service_without_its_version_is_an_error(serve: Serve) -> None:
    served = serve({"/version": in_turn(as_html(status=500))}, "CLINICALTRIALS")
    with pytest.raises(SourceError, match="status 500"):
        next(clinicaltrials.search(QUERY, served.web))


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_studies_are_read_whole(serve: Serve, recorded_responses: Path, name: str) -> None:
    recorded = json.loads((recorded_responses / "ctgov-v2" / name).read_text(encoding="utf-8"))
    (real,) = recorded.get("studies", [recorded])
    record = record_of(serve, real)
    protocol = real["protocolSection"]
    status, design = protocol["statusModule"], protocol["designModule"]
    assert record.accession == record.registration == protocol["identificationModule"]["nctId"]
    assert record.title == protocol["identificationModule"]["briefTitle"]
    assert record.year == int(status["studyFirstSubmitDate"][:4])
    assert protocol["identificationModule"]["officialTitle"] in record.abstract
    assert protocol["descriptionModule"]["briefSummary"].replace("\\", "").strip() in record.abstract
    assert record.doi == ""
    pmids = [
        one["pmid"] for one in protocol.get("referencesModule", {}).get("references", []) if one["type"] != "BACKGROUND"
    ]
    assert [one for one in record.linked if one.startswith("PMID:")] == [f"PMID:{pmid}" for pmid in pmids]
    trial = record.trial
    assert trial is not None
    assert trial.status is RegistryStatus(status["overallStatus"])
    assert trial.registry_updated == status["lastUpdatePostDateStruct"]["date"]
    assert trial.start == status["startDateStruct"]["date"]
    assert trial.completion == status["completionDateStruct"]["date"]
    assert trial.n_enrolled == design["enrollmentInfo"]["count"]
    assert [phase.value for phase in trial.phases] == design.get("phases", [])
    assert trial.has_results is real["hasResults"]
    assert trial.secondary_ids == (), "none of the recorded studies names another registration"

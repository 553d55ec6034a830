"""ISRCTN against made-up registrations in the layout of its API, through a server, and against a recorded one."""

import datetime as dt
import re
from pathlib import Path

import pytest

from generator.model.registry_status import RegistryStatus
from generator.model.source_record import RecordKind, SourceRecord
from generator.model.trial import Phase
from generator.surveillance.asking.answers import Answer, Query, ask
from generator.surveillance.asking.web import SourceError
from generator.surveillance.sources import isrctn
from tests.surveillance.sources.conftest import Serve, Served
from tests.surveillance.sources.server import Sent, as_html, as_xml, in_turn

QUERY = Query("isrctn", "tea OR coffee")


def trial(number: int, inside: str = "") -> str:
    return (
        f'<fullTrial><trial lastUpdated="2099-06-18T12:30:12.405392221Z"><isrctn>{99000000 + number}</isrctn>'
        f"<trialDescription><title>A made-up trial of tea {number}</title></trialDescription>{inside}"
        "</trial></fullTrial>"
    )


def page(*trials: str, total: int | str | None = None) -> Sent:
    n_total = len(trials) if total is None else total
    return as_xml(
        f'<allTrials totalCount="{n_total}" xmlns="http://www.67bricks.com/isrctn">{"".join(trials)}</allTrials>'
    )


def answered(serve: Serve, *pages: Sent, query: Query = QUERY) -> tuple[Answer, Served]:
    served = serve({"/query/format/default": in_turn(*pages)}, "ISRCTN")
    return ask(isrctn, query, served.web), served


def record_of(serve: Serve, made_up: str) -> SourceRecord:
    answer, _ = answered(serve, page(made_up))
    assert answer.error == ""
    return answer.records[0]


def test_every_page_is_read_to_the_end(serve: Serve) -> None:
    answer, served = answered(serve, page(trial(1), trial(2), total=3), page(trial(3), total=3))
    assert (answer.error, answer.n_total) == ("", 3)
    assert [record.registration for record in answer.records] == ["ISRCTN99000001", "ISRCTN99000002", "ISRCTN99000003"]
    asked = [request.query for request in served.requests]
    assert asked == [{"q": "(tea OR coffee)", "limit": "100", "offset": offset} for offset in ("0", "2")]
    assert answer.url.startswith(f"{served.address}/query/format/default?q=%28tea+OR+coffee%29")


def test_a_quiet_night_is_no_error(serve: Serve) -> None:
    answer, _ = answered(serve, page())
    assert (answer.error, answer.n_total, answer.records) == ("", 0, ())


def test_the_window_is_the_day_of_the_last_edit(serve: Serve) -> None:
    _, served = answered(serve, page(), query=Query("isrctn", "tea OR coffee", since=dt.date(2099, 1, 2)))
    assert served.requests[0].query["q"] == "(tea OR coffee) AND lastEdited GE 2099-01-02T00:00:00.000Z"


def test_given_registrations_are_asked_for_in_parts_and_others_left_away(serve: Serve) -> None:
    only = tuple(f"ISRCTN{99000000 + number}" for number in range(1, 61))
    mentions = trial(77)
    query = Query("isrctn", "tea", only=only)
    answer, served = answered(serve, page(trial(1), mentions, trial(2)), page(trial(60)), query=query)
    assert (answer.error, answer.n_total) == ("", 3)
    assert [record.accession for record in answer.records] == ["ISRCTN99000001", "ISRCTN99000002", "ISRCTN99000060"]
    asked = [request.query["q"] for request in served.requests]
    assert asked == [f"(tea) AND ({' OR '.join(some)})" for some in (only[:50], only[50:])]


def test_given_registrations_need_no_strategy(serve: Serve) -> None:
    answer, served = answered(serve, page(trial(1)), query=Query("isrctn", "", only=("ISRCTN99000001",)))
    assert (answer.error, len(answer.records)) == ("", 1)
    assert served.requests[0].query["q"] == "(ISRCTN99000001)"


BOMB = '<!DOCTYPE a [<!ENTITY b "made-up"><!ENTITY c "&b;&b;&b;">]><allTrials totalCount="0">&c;</allTrials>'
OUTSIDE = '<!DOCTYPE a SYSTEM "http://127.0.0.1/made-up.dtd"><allTrials totalCount="0"/>'


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        ([page(trial(1), total=2), page(total=2)], "2 records announced, 1 received"),
        ([page(trial(1), total=2), page(trial(1), total=2)], "repeats records"),
        ([page(trial(1), total="many")], "expected a list of trials with their total"),
        ([as_xml("<allTrials/>")], "expected a list of trials with their total"),
        ([as_xml('<trials totalCount="0"/>')], "expected a list of trials with their total"),
        (
            [as_xml('<allTrials totalCount="1"><fullTrial><trial/></fullTrial></allTrials>')],
            "a trial without its ISRCTN",
        ),
        ([as_html()], "expected a list of trials with their total"),
        ([as_html("<p>busy<br>made-up")], "expected XML"),
        ([as_xml(page(trial(1))[2][:200])], "expected XML"),  # type: ignore[arg-type]
        ([as_xml("")], "expected XML"),
        ([as_xml(BOMB)], "the XML has a DOCTYPE"),
        ([as_xml(OUTSIDE)], "the XML has a DOCTYPE"),
        ([as_xml("made-up", status=400)], "status 400"),
    ],
)
def test_an_answer_that_is_not_whole_is_an_error(serve: Serve, pages: list[Sent], message: str) -> None:
    answer, _ = answered(serve, *pages)
    assert message in answer.error


def test_no_given_registration_is_lost_unseen(serve: Serve) -> None:
    pages = page(trial(1), total=3), page(total=3)
    answer, _ = answered(serve, *pages, query=Query("isrctn", "", only=("ISRCTN99000001", "ISRCTN99000002")))
    assert answer.error == "3 records announced, 1 received"


@pytest.mark.parametrize("fault", [as_html(), as_xml("", status=429), as_html(status=503), as_xml(BOMB)])
def test_a_fault_that_passes_leaves_no_trace(serve: Serve, fault: Sent) -> None:
    answer, served = answered(serve, fault, page(trial(1)))
    assert (answer.error, answer.n_total, len(answer.records), len(served.requests)) == ("", 1, 1, 2)


def test_a_prefix_of_the_namespace_changes_nothing(serve: Serve) -> None:
    (_, _, plain) = page(trial(1))
    assert isinstance(plain, str)
    prefixed = re.sub(r"<(/?)(?=\w)", r"<\1i:", plain).replace("xmlns=", "xmlns:i=")
    answer, _ = answered(serve, as_xml(prefixed))
    assert (answer.error, answer.records[0].accession) == ("", "ISRCTN99000001")


def test_every_fact_of_a_registration_is_read(serve: Serve) -> None:
    record = record_of(serve, WHOLE)
    assert (record.accession, record.registration) == ("ISRCTN99000007",) * 2
    assert record.kind is RecordKind.REGISTRATION
    assert record.title == "Made-up tea & p<0.05 🍵 <i>calm</i>", "unescaped once, as XML asks, and nothing stripped"
    assert (record.year, record.published, record.venue) == (2098, "2098-08-14", "ISRCTN registry")
    assert (record.doi, record.url) == ("10.1186/isrctn99000007", "https://www.isrctn.com/ISRCTN99000007")
    assert record.abstract == (
        "A made-up scientific title Tea calms. What is tea? A drink. Who can join? All. Design: A made-up design. "
        "Condition: Unrest; Haste. Intervention: Oolong; Two cups a day."
    )
    assert (record.licence, record.retracted) == ("cc-by", None)
    assert record.linked == (
        "2099-512345-12-00",
        "NCT99000001",
        "ACTRN12699999999999",
        "10.5555/made-up.1",
        "10.5555/made-up.2",
        "PMID:991",
    )
    found = record.trial
    assert found is not None
    assert found.secondary_ids == ("2099-512345-12-00", "NCT99000001", "ACTRN12699999999999")
    assert (found.status, found.status_as_printed) == (None, "")
    assert (found.registry_updated, found.registered) == ("2099-06-18", "2098-08-14")
    assert (found.start, found.primary_completion, found.completion) == ("2098-09-01", "", "2099-12-01")
    assert (found.study_type, found.phases) == ("Interventional", (Phase.PHASE2, Phase.PHASE3))
    assert (found.n_enrolled, found.enrolment_kind) == (35, "actual")
    assert (found.sponsor, found.countries) == ("Made-up sponsor", ("Nowhere", "Elsewhere"))
    assert (found.intervention, found.has_results) == ("Oolong", None)


WHOLE = """<fullTrial><trial lastUpdated="2099-06-18T12:30:12.405392221Z">
<isrctn dateAssigned="2098-08-14T11:46:55.594873Z">99000007</isrctn>
<trialDescription><title>Made-up tea &amp; p&lt;0.05 \U0001f375
  &lt;i&gt;calm&lt;/i&gt;</title><scientificTitle>A made-up scientific title</scientificTitle>
<studyHypothesis>Tea calms.</studyHypothesis>
<plainEnglishSummary>What is tea?
A drink.

Who can join?
All.

Who is the main contact?
Made-Up Person, made-up@example.org</plainEnglishSummary></trialDescription>
<externalRefs><doi>10.1186/ISRCTN99000007</doi><eudraCTNumber>EU CT 2099-512345-12-00</eudraCTNumber>
<irasNumber/><clinicalTrialsGovNumber>NCT99000001</clinicalTrialsGovNumber>
<protocolSerialNumber>Nil known</protocolSerialNumber><secondaryNumbers>
<secondaryNumber numberType="ctis">CIV-ID 23-12-045096</secondaryNumber>
<secondaryNumber numberType="other">ACTRN12699999999999</secondaryNumber>
<secondaryNumber numberType="other">ISRCTN99000007</secondaryNumber></secondaryNumbers></externalRefs>
<trialDesign><studyDesign>A made-up design</studyDesign><primaryStudyDesign>Interventional</primaryStudyDesign>
<overallEndDate>2099-12-01T00:00:00.000Z</overallEndDate></trialDesign>
<participants><recruitmentCountries><country>Nowhere</country><country>Elsewhere</country></recruitmentCountries>
<targetEnrolment>50</targetEnrolment><totalFinalEnrolment>35</totalFinalEnrolment>
<recruitmentStart>2098-09-01T00:00:00.000Z</recruitmentStart><recruitmentStatusOverride/></participants>
<conditions><condition><description>Unrest</description></condition>
<condition><description>Haste</description></condition></conditions>
<interventions><intervention><description>Two cups a day</description><phase>Phase II/III</phase>
<drugNames>Oolong</drugNames></intervention></interventions>
<results><publicationDetails>Made-up results https://doi.org/10.5555/made-up.2 and
https://pubmed.ncbi.nlm.nih.gov/991/</publicationDetails></results>
<outputs><output outputType="resultsarticle"><externalLink url="https://doi.org/10.5555/made-up.1"/></output></outputs>
</trial><sponsor><organisation>Made-up sponsor</organisation></sponsor>
<contact><title>Dr</title><forename>Made-Up</forename></contact></fullTrial>"""


@pytest.mark.parametrize(
    ("inside", "printed", "status"),
    [
        ("<trialDesign><overallStatusOverride>Stopped</overallStatusOverride></trialDesign>", "Stopped", "TERMINATED"),
        (
            "<trialDesign><overallStatusOverride>Suspended</overallStatusOverride></trialDesign>",
            "Suspended",
            "SUSPENDED",
        ),
        (
            "<participants><recruitmentStatusOverride>Suspended</recruitmentStatusOverride></participants>",
            "Suspended",
            "SUSPENDED",
        ),
        (
            "<participants><recruitmentStatusOverride>Stopped</recruitmentStatusOverride></participants>",
            "Recruitment: Stopped",
            None,
        ),
        ("<trialDesign><overallStatusOverride>Made-up</overallStatusOverride></trialDesign>", "Made-up", None),
        ("<participants><recruitmentEnd>2000-01-01T00:00:00.000Z</recruitmentEnd></participants>", "", None),
    ],
)
def test_only_a_status_that_is_stated_is_read(serve: Serve, inside: str, printed: str, status: str | None) -> None:
    found = record_of(serve, trial(1, inside)).trial
    assert found is not None
    assert (found.status_as_printed, found.status) == (printed, status and RegistryStatus(status))


def test_a_registration_with_odd_parts_is_kept_with_what_it_has(serve: Serve) -> None:
    odd = trial(1, "<participants><targetEnrolment>about ten</targetEnrolment><recruitmentStart/></participants>")
    record = record_of(serve, odd)
    assert (record.title, record.year, record.abstract) == ("A made-up trial of tea 1", None, "")
    assert record.trial is not None
    assert (record.trial.n_enrolled, record.trial.enrolment_kind, record.trial.start) == (None, "", "")
    planned = record_of(serve, trial(2, "<participants><targetEnrolment>50</targetEnrolment></participants>")).trial
    assert planned is not None
    assert (planned.n_enrolled, planned.enrolment_kind) == (50, "estimated")


def test_the_key_is_the_isrctn() -> None:
    assert isrctn.key_of(SourceRecord("made-up", "", registration="ISRCTN99999904")) == "ISRCTN99999904"
    assert isrctn.key_of(SourceRecord("made-up", "", registration="NCT99000001")) == ""


def test_a_stop_of_the_service_is_an_error(serve: Serve) -> None:
    served = serve({"/query": in_turn(as_html(status=500))}, "ISRCTN")
    with pytest.raises(SourceError, match="status 500"):
        next(isrctn.search(QUERY, served.web))


def test_a_recorded_registration_is_read_whole(serve: Serve, recorded_responses: Path) -> None:
    path = recorded_responses / "isrctn" / "api-default-1-of-31-trials.2026.xml"
    text = path.read_text(encoding="utf-8")

    def stated(name: str) -> str:
        (first, *_) = re.findall(rf"<{name}\b[^>]*>([^<]+)</{name}>", text)
        return str(first)

    answer, _ = answered(serve, as_xml(text), as_xml(re.sub(r"(?s)<fullTrial>.*</fullTrial>", "", text)))
    assert answer.error == "31 records announced, 1 received", "the recording holds one of them"
    (record,) = answer.records
    assert record.accession == f"ISRCTN{stated('isrctn')}"
    assert (record.title, record.doi) == (stated("title"), stated("doi").lower())
    assert (record.year, record.published) == (2024, "2024-08-14")
    for name in ("scientificTitle", "studyHypothesis", "drugNames", "studyDesign"):
        assert " ".join(stated(name).split()) in record.abstract
    (contact,) = re.findall(r"main contact\?\s+([^,]+),", text)
    assert contact not in record.abstract
    assert "example.org" not in record.abstract
    assert record.linked == (), "a CIV-ID is no registration that is known"
    trial_facts = record.trial
    assert trial_facts is not None
    assert (trial_facts.phases, trial_facts.countries) == ((Phase.PHASE3,), ("Sweden",))
    assert (trial_facts.sponsor, trial_facts.intervention) == (stated("organisation"), stated("drugNames"))
    assert (trial_facts.n_enrolled, trial_facts.enrolment_kind) == (35, "actual")
    assert (trial_facts.registry_updated, trial_facts.registered) == ("2026-06-18", "2024-08-14")
    assert (trial_facts.start, trial_facts.completion) == ("2024-09-01", "2026-12-01")
    assert (trial_facts.status, trial_facts.status_as_printed) == (None, "")

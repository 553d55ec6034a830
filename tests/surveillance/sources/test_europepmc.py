"""Europe PMC through its REST service: cursor marks, windows, identifiers, and the records of its collections."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.source_record import RecordKind, SourceRecord
from generator.records import store
from generator.surveillance.asking.answers import Answer, Query, ask
from generator.surveillance.nightly.asked import ask_all
from generator.surveillance.nightly.plan import Due
from generator.surveillance.sources import europepmc
from tests.conftest import MADE_UP
from tests.surveillance.sources.conftest import Serve, Served
from tests.surveillance.sources.server import Route, Sent, as_html, as_json, in_turn

STRATEGY = 'TITLE_ABS:("made-up tea" OR tisane)'


def result(number: int | str, **more: object) -> dict[str, object]:
    return {"id": str(number), "source": "MED", "title": "Made-up tea", **more}


def page(results: list[dict[str, object]], total: int, after: str | None = None) -> Sent:
    found = {"version": "6.9", "hitCount": total, "resultList": {"result": results}}
    return as_json(found | ({"nextCursorMark": after} if after else {}))


def paged(pages: Mapping[str, tuple[list[dict[str, object]], str | None]], total: int) -> Route:
    """Return a route that gives the page of each cursor mark and the mark after it."""

    def route(method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> Sent:
        del headers, body
        assert (method, path) == ("GET", "/search")
        results, after = pages[query["cursorMark"]]
        return page(results, total, after)

    return route


def asked(served: Served, **query: object) -> Answer:
    return ask(europepmc, Query("europe-pmc", **{"strategy": STRATEGY, **query}), served.web)  # type: ignore[arg-type]


def one(serve: Serve, found: dict[str, object]) -> SourceRecord:
    answer = asked(serve({"/search": in_turn(page([found], 1))}, "EUROPEPMC"))
    assert answer.error == ""
    (record,) = answer.records
    return record


def test_every_page_is_read_until_the_mark_repeats(serve: Serve) -> None:
    pages = {"*": ([result(1), result(2)], "a+b/="), "a+b/=": ([result(3)], "c"), "c": ([], "c")}
    served = serve({"/search": paged(pages, 3)}, "EUROPEPMC")
    answer = asked(served)
    assert (answer.error, answer.n_total) == ("", 3)
    assert [record.pmid for record in answer.records] == ["1", "2", "3"]
    assert served.requests[0].query == {
        "query": f"({STRATEGY})",
        "format": "json",
        "resultType": "core",
        "pageSize": "500",
        "cursorMark": "*",
    }
    assert "cursorMark=%2A" in answer.url


@pytest.mark.parametrize("after", ["*", None])
def test_one_page_ends_with_its_own_mark_or_none(serve: Serve, after: str | None) -> None:
    served = serve({"/search": paged({"*": ([result(1)], after)}, 1)}, "EUROPEPMC")
    answer = asked(served)
    assert (answer.error, answer.n_total, len(served.requests)) == ("", 1, 1)


def test_an_empty_answer_is_zero(serve: Serve) -> None:
    answer = asked(serve({"/search": in_turn(page([], 0, "*"))}, "EUROPEPMC"))
    assert (answer.error, answer.records, answer.n_total) == ("", (), 0)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ({"*": ([result(1)], None)}, "3 records announced, 1 received"),
        ({"*": ([result(1)], "a"), "a": ([], "b")}, "3 records announced, 1 received"),
        ({"*": ([result(1)], "a"), "a": ([result(1)], "b")}, "page 2 repeats records"),
    ],
)
def test_a_cut_or_repeated_answer_is_an_error(
    serve: Serve, pages: Mapping[str, tuple[list[dict[str, object]], str | None]], expected: str
) -> None:
    answer = asked(serve({"/search": paged(pages, 3)}, "EUROPEPMC"))
    assert expected in answer.error
    assert answer.n_total is None


def test_the_window_is_the_day_of_first_indexing(serve: Serve) -> None:
    served = serve({"/search": in_turn(page([], 0))}, "EUROPEPMC")
    asked(served, since=dt.date(2026, 9, 5))
    assert served.requests[0].query["query"] == f"({STRATEGY}) AND FIRST_IDATE:[2026-09-05 TO 3000-01-01]"


def test_an_answer_is_limited_to_identifiers(serve: Serve) -> None:
    served = serve({"/search": in_turn(page([], 0))}, "EUROPEPMC")
    asked(served, only=("5", "10.1234/made-up(1)", "PMC7"), since=dt.date(2026, 9, 5))
    asked(served, strategy="", only=("5",))
    named = '((EXT_ID:5 AND SRC:MED) OR DOI:"10.1234/made-up(1)" OR PMCID:PMC7)'
    assert [request.query["query"] for request in served.requests] == [
        f"({STRATEGY}) AND {named} AND FIRST_IDATE:[2026-09-05 TO 3000-01-01]",
        "((EXT_ID:5 AND SRC:MED))",
    ]


def test_many_identifiers_are_asked_in_parts(serve: Serve) -> None:
    def route(method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> Sent:
        del method, path, headers, body
        numbers = re.findall(r"EXT_ID:(\d+)", query["query"])
        return page([result(number) for number in numbers], len(numbers))

    served = serve({"/search": route}, "EUROPEPMC")
    only = tuple(str(number) for number in range(1000, 1120))
    answer = asked(served, only=only)
    assert (answer.error, answer.n_total) == ("", 120)
    assert {record.pmid for record in answer.records} == set(only)
    assert len(served.requests) == 3
    assert max(len(request.target) for request in served.requests) < 8_000


def test_asking_for_nothing_is_an_error(serve: Serve) -> None:
    served = serve({}, "EUROPEPMC")
    assert "neither a strategy nor identifiers" in asked(served, strategy="").error
    assert served.requests == []


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (as_html(), "expected JSON, got text/html"),
        (as_html(status=503), "status 503"),
        (as_json({}, 429), "status 429"),
        (as_json([]), "expected a JSON object"),
        (as_json({"hitCount": 3}), "expected a count and a list"),
        (as_json({"resultList": {"result": []}}), "expected a count and a list"),
        (page([result("")], 1), "without its number or its collection"),
        (page([{"id": "1", "title": "Made-up tea"}], 1), "without its number or its collection"),
    ],
)
def test_an_answer_that_is_none_is_asked_for_again_and_then_an_error(serve: Serve, reply: Sent, expected: str) -> None:
    served = serve({"/search": in_turn(reply)}, "EUROPEPMC")
    assert expected in asked(served).error
    assert len(served.requests) == 3
    later = serve({"/search": in_turn(reply, page([result(4)], 1))}, "EUROPEPMC")
    assert [record.pmid for record in asked(later).records] == ["4"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [({"errCode": 404, "errMsg": "made-up: invalid cursor"}, "made-up: invalid cursor"), ({"errCode": 404}, "404")],
)
def test_what_the_service_calls_an_error_is_one(serve: Serve, said: dict[str, object], expected: str) -> None:
    served = serve({"/search": in_turn(as_json(said))}, "EUROPEPMC")
    assert asked(served).error == f"Europe PMC says: {expected}"
    assert len(served.requests) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Made-up <i>in vitro</i> tea: p<0.05 & BMI >30",
        "Made-up &lt;b&gt; &amp; \U0001f375",
        "Made-up <script>alert(1)</script>",
    ],
)
def test_titles_stay_what_they_are(serve: Serve, title: str) -> None:
    assert one(serve, result(1, title=title)).title == title


def test_every_part_of_an_article_is_read(serve: Serve) -> None:
    found = result(
        11,
        pmid="11",
        pmcid="PMC12",
        doi="10.1234/Made-Up",
        authorString="Made-Up JE, Initialled A, Group.",
        authorList={
            "author": [
                {"fullName": "Made-Up JE", "lastName": "Made-Up", "firstName": "Jane E", "initials": "JE"},
                {"fullName": "Initialled A", "lastName": "Initialled", "initials": "A"},
                {"fullName": "Mononym"},
                {"collectiveName": "Made-up Tea Group"},
            ]
        },
        journalInfo={"volume": "4", "issue": "2", "journal": {"title": "Made-up journal"}},
        pageInfo="132-142",
        pubYear="2021",
        firstPublicationDate="2021-03-15",
        electronicPublicationDate="2020-12-30",
        abstractText="<h4>Background</h4>Tea (NCT00000001), p<0.05.<h4>Results: </h4> CO<sub>2</sub><h4></h4>End",
        language="eng",
        license="cc by",
        pubTypeList={"pubType": ["research-article", "Journal Article"]},
    )
    assert one(serve, found) == SourceRecord(
        source="europe-pmc",
        title="Made-up tea",
        authors=("Made-Up, Jane E", "Initialled, A", "Mononym", "Made-up Tea Group"),
        year=2021,
        published="2021-03-15",
        venue="Made-up journal",
        volume="4",
        issue="2",
        pages="132-142",
        doi="10.1234/made-up",
        pmid="11",
        pmcid="PMC12",
        url="https://europepmc.org/article/MED/11",
        abstract="Background: Tea (NCT00000001), p<0.05. Results: CO<sub>2</sub> End",
        licence="cc-by",
        kind=RecordKind.ARTICLE,
        language="eng",
        linked=("NCT00000001",),
        accession="11",
    )


def test_a_record_with_missing_and_null_parts_is_kept(serve: Serve) -> None:
    empty = result(
        "PPR1", source="PPR", title=None, doi=None, authorList=None, authorString="Made-Up JE, Other A.", pubYear=None
    )
    record = one(serve, empty)
    assert (record.title, record.doi, record.year, record.pmid) == ("", "", None, "")
    assert record.authors == ("Made-Up JE", "Other A")
    assert (record.kind, record.accession, record.retracted, record.licence) == (RecordKind.PREPRINT, "PPR1", None, "")


def test_numbers_of_other_collections_carry_its_name(serve: Serve) -> None:
    record = one(serve, result("123", source="HIR"))
    assert (record.accession, record.pmid, record.kind) == ("HIR/123", "", RecordKind.OTHER)


@pytest.mark.parametrize(
    ("license_", "expected"),
    [("cc by-nc-nd", "cc-by-nc-nd"), ("cc0", "cc0"), ("CC BY-SA", "cc-by-sa"), (None, "")],
)
def test_the_licence_is_the_one_stated(serve: Serve, license_: str | None, expected: str) -> None:
    assert one(serve, result(1, license=license_)).licence == expected


def relations(*stated: tuple[str, str, str]) -> dict[str, object]:
    listed = [{"type": kind, "source": source, "id": number} for kind, source, number in stated]
    return {"commentCorrectionList": {"commentCorrection": listed}}


@pytest.mark.parametrize(
    ("more", "retracted", "kind", "linked"),
    [
        ({"pubTypeList": {"pubType": ["Retracted Publication", "Journal Article"]}}, True, RecordKind.ARTICLE, ()),
        (relations(("Retraction in", "MED", "5")), True, RecordKind.OTHER, ()),
        (
            relations(("Retraction of", "MED", "5"))
            | {"pubTypeList": {"pubType": ["Retraction of Publication", "Journal Article"]}},
            None,
            RecordKind.ERRATUM,
            ("PMID:5",),
        ),
        (relations(("Preprint of", "MED", "5")) | {"source": "PPR"}, None, RecordKind.PREPRINT, ("PMID:5",)),
        (relations(("Preprint in", "PPR", "PPR6")), None, RecordKind.OTHER, ("PPR6",)),
        (relations(("Update of", "MED", "7"), ("Comment in", "MED", "8")), None, RecordKind.OTHER, ("PMID:7",)),
        ({"title": "RETRACTED: Made-up tea"}, True, RecordKind.OTHER, ()),
    ],
)
def test_retractions_kinds_and_relations(
    serve: Serve, more: dict[str, object], retracted: bool | None, kind: RecordKind, linked: tuple[str, ...]
) -> None:
    record = one(serve, result(1, **more))
    assert (record.retracted, record.kind, record.linked) == (retracted, kind, linked)


def test_the_reference_of_a_relation_may_name_a_doi(serve: Serve) -> None:
    stated = {"type": "Preprint of", "reference": "Made-up. 2021 Feb. doi: 10.1234/article."}
    assert one(serve, result(1, commentCorrectionList={"commentCorrection": [stated]})).linked == ("10.1234/article",)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (SourceRecord("", "Made-up", pmid="5", doi="10.1234/x"), "5"),
        (SourceRecord("", "Made-up", doi="10.1234/x", pmcid="PMC7"), "10.1234/x"),
        (SourceRecord("", "Made-up", pmcid="PMC7"), "PMC7"),
        (SourceRecord("", "Made-up", registration="NCT00000000"), ""),
    ],
)
def test_the_key_of_a_known_record(known: SourceRecord, expected: str) -> None:
    assert europepmc.key_of(known) == expected


def test_a_recorded_preprint_is_read_whole(recorded_responses: Path, serve: Serve) -> None:
    body = (recorded_responses / "europepmc" / "search-core-preprint-PPR179288.2026.json").read_bytes()
    (said,) = json.loads(body)["resultList"]["result"]
    answer = asked(serve({"/search": in_turn((200, {"content-type": "application/json"}, body))}, "EUROPEPMC"))
    assert (answer.error, answer.n_total) == ("", 1)
    (record,) = answer.records
    assert (record.accession, record.doi, record.title) == (said["id"], said["doi"], said["title"])
    assert (str(record.year), record.published) == (said["pubYear"], said["firstPublicationDate"])
    assert (record.kind, record.venue, record.licence) == (RecordKind.PREPRINT, "medRxiv", "cc-by")
    assert record.authors[:2] == ("Horby, Peter", "Lim, Wei Shen")
    assert (len(record.authors), record.authors[-1]) == (
        len(said["authorList"]["author"]),
        "RECOVERY Collaborative Group",
    )
    assert record.linked == ("PMID:32678530",)
    assert (record.retracted, record.abstract, record.pmid) == (None, "", "")


def test_a_study_known_by_its_pubmed_central_id_alone_is_found_again(serve: Serve) -> None:
    records = store.load(MADE_UP).records
    assert records.protocol is not None
    report = next(one for one in records.included["solo-2020"].reports if one.primary)
    known = report.having(doi=None, pmid=None, pmcid="PMC9999901", openalex=None)
    study = records.included["solo-2020"].having(reports=(known,))
    held = page([result("PMC9999901", source="PMC", pmcid="PMC9999901")], 1)
    served = serve({"/search": in_turn(held)}, "EUROPEPMC")
    source = records.protocol.sources[0].having(strategies=(STRATEGY,), feeds=())
    due = Due(source, europepmc, Query(source.id, STRATEGY), ())
    (answered,) = ask_all([due], replace(records, included={"solo-2020": study}, trials={}), served.web)
    assert any("PMCID:PMC9999901" in request.query["query"] for request in served.requests)
    assert answered.found_again == "1 of 1"

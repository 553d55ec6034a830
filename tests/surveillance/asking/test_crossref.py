"""Crossref look-ups: notices in all their spellings, versions of a document, and DOIs that Crossref does not know."""

import json
from pathlib import Path

import pytest

from generator.model.report import IntegrityStatus
from generator.surveillance.asking.crossref import CrossrefRecord, Notice, look_up
from generator.surveillance.asking.web import SourceError
from tests.surveillance.sources.conftest import Serve, serve
from tests.surveillance.sources.server import Sent, as_html, as_json, in_turn

__all__ = ["serve"]

UNKNOWN: Sent = (404, {"content-type": "text/plain"}, "Resource not found.")


def work(**more: object) -> Sent:
    message = {"DOI": "10.1234/Made-Up", "type": "journal-article", "title": ["Made-up tea <i>x</i>"]} | more
    return as_json({"status": "ok", "message-type": "work", "message": message})


def update(kind: str, doi: str = "10.1234/Notice", day: object = ((2024, 3, 5),), **more: object) -> dict[str, object]:
    return {"DOI": doi, "type": kind, "label": "Made-up", "updated": {"date-parts": day}, **more}


def found(serve: Serve, reply: Sent) -> CrossrefRecord | None:
    return look_up("10.1234/made-up", serve({"/works": in_turn(reply)}, "CROSSREF").web)


def notices(serve: Serve, **more: object) -> tuple[Notice, ...]:
    record = found(serve, work(**more))
    assert record
    return record.notices


def test_a_work_without_notices(serve: Serve) -> None:
    assert found(serve, work()) == CrossrefRecord("10.1234/made-up", "Made-up tea <i>x</i>", "journal-article")
    assert found(serve, work(**{"updated-by": [], "update-to": None, "relation": {}, "title": []})) == CrossrefRecord(
        "10.1234/made-up", "", "journal-article"
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("retraction", IntegrityStatus.RETRACTED),
        ("withdrawal", IntegrityStatus.RETRACTED),
        ("removal", IntegrityStatus.RETRACTED),
        ("Retraction", IntegrityStatus.RETRACTED),
        ("expression_of_concern", IntegrityStatus.EXPRESSION_OF_CONCERN),
        ("expression-of-concern", IntegrityStatus.EXPRESSION_OF_CONCERN),
        ("Expression of Concern", IntegrityStatus.EXPRESSION_OF_CONCERN),
        ("correction", IntegrityStatus.CORRECTED),
        ("corrigendum", IntegrityStatus.CORRECTED),
        ("erratum", IntegrityStatus.CORRECTED),
        ("addendum", IntegrityStatus.CORRECTED),
        ("clarification", IntegrityStatus.CORRECTED),
        ("partial_retraction", IntegrityStatus.CORRECTED),
    ],
)
def test_what_a_notice_declares(serve: Serve, kind: str, expected: IntegrityStatus) -> None:
    stated = notices(serve, **{"updated-by": [update(kind, source="retraction-watch")]})
    assert stated == (Notice(expected, "10.1234/notice", "2024-03-05"),)


def test_every_notice_is_kept_and_the_same_one_once(serve: Serve) -> None:
    listed = [
        update("correction"),
        update("retraction", source="publisher"),
        update("retraction", source="retraction-watch"),
    ]
    assert [notice.kind for notice in notices(serve, **{"updated-by": listed})] == [
        IntegrityStatus.CORRECTED,
        IntegrityStatus.RETRACTED,
    ]


def test_other_updates_are_no_notices(serve: Serve) -> None:
    assert notices(serve, **{"updated-by": [update("new_version"), update("New Edition")]}) == ()


@pytest.mark.parametrize("kind", ["Made up kind", ""])
def test_a_type_that_is_not_known_may_be_a_notice(serve: Serve, kind: str) -> None:
    stated = notices(serve, **{"updated-by": [update(kind)]})
    assert stated == (Notice(None, "10.1234/notice", "2024-03-05", kind),)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(((2024,),), "2024"), (((2024, 3),), "2024-03"), (((None,),), ""), ((), ""), (None, "")],
)
def test_the_day_of_a_notice(serve: Serve, day: object, expected: str) -> None:
    assert [notice.on for notice in notices(serve, **{"updated-by": [update("retraction", day=day)]})] == [expected]


def test_a_notice_without_a_doi_is_kept(serve: Serve) -> None:
    stated = {"updated-by": [{"type": "retraction", "source": "publisher"}]}
    assert notices(serve, **stated) == (Notice(IntegrityStatus.RETRACTED, "", ""),)


def test_a_notice_is_not_retracted_by_what_it_retracts(serve: Serve) -> None:
    record = found(serve, work(**{"update-to": [update("retraction", "10.1234/Subject")]}))
    assert record
    assert record.notices == ()


def test_a_notice_may_take_the_place_of_its_document(serve: Serve) -> None:
    record = found(serve, work(**{"update-to": [update("retraction", "10.1234/MADE-UP")]}))
    assert record
    assert record.notices == (Notice(IntegrityStatus.RETRACTED, "10.1234/made-up", "2024-03-05"),)


def test_versions_of_a_document(serve: Serve) -> None:
    relation = {
        "is-preprint-of": [{"id-type": "doi", "id": "10.1234/Article"}, {"id-type": "doi", "id": "10.1234/article"}],
        "has-preprint": [{"id-type": "doi", "id": "10.1101/made-up"}, {"id-type": "other", "id": "made-up"}],
        "is-related-material": [{"id-type": "doi", "id": "10.1234/other"}],
    }
    record = found(serve, work(relation=relation))
    assert record
    assert (record.preprint_of, record.preprints) == (("10.1234/article",), ("10.1101/made-up",))


def test_a_doi_that_crossref_does_not_know_is_none(serve: Serve) -> None:
    served = serve({"/works": in_turn(UNKNOWN)}, "CROSSREF")
    assert look_up("10.1234/made-up", served.web) is None
    assert len(served.requests) == 1


@pytest.mark.parametrize(
    "doi",
    [
        "10.1234/made-up",
        "10.1002/(sici)1097-0142(19960101)77:1<3::aid-cncr2>3.0.co;2-7",
        "10.1234/a#b?c=d&e%20f",
        "10.1234/a//b",
    ],
)
def test_every_doi_arrives_as_it_is(serve: Serve, doi: str) -> None:
    served = serve({"/works": in_turn(UNKNOWN)}, "CROSSREF")
    look_up(doi, served.web)
    (request,) = served.requests
    assert (request.path, request.query) == (f"/works/{doi}", {})
    assert request.target.count("/") == 2


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (as_html(status=404), "status 404"),
        (as_html(), "expected JSON, got text/html"),
        (as_json({"status": "ok", "message": {"title": ["Made-up tea"]}}), "expected a work with its DOI"),
        (as_json([]), "expected a work with its DOI"),
        (as_json({}, 429), "status 429"),
        (as_html(status=503), "status 503"),
    ],
)
def test_a_reply_that_is_none_is_asked_for_again_and_then_an_error(serve: Serve, reply: Sent, expected: str) -> None:
    served = serve({"/works": in_turn(reply)}, "CROSSREF")
    with pytest.raises(SourceError, match=expected):
        look_up("10.1234/made-up", served.web)
    assert len(served.requests) == 3
    later = look_up("10.1234/made-up", serve({"/works": in_turn(reply, work())}, "CROSSREF").web)
    assert later
    assert later.doi == "10.1234/made-up"


def recorded(serve: Serve, folder: Path, name: str) -> tuple[CrossrefRecord | None, dict[str, object]]:
    body = (folder / "crossref" / name).read_bytes()
    said = json.loads(body)["message"]
    return found(serve, (200, {"content-type": "application/json"}, body)), said


def test_a_recorded_preprint_names_its_article(recorded_responses: Path, serve: Serve) -> None:
    record, said = recorded(serve, recorded_responses, "work-preprint-10.1101_2024.04.01.587366.json")
    assert record
    assert (record.doi, record.title, record.type) == (said["DOI"], said["title"][0], "posted-content")  # type: ignore[index]
    assert (record.preprint_of, record.notices) == (("10.1016/j.xgen.2025.100814",), ())


def test_a_recorded_article_does_not_name_its_preprint(recorded_responses: Path, serve: Serve) -> None:
    name = "work-article-of-that-preprint-10.1016_j.xgen.2025.100814.json"
    record, said = recorded(serve, recorded_responses, name)
    assert record
    assert (record.doi, record.title, record.type) == (said["DOI"], said["title"][0], "journal-article")  # type: ignore[index]
    assert (record.preprint_of, record.preprints, record.notices) == ((), (), ())


def test_a_recorded_list_is_no_work(recorded_responses: Path, serve: Serve) -> None:
    with pytest.raises(SourceError, match="expected a work with its DOI"):
        recorded(serve, recorded_responses, "list-select-of-a-retracted-article-10.1155_2022_8341966.json")


def test_the_recorded_answer_to_an_unknown_doi(recorded_responses: Path, serve: Serve) -> None:
    body = (recorded_responses / "crossref" / "error-404-unknown-doi.txt").read_bytes()
    assert found(serve, (404, {"content-type": "text/plain"}, body)) is None

"""OpenAlex over HTTP, against layouts written by hand: whole answers, refusals, faults, and every field of a work."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyalex  # type: ignore[import-untyped]
import pytest

from generator.model.source_record import RecordKind, SourceRecord
from generator.records.store import load
from generator.surveillance.asking.answers import Answer, Query, ask
from generator.surveillance.asking.web import BudgetSpentError, SourceError
from generator.surveillance.sources import module, openalex
from generator.surveillance.sources.reading.works import FIELDS
from tests.surveillance.sources.conftest import Serve, Served
from tests.surveillance.sources.server import Route, Sent, as_html, as_json, in_turn

QUERY = Query("made-up", "(oolong OR sencha) AND kettle")
BUDGET = "Insufficient budget. This request costs $0.001 but you only have $0 remaining. Resets at midnight UTC."


def work(number: int, **changes: object) -> dict[str, object]:
    return {
        "id": f"https://openalex.org/W{1_000_000 + number}",
        "doi": f"https://doi.org/10.5555/Made-Up.{number}",
        "title": f"A made-up work on tea {number}",
        "publication_year": 2026,
        "publication_date": "2026-03-15",
        "type": "article",
        "is_retracted": False,
    } | changes


def listed(works: list[dict[str, object]], n_total: int, cursor: str | None = None) -> Sent:
    return as_json({"meta": {"count": n_total, "per_page": 100, "next_cursor": cursor}, "results": works})


def shelf(n_works: int) -> Route:
    """Return a route that pages as the service does: a full page has a cursor, also when nothing comes after it."""

    def route(method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> Sent:
        del method, headers, body
        assert path == "/works"
        start, size = int(query["cursor"].replace("*", "0")), int(query["per_page"])
        works = [work(number) for number in range(n_works)][start : start + size]
        return listed(works, n_works, str(start + size) if len(works) == size else None)

    return route


def answered(serve: Serve, route: Route, query: Query = QUERY, **environment: str) -> tuple[Answer, Served]:
    served = serve({"/works": route}, "OPENALEX", **environment)
    return ask(module("openalex"), query, served.web), served


def record_of(serve: Serve, **changes: object) -> SourceRecord:
    answer, _ = answered(serve, in_turn(listed([work(1, **changes)], 1)))
    assert answer.error == ""
    return answer.records[0]


@pytest.mark.parametrize(
    ("n_works", "cursors"),
    [(0, ["*"]), (1, ["*"]), (99, ["*"]), (100, ["*", "100"]), (250, ["*", "100", "200"])],
)
def test_every_page_is_read_to_the_end(serve: Serve, n_works: int, cursors: list[str]) -> None:
    answer, served = answered(serve, shelf(n_works))
    assert (answer.error, answer.n_total, len(answer.records)) == ("", n_works, n_works)
    assert [request.query["cursor"] for request in served.requests] == cursors
    assert {request.query["per_page"] for request in served.requests} == {"100"}
    assert len({record.accession for record in answer.records}) == n_works


def test_what_is_asked_for(serve: Serve) -> None:
    query = Query("made-up", '("green tea"\n OR\n sencha) AND kettle', since=dt.date(2026, 1, 31))
    answer, served = answered(serve, shelf(1), query)
    (request,) = served.requests
    assert request.query["filter"] == (
        'title_and_abstract.search:("green tea" OR sencha) AND kettle,from_publication_date:2026-01-31'
    )
    assert set(request.query) == {"filter", "select", "per_page", "cursor"}
    assert {"id", "doi", "title", "abstract_inverted_index", "is_retracted"} <= set(request.query["select"].split(","))
    assert answer.url == f"{served.address}{request.target}"
    assert request.headers["user-agent"] == "made-up test"


def test_a_window_is_asked_for_only_when_there_is_one(serve: Serve) -> None:
    _, served = answered(serve, shelf(1))
    assert served.requests[0].query["filter"] == f"title_and_abstract.search:{QUERY.strategy}"
    assert openalex.OVERLAP_DAYS == 90


def test_identifiers_limit_the_answer(serve: Serve) -> None:
    answer, served = answered(serve, shelf(1), Query("made-up", "sencha", only=("10.5555/b", "10.5555/a", "10.5555/b")))
    assert answer.error == ""
    assert [request.query["filter"] for request in served.requests] == [
        "title_and_abstract.search:sencha,doi:10.5555/b|10.5555/a"
    ]


def test_identifiers_can_be_asked_for_without_a_strategy(serve: Serve) -> None:
    only = (*(f"10.5555/made-up.{number}" for number in range(120)), "W2741809807", "PMID:123")
    answer, served = answered(serve, shelf(1), Query("made-up", "", only=only))
    filters = [request.query["filter"] for request in served.requests]
    assert [len(one.split("|")) for one in filters] == [50, 50, 20, 1, 1]
    assert filters[3:] == ["openalex_id:W2741809807", "pmid:123"]
    asked = {named for one in filters[:3] for named in one.removeprefix("doi:").split("|")}
    assert asked == set(only[:120])
    assert (answer.error, answer.n_total) == ("", 1), "the parts find the same work, which counts once"


def test_long_identifiers_make_more_parts_and_no_long_address(serve: Serve) -> None:
    only = tuple(f"10.5555/(made-up){number:0200}" for number in range(30))
    words = " OR ".join(f"tea{number:04}" for number in range(260))
    answer, served = answered(serve, shelf(0), Query("made-up", f"({words}) AND kettle", only=only))
    assert answer.error == ""
    assert len(served.requests) > 4
    assert max(len(request.target) for request in served.requests) < 4_000
    asked = [named for one in served.requests for named in one.query["filter"].rpartition("doi:")[2].split("|")]
    assert set(asked) == set(only)


@pytest.mark.parametrize("named", ["10.5555/made,up", "10.5555/made|up", "NCT04849429", "123", ""])
def test_identifiers_that_cannot_be_asked_for_are_an_error(serve: Serve, named: str) -> None:
    answer, served = answered(serve, shelf(0), Query("made-up", "sencha", only=("10.5555/a", named)))
    assert "cannot be asked for" in answer.error
    assert served.requests == []


@pytest.mark.parametrize(("strategy", "why"), [("", "neither a strategy"), ("oolong|sencha", "write OR")])
def test_a_query_that_asks_for_another_thing_is_not_sent(serve: Serve, strategy: str, why: str) -> None:
    answer, served = answered(serve, shelf(0), Query("made-up", strategy))
    assert why in answer.error
    assert served.requests == []


def test_a_long_strategy_is_asked_in_parts_with_totals_of_their_own(serve: Serve) -> None:
    words = [f'"made up tea {number:04}"' for number in range(300)]
    served = serve({"/works": shelf(3)}, "OPENALEX")
    pages = list(openalex.search(Query("made-up", f"({' OR '.join(words)}) AND kettle"), served.web))
    assert len(pages) > 1
    assert [page.part for page in pages] == [f"{number} of {len(pages)}" for number in range(1, len(pages) + 1)]
    assert {page.n_total for page in pages} == {3}
    assert max(len(request.target) for request in served.requests) < 4_000
    asked = " ".join(request.query["filter"] for request in served.requests)
    assert [asked.count(word) for word in words] == [1] * 300
    assert asked.count("AND kettle") == len(pages)


def test_the_strategy_of_this_review_is_one_request(serve: Serve, real_review: Path) -> None:
    protocol = load(real_review).records.protocol
    assert protocol
    strategies = [text for source in protocol.sources if source.module == "openalex" for text in source.strategies]
    assert strategies
    for strategy in strategies:
        _, served = answered(serve, shelf(0), Query("made-up", strategy, since=dt.date(2026, 1, 1)))
        assert len(served.requests) == 1
        assert " ".join(strategy.split()) in served.requests[0].query["filter"]


def test_fewer_works_than_announced_are_an_error(serve: Serve) -> None:
    answer, _ = answered(serve, in_turn(listed([work(1), work(2)], 3)))
    assert "no way to the next page after 2 of 3 works" in answer.error
    assert answer.n_total is None


def test_a_page_that_repeats_is_an_error(serve: Serve) -> None:
    answer, _ = answered(serve, in_turn(listed([work(number) for number in range(100)], 200, "again")))
    assert "repeats" in answer.error
    assert (len(answer.records), answer.n_total) == (100, None)


def test_an_end_before_the_announced_total_is_an_error(serve: Serve) -> None:
    first = listed([work(number) for number in range(100)], 200, "next")
    answer, _ = answered(serve, in_turn(first, listed([], 200)))
    assert "100 of 200" in answer.error
    assert len(answer.records) == 100


def test_a_page_without_works_is_the_end_even_with_a_cursor(serve: Serve) -> None:
    first = listed([work(number) for number in range(100)], 100, "next")
    answer, served = answered(serve, in_turn(first, listed([], 100, "further")))
    assert (answer.error, answer.n_total, len(served.requests)) == ("", 100, 2)


def test_a_full_page_without_a_cursor_is_an_error_even_if_it_could_be_the_last(serve: Serve) -> None:
    works = [work(number) for number in range(100)]
    answer, served = answered(serve, in_turn(as_json({"meta": {"count": 100}, "results": works})))
    assert "no way to the next page" in answer.error
    assert len(served.requests) == 3


GOOD = listed([work(1)], 1)


@pytest.mark.parametrize(
    "fault",
    [
        as_html(),
        as_html(status=500),
        as_html(status=503),
        as_html(status=429),
        as_html(status=429, retry_after="0"),
        as_json({"error": "Rate limit exceeded", "message": "100 requests per second", "retryAfter": 0.1}, 429),
        (200, {"content-type": "application/json"}, GOOD[2][:80]),
        (200, {"content-type": "application/json", "content-length": "100000"}, GOOD[2]),
        (200, {"content-type": "application/json"}, ""),
        as_json([1]),
        as_json({"meta": {"count": 1}}),
        as_json({"meta": {"count": 1}, "results": None}),
        as_json({"meta": {"count": 1}, "results": ["W1"]}),
        as_json({"meta": None, "results": [work(1)]}),
        as_json({"results": [work(1)]}),
        listed([work(1, id=None)], 1),
        listed([work(1, id="https://openalex.org/A5000000000")], 1),
        listed([work(1)], 2),
    ],
)
def test_a_fault_that_passes_is_asked_again(serve: Serve, fault: Sent) -> None:
    answer, served = answered(serve, in_turn(fault, GOOD))
    assert (answer.error, answer.n_total, len(served.requests)) == ("", 1, 2)
    assert [record.accession for record in answer.records] == ["W1000001"]


@pytest.mark.parametrize("fault", [as_html(), as_html(status=503), as_json({"error": "slow down"}, 429)])
def test_a_fault_that_stays_is_an_error_and_never_a_quiet_night(serve: Serve, fault: Sent) -> None:
    answer, served = answered(serve, in_turn(fault))
    assert answer.error
    assert (answer.records, answer.n_total, len(served.requests)) == ((), None, 3)


@pytest.mark.parametrize(
    "refusal",
    [
        as_json({"error": "Rate limit exceeded", "message": BUDGET}, 429),
        as_json({"error": "Rate limit exceeded", "message": "Later.", "retryAfter": 17659}, 429),
        as_json({"error": "Rate limit exceeded", "message": BUDGET, "retryAfter": 17659}, 429, retry_after="17659"),
        as_html(status=429, retry_after="17659"),
    ],
)
def test_a_spent_budget_ends_the_source_for_the_night(serve: Serve, refusal: Sent) -> None:
    served = serve({"/works": in_turn(refusal, GOOD)}, "OPENALEX")
    with pytest.raises(BudgetSpentError, match="status 429"):
        list(openalex.search(QUERY, served.web))
    assert len(served.requests) == 1


@pytest.mark.parametrize(
    "refusal",
    [
        as_html(status=429, retry_after="7"),
        as_json({"error": "Rate limit exceeded", "message": "100 requests per second"}, 429, retry_after="7"),
        as_json({"error": "Rate limit exceeded", "message": "100 requests per second", "retryAfter": 7}, 429),
    ],
)
def test_a_short_wait_that_is_asked_for_is_kept(serve: Serve, refusal: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve({"/works": in_turn(refusal, GOOD)}, "OPENALEX")
    served.web.longest_wait = 60
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    assert len(list(openalex.search(QUERY, served.web))) == 1
    assert waits == [7]


def test_an_answer_is_read_whatever_wait_it_names(serve: Serve) -> None:
    status, headers, body = GOOD
    answer, _ = answered(serve, in_turn((status, {**headers, "retry-after": "17659"}, body)))
    assert (answer.error, answer.n_total) == ("", 1)


def test_pages_before_the_budget_was_spent_are_kept(serve: Serve) -> None:
    first = listed([work(number) for number in range(100)], 200, "next")
    answer, _ = answered(serve, in_turn(first, as_json({"message": BUDGET}, 429)), OPENALEX_API_KEY="made-up-key")
    assert "midnight UTC" in answer.error
    assert (len(answer.records), answer.n_total) == (100, None)


@pytest.mark.parametrize(
    ("status", "said", "key", "expected"),
    [
        (401, "Invalid or missing API key", "made-up-key", "Mend the secret OPENALEX_API_KEY"),
        (401, "Invalid or missing API key made-up-key", "made-up-key", "key ***. Mend the secret"),
        (401, "Invalid or missing API key", "", "Set the secret OPENALEX_API_KEY"),
        (403, "You must include a valid API key", "", "You must include a valid API key"),
        (400, "Wildcards (* or ?) require exact (no-stem) search.", "", "Take * and ? out of the strategy"),
        (400, "made_up is not a valid field.", "", "made_up is not a valid field"),
        (200, "Something went wrong.", "", "Something went wrong"),
        (429, BUDGET, "", "With a key in the secret OPENALEX_API_KEY the budget is larger"),
    ],
)
def test_a_refusal_says_what_to_do(serve: Serve, status: int, said: str, key: str, expected: str) -> None:
    refusal = as_json({"error": "Made-up error", "message": said}, status)
    answer, served = answered(serve, in_turn(refusal), OPENALEX_API_KEY=key)
    assert expected in answer.error
    assert "made-up-key" not in answer.error
    assert len(served.requests) == 1


def test_the_key_travels_in_the_header_alone(serve: Serve) -> None:
    answer, served = answered(serve, shelf(150), OPENALEX_API_KEY=" made-up-key\n")
    assert {request.headers["authorization"] for request in served.requests} == {"Bearer made-up-key"}
    assert not any("made-up-key" in request.target for request in served.requests)
    assert "made-up-key" not in answer.url
    assert answer.note == ""


@pytest.mark.parametrize("environment", [{}, {"OPENALEX_API_KEY": ""}, {"OPENALEX_API_KEY": "  "}])
def test_an_empty_key_is_not_sent_and_the_reduced_budget_is_said(serve: Serve, environment: dict[str, str]) -> None:
    answer, served = answered(serve, shelf(1), QUERY, **environment)
    assert "authorization" not in served.requests[0].headers
    assert answer.note == "without a key: reduced budget"


def test_a_work_is_read_whole(serve: Serve) -> None:
    found = record_of(
        serve,
        ids={
            "openalex": "https://openalex.org/W1000001",
            "pmid": "https://pubmed.ncbi.nlm.nih.gov/29456894",
            "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/5815332",
        },
        language="en",
        primary_location={
            "landing_page_url": "https://doi.org/10.5555/made-up.1",
            "source": {"display_name": "Made-up Journal of Tea"},
        },
        best_oa_location={"license": "CC-BY"},
        locations=[
            {"id": "doi:10.5555/made-up.1", "landing_page_url": "https://doi.org/10.5555/made-up.1"},
            {"id": "doi:10.5555/made-up-preprint", "landing_page_url": None},
            {"landing_page_url": "https://pubmed.ncbi.nlm.nih.gov/29456894"},
            {"landing_page_url": "https://doi.org/10.5555/Made-Up-Deposit"},
        ],
        authorships=[
            {"author": {"display_name": "Anna Made-Up"}, "raw_author_name": "A. Made-Up"},
            {"author": {"display_name": None}, "raw_author_name": "B. Made-Up"},
            {"author": None},
        ],
        biblio={"volume": "7", "issue": "2", "first_page": "11", "last_page": "19"},
        is_retracted=True,
        abstract_inverted_index={"tea": [1, 4], "Made-up": [0], "in": [2], "NCT04849429:": [3], "&lt;75": [5]},
    )
    assert found == SourceRecord(
        source="made-up",
        title="A made-up work on tea 1",
        authors=("Anna Made-Up", "B. Made-Up"),
        year=2026,
        published="2026-03-15",
        venue="Made-up Journal of Tea",
        volume="7",
        issue="2",
        pages="11-19",
        doi="10.5555/made-up.1",
        pmid="29456894",
        pmcid="PMC5815332",
        openalex="W1000001",
        url="https://doi.org/10.5555/made-up.1",
        abstract="Made-up tea in NCT04849429: tea &lt;75",
        licence="cc-by",
        kind=RecordKind.ARTICLE,
        language="en",
        retracted=True,
        linked=("NCT04849429", "10.5555/made-up-preprint", "10.5555/made-up-deposit"),
        accession="W1000001",
    )


def test_a_work_with_nothing_but_its_number_is_kept(serve: Serve) -> None:
    answer, _ = answered(serve, in_turn(listed([{"id": "https://openalex.org/W1000001"}], 1)))
    assert answer.records == (
        SourceRecord(
            source="made-up",
            title="",
            openalex="W1000001",
            accession="W1000001",
            url="https://openalex.org/W1000001",
        ),
    )


@pytest.mark.parametrize("name", [*FIELDS[1:], "unknown"])
@pytest.mark.parametrize("odd", [None, 7, "made-up", [], ["made-up"], {}, {"made-up": None}, {"made-up": ["x"]}])
def test_an_odd_part_never_loses_a_work(serve: Serve, name: str, odd: object) -> None:
    assert record_of(serve, **{name: odd}).accession == "W1000001"


@pytest.mark.parametrize(
    "title",
    [
        "Made-up tea & BMI <6",
        "Made-up <i>Camellia</i> p<0.05",
        "Made-up &lt;tea&gt;",
        "Made-up tea 🍵 ≥ 2",
        "Made-up 茶",
    ],
)
def test_titles_stay_what_they_are(serve: Serve, title: str) -> None:
    assert record_of(serve, title=title).title == title
    assert record_of(serve, title=None, display_name=title).title == title


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"type": "article"}, RecordKind.ARTICLE),
        ({"type": "review"}, RecordKind.ARTICLE),
        ({"type": "letter"}, RecordKind.ARTICLE),
        ({"type": "preprint"}, RecordKind.PREPRINT),
        ({"type": "article", "primary_location": {"raw_type": "posted-content"}}, RecordKind.PREPRINT),
        ({"type": "article", "primary_location": {"raw_type": "journal-article"}}, RecordKind.ARTICLE),
        ({"type": "erratum"}, RecordKind.ERRATUM),
        ({"type": "erratum", "primary_location": {"raw_type": "posted-content"}}, RecordKind.ERRATUM),
        ({"type": "retraction"}, RecordKind.ERRATUM),
        ({"type": "peer-review"}, RecordKind.OTHER),
        ({"type": "book-chapter"}, RecordKind.OTHER),
        ({"type": "made-up"}, RecordKind.OTHER),
        ({"type": "article", "doi": "https://doi.org/10.1186/ISRCTN99999990"}, RecordKind.REGISTRATION),
    ],
)
def test_kinds(serve: Serve, changes: dict[str, object], kind: RecordKind) -> None:
    assert record_of(serve, **changes).kind is kind


def test_the_copy_of_a_registry_record_says_which_registration_it_is(serve: Serve) -> None:
    assert record_of(serve, doi="https://doi.org/10.1186/ISRCTN99999990").registration == "ISRCTN99999990"
    assert record_of(serve).registration == ""


@pytest.mark.parametrize(("flag", "expected"), [(True, True), (False, None), (None, None), ("true", None)])
def test_a_work_is_retracted_only_when_flagged(serve: Serve, flag: object, expected: bool | None) -> None:
    assert record_of(serve, is_retracted=flag).retracted is expected


@pytest.mark.parametrize(
    ("changes", "year", "published"),
    [
        ({"publication_year": 2025, "publication_date": "2026-01-01"}, 2025, "2026-01-01"),
        ({"publication_year": None, "publication_date": "2026-01-01"}, 2026, "2026-01-01"),
        ({"publication_year": 2026, "publication_date": None}, 2026, ""),
        ({"publication_year": None, "publication_date": None}, None, ""),
    ],
)
def test_dates(serve: Serve, changes: dict[str, object], year: int | None, published: str) -> None:
    found = record_of(serve, **changes)
    assert (found.year, found.published) == (year, published)


@pytest.mark.parametrize(
    ("first", "last", "pages"),
    [("11", "19", "11-19"), ("e7", "e7", "e7"), ("11", None, "11"), (None, "19", "19"), (None, None, "")],
)
def test_pages(serve: Serve, first: str | None, last: str | None, pages: str) -> None:
    assert record_of(serve, biblio={"first_page": first, "last_page": last}).pages == pages


def test_a_damaged_abstract_is_left_out(serve: Serve) -> None:
    assert record_of(serve, abstract_inverted_index={"tea": [0, None]}).abstract == ""


def test_a_record_that_comes_twice_counts_once(serve: Serve) -> None:
    first = listed([work(number) for number in range(100)], 101, "next")
    answer, _ = answered(serve, in_turn(first, listed([work(99), work(100)], 101)))
    assert (answer.error, len(answer.records), answer.n_total) == ("", 101, 101)


def test_a_vanished_number_is_found_again_by_doi(serve: Serve) -> None:
    moved = as_json(work(7, doi="https://doi.org/10.5555/made-up.1"))
    served = serve({"/works/": in_turn(moved)}, "OPENALEX", OPENALEX_API_KEY="made-up-key")
    found = openalex.find_again("10.5555/made-up(1)?<2>#3", served.web, "made-up")
    assert found is not None
    assert (found.openalex, found.doi, found.source) == ("W1000007", "10.5555/made-up.1", "made-up")
    (request,) = served.requests
    assert request.path == "/works/doi:10.5555/made-up(1)?<2>#3"
    assert set(request.query) == {"select"}
    assert request.headers["authorization"] == "Bearer made-up-key"


def test_a_merged_work_is_followed_to_the_one_that_was_kept(serve: Serve) -> None:
    def route(method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> Sent:
        del method, query, headers, body
        return as_json(work(8)) if path == "/works/W1000008" else (301, {"location": "/works/W1000008"}, "")

    served = serve({"/works/": route}, "OPENALEX")
    found = openalex.find_again("10.5555/made-up.1", served.web)
    assert found is not None
    assert found.openalex == "W1000008"


def test_a_doi_without_a_work_is_none_and_a_failure_is_not(serve: Serve) -> None:
    unknown = serve({"/works/": in_turn(as_html("<!doctype html><title>404 Not Found</title>", 404))}, "OPENALEX")
    assert openalex.find_again("10.5555/made-up.1", unknown.web) is None
    assert len(unknown.requests) == 1
    broken = serve({"/works/": in_turn(as_html(status=503))}, "OPENALEX")
    with pytest.raises(SourceError, match="503"):
        openalex.find_again("10.5555/made-up.1", broken.web)


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({"doi": "10.5555/a", "openalex": "W2741809807", "pmid": "1"}, "10.5555/a"),
        ({"doi": "10.5555/a,b", "openalex": "W2741809807", "pmid": "1"}, "W2741809807"),
        ({"pmid": "123"}, "PMID:123"),
        ({"registration": "NCT04849429"}, ""),
    ],
)
def test_the_key_of_a_known_record(serve: Serve, known: dict[str, str], key: str) -> None:
    found = openalex.key_of(SourceRecord("made-up", "A made-up title", **known))  # type: ignore[arg-type]
    assert found == key
    if found:
        answer, _ = answered(serve, shelf(0), Query("made-up", "", only=(found,)))
        assert answer.error == ""


def test_the_settings_that_pyalex_shares_are_left_alone(serve: Serve) -> None:
    before = dict(pyalex.config)
    answered(serve, shelf(1), OPENALEX_API_KEY="made-up-key")
    assert dict(pyalex.config) == before


def test_the_default_address_is_the_service() -> None:
    assert urlsplit(openalex.ADDRESS).netloc == "api.openalex.org"
    (question,) = openalex._questions(QUERY, openalex.ADDRESS)
    assert question.startswith("https://api.openalex.org/works?filter=title_and_abstract.search:")
    assert parse_qs(urlsplit(question).query)["filter"] == [f"title_and_abstract.search:{QUERY.strategy}"]

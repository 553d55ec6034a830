"""Feeds written by hand, through a server: quiet, cut off, unchanged, no feed at all; and recorded ones."""

import datetime as dt
import hashlib
import html
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.model.search_run import Validators
from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.asking.answers import Answer, Query, ask
from generator.surveillance.sources import feeds
from tests.surveillance.sources.conftest import Serve, Served
from tests.surveillance.sources.server import Route, Sent, as_html, as_json, in_turn

RSS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<rss version="2.0" {names}><channel><title>Made-up feed</title>{shown}</channel></rss>'
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Made-up feed</title><entry>{shown}</entry></feed>'
DUBLIN_CORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def shown(number: int, title: str = "", link: str = "", more: str = "") -> str:
    title, link = title or f"Made-up record {number}", link or f"https://made-up.example/{number}"
    return f"<item><title>{title}</title><link>{link}</link><guid>made-up-{number}</guid>{more}</item>"


def rss(*every: str, names: str = "", **headers: str) -> Sent:
    return 200, {"content-type": "application/rss+xml"} | headers, RSS.format(names=names, shown="".join(every))


def answered(
    serve: Serve,
    *feed: Sent,
    registries: Mapping[str, Route] | None = None,
    since: dt.date | None = None,
    validators: Validators | None = None,
) -> tuple[Answer, Served]:
    served = serve({"/feed": in_turn(*feed)} | dict(registries or {}), "CLINICALTRIALS", "CTIS")
    query = Query("made-up", f"{served.address}/feed.xml?term=tea", since=since, validators=validators)
    return ask(feeds, query, served.web), served


def record_of(serve: Serve, item: str, **more: str) -> SourceRecord:
    answer, _ = answered(serve, rss(item, **more))
    assert answer.error == ""
    return answer.records[0]


def test_what_a_feed_shows_is_read(serve: Serve) -> None:
    answer, served = answered(serve, rss(shown(1), shown(2)))
    assert (answer.error, answer.n_total, answer.note) == ("", None, "")
    assert [record.title for record in answer.records] == ["Made-up record 1", "Made-up record 2"]
    first = answer.records[0]
    assert (first.url, first.accession, first.kind) == ("https://made-up.example/1", "made-up-1", RecordKind.OTHER)
    assert (first.doi, first.pmid, first.registration, first.year) == ("", "", "", None)
    assert answer.url == f"{served.address}/feed.xml?term=tea"
    assert "if-none-match" not in served.requests[0].headers


def test_a_quiet_feed_is_no_error(serve: Serve) -> None:
    answer, _ = answered(serve, rss())
    assert (answer.error, answer.records) == ("", ())
    assert answer.validators is not None


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (as_html(), "expected a feed, got text/html"),
        (as_html("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>"), "expected a feed"),
        (as_json({"made-up": True}), "expected a feed, got application/json"),
        ((200, {}, ""), "expected a feed, got an empty reply"),
        ((200, {}, " \n"), "expected a feed, got an empty reply"),
        (as_html(status=404), "status 404"),
        ((304, {}, ""), "status 304"),
    ],
)
def test_what_is_no_feed_is_an_error(serve: Serve, reply: Sent, message: str) -> None:
    answer, _ = answered(serve, reply)
    assert message in answer.error
    assert (answer.records, answer.validators) == ((), None)


@pytest.mark.parametrize("fault", [as_html(), (200, {}, ""), as_html(status=503), as_html(status=429)])
def test_a_fault_that_passes_leaves_no_trace(serve: Serve, fault: Sent) -> None:
    answer, served = answered(serve, fault, rss(shown(1)))
    assert (answer.error, len(answer.records), len(served.requests)) == ("", 1, 2)


def cut(reply: Sent, at: str) -> Sent:
    status, headers, body = reply
    assert isinstance(body, str)
    return status, headers, body[: body.rindex(at)]


@pytest.mark.parametrize("at", ["</channel>", "record 3", "<guid>made-up-3", "</item>"])
def test_a_feed_that_is_cut_off_gives_its_whole_records_and_an_error(serve: Serve, at: str) -> None:
    n_whole = 3 if at == "</channel>" else 2
    answer, served = answered(serve, cut(rss(shown(1), shown(2), shown(3)), at))
    assert answer.error == f"the feed is cut off after {n_whole} records"
    assert [record.accession for record in answer.records] == [f"made-up-{n + 1}" for n in range(n_whole)]
    assert answer.validators is None, "the feed is to be read again"
    assert len(served.requests) == 3


def test_a_feed_that_is_cut_off_once_leaves_no_trace(serve: Serve) -> None:
    whole = rss(shown(1), shown(2))
    answer, _ = answered(serve, cut(whole, "</item>"), whole)
    assert (answer.error, len(answer.records)) == ("", 2)


def test_a_text_about_feeds_does_not_look_like_one_cut_off(serve: Serve) -> None:
    answer, _ = answered(serve, rss(shown(1, title="<![CDATA[Made-up </item> and </entry>]]>"), shown(2)))
    assert (answer.error, answer.note, len(answer.records)) == ("", "", 2)


def test_a_feed_with_a_slip_is_read_all_the_same(serve: Serve) -> None:
    answer, _ = answered(serve, rss(shown(1, title="Tea & made-up&nbsp;coffee"), shown(2)))
    assert (answer.error, len(answer.records)) == ("", 2)
    assert answer.note == "the feed is no well-formed XML and was read all the same"
    assert answer.records[0].title.startswith("Tea & made-up")


def test_entities_of_a_feed_do_nothing(serve: Serve, tmp_path: Path) -> None:
    secret = tmp_path / "made-up.txt"
    secret.write_text("made-up secret", encoding="utf-8")
    _, _, body = rss(shown(1, title="Made-up &a; &b;"))
    bomb = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file://{secret}"><!ENTITY b "{"bang" * 9}"><!ENTITY c "&b;&b;">]>'
    assert isinstance(body, str)
    answer, _ = answered(serve, (200, {}, body.replace("<rss", f"{bomb}<rss")))
    (record,) = answer.records
    assert "made-up secret" not in record.title


KNOWN = Validators(etag='"made-up-1"', modified="Mon, 05 Jan 2099 06:00:00 GMT", sha256="0" * 64)


def test_an_unchanged_feed_is_not_sent_again(serve: Serve) -> None:
    answer, served = answered(serve, (304, {}, ""), validators=KNOWN)
    assert served.requests[0].headers["if-none-match"] == '"made-up-1"'
    assert served.requests[0].headers["if-modified-since"] == "Mon, 05 Jan 2099 06:00:00 GMT"
    assert (answer.error, answer.records, answer.note) == ("", (), "unchanged since the last time")
    assert answer.validators == KNOWN


def test_a_feed_that_is_sent_again_unchanged_is_not_read_again(serve: Serve) -> None:
    first, _ = answered(serve, rss(shown(1)))
    assert first.validators is not None
    again, served = answered(serve, rss(shown(1)), validators=first.validators)
    assert "if-none-match" not in served.requests[0].headers
    assert (again.records, again.note, again.validators) == ((), "unchanged since the last time", first.validators)


def test_what_the_feed_calls_its_version_is_kept(serve: Serve) -> None:
    reply = rss(shown(1), etag='"made-up-2"', **{"last-modified": "Tue, 06 Jan 2099 06:00:00 GMT"})
    answer, _ = answered(serve, reply, validators=KNOWN)
    assert len(answer.records) == 1
    assert isinstance(reply[2], str)
    assert answer.validators == Validators(
        etag='"made-up-2"',
        modified="Tue, 06 Jan 2099 06:00:00 GMT",
        sha256=hashlib.sha256(reply[2].encode()).hexdigest(),
    )


def test_a_feed_cannot_be_asked_for_what_is_known(serve: Serve) -> None:
    served = serve({})
    answer = ask(feeds, Query("made-up", f"{served.address}/feed", only=("NCT99000001",)), served.web)
    assert (answer.error, answer.records, served.requests) == ("", (), [])
    assert feeds.key_of(SourceRecord("made-up", "", registration="NCT99000001")) == ""


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Made-up p &lt; 0.05 &amp; more", "Made-up p < 0.05 & more"),
        ("Made-up p &amp;lt; 0.05 &amp;amp; more", "Made-up p < 0.05 & more"),
        ("<![CDATA[Made-up p < 0.05 & H<sub>2</sub>O]]>", "Made-up p < 0.05 & H<sub>2</sub>O"),
        ("Made-up H&lt;sub&gt;2&lt;/sub&gt;O 🍵", "Made-up H<sub>2</sub>O 🍵"),
        ("Made-up &lt;script&gt;x&lt;/script&gt;", "Made-up <script>x</script>"),
        ("BMI &lt;6, made-up", "BMI <6, made-up"),
        ("\n  Made-up\n  title\n", "Made-up title"),
    ],
)
def test_titles_are_unescaped_once_and_never_stripped(serve: Serve, written: str, title: str) -> None:
    assert record_of(serve, shown(1, title=written)).title == title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('<title type="text">Made-up p &lt; 0.05</title>', "Made-up p < 0.05"),
        ('<title type="html">Made-up p &amp;lt; &lt;i&gt;x&lt;/i&gt;</title>', "Made-up p < <i>x</i>"),
    ],
)
def test_titles_of_atom_say_their_own_type(serve: Serve, written: str, title: str) -> None:
    body = ATOM.format(shown=f'{written}<id>urn:made-up:1</id><link href="https://made-up.example/1"/>')
    answer, _ = answered(serve, (200, {}, body))
    (record,) = answer.records
    assert (record.title, record.accession, record.url) == (title, "urn:made-up:1", "https://made-up.example/1")


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("<pubDate>Mon, 23 Oct 2023 22:00:00 EDT</pubDate>", "2023-10-24"),
        ("<pubDate>23 Oct 2023 22:00:00 +0000</pubDate>", "2023-10-23"),
        ("<pubDate>09/07/2026</pubDate>", "2026-07-09"),
        ("<pubDate>2025/01/15</pubDate>", "2025-01-15"),
        ("<pubDate>January 2025</pubDate>", "2025-01"),
        ("<pubDate>soon</pubDate>", ""),
        ("<dc:date>2019-11-29</dc:date>", "2019-11-29"),
        ("<dc:date>2026-07-09T01:00:00+02:00</dc:date>", "2026-07-08"),
        ("", ""),
    ],
)
def test_dates_are_read_in_every_spelling(serve: Serve, written: str, published: str) -> None:
    record = record_of(serve, shown(1, more=written), names=DUBLIN_CORE)
    assert (record.published, record.year) == (published, int(published[:4]) if published else None)


@pytest.mark.parametrize(
    ("since", "note"),
    [
        (None, ""),
        ("2098-12-31", "the oldest record shown is of 2099-01-02, after 2098-12-31"),
        ("2099-01-02", ""),
    ],
)
def test_a_feed_that_may_have_been_longer_is_said(serve: Serve, since: str | None, note: str) -> None:
    dates = [*(f"<pubDate>{day} Jan 2099 06:00:00 GMT</pubDate>" for day in (2, 5)), ""]  # the last one is undated
    feed = rss(*(shown(number, more=date) for number, date in enumerate(dates)))
    answer, _ = answered(serve, feed, since=dt.date.fromisoformat(since) if since else None)
    assert answer.error == ""
    assert answer.note.partition(":")[0] == note


def test_of_pubmed_only_the_number_is_kept(serve: Serve) -> None:
    link = "https://pubmed.ncbi.nlm.nih.gov/99000001/?utm_source=made-up&amp;fc=2099&amp;ff=2099&amp;v=2.18"
    more = (
        "<dc:identifier>doi:10.5555/Made-Up.1</dc:identifier><dc:creator>Up M</dc:creator><dc:creator>A B</dc:creator>"
    )
    record = record_of(serve, shown(1, link=link, more=more), names=DUBLIN_CORE)
    assert (record.pmid, record.accession) == ("99000001",) * 2
    assert record.url == "https://pubmed.ncbi.nlm.nih.gov/99000001"
    assert (record.doi, record.authors) == ("10.5555/made-up.1", ("Up M", "A B"))


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("Up, M., Invented, A. B., van der Nobody, C.", ("Up, M.", "Invented, A. B.", "van der Nobody, C.")),
        ("Up, M.", ("Up, M.",)),
        ("The Made-Up Consortium", ("The Made-Up Consortium",)),
    ],
)
def test_preprints_are_known_by_their_server(serve: Serve, names: str, authors: tuple[str, ...]) -> None:
    link = "http://medrxiv.org/cgi/content/short/2099.01.02.99000001v1?rss=1"
    more = f"<dc:identifier>doi:10.5555/2099.01.02.99000001</dc:identifier><dc:creator>{names}</dc:creator>"
    record = record_of(serve, shown(1, link=link, more=more), names=DUBLIN_CORE)
    assert (record.kind, record.doi) == (RecordKind.PREPRINT, "10.5555/2099.01.02.99000001")
    assert (record.accession, record.authors) == (record.doi, authors)


def test_identifiers_that_a_record_only_mentions_are_not_its_own(serve: Serve) -> None:
    more = "<description>Made-up results of NCT99000001, doi:10.5555/made-up.9, PMID: 99</description>"
    record = record_of(serve, shown(1, more=more))
    assert (record.registration, record.doi, record.pmid, record.kind) == ("", "", "", RecordKind.OTHER)


NCT = "https://clinicaltrials.gov/study/NCT9900000{0}?cond=tea"


def ctgov(*numbers: int) -> dict[str, Route]:
    """Return the routes of a registry that holds some made-up studies."""
    found = [
        {
            "protocolSection": {
                "identificationModule": {"nctId": f"NCT9900000{number}", "briefTitle": "Made-up, as registered"}
            }
        }
        for number in numbers
    ]
    version = as_json({"dataTimestamp": "2099-01-05T09:00:05"})
    return {"/version": in_turn(version), "/studies": in_turn(as_json({"studies": found, "totalCount": len(found)}))}


def test_registrations_are_read_again_from_clinicaltrials_gov(serve: Serve) -> None:
    feed = rss(shown(1, link=NCT.format(1)), shown(9), shown(2, link=NCT.format(2)), shown(1, link=NCT.format(1)))
    answer, served = answered(serve, feed, registries=ctgov(1))
    assert answer.error == ""
    assert [(record.registration, record.title) for record in answer.records] == [
        ("NCT99000001", "Made-up, as registered"),
        ("", "Made-up record 9"),
        ("NCT99000002", "Made-up record 2"),
    ]
    assert (answer.records[0].trial is None, answer.records[2].trial) == (False, None)
    assert (answer.records[2].url, answer.records[2].kind) == (
        "https://clinicaltrials.gov/study/NCT99000002",
        RecordKind.REGISTRATION,
    )
    assert answer.note == (
        "1 registrations read again at clinicaltrials.gov; 1 not found there; data of 2099-01-05T09:00:05"
    )
    (asked,) = [request for request in served.requests if request.path == "/studies"]
    assert asked.query["filter.ids"] == "NCT99000001|NCT99000002"
    assert {record.source for record in answer.records} == {"made-up"}


def test_a_registry_that_does_not_answer_is_an_error_of_the_feed(serve: Serve) -> None:
    registries = ctgov(1) | {"/studies": in_turn(as_html(status=500))}
    answer, _ = answered(serve, rss(shown(1, link=NCT.format(1))), registries=registries)
    assert answer.error.startswith("clinicaltrials.gov, asked about 1 registrations of the feed: ")
    assert answer.validators is None, "the feed is to be read again"


def test_trials_are_read_again_from_ctis(serve: Serve) -> None:
    link = "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&amp;EUCT=2099-500001-11-00"
    told = "<description>&lt;b&gt;Trial number&lt;/b&gt;: 2099-500002-11-00&lt;br /&gt;after NCT99000001</description>"
    plain = "https://euclinicaltrials.eu/"
    number = iter(["2099-500001-11-00", "2099-500002-11-00"])

    def route(method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> Sent:
        del method, path, query, headers
        asked = next(number)
        assert asked in body.decode()
        held = [{"ctNumber": asked, "ctTitle": "Made-up, as registered"}]
        return as_json({"pagination": {"totalRecords": 1, "nextPage": False}, "data": held})

    feed = rss(shown(1, link=link), shown(2, link=plain, more=told))
    answer, _ = answered(serve, feed, registries={"/search": route})
    assert answer.error == ""
    assert [(record.accession, record.title) for record in answer.records] == [
        ("2099-500001-11-00", "Made-up, as registered"),
        ("2099-500002-11-00", "Made-up, as registered"),
    ]
    assert answer.note == "2 registrations read again at euclinicaltrials.eu"


def recorded(serve: Serve, folder: Path, name: str, **registries: Route) -> tuple[Answer, str]:
    raw = (folder / "rss" / name).read_bytes()
    answer, _ = answered(serve, (200, {}, raw), registries={f"/{path}": route for path, route in registries.items()})
    return answer, raw.decode()


NONE_HELD = in_turn(as_json({"studies": [], "totalCount": 0}))
VERSION = in_turn(as_json({}))


@pytest.mark.parametrize(
    ("name", "n_shown"),
    [("clinicaltrials-gov-60-items.2016-06-30.xml", 60), ("clinicaltrials-gov-one-item-excerpt.2023-10-24.xml", 1)],
)
def test_recorded_feeds_of_clinicaltrials_gov(serve: Serve, recorded_responses: Path, name: str, n_shown: int) -> None:
    answer, text = recorded(serve, recorded_responses, name, version=VERSION, studies=NONE_HELD)
    assert answer.error == ""
    ids = re.findall(r"<guid[^>]*>(NCT\d{8})</guid>", text)
    titles = [one.strip() for one in re.findall(r"(?s)<item>.*?<title>(.*?)</title>", text)]
    assert (len(ids), len(titles)) == (n_shown, n_shown)
    assert [record.accession for record in answer.records] == ids
    assert [record.title for record in answer.records] == [html.unescape(title) for title in titles]
    years = [int(year) for year in re.findall(r"(?s)<item>.*?<pubDate>\w+, \d+ \w+ (\d{4})", text)]
    assert [record.year for record in answer.records] == years
    assert all("?" not in record.url for record in answer.records)


def test_a_recorded_feed_of_biorxiv(serve: Serve, recorded_responses: Path) -> None:
    answer, text = recorded(serve, recorded_responses, "biorxiv-rdf-one-item.2019-11-29.xml")
    assert answer.error == ""
    (record,) = answer.records
    (title,) = re.findall(r"<dc:title><!\[CDATA\[(.*?)\]\]>", text)
    (doi,) = re.findall(r"<dc:identifier>doi:(.*?)<", text)
    assert (record.title, record.doi, record.accession) == (title, doi, doi)
    assert (record.published, record.year, record.venue) == ("2019-11-29", 2019, "bioRxiv")
    assert (record.kind, len(record.authors)) == (RecordKind.PREPRINT, 4)
    assert record.abstract[:40] == "Human liver models that are 3-dimensiona"
    assert record.licence == ""

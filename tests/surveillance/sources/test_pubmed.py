"""PubMed through its E-utilities: windows, identifiers, splitting by days, and every part of its XML."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.asking.answers import Answer, Query, ask
from generator.surveillance.formats.reading.pubmed_xml import PubmedXmlError, deleted_in, read_set, records_in
from generator.surveillance.sources import pubmed
from tests.surveillance.sources.conftest import Serve, Served
from tests.surveillance.sources.server import Route, Sent, as_html, as_json, as_xml, in_turn

TYPE = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
STRATEGY = '"made-up tea"[tiab]'


def article_set(*documents: str) -> str:
    return f"{TYPE}<PubmedArticleSet>{''.join(documents)}</PubmedArticleSet>"


def article(pmid: str, title: str = "Made-up tea", more: str = "", after: str = "", ids: str = "") -> str:
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><Journal>'
        f"<Title>Made-up journal</Title></Journal><ArticleTitle>{title}</ArticleTitle>{more}</Article>"
        f"{after}</MedlineCitation>"
        f"<PubmedData><ArticleIdList><ArticleId IdType='pubmed'>{pmid}</ArticleId>{ids}</ArticleIdList></PubmedData>"
        "</PubmedArticle>"
    )


def listed(ids: list[str], count: int | None = None, **more: object) -> Sent:
    found = {"count": str(len(ids) if count is None else count), "idlist": ids, **more}
    return as_json({"header": {"type": "esearch"}, "esearchresult": found})


def answering(respond: Callable[[Mapping[str, str]], Sent]) -> Route:
    def route(method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes) -> Sent:
        del path, headers, body
        assert method == "GET"
        return respond(query)

    return route


fetched = answering(lambda query: as_xml(article_set(*map(article, query["id"].split(",")))))


def one(xml: str) -> SourceRecord:
    (record,) = records_in(read_set(article_set(xml).encode()), "pubmed")
    return record


def asked(served: Served, **query: object) -> Answer:
    return ask(pubmed, Query("pubmed", **{"strategy": STRATEGY, **query}), served.web)  # type: ignore[arg-type]


def n_asked(served: Served, tool: str) -> int:
    return sum(request.path == f"/{tool}.fcgi" for request in served.requests)


def test_records_are_fetched_two_hundred_at_a_time(serve: Serve) -> None:
    ids = [str(number) for number in range(1, 451)]
    served = serve({"/esearch": in_turn(listed(ids)), "/efetch": fetched}, "PUBMED")
    answer = asked(served)
    assert answer.error == ""
    assert ([record.pmid for record in answer.records], answer.n_total) == (ids, 450)
    assert n_asked(served, "efetch") == 3
    assert served.requests[0].query == {
        "db": "pubmed",
        "term": STRATEGY,
        "retmax": "9999",
        "retmode": "json",
        "tool": "living-review",
    }
    assert "term=%22made-up+tea%22" in answer.url
    pages = pubmed.search(Query("pubmed", STRATEGY), served.web)
    assert [page.n_total for page in pages] == [None, None, 450], "what was deleted is known at the end"


def test_an_empty_answer_is_zero_and_fetches_nothing(serve: Serve) -> None:
    nothing = {"phrasesignored": [], "quotedphrasesnotfound": [], "outputmessages": ["No items found."]}
    served = serve({"/esearch": in_turn(listed([], warninglist=nothing))}, "PUBMED")
    answer = asked(served)
    assert (answer.error, answer.records, answer.n_total, answer.note) == ("", (), 0, "")
    assert [request.path for request in served.requests] == ["/esearch.fcgi"]


def test_the_window_asks_for_both_days_of_addition(serve: Serve) -> None:
    added = {"edat": ["1", "2"], "crdt": ["2", "3"]}
    served = serve(
        {"/esearch": answering(lambda query: listed(added[query["datetype"]])), "/efetch": fetched}, "PUBMED"
    )
    answer = asked(served, since=dt.date(2026, 9, 5))
    assert (answer.error, answer.n_total) == ("", 3)
    assert [record.pmid for record in answer.records] == ["1", "2", "3"], "a late record has an old Entrez date"
    windows = [request.query for request in served.requests if request.path == "/esearch.fcgi"]
    assert [(one["datetype"], one["mindate"], one["maxdate"]) for one in windows] == [
        ("edat", "2026/09/05", "3000"),
        ("crdt", "2026/09/05", "3000"),
    ]


def test_an_answer_is_limited_to_identifiers(serve: Serve) -> None:
    doi = "<ArticleId IdType='doi'>10.1234/Made-Up</ArticleId>"
    documents = article_set(article("7"), article("8", ids=doi), article("9", "Found by the words of the identifier"))
    served = serve({"/esearch": in_turn(listed(["7", "8", "9"])), "/efetch": in_turn(as_xml(documents))}, "PUBMED")
    answer = asked(served, only=("7", "10.1234/made-up"))
    assert served.requests[0].query["term"] == f'({STRATEGY}) AND (7[uid] OR "10.1234/made-up"[aid])'
    assert answer.error == ""
    assert ([record.pmid for record in answer.records], answer.n_total) == (["7", "8"], 2)


def test_many_identifiers_are_asked_in_parts_without_a_strategy(serve: Serve) -> None:
    found = answering(lambda query: listed(re.findall(r"(\d+)\[uid\]", query["term"])))
    served = serve({"/esearch": found, "/efetch": fetched}, "PUBMED")
    only = tuple(str(number) for number in range(1000, 1250))
    answer = asked(served, strategy="", only=only)
    assert (answer.error, answer.n_total) == ("", 250)
    assert {record.pmid for record in answer.records} == set(only)
    terms = [request for request in served.requests if request.path == "/esearch.fcgi"]
    assert [len(request.query["term"].split(" OR ")) for request in terms] == [100, 100, 50]
    assert max(len(request.target) for request in served.requests) < 8_000


def test_asking_for_nothing_is_an_error(serve: Serve) -> None:
    served = serve({}, "PUBMED")
    assert "neither a strategy nor identifiers" in asked(served, strategy="").error
    assert served.requests == []


def days(query: Mapping[str, str]) -> tuple[dt.date, dt.date]:
    last = query["maxdate"]
    return (
        dt.date.fromisoformat(query["mindate"].replace("/", "-")),
        dt.date(3000, 1, 1) if last == "3000" else dt.date.fromisoformat(last.replace("/", "-")),
    )


def by_day(added: Mapping[dt.date, list[str]]) -> Route:
    """Return a search that knows when records were added, and lists at most 9,999 of them as PubMed does."""

    def respond(query: Mapping[str, str]) -> Sent:
        first, last = days(query) if "mindate" in query else (dt.date.min, dt.date.max)
        ids = [pmid for day, found in added.items() if first <= day <= last for pmid in found]
        return listed(ids[:9_999], len(ids))

    return answering(respond)


def test_more_than_pubmed_lists_is_asked_by_days(serve: Serve) -> None:
    added = {dt.date(2026, 1, 1) + dt.timedelta(days=n): [str(5000 * n + i + 1) for i in range(5000)] for n in range(5)}
    served = serve({"/esearch": by_day(added)}, "PUBMED")
    found = pubmed._found(STRATEGY, None, served.web)
    assert found.n_total == 25_000
    assert sorted(map(int, found.ids)) == list(range(1, 25_001))
    assert len(served.requests) < 50


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (by_day({dt.date(2026, 1, 1): [str(n) for n in range(1, 10_001)]}), "10000 records of one day"),
        (
            answering(
                lambda query: (
                    listed(["1"]) if "mindate" in query else listed([str(n) for n in range(1, 10_000)], 12_000)
                )
            ),
            "12000 records announced, 1 found",
        ),
    ],
)
def test_what_cannot_be_split_by_days_is_an_error(serve: Serve, search: Route, expected: str) -> None:
    served = serve({"/esearch": search, "/efetch": fetched}, "PUBMED")
    assert expected in asked(served).error
    assert n_asked(served, "efetch") == 0


def test_what_pubmed_did_to_the_query_is_noted_and_fails_nothing(serve: Serve) -> None:
    errors = {"phrasesnotfound": ["ExoTea[tiab]"], "fieldsnotfound": []}
    warnings = {"quotedphrasesnotfound": ['"tea leaf"[tiab]'], "phrasesignored": [], "outputmessages": []}
    found = in_turn(listed(["1"], errorlist=errors, warninglist=warnings))
    answer = asked(serve({"/esearch": found, "/efetch": fetched}, "PUBMED"))
    assert answer.error == ""
    assert answer.note == 'not found and left out: ExoTea[tiab]; not found as a phrase: "tea leaf"[tiab]'
    null = in_turn(listed(["1"], errorlist=None, warninglist=None))
    assert asked(serve({"/esearch": null, "/efetch": fetched}, "PUBMED")).note == ""


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (as_json({"esearchresult": {"ERROR": "Search Backend failed: made-up\n reason"}}), "failed: made-up reason"),
        (as_json({"error": "API rate limit exceeded", "count": "11"}), "API rate limit exceeded"),
        (as_json({"esearchresult": {"count": "1"}}), "expected a count and a list"),
        (as_json({"esearchresult": {"idlist": ["1"]}}), "expected a count and a list"),
        (as_json([]), "expected a count and a list"),
        (listed(["1"], 3), "3 PubMed ids announced, 1 of 1 received"),
        (listed(["1", "none"], 2), "2 PubMed ids announced, 1 of 2 received"),
        (as_html(), "expected JSON, got text/html"),
    ],
)
def test_an_answer_that_is_none_is_asked_for_again_and_then_an_error(serve: Serve, search: Sent, expected: str) -> None:
    served = serve({"/esearch": in_turn(search), "/efetch": fetched}, "PUBMED")
    answer = asked(served)
    assert expected in answer.error
    assert answer.n_total is None
    assert n_asked(served, "esearch") == 3
    later = serve({"/esearch": in_turn(search, listed(["4"])), "/efetch": fetched}, "PUBMED")
    assert [record.pmid for record in asked(later).records] == ["4"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_overloaded_service_is_asked_again(serve: Serve, status: int) -> None:
    busy = as_html(status=status)
    records = in_turn(busy, as_xml(article_set(article("1"))))
    served = serve({"/esearch": in_turn(busy, listed(["1"])), "/efetch": records}, "PUBMED")
    assert (asked(served).error, len(served.requests)) == ("", 4)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (as_xml(article_set(article("1"))), "2 records asked for, 1 missing, such as 2"),
        (as_xml(article_set()), "2 records asked for, 2 missing, such as 1"),
        (as_xml(article_set(article("1"), article("2"))[:-40]), "damaged or cut off"),
        (as_xml(""), "damaged or cut off (no element found)"),
        (as_html(), "expected PubmedArticleSet, got html"),
        (as_xml("<eFetchResult><ERROR>made-up failure</ERROR></eFetchResult>"), "got eFetchResult: made-up failure"),
        (as_xml(article_set(article("1"), article(""))), "a PubmedArticle without its PubMed id"),
    ],
)
def test_a_record_that_does_not_come_is_asked_for_again_and_then_an_error(
    serve: Serve, reply: Sent, expected: str
) -> None:
    search = in_turn(listed(["1", "2"]))
    served = serve({"/esearch": search, "/efetch": in_turn(reply)}, "PUBMED")
    assert expected in asked(served).error
    assert n_asked(served, "efetch") == 3
    whole = as_xml(article_set(article("1"), article("2")))
    assert len(asked(serve({"/esearch": search, "/efetch": in_turn(reply, whole)}, "PUBMED")).records) == 2


def test_a_deleted_record_is_no_loss(serve: Serve) -> None:
    ids = [str(number) for number in range(1, 202)]
    gone = "<DeleteCitation><PMID Version='1'>3</PMID></DeleteCitation>"

    def respond(query: Mapping[str, str]) -> Sent:
        here = [article(pmid) for pmid in query["id"].split(",") if pmid != "3"]
        return as_xml(article_set(*here, gone if len(here) > 1 else ""))

    answer = asked(serve({"/esearch": in_turn(listed(ids)), "/efetch": answering(respond)}, "PUBMED"))
    assert (answer.error, len(answer.records), answer.n_total) == ("", 200, 200)
    assert deleted_in(read_set(article_set(gone).encode())) == {"3"}


def test_the_key_is_sent_and_shown_nowhere(serve: Serve) -> None:
    served = serve({"/esearch": in_turn(listed(["1"])), "/efetch": fetched}, "PUBMED", NCBI_API_KEY="made-up-secret")
    answer = asked(served)
    assert [request.query["api_key"] for request in served.requests] == ["made-up-secret"] * 2
    assert "secret" not in repr(answer)
    without = serve({"/esearch": in_turn(listed(["1"])), "/efetch": fetched}, "PUBMED", NCBI_API_KEY=" ")
    assert asked(without).error == ""
    assert all("api_key" not in request.query for request in without.requests)


@pytest.mark.parametrize(("key", "limit"), [("", 3), ("made-up", 10)])
def test_the_pace_is_below_what_ncbi_allows(serve: Serve, key: str, limit: int) -> None:
    web = serve({}, "PUBMED", NCBI_API_KEY=key).web
    pace = pubmed._request("esearch", {}, web).at_most_per_second
    assert limit / 2 < pace < limit


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (SourceRecord("", "Made-up", pmid="5", doi="10.1234/x"), "5"),
        (SourceRecord("", "Made-up", doi="10.1234/x"), "10.1234/x"),
        (SourceRecord("", "Made-up", registration="NCT00000000"), ""),
    ],
)
def test_the_key_of_a_known_record(known: SourceRecord, expected: str) -> None:
    assert pubmed.key_of(known) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Made-up tea, <i>in vitro</i> and CO<sub>2</sub>", "Made-up tea, in vitro and CO2"),
        ("Made-up <b>bold <sup>13</sup>C</b> tail.", "Made-up bold 13C tail."),
        (escape("Made-up p<0.05 & BMI >30"), "Made-up p<0.05 & BMI >30"),
        (escape("Made-up <script>alert(1)</script>"), "Made-up <script>alert(1)</script>"),
        ("Made-up \U0001f375 &#945;-tea\n      on two lines", "Made-up \U0001f375 α-tea on two lines"),
        ("<![CDATA[Made-up <!DOCTYPE x> &amp;]]>", "Made-up <!DOCTYPE x> &amp;"),
        ("[Made-up title in translation].", "[Made-up title in translation]."),
    ],
)
def test_titles_stay_what_they_are(printed: str, expected: str) -> None:
    assert one(article("1", printed)).title == expected


def test_every_part_of_an_article_is_read() -> None:
    more = """
      <Journal><Title>Made-up journal</Title><JournalIssue><Volume>4</Volume><Issue>2</Issue>
        <PubDate><Year>2008</Year><Month>Feb</Month></PubDate></JournalIssue></Journal>
      <ArticleTitle>Made-up tea</ArticleTitle>
      <Pagination><StartPage>132</StartPage><EndPage>142</EndPage><MedlinePgn>132-42</MedlinePgn></Pagination>
      <ELocationID EIdType="pii">made-up</ELocationID>
      <ELocationID EIdType="doi" ValidYN="N">10.1234/wrong</ELocationID>
      <ELocationID EIdType="doi" ValidYN="Y">10.1234/Right</ELocationID>
      <Abstract><AbstractText Label="BACKGROUND">Tea (NCT00000001), <i>p</i>&lt;0.05.</AbstractText>
        <AbstractText Label="UNLABELLED">More.</AbstractText><AbstractText Label="RESULTS">Good.</AbstractText>
        <CopyrightInformation>Made-up owner</CopyrightInformation></Abstract>
      <AuthorList>
        <Author ValidYN="Y"><LastName>Made-Up</LastName><ForeName>Jane E</ForeName><Suffix>Jr</Suffix></Author>
        <Author ValidYN="N"><LastName>Wrong</LastName><ForeName>Name</ForeName></Author>
        <Author><LastName>Initialled</LastName><Initials>A</Initials></Author><Author><LastName>Mononym</LastName></Author>
        <Author><CollectiveName>Made-up Tea Group</CollectiveName></Author></AuthorList>
      <Language>eng</Language>
      <DataBankList><DataBank><AccessionNumberList><AccessionNumber>NCT00000002</AccessionNumber>
        <AccessionNumber>46391334</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
      <PublicationTypeList><PublicationType>Journal Article</PublicationType></PublicationTypeList>
      <ArticleDate><Year>2007</Year><Month>12</Month><Day>23</Day></ArticleDate>"""
    document = (
        f"<PubmedArticle><MedlineCitation><PMID>11</PMID><Article>{more}</Article></MedlineCitation><PubmedData>"
        "<ArticleIdList><ArticleId IdType='pmc'>PMC12</ArticleId></ArticleIdList><ReferenceList><Reference>"
        "<ArticleIdList><ArticleId IdType='doi'>10.1234/cited</ArticleId><ArticleId IdType='pmc'>PMC99</ArticleId>"
        "</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>"
    )
    assert one(document) == SourceRecord(
        source="pubmed",
        title="Made-up tea",
        authors=("Made-Up, Jane E Jr", "Initialled, A", "Mononym", "Made-up Tea Group"),
        year=2008,
        published="2008-02",
        venue="Made-up journal",
        volume="4",
        issue="2",
        pages="132-42",
        doi="10.1234/right",
        pmid="11",
        pmcid="PMC12",
        url="https://pubmed.ncbi.nlm.nih.gov/11",
        abstract="BACKGROUND: Tea (NCT00000001), p<0.05. More. RESULTS: Good.",
        kind=RecordKind.ARTICLE,
        language="eng",
        linked=("NCT00000002", "NCT00000001"),
        accession="11",
    )


@pytest.mark.parametrize(
    ("date", "year", "published"),
    [
        ("<Year>2019</Year><Month>02</Month><Day>04</Day>", 2019, "2019-02-04"),
        ("<Year>2019</Year><Month>Feb</Month><Day>4</Day>", 2019, "2019-02-04"),
        ("<Year>2019</Year><Season>Spring</Season>", 2019, "2019"),
        ("<MedlineDate>2008 Jan-Feb</MedlineDate>", 2008, "2008"),
        ("", None, ""),
    ],
)
def test_dates_of_publication(date: str, year: int | None, published: str) -> None:
    whole = article("1").replace("</Journal>", f"<JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>", 1)
    assert (one(whole).year, one(whole).published) == (year, published)


def relation(kind: str, pmid: str = "5", source: str = "Made-up. doi: 10.1234/other.") -> str:
    stated = f"<CommentsCorrections RefType='{kind}'><RefSource>{source}</RefSource><PMID>{pmid}</PMID>"
    return f"<CommentsCorrectionsList>{stated}</CommentsCorrections></CommentsCorrectionsList>"


def types(*names: str) -> str:
    return "".join(
        [
            "<PublicationTypeList>",
            *(f"<PublicationType>{one}</PublicationType>" for one in names),
            "</PublicationTypeList>",
        ]
    )


@pytest.mark.parametrize(
    ("document", "retracted", "kind", "linked"),
    [
        (article("1"), None, RecordKind.ARTICLE, ()),
        (article("1", more=types("Journal Article", "Retracted Publication")), True, RecordKind.ARTICLE, ()),
        (article("1", after=relation("RetractionIn")), True, RecordKind.ARTICLE, ()),
        (article("1", "RETRACTED: Made-up tea"), True, RecordKind.ARTICLE, ()),
        (
            article("1", more=types("Retraction of Publication"), after=relation("RetractionOf")),
            None,
            RecordKind.ERRATUM,
            ("10.1234/other", "PMID:5"),
        ),
        (
            article("1", more=types("Preprint", "Journal Article"), after=relation("UpdateIn")),
            None,
            RecordKind.PREPRINT,
            ("10.1234/other", "PMID:5"),
        ),
        (article("1", after=relation("UpdateOf", source="Made-up")), None, RecordKind.ARTICLE, ("PMID:5",)),
        (article("1", after=relation("CommentIn")), None, RecordKind.ARTICLE, ()),
        (article("1", after=relation("ErratumIn")), None, RecordKind.ARTICLE, ()),
    ],
)
def test_retractions_kinds_and_relations(
    document: str, retracted: bool | None, kind: RecordKind, linked: tuple[str, ...]
) -> None:
    record = one(document)
    assert (record.retracted, record.kind, record.linked) == (retracted, kind, linked)


CHAPTER = """<PubmedBookArticle><BookDocument><PMID Version="1">21</PMID>
  <ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId>
    <ArticleId IdType="doi">10.1234/book</ArticleId></ArticleIdList>
  <Book><BookTitle>Made-up book of tea</BookTitle><PubDate><Year>1993</Year></PubDate>
    <AuthorList Type="editors"><Author><LastName>Editor</LastName></Author></AuthorList></Book>
  {title}<Language>eng</Language>
  <AuthorList Type="authors"><Author><LastName>Made-Up</LastName><ForeName>Jane</ForeName></Author></AuthorList>
  <AuthorList Type="editors"><Author><LastName>Editor</LastName></Author></AuthorList>
  <PublicationType>Review</PublicationType><Abstract><AbstractText>Made-up.</AbstractText></Abstract>
  <ContributionDate><Year>2020</Year><Month>5</Month><Day>7</Day></ContributionDate></BookDocument></PubmedBookArticle>"""


@pytest.mark.parametrize(
    ("title", "expected"),
    [("<ArticleTitle>Made-up chapter</ArticleTitle>", "Made-up chapter"), ("", "Made-up book of tea")],
)
def test_a_chapter_of_a_book(title: str, expected: str) -> None:
    record = one(CHAPTER.format(title=title))
    assert (record.title, record.authors, record.venue) == (expected, ("Made-Up, Jane",), "Made-up book of tea")
    assert (record.kind, record.pmid, record.doi) == (RecordKind.OTHER, "21", "10.1234/book")
    assert (record.year, record.published) == (2020, "2020-05-07")


def test_a_title_that_nobody_has_translated_is_the_one_in_its_own_language() -> None:
    own = "<VernacularTitle>Ein ausgedachter Tee</VernacularTitle>"
    assert one(article("32", "[Not Available].", own)).title == "Ein ausgedachter Tee"
    assert one(article("33", "[Not Available].")).title == ""
    assert one(article("34", "Made-up tea is not available.", own)).title == "Made-up tea is not available."


def test_a_record_without_anything_but_its_number_is_kept() -> None:
    bare = one("<PubmedArticle><MedlineCitation><PMID>31</PMID></MedlineCitation></PubmedArticle>")
    assert (bare.pmid, bare.title, bare.kind, bare.authors) == ("31", "", RecordKind.OTHER, ())


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ('[<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]', "declarations of its own"),
        ('PUBLIC "-//NLM//DTD PubMedArticle//EN" "made-up.dtd" [<!ENTITY % x "y">]', "declarations of its own"),
        ('SYSTEM "file:///etc/passwd"', "uses the entity lol"),
    ],
)
def test_entity_bombs_and_outside_references_are_refused(declared: str, expected: str) -> None:
    text = f"<!DOCTYPE PubmedArticleSet {declared}><PubmedArticleSet>{article('1', '&lol;')}</PubmedArticleSet>"
    with pytest.raises(PubmedXmlError, match=expected):
        read_set(text.encode())


def plain(xml: str, pattern: str) -> str:
    """Return the text at a pattern, read without the generator's means."""
    found = re.search(pattern, xml, re.DOTALL)
    assert found, pattern
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[1])).replace("&lt;", "<").replace("&amp;", "&").strip()


@pytest.mark.parametrize(
    "name", ["efetch-2015-two-articles.xml", "efetch-2019-i-markup.xml", "efetch-2025-preprint-with-published-link.xml"]
)
def test_recorded_answers_are_read_whole(recorded_responses: Path, name: str) -> None:
    body = (recorded_responses / "pubmed" / name).read_bytes()
    records = list(records_in(read_set(body), "recorded"))
    documents = re.findall(r"<PubmedArticle>.*?</PubmedArticle>", body.decode(), re.DOTALL)
    assert len(records) == len(documents) > 0
    for record, document in zip(records, documents, strict=True):
        assert record.pmid == record.accession == plain(document, r"<PMID[^>]*>(\d+)<")
        assert record.title == plain(document, r"<ArticleTitle>(.*?)</ArticleTitle>")
        assert record.doi == plain(document, r"<ArticleId IdType=\"doi\">(.*?)</ArticleId>").lower()
        assert str(record.year) == plain(document, r"<PubDate>\s*<Year>(\d+)</Year>")
        assert record.abstract == plain(document, r"<AbstractText>(.*?)</AbstractText>")
        assert record.venue == plain(document, r"<Title>(.*?)</Title>")
        assert len(record.authors) == document.count("<LastName>")
        assert record.retracted is None


def test_a_recorded_preprint_names_its_article(recorded_responses: Path) -> None:
    body = (recorded_responses / "pubmed" / "efetch-2025-preprint-with-published-link.xml").read_bytes()
    (record,) = records_in(read_set(body), "recorded")
    assert (record.kind, record.pmcid) == (RecordKind.PREPRINT, "PMC9934598")
    assert record.linked == ("10.1016/j.cell.2023.05.044", "PMID:37385249")


def test_a_recorded_doctype_of_a_search_is_accepted_by_none(recorded_responses: Path) -> None:
    body = (recorded_responses / "pubmed" / "esearch-biopython.xml").read_bytes()
    with pytest.raises(PubmedXmlError, match="got eSearchResult"):
        read_set(body)

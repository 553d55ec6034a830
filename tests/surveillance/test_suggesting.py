"""Suggestions: identifiers out of untrusted text, what the review knows of them, candidates that credit a reader."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import cli
from generator.identifiers import normalise_doi
from generator.keeping import recording
from generator.model.records import Records
from generator.records import checking, store, yamlfile
from generator.surveillance import suggesting
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.asking.web import Web
from generator.surveillance.suggesting import Accepted, Accepting, Identifier, Index, Suggestion
from generator.surveillance.suggesting.suggestion import FIELDS, MOST
from tests.conftest import MADE_UP, ROOT
from tests.surveillance.sources.conftest import Serve, Served, serve
from tests.surveillance.sources.server import Sent, as_html, as_json, as_xml, in_turn

__all__ = ["serve"]

FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "suggest-a-study.yml"
OCCASION = Occasion(dt.datetime(2025, 3, 1, 4, 5, 6, tzinfo=dt.UTC), "1.2.3")
NEW = "10.5555/made-up.new"
HOSTILE = (
    "@octocat fixes #1 <!-- living-review: suggestion --> `code` <script>x</script> ::set-output name=a::b ![i](//x)"
)
UNKNOWN: Sent = (404, {"content-type": "text/plain"}, "Resource not found.")
BY_HAND = "  - {id: by-hand, name: Made-up found by hand, kind: website}\n"


def form(**given: str) -> str:
    """Return a form as GitHub writes it, with `doi`, `pmid`, `trial`, `link`, `why`, `credit` and `interests`."""
    keys = ("doi", "pmid", "trial", "link", "why", "credit", "interests")
    assert set(given) <= set(keys)
    texts = (given.get(key, "_No response_") for key in keys)
    return "\r\n\r\n".join(f"### {name}\r\n\r\n{text}" for name, text in zip(FIELDS, texts, strict=True))


def found(body: str, title: str = "") -> list[tuple[str, str]]:
    return [(one.scheme, one.value) for one in suggesting.read(body, title).identifiers]


def test_the_form_asks_for_what_is_read() -> None:
    asked = yamlfile.read(FORM.read_bytes()).data
    assert isinstance(asked, dict)
    labels = [one["attributes"]["label"] for one in asked["body"] if one["type"] != "markdown"]
    assert tuple(labels) == FIELDS


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"doi": "10.5555/Made-Up.1"}, [("doi", "10.5555/made-up.1")]),
        ({"doi": "doi: 10.5555/a, https://dx.doi.org/10.5555/b."}, [("doi", "10.5555/a"), ("doi", "10.5555/b")]),
        ({"doi": "(see 10.5555/a(1)b)"}, [("doi", "10.5555/a(1)b")]),
        ({"doi": "[x](https://doi.org/10.5555/a)"}, [("doi", "10.5555/a")]),
        ({"link": "https://example.org/doi/full/10.5555/a/full?x=1#y"}, [("doi", "10.5555/a")]),
        ({"link": "https://doi.org/10.5555%2Fa"}, [("doi", "10.5555/a")]),
        ({"link": "https://doi.org/10.5555/a.pdf"}, [("doi", "10.5555/a.pdf")]),
        ({"link": "https://example.org/content/pdf/10.5555/a.pdf"}, [("doi", "10.5555/a")]),
        ({"link": "https://example.org/article/10.5555/a/tables/1"}, [("doi", "10.5555/a")]),
        ({"link": "https://example.org/article/file?id=10.5555/a&type=printable"}, [("doi", "10.5555/a")]),
        ({"link": "https://www.biorxiv.org/content/10.1101/2099.01.01.123456v1.full.pdf"}, [
            ("doi", "10.1101/2099.01.01.123456")]),
        ({"doi": "https://www.medrxiv.org/content/10.1101/2099.01.01.12345678v2"}, [
            ("doi", "10.1101/2099.01.01.12345678")]),
        ({"link": "https://europepmc.org/article/MED/123"}, [("pmid", "123")]),
        ({"link": "https://pubmed.ncbi.nlm.nih.gov/?term=123"}, [("pmid", "123")]),
        ({"pmid": "123, PMID: 456"}, [("pmid", "456"), ("pmid", "123")]),
        ({"pmid": "https://pubmed.ncbi.nlm.nih.gov/123/"}, [("pmid", "123")]),
        ({"link": "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/"}, [("pmcid", "PMC123")]),
        ({"link": "https://openalex.org/W12345"}, [("openalex", "W12345")]),
        ({"trial": "nct 99999902"}, [("registration", "NCT99999902")]),
        ({"trial": "CTRI/2099/01/099903 and ISRCTN99999904"}, [
            ("registration", "CTRI/2099/01/099903"), ("registration", "ISRCTN99999904")]),
        ({"link": "https://clinicaltrials.gov/study/NCT99999902?a=b"}, [("registration", "NCT99999902")]),
        ({"link": "see https://example.org/made-up."}, [("url", "https://example.org/made-up")]),
        ({"link": "javascript:alert(1)"}, []),
        ({"doi": "10.1002/(sici)1097(1996)77:1<3::aid>3.0.co;2-7"}, []),
        ({"doi": "10.5555/a", "why": "It cites 10.5555/b and PMID: 9"}, [("doi", "10.5555/a")]),
        ({"why": "It is 10.5555/b, PMID: 9 or https://example.org/c"}, [
            ("pmid", "9"), ("doi", "10.5555/b"), ("url", "https://example.org/c")]),
        ({"pmid": "12 people"}, [("pmid", "12")]),
        ({"why": "12 people"}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_identifiers_are_read(given: Mapping[str, str], expected: list[tuple[str, str]]) -> None:
    assert found(form(**given)) == expected


def test_a_text_without_the_form_is_read_as_a_whole() -> None:
    assert found("Look at https://doi.org/10.5555/a\n", "NCT99999902?") == [
        ("registration", "NCT99999902"),
        ("doi", "10.5555/a"),
    ]


def test_a_heading_inside_an_answer_is_text() -> None:
    read = suggesting.read(form(doi="10.5555/a", why="Because\n\n### DOI\n\n10.5555/b\n\n### Link\n\nhttps://x.org"))
    assert [one.value for one in read.identifiers] == ["10.5555/a"]
    assert "10.5555/b" in read.why


def test_what_a_person_says_stands_on_one_line() -> None:
    read = suggesting.read(
        form(why="one\r\ntwo\x1b[31m\u202e three", credit=" Ann <b>O'Nobody</b> ", interests="x" * 9_999)
    )
    assert read.why == "one two [31m three"
    assert read.credit == "Ann b O'Nobody /b"
    assert len(read.interests) < 1_010


def test_nonsense_is_named_and_many_are_counted() -> None:
    read = suggesting.read(form(doi="rubbish", trial=" ".join(f"NCT{number}" for number in range(10000000, 10000050))))
    assert read.unreadable == (("DOI", "rubbish"),)
    assert (len(read.identifiers), read.n_left) == (MOST, 50 - MOST)
    text = suggesting.answer(read, Index(Records()))
    assert "DOI: no such identifier could be read in “rubbish”." in text
    assert f"and {50 - MOST} more that were not looked at" in text


@pytest.mark.parametrize(
    "unit", ["10.1234.", "NCT1234567", "PMID: ", "### DOI\n\n", "10.1234/(((", "https://a.b/c ", "<"]
)
def test_a_hundred_kilobytes_of_anything_are_answered(unit: str) -> None:
    body = form(why=(unit * (100_000 // len(unit))))
    text = suggesting.answer(suggesting.read(body, unit * 1_000), Index(Records()))
    assert text.endswith(f"\n{suggesting.MARKER}\n")
    assert len(text) < 60_000


def acts(text: str) -> list[str]:
    """Return what GitHub would act on; our own links and the marker are left out."""
    ours = re.sub(r'<a href="https://[^"<>\s]*">|</a>', "", text.removesuffix(f"{suggesting.MARKER}\n"))
    return re.findall(r"<[a-z!/]|@[A-Za-z0-9]|(?<!&)#\d|`|^::|!\[|\]\(|https?://|www\.", ours, re.MULTILINE)


@settings(max_examples=60)
@given(st.text(max_size=300), st.sampled_from(["doi", "pmid", "trial", "link", "why", "credit"]), st.text(max_size=60))
def test_nothing_from_a_form_acts_on_github(text: str, field: str, title: str) -> None:
    for body in (form(**{field: text + HOSTILE}), text, form(**{field: f"10.5555/{text} http://{text}"})):
        read = suggesting.read(body, title)
        assert acts(suggesting.answer(read, Index(Records()))) == []


def test_hostile_addresses_and_words_are_shown_as_typed() -> None:
    body = form(doi=f'10.5555/"><img> 10.5555/@octocat {HOSTILE}', link="https://x.org/@octocat#1", trial=HOSTILE)
    text = suggesting.answer(suggesting.read(body, HOSTILE), Index(Records()))
    assert acts(text) == []
    assert "octocat" in text
    assert text.count("<!--") == 1


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(store.load(MADE_UP).records)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"link": "http://www.example.org/made-up/solo_2020_(abstract)*5*/"},
            "is already included: Solo 2020, part of the review since 2024-03-10.",
        ),
        (
            {"doi": "10.5555/made-up.2021"},
            "was excluded at full text on 2024-03-03 (Espresso 2021), because: No made-up tea: Coffee only.",
        ),
        (
            {"trial": "ISRCTN99999905"},
            "was excluded at full text on 2024-09-11 (Withdrawn 2019), because: Retracted: Retracted; see the notice.",
        ),
        (
            {"doi": "10.5555/made-up.biscuits"},
            "was set aside on title and abstract on 2024-03-02, because: No made-up tea",
        ),
        (
            {"pmid": "999999902"},
            "was set aside on title and abstract on 2024-03-02, because: Not about made-up hiccups",
        ),
        (
            {"doi": "10.5555/made-up.infusion"},
            "is known and has been waiting for a decision since 2024-09-01 (infusion-2024).",
        ),
        (
            {"link": "https://example.org/made-up-samovar"},
            "was looked at on 2024-03-20 and awaits classification (samovar-2023): The made-up library is closed.",
        ),
        (
            {"trial": "NCT99999902"},
            "is a registered trial that the review has followed since 2024-03-01 (NCT99999902): ongoing.",
        ),
        ({"trial": "CTRI/2099/01/099903"}, "is a registered trial that the review has followed since "),
        ({"doi": NEW}, ": nobody here has recorded it."),
    ],
)
def test_the_answer_says_where_a_record_stands(index: Index, given: dict[str, str], said: str) -> None:
    text = suggesting.answer(suggesting.read(form(**given)), index)
    assert said in text
    assert ("maintainer may accept it" in text) is (given.get("doi") == NEW)


def test_a_study_that_was_taken_out_and_one_that_is_decided(made_up_copy: Path) -> None:
    solo = made_up_copy / "studies/included/solo-2020.yml"
    included = "  - {on: 2024-03-10, kind: included, note: Made-up before-after study.}\n"
    removed = "  - {on: 2025-01-30, kind: removed, note: Made-up reason.}\n"
    solo.write_text(solo.read_text(encoding="utf-8").replace(included, included + removed), encoding="utf-8")
    infusion = made_up_copy / "studies/candidates/infusion-2024.yml"
    decision = "decision: {outcome: exclude, stage: title-abstract, reason: no-tea, by: [pat], on: 2025-01-20}\n"
    infusion.write_text(infusion.read_text(encoding="utf-8") + decision, encoding="utf-8")
    changed = Index(store.load(made_up_copy).records)
    body = form(link="https://example.org/made-up/solo_2020_(abstract)*5*", doi="10.5555/made-up.infusion")
    text = suggesting.answer(suggesting.read(body), changed)
    assert "was included as Solo 2020 and taken out again on 2025-01-30: Made-up reason." in text
    assert "its file is yet to be moved. Decision: exclude: No made-up tea" in text


def test_a_trial_that_was_taken_out(made_up_copy: Path) -> None:
    path = made_up_copy / "studies/trials/NCT99999902.yml"
    out = "{outcome: exclude, stage: full-text, reason: no-tea, note: Made-up., by: [pat, sam], on: 2025-01-20}"
    path.write_text(path.read_text(encoding="utf-8") + f"decision: {out}\n", encoding="utf-8")
    changed = Index(store.load(made_up_copy).records)
    text = suggesting.answer(suggesting.read(form(trial="NCT99999902")), changed)
    assert "was included as NCT99999902 and taken out again on 2025-01-20: No made-up tea: Made-up." in text


def test_the_answer_leads_to_the_page_where_the_site_is_known() -> None:
    records = store.load(MADE_UP).records
    assert records.protocol
    protocol = records.protocol.model_copy(update={"site": "https://example.org/review/"})
    read = suggesting.read(form(doi="10.5555/made-up.infusion", trial="NCT99999902"))
    text = suggesting.answer(read, Index(replace(records, protocol=protocol)))
    assert '<a href="https://example.org/review/candidates.html#candidate-infusion-2024">infusion-2024</a>' in text
    assert '<a href="https://example.org/review/trials/NCT99999902.html">NCT99999902</a>' in text


def test_candidates_of_open_pull_requests_are_known() -> None:
    known = store.load(MADE_UP).records
    text = suggesting.answer(suggesting.read(form(doi="10.5555/made-up.infusion")), Index(Records(), [known]))
    assert "is known and proposed in a pull request that is open now (infusion-2024)." in text


def test_no_identifier_is_said_so(index: Index) -> None:
    text = suggesting.answer(suggesting.read(form(why="It is very good.")), index, is_complete=False)
    assert "No identifier could be read." in text
    assert "this answer may be incomplete" in text
    assert "maintainer" not in text


def work(doi: str = NEW, title: str = "A made-up new report <b>of tea</b>", **more: object) -> Sent:
    return as_json({
        "id": "https://openalex.org/W7000001", "doi": f"https://doi.org/{doi}", "display_name": title, "title": title,
        "publication_year": 2025, "publication_date": "2025-01-31", "type": "article",
        "ids": {"openalex": "https://openalex.org/W7000001", "doi": f"https://doi.org/{doi}"},
        "authorships": [{"author": {"display_name": "Ann Madeup"}}], "is_retracted": False, **more,
    })  # fmt: skip


def registered(title: str = "Made up", updates: Sequence[Mapping[str, str]] = ()) -> Sent:
    message = {"DOI": NEW, "title": [title], "type": "journal-article", "updated-by": list(updates)}
    return as_json({"status": "ok", "message": message})


@pytest.fixture
def review(made_up_copy: Path) -> Path:
    protocol = made_up_copy / "studies/protocol.yml"
    text = protocol.read_text(encoding="utf-8")
    protocol.write_text(text.replace("\nsources:\n", f"\nsources:\n{BY_HAND}"), encoding="utf-8")
    return made_up_copy


def serving(serve: Serve, openalex: Sent, crossref: Sent, **others: Sent) -> Served:
    routes = {
        f"/{name}": in_turn(sent) for name, sent in ({"openalex": openalex, "crossref": crossref} | others).items()
    }
    served = serve(routes)
    names = ("OPENALEX", "CROSSREF", "PUBMED", "CLINICALTRIALS", "ISRCTN", "CTIS", "EUROPEPMC")
    addresses = {f"LIVING_REVIEW_{name}_URL": f"{served.address}/{name.lower()}" for name in names}
    return replace(served, web=replace(served.web, environment=addresses))


def accept(root: Path, web: Web, read: Suggestion, credit: str = "") -> Accepted:
    """Accept a suggestion, write what comes of it, and be sure that the review has no errors."""
    records = store.load(root).records
    accepted = suggesting.accept(Accepting(read, records, "by-hand", OCCASION, credit), web)
    recording.record(root, accepted.files)
    checked = checking.check(root)
    assert checked.n_errors == 0, checked.problems
    return accepted


def only(root: Path, accepted: Accepted) -> object:
    (path,) = accepted.candidates
    return yamlfile.read((root / path).read_bytes()).data


def test_a_doi_is_looked_up_and_becomes_a_candidate(review: Path, serve: Serve) -> None:
    served = serving(serve, work(), registered(updates=[{"DOI": "10.5555/n", "type": "retraction"}]))
    read = suggesting.read(form(doi=NEW, why=HOSTILE, credit="Ann <O'Nobody>", interests="None"), "A made-up title")
    accepted = accept(review, served.web, read)
    told = only(review, accepted)
    assert isinstance(told, dict)
    assert told["title"] == "A made-up new report <b>of tea</b>"
    assert told["identifiers"] == {"doi": NEW, "openalex": "W7000001", "url": "https://openalex.org/W7000001"}
    assert told["found"] == [{"source": "by-hand", "on": "2025-03-01", "note": "Suggested by a reader."}]
    assert (told["suggested_by"], told["retracted"], told["year"]) == ("Ann O'Nobody", "true", "2025")
    assert HOSTILE in told["note"]
    assert "“A made-up title”" in told["note"]
    assert suggesting.branch_of(accepted) == "suggested-madeup-2025"
    assert accepted.failures == ()
    text = suggesting.answer(read, Index(store.load(MADE_UP).records), accepted)
    assert "studies/candidates/madeup-2025.yml: A made-up new report" in text
    assert acts(text) == []
    again = suggesting.answer(read, Index(store.load(review).records))
    assert "has been waiting for a decision since 2025-03-01 (madeup-2025)" in again


def test_a_trial_and_a_pubmed_id_are_looked_up(review: Path, serve: Serve) -> None:
    trials = (
        '<allTrials totalCount="1" xmlns="http://www.67bricks.com/isrctn"><fullTrial><trial>'
        "<isrctn>99000001</isrctn><trialDescription><title>A made-up trial of new tea</title></trialDescription>"
        "</trial></fullTrial></allTrials>"
    )
    served = serving(serve, UNKNOWN, UNKNOWN, isrctn=as_xml(trials), pubmed=as_html(status=500))
    accepted = accept(review, served.web, suggesting.read(form(trial="ISRCTN99000001", pmid="987654321")), "Kim")
    assert set(accepted.candidates.values()) == {"A made-up trial of new tea", "NR"}
    (path,) = (path for path, title in accepted.candidates.items() if title == "NR")
    told = yamlfile.read((review / path).read_bytes()).data
    assert isinstance(told, dict)
    assert (told["identifiers"], told["suggested_by"]) == ({"pmid": "987654321"}, "Kim")
    assert "not confirmed by any source: 987654321" in told["note"]
    assert len(accepted.failures) == 1
    assert accepted.failures[0].startswith("pubmed: ")


def test_what_no_source_holds_is_one_document_with_all_that_was_given(review: Path, serve: Serve) -> None:
    nothing = as_json({"esearchresult": {"count": "0", "idlist": []}})
    served = serving(serve, as_html(status=404), UNKNOWN, pubmed=nothing)
    read = suggesting.read(form(doi=NEW, pmid="987654321", link="https://example.org/made-up-new"))
    accepted = accept(review, served.web, read)
    told = only(review, accepted)
    assert isinstance(told, dict)
    assert told["title"] == "NR"
    assert told["identifiers"] == {"doi": NEW, "pmid": "987654321", "url": "https://example.org/made-up-new"}
    assert "suggested_by" not in told
    assert accepted.failures == ()


def test_several_unconfirmed_documents_stay_apart(review: Path, serve: Serve) -> None:
    served = serving(serve, as_html(status=404), UNKNOWN)
    accepted = accept(review, served.web, suggesting.read(form(doi="10.5555/one.a 10.5555/two.b")))
    assert len(accepted.candidates) == 2
    assert suggesting.branch_of(accepted) == "suggested-unnamed-undated-unnamed-undated-2"


def test_a_link_alone_is_written_and_never_opened(review: Path, serve: Serve) -> None:
    served = serving(serve, UNKNOWN, UNKNOWN)
    accepted = accept(review, served.web, suggesting.read(form(link=f"{served.address}/made-up")))
    told = only(review, accepted)
    assert isinstance(told, dict)
    assert told["identifiers"] == {"url": f"{served.address}/made-up"}
    more = suggesting.read(form(link=" ".join(f"{served.address}/made-up{part}" for part in ("", "-2", "-3"))))
    assert len(accept(review, served.web, more).candidates) == 2
    assert served.requests == []


def test_what_a_source_shows_to_be_known_is_not_offered_again(review: Path, serve: Serve) -> None:
    listed = json.loads(work("10.5555/made-up.infusion", id="https://openalex.org/W7000009")[2])
    found_there = as_json({"meta": {"count": 1, "next_cursor": None}, "results": [listed]})
    served = serving(serve, found_there, registered())
    read = suggesting.read(form(link="https://openalex.org/W7000009"))
    accepted = accept(review, served.web, read)
    assert accepted.candidates == {}
    assert suggesting.branch_of(accepted) == ""
    text = suggesting.answer(read, Index(store.load(review).records), accepted)
    assert "(known under another identifier) is known and has been waiting for a decision since 2024-09-01" in text
    assert "Prepared" not in text


def test_a_title_that_looks_the_same_is_shown_to_the_people_who_screen(review: Path, serve: Serve) -> None:
    title = "A made-up samovar study, known from its title only"
    served = serving(serve, work(title=title, publication_year=2023, publication_date="2023-05-01"), registered())
    read = suggesting.read(form(doi=NEW))
    accepted = accept(review, served.web, read)
    told = only(review, accepted)
    assert isinstance(told, dict)
    assert told["possible_duplicates"] == ["samovar-2023"]


def test_an_unconfirmed_number_beside_a_known_doi_is_no_other_document(review: Path, serve: Serve) -> None:
    served = serving(serve, UNKNOWN, UNKNOWN, pubmed=as_json({"esearchresult": {"count": "0", "idlist": []}}))
    read = suggesting.read(form(doi="10.5555/made-up.2021", pmid="987654321", link="https://example.org/x"))
    accepted = accept(review, served.web, read)
    assert accepted.candidates == {}
    text = suggesting.answer(read, Index(store.load(review).records), accepted)
    assert "was excluded at full text" in text
    assert "PubMed id" in text


def test_nothing_is_asked_of_what_is_known(review: Path, serve: Serve) -> None:
    served = serving(serve, UNKNOWN, UNKNOWN)
    accepted = accept(review, served.web, suggesting.read(form(doi="10.5555/made-up.2021", trial="NCT99999902")))
    assert (accepted.candidates, served.requests) == ({}, [])


def test_failing_sources_leave_a_candidate_and_say_so(review: Path, serve: Serve) -> None:
    served = serving(serve, as_html(status=503), as_html(status=503))
    read = suggesting.read(form(doi=NEW))
    accepted = accept(review, served.web, read)
    assert [failure.split(":")[0] for failure in accepted.failures] == ["OpenAlex", "Crossref"]
    assert list(accepted.candidates.values()) == ["NR"]
    assert "Not everything could be looked up" in suggesting.answer(read, Index(Records()), accepted)


def test_crossref_alone_gives_a_title(review: Path, serve: Serve) -> None:
    served = serving(serve, as_html(status=404), registered("A made-up title of Crossref"))
    accepted = accept(review, served.web, suggesting.read(form(doi=NEW)))
    assert list(accepted.candidates.values()) == ["A made-up title of Crossref"]


def test_the_source_for_suggestions_is_one_that_nothing_is_asked_of() -> None:
    for root, expected in ((ROOT, "by-hand"), (MADE_UP, "")):
        protocol = store.load(root).records.protocol
        assert protocol
        assert suggesting.source_for_suggestions(protocol) == expected


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = cli.main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    path = tmp_path / "issue.md"
    path.write_bytes(form(doi=NEW, credit="Ann").encode() + b"\xff\xfe")
    return path


def test_the_verb_answers(issue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("suggest", str(issue), "--root", str(MADE_UP), capsys=capsys)
    assert (code, out.count("nobody here has recorded it")) == (cli.FINE, 1)
    assert out.endswith(f"{suggesting.MARKER}\n")
    code, out, _ = run("suggest", str(issue), "--root", str(ROOT), "--also-known", str(MADE_UP), capsys=capsys)
    assert code == cli.FINE
    code, _, err = run("suggest", str(issue), "--root", str(ROOT), "--also-known", "no-such-folder", capsys=capsys)
    assert (code, "no-such-folder" in err) == (cli.USAGE, True)
    assert run("suggest", "no-such-file.md", "--root", str(MADE_UP), capsys=capsys)[0] == cli.USAGE


def test_a_file_of_another_branch_that_cannot_be_read_is_named(
    made_up_copy: Path, issue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (made_up_copy / "studies/candidates/broken-2026.yml").write_text("title: [", encoding="utf-8")
    named = ("suggest", str(issue), "--root", str(MADE_UP), "--also-known", str(made_up_copy))
    code, _, err = run(*named, capsys=capsys)
    assert code == cli.FINE
    assert f"{made_up_copy}/studies/candidates/broken-2026.yml cannot be read; what is in it may be" in err


def test_the_verb_writes_and_ends_with_a_name_for_the_branch(
    review: Path, issue: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in serving(serve, work(), registered()).web.environment.items():
        monkeypatch.setenv(name, value)
    code, out, _ = run("suggest", str(issue), "--root", str(review), "--write", capsys=capsys)
    assert code == cli.FINE
    assert out.splitlines()[-2:] == [suggesting.MARKER, "suggested-madeup-2025"]
    assert "suggested_by: Ann\n" in (review / "studies/candidates/madeup-2025.yml").read_text(encoding="utf-8")
    code, out, _ = run("suggest", str(issue), "--root", str(review), "--write", capsys=capsys)
    assert (code, out.splitlines()[-1]) == (cli.FINE, suggesting.MARKER)


def test_the_verb_writes_nothing_where_it_cannot(
    made_up_copy: Path, issue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ("suggest", str(issue), "--root", str(made_up_copy), "--write")
    before = sorted(made_up_copy.rglob("*"))
    code, _, err = run(*named, capsys=capsys)
    assert (code, "kind: website" in err) == (cli.USAGE, True)
    code, _, err = run(*named, "--source", "no-such", capsys=capsys)
    assert (code, "'no-such'" in err) == (cli.USAGE, True)
    assert sorted(made_up_copy.rglob("*")) == before
    (made_up_copy / "studies/candidates/made-up.yml").write_text("title: x\n", encoding="utf-8")
    code, _, err = run(*named, capsys=capsys)
    assert (code, "mend the errors first" in err) == (cli.PROBLEMS, True)


def test_every_identifier_that_is_read_is_in_normal_spelling() -> None:
    read = suggesting.read(form(doi="HTTPS://DOI.ORG/10.5555/ABC", trial="nct99999902"))
    assert read.identifiers == (Identifier("doi", "10.5555/abc"), Identifier("registration", "NCT99999902"))
    assert normalise_doi(read.identifiers[0].value) == read.identifiers[0].value

"""Dates, identifiers, kinds and LaTeX as exports spell them."""

import pytest

from generator.model.source_record import RecordKind
from generator.surveillance import formats
from generator.surveillance.formats.reading.dates import american_date, dated, partial_date
from generator.surveillance.formats.reading.latex import decode_latex
from generator.surveillance.formats.reading.mentions import (
    doi_in,
    identifiers_in,
    kind_in,
    pmid_in,
    registrations_in,
    retracted_in,
)
from generator.surveillance.formats.reading.registrations import is_withdrawn


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20200217", "2020-02-17"),
        ("2020-02-17", "2020-02-17"),
        ("17/02/2020", "2020-02-17"),
        ("February 17, 2020", "2020-02-17"),
        ("February 2020", "2020-02"),
        ("17 February 2020", "2020-02-17"),
        ("2020/02/17/", "2020-02-17"),
        ("2020-02-17T00:00:00Z", "2020-02-17"),
        ("2019//", "2019"),
        ("2022///", "2022"),
        ("2020/2//", "2020-02"),
        ("2018 Mar 1", "2018-03-01"),
        ("2018 Sept", "2018-09"),
        ("2015 Jul-Aug", "2015"),
        ("Spring 2015", "2015"),
        ("02/17/2020", "2020"),
        ("2020-02-31", "2020-02"),
        ("2020-13-01", "2020"),
        ("made up", ""),
        ("12345678", ""),
        ("", ""),
    ],
)
def test_dates_are_as_full_as_they_are_stated(text: str, expected: str) -> None:
    assert partial_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3/18/2020 6:53:35 PM", "2020-03-18"),
        ("09/18/2026 10:42:00", "2026-09-18"),
        ("18/09/2026", ""),
        ("2026-09-18", ""),
        ("", ""),
    ],
)
def test_days_of_exports_have_the_month_first(text: str, expected: str) -> None:
    assert american_date(text) == expected


def test_month_and_day_beside_a_year_are_read_with_it() -> None:
    assert dated(["2018", "SEP 15"]) == (2018, "2018-09-15")
    assert dated(["2018", "SEP"]) == (2018, "2018-09")
    assert dated(["2018", "2017-12-30"]) == (2018, "2018"), "a date of another year is another date"
    assert dated(["", "made up"]) == (None, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.5555/ABC", "10.5555/abc"),
        ("https://doi.org/10.5555%2Fabc", "10.5555/abc"),
        ("10.5555/abc [doi]", "10.5555/abc"),
        ("http://x.example.org/?a=1&doi=10.5555%2fabc&b=2", "10.5555/abc"),
        ("Made-up J. 2020. doi: 10.5555/abc.", "10.5555/abc"),
        ("10.1023/a:1007154515475", "10.1023/a:1007154515475"),
        ("https://example.org/10.5555", ""),
        ("in 10.5555/abc we see", ""),
    ],
)
def test_dois(text: str, expected: str) -> None:
    assert doi_in([text]) == expected


def test_pubmed_ids() -> None:
    assert pmid_in(["31000001.0"], []) == "31000001"
    assert pmid_in(["made up"], ["https://pubmed.ncbi.nlm.nih.gov/31000001/?utm=1"]) == "31000001"
    assert pmid_in(["PMC31000001"], ["https://example.org/31000001"]) == ""


def test_registrations_are_found_by_the_patterns_of_their_registries() -> None:
    texts = ["ClinicalTrials.gov/nct00000001; CTRI/2020/01/000001 (ctri)", "JPRN-UMIN000000001 NCT000000012"]
    assert registrations_in(texts) == ("NCT00000001", "CTRI/2020/01/000001", "UMIN000000001")
    assert registrations_in(["23-232 BO", "1583821/ 17043-H33", "Nil known"]) == ()
    assert identifiers_in(["doi: 10.5555/a. PMID: 12", "NCT00000001"]) == ("NCT00000001", "10.5555/a", "PMID:12")


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["Article", "JOUR"], RecordKind.ARTICLE),
        (["Journal Article", "Preprint"], RecordKind.PREPRINT),
        (["Journal Article", "Published Erratum"], RecordKind.ERRATUM),
        (["Meeting Abstract", "journal"], RecordKind.CONFERENCE_ABSTRACT),
        (["", "CONF"], RecordKind.CONFERENCE_ABSTRACT),
        (["Conference Paper"], RecordKind.ARTICLE),
        (["Trial registry record"], RecordKind.REGISTRATION),
        (["BOOK"], RecordKind.OTHER),
        ([], RecordKind.OTHER),
    ],
)
def test_kinds(types: list[str], expected: RecordKind) -> None:
    assert kind_in(types) is expected


def test_retractions() -> None:
    assert retracted_in("RETRACTED: A made-up title", []) is True
    assert retracted_in("[Retracted] A made-up title", []) is True
    assert retracted_in("A made-up title", ["Retracted Publication"]) is True
    assert retracted_in("A made-up title", ["Retraction of Publication"]) is None
    assert retracted_in("Retracted vesicles in made-up cells", ["Article"]) is None


@pytest.mark.parametrize(
    "export",
    [
        "@article{a,\n author = {Tea, Anna and Cup, Ben and others},\n title = {Made up},\n year = {2020}\n}\n",
        "TY  - JOUR\nTI  - Made up\nAU  - Tea, Anna\nAU  - Cup, Ben\nAU  - et al.\nPY  - 2020\nER  - \n",
    ],
)
def test_those_who_are_not_named_are_no_authors(export: str) -> None:
    assert [one.authors for one in formats.read("made-up", export.encode(), "made-up").records] == [
        ("Tea, Anna", "Cup, Ben")
    ]


def test_withdrawals() -> None:
    assert is_withdrawn("Cancelled by the investigator   A made-up trial")
    assert is_withdrawn("Retracted due to lack of made-up patients")
    assert is_withdrawn("Canceled, due to modified protocol")
    assert not is_withdrawn("Cancelled surgery in a made-up hospital")
    assert not is_withdrawn("A trial that was cancelled by the investigator")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Za{\.z}{\'o}{\l}{\'c}", "Zażółć"),
        (r"\'{\i}", "í"),
        (r"\v{C}apek \c c \H{o} \k a", "Čapek ç ő ą"),
        (r"{\AA}s \O{} \ss x", "Ås Ø ßx"),
        (r"a \& b 50\% \$5 \_ \{x\}", "a & b 50% $5 _ {x}"),
        (r"50% of $10^{6}$ cells {DNA}", "50% of $10^{6}$ cells DNA"),
        (r"\emph{In vitro} \unknown{x}", r"In vitro \unknownx"),
        (r"Nguy\~{\^e}n Nguy{\~{\^{e}}}n \~\^e", "Nguyễn Nguyễn ễ"),
        (r"5 {\textmu}g of TGF-{\textbeta}1", "5 µg of TGF-β1"),
        (r"{\unknown}g \unknown{}g {\unknown}", r"\unknown g \unknown g \unknown"),
        ("no backslash ~10 mg", "no backslash ~10 mg"),
    ],
)
def test_latex(text: str, expected: str) -> None:
    assert decode_latex(text) == expected

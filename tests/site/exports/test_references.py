"""References in three formats: read back by hand-written readers, with nothing lost and nothing invented."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.report import ReportKind
from generator.review.references import Author, Reference, references
from generator.site.exports.references import bibtex, csl, files, ris
from tests.evidence import read

CITATION = "Made-up AB, Le Made-up C-D, et al. A made-up title: with a colon. J Made-up Tea. 2024;12(3):45-67."


def reference(**fields: object) -> Reference:
    made_up = Reference("made-up-2024", ReportKind.JOURNAL_ARTICLE, CITATION, "included", title="A made-up title")
    return replace(made_up, **fields)  # type: ignore[arg-type]


def read_ris(text: str) -> list[dict[str, list[str]]]:
    """Return the records of a RIS file, each tag with its values."""
    found: list[dict[str, list[str]]] = [{}]
    for line in text.split("\r\n"):
        if line == "ER  - ":
            found.append({})
        elif line:
            tag, value = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups()  # type: ignore[union-attr]
            found[-1].setdefault(tag, []).append(value)
    assert found.pop() == {}
    return found


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Return type, key and fields of one BibTeX reference, whose braces must balance in every field."""
    kind, key, rest = re.fullmatch(r"@(\w+)\{([^,]+),\n(.*)\}\n", text, re.DOTALL).groups()  # type: ignore[union-attr]
    fields = {}
    for line in rest.splitlines():
        name, value = re.fullmatch(r"  (\w+) = \{(.*)\},", line).groups()  # type: ignore[union-attr]
        fields[name] = value
    for value in fields.values():
        depth = 0
        for sign in value:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0, value
        assert depth == 0, value
    return kind, key, fields


@pytest.fixture(scope="module")
def made_up(made_up_review: Path) -> dict[str, str]:
    return dict(files(read(made_up_review)))


def test_every_report_and_document_is_there_once(made_up_review: Path, made_up: dict[str, str]) -> None:
    records = read(made_up_review).records
    assert records.protocol
    n_reports = sum(len(study.reports) for study in records.included.values())
    n_reports += sum(len(study.reports) for study in records.excluded.values())
    expected = n_reports + len(records.protocol.documents)
    keys = [one["ID"][0] for one in read_ris(made_up["data/references.ris"])]
    assert len(keys) == len(set(keys)) == expected == 9
    assert keys[:4] == ["dunkwell-2022", "dunkwell-2022.2", "dunkwell-2022.3", "icecap-2023"]
    assert [one["id"] for one in json.loads(made_up["data/references.csl.json"])] == keys
    assert re.findall(r"^@\w+\{(.+),$", made_up["data/references.bib"], re.MULTILINE) == keys


def test_the_two_studies_and_the_base_review(real_review: Path) -> None:
    found = {one["ID"][0]: one for one in read_ris(dict(files(read(real_review)))["data/references.ris"])}
    wilson = found["wilson-2024"]
    assert wilson["AU"] == ["Wilson, J. E.", "Today, B. A.", "Salazar, M."]
    assert (wilson["T2"], wilson["VL"], wilson["SP"], wilson["EP"]) == (["Regen Med"], ["19"], ["19"], ["26"])
    assert wilson["DO"] == ["10.2217/rme-2023-0110"]
    phillips = found["phillips-2021"]
    assert "DO" not in phillips, "a suspect DOI must not look like a real one"
    assert phillips["N1"][0].endswith("DOI as printed, not to be relied on: 10.30574/ijrsra.2021.4.1.0178")
    assert (found["gupta-2024"]["DO"], found["gupta-2024"]["KW"]) == (["10.7759/cureus.57539"], ["document"])


@pytest.mark.parametrize(
    ("citation", "authors"),
    [
        (CITATION, (Author("Made-up", "AB"), Author("Le Made-up", "C-D"))),
        ("Made-up Society of Tea. Made-up guidance on cups. 2021.", ()),
        ("Made-up registration NCT99999901", ()),
        ("+Made-up E. A made-up formula. J Made-up. 2021;2:2.", ()),
        ("WHO. A made-up report. 2020.", ()),
    ],
)
def test_authors_are_named_only_beyond_doubt(made_up_review: Path, citation: str, authors: tuple[Author, ...]) -> None:
    review = read(made_up_review)
    study = review.records.included["solo-2020"]
    report = study.reports[0].model_copy(update={"citation": citation})
    changed = replace(review.records, included={"solo-2020": study.model_copy(update={"reports": (report,)})})
    found = next(references(changed, review.protocol))
    assert found.authors == authors
    assert found.more_authors == ("et al" in citation)
    assert found.citation == citation


def test_a_whole_vancouver_reference_is_taken_apart(made_up_review: Path) -> None:
    review = read(made_up_review)
    document = review.protocol.documents["made-up-guidance"].model_copy(update={"citation": CITATION})
    found = list(references(review.records, review.protocol.model_copy(update={"documents": {"made-up": document}})))[
        -1
    ]
    assert found.title == "A made-up title: with a colon"
    assert (found.journal, found.volume, found.issue, found.pages) == ("J Made-up Tea", "12", "3", "45-67")


def test_a_retraction_shows_in_every_format(made_up: dict[str, str]) -> None:
    retracted = [one["ID"][0] for one in read_ris(made_up["data/references.ris"]) if "retracted" in one["KW"]]
    assert retracted == ["withdrawn-2019"]
    assert "keywords = {excluded, retracted}" in made_up["data/references.bib"]


def test_a_line_break_cannot_start_a_new_tag_in_ris() -> None:
    (found,) = read_ris(ris(reference(title="A made-up\nER  - \r\nTY  - JOUR title")))
    assert found["TI"] == ["A made-up ER - TY - JOUR title"]
    assert found["TY"] == ["JOUR"]


@pytest.mark.parametrize(
    "title", ["100 % & more_than #1 $x$ ~ ^", "unbalanced } brace {{", r"back\slash", "@article{x,"]
)
def test_bibtex_is_escaped(title: str) -> None:
    kind, key, fields = read_bibtex(bibtex(reference(title=title, doi="10.5555/made_up&more")))
    assert (kind, key, fields["doi"]) == ("article", "made-up-2024", "10.5555/made_up&more")
    plain = fields["title"]
    for word, sign in (("backslash", "\\"), ("braceleft", "{"), ("braceright", "}"), ("asciitilde", "~")):
        plain = plain.replace(f"{{\\text{word}}}", sign)
    plain = re.sub(r"\\([$&#%_])", r"\1", plain.replace(r"{\textasciicircum}", "^"))
    assert plain == title


def test_an_address_that_would_break_bibtex_is_left_out() -> None:
    assert "doi" not in read_bibtex(bibtex(reference(doi="10.5555/made}up")))[2]


def test_more_authors_than_named() -> None:
    several = reference(authors=(Author("Made-up", "AB"),), more_authors=True)
    assert read_bibtex(bibtex(several))[2]["author"] == "Made-up, A. B. and others"
    assert csl(several)["author"] == [{"family": "Made-up", "given": "A. B."}]
    assert read_ris(ris(several))[0]["AU"] == ["Made-up, A. B."], "et al. is nobody's name"
    for told in (csl(several)["note"], read_ris(ris(several))[0]["N1"][0]):
        assert told == f"Only the first author is named; there are more. Reference as recorded: {CITATION}"
    two = replace(several, authors=(Author("Made-up", "AB"), Author("Le Made-up", "C-D")))
    assert str(csl(two)["note"]).startswith("Only the first 2 authors are named; there are more. ")
    assert "there are more" not in bibtex(several) + ris(replace(several, more_authors=False))


def test_unknown_parts_are_left_out_and_not_empty() -> None:
    assert set(csl(reference())) == {"id", "type", "title", "keyword", "note"}
    assert set(read_ris(ris(reference()))[0]) == {"TY", "ID", "TI", "KW", "N1"}
    assert set(read_bibtex(bibtex(reference()))[2]) == {"title", "keywords", "note"}


@pytest.mark.parametrize("kind", ReportKind)
def test_every_kind_of_report_has_a_type(kind: ReportKind) -> None:
    one = reference(kind=kind)
    assert read_ris(ris(one))[0]["TY"][0]
    assert read_bibtex(bibtex(one))[0]
    assert csl(one)["type"]

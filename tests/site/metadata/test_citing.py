"""How the review is cited: the two files at the top of the repository, and each version as BibTeX and RIS."""

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator import cli
from generator.model.version import Version
from generator.review import Review
from generator.site.metadata import citation_files
from generator.site.metadata.citing import cited
from generator.surveillance import formats
from tests.conftest import ROOT
from tests.evidence import read, with_protocol

HOSTILE = 'Made-up "tea": # <b>x</b> \\ {a} \u2028 \x85 🫖 - [b] & 100 % _'
SITE = "https://example.org/made-up"
RELATIONS = {"isDerivedFrom", "isDocumentedBy"}
"""The relations used here, of those that Zenodo's documentation of deposit metadata lists."""


@pytest.fixture(scope="module")
def made_up(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def real(real_review: Path) -> Review:
    return read(real_review)


def cff(review: Review, version: Version | None) -> dict[str, Any]:
    """Return CITATION.cff as read, after holding it against the published schema."""
    text = citation_files(review.protocol, version)["CITATION.cff"]
    read_back: dict[str, Any] = yaml.safe_load(text)
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    schema = json.loads((folder / "citation-file-format.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(read_back)
    return read_back


def zenodo(review: Review, version: Version | None) -> dict[str, Any]:
    read_back: dict[str, Any] = json.loads(citation_files(review.protocol, version)[".zenodo.json"])
    assert {"title", "upload_type", "description", "creators", "access_right", "license"} <= read_back.keys()
    assert all(one["name"] and one.keys() <= {"name", "affiliation", "orcid"} for one in read_back["creators"])
    assert {one["relation"] for one in read_back.get("related_identifiers", [])} <= RELATIONS
    return read_back


def test_the_committed_files_are_those_of_the_records(real: Review) -> None:
    expected = citation_files(real.protocol, real.versions[-1] if real.versions else None)
    for path, text in expected.items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, "run `living-review cite`"


def test_before_a_version_a_body_is_named_and_no_person(real: Review, made_up: Review) -> None:
    for review in (real, made_up):
        body = {"name": f"The contributors of {review.protocol.short_title}"}
        found, archived = cff(review, None), zenodo(review, None)
        assert found["authors"] == archived["creators"] == [body]
        assert found.keys().isdisjoint({"version", "date-released"})
        assert archived.keys().isdisjoint({"version", "publication_date"})


def test_a_version_is_cited_with_its_authors_number_and_day(made_up: Review) -> None:
    version = made_up.versions[0]
    found = cff(made_up, version)
    assert (found["version"], found["date-released"]) == ("1.0", "2024-03-10")
    assert found["doi"] == version.doi
    assert found["authors"] == [
        {"name": "Made-up Pat", "orcid": "https://orcid.org/0000-0002-1825-0097"},
        {"name": "Made-up Sam O'Nobody <sam>"},
        {"name": "Made-up Kim"},
    ]
    archived = zenodo(made_up, version)
    assert (archived["version"], archived["publication_date"]) == ("1.0", "2024-03-10")
    assert archived["creators"][0] == {
        "name": "Made-up Pat",
        "affiliation": "Made-up Institute of Tea",
        "orcid": "0000-0002-1825-0097",
    }
    assert "Searched to 2024-03-01." in archived["description"]


def test_the_base_review_is_credited(real: Review, made_up: Review) -> None:
    assert real.base_document
    (base,) = cff(real, None)["references"]
    assert base["doi"] == real.base_document.doi
    assert zenodo(real, None)["related_identifiers"][0]["identifier"] == real.base_document.doi
    assert "references" not in cff(made_up, None)


def test_the_address_is_that_of_the_version_or_of_the_site(made_up: Review) -> None:
    addressed = with_protocol(made_up, site=f"{SITE}/")
    assert cff(addressed, None)["url"] == f"{SITE}/index.html"
    assert cff(addressed, made_up.versions[1])["url"] == f"{SITE}/versions/1.1.html"
    assert "url" not in cff(made_up, None)


def test_nothing_in_a_record_has_a_meaning_in_the_files(made_up: Review) -> None:
    hostile = with_protocol(made_up, title=HOSTILE, short_title=HOSTILE)
    assert cff(hostile, None)["title"] == HOSTILE
    assert cff(hostile, None)["authors"] == [{"name": f"The contributors of {HOSTILE}"}]
    assert zenodo(hostile, None)["title"] == HOSTILE
    question = made_up.protocol.question.model_copy(update={"text": "Is made-up p<0.05 & <b>so</b>?"})
    described = zenodo(with_protocol(made_up, question=question), None)["description"]
    assert described.startswith("<p>Is made-up p&lt;0.05 &amp; &lt;b&gt;so&lt;/b&gt;?</p>")


@pytest.mark.parametrize("form", ["bibtex", "ris"])
def test_a_version_is_read_back_by_a_reference_manager(made_up: Review, form: str) -> None:
    version = made_up.versions[0]
    text = getattr(cited(made_up.protocol, version), form)
    (record,) = formats.read(f"made-up.{form}", text.encode(), "made-up").records
    assert record.title == f"{made_up.protocol.title} (version 1.0)"
    assert (record.year, record.doi, record.url) == (2024, version.doi, f"https://doi.org/{version.doi}")
    assert [name.split(",")[0] for name in record.authors] == [
        "Made-up Pat",
        "Made-up Sam O'Nobody <sam>",
        "Made-up Kim",
    ]


def test_the_words_and_the_forms_name_the_last_search(made_up: Review) -> None:
    forms = cited(made_up.protocol, made_up.versions[1])
    for text in (forms.text, forms.bibtex, forms.ris):
        assert "searched to 2024-09-01" in text
        assert "1.1" in text


def test_the_verb_writes_the_files_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "studies", tmp_path / "studies")
    assert cli.main(["cite", "--root", str(tmp_path)]) == cli.FINE
    assert capsys.readouterr().out == "CITATION.cff was written\n.zenodo.json was written\n"
    assert (tmp_path / "CITATION.cff").read_bytes() == (ROOT / "CITATION.cff").read_bytes()
    assert cli.main(["cite", "--root", str(tmp_path)]) == cli.FINE
    assert capsys.readouterr().out == ""


def test_the_verb_writes_nothing_from_records_with_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "studies", tmp_path / "studies")
    (tmp_path / "studies" / "versions.yml").write_text("versions: made-up\n", encoding="utf-8")
    assert cli.main(["cite", "--root", str(tmp_path)]) == cli.PROBLEMS
    assert "versions.yml" in capsys.readouterr().out
    assert not (tmp_path / "CITATION.cff").exists()

"""JSON-LD: what the records say and nothing else, in words that schema.org has, and inert whatever a record holds."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html  # type: ignore[import-untyped]

from generator.identifiers import address
from generator.model.registry_status import RegistryStatus
from generator.model.trial import TrialDesign
from generator.model.values import Missing
from generator.review import Review
from generator.site import metadata
from generator.site.metadata.linked_data import dataset, review_article, trial_study, version_article
from generator.site.metadata.page_head import meta, script
from generator.site.page import Page
from generator.wording.words import status_label
from tests.evidence import read, with_protocol

HOSTILE = "Made-up 🫖 </script><script>alert(1)</script> <!-- p<0.05 & \"x\" 'y' \u2028 {{ 7*7 }} {% if %} --- \x85 end"
SCHEMA_ORG_STATUSES = {
    "ActiveNotRecruiting",
    "Completed",
    "EnrollingByInvitation",
    "NotYetRecruiting",
    "Recruiting",
    "ResultsAvailable",
    "ResultsNotAvailable",
    "Suspended",
    "Terminated",
    "Unknown",
    "Withdrawn",
}
"""Every member of schema.org's MedicalStudyStatus."""
WITHOUT_A_WORD = {"WITHHELD", "AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE", "APPROVED_FOR_MARKETING"}


@pytest.fixture(scope="module")
def made_up(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def real(real_review: Path) -> Review:
    return read(real_review)


def trial(review: Review, key: str, **changes: object) -> Any:  # noqa: ANN401 - JSON
    return trial_study(review, key, review.records.trials[key].model_copy(update=changes))


def test_a_review_without_versions_claims_no_author_version_or_publication(real: Review) -> None:
    assert not real.versions
    data = review_article(real)
    assert data.keys().isdisjoint({"author", "version", "datePublished", "workExample", "url", "image"})
    assert data["@type"] == ["ScholarlyArticle", "MedicalScholarlyArticle"]
    assert data["publicationType"] == "Systematic Review"
    assert data["dateModified"] == real.living.last_evidence_change_on.isoformat()  # type: ignore[union-attr]
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_a_review_names_the_one_it_is_based_on(real: Review, made_up: Review) -> None:
    base: Any = review_article(real)["isBasedOn"]
    assert real.base_document
    assert base["@id"] == base["url"] == f"https://doi.org/{real.base_document.doi}"
    assert base["isPartOf"]["name"] in real.base_document.citation
    assert "isBasedOn" not in review_article(made_up)


def test_a_review_cites_the_reports_of_its_studies_as_recorded(real: Review, made_up: Review) -> None:
    for review in (real, made_up):
        reports = [one for study in review.studies.values() for one in study.reports]
        expected = sorted(address("doi", one.doi) or "" if one.doi else one.citation for one in reports)
        data: Any = review_article(review)
        assert sorted(data["citation"]) == expected


def test_a_review_is_as_new_as_its_newest_version(made_up: Review) -> None:
    data: Any = review_article(made_up)
    assert (data["version"], data["datePublished"], data["dateModified"]) == ("1.1", "2024-03-10", "2024-09-15")
    assert [one["name"] for one in data["author"]] == ["Made-up Pat", "Made-up Sam O'Nobody <sam>"]
    assert [one["version"] for one in data["workExample"]] == ["1.0", "1.1"]


def test_a_version_is_itself_and_an_example_of_the_review(made_up: Review) -> None:
    first, second = made_up.versions
    data: Any = version_article(made_up, first)
    assert (data["version"], data["datePublished"]) == ("1.0", "2024-03-10")
    assert data["sameAs"] == "https://doi.org/10.5555/made-up.tea.v1"
    assert [one["name"] for one in data["author"]][-1] == "Made-up Kim"
    assert data["exampleOfWork"]["@id"] == review_article(made_up)["@id"]
    later: Any = version_article(made_up, second)
    assert "sameAs" not in later
    assert set(data["citation"]) < set(later["citation"])


def test_the_data_belong_to_the_review_and_no_one_is_invented(real: Review, made_up: Review) -> None:
    data: Any = dataset(real)
    assert "creator" not in data
    assert data["isPartOf"]["@id"] == review_article(real)["@id"]
    assert 50 <= len(data["description"]) <= 5000
    assert "creator" in dataset(made_up)


@pytest.mark.parametrize("status", RegistryStatus)
def test_a_status_is_told_only_in_a_word_that_schema_org_has(made_up: Review, status: RegistryStatus) -> None:
    seen = made_up.records.trials["NCT99999901"].status_history[-1].model_copy(update={"status": status})
    data = trial(made_up, "NCT99999901", status_history=(seen,))
    assert data["description"] == f"The registry says {status_label(status)}, seen {seen.seen}."
    if status in WITHOUT_A_WORD:
        assert "status" not in data
    else:
        word = data["status"].removeprefix("https://schema.org/")
        assert word in SCHEMA_ORG_STATUSES
        assert word.upper() == status.replace("_", "")


def test_a_trial_is_named_by_its_registration(made_up: Review) -> None:
    data = trial(made_up, "CTRI-2099-01-099903", title=Missing.NOT_REPORTED)
    assert data["identifier"][0] == {
        "@type": "PropertyValue",
        "propertyID": "CTRI",
        "value": "CTRI/2099/01/099903",
    }
    assert data["name"] == "CTRI/2099/01/099903"
    assert "sameAs" not in data
    assert "sponsor" not in data
    sponsored = trial(made_up, "NCT99999901")
    assert sponsored["sponsor"] == {"name": "Made-up Institute of Tea"}
    assert sponsored["sameAs"] == "https://clinicaltrials.gov/study/NCT99999901"


def test_a_design_is_told_only_as_far_as_it_is_registered(made_up: Review) -> None:
    assert trial(made_up, "NCT99999901")["trialDesign"] == [
        "https://schema.org/RandomizedTrial",
        "https://schema.org/OpenTrial",
    ]
    unknown = TrialDesign(allocation="NON_RANDOMIZED", masking="QUADRUPLE")
    assert "trialDesign" not in trial(made_up, "NCT99999901", design=unknown)
    observed = trial(made_up, "NCT99999901", design=TrialDesign(study_type="OBSERVATIONAL", masking="NONE"))
    assert observed["@type"] == "MedicalObservationalStudy"
    assert "trialDesign" not in observed


def texts(data: Any) -> str:  # noqa: ANN401 - JSON
    """Return every text in JSON-LD, one after the other."""
    if isinstance(data, dict | list):
        return "\n".join(texts(one) for one in (data.values() if isinstance(data, dict) else data))
    return str(data)


def test_no_word_of_a_record_can_end_the_script_or_open_another(made_up: Review) -> None:
    hostile = with_protocol(made_up, title=HOSTILE, short_title=HOSTILE)
    for path in ("index.md", "downloads.md", "versions/1.0.md"):
        text = metadata.head(hostile, path)
        assert text.isascii()
        scripts = html.fromstring(f"<head>{text}</head>").xpath("//script")
        assert len(scripts) == 1
        assert HOSTILE in texts(json.loads(scripts[0].text))
    assert "<" not in script({"name": HOSTILE}).removeprefix("<script").removesuffix("</script>")


def test_a_tag_shows_every_sign_as_typed() -> None:
    shown = html.fromstring(f"<head>{meta('citation_title', HOSTILE)}</head>").xpath("//meta")
    assert len(shown) == 1
    assert shown[0].get("content").split() == HOSTILE.split()


def test_a_head_comes_through_the_front_matter_unchanged(made_up: Review) -> None:
    text = metadata.head(with_protocol(made_up, title=HOSTILE), "index.md")
    page = Page("index.md", "Home", "# Made up", head=text).text
    front, _, body = page.removeprefix("---\n").partition("\n---\n")
    assert yaml.safe_load(front) == {"title": "Home", "head": text}
    assert body.strip() == "# Made up"


def test_other_pages_say_nothing_of_the_kind(made_up: Review) -> None:
    for path in ("evidence.md", "studies/solo-2020.md", "trials.md", "versions.md", "versions/9.9.md", "trials/x.md"):
        assert metadata.head(made_up, path) == ""

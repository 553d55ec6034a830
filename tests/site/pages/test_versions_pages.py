"""The page of each published version: how to cite it, what it changed, and that it stays."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.report import Event
from generator.model.version import Version, Versions
from generator.review import Review
from generator.site.pages import version, versions
from tests.evidence import HOSTILE, TODAY, Read, read, with_protocol, with_study
from tests.reworded import a_year
from tests.spaced import browse_spaced


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def bodies(review: Review) -> dict[str, str]:
    return {page.path: page.body for page in version.pages(review)}


def page(review: Review, number: str) -> Read:
    return browse_spaced(bodies(review)[f"versions/{number}.md"])


def overview(review: Review) -> Read:
    (found,) = versions.pages(review)
    return browse_spaced(found.body)


def with_version(review: Review, index: int, **fields: object) -> Review:
    listed = list(review.versions)
    listed[index] = Version.model_validate({**dict(listed[index]), **fields})
    return Review(replace(review.records, versions=Versions(versions=tuple(listed))), review.protocol, TODAY)


def test_every_version_has_a_page_at_its_number(review: Review, real_review: Path) -> None:
    assert sorted(bodies(review)) == ["versions/1.0.md", "versions/1.1.md"]
    assert bodies(read(real_review)) == {}


def test_it_says_how_to_cite_it_in_words_bibtex_and_ris(review: Review) -> None:
    found = page(review, "1.0")
    assert "Made-up Pat, Made-up Sam O'Nobody <sam>, Made-up Kim. Made-up tea" in found.text
    assert "https://doi.org/10.5555/made-up.tea.v1" in found.links
    copied = bodies(review)["versions/1.0.md"]
    assert copied.count('<div class="copy"><pre><code>') == 2, "the theme puts a button to copy beside each"
    assert "\nTI  &#45; Made-up tea for made-up hiccups" in copied, "RIS needs its two blanks and its lines"
    assert copied.count("\nAU  &#45; ") == 3
    assert "ER  &#45; </code>" in copied
    assert "\n  year &#61; &#123;2024&#125;," in copied


def test_its_address_is_its_doi_else_its_own_page(review: Review) -> None:
    assert "Its permanent address" not in page(review, "1.1").text
    sited = with_protocol(review, site="https://example.org/made-up/")
    assert "https://example.org/made-up/versions/1.1.html" in page(sited, "1.1").links
    assert "searched to 2024-09-01. https://example.org/made-up/versions/1.1.html" in page(sited, "1.1").text
    assert "https://example.org/made-up/versions/1.0.html" not in page(sited, "1.0").links


def test_it_names_what_differs_from_the_version_before(review: Review) -> None:
    found = page(review, "1.1")
    assert "Differences from version 1.0" in found.text
    assert "Studies added Steeply 2024 Studies removed none" in found.text
    assert "Included studies 4 before: 3" in found.text
    assert "People enrolled in them 136 before: 76" in found.text
    assert "2024-09-15 correction What the review says of Dunkwell 2022 was corrected" in found.text
    assert "the registry's status moved from not yet recruiting to recruiting" in found.text
    assert "records were found" not in found.text, "what a search brings is no change of a version"
    assert {"1.0.html", "../studies/steeply-2024.html"} <= found.links
    first = page(review, "1.0").text
    assert "It is the first version; there is none before it to compare with." in first
    assert "before:" not in first


def test_it_lists_every_wording_and_rating_between_two_versions(review: Review) -> None:
    found = page(replace(review, records=a_year(review.records)), "1.1").text
    before = page(replace(review, records=a_year(review.records)), "1.0").text
    assert "2024-08-01 certainty The certainty of the evidence on “Made-up hiccups” was rated" in found
    assert "now reads low; it read very low before." in found
    assert [day for day in ("2024-01-15", "2024-04-15", "2024-07-15") if f"{day} wording Our words on" in found] == [
        "2024-04-15",
        "2024-07-15",
    ]
    assert "Our words on “Made-up hiccups at first” were written" in before
    assert "The rating of the reviewers reads very low." in before


def test_only_the_newest_says_that_it_is_the_newest(review: Review) -> None:
    assert "It is the newest published version." in page(review, "1.1").text
    assert "A newer version has been published since: version 1.1 of 2024-09-15." in page(review, "1.0").text
    retired = with_version(review, 1, retires=True)
    assert "It is the last version; the review ends with it." in page(retired, "1.1").text


def test_it_leads_to_its_frozen_bundle_when_there_is_one(review: Review) -> None:
    assert "No frozen bundle of this version is kept here." in page(review, "1.1").text
    bundled = page(with_version(review, 1, bundled=True), "1.1")
    assert "1.1.zip" in bundled.links
    assert "The file is never changed." in bundled.text


def test_hostile_words_show_as_typed(review: Review) -> None:
    hostile = with_version(review, 1, trigger=HOSTILE, methods_changes=HOSTILE, results_changes=HOSTILE)
    people = tuple(person.model_copy(update={"name": HOSTILE}) for person in review.protocol.people)
    found = page(with_protocol(hostile, people=people, title=HOSTILE), "1.1")
    assert found.text.count(HOSTILE) >= 6


def test_the_overview_says_which_version_is_due_and_why(review: Review) -> None:
    calm = overview(review)
    assert "No version is due: nothing that makes one has changed." in calm.text
    assert "Since then also, without making a version due: 3" in calm.text
    assert {"versions/1.0.html", "versions/1.1.html"} <= calm.links
    study = review.records.included["solo-2020"]
    event = Event.model_validate({"on": "2024-12-01", "kind": "data-added", "note": "Made-up data."})
    found = overview(with_study(review, "solo-2020", history=(*study.history, event)))
    assert "Version 1.2 is due (studies or data changed, the conclusions did not)." in found.text
    assert "2024-12-01 Data of Solo 2020 were added" in found.text


def test_before_the_first_version_the_overview_says_that_it_is_due(real_review: Path) -> None:
    found = overview(read(real_review)).text
    assert "Version 1.0 is due" in found
    assert "No version has been published yet" in found

"""Pages of what is not included: candidates, awaiting classification, excluded. None of it reads as a fact."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.decision import Candidate
from generator.model.records import Records
from generator.review import Review
from generator.site.pages import awaiting, candidates, excluded
from tests.evidence import HOSTILE, TODAY, Read, read, with_protocol
from tests.spaced import browse_spaced

PAGES = {"candidates.md": candidates, "awaiting.md": awaiting, "excluded.md": excluded}


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def empty(review: Review) -> Review:
    return Review(Records(protocol=review.protocol), review.protocol, TODAY)


def page(review: Review, path: str) -> Read:
    (found,) = PAGES[path].pages(review)
    assert found.path == path
    assert found.description
    return browse_spaced(found.body)


def with_candidates(review: Review, found: dict[str, Candidate]) -> Review:
    return Review(replace(review.records, candidates=found), review.protocol, review.today)


def test_candidates_are_said_not_to_be_facts(review: Review, empty: Review) -> None:
    for one in (review, empty):
        assert "Candidates are not facts of the review." in page(one, "candidates.md").text


def test_each_candidate_has_a_place_and_shows_what_is_known(review: Review) -> None:
    found = page(review, "candidates.md")
    assert {f"candidate-{key}" for key in review.records.candidates} <= set(found.ids)
    assert "3 candidates wait for a decision, the longest for 153 days. The protocol allows 30 days" in found.text
    assert "Days waiting 153 late First found 2024-09-01" in found.text
    assert "https://doi.org/10.5555/made-up.infusion" in found.links
    assert "https://openalex.org/W9999999901" in found.links
    assert "Made-up Tea Index, 2024-09-01" in found.text
    assert "Why it matched made-up tea hiccup*" in found.text
    assert "Possibly the same as W9999999903" in found.text
    assert "#candidate-W9999999903" in found.links
    assert "trials/NCT99999902.html" in found.links
    assert "Retraction flagged as retracted" in found.text
    assert "A made-up source says so." in found.text


def test_an_abstract_stays_words(review: Review) -> None:
    found = page(review, "candidates.md")
    assert "# not a heading - not a list" in found.text
    assert "{{ 7*7 }} {% raw %}" in found.text
    assert found.count("details") == 1


def test_how_to_decide_names_the_file_the_lines_and_the_reasons(review: Review) -> None:
    found = page(review, "candidates.md")
    assert "studies/candidates/infusion-2024.yml" in found.text
    assert "https://example.org/made-up/tea/edit/main/studies/candidates/infusion-2024.yml" in found.links
    assert "decision: outcome: exclude # include, exclude or awaiting" in found.text
    for reason in review.protocol.exclusion_reasons:
        assert f"{reason.id}: {reason.label}" in found.text
    assert "At full text, 2 people decide." in found.text
    assert "studies/screened/2025.yml" in found.text


def test_one_candidate_of_one_day_is_told_of_in_the_singular(review: Review) -> None:
    one = with_candidates(review, {"W9999999902": review.records.candidates["W9999999902"]})
    assert "1 candidate waits for a decision, the longest for 22 days." in page(one, "candidates.md").text


def test_a_decided_record_stands_under_awaiting_with_a_pointer_from_candidates(review: Review) -> None:
    assert "awaiting.html#candidate-samovar-2023" in page(review, "candidates.md").links
    found = page(review, "awaiting.md")
    assert "candidate-samovar-2023" in found.ids
    assert "Decided 2024-03-20 by Made-up Pat, Made-up Sam O'Nobody <sam>, on the full text" in found.text
    assert "Why it cannot be judged yet The made-up library is closed." in found.text
    assert "trials/CTRI-2099-01-099903.html" in found.links
    assert "Suggested by Made-up Reader <reader>" in found.text


def test_awaiting_says_plainly_when_there_is_nothing(empty: Review, review: Review) -> None:
    text = page(empty, "awaiting.md").text
    assert "No registered trial awaits classification." in text
    assert "No other record awaits classification." in text
    only_trials = page(with_candidates(review, {}), "awaiting.md").text
    assert "No other record awaits classification." in only_trials
    assert "No registered trial awaits classification." not in only_trials


def test_candidates_say_plainly_when_there_are_none(empty: Review) -> None:
    text = page(empty, "candidates.md").text
    assert "No candidate is waiting for a decision." in text
    assert "No candidate has been decided so." in text


def test_every_reason_has_its_place_in_the_order_of_the_protocol(review: Review) -> None:
    found = page(review, "excluded.md")
    anchors = [one for one in found.ids if one.startswith("reason-")]
    assert anchors == ["reason-no-hiccups", "reason-no-tea", "reason-no-investigation", "reason-retracted"]
    assert {"excluded-espresso-2021", "excluded-withdrawn-2019"} <= set(found.ids)
    assert "2. No made-up tea (1)" in found.text
    assert "1. Not about made-up hiccups (0) No study has been excluded for this." in found.text
    assert "=cmd|'/c calc'!A1 made-up coffee for made-up hiccups" in found.text
    assert "https://doi.org/10.5555/made-up.2019.r" in found.links


def test_the_ledger_is_counted_and_can_be_taken_away(review: Review) -> None:
    found = page(review, "excluded.md")
    assert "4 records were set aside on title and abstract." in found.text
    assert "All reasons 3 1 4" in found.text
    assert {"data/screened.csv", "downloads.html"} <= found.links


def test_excluded_says_plainly_when_there_is_nothing(empty: Review) -> None:
    text = page(empty, "excluded.md").text
    assert "No study has been excluded at full text." in text
    assert "No record has been excluded on title and abstract." in text


def test_hostile_words_show_as_typed_everywhere(review: Review) -> None:
    candidate = review.records.candidates["infusion-2024"]
    fields = ("title", "authors", "venue", "abstract", "note", "suggested_by")
    hostile = candidate.model_copy(update=dict.fromkeys(fields, HOSTILE))
    assert page(with_candidates(review, {"infusion-2024": hostile}), "candidates.md").text.count(HOSTILE) >= 7
    study = review.records.excluded["espresso-2021"]
    wrong = study.model_copy(update={"title": HOSTILE, "decision": study.decision.model_copy(update={"note": HOSTILE})})
    changed = Review(replace(review.records, excluded={"espresso-2021": wrong}), review.protocol, TODAY)
    assert page(changed, "excluded.md").text.count(HOSTILE) == 2


def test_without_a_repository_files_are_named_and_not_linked(review: Review) -> None:
    found = page(with_protocol(review, repository=None), "candidates.md")
    assert not [link for link in found.links if "/edit/" in link]
    assert "studies/candidates/infusion-2024.yml" in found.text


def test_on_a_page_of_an_earlier_day_nobody_decides_and_no_file_is_named(review: Review) -> None:
    """A record that has been settled since is a candidate again; its file is gone, and a new one has no past."""
    past = replace(review, is_past=True)
    for path in ("candidates.md", "awaiting.md"):
        now, then = page(review, path), page(past, path)
        assert "studies/candidates/" in now.text
        assert "studies/candidates/" not in then.text
        assert [link for link in now.links if "/edit/" in link]
        assert not [link for link in then.links if "/edit/" in link]
        assert [one for one in now.ids if one.startswith("candidate-")] == [
            one for one in then.ids if one.startswith("candidate-")
        ]
    assert "How to decide" in page(review, "candidates.md").text
    assert "How to decide" not in page(past, "candidates.md").text
    assert "decision:" not in page(past, "candidates.md").text


def test_hundreds_of_candidates_have_a_place_each(review: Review) -> None:
    many = {f"c{number}": review.records.candidates["W9999999902"] for number in range(300)}
    found = page(with_candidates(review, many), "candidates.md")
    assert len([one for one in found.ids if one.startswith("candidate-")]) == 300

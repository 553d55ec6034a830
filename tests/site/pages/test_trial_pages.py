"""Pages of registered trials: category, wording of the status, timeline, and what was registered."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.trial import Trial
from generator.review import Review
from generator.site.pages import trial as trial_page
from generator.site.pages import trials as trials_page
from generator.site.subscriptions import feeds
from tests.evidence import HOSTILE, Read, read, with_protocol
from tests.spaced import browse_spaced


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def with_trials(review: Review, trials: dict[str, Trial]) -> Review:
    return Review(replace(review.records, trials=trials), review.protocol, review.today)


def overview(review: Review) -> Read:
    (found,) = trials_page.pages(review)
    assert found.path == "trials.md"
    return browse_spaced(found.body)


def page(review: Review, key: str) -> Read:
    found = {one.path: one for one in trial_page.pages(review)}
    return browse_spaced(found[f"trials/{key}.md"].body)


def test_trials_stand_under_their_category_in_one_order(review: Review) -> None:
    text = overview(review).text
    places = [
        text.index(words)
        for words in (
            "Registered trials: ongoing",
            "NCT99999902",
            "Registered trials: awaiting classification",
            "2099-599999-99-00",
            "CTRI/2099/01/099903",
            "Registered trials: report of an included study",
            "NCT99999901",
            "Registered trials: withdrawn, listed only",
            "ISRCTN99999904",
        )
    ]
    assert places == sorted(places)
    assert {"ongoing", "awaiting", "included", "listed"} <= set(overview(review).ids)


def test_a_status_is_the_registrys_word_on_one_day(review: Review) -> None:
    found = overview(review)
    assert "registry says recruiting, seen 2025-01-11 21 days ago" in found.text
    assert ("abbr", {"title": "RECRUITING"}) in found.elements
    assert "Registries are often late. Of 405 trials, 31 % had a status that was wrong" in found.text
    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC5652524" in found.links
    assert "studies/dunkwell-2022.html" in found.links
    assert "trials/CTRI-2099-01-099903.html" in found.links


def test_without_trials_every_group_says_so(review: Review) -> None:
    text = overview(with_trials(review, {})).text
    assert "No registered trial is known." in text
    assert "No trial is known to be ongoing." in text
    assert "No trial awaits classification." in text
    assert "No withdrawn trial is known." in text


def test_one_trial_is_told_of_in_the_singular(review: Review) -> None:
    one = with_trials(review, {"NCT99999902": review.records.trials["NCT99999902"]})
    assert "1 registered trial is known." in overview(one).text


def test_a_trial_page_leads_to_its_registry_its_study_and_its_file(review: Review) -> None:
    found = page(review, "NCT99999901")
    assert "https://clinicaltrials.gov/study/NCT99999901" in found.links
    assert "../studies/dunkwell-2022.html" in found.links
    assert "https://example.org/made-up/tea/edit/main/studies/trials/NCT99999901.yml" in found.links
    assert "report of an included study: registry says completed, seen 2024-03-01 (337 days ago)." in found.text
    assert "Its results are included as Dunkwell 2022." in found.text
    assert "Registered at or before the first enrolment no" in found.text


def test_a_registry_without_lasting_addresses_is_named_without_a_link(review: Review) -> None:
    found = page(review, "CTRI-2099-01-099903")
    assert "The registry has no lasting address for a single registration." in found.text
    assert "Also registered as NCT99999903" in found.text
    assert "https://clinicaltrials.gov/study/NCT99999903" in found.links
    assert "The made-up registry gives two sample sizes." in found.text
    assert "Was anything published?" in found.text
    assert "Completed <sic>" in found.text


def test_results_are_none_found_or_not_looked_for(review: Review) -> None:
    looked = page(review, "NCT99999902").text
    assert "Posted in the registry none found Published none found Last looked for on 2025-01-11" in looked
    assert "no search for results has been recorded" in page(review, "2099-599999-99-00").text


def test_the_timeline_is_on_the_page(review: Review) -> None:
    text = page(review, "NCT99999902").text
    assert "changed from not yet recruiting" in text
    assert "No quote has been recorded." in text
    assert "A small mark" not in text, "there is none to explain"
    assert text.index("first look") < text.index("changed from") < text.index("same as before")


def test_facts_lead_to_the_words_they_come_from(real_review: Path) -> None:
    real = read(real_review)
    found = page(real, "NCT04849429")
    assert {"quote-row", "quote-unpublished"} <= set(found.ids)
    assert "#quote-row" in found.links
    assert "Found word for word in the text on file." in found.text
    assert "registry says completed, seen 2024-03-18" in found.text
    assert found.text.count("A small mark beside a value") == 1
    assert "Taken from another review, Gupta 2024; nobody here has looked at the registry itself yet." in found.text
    seen = real.records.trials["NCT04849429"].status_history[0].model_copy(update={"by": "nightly"})
    looked = real.records.trials["NCT04849429"].model_copy(update={"status_history": (seen,)})
    assert "Taken from" not in page(with_trials(real, {"NCT04849429": looked}), "NCT04849429").text
    assert "30" in found.text
    assert "estimated" in found.text


def test_hostile_words_of_a_registry_show_as_typed(review: Review) -> None:
    trial = review.records.trials["NCT99999902"]
    hostile = trial.model_copy(update={"title": HOSTILE, "intervention": HOSTILE, "sponsor": HOSTILE, "note": HOSTILE})
    changed = with_trials(review, {"NCT99999902": hostile})
    assert page(changed, "NCT99999902").text.count(HOSTILE) == 4
    assert HOSTILE in overview(changed).text


def test_without_a_repository_there_is_no_link_to_edit(review: Review) -> None:
    found = page(with_protocol(review, repository=None), "NCT99999902")
    assert not [link for link in found.links if "/edit/" in link]
    assert "studies/trials/NCT99999902.yml" in found.text


def test_a_trial_offers_its_own_feeds(review: Review) -> None:
    stem = "../feeds/trials/NCT99999902"
    assert {f"{stem}.xml", f"{stem}.atom.xml", f"{stem}.json"} <= page(review, "NCT99999902").links
    paths = {path for one in feeds(review) for path in (one.rss, one.atom, one.json)}
    assert {path.removeprefix("../") for path in (f"{stem}.xml", f"{stem}.atom.xml", f"{stem}.json")} <= paths

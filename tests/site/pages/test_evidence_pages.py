"""The evidence pages of the made-up review: facts, links, wording, and what they say when there is nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.protocol import Priority
from generator.model.study import Design
from generator.review import Review
from generator.site import website
from generator.site.pages import findings, harms, interventions, plain_language, results, risk_of_bias, study
from tests.evidence import HOSTILE, Read, browse, read, with_protocol, with_studies, with_study, with_summaries
from tests.spaced import browse_spaced

PAGES = {
    "results.md": results,
    "findings.md": findings,
    "harms.md": harms,
    "interventions.md": interventions,
    "risk-of-bias.md": risk_of_bias,
    "plain-language.md": plain_language,
}


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def page(review: Review, path: str) -> Read:
    (found,) = PAGES[path].pages(review)
    assert found.path == path
    assert found.description
    return browse(found.body)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_from_a_record_runs_and_titles_show_as_typed(review: Review, path: str) -> None:
    label = review.records.included["dunkwell-2022"].interventions[0].model_copy(update={"label": HOSTILE})
    hostile = with_study(review, "dunkwell-2022", interventions=(label,))
    domains = tuple(one.model_copy(update={"label": HOSTILE, "note": HOSTILE}) for one in review.protocol.outcomes)
    found = page(with_protocol(hostile, outcomes=domains), path)
    if path not in ("plain-language.md", "risk-of-bias.md"):
        assert HOSTILE in found.text


@pytest.mark.parametrize("path", PAGES)
def test_the_same_records_give_the_same_page(review: Review, path: str) -> None:
    again = Review(review.records, review.protocol, review.today)
    assert [one.text for one in PAGES[path].pages(review)] == [one.text for one in PAGES[path].pages(again)]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("results.md", "No study has been included yet, so there is nothing to show."),
        ("findings.md", "No included study reports this outcome"),
        ("harms.md", "No study has been included yet, so nothing is known about harms."),
        ("interventions.md", "No intervention has been described yet."),
        ("risk-of-bias.md", "No study has been included yet, so there is nothing to assess."),
        ("plain-language.md", "No plain-language summary has been written yet."),
    ],
)
def test_a_page_without_evidence_says_so(review: Review, path: str, sentence: str) -> None:
    empty = with_summaries(with_studies(review, {}), {})
    assert sentence in page(empty, path).text


@pytest.mark.parametrize("path", ["results.md", "harms.md"])
def test_the_mark_that_leads_to_words_is_explained_once(review: Review, path: str) -> None:
    sentence = "A small mark beside a value, such as quote, leads to the words it comes from."
    assert page(review, path).text.count(sentence) == 1
    assert sentence not in page(with_studies(review, {}), path).text
    (one, *_) = study.pages(review)
    assert browse(one.body).text.count(sentence) == 1


def test_results_stand_under_their_outcome(review: Review) -> None:
    found = page(review, "results.md")
    places = [name for name in found.ids if name.startswith("outcome-")]
    assert places == ["outcome-hiccups", "outcome-calm", "outcome-spills"]
    assert "table-results-hiccups-hiccups-per-hour-at-once" in found.ids
    assert "−2.3 hiccups per hour" in found.text
    assert "studies/dunkwell-2022.html#quote-t5" in found.links
    assert "from the abstract only" in found.text
    assert "By direction: improved in 3, no change in 1 of 4 studies; 3 of them compared groups." in found.text
    assert found.count("svg", "class", "lr-figure-svg") == 1
    assert "table-effect-direction" in found.ids


def test_the_page_of_a_study_shows_what_would_be_missing_from_it_without(review: Review) -> None:
    before = review.records.included["dunkwell-2022"]
    assert before.setting
    assert before.harms
    told = {
        "dates of recruitment": "Recruited a made-up spring",
        "number of people observed for harms": "People observed 47",
    }
    for recruited, n_assessed in ((None, None), ("a made-up spring", 47)):
        setting = before.setting.model_copy(update={"recruited": recruited})
        harms_found = before.harms.model_copy(update={"none_reported": None, "n_assessed": n_assessed})
        filled = with_study(review, "dunkwell-2022", setting=setting, harms=harms_found)
        (text,) = (browse_spaced(one.body).text for one in study.pages(filled) if "dunkwell" in one.path)
        for missing, fact in told.items():
            assert (fact in text) == (recruited is not None)
            assert (f"{missing}: not looked for yet" in text) == (recruited is None)


def test_a_study_says_what_is_missing_of_an_intervention_on_one_line(review: Review) -> None:
    body = next(one.body for one in study.pages(review) if one.path == "studies/steeply-2024.md")
    missing = body.partition('<ul class="lr-gaps">')[2].partition("</ul>")[0]
    lines = [browse(line).text for line in missing.strip().splitlines()]
    assert [line for line in lines if "tea" in line] == [
        "Black made-up tea, not reported: Name of the leaf; Leaf per cup",
        "Black made-up tea, not looked for yet: Steeping time; Maker",
    ]
    assert "interests of the authors: not looked for yet" in lines


def test_what_a_study_found_stands_above_the_details_of_what_was_given(review: Review) -> None:
    for one in study.pages(review):
        heads = [line[3:].split(" {")[0].split(":")[0] for line in one.body.splitlines() if line.startswith("## ")]
        first = ["Design and setting", "People", "Results", "Harms", "Limitations and conclusion", "Intervention"]
        assert list(dict.fromkeys(heads))[:6] == first
        assert {"#results", "#harms", "#limitations-and-conclusion", "#still-missing"} <= browse(one.body).links


def test_a_number_of_weeks_is_not_parted_from_its_unit(real_review: Path) -> None:
    wilson = next(one for one in study.pages(read(real_review)) if one.path == "studies/wilson-2024.md")
    assert "24&#160;h, 3&#160;d, 1&#160;wk" in wilson.body


def test_an_outcome_says_how_much_it_matters(review: Review) -> None:
    domains = tuple(one.model_copy(update={"priority": Priority.LIMITED}) for one in review.protocol.outcomes)
    text = page(with_protocol(review, outcomes=domains), "results.md").text
    assert "Of limited importance for a decision" in text
    assert "Limited outcome" not in text
    assert "Critical for a decision" in page(review, "results.md").text


def test_results_say_which_end_is_better_or_that_nobody_knows(review: Review) -> None:
    text = page(review, "results.md").text
    assert "HPH (lower is better), up to 1 hour" in text
    assert ", Up to" not in text
    assert "MCS (higher is better)" in text
    assert "The name stands for scales with opposite ends, so no direction is derived from its numbers." in text


def test_results_say_why_nothing_is_pooled_and_draw_no_cause(review: Review) -> None:
    text = page(review, "results.md").text
    assert review.protocol.methods.why_not_pooled in text
    assert "Percent improvements are not pooled" in text
    assert "An outline arrow is a change within one group without a control" in text
    assert "must not be read as its effect" in text
    assert "at least 70 % of its results on it with a clear direction do" in text
    assert "no sign test is made" in text
    assert "Rows are ordered by design, then risk of bias, then number of people." in text


def test_a_minimal_important_change_is_context_only(review: Review) -> None:
    text = page(review, "results.md").text
    assert "smallest change that matters to an individual person, and no measure for the mean of a group" in text
    assert "A change in percent is not compared with a change in points." in text
    assert "2 hiccups per hour (Made-up Counting Group 2020; made-up adults) not yet checked at its source" in text
    assert text.count("Minimal important change of") == 1  # only one made-up instrument has any


def test_results_of_no_outcome_are_shown(review: Review) -> None:
    domains = tuple(one.model_copy(update={"instruments": ()}) for one in review.protocol.outcomes)
    found = page(with_protocol(review, outcomes=domains), "results.md")
    assert "outcome-unplaced" in found.ids
    assert "−2.3 hiccups per hour" in found.text
    assert "No included study reports a result on this outcome." in found.text


def test_long_tables_of_results_are_cut_and_say_so(review: Review) -> None:
    study = review.records.included["solo-2020"]
    crowd = {f"made-up-{number}": study for number in range(results.MOST_ROWS + 5)}
    found = page(with_studies(review, crowd), "results.md")
    assert "5 more results are on the pages of the studies and in the download" in found.text
    assert "The picture is not drawn for more than 300 studies" in found.text


def test_findings_give_words_certainty_and_its_five_reasons(review: Review) -> None:
    found = page(review, "findings.md")
    assert "Green or black made-up tea may reduce made-up hiccups slightly" in found.text
    assert "(4 studies, searched to" in found.text
    assert "{n_studies}" not in found.text
    assert "⊕⊕◯◯ Certainty: low (rated by the reviewers)." in found.text
    for factor in ("Risk of bias", "Inconsistency", "Indirectness", "Imprecision", "Publication bias"):
        assert factor in found.text
    assert "lowered by 1: Nobody was blinded." in found.text
    assert "Rated by Made-up Pat, Made-up Sam O'Nobody <sam>." in found.text
    assert "Nobody has rated risk of bias, inconsistency" in found.text  # calm
    assert {"results.html#outcome-hiccups", "harms.html"} <= found.links
    assert found.ids.index("finding-hiccups") < found.ids.index("finding-spills")


def test_findings_that_nobody_rated_say_so_once(review: Review, real_review: Path) -> None:
    (found,) = findings.pages(read(real_review))
    assert found.body.count("Nobody has rated") == 1
    assert "Nobody has rated risk of bias, inconsistency, indirectness, imprecision and publication bias for any" in (
        browse(found.body).text
    )
    noted = [one for one in review.protocol.outcomes if one.note]
    text = page(review, "findings.md").text
    assert noted
    assert all(text.count(f"{one.label}: {' '.join(str(one.note).split())}") == 1 for one in noted)


def test_findings_name_what_they_leave_out(review: Review) -> None:
    domains = tuple(
        one.model_copy(update={"priority": Priority.LIMITED, "harms": False}) if one.id != "calm" else one
        for one in review.protocol.outcomes
    )
    found = page(with_protocol(review, outcomes=domains), "findings.md")
    assert "The protocol names no outcome about harms" in found.text
    assert "none of limited importance: Made-up hiccups, Spills and other harms." in found.text


def test_harms_never_read_as_safe(review: Review) -> None:
    found = page(review, "harms.md")
    assert "That no harm was reported does not mean that an intervention is safe." in found.text
    assert found.text.count("safe") == 2  # here and under the table, both times denied
    assert "3 of 4 included studies describe a harm or say that none occurred; 1 of them asked people" in found.text
    assert "2 say that no adverse event occurred." in found.text
    assert "1 says that no serious adverse event occurred." in found.text
    assert "With none seen in 10 people that limit is 30.8 %, with none in 20 it is 16.8 %." in found.text
    assert "up to 7.4 %" in found.text
    assert "Made-up Agency for Cups, 2023-11-05. Hot made-up tea is hot. Read the notice. not yet checked" in found.text
    assert "findings.html#finding-spills" in found.links


def test_the_page_of_harms_says_its_title_once(review: Review, real_review: Path) -> None:
    def named(one: Review) -> list[str]:
        (found,) = harms.pages(one)
        return [part.partition("</h3>")[0] for part in found.body.split("<h3>")[1:]]

    assert named(review) == ["Spills and other harms"]
    ours = read(real_review)
    assert named(ours) == []
    both = tuple(one.model_copy(update={"harms": one.id in {"pain", "harms"}}) for one in ours.protocol.outcomes)
    assert named(with_protocol(ours, outcomes=both)) == ["Pain", "Harms"]


def test_harms_without_such_an_outcome_are_still_shown(review: Review) -> None:
    domains = tuple(one.model_copy(update={"harms": False}) for one in review.protocol.outcomes)
    found = page(with_protocol(review, outcomes=domains), "harms.md")
    assert "The protocol names no outcome about harms." in found.text
    assert "spilt some" in found.text


def test_interventions_count_mark_and_quote(review: Review) -> None:
    found = page(review, "interventions.md")
    assert "3 of 3 facts stated" in found.text
    assert "not applicable facts stated" not in found.text
    assert found.text.count("facts stated") == 5  # beside the words; below the heading of its column a number does
    assert "Without a name nobody can make the tea again." in found.text  # the protocol's note on a field
    marks = [attributes.get("aria-label") for tag, attributes in found.elements if tag == "span"]
    assert [marks.count(mark) for mark in ("stated", "not reported", "not looked for yet", "not applicable")] == [
        8,
        9,
        3,
        4,
    ]
    assert "The count leaves out facts that cannot apply and those marked as not counted below." in found.text
    assert "studies/dunkwell-2022.html#quote-t2" in found.links
    assert "Not reported: Name of the leaf; Leaf per cup. Not looked for yet: Steeping time; Maker." in found.text
    assert "Concentration" not in found.text


def test_a_study_without_interventions_is_named(review: Review) -> None:
    found = page(with_study(review, "solo-2020", interventions=()), "interventions.md")
    assert "No intervention has been described for: Solo 2020." in found.text


def test_risk_of_bias_names_tool_version_licence_and_reasons(review: Review) -> None:
    found = page(review, "risk-of-bias.md")
    assert "3 of 4 included studies have been assessed." in found.text
    assert "Version: 1. Licence of its text: CC0-1.0." in found.text
    assert "Version: 1.10." in found.text
    assert "Its levels are answers, not degrees of risk: a yes is not a low risk of bias." in found.text
    assert found.text.count("degrees of risk") == 1
    assert "Nobody was blinded; <b>everybody</b> knew." in found.text
    assert "D4 What was told & what was <not>" in found.text
    assert "studies/dunkwell-2022.html#quote-t11" in found.links
    assert {"tool-made-up-cup-check-1", "table-risk-of-bias-made-up-cup-check-1"} <= set(found.ids)
    assert found.count("svg") == 2


def test_a_study_without_a_tool_is_named(review: Review) -> None:
    found = page(with_study(review, "steeply-2024", design=Design.COHORT), "risk-of-bias.md")
    assert "Steeply 2024 (cohort): not assessed" in found.text


def test_the_plain_language_page_is_filled_and_dated(review: Review) -> None:
    found = page(review, "plain-language.md")
    assert "4 made-up studies were found by" in found.text
    assert "{" not in found.text
    assert [tag for tag, _ in found.elements if tag in ("h1", "h2")] == ["h1", "h2", "h2"]
    assert "Key message | <made-up>" in found.text
    assert found.text.count("This is not medical advice.") == 1
    assert "Made-up hiccups are made up. * This * is text, not a list." in found.text
    assert {"studies/solo-2020.html", "trials/NCT99999902.html"} <= found.links
    assert "last changed on 2024-09-15 by Made-up Sam O'Nobody <sam>" in found.text


def test_a_review_without_searches_is_not_called_up_to_date(review: Review) -> None:
    unsearched = replace(review.records, searches={})
    end = website.footer(Review(unsearched, review.protocol, review.today), "plain-language.md")
    assert "Last searched: not yet" in browse(end).text


def test_the_plain_language_page_says_dates_and_its_limits_once(review: Review, real_review: Path) -> None:
    """The dates stand in the words of the summary and at the end of every page; a warning stands at the top."""
    ours = read(real_review)
    text = page(ours, "plain-language.md").text
    written = " ".join(
        section.text
        for one in ours.records.summaries.values()
        if one.kind == "plain-language"
        for section in one.sections
    )
    for name in ("last_searched", "last_evidence_change"):
        assert f"{{{name}}}" in written
        assert text.count(ours.placeholders[name]) == 1, name
    assert text.count("medical advice") == 1
    two = {key: one for key, one in review.records.summaries.items() if one.kind == "plain-language"}
    two |= {f"made-up-second-{key}": one for key, one in two.items()}
    assert page(with_summaries(review, two), "plain-language.md").text.count("medical advice") == 1
    assert page(with_summaries(review, {}), "plain-language.md").text.count("medical advice") == 1


def test_the_page_of_a_study_says_when_nobody_has_read_its_report(review: Review, real_review: Path) -> None:
    told = "Taken from another review, Gupta 2024; nobody here has read the study's own report yet."
    ours = {one.path: browse(one.body).text for one in study.pages(read(real_review))}
    assert all(told in text and "not reported on this page means: not stated there." in text for text in ours.values())
    assert not any("Taken from" in browse(one.body).text for one in study.pages(review))
    for label in ("How harms were looked for", "Over what time"):  # as the page of harms has it
        assert all(label in text for text in ours.values())
        assert label in page(read(real_review), "harms.md").text


def test_who_wrote_the_plain_words_is_named_in_plain_words(real_review: Path) -> None:
    assert "2026-11-23 by living review contributors." in page(read(real_review), "plain-language.md").text

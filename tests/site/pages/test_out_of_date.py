"""Words and ratings that rest on a study which was taken out say so wherever they stand, and hold up a version."""

import datetime as dt
from dataclasses import replace

import pytest

from generator.keeping.releasing import Stated, refusals
from generator.model.report import Event, EventKind
from generator.model.version import VersionKind
from generator.problems import Level
from generator.records import rules
from generator.review import Review
from generator.review.as_of import records_as_of
from generator.site.pages import every
from generator.site.tables import findings
from tests.conftest import MADE_UP
from tests.evidence import read, with_study, with_summaries
from tests.spaced import browse_spaced

KEY, OUT_ON = "dunkwell-2022", dt.date(2025, 1, 20)
PAGES = ("index.md", "findings.md", "harms.md", "plain-language.md")
SAID = "still rest on Dunkwell 2022, taken out of the review on 2025-01-20."


def taken_out(review: Review) -> Review:
    event = Event(on=OUT_ON, kind=EventKind.REMOVED, note="Made-up retraction.")
    return with_study(review, KEY, history=(*review.studies[KEY].history, event))


@pytest.fixture(scope="module")
def before() -> Review:
    return read(MADE_UP)


@pytest.fixture(scope="module")
def after(before: Review) -> Review:
    return taken_out(before)


def texts(review: Review) -> dict[str, str]:
    return {page.path: browse_spaced(page.body).text for page in every(review) if page.path in PAGES}


def worded_anew(review: Review) -> Review:
    """Return the review after somebody wrote everything anew without the study."""
    anew = {
        key: one.model_copy(update={"rests_on": tuple(name for name in one.rests_on if name != KEY)})
        for key, one in review.records.summaries.items()
    }
    return with_summaries(review, anew)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_with_such_words_says_so_before_them(page: str, before: Review, after: Review) -> None:
    assert SAID in texts(after)[page]
    assert "Out of date" not in texts(before)[page]
    assert "Out of date" not in texts(worded_anew(after))[page]


def test_a_rating_is_named_where_there_is_one(after: Review) -> None:
    text = texts(after)["findings.md"]
    rated = [one for one in after.outcomes if one.bottom_line and one.bottom_line.rating]
    unrated = [one for one in after.outcomes if one.bottom_line and not one.bottom_line.rating]
    assert (text.count(f"These words and this certainty {SAID}"), text.count(f"These words {SAID}")) == (
        len(rated),
        len(unrated),
    )


def test_the_table_that_is_downloaded_says_so_too(before: Review, after: Review) -> None:
    told = ["Out of date: the sentence still rests on Dunkwell 2022" in repr(row) for row in findings.table(after).rows]
    assert told == [True] * len(after.outcomes)
    assert "Out of date" not in repr(findings.table(before).rows)


def test_on_a_day_before_nothing_is_out_of_date(after: Review) -> None:
    day = OUT_ON - dt.timedelta(days=1)
    then = Review(records_as_of(after.records, day), after.protocol, day)
    assert not [page for page, text in texts(then).items() if "Out of date" in text]


def test_the_check_warns_at_every_summary_and_refuses_none(before: Review, after: Review) -> None:
    name = "summaries-rest-on-what-is-in-the-review"
    found = [one for one in rules.find_problems(after.records) if one.rule == name]
    resting = [key for key, one in after.records.summaries.items() if KEY in one.rests_on]
    assert sorted(one.path for one in found) == sorted(f"studies/summaries/{key}.yml" for key in resting)
    assert {one.level for one in found} == {Level.WARNING}
    assert not [one for one in rules.find_problems(before.records) if one.rule == name]


def test_no_version_is_published_with_such_words(after: Review) -> None:
    stated = Stated(
        version="1.2",
        kind=VersionKind.EVIDENCE,
        on=after.today,
        trigger="A made-up retraction",
        methods_changes="none",
        results_changes="One study was taken out.",
        conclusions_changed=False,
        authors=(("pat", ("Data curation",)),),
    )
    found = refusals(after, stated)
    assert len(found) == len(after.records.summaries)
    said = "The words in studies/summaries/plain-language.yml still rest on Dunkwell 2022 (out since 2025-01-20)"
    assert said in str(found)
    assert refusals(worded_anew(after), stated) == ()


def test_words_about_a_study_that_came_back_are_no_longer_out_of_date(after: Review) -> None:
    study = after.all_studies[KEY]
    back = Event(on=dt.date(2025, 1, 25), kind=EventKind.INCLUDED, note="Made-up second thoughts.")
    again = with_study(after, KEY, history=(*study.history, back))
    assert not [page for page, text in texts(again).items() if "Out of date" in text]


def test_a_trial_that_was_taken_out_is_named_too(before: Review) -> None:
    key = "NCT99999902"
    summaries = before.records.summaries
    name = next(key for key, one in summaries.items() if one.outcome)
    resting = summaries[name].model_copy(update={"rests_on": (*summaries[name].rests_on, key)})
    decision = before.records.excluded["espresso-2021"].decision.model_copy(update={"on": OUT_ON})
    trial = before.records.trials[key].model_copy(update={"decision": decision})
    review = with_summaries(before, summaries | {name: resting})
    assert review.taken_out_under(resting) == ()
    out = Review(replace(review.records, trials=review.records.trials | {key: trial}), review.protocol, review.today)
    (gone,) = out.taken_out_under(resting)
    assert (gone.label, gone.page, gone.on) == (key, f"trials/{key}.md", OUT_ON)
    assert f"rest on {key}, taken out of the review on 2025-01-20" in texts(out)["findings.md"]
    found = [one for one in rules.find_problems(out.records) if one.rule == "summaries-rest-on-what-is-in-the-review"]
    assert f"studies/summaries/{name}.yml" in {one.path for one in found}
    assert all(one.message.endswith(f"found {key!r}, which was taken out on 2025-01-20") for one in found)

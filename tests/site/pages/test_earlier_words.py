"""What our sentences read before can be read on the site, with its days and the numbers of its time."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.summary import Section, Summary, SummaryKind
from generator.review import Review
from generator.review.as_of import records_as_of
from generator.review.earlier_words import earlier_wordings
from generator.site.pages import findings, plain_language, study
from tests.evidence import HOSTILE, read, with_study, with_summaries
from tests.reworded import KEY, a_year, reworded
from tests.spaced import browse_spaced


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def text_of(review: Review) -> str:
    (page,) = findings.pages(review)
    return browse_spaced(page.body).text


def with_one(review: Review, summary: Summary) -> Review:
    return with_summaries(review, review.records.summaries | {KEY: summary})


def test_earlier_wordings_stand_below_their_outcome_newest_first(review: Review) -> None:
    text = text_of(replace(review, records=a_year(review.records)))
    said = text.partition("Earlier wordings (3)")[2].partition("Numbers in them are those of their last day.")[0]
    lines = (
        "2024-07-15 until 2024-10-15 Made-up hiccups <within> the first hour Made-up words of summer.",
        "2024-04-15 until 2024-07-15 Made-up hiccups <within> the first hour Made-up words of spring.",
        "2024-01-15 until 2024-04-15 Made-up hiccups at first The first made-up words.",
    )
    assert " ".join(said.split()) == " ".join(lines)
    assert text.count("Earlier wordings") == 1


def test_without_earlier_words_nothing_is_said_of_them(review: Review) -> None:
    assert "Earlier wordings" not in text_of(review)


def test_numbers_in_earlier_words_are_those_of_their_last_day(review: Review) -> None:
    on = dt.date(2024, 9, 15)
    counted = review.records.summaries[KEY].model_copy(
        update={"text": "{n_studies} made-up studies.", "written": dt.date(2024, 3, 10)}
    )
    changed = with_one(review, reworded(counted, "{n_studies} made-up studies by now.", on))
    then = records_as_of(review.records, on - dt.timedelta(days=1)).included
    assert len(then) < len(review.studies)
    (one,) = earlier_wordings(changed, changed.records.summaries[KEY])
    assert one.parts == (("", f"{len(then)} made-up studies."),)
    text = text_of(changed)
    assert f"{len(then)} made-up studies." in text
    assert f"{len(review.studies)} made-up studies by now." in text


def test_a_reworded_plain_language_summary_shows_the_parts_that_read_otherwise(review: Review) -> None:
    plain = review.records.summaries[KEY].model_copy(
        update={
            "kind": SummaryKind.PLAIN_LANGUAGE,
            "text": None,
            "sections": (
                Section(heading="First", text="Made-up old."),
                Section(heading="Second", text="Made-up same."),
            ),
        }
    )
    newer = reworded(plain, "", dt.date(2024, 11, 1)).model_copy(
        update={"text": None, "sections": (Section(heading="First", text="Made-up new."), plain.sections[1])}
    )
    (page,) = plain_language.pages(with_one(review, newer))
    shown, _, folded = browse_spaced(page.body).text.partition("Earlier wordings (1)")
    assert "Made-up new." in shown
    assert shown.count("Made-up same.") == 1
    assert "First Made-up old." in folded
    assert "Made-up same." not in folded
    assert "Parts that read as they do today are left out." in folded
    (page,) = plain_language.pages(with_one(review, plain))
    assert "Earlier wordings" not in page.body


def test_earlier_words_show_as_typed(review: Review) -> None:
    hostile = review.records.summaries[KEY].model_copy(
        update={"title": HOSTILE, "text": None, "sections": (Section(heading=HOSTILE, text=HOSTILE),)}
    )
    changed = reworded(hostile, "Made-up words.", dt.date(2024, 11, 1))
    changed = changed.model_copy(update={"title": "Made-up", "sections": ()})
    text = text_of(with_one(review, changed)).partition("Earlier wordings (1)")[2]
    assert text.count(HOSTILE) == 3


def test_a_study_page_says_since_when_it_is_part_of_the_review(review: Review) -> None:
    def said(one: Review) -> str:
        (page,) = (page for page in study.pages(one) if page.path == "studies/solo-2020.md")
        return browse_spaced(page.body).text

    known = with_study(review, "solo-2020", known_on=dt.date(2025, 1, 25))
    assert "Part of this review since 2025-01-25" in said(known)
    assert "Part of this review since" not in said(review)

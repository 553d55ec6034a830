"""Sentences that claim benefit or safety, and sentences that leave it open: a case is a line of one of two files."""

from pathlib import Path

import pytest

from generator.model.summary import Certainty
from generator.records.rules.claims import find_claims
from generator.records.rules.summaries import sentences_claim_no_more_than_their_certainty
from tests.evidence import read, with_summaries

HERE = Path(__file__).parent
CLAIMING = (HERE / "sentences-claiming.txt").read_text(encoding="utf-8").splitlines()
OPEN = (HERE / "sentences-open.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("sentence", CLAIMING)
def test_a_claim_is_found(sentence: str) -> None:
    assert list(find_claims(sentence))


@pytest.mark.parametrize("sentence", OPEN)
def test_a_sentence_that_leaves_it_open_may_stand(sentence: str) -> None:
    assert list(find_claims(sentence)) == []


def test_the_words_that_claim_are_named_in_their_order() -> None:
    text = "It is not known whether it is safe. It works. Is it effective? Humming is effective\nand well tolerated."
    assert list(find_claims(text)) == ["works", "effective", "well tolerated"]


def test_every_sentence_of_a_text_is_read_by_itself() -> None:
    """What one sentence leaves open does not cover for the next."""
    open_first = " ".join(OPEN)
    assert list(find_claims(open_first)) == []
    assert list(find_claims(f"{open_first} It is safe.")) == ["safe"]


@pytest.mark.parametrize(
    ("rests_on", "level", "told"),
    [
        ("dunkwell-2022", "low", False),
        ("dunkwell-2022", "very-low", True),
        ("solo-2020", "low", True),
    ],
)
def test_a_claim_needs_people_who_were_compared_and_more_than_very_low_certainty(
    made_up_review: Path, rests_on: str, level: str, *, told: bool
) -> None:
    review = read(made_up_review)
    line = review.records.summaries["bottom-line-hiccups"]
    assert line.rating is not None
    rating = line.rating.model_copy(update={"level": Certainty(level)})
    claim = line.model_copy(update={"text": "It is safe.", "rests_on": (rests_on,), "rating": rating})
    records = with_summaries(review, {"claim": claim}).records
    assert bool(list(sentences_claim_no_more_than_their_certainty(records))) is told

"""Numbers and the words they rest on: the ways in which a report may print one number."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator.records.rules.quoted_numbers import numbers_stand_in_their_quotes
from tests.evidence import read, with_study


def is_told(root: Path, value: str, words: str) -> bool:
    """Return whether a made-up result of this value that rests on these words is told."""
    review = read(root)
    study = review.records.included["dunkwell-2022"]
    result = study.results[0].model_copy(update={"value": Decimal(value), "dispersion": None, "source": ("t4",)})
    quotes = study.quotes | {"t4": study.quotes["t4"].model_copy(update={"text": words})}
    changed = with_study(review, "dunkwell-2022", results=(result,), quotes=quotes)
    places = [one.place for one in numbers_stand_in_their_quotes(changed.records) if one.path.endswith("2022.yml")]
    return ("results", 0, "value") in places


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0.050", "It was 0,050 per cup."),
        ("0.125", "It was 0,125."),
        ("1250", "In 1,250 cups."),
        ("1250000", "In 1,250,000 cups."),
        ("2.5", "It was 2,5 or 2·5."),
        ("0.05", "It was .05."),
        ("-2.3", "It fell by 2.3."),
        ("12", "Twelve cups."),
        ("21", "twenty-one cups"),
    ],
)
def test_a_number_that_the_words_hold_is_not_told(made_up_review: Path, value: str, words: str) -> None:
    assert not is_told(made_up_review, value, words)


@pytest.mark.parametrize(
    ("value", "words"), [("50", "It was 0,050."), ("250", "In 1,250 cups."), ("1.25", "In 1,250 cups."), ("3", "Two")]
)
def test_a_number_that_the_words_do_not_hold_is_told(made_up_review: Path, value: str, words: str) -> None:
    assert is_told(made_up_review, value, words)

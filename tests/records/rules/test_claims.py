"""Sentences that claim benefit or safety, and sentences that leave it open: a case is a line of one of two files."""

from pathlib import Path

import pytest

from generator.records.rules.claims import find_claims

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

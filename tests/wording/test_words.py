"""The vocabulary of the records in words: every word of it has some, and a time reads on behind a comma."""

import pytest

from generator.model.protocol import Priority
from generator.model.registry_status import RegistryStatus
from generator.model.report import Basis
from generator.wording.words import basis_label, priority_label, status_label, time_within_a_sentence


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Over 1 week to 3 months", "over 1 week to 3 months"),
        ("Up to 1 hour", "up to 1 hour"),
        ("More than 1 week and up to 3 months", "more than 1 week and up to 3 months"),
        ("At the start, or outside the time windows", "at the start, or outside the time windows"),
        ("Immediately", "immediately"),
        ("later than 1 day", "later than 1 day"),
        ("Ramadan", "Ramadan"),
        ("Monday to Friday", "Monday to Friday"),
        ("ICU stay", "ICU stay"),
        ("T1", "T1"),
        ("UP to 1 hour", "UP to 1 hour"),
        ("3 months", "3 months"),
        ("", ""),
    ],
)
def test_only_a_word_of_time_loses_its_capital(label: str, expected: str) -> None:
    assert time_within_a_sentence(label) == expected


def test_every_basis_has_words_without_signs_of_code() -> None:
    labels = [basis_label(basis) for basis in Basis]
    assert len(set(labels)) == len(Basis)
    assert not any("-" in label or "_" in label for label in labels)


def test_an_outcome_of_limited_importance_is_not_called_limited() -> None:
    assert [priority_label(one) for one in Priority] == [
        "critical for a decision",
        "important for a decision",
        "of limited importance for a decision",
    ]


def test_every_status_of_a_registry_has_words_without_signs_of_code() -> None:
    labels = [status_label(status) for status in RegistryStatus]
    assert len(set(labels)) == len(RegistryStatus)
    assert not any("_" in label or label != label.lower() for label in labels)
    assert status_label(RegistryStatus.ACTIVE_NOT_RECRUITING) == "active, not recruiting"

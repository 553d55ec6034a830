"""A correction that does not name one field and its earlier value changes nothing when it is undone."""

import pytest

from generator.model.report import Event
from generator.review.undoing import can_undo, undo
from tests.conftest import MADE_UP
from tests.evidence import read

SOLO = read(MADE_UP).records.included["solo-2020"]


def corrected(**said: str) -> Event:
    return Event.model_validate({"on": "2025-01-10", "kind": "corrected", "note": "Made-up."} | said)


@pytest.mark.parametrize(
    "said",
    [
        {"field": "harms"},  # they may be left out, and are not
        {"field": "title of the report", "was": "Made-up"},
        {"field": "results[0]value", "was": "1"},
        {"field": "results[9].value", "was": "1"},
        {"field": "design", "was": "made-up"},
        {"was": "Made-up"},
    ],
)
def test_what_cannot_be_undone_leaves_the_study_as_it_is(said: dict[str, str]) -> None:
    assert undo(SOLO, [corrected(**said)]) == SOLO
    assert not can_undo(SOLO, corrected(**said))


def test_what_names_its_field_and_the_value_before_is_undone() -> None:
    told = corrected(field="title", was="Made-up")
    assert can_undo(SOLO, told)
    assert undo(SOLO, [told, corrected(field="title", was="Later")]).title == "Made-up"

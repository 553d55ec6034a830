"""Phases of trials in the words of registries."""

import pytest

from generator.model.trial import Phase
from generator.surveillance.formats.reading.phases import phases_in

ONE, TWO, THREE, FOUR = Phase.PHASE1, Phase.PHASE2, Phase.PHASE3, Phase.PHASE4

EU_REGISTER = (
    "Human pharmacology (Phase I): {} Therapeutic exploratory (Phase II): {} "
    "Therapeutic confirmatory - (Phase III): {} Therapeutic use (Phase IV): {}"
)


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("Therapeutic confirmatory  (Phase III)", (THREE,)),
        ("Therapeutic use (Phase IV)", (FOUR,)),
        ("Human pharmacology (Phase I)- First administration to humans", (ONE,)),
        ("Phase I and Phase II (Integrated)- Other", (ONE, TWO)),
        ("Phase III and phase IV (Integrated)", (THREE, FOUR)),
        ("Phase I/II", (ONE, TWO)),
        ("Phase 2/Phase 3", (TWO, THREE)),
        ("Phase IIb", (TWO,)),
        ("Phase 0", (Phase.EARLY_PHASE1,)),
        ("Phase II; Phase II", (TWO,)),
        ("Early Phase 1", (Phase.EARLY_PHASE1,)),
        (EU_REGISTER.format("no", "yes", "no", "no"), (TWO,)),
        (EU_REGISTER.format("", "yes", "Yes", ""), (TWO, THREE)),
        (EU_REGISTER.format("no", "no", "no", "no"), ()),
        ("Not Applicable", (Phase.NA,)),
        ("Not Specified", ()),
        ("the second phase of a made-up trial", ()),
        ("phases I & II", (ONE, TWO)),
        ("Phase II, III", (TWO, THREE)),
        ("Phase I, II, and III trial", (ONE, TWO, THREE)),
        ("Phase 2 or 3", (TWO, THREE)),
        ("Phase 1–2", (ONE, TWO)),
        ("Phase I/II open-label", (ONE, TWO)),
        ("Phase II, 3 groups", (TWO,)),
        ("Phase II, 3", (TWO, THREE)),
        ("phase 2 to 4 weeks after tea", (TWO,)),
        ("1-2", (ONE, TWO)),
        ("4", (FOUR,)),
        ("0", ()),
        ("4 cups", ()),
        ("in a phase 10 days long", ()),
        ("", ()),
    ],
)
def test_phases_are_read_as_registries_spell_them(text: str, phases: tuple[Phase, ...]) -> None:
    assert phases_in(text) == phases

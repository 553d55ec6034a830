"""Phases of trials as registries spell them in words -> the phases of the model."""

import re

from generator.model.trial import Phase

_PHASES = {
    "0": Phase.EARLY_PHASE1,
    "I": Phase.PHASE1,
    "1": Phase.PHASE1,
    "II": Phase.PHASE2,
    "2": Phase.PHASE2,
    "III": Phase.PHASE3,
    "3": Phase.PHASE3,
    "IV": Phase.PHASE4,
    "4": Phase.PHASE4,
}
_NUMBER = r"(?:IV|I{1,3}|[0-4])(?:[ABab]|\b)"
_STATED = re.compile(rf"\bphase\s*({_NUMBER}(?:\s*(?:/|-|and|to)\s*{_NUMBER})*)", re.IGNORECASE)


def phases_in(text: str) -> tuple[Phase, ...]:
    """Return the phases a text names, such as `Phase I/II` or `Therapeutic use (Phase IV)`, each once, in order.

    `Not applicable` is a phase of the model; a text that names none gives none.
    """
    if text.strip().lower() == "not applicable":
        return (Phase.NA,)
    stated = " ".join(_STATED.findall(text)).upper()
    numbers = re.findall(r"IV|I{1,3}|[0-4]", stated)
    return tuple(dict.fromkeys(_PHASES[number] for number in numbers))

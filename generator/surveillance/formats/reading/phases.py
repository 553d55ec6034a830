"""Phases of trials as registries spell them in words -> the phases of the model."""

import re
from collections.abc import Iterator

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
_COUNTED = r"(?!(?<=\d)\s+(?!and\b|or\b|trial|stud)[a-z])"
"""A figure that counts what follows it is none of a phase, as in `Phase II, 3 groups`."""
_NEXT = rf"\s*(?:(?:[/&+–-]|and\b)\s*{_NUMBER}|(?:or\b|to\b|,(?:\s*and\b)?)\s*{_NUMBER}{_COUNTED})"
_STATED = re.compile(rf"\b(?:early\s+)?phases?\s*{_NUMBER}(?:{_NEXT})*", re.IGNORECASE)
_BARE = re.compile(rf"(?!0){_NUMBER}(?:{_NEXT})*", re.IGNORECASE)
"""Numbers alone, as in exports of the WHO platform; a 0 alone is no phase there, for observational studies have it."""
_ANSWERED = re.compile(rf"(\bphase\s*{_NUMBER}\s*\)?)\s*:\s*(yes\b)?", re.IGNORECASE)
"""The EU Clinical Trials Register lists every phase with an answer: `Therapeutic exploratory (Phase II): yes`."""


def phases_in(text: str) -> tuple[Phase, ...]:
    """Return the phases a text names, such as `Phase I/II` or `Therapeutic use (Phase IV)`, each once, in order.

    `Not applicable` is a phase of the model; a text that names none gives none. Where each phase is followed by `yes`,
    `no` or nothing behind a colon, those with `yes` count.
    """
    if text.strip().lower() == "not applicable":
        return (Phase.NA,)
    if _BARE.fullmatch(text.strip()):
        text = f"phase {text.strip()}"
    answered = _ANSWERED.findall(text)
    asked = "; ".join(phase for phase, answer in answered if answer) if answered else text
    return tuple(dict.fromkeys(phase for stated in _STATED.findall(asked) for phase in _phases_of(stated.upper())))


def _phases_of(stated: str) -> Iterator[Phase]:
    before, _, numbers = stated.partition("PHASE")
    for number in re.findall(r"IV|I{1,3}|[0-4]", numbers):
        is_early = bool(before) and _PHASES[number] is Phase.PHASE1
        yield Phase.EARLY_PHASE1 if is_early else _PHASES[number]

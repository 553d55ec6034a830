"""What follows from one study file alone: its label, its dates, what is still missing, how far it was checked."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from generator.model.instrument import Better, Instrument
from generator.model.protocol import Protocol
from generator.model.report import Agreement, Basis, EventKind, Extraction, IntegrityStatus, Report
from generator.model.result import Harms, NoneReported
from generator.model.study import Exclusion, Study
from generator.model.values import Missing
from generator.review.synthesis.harms import upper_bound


@lru_cache(maxsize=8192)  # every table says it on every row
def label_of(identifier: str) -> str:
    """Return the name of a study as printed: `wilson-2024` becomes Wilson 2024."""
    return " ".join(part[:1].upper() + part[1:] for part in identifier.split("-"))


def included_on(study: Study) -> dt.date:
    """Return the day the study became part of the review, as its history tells it."""
    return min(event.on for event in study.history)


def learned_on(study: Study | Exclusion, on: dt.date) -> dt.date:
    """Return when the review learned of what is dated `on` in a study: never before its records held the study."""
    return max(on, study.known_on or on)


def entered_on(study: Study) -> dt.date:
    """Return the day from which on the records held the study as an included one."""
    return learned_on(study, included_on(study))


def primary_report(study: Study | Exclusion) -> Report:
    """Return the report that the study is chiefly known by."""
    return next((report for report in study.reports if report.primary), study.reports[0])


def year_of(study: Study) -> int | None:
    """Return the year of the primary report."""
    return primary_report(study).year


def n_participants(study: Study) -> int | None:
    """Return how many people were enrolled; None when it is not reported."""
    count = study.participants.n_enrolled
    return count if isinstance(count, int) else None


def is_removed(study: Study) -> bool:
    """Return whether the study was taken out after inclusion, for example because it was retracted."""
    return study.removal is not None


def was_out(study: Study | Exclusion, day: dt.date) -> bool:
    """Return whether a study had been taken out before `day`, so that what is dated on it changes nothing."""
    before = [event for event in study.moves if event.on < day] if isinstance(study, Study) else []
    return bool(before) and before[-1].kind is EventKind.REMOVED


class Badge(StrEnum):
    """How far a value was checked, as printed beside it."""

    SECONDARY = "not checked in the primary report"
    ABSTRACT = "from the abstract only"
    REGISTRY = "from the registry only"
    SINGLE = "extracted by one person"
    CONFLICT = "extractors disagree"
    CONCERN = "expression of concern"
    RETRACTED = "retracted"


_BASES = {Basis.SECONDARY: Badge.SECONDARY, Basis.ABSTRACT: Badge.ABSTRACT, Basis.REGISTRY: Badge.REGISTRY}


def badges(study: Study) -> tuple[Badge, ...]:
    """Return the badges that every number of the study carries."""
    found = list(extraction_badges(study.extraction))
    statuses = {report.integrity.status for report in study.reports}
    if IntegrityStatus.EXPRESSION_OF_CONCERN in statuses:
        found.append(Badge.CONCERN)
    if IntegrityStatus.RETRACTED in statuses:
        found.append(Badge.RETRACTED)
    return tuple(found)


def extraction_badges(extraction: Extraction) -> Iterator[Badge]:
    """Yield what a reader must know about how values were extracted."""
    if extraction.basis in _BASES:
        yield _BASES[extraction.basis]
    if extraction.agreement is Agreement.SINGLE:
        yield Badge.SINGLE
    if extraction.agreement is Agreement.CONFLICT:
        yield Badge.CONFLICT


@dataclass(frozen=True)
class Gap:
    """A fact that a reader would expect and that is not there."""

    what: str
    not_reported: bool
    """True: somebody looked and the report does not say. False: nobody has looked yet."""
    of: str = ""
    """The intervention that the fact is about, with whose name `what` begins; empty for a fact of the study."""


_EXPECTED_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("setting", "centres", "number of centres"),
    ("setting", "countries", "countries"),
    ("setting", "open_label", "blinding"),
    ("setting", "recruited", "dates of recruitment"),
    ("participants", "n_enrolled", "number of people enrolled"),
    ("participants", "n_analysed", "number of people analysed"),
    ("participants", "age", "age"),
    ("participants", "sex", "sex"),
    ("participants", "included", "who could take part"),
    ("participants", "excluded", "who could not take part"),
    ("harms", "ascertainment", "how harms were looked for"),
    ("harms", "n_assessed", "number of people observed for harms"),
    ("funding", "text", "funding"),
    ("conflicts", "text", "interests of the authors"),
)
"""Facts that the characteristics table needs (Cochrane Handbook 5.1, section 11.2.2; PRISMA 2020 items 17 and 19)."""


def gaps(study: Study, protocol: Protocol, instruments: Mapping[str, Instrument]) -> Iterator[Gap]:
    """Yield what is still missing from a study, in the order of the study's page."""
    for part_name, field, what in _EXPECTED_FIELDS:
        part = getattr(study, part_name)
        value = getattr(part, field) if part is not None else None
        if value is None or value == () or value is Missing.NOT_REPORTED:
            yield Gap(what, value is Missing.NOT_REPORTED)
    for intervention in study.interventions:
        for field_of in protocol.intervention_fields:
            detail = intervention.details.get(field_of.id)
            if detail is None or detail is Missing.NOT_REPORTED:
                what = f"{intervention.label}: {field_of.label}"
                yield Gap(what, detail is Missing.NOT_REPORTED, intervention.label)
    measured = {outcome.instrument for outcome in study.outcomes_measured}
    for key in sorted(measured - {result.instrument for result in study.results}):
        instrument = instruments.get(key)
        if instrument is None or instrument.better is not Better.NOT_APPLICABLE:  # events are reported under harms
            yield Gap(f"a result for {instrument.name if instrument else key}", not_reported=True)
    if any(result.n is None for result in study.results):
        yield Gap("how many people each result describes", not_reported=False)
    if any(result.dispersion is None for result in study.results):
        yield Gap("spread or precision of the results", not_reported=study.extraction.basis is Basis.FULL_TEXT)
    if not study.risk_of_bias:
        yield Gap("risk of bias", not_reported=False)


@dataclass(frozen=True)
class NoHarmBound:
    """How often a harm that nobody was reported to have may still occur."""

    which: NoneReported
    n: int
    n_is_enrolled: bool
    """True when nobody reports how many were observed for harms, so that the number enrolled stands in for it."""
    upper_percent: float
    """Upper limit of the exact (Clopper-Pearson) 95 % interval for 0 of n, in percent."""


def no_harm_bound(study: Study) -> NoHarmBound | None:
    """Return the bound for harms that the report says did not occur, or None when it says no such thing."""
    harms: Harms | None = study.harms
    if harms is None or harms.none_reported is None:
        return None
    observed = harms.n_assessed if isinstance(harms.n_assessed, int) else None
    n = n_participants(study) if observed is None else observed
    return NoHarmBound(harms.none_reported, n, observed is None, 100 * upper_bound(0, n)) if n else None

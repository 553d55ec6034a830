"""Rules about facts and their sources: what was taken from a document names the quote it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.model.records import Records
from generator.model.report import Access
from generator.model.search_run import RunKind, SearchRun
from generator.model.study import Study
from generator.model.trial import Trial
from generator.model.values import Missing, Part
from generator.problems import Level, Place, Problem
from generator.rules.files import included, runs, trials

BASE_REVIEW = "base-review"
"""Who has seen a registry status, when the base review says so."""
_NO_FACT = frozenset({"source", "id", "label", "by", "record_source"})
"""Fields that say how a fact is named or where it stands, and are none themselves."""


@dataclass(frozen=True)
class _Fact:
    """A part or field of a record that states something, and whether it names its source."""

    path: str
    place: Place
    sourced: bool
    is_number: bool


def numbers_have_a_source(records: Records) -> Iterator[Problem]:
    """Every number taken from a document names the quote it stands in.

    A reader must be able to check each value at its place in the report (Cochrane Handbook, chapter 5.3.6).
    """
    for fact in _facts(records):
        if fact.is_number and not fact.sourced:
            yield _unsourced(fact, "a number", Level.ERROR)


def facts_have_a_source(records: Records) -> Iterator[Problem]:
    """Every other fact taken from a document names its quote too.

    A fact without `source` of its own rests on that of the part around it, or on what `sources` says for its field.
    """
    for fact in _facts(records):
        if not fact.is_number and not fact.sourced:
            yield _unsourced(fact, "a fact", Level.WARNING)


def _unsourced(fact: _Fact, what: str, level: Level) -> Problem:
    return Problem(
        fact.path,
        fact.place,
        f"expected the source of {what}, found none",
        "Write `source: q1` beside it, or a line for it under `sources`; the verbatim words stand under `quotes`.",
        level,
    )


def _facts(records: Records) -> Iterator[_Fact]:
    for path, study in included(records):
        yield from _facts_of_study(path, study)
    for path, trial in trials(records):
        yield from _facts_of_trial(path, trial)
    for path, place, run in runs(records):
        yield from _facts_of_run(path, place, run)


def _facts_of_study(path: str, study: Study) -> Iterator[_Fact]:
    by_field = study.sources
    only_secondary = any(report.primary and report.access is Access.SECONDARY for report in study.reports)
    for field in ("title", "design", "facets"):
        value = getattr(study, field)
        if value and not isinstance(value, Missing) and (only_secondary or field != "title"):
            yield _Fact(path, (field,), field in by_field, is_number=False)
    for index, report in enumerate(study.reports):
        if report.access is Access.SECONDARY:
            yield _Fact(path, ("reports", index), bool(report.source) or "reports" in by_field, is_number=False)
    for place, part in _parts_of_study(study):
        if _states(part):
            sourced = bool(getattr(part, "source", None)) or str(place[0]) in by_field
            yield _Fact(path, place, sourced, _has_number(part))
    if study.harms:
        above = bool(study.harms.source) or "harms" in by_field
        for index, event in enumerate(study.harms.events):
            yield _Fact(path, ("harms", "events", index), bool(event.source) or above, _has_number(event))


def _parts_of_study(study: Study) -> Iterator[tuple[Place, Part]]:
    for field in ("setting", "participants", "follow_up", "harms", "funding", "conflicts", "authors_conclusion"):
        part = getattr(study, field)
        if part is not None:
            yield (field,), part
    for field in ("registrations", "arms", "subgroups", "interventions", "outcomes_measured", "results"):
        for index, part in enumerate(getattr(study, field)):
            yield (field, index), part
    for index, limitation in enumerate(study.limitations):
        if not (limitation.by or "").lower().startswith("our "):
            yield ("limitations", index), limitation


def _facts_of_trial(path: str, trial: Trial) -> Iterator[_Fact]:
    """Yield the facts of a trial that a document states; where people looked themselves, the registry is the source."""
    for index, seen in enumerate(trial.status_history):
        if seen.by == BASE_REVIEW:
            sourced = bool(seen.source) or "status_history" in trial.sources
            yield _Fact(path, ("status_history", index), sourced, is_number=False)
    if trial.status_history[0].by != BASE_REVIEW:
        return
    for field in (
        "title",
        "intervention",
        "facets",
        "design",
        "enrolment",
        "sponsor",
        "countries",
        "dates",
        "outcomes",
    ):
        value = getattr(trial, field)
        if value and not isinstance(value, Missing) and not (isinstance(value, Part) and not _states(value)):
            is_number = isinstance(value, Part) and _has_number(value)
            yield _Fact(path, (field,), field in trial.sources, is_number)
    if trial.results:
        sourced = bool(trial.results.source) or "results" in trial.sources
        yield _Fact(path, ("results",), sourced, is_number=False)


def _facts_of_run(path: str, place: Place, run: SearchRun) -> Iterator[_Fact]:
    if run.kind is not RunKind.BASE_REVIEW:
        return
    for index, asked in enumerate(run.sources):
        yield _Fact(path, (*place, "sources", index), bool(asked.record_source), _has_number(asked))
    if run.selection and _states(run.selection):
        yield _Fact(path, (*place, "selection"), bool(run.selection.source), _has_number(run.selection))


def _values(part: Part) -> Iterator[object]:
    """Yield the values of a part itself, without those of the parts that it lists."""
    for field, value in part.__dict__.items():
        lists_parts = isinstance(value, tuple) and any(isinstance(inner, Part) for inner in value)
        if field not in _NO_FACT and not lists_parts:
            yield value


def _states(part: Part) -> bool:
    """Return whether a part states anything beside that something is not reported."""
    return any(value not in (None, (), {}) and not isinstance(value, Missing) for value in _values(part))


def _has_number(part: Part) -> bool:
    return any(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in _values(part))


RULES = (numbers_have_a_source, facts_have_a_source)

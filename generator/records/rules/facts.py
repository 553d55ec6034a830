"""Rules about facts and their sources: what was taken from a document names the quote it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from generator.model.records import Records
from generator.model.report import Access
from generator.model.search_run import RunKind, SearchRun
from generator.model.study import Study
from generator.model.trial import Trial
from generator.model.values import Missing, Part
from generator.problems import Level, Place, Problem
from generator.records.rules.files import included, runs, trials

BASE_REVIEW = "base-review"
"""Who has seen a registry status, when the base review says so."""
_NO_FACT = frozenset({"source", "id", "label", "by", "record_source"})
"""Fields that say how a fact is named or where it stands, and are none themselves."""


@dataclass(frozen=True)
class _Unsourced:
    """A part or field of a record that states something without naming its source."""

    path: str
    place: Place
    is_number: bool


def numbers_have_a_source(records: Records) -> Iterator[Problem]:
    """Every number taken from a document names the quote it stands in.

    A reader must be able to check each value at its place in the report (Cochrane Handbook, chapter 5).
    """
    for fact in _unsourced(records):
        if fact.is_number:
            yield _problem(fact, "a number", Level.ERROR)


def facts_have_a_source(records: Records) -> Iterator[Problem]:
    """Every other fact taken from a document names its quote too.

    A fact without `source` of its own rests on that of the part around it, or on what `sources` says for its field.
    Where people looked into a registry or asked a source themselves, that is the source, and no quote is asked for.
    """
    for fact in _unsourced(records):
        if not fact.is_number:
            yield _problem(fact, "a fact", Level.WARNING)


def _problem(fact: _Unsourced, what: str, level: Level) -> Problem:
    return Problem(
        fact.path,
        fact.place,
        f"expected the source of {what}, found none",
        "Write `source: q1` beside it, or a line for it under `sources`; the verbatim words stand under `quotes`.",
        level,
    )


@lru_cache(maxsize=1)  # two rules ask, one after the other
def _unsourced(records: Records) -> tuple[_Unsourced, ...]:
    return tuple(_find_unsourced(records))


def _find_unsourced(records: Records) -> Iterator[_Unsourced]:
    for path, study in included(records):
        yield from _in_study(path, study)
    for path, trial in trials(records):
        yield from _in_trial(path, trial)
    for path, place, run in runs(records):
        yield from _in_run(path, place, run)


def _in_study(path: str, study: Study) -> Iterator[_Unsourced]:
    only_secondary = any(report.primary and report.access is Access.SECONDARY for report in study.reports)
    for field in ("title", "design", "facets"):
        value = getattr(study, field)
        is_stated = bool(value) and not isinstance(value, Missing) and (only_secondary or field != "title")
        if is_stated and field not in study.sources:
            yield _Unsourced(path, (field,), is_number=False)
    for index, report in enumerate(study.reports):
        if report.access is Access.SECONDARY and not report.source and "reports" not in study.sources:
            yield _Unsourced(path, ("reports", index), is_number=False)
    for place, part in _parts_of_study(study):
        sourced = getattr(part, "source", None) or str(place[0]) in study.sources
        if not sourced and _states(part):
            yield _Unsourced(path, place, _has_number(part))


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
    if study.harms and not study.harms.source:
        for index, event in enumerate(study.harms.events):
            yield ("harms", "events", index), event


def _in_trial(path: str, trial: Trial) -> Iterator[_Unsourced]:
    """Yield what a document states of a trial; where people looked themselves, the registry is the source."""
    for index, seen in enumerate(trial.status_history):
        if seen.by == BASE_REVIEW and not seen.source and "status_history" not in trial.sources:
            yield _Unsourced(path, ("status_history", index), is_number=False)
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
        if field in trial.sources or not value or isinstance(value, Missing):
            continue
        if not isinstance(value, Part) or _states(value):
            yield _Unsourced(path, (field,), isinstance(value, Part) and _has_number(value))
    if trial.results and not trial.results.source and "results" not in trial.sources:
        yield _Unsourced(path, ("results",), is_number=False)


def _in_run(path: str, place: Place, run: SearchRun) -> Iterator[_Unsourced]:
    if run.kind is not RunKind.BASE_REVIEW:
        return
    for index, asked in enumerate(run.sources):
        if not asked.record_source:
            yield _Unsourced(path, (*place, "sources", index), _has_number(asked))
    if run.selection and not run.selection.source and _states(run.selection):
        yield _Unsourced(path, (*place, "selection"), _has_number(run.selection))


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

"""Two checked folders of records -> what merging the second into the first would change. Renders nothing."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import records as kinds
from generator.model.records import Records, path_of
from generator.problems import Level, Problem
from generator.records.checking import Checked, summary_line
from generator.review import Review
from generator.review.trials import Category
from generator.site import tables
from generator.site.comparing.kept import LostStatement, lost_candidates, lost_decisions, lost_statements
from generator.site.comparing.older import OlderDates, older_dates
from generator.site.comparing.rows import Fate, TableChange, table_change
from generator.site.comparing.sentences import StaleSentence, stale_sentences

EVIDENCE = (
    "findings",
    "effect-direction",
    "studies",
    "results",
    "harms",
    "harm-events",
    "risk-of-bias",
    "interventions",
    "trials",
    "registered-outcomes",
    "excluded",
    "awaiting",
    "discrepancies",
    "versions",
)
"""Tables whose changes are told row by row, the weightiest first; of the others only the rows are counted."""
FLOW = "flow"
_REPEATS = "changes"
"""The table of news: it would tell a second time what the others tell."""
_MOVING = ("studies", "results", "harms", "harm-events", "risk-of-bias", "interventions", "trials")
"""Tables that sentences rest on; their first column holds the id of a record."""
_LOOKED = frozenset({"seen", "days_since_seen", "results_checked"})
"""Columns that say only when somebody last looked."""


@dataclass(frozen=True)
class Fact:
    """One fact of the review as a whole, before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class RecordChange:
    """One record file that is new, gone, or holds something else."""

    fate: Fate
    path: str


@dataclass(frozen=True)
class Comparison:
    """What merging would change. Nothing is compared while either side has errors: all but the problems is empty."""

    errors: tuple[Problem, ...]
    """Errors of what would be merged."""
    n_base_errors: int
    """Errors of what it would be merged into."""
    warnings: tuple[Problem, ...]
    """Warnings that the merge would bring."""
    n_old_warnings: int
    """Warnings that remain as they are."""
    summary: str
    """How much was checked, in one line."""
    records: tuple[RecordChange, ...] = ()
    facts: tuple[Fact, ...] = ()
    """Status, dates and counts of the review that differ."""
    flow: TableChange | None = None
    evidence: tuple[TableChange, ...] = ()
    others: tuple[TableChange, ...] = ()
    lost: tuple[LostStatement, ...] = ()
    """Wordings and ratings of ours that nothing would tell of any more."""
    older: tuple[OlderDates, ...] = ()
    """Files with days of the past that subscribers would be told of as news."""
    sentences: tuple[StaleSentence, ...] = ()

    @property
    def is_compared(self) -> bool:
        """True when both sides could be compared."""
        return not self.errors and not self.n_base_errors


def compare(base: Checked, head: Checked, today: dt.date) -> Comparison:
    """Return what merging `head` into `base` would change, both seen on the day `today`."""
    errors = tuple(problem for problem in head.problems if problem.level is Level.ERROR)
    known = {_essence(problem) for problem in base.problems}
    warnings = [problem for problem in head.problems if problem.level is Level.WARNING]
    fresh = tuple(problem for problem in warnings if _essence(problem) not in known)
    told = Comparison(errors, base.n_errors, fresh, len(warnings) - len(fresh), summary_line(head))
    old, new = base.records.protocol, head.records.protocol
    if not told.is_compared or old is None or new is None:
        return told
    return _compared(told, Review(base.records, old, today), Review(head.records, new, today))


def _compared(told: Comparison, base: Review, head: Review) -> Comparison:
    before = {table.id: table for table in tables.every(base)}
    changes = {
        table.id: found
        for table in tables.every(head)
        if table.id in before and (found := table_change(before[table.id], table)).rows
    }
    known = (*EVIDENCE, FLOW, _REPEATS)
    return Comparison(
        told.errors,
        told.n_base_errors,
        told.warnings,
        told.n_old_warnings,
        told.summary,
        records=tuple(_record_changes(base.records, head.records)),
        facts=tuple(_facts(base, head)),
        flow=changes.get(FLOW),
        evidence=tuple(changes[name] for name in EVIDENCE if name in changes),
        others=tuple(change for name, change in changes.items() if name not in known),
        lost=(*lost_statements(base, head), *lost_decisions(base, head), *lost_candidates(base, head)),
        older=older_dates(base, head),
        sentences=stale_sentences(base, head, _moved(changes)),
    )


def _essence(problem: Problem) -> tuple[object, ...]:
    """Return what makes a problem the same one although lines moved."""
    return problem.path, problem.place, problem.message, problem.level


def _record_changes(base: Records, head: Records) -> Iterator[RecordChange]:
    before, after = _by_path(base), _by_path(head)
    for path in sorted(before.keys() | after.keys()):
        if path not in before:
            yield RecordChange(Fate.ADDED, path)
        elif path not in after:
            yield RecordChange(Fate.REMOVED, path)
        elif before[path] != after[path]:
            yield RecordChange(Fate.CHANGED, path)


def _by_path(records: Records) -> dict[str, object]:
    """Return what every file holds by its path; texts of sources are compared as they are."""
    families: dict[kinds.Kind, Mapping[str, object]] = {
        kinds.STUDY: records.included,
        kinds.EXCLUSION: records.excluded,
        kinds.TRIAL: records.trials,
        kinds.CANDIDATE: records.candidates,
        kinds.SCREENED: records.screened,
        kinds.SEARCH: records.searches,
        kinds.SUMMARY: records.summaries,
        kinds.TOOL: records.tools,
    }
    found = {path_of(kind, key): record for kind, by_id in families.items() for key, record in by_id.items()}
    singles = ((kinds.PROTOCOL, records.protocol), (kinds.INSTRUMENTS, records.instruments))
    found |= {path_of(kind): record for kind, record in (*singles, (kinds.VERSIONS, records.versions)) if record}
    return found | {f"{kinds.FOLDER}/sources/{key}.txt": text for key, text in records.source_texts.items()}


def _facts(base: Review, head: Review) -> Iterator[Fact]:
    for (name, before), (_, after) in zip(_overview(base), _overview(head), strict=True):
        if before != after:
            yield Fact(name, before, after)


def _overview(review: Review) -> Iterator[tuple[str, str]]:
    living = review.living
    yield "Living status", "; ".join((str(living.state), *living.reasons))
    yield "Last searched", review.day(living.last_searched_on)
    yield "Last screened to the end", review.day(living.last_screened_on)
    yield "Last change of evidence", review.day(living.last_evidence_change_on)
    yield "Included studies", str(len(review.studies))
    yield "People in them", "not reported" if review.n_people is None else str(review.n_people)
    for category in Category:
        yield f"Registered trials, {category}", str(len(review.trials_by_category[category]))
    yield "Candidates waiting", str(living.n_waiting)


def _moved(changes: Mapping[str, TableChange]) -> dict[str, list[str]]:
    """Return, for each record of which a value differs, the captions of the tables in which it does."""
    found: dict[str, list[str]] = {}
    for name in _MOVING:
        for row in changes[name].rows if name in changes else ():
            differs = any(cell.is_value and cell.column.key not in _LOOKED for cell in row.cells)
            captions = found.setdefault(row.record_id, []) if differs or row.fate is not Fate.CHANGED else []
            if changes[name].table.caption not in captions:
                captions.append(changes[name].table.caption)
    return found

"""Registered trials: what their registries say, with the day it was seen, and whether results are known."""

import datetime as dt
from dataclasses import replace

from generator.model.trial import Enrolment, Phase, Trial
from generator.model.values import Missing
from generator.review import Review
from generator.review.places import quotes_at
from generator.review.study_facts import label_of
from generator.review.trials import (
    Category,
    category,
    days_since_seen,
    newest,
    registration_of,
    registry_says,
    results_looked_for,
)
from generator.site.cells import word_status
from generator.wording.table import Cell, Cells, Column, Link, Table, cell, texts

_COLUMNS = (
    Column("trial", "Trial", "Registration id; leads to the page of the trial."),
    Column("category", "Category", "Category, computed from status and decision.", facet=True, shown=False),
    Column("title", "Title", "Public or scientific title.", shown=False),
    Column("registry", "Registry", "Name of the registry.", shown=False),
    Column("secondary_ids", "Other registrations", "Registrations of the same trial elsewhere.", shown=False),
    Column("intervention", "Intervention", "What is given, as registered."),
    Column("phase", "Phase", "Phase as registered.", facet=True),
    Column("enrolment", "People", "How many people the registration names: planned or counted.", number=True),
    Column("enrolment_kind", "Planned or counted", "estimated or actual.", shown=False),
    Column("primary_outcomes", "Primary outcomes", "Primary outcomes as registered, each with its time frame."),
    Column("status", "Status", "What the registry said when it was last looked at; registries are often late."),
    Column("seen", "Status seen", "Day of the last look at the registry.", shown=False),
    Column("days_since_seen", "Days since seen", "Days since the last look.", number=True, shown=False),
    Column("countries", "Countries", "Countries as registered.", facet=True),
    Column("sponsor", "Sponsor", "Lead sponsor.", shown=False),
    Column("registered", "Registered", "Day of registration.", shown=False),
    Column("start", "Start", "First enrolment.", shown=False),
    Column("completion", "Completion", "Last data altogether.", shown=False),
    Column("results_in_registry", "Results in the registry", "Whether results are posted.", shown=False),
    Column("results_published", "Results published", "Whether a publication is known.", shown=False),
    Column("results_checked", "Results looked for", "Day of the last search for results.", shown=False),
    Column("study", "Included as", "The included study that holds its results.", shown=False),
)
_PHASES = {
    Phase.EARLY_PHASE1: "early phase 1",
    Phase.PHASE1: "phase 1",
    Phase.PHASE2: "phase 2",
    Phase.PHASE3: "phase 3",
    Phase.PHASE4: "phase 4",
    Phase.NA: "not applicable",
}


def table(review: Review) -> Table:
    """Return every registered trial, category after category."""
    return _table("trials", "Registered trials", review, tuple(Category), empty="No registered trial is known.")


def category_table(review: Review, wanted: Category) -> Table:
    """Return the registered trials of one category."""
    name = f"trials-{wanted.name.lower()}"
    found = _table(name, f"Registered trials: {wanted}", review, (wanted,), empty=_NONE[wanted])
    if wanted is not Category.INCLUDED:
        return found
    return replace(found, columns=tuple(replace(one, shown=one.shown or one.key == "study") for one in found.columns))


_NONE = {
    Category.ONGOING: "No trial is known to be ongoing.",
    Category.AWAITING: "No trial awaits classification.",
    Category.INCLUDED: "No registered trial is known to belong to an included study.",
    Category.REMOVED: "No registered trial belongs to a study that was taken out.",
    Category.LISTED: "No withdrawn trial is known.",
    Category.EXCLUDED: "No registered trial was taken out.",
}


def _table(name: str, caption: str, review: Review, wanted: tuple[Category, ...], *, empty: str) -> Table:
    facets = tuple(
        Column(f"facet_{key}", facet.label, f"Grouping of the review: {facet.label}.", facet=True, shown=False)
        for key, facet in review.protocol.facets.items()
    )
    rows = tuple(_row(review, key, trial) for one in wanted for key, trial in review.trials_by_category[one].items())
    return Table(name, caption, (*_COLUMNS, *facets), rows, empty=empty)


def phase_words(phases: tuple[Phase, ...]) -> str | None:
    """Return phases in words, such as phase 1 / phase 2; None when none is registered."""
    return " / ".join(_PHASES[phase] for phase in phases) or None


def enrolment_cell(enrolment: Enrolment | None, sources: tuple[Link, ...] = ()) -> Cell:
    """Return how many people a registration names, and whether the number is planned or counted."""
    if enrolment is None or isinstance(enrolment.n, Missing):
        return cell(enrolment.n if enrolment else None, sources)
    kind = "planned or counted: not reported" if isinstance(enrolment.kind, Missing) else str(enrolment.kind)
    return cell(enrolment.n, sources, note=kind)


def status_cell(trial: Trial, review: Review, sources: tuple[Link, ...] = ()) -> Cell:
    """Return the newest status as it is always worded, with how long ago it was seen."""
    seen, ago = newest(trial), seen_ago(trial, review.today)
    return word_status(Cell(registry_says(seen), str(seen.status), sources=sources, note=ago), seen.status)


def seen_ago(trial: Trial, today: dt.date) -> str:
    """Return in words how long ago somebody looked: today, 1 day ago, 2 days ago; an earlier day may be shown."""
    if newest(trial).seen > today:
        return "after the day that is shown"
    days = days_since_seen(trial, today)
    return "today" if days == 0 else f"{days} day{'' if days == 1 else 's'} ago"


def _row(review: Review, key: str, trial: Trial) -> dict[str, Cells]:
    page = f"trials/{key}.md"

    def said(field: str) -> tuple[Link, ...]:
        return quotes_at(page, trial.sources.get(field))

    dates, results = trial.dates, trial.results
    row: dict[str, Cells] = {
        "trial": Cell(
            registration_of(key), registration_of(key), Link(page), note=trial.title if _is_known(trial.title) else ""
        ),
        "category": Cell(str(category(trial, review.records.included))),
        "title": cell(trial.title, said("title")),
        "registry": cell(trial.registry, said("registry")),
        "secondary_ids": tuple(Cell(one) for one in trial.secondary_ids) or Cell("none", ""),
        "intervention": cell(trial.intervention, said("intervention")),
        "phase": cell(phase_words(trial.design.phase) if trial.design else None, said("design")),
        "enrolment": enrolment_cell(trial.enrolment, said("enrolment")),
        "enrolment_kind": cell(trial.enrolment.kind if trial.enrolment else None),
        "primary_outcomes": _primary_outcomes(trial, said("outcomes")),
        "status": status_cell(trial, review, quotes_at(page, newest(trial).source)),
        "seen": Cell(newest(trial).seen.isoformat()),
        "days_since_seen": cell(days_since_seen(trial, review.today)),
        "countries": texts(trial.countries, said("countries")) or cell(None),
        "sponsor": cell(trial.sponsor, said("sponsor")),
        "registered": cell(dates.registered if dates else None, said("dates")),
        "start": cell(dates.start if dates else None, said("dates")),
        "completion": cell(dates.completion if dates else None, said("dates")),
        "results_in_registry": cell(results.on_registry if results else None),
        "results_published": cell(results.publication if results else None, note=results_looked_for(trial)),
        "results_checked": cell(results.checked if results else None),
        "study": Cell(label_of(trial.study), trial.study, Link(f"studies/{trial.study}.md"))
        if trial.study
        else Cell("none", ""),
    }
    return row | _facet_cells(review, trial, said("facets"))


def _facet_cells(review: Review, trial: Trial, said: tuple[Link, ...]) -> dict[str, Cells]:
    return {
        f"facet_{key}": texts([facet.values.get(value, value) for value in trial.facets.get(key, ())], said)
        or cell(None)
        for key, facet in review.protocol.facets.items()
    }


def _primary_outcomes(trial: Trial, said: tuple[Link, ...]) -> Cells:
    primary = [outcome for outcome in trial.outcomes if outcome.rank == "primary"]
    return tuple(
        Cell(
            outcome.measure,
            note=", ".join(part for part in (outcome.metric or "", _times(outcome.times)) if part),
            sources=said if position == len(primary) - 1 else (),
        )
        for position, outcome in enumerate(primary)
    ) or cell(None)


def _times(times: tuple[str, ...]) -> str:
    return f"at {', '.join(times)}" if times else "time frame not reported"


def _is_known(title: str) -> bool:
    return not isinstance(title, Missing)

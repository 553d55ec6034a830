"""Where is searched: every source with its schedule, its strategies and the day of its last search (PRISMA-S)."""

from generator.model.search_run import RunKind
from generator.review import Review
from generator.review.living import SourceDates, asked_by_program
from generator.review.places import quotes_at
from generator.wording.markdown import badge
from generator.wording.table import Cell, Cells, Column, Link, Table, cell, texts

_COLUMNS = (
    Column("source", "Source", "Name of the source; leads to its strategies and limits."),
    Column("kind", "Kind", "database, register, website, organisation or citation.", facet=True),
    Column("platform", "Platform", "Platform or interface it is searched on.", shown=False),
    Column("asked_by", "Asked by", "The program of this review, people, or the base review only.", facet=True),
    Column("every_days", "Searched every", "Days between two searches; none without a schedule.", number=True),
    Column("last_searched", "Last searched", "Newest search that was answered in full; a failed one does not count."),
    Column("last_failed", "Failed since then", "Newest failed search, when no successful one followed."),
    Column("late", "State", "Whether the schedule is kept.", facet=True),
    Column("max_age_days", "Alarm after", "Days after which an alarm is raised.", number=True, shown=False),
    Column("strategies", "Strategies", "Each query exactly as sent.", shown=False),
    Column("limits", "Limits", "Limits and filters, and why.", shown=False),
    Column("note", "Note", "What a reader must know.", shown=False),
)


def table(review: Review) -> Table:
    """Return every source of the protocol, in its order."""
    rows = tuple(_row(review, dates) for dates in review.living.sources)
    return Table(
        "sources",
        "Where is searched, and when it was last searched",
        _COLUMNS,
        rows,
        note="A search that failed does not move the day of the last search.",
    )


def schedule_words(dates: SourceDates) -> str:
    """Return how often a source is searched, in words."""
    days = dates.source.every_days
    if days is None:
        return "not scheduled"
    return "every day" if days == 1 else f"every {days} days"


def asked_by(review: Review, dates: SourceDates) -> str:
    """Return who searches a source: the program where it can ask it, people, or the base review alone."""
    if asked_by_program(dates.source):
        return "the program of this review"
    if dates.source.every_days is not None:
        return "people, on schedule"
    only_base = review.run_kinds.get(dates.source.id) == {RunKind.BASE_REVIEW}
    return "the base review only" if only_base else "people, without a schedule"


def state_cell(dates: SourceDates) -> Cell:
    """Return whether the schedule of a source is kept; late is marked, so that it is seen."""
    if dates.source.every_days is None:
        return Cell("no schedule", "no schedule", missing=True)
    if not dates.late:
        return Cell("in time")
    text = "late: never searched" if dates.last_searched_on is None else "late"
    return Cell(text, "late", markup=badge(text, "warning"))


def failed_cell(dates: SourceDates) -> Cell:
    """Return the day of a failure that no successful search has followed; what was never asked did not fail either."""
    if dates.last_failed_on is None:
        return Cell("no", "") if dates.last_searched_on else Cell("not asked yet", "", missing=True)
    day = dates.last_failed_on.isoformat()
    return Cell(f"failed {day}", day, markup=badge(f"failed {day}", "warning"))


def _row(review: Review, dates: SourceDates) -> dict[str, Cells]:
    source = dates.source
    never = Cell("never", "", missing=True)
    return {
        "source": Cell(source.name, source.id, Link("searches.md", f"source-{source.id}")),
        "kind": Cell(str(source.kind)),
        "platform": cell(source.platform),
        "asked_by": Cell(asked_by(review, dates)),
        "every_days": Cell(schedule_words(dates), source.every_days or "", sort_key=source.every_days),
        "last_searched": Cell(dates.last_searched_on.isoformat()) if dates.last_searched_on else never,
        "last_failed": failed_cell(dates),
        "late": state_cell(dates),
        "max_age_days": cell(source.max_age_days),
        "strategies": texts(source.strategies) or cell(None),
        "limits": cell(source.limits, quotes_at("protocol.md", source.source)),
        "note": cell(source.note),
    }

"""The search log: one row per search run and source. Failed, not reported and 0 are three different things."""

from generator.model.search_run import RunKind, SourceRun, Window
from generator.model.values import Missing
from generator.review import Review
from generator.review.places import quotes_at
from generator.review.searches import LogLine, recent
from generator.wording.markdown import badge
from generator.wording.table import Cell, Cells, Column, Link, Table, cell

_COLUMNS = (
    Column("at", "When", "When the source was asked, in UTC; a day alone where the hour is not known."),
    Column("source", "Source", "The source that was asked.", facet=True),
    Column("kind", "Run", "What started the run.", facet=True),
    Column("hits", "Hits", "Total that the source reported; empty when it failed.", number=True),
    Column("received", "Received", "Records received; empty when it failed.", number=True),
    Column(
        "returned_before",
        "Returned before",
        "Of those received, records that an earlier search of this source had returned; windows overlap.",
        number=True,
        shown=False,
    ),
    Column("duplicates", "Duplicates removed", "Records known already, or twice in the run.", number=True),
    Column("automation", "Removed by automation", "Records marked ineligible by automation.", number=True, shown=False),
    Column("other_removed", "Removed for other reasons", "Records removed otherwise.", number=True, shown=False),
    Column("new", "New", "Records written as candidates.", number=True),
    Column(
        "known_found",
        "Known studies found",
        "Included studies and known trials that the source holds, and how many of them the strategy returned.",
    ),
    Column("answer", "Answer", "Whether the source answered in full, or why it failed."),
    Column("by", "Run by", "Who or what ran it.", shown=False),
    Column("tool_version", "Software", "Version of the software that ran it.", shown=False),
    Column("window_start", "From", "First day that the search was limited to.", shown=False),
    Column("window_end", "To", "Last day that the search was limited to.", shown=False),
    Column("strategy", "Strategy", "The query exactly as sent.", shown=False),
    Column("url", "Address", "The address asked, without keys.", shown=False),
    Column("total", "Total", "What the strategy returns without a window.", number=True, shown=False),
    Column("gated", "To look at", "Why a person should look before the run is merged.", shown=False),
    Column("note", "Note", "Limits and anything a reader must know.", shown=False),
)
_KINDS = {
    RunKind.BASE_REVIEW: "base review",
    RunKind.NIGHTLY: "nightly",
    RunKind.MANUAL: "by a person",
    RunKind.IMPORT: "import",
}
_NOTE = (
    "“Failed”: the source did not answer in full, so nothing is known of what it holds."
    " “Not reported”: it was searched, and the number is not on record. 0: it was searched and returned none."
)


def table(review: Review) -> Table:
    """Return the whole search log, newest first."""
    return _table(review, review.search_log)


def recent_table(review: Review) -> Table:
    """Return what a page shows of the search log: its newest lines, and those of the base review."""
    return _table(review, recent(review.search_log))


def _table(review: Review, log: tuple[LogLine, ...]) -> Table:
    rows = tuple(_row(review, line) for line in log)
    return Table("search-runs", "Search log", _COLUMNS, rows, note=_NOTE, empty="No search has been recorded.")


def _row(review: Review, line: LogLine) -> dict[str, Cells]:
    part, removed = line.part, line.part.removed
    at = line.run.at
    said = quotes_at("searches.md", [f"{line.run_id}-{key}" for key in part.record_source or ()])
    return {
        "at": Cell(f"{at:%Y-%m-%d %H:%M}" if hasattr(at, "hour") else at.isoformat(), at.isoformat()),
        "source": Cell(line.source_name, part.source, Link("searches.md", f"source-{part.source}"), sources=said),
        "kind": Cell(_KINDS[line.run.kind], str(line.run.kind)),
        "hits": count_cell(part, part.hits),
        "received": count_cell(part, part.received),
        "returned_before": count_cell(part, part.returned_before),
        "duplicates": count_cell(part, removed.duplicates if removed else None),
        "automation": count_cell(part, removed.automation if removed else None),
        "other_removed": count_cell(part, removed.other if removed else None),
        "new": count_cell(part, part.new),
        "known_found": _known_found(part),
        "answer": _answer(part),
        "by": cell(review.name_of(line.run.by) if line.run.by else None),
        "tool_version": cell(line.run.tool_version),
        **_window(part.window),
        "strategy": cell(part.strategy),
        "url": cell(part.url),
        "total": cell(part.total),
        "gated": cell(line.run.gated),
        "note": cell(part.note),
    }


def _known_found(part: SourceRun) -> Cell:
    """Return how many of what is known the strategy still finds, and which it does not."""
    if part.canaries is None:
        return Cell("not asked", missing=True)
    missing = f"not found: {', '.join(part.canaries.missing)}" if part.canaries.missing else ""
    return Cell(f"{part.canaries.returned} of {part.canaries.held}", note=missing)


def count_cell(part: SourceRun, count: int | Missing | None) -> Cell:
    """Return a number of a search: failed, not reported and 0 look different and are different in a download."""
    if part.failed and count is None:
        return Cell("failed", "", markup=badge("failed", "warning"))
    return cell(count)


def _answer(part: SourceRun) -> Cell:
    if part.failed:
        return Cell(part.error or "failed, no reason recorded", f"failed: {part.error or 'no reason recorded'}")
    return Cell("answered", note=part.note or "")


def _window(window: Window | None) -> dict[str, Cells]:
    return {
        "window_start": cell(window.start if window else None),
        "window_end": cell(window.end if window else None),
    }

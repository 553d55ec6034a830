"""What registries said when: one row per look at a registered trial, oldest first."""

from generator.review import Review
from generator.review.places import quotes_at
from generator.review.trials import Look, looks, registration_of
from generator.wording.table import Cell, Cells, Column, Link, Table, cell
from generator.wording.words import status_label

_COLUMNS = (
    Column("trial", "Trial", "Registration id."),
    Column("seen", "Seen on", "Day on which the registry was looked at."),
    Column("status", "The registry said", "Status in the words of ClinicalTrials.gov; others are mapped to them."),
    Column("changed", "Change", "Whether the status differs from that of the look before."),
    Column("as_printed", "As printed", "The words of the registry or of the document that names it."),
    Column("registry_updated", "Registry updated", "Day of the registry's own last update."),
    Column("by", "Seen by", "Who looked: a person, the base review or the nightly run."),
)


def table(review: Review) -> Table:
    """Return every look at every registered trial."""
    rows = tuple(
        _row(review, key, look, f"trials/{key}.md")
        for key, trial in sorted(review.records.trials.items())
        for look in looks(trial)
    )
    return Table("status-history", "What registries said when", _COLUMNS, rows, empty="No registered trial is known.")


def trial_table(review: Review, key: str) -> Table:
    """Return every look at one registered trial, for its own page."""
    rows = tuple(_row(review, key, look, "") for look in looks(review.records.trials[key]))
    return Table("status-history", "What the registry said when", _COLUMNS[1:], rows)


def _row(review: Review, key: str, look: Look, page: str) -> dict[str, Cells]:
    seen = look.seen
    return {
        "trial": Cell(registration_of(key), registration_of(key), Link(f"trials/{key}.md")),
        "seen": Cell(seen.seen.isoformat(), sources=quotes_at(page, seen.source)),
        "status": Cell(status_label(seen.status), str(seen.status), note=str(seen.status)),
        "changed": Cell(_change(look), look.changed),
        "as_printed": cell(seen.as_printed),
        "registry_updated": cell(seen.registry_updated),
        "by": Cell(review.name_of(seen.by), seen.by),
    }


def _change(look: Look) -> str:
    if look.before is None:
        return "first look"
    return f"changed from {status_label(look.before)}" if look.changed else "same as before"

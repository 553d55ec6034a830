"""Harms by event: what happened to how many people, how intense it was, and whether it was serious."""

from collections.abc import Iterator

from generator.model.result import AdverseEvent
from generator.model.study import Study
from generator.review import Review
from generator.review.harms import event_share
from generator.review.study_facts import badges, label_of
from generator.site.pieces import STUDIES, blocks
from generator.site.tables.studies import quote_links
from generator.wording.table import Cell, Cells, Column, Link, Table, cell

_COLUMNS = (
    Column("study", "Study", "The study; the id of its record."),
    Column("event", "Event", "The event in the words of the report."),
    Column("group", "Group", "The group of people in which it occurred."),
    Column("n_people", "People", "How many people had it, of how many in the group.", number=True),
    Column("n_events", "Times", "How many times it occurred.", number=True),
    Column(
        "upper_percent",
        "How often it may occur",
        "Upper limit of the exact (Clopper-Pearson) 95 % interval for the share of people, in percent.",
        number=True,
    ),
    Column("severity", "Severity", "Intensity: mild, moderate or severe. It is not seriousness.", facet=True),
    Column("serious", "Serious", "Whether it met the definition of a serious adverse event.", facet=True),
    Column("related", "Related", "Causality as judged in the report."),
    Column("resolved", "Resolved", "Whether and when it resolved."),
)


def table(review: Review) -> Table:
    """Return every harm that an included study describes."""
    rows = blocks(review, STUDIES, review.studies, "harm-events", lambda one, key: _rows(key, one.studies[key]))
    return Table(
        "harm-events",
        "Harms described, one row per kind of event",
        _COLUMNS,
        rows,
        note="Severity is how intense an event was; serious means that it met the definition of a serious event.",
        empty="No included study describes a harm. That is not the same as no harm.",
    )


def _rows(key: str, study: Study) -> Iterator[dict[str, Cells]]:
    labels = {arm.id: arm.label for arm in (*study.arms, *study.subgroups)}
    for event in study.harms.events if study.harms else ():
        yield {
            "study": Cell(label_of(key), key, Link(f"studies/{key}.md"), badges=badges(study)),
            "event": cell(event.what, quote_links(key, event.source)),
            "group": cell(labels.get(event.arm, event.arm) if event.arm else None),
            **_counts(study, event),
            "n_events": cell(event.n_events),
            "severity": cell(event.severity),
            "serious": cell(event.serious),
            "related": cell(event.related),
            "resolved": cell(event.resolved),
        }


def _counts(study: Study, event: AdverseEvent) -> dict[str, Cells]:
    share = event_share(study, event)
    if share is None:
        return {"n_people": cell(event.n_people), "upper_percent": Cell("cannot be given", "", missing=True)}
    percent = round(share.upper_percent, 1)
    return {
        "n_people": Cell(f"{share.n_events} of {share.n}", share.n_events, sort_key=share.n_events),
        "upper_percent": Cell(f"up to {percent:.1f} %", percent, sort_key=percent),
    }

"""Harms by study: who was observed, how and for how long, what was reported, and how often the unseen may occur."""

from functools import lru_cache

from generator.model.result import Harms
from generator.model.study import Study
from generator.review import Review
from generator.review.harms import ASKED
from generator.review.study_facts import NoHarmBound, badges, label_of, no_harm_bound
from generator.site.pieces import STUDIES, blocks
from generator.site.tables.studies import quote_links
from generator.wording.table import Cell, Cells, Column, Link, Table, cell
from generator.wording.words import design_label, none_reported_label

_COLUMNS = (
    Column("study", "Study", "The study; the id of its record."),
    Column("design", "Design", "Design as judged by the reviewers.", shown=False),
    Column("n_enrolled", "People enrolled", "How many people were enrolled.", number=True),
    Column("n_assessed", "People observed", "How many people were observed for harms.", number=True),
    Column("ascertainment", "How harms were looked for", "asked, volunteered or both.", facet=True),
    Column("over", "Over what time", "Length of the observation for harms."),
    Column("none_reported", "Reported not to have occurred", "Which harms the report says did not occur.", facet=True),
    Column(
        "upper_percent",
        "How often such harms may still occur",
        "Upper limit of the exact (Clopper-Pearson) 95 % interval for none seen, in percent of people.",
        number=True,
    ),
    Column("events", "Events described", "The harms described, one kind each; details are in the table of events."),
    Column("badges", "How far checked", "What a reader must know about how the facts were extracted.", shown=False),
)
UNKNOWN = "nothing extracted yet"


@lru_cache(maxsize=1)  # downloaded and shown
def table(review: Review) -> Table:
    """Return what every included study says about harms, also where it says nothing."""
    rows = blocks(review, STUDIES, review.studies, "harms", lambda one, key: [_row(key, one.studies[key])])
    return Table(
        "harms",
        "What each study reports about harms",
        _COLUMNS,
        rows,
        note=(
            "That no harm was reported does not mean that an intervention is safe. A limit holds for that kind of event"
            " only, and only if every such event was noticed."
        ),
        empty="No study has been included yet, so nothing is known about harms.",
    )


def _row(key: str, study: Study) -> dict[str, Cells]:
    harms = study.harms
    head: dict[str, Cells] = {
        "study": Cell(label_of(key), key, Link(f"studies/{key}.md"), badges=badges(study)),
        "design": Cell(design_label(study.design), str(study.design)),
        "n_enrolled": cell(study.participants.n_enrolled, quote_links(key, study.participants.source)),
        "badges": tuple(Cell("", str(mark), badges=(mark,)) for mark in badges(study)) or Cell("", ""),
    }
    if harms is None:
        nothing = Cell(UNKNOWN, missing=True)
        return head | {column.key: nothing for column in _COLUMNS if column.key not in head}
    said = quote_links(key, harms.source)
    return head | {
        "n_assessed": cell(harms.n_assessed, said if isinstance(harms.n_assessed, int) else ()),
        "ascertainment": cell(harms.ascertainment, said if harms.ascertainment in ASKED else ()),
        "over": cell(harms.over),
        "none_reported": (
            Cell(none_reported_label(harms.none_reported), str(harms.none_reported), sources=said)
            if harms.none_reported
            else Cell("no such statement", "", missing=True)
        ),
        "upper_percent": _bound(harms, no_harm_bound(study)),
        "events": tuple(cell(event.what, quote_links(key, event.source)) for event in harms.events)
        or Cell("none described", "", missing=True),
    }


def _bound(harms: Harms, bound: NoHarmBound | None) -> Cell:
    if harms.none_reported is None:
        return Cell("not applicable", "", missing=True)
    if bound is None:
        return Cell("cannot be given: the number of people is not reported", "", missing=True)
    counted = "enrolled" if bound.n_is_enrolled else "observed"
    percent = round(bound.upper_percent, 1)
    return Cell(f"up to {percent:.1f} %", percent, note=f"0 of {bound.n} people {counted}", sort_key=percent)

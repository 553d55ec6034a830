"""The flow diagram as data: its boxes, in the order of reading, and the table of the same numbers beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.protocol import SourceKind
from generator.review import Review
from generator.review.flow import Column as FlowColumn
from generator.review.flow import Flow
from generator.review.received import Known, SourceCount
from generator.wording.table import Cell, Cells, Column, Link, Table, cell

EARLIER, INCLUDED = "Earlier version", "Included"


@dataclass(frozen=True)
class Line:
    """One number of a box beside its own, or a remark without one."""

    label: str
    n: Known = None
    link: Link | None = None
    counted: bool = True
    """False for a remark."""
    inner: bool = False
    """True for a part of the line before it."""


@dataclass(frozen=True)
class Box:
    """One box of the PRISMA 2020 diagram."""

    id: str
    part: str
    """Earlier version, one of the two columns, or Included."""
    label: str
    n: Known
    link: Link
    """The list behind the box."""
    lines: tuple[Line, ...] = ()


_COLUMNS = (
    Column("part", "Part", "Part of the diagram: the earlier version, one of its two columns, or what is included."),
    Column("box", "Box", "Name of the box, after the PRISMA 2020 diagram for updated reviews.", shown=False),
    Column("what", "What is counted", "The records, reports or studies counted."),
    Column("n", "n", "How many; empty in the download where it is not reported.", number=True),
)
_KINDS = {
    SourceKind.DATABASE: "Databases",
    SourceKind.REGISTER: "Registers",
    SourceKind.WEBSITE: "Websites",
    SourceKind.ORGANISATION: "Organisations",
    SourceKind.CITATION: "Citation searching",
}
_PRINTED = {
    "identified": "Records identified",
    "screened": "Records screened",
    "excluded": "Records excluded on title and abstract",
    "sought": "Reports sought for retrieval",
    "not_retrieved": "Reports not retrieved",
    "assessed": "Reports assessed",
    "excluded_full_text": "Reports excluded at full text",
    "studies": "Studies included",
    "reports": "Reports of included studies",
}


def table(review: Review) -> Table:
    """Return every number of the flow diagram, one row each."""
    rows = [row for box in boxes(review) for row in _rows(box)]
    return Table(
        "flow",
        "Numbers of the flow diagram",
        _COLUMNS,
        tuple(rows),
        note="Every number leads to the list behind it. A count that no source states reads not reported, never 0.",
    )


def printed_table(review: Review) -> Table | None:
    """Return the totals of the selection as the base review prints them; None where there is no base review."""
    base = review.base_document
    if base is None:
        return None
    rows: tuple[dict[str, Cells], ...] = tuple(
        {"what": Cell(label), "n": cell(review.flow.previous[name])} for name, label in _PRINTED.items()
    )
    columns = (
        Column("what", "What is counted", "The records, reports or studies counted."),
        Column("n", "n", "As printed.", number=True),
    )
    return Table("flow-earlier", f"Selection in {base.label}, as printed there", columns, rows)


def boxes(review: Review) -> tuple[Box, ...]:
    """Return every box of the diagram in the order of reading; the earlier version only where there is one."""
    flow = review.flow
    earlier = (_earlier(review),) if review.base_document else ()
    quiet = "" if flow.n_runs else "no search since the earlier version" if earlier else "no search yet"
    return (*earlier, *_column(flow.registered, "registered", quiet), *_column(flow.other, "other"), *_ends(flow))


def _rows(box: Box) -> Iterator[dict[str, Cells]]:
    yield _row(box, box.label, box.n, box.link)
    for line in box.lines:
        if line.counted:
            yield _row(box, f"{box.label}: {line.label}", line.n, line.link or box.link)


def _row(box: Box, what: str, n: Known, link: Link) -> dict[str, Cells]:
    return {"part": Cell(box.part), "box": Cell(box.id), "what": Cell(what, link=link), "n": cell(n)}


def _earlier(review: Review) -> Box:
    flow, base = review.flow, review.base_document
    lines = [
        Line("reports of them", flow.previous_reports),
        Line("registered trials", flow.previous_trials, Link("trials.md")),
    ]
    if flow.removed_trials:
        lines.append(Line("registered trials taken out since", flow.removed_trials, Link("excluded.md"), inner=True))
    label = f"Studies from the earlier version ({base.label})" if base else "Studies from the earlier version"
    return Box("previous", EARLIER, label, flow.previous_studies, Link("evidence.md"), tuple(lines))


def _column(column: FlowColumn, key: str, remark: str = "") -> Iterator[Box]:
    excluded, awaiting, trials = Link("excluded.md"), Link("awaiting.md"), Link("trials.md")

    def box(name: str, label: str, n: Known, link: Link, *lines: Line) -> Box:
        return Box(f"{key}-{name}", column.name, label, n, link, lines)

    yield box("identified", "Records identified", column.identified, Link("searches.md"), *_sources(column, remark))
    if key == "registered":
        before = column.removed
        yield box(
            "removed",
            "Records removed before screening",
            before.total,
            Link("searches.md"),
            Line("duplicates", before.duplicates),
            Line("marked ineligible by automation tools", before.automation),
            Line("other reasons", before.other),
        )
    yield box("waiting", "Records waiting for a decision", column.waiting, Link("candidates.md"))
    if key == "registered":
        yield box("screened", "Records screened", column.screened, excluded)
    yield box("excluded", "Records excluded on title and abstract", column.excluded, excluded)
    yield box("sought", "Reports sought for retrieval", column.sought, excluded)
    yield box("not-retrieved", "Reports not retrieved", column.not_retrieved, awaiting)
    yield box("assessed", "Reports assessed for eligibility", column.assessed, excluded)
    reasons = (Line(one.label, one.n, Link("excluded.md", f"reason-{one.id}")) for one in column.excluded_full_text)
    yield box("excluded-full-text", "Reports excluded", column.n_excluded_full_text, excluded, *reasons)
    yield box(
        "set-aside",
        "Set aside, neither included nor excluded",
        column.awaiting + column.ongoing + column.withdrawn,
        awaiting,
        Line("awaiting classification", column.awaiting),
        Line("ongoing trials", column.ongoing, trials),
        Line("withdrawn trials", column.withdrawn, trials),
    )


def _sources(column: FlowColumn, remark: str) -> Iterator[Line]:
    for kind, name in _KINDS.items():
        of_kind = [count for count in column.per_source if count.source and count.source.kind is kind]
        if of_kind:
            yield Line(name, column.from_kind(kind), Link("searches.md"))
            yield from (_source(count) for count in of_kind)
    yield from (_source(count) for count in column.per_source if count.source is None)
    if remark:
        yield Line(remark, counted=False)


def _source(count: SourceCount) -> Line:
    name, identifier = (count.source.name, count.source.id) if count.source else ("source not recorded", "")
    anchor = f"source-{identifier}" if identifier else ""
    return Line(name, count.n, Link("searches.md", anchor), inner=bool(identifier))


def _ends(flow: Flow) -> Iterator[Box]:
    evidence = Link("evidence.md")
    lines = [Line("reports of them", flow.new_reports)]
    if flow.companion_reports:
        lines.append(Line("of these, not found as records of their own", flow.companion_reports))
    if flow.added_reports:
        lines.append(Line("reports added to studies of the earlier version", flow.added_reports))
    yield Box("new", INCLUDED, "New studies included", flow.new_studies, evidence, tuple(lines))
    total = [Line("reports of them", flow.total_reports)]
    if flow.removed_studies:
        total.append(Line("of the earlier version, taken out since", flow.removed_studies, Link("excluded.md")))
    yield Box("total", INCLUDED, "Studies in the review", flow.total_studies, evidence, tuple(total))

"""The PRISMA 2020 flow diagram for updated reviews, drawn twice: side by side, and in one column for narrow windows.

Words and numbers of the boxes come from `generator.site.tables.flow`. Every box is a link to the list behind it, so a
screen reader is told of a group of links and not of one image.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.site.figures.flow_sheet import GAP, PADDING, Placed, Sheet, Style
from generator.site.tables.flow import Box
from generator.wording.templates import draw as fill

_WIDE, _TALL = Style("wide", 700, 12, 16), Style("tall", 344, 13, 17.5)
_REGISTERED, _OTHER = "New records from databases and registers", "New records from other methods"
_ROWS = (
    ("identified", ("removed", "waiting")),
    ("screened", ("excluded",)),
    ("sought", ("not-retrieved",)),
    ("assessed", ("excluded-full-text", "set-aside")),
)
"""The boxes of a column from top to bottom, each with the boxes at its side."""


@dataclass(frozen=True)
class _Lane:
    """Where a column of the diagram runs: its boxes, those at their side, and the line that joins them."""

    key: str
    x: float
    width: float
    side_x: float
    side_width: float
    spine: float
    beside: bool
    """Whether side boxes stand beside their box, or below it."""


def draw(page: str, boxes: Sequence[Box]) -> Markup:
    """Return both drawings as inline SVG; a rule of style in it shows the one that fits the window."""
    sheets = (_wide(Sheet(_WIDE, page, boxes)), _tall(Sheet(_TALL, page, boxes)))
    return fill("site/figures/flow.svg.j2", sheets=sheets, padding=PADDING)


def _wide(sheet: Sheet) -> Sheet:
    left, width, gap = 35.0, 154.0, 16.0
    at = [left + number * (width + gap) for number in range(4)]
    half = 2 * width + gap
    top = 1.0
    if "previous" in sheet.boxes:
        top = sheet.place("previous", left, top, 2 * half + gap).bottom + GAP
    lanes = [
        _Lane(key, at[place], width, at[place + 1], width, at[place] + width / 2, beside=True)
        for key, place in (("registered", 0), ("other", 2))
    ]
    y = max(sheet.heading(_REGISTERED, at[0], top, half).bottom, sheet.heading(_OTHER, at[2], top, half).bottom) + GAP
    edges = [top]
    for row in _ROWS:
        y = max(_row(sheet, lane, row, y) for lane in lanes) + GAP
        edges.append(y - GAP)
    new = sheet.place("new", at[0], y, half)
    total = sheet.place("total", at[0], new.bottom + GAP, half)
    first, last = sheet.placed["registered-assessed"], sheet.placed["other-assessed"]
    sheet.arrow((lanes[0].spine, first.bottom), (lanes[0].spine, new.y))
    sheet.arrow((lanes[1].spine, last.bottom), (lanes[1].spine, new.middle), (new.right, new.middle))
    _join(sheet, lanes[0].spine, left - 7)
    sheet.stage("Identification", 0, top, edges[1])
    sheet.stage("Screening", 0, edges[1] + GAP, edges[4])
    sheet.stage("Included", 0, new.y, total.bottom)
    return sheet


def _tall(sheet: Sheet) -> Sheet:
    left, width, indent = 20.0, 323.0, 30.0
    y = 1.0
    if "previous" in sheet.boxes:
        y = sheet.place("previous", left, y, width).bottom + GAP
    for key, heading in (("registered", _REGISTERED), ("other", _OTHER)):
        lane = _Lane(key, left, width, left + indent, width - indent, left + indent / 2, beside=False)
        y = sheet.heading(heading, left, y, width).bottom + GAP
        for row in _ROWS:
            y = _row(sheet, lane, row, y) + GAP
    new = sheet.place("new", left, y, width)
    sheet.place("total", left, new.bottom + GAP, width)
    first, last = sheet.placed["registered-assessed"], sheet.placed["other-assessed"]
    margin = left - 8
    sheet.arrow((first.x, first.middle), (margin, first.middle), (margin, new.middle), (new.x, new.middle))
    sheet.arrow((left + indent / 2, last.bottom), (left + indent / 2, new.y))
    _join(sheet, left + indent / 2, left - 16)
    return sheet


def _row(sheet: Sheet, lane: _Lane, row: tuple[str, tuple[str, ...]], y: float) -> float:
    """Place one row of a column, join it to the row above, and return where it ends."""
    name, sides = row
    key = f"{lane.key}-{name}"
    above = _last_main(sheet, lane)
    main = sheet.place(key, lane.x, y, lane.width) if key in sheet.boxes else None
    if main and above:
        sheet.arrow((lane.spine, above.bottom), (lane.spine, main.y))
    below = main.bottom if main else y
    present = [f"{lane.key}-{side}" for side in sides if f"{lane.key}-{side}" in sheet.boxes]
    start = y if lane.beside or main is None else below + GAP
    ends = sheet.stack(present, lane.side_x, start, lane.side_width)
    for side in (sheet.placed[one] for one in present):
        _branch(sheet, lane, main or above, side)
    return max(below, ends)


def _last_main(sheet: Sheet, lane: _Lane) -> Placed | None:
    mains = [sheet.placed.get(f"{lane.key}-{name}") for name, _ in _ROWS]
    return next((main for main in reversed(mains) if main), None)


def _branch(sheet: Sheet, lane: _Lane, main: Placed | None, side: Placed) -> None:
    """Join a side box to its box, or to the line below it when the box ends higher up."""
    if main is None:
        return
    if lane.beside and main.y <= side.middle <= main.bottom:
        sheet.arrow((main.right, side.middle), (side.x, side.middle))
    else:
        sheet.arrow((lane.spine, main.bottom), (lane.spine, side.middle), (side.x, side.middle))


def _join(sheet: Sheet, spine: float, margin: float) -> None:
    """Join the new studies, and the earlier ones along the margin, to all studies."""
    new, total, previous = sheet.placed["new"], sheet.placed["total"], sheet.placed.get("previous")
    sheet.arrow((spine, new.bottom), (spine, total.y))
    if previous:
        sheet.arrow(
            (previous.x, previous.middle), (margin, previous.middle), (margin, total.middle), (total.x, total.middle)
        )

"""A sheet that boxes, headings and arrows of the flow diagram are placed on, each box as high as its words need.

Knows sizes and words, and nothing of where a box belongs: that is decided in `generator.site.figures.flow`.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.review.received import Known
from generator.site.tables.flow import Box, Line
from generator.wording import markdown
from generator.wording.table import NOT_REPORTED

PADDING, GAP, TIP = 8, 20, 5
"""Inside a box, between boxes, and the length of an arrow's tip, in units of the drawing (pixels at full size)."""
_NARROW, _BROAD = frozenset("iljtfrI.,:;'|!()[]- \N{NO-BREAK SPACE}"), frozenset("mwMW@%&")
_BOLD = 1.12
"""How much wider bold letters are."""


@dataclass(frozen=True)
class Style:
    """Name and sizes of a drawing."""

    name: str
    width: int
    font: float
    leading: float


@dataclass(frozen=True)
class Row:
    """One line of text."""

    text: str
    strong: bool = False
    indent: int = 0


@dataclass(frozen=True)
class Placed:
    """A box, a heading or the label of a stage with its place."""

    x: float
    y: float
    width: float
    height: float
    rows: tuple[Row, ...]
    href: str = ""

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2


class Sheet:
    """A drawing while it is made."""

    def __init__(self, style: Style, page: str, boxes: Sequence[Box]) -> None:
        self.style, self._page = style, page
        self.boxes = {box.id: box for box in boxes}
        self.placed: dict[str, Placed] = {}
        self.headings: list[Placed] = []
        self.stages: list[Placed] = []
        self.lines: list[str] = []

    @property
    def height(self) -> float:
        """The height of all that is placed."""
        return max(placed.bottom for placed in self.placed.values()) + 1

    def place(self, key: str, x: float, y: float, width: float) -> Placed:
        """Place a box."""
        box = self.boxes[key]
        rows = tuple(_rows(box, width - 2 * PADDING, self.style.font))
        self.placed[key] = Placed(x, y, width, self._height(rows), rows, markdown.address(self._page, box.link))
        return self.placed[key]

    def stack(self, keys: Sequence[str], x: float, y: float, width: float) -> float:
        """Place boxes below each other and return where the last one ends."""
        for key in keys:
            y = self.place(key, x, y, width).bottom + GAP
        return y - GAP

    def heading(self, text: str, x: float, y: float, width: float) -> Placed:
        """Place a heading."""
        rows = tuple(Row(words, strong=True) for words in wrapped(text, width - 2 * PADDING, self.style.font * _BOLD))
        self.headings.append(Placed(x, y, width, self._height(rows), rows))
        return self.headings[-1]

    def stage(self, text: str, x: float, top: float, bottom: float) -> None:
        """Place the upright label of a stage."""
        self.stages.append(Placed(x, top, self.style.leading + 4, bottom - top, (Row(text, strong=True),)))

    def arrow(self, *points: tuple[float, float]) -> None:
        """Draw an arrow through the points, with its tip at the last."""
        (x, y), before = points[-1], points[-2]
        end = (x - TIP, y) if before[0] < x else (x + TIP, y) if before[0] > x else (x, y - TIP)
        self.lines.append("M" + "L".join(f"{across:g} {down:g}" for across, down in (*points[:-1], end)))

    def _height(self, rows: Sequence[Row]) -> float:
        return 2 * PADDING + len(rows) * self.style.leading - 3


def _rows(box: Box, width: float, font: float) -> Iterator[Row]:
    for text in wrapped(f"{box.label} {_count(box.n)}", width, font * _BOLD):
        yield Row(text, strong=True)
    for line in box.lines:
        indent = 10 if line.inner else 0
        for text in wrapped(_words(line), width - indent, font):
            yield Row(text, indent=indent)


def _words(line: Line) -> str:
    return f"{line.label} {_count(line.n)}" if line.counted else line.label


def _count(n: Known) -> str:
    # no-break spaces keep "(n = 12)" on one line
    return f"({NOT_REPORTED})".replace(" ", "\N{NO-BREAK SPACE}") if n is None else f"(n\u00a0=\u00a0{n})"


def wrapped(text: str, width: float, font: float) -> list[str]:
    """Break text into lines that fit `width`; a word that does not fit by itself is broken too."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        for piece in _pieces(word, width, font):
            longer = f"{line} {piece}" if line else piece
            if line and text_width(longer, font) > width:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line]


def _pieces(word: str, width: float, font: float) -> Iterator[str]:
    piece = ""
    for character in word:
        if piece and text_width(piece + character, font) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def text_width(text: str, font: float) -> float:
    """Return how wide text may be at the size `font`, taking the broadest of the usual sans-serif fonts for measure."""
    return font * sum(_share(character) for character in text)


def _share(character: str) -> float:
    if character in _NARROW:
        return 0.37
    if character in _BROAD:
        return 0.93
    if character.isupper():
        return 0.7
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.61

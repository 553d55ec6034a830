"""A record as its file gives it, in the file's own field names, and the face that every format shows."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.surveillance.formats.reading.export_text import ExportText

FieldNames = Mapping[str, Sequence[str]]
"""What a record is made of (`title`, `authors` …) -> the names of a file's fields that hold it, the best first."""

HEAD = 100_000
"""How many characters of a file are looked at for the beginning of its first record."""

MERGED_FROM = 3
"""So many fields that come once must come twice to show that two records were merged; one or two do so in real files,
such as the title in two languages."""


@dataclass
class Fields:
    """The fields of one record: names of the file -> values in the order of the file."""

    line: int
    """Line on which the record starts, counted from 1."""
    values: dict[str, list[str]] = field(default_factory=dict)
    _tails: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """Continuation lines by name and number of the value; joined late, so that long values take linear time."""

    def add(self, name: str, value: str) -> None:
        """Add a value under a name; the name may be there already."""
        self.values.setdefault(name, []).append(value)

    def lengthen(self, name: str, more: str) -> None:
        """Add a continuation line to the latest value under a name."""
        self._tails.setdefault((name, len(self.values[name]) - 1), []).append(more)

    def all(self, names: Sequence[str]) -> list[str]:
        """Return every value that is not empty, by name and then in the order of the file, on one line each."""
        found = (
            one_line(" ".join([value, *self._tails.get((name, number), ())]))
            for name in names
            for number, value in enumerate(self.values.get(name, ()))
        )
        return [value for value in found if value]

    def first(self, names: Sequence[str]) -> str:
        """Return the first value that is not empty, on one line; an empty text when there is none."""
        return next(iter(self.all(names)), "")


@dataclass(frozen=True)
class Format:
    """One layout of export files."""

    name: str
    """For people: `RIS`, `CSV of Scopus`."""
    recognises: Callable[[str], bool]
    """Whether a text has this layout, by its content."""
    count: Callable[[ExportText], list[int]]
    """The lines on which records start, found in a cheap way that shares no code with `parse`."""
    parse: Callable[[ExportText], list[Fields]]
    """The fields of every record, in the order of the file."""
    names: FieldNames
    """Which fields of a record hold what."""
    once: frozenset[str] = frozenset()
    """Fields that nearly every record has, and once. A record with `MERGED_FROM` of them twice is two in one."""


def one_line(text: str) -> str:
    """Return a value with every run of white space as one blank: line ends and padding are layout, not content."""
    return " ".join(text.split())


def lines_of(pattern: re.Pattern[str], export: ExportText) -> list[int]:
    """Return the lines on which a pattern is found."""
    return [export.line_at(match.end()) for match in pattern.finditer(export.text)]

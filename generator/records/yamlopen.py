"""A mapping or list of a YAML text while it is being read. Knows neither the parser nor what a record is."""

from typing import Any

from generator.problems import Place
from generator.records.yamlfaults import Position

Collection = dict[str, object] | list[object]


def at(event: object) -> Position:
    """Return line and column, from 1, of an event of the parser."""
    known: Any = event
    return known.start_mark.line + 1, known.start_mark.column + 1


class Open:
    """A mapping or list that is being read."""

    __slots__ = ("data", "dropped", "drops", "event", "firsts", "key", "n_values", "names", "place")

    def __init__(self, event: object, place: Place, data: Collection, *, dropped: bool) -> None:
        self.event: Any = event
        self.place = place
        self.data = data
        self.dropped = self.drops = dropped
        """True inside what cannot be kept, such as the value of a key given twice: nothing more is said about it."""
        self.names = isinstance(data, dict)
        """True when a key comes next."""
        self.key = ""
        self.firsts: dict[str, object] = {}
        """The keys so far, each with the event that gave it."""
        self.n_values = 1

    def next_place(self) -> Place:
        """Return the place of the value that comes next."""
        if isinstance(self.data, list):
            return (*self.place, len(self.data))
        return self.place if self.names else (*self.place, self.key)

"""Text of a record <-> data: strict, safe reading of YAML in which the schema, not the spelling, decides the type.

PyYAML's own resolution turns `NO` into False, `012` into 10 and `10.10` into 10.1, keeps the last of two equal keys,
and expands aliases without limit. Here every plain scalar stays the text that was typed; only an empty one is special.
The parser's events are taken one by one, without recursion: no text can exhaust the stack, and composing nodes first
would take several times as long.
The only owner of the YAML library. Knows nothing of records.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.problems import Place
from generator.yamlfaults import Fault, Position, complaint, decode

_Parser: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The C parser where PyYAML was built with it; both give the same events."""

MAX_DEPTH = 40
MAX_BYTES = 1_000_000
MAX_ALIASED = 1_000
"""Values that may come from aliases in one file: enough to repeat a list, far too few for an expansion bomb."""

_COLLECTION_TAGS = frozenset({"!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_WRITE_OUT = "Write the values out."


@dataclass(frozen=True)
class Document:
    """What a file says: mappings, lists, text and None. When there are faults, `data` must not be used."""

    data: object
    faults: tuple[Fault, ...] = ()
    empty: tuple[Place, ...] = ()
    """Places whose value is empty (`key:` or `key: null`)."""


def read(raw: bytes, max_bytes: int = MAX_BYTES) -> Document:
    """Read one YAML document.

    Every fault that can be told apart is reported; a file that is no YAML at all has exactly one.
    """
    reading = _read(raw, max_bytes, None)
    if isinstance(reading, Fault):
        return Document(None, (reading,))
    return Document(reading.root, tuple(reading.faults), tuple(reading.empty))


def locate(raw: bytes, places: Iterable[Place]) -> list[Position]:
    """Return line and column, from 1, of each place: of its key, or of the entry of a list.

    Where a place does not exist (a field that is missing), the position is that of the nearest enclosing one.
    """
    positions: dict[Place, Position] = {(): (1, 1)}
    if isinstance(_read(raw, len(raw), positions), Fault):
        return [(1, 1) for _ in places]
    return [next(positions[place[:n]] for n in range(len(place), -1, -1) if place[:n] in positions) for place in places]


def _read(raw: bytes, max_bytes: int, positions: dict[Place, Position] | None) -> "_Reading | Fault":
    text = decode(raw, max_bytes)
    if isinstance(text, Fault):
        return text
    reading = _Reading(positions)
    try:
        next_event = _Parser(text).get_event  # what yaml.parse does, at half its cost
        take = reading.takers
        while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
            if stop := take[kind](event):
                return stop
    except yaml.YAMLError as error:
        return complaint(text, error)
    return reading if reading.n_documents else Fault(1, 1, "expected a record, found an empty file")


_Collection = dict[str, object] | list[object]
_Valued = yaml.ScalarEvent | yaml.CollectionStartEvent


class _Open:
    """A mapping or list that is being read."""

    __slots__ = ("data", "dropped", "drops", "event", "firsts", "key", "n_values", "names", "place")

    def __init__(self, event: yaml.CollectionStartEvent, place: Place, data: _Collection, *, dropped: bool) -> None:
        self.event = event
        self.place = place
        self.data = data
        self.dropped = self.drops = dropped
        """True inside what cannot be kept, such as the value of a key given twice: nothing more is said about it."""
        self.names = isinstance(data, dict)
        """True when a key comes next."""
        self.key = ""
        self.firsts: dict[str, yaml.Event] = {}
        """The keys so far, each with the event that gave it."""
        self.n_values = 1

    def next_place(self) -> Place:
        """Return the place of the value that comes next."""
        if isinstance(self.data, list):
            return (*self.place, len(self.data))
        return self.place if self.names else (*self.place, self.key)


class _Reading:
    """One conversion of events to data, with what it met on the way."""

    def __init__(self, positions: dict[Place, Position] | None) -> None:
        self.root: object = None
        self.faults: list[Fault] = []
        self.empty: list[Place] = []
        self.n_documents = 0
        self._positions = positions
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[object, int]] = {}
        """Value and number of values behind each anchor; the number is 0 while the value is being read."""
        self._aliased = 0
        self.takers: dict[type[yaml.Event], Callable[[Any], Fault | None]] = {
            yaml.StreamStartEvent: self._ignore,
            yaml.DocumentStartEvent: self._document,
            yaml.DocumentEndEvent: self._ignore,
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
        }
        """What takes the next event of each kind; a fault it returns means that nothing that follows can be read."""

    def _ignore(self, _: yaml.Event) -> None:
        """Pass over an event that says nothing."""

    def _document(self, event: yaml.DocumentStartEvent) -> Fault | None:
        self.n_documents += 1
        if self.n_documents == 1:
            return None
        hint = "Keep one record in a file: remove the line '---'."
        return Fault(*_at(event), "expected YAML, found a second document", hint)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value: str | None = event.value
        if value in _EMPTY and not event.style and not (self._stack and self._stack[-1].names):
            value = None
        if event.tag or event.anchor:
            self._properties(event, _TEXT_TAGS, value, 1)
        self._settle(event, value, 1)

    def _start(self, event: yaml.CollectionStartEvent) -> Fault | None:
        if len(self._stack) == MAX_DEPTH:
            return Fault(*_at(event), f"expected at most {MAX_DEPTH} levels of nesting, found more")
        data: _Collection = {} if isinstance(event, yaml.MappingStartEvent) else []
        if event.tag or event.anchor:
            self._properties(event, _COLLECTION_TAGS, data, 0)
        parent = self._stack[-1] if self._stack else None
        place = parent.next_place() if parent else ()
        self._stack.append(_Open(event, place, data, dropped=parent is not None and (parent.drops or parent.names)))
        if not parent and self._positions is not None:
            self._positions[()] = _at(event)
        return None

    def _end(self, _: yaml.CollectionEndEvent) -> None:
        done = self._stack.pop()
        if done.event.anchor:
            self._anchors[done.event.anchor] = (done.data, done.n_values)
        self._settle(done.event, done.data, done.n_values)

    def _properties(self, event: _Valued, tags: frozenset[str], value: object, n_values: int) -> None:
        """Refuse a tag, and remember what an anchor names."""
        if event.tag and event.tag not in tags:
            self._fault(event, f"expected a plain value, found the tag {event.tag}", "Remove the word with '!'.")
        if event.anchor in self._anchors:
            self._fault(event, f"expected each anchor once, found &{event.anchor} again", _WRITE_OUT)
        if event.anchor:
            self._anchors[event.anchor] = (value, n_values)

    def _alias(self, event: yaml.AliasEvent) -> None:
        value, n_values = self._anchors.get(str(event.anchor), (None, 1))
        n_values = min(n_values, MAX_ALIASED + 1)  # lest the number itself grows beyond all bounds
        if event.anchor not in self._anchors:
            hint = "Put text that starts with * in quotes."
            self._fault(event, f"expected a value, found *{event.anchor}, an alias to nothing", hint)
        elif not n_values:
            self._fault(event, "expected a value, found an alias to what it is part of", _WRITE_OUT)
            value = None
        elif self._aliased <= MAX_ALIASED < self._aliased + n_values:
            self._fault(event, "expected few aliases, found too many", _WRITE_OUT)
        self._aliased += n_values
        self._settle(event, value, n_values)

    def _settle(self, event: yaml.NodeEvent, value: object, n_values: int) -> None:
        """Put a value that is complete where it belongs: a key, the value of a key, the entry of a list, or all."""
        if not self._stack:
            self.root = value
            return
        parent = self._stack[-1]
        parent.n_values += n_values
        if parent.names:
            self._name(event, parent, value)
            return
        if not parent.drops:
            if value is None:
                self.empty.append(parent.next_place())
            if isinstance(parent.data, dict):
                parent.data[parent.key] = value
            else:
                if self._positions is not None:
                    self._positions[parent.next_place()] = _at(event)
                parent.data.append(value)
        parent.names, parent.drops = isinstance(parent.data, dict), parent.dropped

    def _name(self, event: yaml.NodeEvent, parent: _Open, name: object) -> None:
        """Note the key of the value that comes next, unless it cannot be one."""
        if not isinstance(name, str):
            self._fault(event, "expected a name before the colon, found a list or mapping", 'Quote it: "[…]".')
            parent.names, parent.key, parent.drops = False, "", True
            return
        parent.names, parent.key = False, name
        if name in parent.firsts:
            hint = "Keep one of the two; if both matter, they belong in one list."
            first, _ = _at(parent.firsts[name])
            self._fault(event, f"expected each key once, found {name!r} again (first on line {first})", hint)
            parent.drops = True
            return
        parent.firsts[name] = event
        if name == "<<":
            self._fault(event, "expected a name, found the merge key '<<'", _WRITE_OUT)
            parent.drops = True
        elif self._positions is not None and not parent.drops:
            self._positions[parent.next_place()] = _at(event)

    def _fault(self, event: yaml.Event, message: str, hint: str) -> None:
        parent = self._stack[-1] if self._stack else None
        if parent is None or not parent.drops:
            self.faults.append(Fault(*_at(event), message, hint, parent.next_place() if parent else ()))


def _at(event: yaml.Event) -> Position:
    mark: Any = event.start_mark
    return mark.line + 1, mark.column + 1


def dump(data: Mapping[str, object]) -> str:
    """Return YAML that `read` reads back as the same text: one field a line, text quoted wherever it needs it."""
    text: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=2**20, default_flow_style=False)
    return text


def dump_line(data: Mapping[str, object]) -> str:
    """Return YAML on one line, in braces."""
    text: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=2**20, default_flow_style=True)
    return text.rstrip("\n")

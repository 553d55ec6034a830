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
from generator.records.yamlfaults import CUT, CUT_OFF, Fault, Position, complaint, cuts_off, decode, without_repetitions
from generator.records.yamlopen import Collection, Open, at

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
    text = decode(raw, max_bytes)
    if isinstance(text, Fault):
        return Document(None, (text,))
    data = None if CUT.search(text) else _read_plain(text)
    if data is not None:
        return Document(data)
    reading = _read(text, None)
    if isinstance(reading, Fault):
        return Document(None, (reading,))
    return Document(reading.root, without_repetitions(reading.faults), tuple(reading.empty))


def locate(raw: bytes, places: Iterable[Place]) -> list[Position]:
    """Return line and column, from 1, of each place: of its key or list entry, else of what encloses it."""
    positions: dict[Place, Position] = {(): (1, 1)}
    text = decode(raw, len(raw))
    if isinstance(text, Fault) or isinstance(_read(text, positions), Fault):
        return [(1, 1) for _ in places]
    return [next(positions[place[:n]] for n in range(len(place), -1, -1) if place[:n] in positions) for place in places]


def _read_plain(text: str) -> object:
    """Return what a text says in which nothing has to be reported, as nearly every record is written; else None.

    Half as long as `_read`, which tells the rest: faults, empty values, tags, anchors and where something stands.
    """
    values: list[Any] = []  # of the collection that is being read; of a mapping, keys and values in turn
    outer: list[list[Any]] = []
    try:
        next_event = _Parser(text).get_event  # what yaml.parse does, at half its cost
        while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
            if kind is yaml.ScalarEvent:
                if event.tag or event.anchor or (event.value in _EMPTY and not event.style):
                    return None
                values.append(event.value)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if event.tag or event.anchor or len(outer) == MAX_DEPTH:
                    return None
                outer.append(values)
                values = []
            elif kind is yaml.MappingEndEvent:
                mapping = dict(zip(values[::2], values[1::2], strict=True))
                if 2 * len(mapping) != len(values) or "<<" in mapping:
                    return None
                values = outer.pop()
                values.append(mapping)
            elif kind is yaml.SequenceEndEvent:
                outer[-1].append(values)
                values = outer.pop()
            elif kind is yaml.AliasEvent:
                return None
    except (yaml.YAMLError, TypeError):  # no YAML, or a list or mapping as a key
        return None
    return values[0] if len(values) == 1 else None


def _read(text: str, positions: dict[Place, Position] | None) -> "_Reading | Fault":
    reading = _Reading(text, positions)
    try:
        next_event = _Parser(text).get_event
        take = reading.takers
        while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
            if (taker := take.get(kind)) and (stop := taker(event)):
                return stop
    except yaml.YAMLError as error:
        return complaint(text, error)
    return reading if reading.n_documents else Fault(1, 1, "expected a record, found an empty file")


class _Reading:
    """One conversion of events to data, with what it met on the way."""

    def __init__(self, text: str, positions: dict[Place, Position] | None) -> None:
        self._text = text
        self.root: object = None
        self.faults: list[Fault] = []
        self.empty: list[Place] = []
        self.n_documents = 0
        self._positions = positions
        self._stack: list[Open] = []
        self._anchors: dict[str, tuple[object, int]] = {}
        """Value and number of values behind each anchor; the number is 0 while the value is being read."""
        self._aliased = 0
        self.takers: dict[type[yaml.Event], Callable[[Any], Fault | None]] = {
            yaml.DocumentStartEvent: self._document,
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
        }
        """What takes an event of each kind that says something; a fault it returns means that reading stops there."""

    def _document(self, event: yaml.DocumentStartEvent) -> Fault | None:
        self.n_documents += 1
        if self.n_documents == 1:
            return None
        hint = "Move what follows '---' to a file of its own, or remove that line."
        return Fault(*at(event), "expected one record in a file, found the start of a second one", hint)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value: str | None = event.value
        if value in _EMPTY and not event.style and not (self._stack and self._stack[-1].names):
            value = None
        if event.tag or event.anchor:
            self._properties(event, _TEXT_TAGS, value, 1)
        if not event.style and event.end_mark and cuts_off(self._text, event.end_mark.index):
            self._fault(event, *CUT_OFF)
        self._settle(event, value, 1)

    def _start(self, event: yaml.CollectionStartEvent) -> Fault | None:
        if len(self._stack) == MAX_DEPTH:
            return Fault(*at(event), f"expected at most {MAX_DEPTH} levels of nesting, found more")
        data: Collection = {} if isinstance(event, yaml.MappingStartEvent) else []
        if event.tag or event.anchor:
            self._properties(event, _COLLECTION_TAGS, data, 0)
        parent = self._stack[-1] if self._stack else None
        place = parent.next_place() if parent else ()
        self._stack.append(Open(event, place, data, dropped=parent is not None and (parent.drops or parent.names)))
        if not parent and self._positions is not None:
            self._positions[()] = at(event)
        return None

    def _end(self, _: yaml.CollectionEndEvent) -> None:
        done = self._stack.pop()
        if done.event.anchor:
            self._anchors[done.event.anchor] = (done.data, done.n_values)
        self._settle(done.event, done.data, done.n_values)

    def _properties(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, tags: frozenset[str], value: object, n_values: int
    ) -> None:
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
                    self._positions[parent.next_place()] = at(event)
                parent.data.append(value)
        parent.names, parent.drops = isinstance(parent.data, dict), parent.dropped

    def _name(self, event: yaml.NodeEvent, parent: Open, name: object) -> None:
        """Note the key of the value that comes next, unless it cannot be one."""
        if not isinstance(name, str):
            self._fault(event, "expected a name before the colon, found a list or mapping", 'Quote it: "[…]".')
            parent.names, parent.key, parent.drops = False, "", True
            return
        parent.names, parent.key = False, name
        if name in parent.firsts:
            hint = "Keep one of the two; if both matter, they belong in one list."
            first, _ = at(parent.firsts[name])
            self._fault(event, f"expected each key once, found {name!r} again (first on line {first})", hint)
            parent.drops = True
            return
        parent.firsts[name] = event
        if name == "<<":
            self._fault(event, "expected a name, found the merge key '<<'", _WRITE_OUT)
            parent.drops = True
        elif self._positions is not None and not parent.drops:
            self._positions[parent.next_place()] = at(event)

    def _fault(self, event: yaml.Event, message: str, hint: str) -> None:
        parent = self._stack[-1] if self._stack else None
        if parent is None or not parent.drops:
            self.faults.append(Fault(*at(event), message, hint, parent.next_place() if parent else ()))


def dump(data: Mapping[str, object], *, on_one_line: bool = False) -> str:
    """Return YAML that `read` reads back as the same text: one field a line, text quoted wherever it needs it."""
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=2**20, default_flow_style=on_one_line))


def dump_line(data: Mapping[str, object]) -> str:
    """Return YAML on one line, in braces."""
    return dump(data, on_one_line=True).rstrip("\n")

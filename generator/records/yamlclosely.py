"""A YAML text -> data, with every fault that can be told apart, every empty value and where each thing stands."""

from collections.abc import Callable
from typing import Any

import yaml

from generator.problems import Place
from generator.records.yamlfaults import CUT_OFF, Fault, Position, complaint, cuts_off
from generator.records.yamlopen import Collection, Open, at
from generator.records.yamlplain import EMPTY, MAX_DEPTH, PARSER

MAX_ALIASED = 1_000
"""Values that may come from aliases in one file: enough to repeat a list, far too few for an expansion bomb."""

_COLLECTION_TAGS = frozenset({"!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_WRITE_OUT = "Write the values out."


def read_closely(text: str, positions: dict[Place, Position] | None) -> "Reading | Fault":
    """Return what a text says, or the one fault of a text that is no YAML at all; `positions` is filled if given."""
    reading = Reading(text, positions)
    try:
        next_event = PARSER(text).get_event
        take = reading.takers
        while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
            if (taker := take.get(kind)) and (stop := taker(event)):
                return stop
    except yaml.YAMLError as error:
        return complaint(text, error)
    return reading if reading.n_documents else Fault(1, 1, "expected a record, found an empty file")


class Reading:
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
        if value in EMPTY and not event.style and not (self._stack and self._stack[-1].names):
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

"""A YAML text without anything to report -> data, quickly; of any other it says only that it is none.

The parser's events are taken one by one, without recursion: no text can exhaust the stack, and composing nodes first
would take longer.
"""

from typing import Any

import yaml

PARSER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The C parser where PyYAML was built with it; both give the same events."""
MAX_DEPTH = 40
EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain values that say nothing."""

_Scalar, _Alias = yaml.ScalarEvent, yaml.AliasEvent
_MappingStart, _MappingEnd = yaml.MappingStartEvent, yaml.MappingEndEvent
_SequenceStart, _SequenceEnd = yaml.SequenceStartEvent, yaml.SequenceEndEvent


def read_plainly(text: str) -> object:
    """Return what a text says in which nothing has to be reported, as nearly every record is written; else None.

    `generator.records.yamlclosely` tells the rest: faults, empty values, tags, anchors and where something stands.
    """
    values: list[Any] = []  # of the collection that is being read; of a mapping, keys and values in turn
    outer: list[list[Any]] = []
    try:
        for event in iter(PARSER(text).get_event, None):  # what yaml.parse does, at half its cost
            kind = type(event)
            if kind is _Scalar:
                value = event.value
                if event.tag or event.anchor or (value in EMPTY and not event.style):
                    return None
                values.append(value)
            elif kind is _MappingEnd:
                each = iter(values)
                mapping = dict(zip(each, each, strict=True))
                if 2 * len(mapping) != len(values) or "<<" in mapping:
                    return None
                values = outer.pop()
                values.append(mapping)
            elif kind is _MappingStart or kind is _SequenceStart:
                if event.tag or event.anchor or len(outer) == MAX_DEPTH:
                    return None
                outer.append(values)
                values = []
            elif kind is _SequenceEnd:
                outer[-1].append(values)
                values = outer.pop()
            elif kind is _Alias:
                return None
    except (yaml.YAMLError, TypeError):  # no YAML, or a list or mapping as a key
        return None
    return values[0] if len(values) == 1 else None

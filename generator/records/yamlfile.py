"""Text of a record <-> data: strict, safe reading of YAML in which the schema, not the spelling, decides the type.

PyYAML's own resolution turns `NO` into False, `012` into 10 and `10.10` into 10.1, keeps the last of two equal keys,
and expands aliases without limit. Here every plain scalar stays the text that was typed; only an empty one is special.
Nearly every record is read at first go (`generator.records.yamlplain`); one in which something has to be reported or
located is read again, closely (`generator.records.yamlclosely`). Knows nothing of records.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

from generator.problems import Place
from generator.records.yamlclosely import read_closely
from generator.records.yamlfaults import Fault, Position, decode, may_cut_off, without_repetitions
from generator.records.yamlplain import read_plainly

MAX_BYTES = 1_000_000


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
    data = None if may_cut_off(text) else read_plainly(text)
    if data is not None:
        return Document(data)
    reading = read_closely(text, None)
    if isinstance(reading, Fault):
        return Document(None, (reading,))
    return Document(reading.root, without_repetitions(reading.faults), tuple(reading.empty))


def locate(raw: bytes, places: Iterable[Place]) -> list[Position]:
    """Return line and column, from 1, of each place: of its key or list entry, else of what encloses it."""
    positions: dict[Place, Position] = {(): (1, 1)}
    text = decode(raw, len(raw))
    if isinstance(text, Fault) or isinstance(read_closely(text, positions), Fault):
        return [(1, 1) for _ in places]
    return [next(positions[place[:n]] for n in range(len(place), -1, -1) if place[:n] in positions) for place in places]


def dump(data: Mapping[str, object], *, on_one_line: bool = False) -> str:
    """Return YAML that `read` reads back as the same text: one field a line, text quoted wherever it needs it."""
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=2**20, default_flow_style=on_one_line))


def dump_line(data: Mapping[str, object]) -> str:
    """Return YAML on one line, in braces."""
    return dump(data, on_one_line=True).rstrip("\n")

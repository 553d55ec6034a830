"""Text of a record <-> data: strict, safe reading of YAML in which the schema, not the spelling, decides the type.

PyYAML's own resolution turns `NO` into False, `012` into 10 and `10.10` into 10.1, keeps the last of two equal keys,
and expands aliases without limit. Here every plain scalar stays the text that was typed; only an empty one is special.
The only owner of the YAML library. Knows nothing of records.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from generator.problems import Place

_Parser: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The C parser where PyYAML was built with it; both give the same nodes. It resolves every scalar to text."""

MAX_DEPTH = 40
MAX_BYTES = 1_000_000
MAX_ALIASED = 1_000
"""Nodes that may come from aliases in one file: enough to repeat a list, far too few for an expansion bomb."""

_MAP, _SEQ, _STR = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:str"
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True)
class Fault:
    """Why a file, or a part of it, could not be read. Lines and columns count from 1."""

    line: int
    column: int
    message: str
    hint: str = ""
    place: Place = ()


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
    decoded = _decode(raw, max_bytes)
    if isinstance(decoded, Fault):
        return Document(None, (decoded,))
    node = _compose(decoded)
    if isinstance(node, Fault):
        return Document(None, (node,))
    if node is None:
        return Document(None, (Fault(1, 1, "expected a record, found an empty file"),))
    reading = _Reading()
    data = reading.convert(node, ())
    return Document(data, tuple(reading.faults), tuple(reading.empty))


def locate(raw: bytes, places: list[Place]) -> list[tuple[int, int]]:
    """Return line and column, from 1, of each place: of its key, or of the entry of a list.

    Where a place does not exist (a field that is missing), the position is that of the nearest enclosing one.
    """
    decoded = _decode(raw, len(raw) + 1)
    root = _compose(decoded) if isinstance(decoded, str) else None
    if not isinstance(root, yaml.Node):
        return [(1, 1)] * len(places)
    return [_position(root, place) for place in places]


def _position(root: yaml.Node, place: Place) -> tuple[int, int]:
    node: yaml.Node = root
    mark: Any = root.start_mark
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                break
            mark, node = pair[0].start_mark, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            mark = node.start_mark
        else:
            break
    return mark.line + 1, mark.column + 1


def _decode(raw: bytes, max_bytes: int) -> str | Fault:
    if len(raw) > max_bytes:
        return Fault(
            1, 1, f"expected at most {max_bytes:,} bytes, found {len(raw):,}", "Split the record, or ask for help."
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(1, 1, "expected UTF-8 text, found UTF-16", "Save the file again with the encoding UTF-8.")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        return Fault(
            line,
            column,
            f"expected UTF-8 text, found the byte 0x{raw[error.start]:02x}",
            "Save the file again with the encoding UTF-8 (not Latin-1 or Windows-1252).",
        )
    return _too_deep(text) or text


def _too_deep(text: str) -> Fault | None:
    """Refuse deep nesting before the parser recurses into it.

    The C parser composes recursively and would end the process. A cheap upper bound comes first; only when it is
    exceeded are the parser's events, which do not recurse, counted.
    """
    level = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        level = level + 1 if bracket in "[{" else max(0, level - 1)
        deepest = max(deepest, level)
    leading = max((len(indent) for indent in re.findall(r"^[ \-?:]+", text, re.MULTILINE)), default=0)
    if deepest + leading <= MAX_DEPTH:
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Parser):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    mark: Any = event.start_mark
                    return Fault(
                        mark.line + 1, mark.column + 1, f"expected at most {MAX_DEPTH} levels of nesting, found more"
                    )
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return None  # composing explains it
    return None


_EXPLANATIONS = (
    (
        "mapping values are not allowed",
        "found ': ' where it cannot stand",
        'Quote text that holds ": ", or mend the indent.',
    ),
    (
        "while scanning a quoted scalar",
        "found a quotation mark that is never closed",
        "Close it, or double it inside the text.",
    ),
    (
        "could not find expected ':'",
        "found a line that is no `key: value`",
        "Give the line a key, or indent it under its key.",
    ),
    (
        "did not find expected key",
        "found a line that does not fit",
        "Check its indentation, and quote text that holds quotes.",
    ),
    (
        "did not find expected '-' indicator",
        "found a line outside its list",
        "Start each entry of the list with '- ', all alike.",
    ),
    ("did not find expected ',' or", "found a list or mapping in brackets that is not closed", "Close it with ] or }."),
    ("block sequence entries are not allowed", "found a list where none can stand", "Start the list on the next line."),
    (
        "found character that cannot start any token",
        "found a character that text cannot start with",
        "Put the text in quotes.",
    ),
    ("undefined alias", "found '*', which starts an alias", "Put text that starts with * in quotes."),
    ("expected alphabetic or numeric character", "found & or *, which have a meaning here", "Put the text in quotes."),
    ("control characters are not allowed", "found a control character", "Type the line again instead of pasting it."),
    ("special characters are not allowed", "found a control character", "Type the line again instead of pasting it."),
    ("but found another document", "found a second document", "Keep one record in a file: remove the line '---'."),
    ("found duplicate anchor", "found an anchor given twice", "Write the values out instead of using & and *."),
)
"""What libyaml and PyYAML say, as people who do not know YAML would say it."""


def _compose(text: str) -> yaml.Node | Fault | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Parser)
    except yaml.YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        said = str(error)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if "cannot start any token" in said and "\t" in text.splitlines()[line - 1][:column]:
            return Fault(
                line, column, "expected YAML, found a tab", "Indent with spaces; YAML does not allow tabs there."
            )
        for needle, message, hint in _EXPLANATIONS:
            if needle in said:
                return Fault(line, column, f"expected YAML, {message}", hint)
        return Fault(line, column, f"expected YAML, {getattr(error, 'problem', None) or said.splitlines()[0]}")
    return node


class _Reading:
    """One conversion of nodes to data, with what it met on the way."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.empty: list[Place] = []
        self._seen: set[int] = set()
        self._open: set[int] = set()
        self._aliased = 0
        self._exploded = False

    def convert(self, node: yaml.Node, place: Place) -> object:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if not isinstance(node, yaml.CollectionNode) or not self._enter(node, place):
            return None
        if isinstance(node, yaml.MappingNode):
            data: object = dict(self._pairs(node, place))
        else:
            data = [self.convert(child, (*place, index)) for index, child in enumerate(node.value)]
        self._open.discard(id(node))
        return data

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> str | None:
        if node.tag not in (_STR, "!"):
            self._tag_fault(node, place)
        if not node.style and node.value in _EMPTY:
            self.empty.append(place)
            return None
        value: str = node.value
        return value

    def _enter(self, node: yaml.CollectionNode, place: Place) -> bool:
        """Note that a mapping or list is being read; refuse endless and exploding aliases."""
        key = id(node)
        if key in self._open:
            self._fault(node, place, "expected a value, found an alias to what it is part of", "Write the values out.")
            return False
        if key in self._seen:
            self._aliased += _size(node)
            if self._aliased > MAX_ALIASED:
                if not self._exploded:
                    self._fault(node, place, "expected few aliases, found too many", "Write the values out.")
                self._exploded = True
                return False
        if node.tag not in (_MAP, _SEQ):
            self._tag_fault(node, place)
        self._seen.add(key)
        self._open.add(key)
        return True

    def _pairs(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, object]]:
        first: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, place, "expected a name before the colon, found a list or mapping", 'Quote it: "[…]".')
                continue
            name: str = key.value
            if name in first:
                self._fault(
                    key,
                    (*place, name),
                    f"expected each key once, found {name!r} again (first on line {first[name]})",
                    "Keep one of the two; if both matter, they belong in one list.",
                )
                continue
            if name == "<<":
                self._fault(key, (*place, name), "expected a name, found the merge key '<<'", "Write the values out.")
                continue
            first[name] = key.start_mark.line + 1
            yield name, self.convert(value, (*place, name))

    def _tag_fault(self, node: yaml.Node, place: Place) -> None:
        self._fault(node, place, f"expected a plain value, found the tag {node.tag}", "Remove the word with '!'.")

    def _fault(self, node: yaml.Node, place: Place, message: str, hint: str) -> None:
        self.faults.append(Fault(node.start_mark.line + 1, node.start_mark.column + 1, message, hint, place))


def _size(node: yaml.Node, limit: int = MAX_ALIASED + 1) -> int:
    """Return how many nodes `node` expands to, but never count further than `limit`."""
    stack, count = [node], 0
    while stack and count < limit:
        current = stack.pop()
        count += 1
        if isinstance(current, yaml.MappingNode):
            stack.extend(value for _, value in current.value)
        elif isinstance(current, yaml.SequenceNode):
            stack.extend(current.value)
    return count

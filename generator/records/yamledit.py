"""Text of a record -> the same text with one value more or changed; all other bytes stay as they were.

Comments, order, quoting, indentation and line ends belong to the person who wrote the file: the text is never written
anew, only spliced where the value stands. The result is read again, and when it differs from the old data in anything
but what was asked for, nothing is changed. The only owner of ruamel.yaml, which says where each value stands; it never
writes. Knows nothing of records, and removes nothing.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from generator.problems import Place
from generator.records import yamlfile
from generator.records.yamlspelling import Data, in_brackets, lines_of_key, lines_of_member, spelled_key

Orders = Mapping[Place, Sequence[str]]
"""The usual order of the keys of a mapping, by its place; a new key comes after the nearest that precedes it there."""
_MARK = "\ufeff"
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*(?P<comment>[ \t]+#[^\r\n]*)?")


class EditError(Exception):
    """The text cannot be changed without touching more than what was asked for. Nothing has changed."""


def put(text: str, place: Place, value: Data, orders: Orders | None = None) -> str:
    """Return `text` with `value` at `place`, instead of what stands there or as a new key.

    Mappings on the way that are missing are added. Raises `EditError` when nothing but the value cannot be changed:
    where it is an alias, or a list over several lines with comments.
    """
    sheet = _Sheet(text)
    nodes = sheet.along(place)
    if len(nodes) > len(place):
        return sheet.checked(sheet.replaced(nodes, value), place, value)
    depth = len(nodes) - 1
    added = value
    for step in reversed(place[depth + 1 :]):
        added = {_name(step): added}
    order = (orders or {}).get(place[:depth], ())
    return sheet.checked(sheet.with_key(nodes, _name(place[depth]), added, order), place[: depth + 1], added)


def append(text: str, place: Place, value: Data, orders: Orders | None = None) -> str:
    """Return `text` with `value` at the end of the list at `place`; a missing list is added. Raises `EditError`."""
    sheet = _Sheet(text)
    nodes = sheet.along(place)
    if len(nodes) <= len(place):
        return put(text, place, [value], orders)
    listed = nodes[-1]
    if not isinstance(listed, SequenceNode):
        raise EditError(f"expected a list at {_spelled(place)}, found something else")
    return sheet.checked(sheet.with_member(nodes, value), (*place, len(listed.value)), value)


def _name(step: str | int) -> str:
    if isinstance(step, int):
        raise EditError(f"expected a value at position {step} of a list, found none")
    return step


def _spelled(place: Place) -> str:
    return ".".join(map(str, place)) or "the top"


class _Sheet:
    """A text, and where in it each value stands."""

    def __init__(self, text: str) -> None:
        self._bom = _MARK if text.startswith(_MARK) else ""
        self._text = text.removeprefix(_MARK)
        self._newline = "\r\n" if "\r\n" in text else "\n"
        document = yamlfile.read(text.encode())
        if document.faults:
            raise EditError(f"line {document.faults[0].line}: {document.faults[0].message}")
        self._data = document.data
        try:
            self._root: Node | None = YAML(typ="safe", pure=True).compose(self._text)
        except YAMLError as error:
            raise EditError(f"the text can be read in more than one way: {error}") from None

    def along(self, place: Place) -> list[Node]:
        """Return the values on the way to `place`, from the whole document on, as far as they are there."""
        if self._root is None:
            raise EditError("expected fields with names, found nothing")
        nodes = [self._root]
        for step in place:
            inner = _inner(nodes[-1], step)
            if inner is None:
                break
            nodes.append(inner)
        return nodes

    def replaced(self, nodes: Sequence[Node], value: Data) -> str:
        """Return the text with another value instead of the last of `nodes`."""
        node = nodes[-1]
        if _is_empty(node):
            return self._filled(nodes, value)
        start: int = node.start_mark.index
        end = self._end(node)
        old = self._text[start:end]
        comment = ""
        if isinstance(node, ScalarNode):
            header = _BLOCK_HEADER.match(old) if node.style in ("|", ">") else None
            comment = (header["comment"] or "") if header else ""
        elif isinstance(node, CollectionNode) and not node.flow_style and "#" in old:
            raise EditError("expected a list without comments to replace, found some in it")
        first, *more = self._instead(nodes, value, end)
        return self._text[:start] + self._newline.join([first + comment, *more]) + self._text[end:]

    def _filled(self, nodes: Sequence[Node], value: Data) -> str:
        """Return the text with a value behind a key that has none."""
        pairs = nodes[-2].value if len(nodes) > 1 and isinstance(nodes[-2], MappingNode) else ()
        at = next((self._end_of_pair(*pair) for pair in pairs if pair[1] is nodes[-1]), 0)
        return f"{self._text[:at]} {in_brackets(value)}{self._text[at:]}"

    def _instead(self, nodes: Sequence[Node], value: Data, end: int) -> list[str]:
        """Return the lines of a value that comes instead of the last of `nodes`, which ends at `end`."""
        alone = not self._text[end:].partition("\n")[0].strip()
        if not alone or not isinstance(value, str) or len(nodes) < 2 or not isinstance(nodes[-2], MappingNode):
            return [in_brackets(value)]
        if _is_in_brackets(nodes):
            return [in_brackets(value)]
        key = next(str(given.value) for given, held in nodes[-2].value if held is nodes[-1])
        first, *more = lines_of_key(key, value, nodes[-2].start_mark.column)
        return [first.removeprefix(f"{spelled_key(key)}: "), *more]

    def with_key(self, nodes: Sequence[Node], key: str, value: Data, order: Sequence[str]) -> str:
        """Return the text with a new key in the mapping that is the last of `nodes`."""
        mapping = nodes[-1]
        if not isinstance(mapping, MappingNode):
            raise EditError(f"expected fields with names to add {key!r} to, found something else")
        keys = [one for one, _ in mapping.value]
        position = _position([str(one.value) for one in keys], key, order)
        if _is_in_brackets(nodes):
            spelled = f"{spelled_key(key)}: {in_brackets(value)}"
            return self._in_brackets(mapping, keys, position, spelled)
        column: int = mapping.start_mark.column
        spread = any(isinstance(held, MappingNode) and not held.flow_style for _, held in mapping.value[-1:])
        lines = lines_of_key(key, value, column, spread=spread)
        if position == 0:
            start: int = mapping.value[0][0].start_mark.index
            added = "".join(f"{line}{self._newline}" for line in lines) + " " * column
            return self._text[:start] + added + self._text[start:]
        return self._with_lines(self._end_of_pair(*mapping.value[position - 1]), column, " " * column, lines)

    def with_member(self, nodes: Sequence[Node], value: Data) -> str:
        """Return the text with a new value at the end of the list that is the last of `nodes`."""
        listed = nodes[-1]
        if _is_in_brackets(nodes):
            return self._in_brackets(listed, listed.value, len(listed.value), in_brackets(value))
        column: int = listed.start_mark.column
        last = listed.value[-1]
        spread = isinstance(last, MappingNode) and not last.flow_style
        lines = lines_of_member(value, column, spread=spread)
        around: int = nodes[-2].start_mark.column if len(nodes) > 1 else 0
        return self._with_lines(self._end(last), around, " " * column, lines)

    def _in_brackets(self, node: Node, members: Sequence[Node], position: int, spelled: str) -> str:
        """Return the text with a new member before the one at `position` in a pair of brackets."""
        if not members:
            at, added = node.start_mark.index + 1, spelled
        elif position == 0:
            at, added = members[0].start_mark.index, f"{spelled}, "
        else:
            before = node.value[position - 1]
            at = self._end_of_pair(*before) if isinstance(before, tuple) else self._end(before)
            added = f", {spelled}"
        return self._text[:at] + added + self._text[at:]

    def _with_lines(self, before: int, around: int, indent: str, lines: Sequence[str]) -> str:
        """Return the text with new lines after the value that ends at `before`, and after what belongs to it.

        The rest of its last line belongs to it, and comments below that are indented deeper than column `around`.
        """
        end = self._text.find("\n", before) + 1 or len(self._text)
        comments = re.compile(rf"(?:(?:[ \t]*\r?\n)*[ ]{{{around + 1},}}#[^\n]*(?:\n|$))+").match(self._text, end)
        at: int = comments.end() if comments else end
        ended = self._newline if at and self._text[at - 1] != "\n" else ""
        added = ended + indent + self._newline.join(lines) + self._newline
        return self._text[:at] + added + self._text[at:]

    def _end(self, node: Node) -> int:
        """Return where the content of a value ends, without the blanks and comments after it."""
        if isinstance(node, CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end_of_pair(*last) if isinstance(last, tuple) else self._end(last)
        start, end = node.start_mark.index, node.end_mark.index
        return int(start) + len(self._text[start:end].rstrip())

    def _end_of_pair(self, key: Node, value: Node) -> int:
        return int(key.end_mark.index) + len(":") if _is_empty(value) else self._end(value)

    def checked(self, edited: str, place: Place, value: Data) -> str:
        """Return the edited text when it says what the old one said and has `value` at `place`, and nothing else."""
        expected = _with(_copied(self._data), place, value)
        document = yamlfile.read(edited.encode())
        if document.faults or document.data != expected:
            raise EditError(f"{_spelled(place)} cannot be changed without changing more of the file")
        return self._bom + edited


def _is_empty(node: Node) -> bool:
    return bool(node.start_mark.index == node.end_mark.index)


def _is_in_brackets(nodes: Sequence[Node]) -> bool:
    return any(node.flow_style for node in nodes if isinstance(node, CollectionNode))


def _inner(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]
    return None


def _position(names: Sequence[str], key: str, order: Sequence[str]) -> int:
    """Return before which of the keys a new one comes: after the nearest that precedes it in `order`, or at the end."""
    if key not in order:
        return len(names)
    earlier = set(order[: order.index(key)])
    return max((position for position, one in enumerate(names, 1) if one in earlier), default=0)


def _copied(data: object) -> object:
    """Return a copy in which nothing stands in two places, as it does behind an alias."""
    if isinstance(data, dict):
        return {key: _copied(held) for key, held in data.items()}
    return [_copied(held) for held in data] if isinstance(data, list) else data


def _with(data: Any, place: Place, value: Data) -> object:  # noqa: ANN401 - what a file holds has no narrower type
    """Return `data` with `value` at `place`, a new key or the end of a list included."""
    if not place:
        return value
    held = data
    for step in place[:-1]:
        held = held[step]
    if isinstance(held, list) and place[-1] == len(held):
        held.append(value)
    else:
        held[place[-1]] = value
    return data

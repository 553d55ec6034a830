"""Values -> YAML as a person would write it: plain where it can be, quoted where it must be, folded when it is long.

Only spells; `generator.records.yamledit` puts the words where they belong and reads them back. Knows no record.
"""

import re
import textwrap
from collections.abc import Mapping, Sequence

Data = str | Sequence["Data"] | Mapping[str, "Data"]
"""What a record is made of: text, lists, and mappings with names."""

WIDTH = 120
"""Lines are not longer than this where they can be broken."""
_PLAIN = re.compile(r"[^\W_](?:[\w ./+()-]*[\w.)])?")
_PLAIN_IN_A_LINE = re.compile(r"[^\W_](?:[\w ./+(),;%-]*[\w.)%])?")
"""Outside brackets a comma says nothing to YAML."""
_AMBIGUOUS = frozenset({"null", "yes", "no", "on", "off", "y", "n"})
"""Words that other readers of YAML take for something else than text; `true` and `false` are meant so in records."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def in_brackets(value: Data) -> str:
    """Return a value on one line, as it can stand between brackets and anywhere else."""
    if isinstance(value, str):
        return _spelled(value, _PLAIN)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{spelled_key(key)}: {in_brackets(held)}" for key, held in value.items()) + "}"
    return "[" + ", ".join(in_brackets(held) for held in value) + "]"


def spelled_key(key: str) -> str:
    """Return a key; `on` and `no` are names like any other here."""
    return key if _PLAIN.fullmatch(key) else _spelled(key, _PLAIN)


def lines_of_key(key: str, value: Data, column: int, *, spread: bool = False) -> list[str]:
    """Return the lines of `key: value`; the first is to be put at `column`, the others are indented already.

    `spread` gives each key of a mapping its own line, however short it is.
    """
    start = f"{spelled_key(key)}:"
    short = _spelled(value, _PLAIN_IN_A_LINE) if isinstance(value, str) else in_brackets(value)
    fits = column + len(start) + 1 + len(short) <= WIDTH and not (spread and isinstance(value, Mapping))
    if fits or not value:
        return [f"{start} {short}"]
    inner = column + 2
    if isinstance(value, str):
        if not _can_fold(value):
            return [f"{start} {short}"]
        folded = textwrap.wrap(value, WIDTH - inner, break_long_words=False, break_on_hyphens=False)
        return [f"{start} >-", *(" " * inner + line for line in folded)]
    if isinstance(value, Mapping):
        parts = [lines_of_key(inner_key, held, inner) for inner_key, held in value.items()]
        return [start, *(line for first, *more in parts for line in (" " * inner + first, *more))]
    members = [lines_of_member(held, inner) for held in value]
    return [start, *(line for first, *more in members for line in (" " * inner + first, *more))]


def lines_of_member(value: Data, column: int, *, spread: bool = False) -> list[str]:
    """Return the lines of `- value`; the first is to be put at `column`, the others are indented already.

    `spread` as for keys.
    """
    short = in_brackets(value)
    if not isinstance(value, Mapping) or not value or (not spread and column + 2 + len(short) <= WIDTH):
        return [f"- {short}"]
    first, *others = (lines_of_key(key, held, column + 2) for key, held in value.items())
    lines = [f"- {first[0]}", *first[1:]]
    return lines + [line for start, *more in others for line in (" " * (column + 2) + start, *more)]


def _spelled(text: str, plain: re.Pattern[str]) -> str:
    if plain.fullmatch(text) and text.lower() not in _AMBIGUOUS:
        return text
    return '"' + "".join(_ESCAPES.get(one) or (one if one.isprintable() else _escaped(one)) for one in text) + '"'


def _escaped(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _can_fold(text: str) -> bool:
    """Return whether folding and unfolding gives the same text: single blanks between words and nothing invisible."""
    return text.isprintable() and " ".join(text.split(" ")) == " ".join(text.split()) and "  " not in text

"""Why the text of a record cannot be read, in words for people who do not know YAML.

Holds what can be said before and instead of reading: the encoding, forbidden characters, and what libyaml and PyYAML
complain about. Reading itself is the task of `generator.records.yamlfile`.
"""

import re
from dataclasses import dataclass
from typing import Any

from generator.problems import Place

Position = tuple[int, int]
"""Line and column, both counted from 1."""

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML 1.1 does not allow (section 5.1, c-printable)."""


@dataclass(frozen=True)
class Fault:
    """Why a file, or a part of it, could not be read. Lines and columns count from 1."""

    line: int
    column: int
    message: str
    hint: str = ""
    place: Place = ()


def decode(raw: bytes, max_bytes: int) -> str | Fault:
    """Return the text of a file, or why it is none."""
    if len(raw) > max_bytes:
        return Fault(
            1, 1, f"expected at most {max_bytes:,} bytes, found {len(raw):,}", "Split the record, or ask for help."
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(1, 1, "expected UTF-8 text, found UTF-16", "Save the file again with the encoding UTF-8.")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line, column = _after(raw[: error.start].decode("utf-8"))
        return Fault(
            line,
            column,
            f"expected UTF-8 text, found the byte 0x{raw[error.start]:02x}",
            "Save the file again with the encoding UTF-8 (not Latin-1 or Windows-1252).",
        )
    if control := _CONTROL.search(text):
        line, column = _after(text[: control.start()])
        return Fault(
            line,
            column,
            f"expected text, found the control character U+{ord(control[0]):04X}",
            "Type the line again instead of pasting it.",
        )
    return text


def _after(before: str) -> Position:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def complaint(text: str, error: Exception) -> Fault:
    """Return the fault that an error of the YAML library names, where a person would mend it."""
    context, problem = getattr(error, "context", None), getattr(error, "problem", None) or str(error)
    mark: Any = getattr(error, "context_mark" if context in _OPENED else "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if mark and context == "while scanning for the next token" and text[mark.index : mark.index + 1] == "\t":
        return Fault(line, column, "expected YAML, found a tab", "Indent with spaces; YAML does not allow tabs there.")
    found, hint = explain(f"{context}: {problem}" if context else problem)
    return Fault(line, column, f"expected YAML, {found}", hint)


_OPENED = frozenset(
    {
        "while scanning a simple key",
        "while scanning a quoted scalar",
        "while parsing a flow sequence",
        "while parsing a flow mapping",
    }
)
"""Where the parser notices only later what is wrong, and the beginning is the line to mend."""

_MORE = ("found more after the end of the record", "Keep one record in a file, without --- and without loose lines.")
_TAG = ("found '!', which has a meaning here", "Put the text in quotes.")
_BRACKET = (
    "found a list or mapping in brackets that is not closed",
    "Close it with ] or }, and part its values by ','.",
)
_BACKSLASH = ("found a backslash that means nothing here", "Use single quotes, or write two backslashes.")

EXPLANATIONS = (
    ("mapping values are not allowed", "found ': ' where it cannot stand", 'Quote text with ": ", or mend the indent.'),
    ("while scanning a plain scalar", "found ':' without a blank after it", "Put a blank after it, or quote the text."),
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
    ("while parsing a quoted scalar", *_BACKSLASH),
    ("while scanning a double-quoted scalar", *_BACKSLASH),
    (
        "while parsing a block mapping",
        "found something that does not fit after this key",
        "Check the indentation, and quote the whole text when it holds quotes.",
    ),
    (
        "while parsing a block collection",
        "found a line outside its list",
        "Start each entry of the list with '- ', all alike.",
    ),
    ("while parsing a flow sequence", *_BRACKET),
    ("while parsing a flow mapping", *_BRACKET),
    ("node content", "found a bracket or comma where none can stand", "Put the text in quotes."),
    ("sequence entries are not allowed", "found a list where none can stand", "Start the list on the next line."),
    ("cannot start any token", "found a character that text cannot start with", "Put the text in quotes."),
    ("alphabetic or numeric character", "found & or *, which have a meaning here", "Put the text in quotes."),
    (
        "while scanning a block scalar",
        "found > or |, which start a longer text",
        "Put the text in quotes, or start it on the next line.",
    ),
    ("directive", "found '%' at the start of a line", "Put the text in quotes."),
    ("<document start>", *_MORE),
    (" tag", *_TAG),
)
"""Words of the two libraries, what they mean, and the way to mend it; the first that fits counts."""


def explain(said: str) -> tuple[str, str]:
    """Return what was found and how to mend it, for the complaint of a library; its own words when none is known."""
    return next(((found, hint) for needle, found, hint in EXPLANATIONS if needle in said), (said, ""))

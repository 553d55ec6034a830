"""Why the text of a record cannot be read, in words for people who do not know YAML.

Holds what can be said before and instead of reading: the encoding, forbidden characters, and what libyaml and PyYAML
complain about. Reading itself is the task of `generator.records.yamlfile`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.problems import Place
from generator.records.yamlslips import slip

Position = tuple[int, int]
"""Line and column, both counted from 1."""

EXPECTED = "expected lines such as `name: value`"
"""What a record is made of, for people who do not know that it is YAML."""
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML 1.1 does not allow (section 5.1, c-printable)."""


_CUT = re.compile(r"[ \t]#[^\s#]")
"""A text that goes on after what YAML takes for the beginning of a remark, such as `Group #1`."""
CUT_OFF = (
    "expected the whole text, found ' #', after which the rest of the line is dropped",
    "Put text that holds ' #' in double quotes; a remark of your own has a blank after the #.",
)
_MANY = 3
"""So many fields given twice are no slip in a field but a second record."""


def cuts_off(text: str, end: int) -> bool:
    """Return whether a text that ends at `end` for YAML goes on after a `#` that was probably meant as a sign."""
    start = end
    while text[start : start + 1] in (" ", "\t"):
        start += 1
    return start > end and bool(_CUT.match(text, start - 1))


def may_cut_off(text: str) -> bool:
    """Return whether `cuts_off` may hold anywhere in a text."""
    return (" #" in text or "\t#" in text) and bool(_CUT.search(text))


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
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or re.match(rb"(?s)(?:[^\0]\0){2}|(?:\0[^\0]){2}", raw):
        return Fault(1, 1, "expected UTF-8 text, found UTF-16", "Save the file again with the encoding UTF-8.")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line, column = _after(raw[: error.start].decode("utf-8"))
        return Fault(
            line,
            column,
            f"expected UTF-8 text, found the byte 0x{raw[error.start]:02x}",
            "A letter here, often one with an accent, is saved in an old encoding. Save the file again as UTF-8 (in "
            "most editors under Save as, Encoding), or paste the text into the web editor.",
        )
    if not text.replace("\n", "").isprintable() and (control := _CONTROL.search(text)):  # few texts need a close look
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
    said = f"{context}: {problem}" if context else problem
    if mark and context == "while scanning for the next token" and text[mark.index : mark.index + 1] == "\t":
        return Fault(line, column, f"{EXPECTED}, found a tab", "Start the line with blanks, never with the tab key.")
    meant = slip(text, said, line, column)
    if meant:
        return Fault(meant.line, meant.column, f"{EXPECTED}, {meant.found}", meant.hint)
    found, hint = explain(said)
    return Fault(line, column, f"{EXPECTED}, {found}", hint)


def without_repetitions(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return the faults, where a whole second record below the first one is one fault and not one for each field."""
    again = [fault for fault in faults if len(fault.place) == 1 and fault.message.startswith("expected each key once")]
    if len(again) < _MANY:
        return tuple(faults)
    hint = "Move everything from here on to a file of its own, or remove it."
    names = ", ".join(str(fault.place[0]) for fault in again[:_MANY])
    second = Fault(
        again[0].line, 1, f"expected one record in a file, found a second one with the same fields ({names} …)", hint
    )
    return tuple(second if fault is again[0] else fault for fault in faults if fault is again[0] or fault not in again)


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
_TAG = ("found '!', which has a meaning here", "Put the text in double quotes.")
_BRACKET = (
    "found a bracket that is not closed",
    "Close it with ] or } and put commas between its members; put text that starts with a bracket in double quotes.",
)
_BACKSLASH = ("found a backslash that means nothing here", "Use single quotes, or write two backslashes.")

EXPLANATIONS = (
    (
        "mapping values are not allowed",
        "found ': ' where it cannot stand",
        "Put text that holds ': ' in double quotes; or start the line right below the one it belongs to.",
    ),
    (
        "while scanning a plain scalar",
        "found ':' without a blank after it",
        "Put a blank after it, or the text in double quotes.",
    ),
    (
        "while scanning a quoted scalar",
        "found a quotation mark that is never closed",
        "Close it at the end of the text, or put text that holds such a mark in quotes of the other kind.",
    ),
    (
        "could not find expected ':'",
        "found a line without a name and a colon",
        "Where it goes on with the text above, start it two blanks further right than the name of that text.",
    ),
    ("while parsing a quoted scalar", *_BACKSLASH),
    ("while scanning a double-quoted scalar", *_BACKSLASH),
    (
        "while parsing a block mapping",
        "found a line or text that does not fit there",
        "Start lines that belong together right below each other; put text that holds quotation marks in others.",
    ),
    (
        "while parsing a block collection",
        "found a line outside its list",
        "Start each member of the list with '- ', right below each other, and its other lines below its first word.",
    ),
    ("while parsing a flow sequence", *_BRACKET),
    ("while parsing a flow mapping", *_BRACKET),
    ("node content", "found a bracket or comma where none can stand", "Put the text in double quotes."),
    (
        "sequence entries are not allowed",
        "found a list where none can stand",
        "Start the list on the next line; put text that starts with a hyphen in double quotes.",
    ),
    (
        "mapping keys are not allowed",
        "found a question mark where none can stand",
        "Put the text in double quotes.",
    ),
    ("cannot start any token", "found a sign that text cannot start with", "Put the text in double quotes."),
    ("alphabetic or numeric character", "found & or *, which have a meaning here", "Put the text in double quotes."),
    (
        "while scanning a block scalar",
        "found > or |, which start a longer text",
        "Put the text in double quotes, or start it on the next line.",
    ),
    ("directive", "found '%' at the start of a line", "Put the text in double quotes."),
    ("<document start>", *_MORE),
    (" tag", *_TAG),
)
"""Words of the two libraries, what they mean, and the way to mend it; the first that fits counts."""


def explain(said: str) -> tuple[str, str]:
    """Return what was found and how to mend it, for the complaint of a library; its own words when none is known."""
    return next(((found, hint) for needle, found, hint in EXPLANATIONS if needle in said), (said, ""))

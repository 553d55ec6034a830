"""What a person probably meant by a line at which YAML breaks off, told from the lines alone.

The library names the place where it cannot go on, which is often one line too late, in the words of its grammar.
Says nothing where it is not sure: then `generator.records.yamlfaults` explains the library's own complaint.
"""

import re
from typing import NamedTuple

_KEY = re.compile(r"(?P<start> *(?:- +)*)(?P<key>[\w-]+):(?: +(?P<value>.*\S))? *")
_NO_COLON = re.compile(r" *(?:- +)*(?P<key>[a-z][a-z_]*) *(?:=|:(?=[^\s/])) *(?P<value>\S.*)")
_SIGNS = "%@`|>&*!?,]}[{"
"""Signs with which text cannot start; a bracket may, but nothing can follow where it closes."""
_AT_A_SIGN = (
    "cannot start any token",
    "alphabetic or numeric",
    "block scalar",
    "node content",
    "mapping keys are not allowed",
    "sequence entries are not allowed",
)
"""Words of the library's complaints about a sign at the start of a text."""
_CURLY = "“”„‟«»‘’"
_LONGEST = 60
"""A longer value is not repeated in the line that shows how it should be."""


class Slip(NamedTuple):
    """A line and column, both from 1, what was found there and how to mend it."""

    line: int
    column: int
    found: str
    hint: str


class _Line(NamedTuple):
    number: int
    """Counted from 1."""
    text: str
    column: int
    """Blanks before the name, with the hyphens of a list: names that belong together have the same number."""
    key: str
    value: str


def slip(text: str, said: str, line: int, column: int) -> Slip | None:
    """Return the slip behind what a library `said` of `line` and `column` (from 1), or None when none is plain."""
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return None
    here = _read(lines, line)
    above = next(
        (_read(lines, number) for number in range(line - 1, 0, -1) if lines[number - 1].split("#")[0].strip()), None
    )
    if here.text.lstrip().startswith("```"):
        return Slip(line, 1, "found ```, which marks text in chats and on web pages", "Remove the lines with ```.")
    if "mapping values are not allowed" in said:
        return _colon(here, above, column)
    if "block mapping" in said:
        return _after_quotes(here) or _sign(here) or _shifted(here, above)
    if "block collection" in said:
        return _shifted(here, above)
    return _sign(here) if any(words in said for words in _AT_A_SIGN) else None


def _read(lines: list[str], number: int) -> _Line:
    text = lines[number - 1].rstrip("\r")
    match = _KEY.fullmatch(text)
    if match:
        return _Line(number, text, len(match["start"]), match["key"], match["value"] or "")
    return _Line(number, text, len(text) - len(text.lstrip()), "", "")


def _colon(here: _Line, above: _Line | None, column: int) -> Slip | None:
    """Return why `: ` cannot stand: it is part of a text, the line above lacks its own, or the line is shifted."""
    within = _KEY.match(here.text[: column - 1])
    if within and here.value:
        if here.value[0] in _CURLY:
            hint = "Curly quotation marks do not count; write straight ones: " + _quoted(here)
        else:
            hint = "Put the text in double quotes: " + _quoted(here)
        return Slip(here.number, column, f"found a second ': ' in the text of {here.key!r}", hint)
    unnamed = _NO_COLON.fullmatch(above.text) if above and not above.key else None
    if above and unnamed:
        hint = f"Write a colon and a blank after the name: {unnamed['key']}: {unnamed['value']}"
        start = unnamed.start("key") + 1
        return Slip(above.number, start, f"found {unnamed['key']!r} without a colon and a blank after it", hint)
    return _shifted(here, above)


def _shifted(here: _Line, above: _Line | None) -> Slip | None:
    """Return that a line starts further right or left than the one above, which it seems to belong to."""
    if not above or not above.key or not here.key or here.column == above.column:
        return None
    side = "right" if here.column > above.column else "left"
    if side == "right" and not above.value:
        return None
    found = f"found a line that starts further {side} than the line above it"
    if here.text.lstrip().startswith("-"):
        return Slip(here.number, here.column + 1, found, "Start all members of a list below each other.")
    hint = (
        f"Lines that belong together start right below each other: move {here.key!r}, or {above.key!r} on line "
        f"{above.number}, until they do."
    )
    return Slip(here.number, here.column + 1, found, hint)


def _after_quotes(here: _Line) -> Slip | None:
    mark = here.value[:1]
    if not mark or mark not in "\"'":
        return None
    other = "single quotes" if mark == '"' else "double quotes"
    hint = f"Put the whole text in {other}, also where it holds quotation marks itself"
    shown = _quoted(here, "'" if mark == '"' else '"')
    return Slip(
        here.number, here.column + 1, f"found text after the closing quotation mark of {here.key!r}", f"{hint}: {shown}"
    )


def _sign(here: _Line) -> Slip | None:
    if not here.key or not here.value:
        return None
    column = here.text.index(here.value, here.column + len(here.key)) + 1
    if here.value in ("-", "?"):
        hint = "Write NR when the report does not say; leave the line out when you have not looked."
        return Slip(here.number, column, f"found {here.value!r} alone in the place of a value", hint)
    if here.value[0] in _SIGNS or here.value.startswith(("- ", "? ")):
        found = f"found text that starts with {here.value[0]!r}, which has a meaning of its own here"
        return Slip(here.number, column, found, "Put the text in double quotes: " + _quoted(here))
    return None


def _quoted(line: _Line, mark: str = '"') -> str:
    """Return a line as it should be: its value in quotes."""
    value = re.sub(r"\s+# .*$", "", line.value)
    bare = value.strip(_CURLY) if value[0] in _CURLY else value
    if len(bare) > _LONGEST:
        return f"{line.key}: {mark}…{mark}"
    inside = bare.replace("'", "''") if mark == "'" else bare.replace("\\", "\\\\").replace('"', '\\"')
    if mark == '"' and value[0] == "'":
        inside = bare.strip("'").replace('"', '\\"')
    return f"{line.key}: {mark}{inside}{mark}"

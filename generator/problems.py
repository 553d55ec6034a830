"""Findings about records: values, collected from all files and reported at once, in four renderings.

A problem is what a person can mend in a record. A failure of the world outside is an exception and never comes here.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

Place = tuple[str | int, ...]
"""Where in a record: keys and positions from the top, such as ("results", 0, "value")."""


class Level(StrEnum):
    """error: the records cannot be published so; warning: a person should look at it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One finding: where it is, what was expected and found, and how to mend it."""

    path: str
    """Path of the file from the folder that holds `studies/`, with forward slashes."""
    place: Place
    message: str
    hint: str = ""
    level: Level = Level.ERROR
    rule: str = "form"
    """Name of the rule that found it; `form` when the file does not have the form of its kind."""
    line: int = 0
    """Line in the file, counted from 1; 0 until it has been located."""
    column: int = 0

    @property
    def field(self) -> str:
        """The place as people write it, such as `results[0].value`; empty for the file as a whole."""
        return field_name(self.place)


def field_name(place: Place) -> str:
    """Return a place as people write it, such as `results[0].value`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".")


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems by file, line and column, without repetitions."""
    return sorted(
        dict.fromkeys(problems), key=lambda problem: (problem.path, problem.line, problem.column, problem.message)
    )


def to_terminal(problems: Sequence[Problem]) -> str:
    """Render one line per problem, `path:line  field: message`, with the hint below it.

    Signs that are not printable, such as escapes that steer a terminal, are shown by their codes.
    """
    lines = []
    for problem in problems:
        subject = f"{problem.field}: " if problem.place else ""
        mark = "warning: " if problem.level is Level.WARNING else ""
        lines.append(f"{problem.path}:{problem.line or 1}  {mark}{subject}{problem.message}")
        if problem.hint:
            lines.append(f"    {problem.hint}")
    return "".join(printable(line) + "\n" for line in lines)


def printable(line: str) -> str:
    """Return text that cannot steer a terminal: signs that are not printable are shown by their codes.

    So is the bracket of `##[`, an old sign of GitHub's runner for a command, which it looks for anywhere in a line.
    """
    shown = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line)
    return shown.replace("##[", r"##\x5b")


def _escape_github(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def to_github(problems: Sequence[Problem]) -> str:
    """Render workflow commands that GitHub shows beside the changed lines.

    The escaping is that of GitHub's `actions/toolkit`: a record cannot smuggle in a second command.
    """
    rendered = []
    for problem in problems:
        path, title = (
            _escape_github(text).replace(":", "%3A").replace(",", "%2C")
            for text in (problem.path, problem.field or "file")
        )
        message = _escape_github(" ".join(filter(None, (problem.message + ".", problem.hint))))
        place = f"file={path},line={problem.line or 1},col={problem.column or 1},title={title}"
        rendered.append(f"::{problem.level} {place}::{message}\n")
    return "".join(rendered)


def _code(text: str) -> str:
    """Return `text` as a Markdown code span that nothing inside can end, on one line and without table bars."""
    flat = " ".join(text.split()).replace("|", "¦")
    fence = "`"
    while fence in flat:
        fence += "`"
    return f"{fence} {flat} {fence}" if flat.startswith("`") or flat.endswith("`") else f"{fence}{flat}{fence}"


def to_markdown(problems: Sequence[Problem]) -> str:
    """Render a table for a comment or a job summary. All words from records stand in code spans, where nothing acts."""
    if not problems:
        return "No problems found.\n"
    rows = [
        f"| {problem.level} | {_code(f'{problem.path}:{problem.line or 1}')} | {_code(problem.field or 'file')} "
        f"| {_code(problem.message)} | {_code(problem.hint) if problem.hint else ''} |"
        for problem in problems
    ]
    return "\n".join(["| | Where | Field | Problem | How to mend it |", "|---|---|---|---|---|", *rows, ""])


def to_json(problems: Sequence[Problem]) -> str:
    """Render a JSON array of objects with the fields of `Problem` and the readable `field`."""
    return (
        json.dumps([asdict(problem) | {"field": problem.field} for problem in problems], indent=2, ensure_ascii=False)
        + "\n"
    )


RENDERINGS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": to_terminal,
    "github": to_github,
    "markdown": to_markdown,
    "json": to_json,
}
"""The renderings by the name that the command line uses."""

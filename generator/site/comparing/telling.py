"""A comparison in words: Markdown for a pull request, or plain lines for a terminal. What does not fit is counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.problems import Problem, printable
from generator.site.comparing.comparison import Comparison
from generator.site.comparing.rows import CellChange, Fate, RowChange, TableChange
from generator.wording.templates import write_for_github

LONGEST = 60_000
"""Characters; GitHub takes 65,536 in a comment."""
MARKER = "<!-- living-review: compare -->"
"""The last line of a comment, by which it is found again and updated in place."""
_ROOM = (40, 20, 10, 4, 1, 0)
"""How many of each list are told: as many as fit."""
_MOST_ERRORS = 20
_CELL = 300
"""Characters told of one value."""


@dataclass(frozen=True)
class Line:
    """One thing that is told, with what belongs to it."""

    subject: str
    text: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of what is told."""

    title: str
    lines: tuple[Line, ...]
    n_left: int = 0
    """Lines that did not fit."""


def comment(comparison: Comparison, preview: str = "") -> str:
    """Return the comparison in Markdown, at most `LONGEST` characters, with `MARKER` as its last line.

    `preview` is the address at which the built pages can be looked at; with errors none are built, and it is left out.
    Nothing from a record acts on GitHub.
    """
    for room in _ROOM:
        text = write_for_github(
            "site/comparing/comment.md.j2",
            headline=headline(comparison),
            sections=_sections(comparison, room),
            summary=comparison.summary,
            preview="" if comparison.errors else preview,
        )
        if len(text) + len(MARKER) < LONGEST:
            break
    return f"{text.rstrip()}\n\n{MARKER}\n"


def plain_text(comparison: Comparison) -> str:
    """Return the comparison for a terminal, in full, without signs that could steer it."""
    lines = [headline(comparison), ""]
    for section in _sections(comparison, None):
        lines.append(section.title)
        for line in section.lines:
            lines.append(f"  {line.subject}{f': {line.text}' if line.text else ''}")
            lines += [f"    {part}" for part in line.parts]
        lines.append("")
    return "".join(f"{printable(line)}\n" for line in (*lines, comparison.summary))


def headline(comparison: Comparison) -> str:
    """Return the comparison in one or two sentences."""
    if comparison.errors:
        n_errors = len(comparison.errors)
        return (
            f"The records have {n_errors} {_plural(n_errors, 'error')}. "
            "What merging would change can be told once they are mended."
        )
    if comparison.n_base_errors:
        return "The records that this would be merged into have errors themselves, so nothing could be compared."
    if not comparison.records:
        return "Merging this changes no record."
    counts = _counts([change.fate for change in comparison.records])
    rows = [row.fate for change in comparison.evidence for row in change.rows]
    evidence = f"Rows of the evidence tables: {_counts(rows)}." if rows else "No row of the evidence tables differs."
    return f"Merging this changes records: {counts}. {evidence}"


def _sections(comparison: Comparison, room: int | None) -> list[Section]:
    """Return what there is to tell, with at most `room` lines in each part; None for all."""
    most_errors = None if room is None else min(room, _MOST_ERRORS)
    parts: list[tuple[str, Sequence[Line], int | None]] = [
        ("Errors to mend", [_problem(one) for one in comparison.errors], most_errors),
        ("Warnings that this brings", [_problem(one) for one in comparison.warnings], most_errors),
        (
            "Words, ratings, decisions and candidates that would be lost",
            [_shortened(one.title, one.path, one.reasons) for one in comparison.lost],
            room,
        ),
        (_older_title(comparison), [_shortened(one.path, "", one.reasons) for one in comparison.older], room),
        (
            "Sentences to read again",
            [_shortened(one.title, one.path, one.reasons) for one in comparison.sentences],
            room,
        ),
        ("The review as a whole", [_moved(one.name, one.before, one.after) for one in comparison.facts], room),
        *((_title(change), list(_rows(change)), room) for change in comparison.evidence),
        ("Numbers of the flow diagram", list(_flow(comparison.flow)), room),
        ("Rows in other tables", [Line(one.table.caption, _fates(one)) for one in comparison.others], room),
        ("Files", [_shortened(one.path, str(one.fate)) for one in comparison.records], room),
    ]
    if comparison.n_old_warnings:
        n_old = comparison.n_old_warnings
        parts.insert(2, ("Warnings that remain", [Line(f"{n_old} {_plural(n_old, 'warning')} as before")], None))
    return [
        Section(title, tuple(lines[:most]), 0 if most is None else max(0, len(lines) - most))
        for title, lines, most in parts
        if lines
    ]


def _older_title(comparison: Comparison) -> str:
    n = sum(one.n for one in comparison.older)
    return f"{n} older {_plural(n, 'date')} would reach subscribers as old news"


def _problem(problem: Problem) -> Line:
    subject = f"{problem.field}: " if problem.place else ""
    said = f"{subject}{problem.message}"
    hint = (_cut(problem.hint),) if problem.hint else ()
    return Line(_cut(f"{problem.path}:{problem.line or 1}"), _cut(said), hint)


def _rows(change: TableChange) -> Iterator[Line]:
    for row in change.rows:
        yield _shortened(row.name, str(row.fate), tuple(_told(row)))


def _told(row: RowChange) -> Iterator[str]:
    for label, text in row.facts:
        yield f"{label}: {_cut(text)}"
    for one in row.cells:
        yield f"{one.column.label}: {_cell(one)}"


def _cell(one: CellChange) -> str:
    return f"{_cut(one.before) or 'nothing'} → {_cut(one.after) or 'nothing'}"


def _flow(change: TableChange | None) -> Iterator[Line]:
    for row in change.rows if change else ():
        name = f"{row.record_id}, {row.name}"
        if row.fate is Fate.CHANGED:
            yield _shortened(name, "; ".join(_cell(one) for one in row.cells))
        else:
            said = "; ".join(text for label, text in row.facts if label == "n")
            yield _shortened(name, f"{row.fate} ({said})")


def _moved(name: str, before: str, after: str) -> Line:
    return Line(name, f"{_cut(before)} → {_cut(after)}")


def _shortened(subject: str, text: str, parts: tuple[str, ...] = ()) -> Line:
    return Line(_cut(subject), text, tuple(_cut(part, 3 * _CELL) for part in parts))


def _cut(text: str, longest: int = _CELL) -> str:
    return text if len(text) <= longest else f"{text[:longest]} […]"


def _title(change: TableChange) -> str:
    return f"{change.table.caption} ({_fates(change)})"


def _fates(change: TableChange) -> str:
    return _counts([row.fate for row in change.rows])


def _counts(fates: Sequence[Fate]) -> str:
    return ", ".join(f"{fates.count(fate)} {fate}" for fate in Fate if fate in fates)


def _plural(n: int, noun: str) -> str:
    return noun if n == 1 else f"{noun}s"

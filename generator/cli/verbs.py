"""What the verbs of the command line share: exit codes, the look of a verb, days, progress on a terminal.

What only verbs that search share is in `generator.cli.services`, so that the others start without a web client.
"""

import argparse
import datetime as dt
import os
import re
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from generator.problems import Level, Problem

FINE, PROBLEMS, USAGE, SOURCE_FAILED = 0, 1, 2, 3
"""Exit codes: fine, problems in the records, wrong usage, a source failed."""
EXIT_CODES = "exit codes: 0 fine, 1 problems in records, 2 wrong usage, 3 a source failed"

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse gives it no public name


def today() -> dt.date:
    """Return the current day in UTC."""
    return dt.datetime.now(dt.UTC).date()


class Help(argparse.HelpFormatter):
    """Help as wide as the terminal: sentences are filled; lines that are indented, such as commands, stay whole."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        parts: list[str] = []
        for line in text.splitlines():
            goes_on = parts and parts[-1] and not parts[-1].startswith(" ") and not parts[-1].endswith((".", ":"))
            if goes_on and line and not line.startswith(" "):
                parts[-1] += f" {line}"
            else:
                parts.append(line)
        later = {part: f"{indent}      " if part.startswith(" ") else indent for part in parts}
        return "\n".join(
            textwrap.fill(part, width, initial_indent=indent, subsequent_indent=later[part], break_on_hyphens=False)
            for part in parts
        )


def verb(
    verbs: Verbs, name: str, run: object, *texts: str, needs_records: bool = True, needs_github: bool = False
) -> argparse.ArgumentParser:
    """Add a verb with its summary, description and examples, and return what its options are added to.

    A verb that needs records can be told where they are, and is refused where there are none; one that needs GitHub is
    refused where the environment does not name the repository there.
    """
    summary, description, examples = texts
    parser = verbs.add_parser(
        name,
        help=summary,
        description=description,
        epilog=f"{examples}\n\n{EXIT_CODES}",
        formatter_class=Help,
    )
    if needs_records:
        parser.add_argument(
            "--root",
            type=Path,
            default=Path(),
            metavar="DIR",
            help="folder that holds studies/, docs/ and mkdocs.yml (default: here)",
        )
    parser.set_defaults(run=run, needs_records=needs_records, needs_github=needs_github, wrong_usage=parser.error)
    return parser


def github_name() -> str:
    """Return the repository on GitHub as the environment names it, owner/name; empty where it names none."""
    name = os.environ.get("GITHUB_REPOSITORY", "").strip()
    return name if re.fullmatch(r"[^/\s]+/[^/\s]+", name) else ""


def day(text: str) -> dt.date:
    """Return a day from the command line."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a day such as 2026-01-31, found {text!r}") from None


class Progress:
    """Counts what a long verb has done, on a terminal only, and wipes its line at the end."""

    def __init__(self) -> None:
        self._n_done = 0

    def __call__(self, path: str) -> None:
        """Count a file."""
        self._n_done += 1
        if self._n_done % 200 == 0 and sys.stderr.isatty():
            print(f"\r{self._n_done} files, now {path[:60]:<60}", end="", file=sys.stderr, flush=True)

    def wipe(self) -> None:
        """Remove the line."""
        if self._n_done >= 200 and sys.stderr.isatty():
            print("\r" + " " * 90 + "\r", end="", file=sys.stderr, flush=True)


def exit_code(found: Sequence[Problem]) -> int:
    """Return the exit code for what a check found."""
    return PROBLEMS if any(problem.level is Level.ERROR for problem in found) else FINE

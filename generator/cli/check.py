"""`living-review check`: every record, every rule, everything that is wrong at once."""

import argparse
import sys

from generator import problems
from generator.cli.verbs import USAGE, Progress, Verbs, exit_code, verb
from generator.records import checking
from generator.records.checking import UnknownPathError


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    checks = verb(
        verbs,
        "check",
        _check,
        "check every record and say what is wrong, where, and how to mend it",
        "Reads every file in studies/, applies every rule, and reports everything at once.\n"
        "Each line reads: file:line  field: what was expected, what was found.",
        "examples:\n  living-review check\n  living-review check studies/included/wilson-2024.yml\n"
        "  living-review check --format github     (annotations on the changed lines of a pull request)",
    )
    checks.add_argument("paths", nargs="*", metavar="PATH", help="report only on these files or folders (all are read)")
    checks.add_argument("--format", choices=sorted(problems.RENDERINGS), default="text", help="default: text")


def _check(options: argparse.Namespace) -> int:
    progress = Progress()
    try:
        checked = checking.check(options.root, options.paths, progress)
    except UnknownPathError as error:
        print(error, file=sys.stderr)
        return USAGE
    progress.wipe()
    print(problems.RENDERINGS[options.format](checked.problems), end="")
    if options.format in ("text", "markdown"):
        print(checking.summary_line(checked))
    return exit_code(checked.problems)

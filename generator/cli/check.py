"""`living-review check`: every record, every rule, everything that is wrong at once; with `--history`, its past too."""

import argparse
import datetime as dt
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from generator import problems
from generator.cli.repository import not_at_top, repository_git
from generator.cli.verbs import SOURCE_FAILED, USAGE, Progress, Verbs, day, exit_code, today, verb
from generator.github.git import GitError
from generator.github.history import past_of
from generator.model.records import FOLDER
from generator.records import checking, store
from generator.records.checking import UnknownPathError
from generator.records.dated import owner_of
from generator.records.days_to_come import RULE as AHEAD
from generator.records.past import Past, Saving
from generator.review.living import plural


class _HistoryError(Exception):
    """The history cannot be told from this checkout; the text says why."""


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
        "  living-review check --format github     (annotations on the changed lines of a pull request)\n"
        "  living-review check --history           (in a clone with all commits)",
    )
    checks.add_argument("paths", nargs="*", metavar="PATH", help="report only on these files or folders (all are read)")
    checks.add_argument("--format", choices=sorted(problems.RENDERINGS), default="text", help="default: text")
    checks.add_argument(
        "--today", type=day, metavar="YYYY-MM-DD", help="what is dated later is an error (default: today, UTC)"
    )
    checks.add_argument(
        "--history",
        action="store_true",
        help="compare the dated facts with the git commits that brought them: nothing dated later than its commit, no"
        " line of a history altered or lost; what was brought long after its day is listed",
    )


def _check(options: argparse.Namespace) -> int:
    if options.history and options.paths:
        print("--history looks at the whole folder: leave out PATH.", file=sys.stderr)
        return USAGE
    progress = Progress()
    try:
        checked = checking.check(options.root, options.paths, progress, today=options.today or today())
        past = _past(options.root, options.today or today()) if options.history else None
    except UnknownPathError as error:
        print(error, file=sys.stderr)
        return USAGE
    except (_HistoryError, GitError) as error:
        progress.wipe()
        print(f"The history was not checked: {problems.printable(str(error))}", file=sys.stderr)
        return USAGE if isinstance(error, _HistoryError) else SOURCE_FAILED
    progress.wipe()
    if past:
        found = store.located(options.root, past.problems(options.today or today()))
        told = {(one.path, one.place) for one in found}
        others = [one for one in checked.problems if one.rule != AHEAD or (one.path, one.place) not in told]
        checked = replace(checked, problems=tuple(problems.in_order([*others, *found])))
    print(problems.RENDERINGS[options.format](checked.problems), end="")
    if options.format in ("text", "markdown"):
        print(checking.summary_line(checked))
        if past:
            print(f"history: {past.n_savings} {plural(past.n_savings, 'commit')} compared")
    return exit_code(checked.problems)


def _past(root: Path, on: dt.date) -> Past:
    """Return the past of the records, what is in no commit yet as its last step, on the day `on`."""
    with tempfile.TemporaryDirectory(prefix="living-review-") as folder:
        git = repository_git(root, Path(folder))
        if wrong := not_at_top(git, root):
            raise _HistoryError(wrong)
        if git.is_shallow():
            raise _HistoryError("this clone has only the newest commits. Fetch all: git fetch --unshallow")
        past = past_of(git)
    found = ((file.relative_to(root / FOLDER).as_posix(), file) for file in sorted((root / FOLDER).rglob("*")))
    now = {path: file.read_bytes() for path, file in found if owner_of(path) and file.is_file()}
    changed: dict[str, bytes | None] = {path: raw for path, raw in now.items() if past.files.get(path) != raw}
    past.save(Saving("", on), changed | dict.fromkeys(past.files.keys() - now.keys()))
    return past

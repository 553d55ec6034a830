"""Check a folder of records: read it, run every rule, say where each problem stands. Prints nothing."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.model.records import FOLDER, Records
from generator.problems import Level, Place, Problem, in_order
from generator.records import rules, store
from generator.records.days_to_come import days_to_come
from generator.records.quotes import Verdict, count_verdicts, verify_quotes
from generator.records.store import unwatched


class UnknownPathError(ValueError):
    """A path that was asked for is no record file and no folder of them."""


@dataclass(frozen=True)
class Checked:
    """What a check found."""

    records: Records
    problems: tuple[Problem, ...]
    n_files: int
    """Record files read, with or without problems."""
    digests: Mapping[str, str]
    """SHA-256 of each record file by its path."""
    verdicts: Mapping[tuple[str, Place], Verdict]
    """The verdict on every quote of the review, by file and place."""

    @property
    def n_errors(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.level is Level.ERROR for problem in self.problems)

    @property
    def n_warnings(self) -> int:
        """How many of the problems are warnings."""
        return len(self.problems) - self.n_errors


def check(
    root: Path,
    paths: Sequence[str] = (),
    watch: Callable[[str], None] = unwatched,
    *,
    today: dt.date | None = None,
) -> Checked:
    """Check all records below `root/studies` and return the problems, all of them or only those in `paths`.

    `paths` are files or folders, from `root` or from here; every rule runs on every record in any case.
    `watch` is told the path of each file before it is read. Where `today` is given, what is dated later is a problem;
    rules know no day, so that a build of an earlier day can read the records of today. Raises
    `UnknownPathError` for a path that does not lie below `root/studies`, since its silence would read as a pass.
    """
    wanted = [_below(root, path) for path in paths]
    loaded = store.load(root, watch)
    unread = frozenset(problem.path for problem in loaded.problems if problem.level is Level.ERROR)
    records = replace(loaded.records, unread=unread)
    ahead = days_to_come(records, today) if today else ()
    problems = in_order([*loaded.problems, *store.located(root, [*rules.find_problems(records), *ahead])])
    if wanted:
        problems = [problem for problem in problems if any(_covers(path, problem.path) for path in wanted)]
    return Checked(records, tuple(problems), loaded.n_files, loaded.digests, verify_quotes(records))


def _below(root: Path, path: str) -> str:
    """Return a path as problems carry it: from `root`, with forward slashes."""
    full = next((_placed(file) for file in (root / path, Path(path)) if file.exists() or file.is_symlink()), None)
    folder = (root / FOLDER).resolve()
    if full is None:
        raise UnknownPathError(f"expected a file or folder below {FOLDER}/, found nothing at {path!r}")
    if not (full.is_relative_to(folder) or folder.is_relative_to(full)):
        raise UnknownPathError(f"expected a file or folder below {FOLDER}/, found {path!r}")
    below = full.relative_to(folder).as_posix() if full.is_relative_to(folder) else "."
    return FOLDER if below == "." else f"{FOLDER}/{below}"


def _placed(file: Path) -> Path:
    """Return where a file lies; a link to a file lies in its folder, and not where it leads to."""
    is_link = file.is_symlink() and not file.is_dir()
    return file.parent.resolve() / file.name if is_link else file.resolve()


def _covers(wanted: str, path: str) -> bool:
    return path == wanted or path.startswith(wanted + "/")


def summary_line(checked: Checked) -> str:
    """Return how much was checked and found, in one line without its end."""
    quotes = count_verdicts(checked.verdicts)
    return (
        f"{_plural(checked.n_files, 'file')} checked: {_plural(checked.n_errors, 'error')}, "
        f"{_plural(checked.n_warnings, 'warning')}; quotes: {quotes[Verdict.VERIFIED]} verified, "
        f"{quotes[Verdict.NOT_VERIFIABLE]} not verifiable, {quotes[Verdict.FAILED]} failed"
    )


def _plural(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"

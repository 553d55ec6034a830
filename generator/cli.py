"""The command line: verbs only. The one module that prints, exits and reads the clock."""

import argparse
import datetime as dt
import gc
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

from generator import checking, intake, problems, schema, site
from generator.build import build
from generator.checking import UnknownPathError
from generator.formats import FormatError
from generator.model.records import CANDIDATE, FOLDER, Records, path_of
from generator.problems import Level, Problem

FINE, PROBLEMS, USAGE, SOURCE_FAILED = 0, 1, 2, 3
"""Exit codes: fine, problems in the records, wrong usage, a source failed."""

SCHEMA_FOLDER = f"{FOLDER}/schema"

_Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse gives it no public name
_EXIT_CODES = "exit codes: 0 fine, 1 problems in the records, 2 wrong usage, 3 a source failed"


def today() -> dt.date:
    """Return the current day in UTC."""
    return dt.datetime.now(dt.UTC).date()


def run() -> int:
    """Run the verb that the command line names, in a process of its own, and return its exit code."""
    gc.disable()  # the process ends soon and makes few cycles; walking its growing records costs a quarter of its time
    return main()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    options = _parser().parse_args(arguments)
    root: Path = options.root
    if not (root / FOLDER).is_dir():
        print(f"There is no folder {FOLDER}/ in {root.resolve()}.", file=sys.stderr)
        print("Go to the folder that holds it, or name that folder: living-review check --root DIR", file=sys.stderr)
        return USAGE
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="living-review",
        description="Keep a living systematic review as plain files: records in studies/, a website out.",
        epilog=f"Start with: living-review check.   {_EXIT_CODES}",
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    for add in (_add_check, _add_build, _add_import, _add_schema):
        add(verbs)
    return parser


def _add_check(verbs: _Verbs) -> None:
    checks = _verb(
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


def _add_build(verbs: _Verbs) -> None:
    builds = _verb(
        verbs,
        "build",
        _build,
        f"check the records and write the pages of the site into {site.OUTPUT}/",
        f"Writes Markdown, figures and downloads into {site.OUTPUT}/, touching only files that change.\n"
        "Nothing is written when the records have errors. `mkdocs build` and `mkdocs serve` do this by themselves.",
        "example:\n  living-review build --today 2026-01-31     (the same records and day give the same bytes)",
    )
    builds.add_argument(
        "--today", type=_day, metavar="YYYY-MM-DD", help="day the living status is computed for (default: today, UTC)"
    )


def _add_import(verbs: _Verbs) -> None:
    imports = _verb(
        verbs,
        "import",
        _import,
        "take in an export of a database that has no interface for programs, as candidates",
        "Reads the file (RIS, BibTeX, PubMed, Web of Science, EndNote, Scopus, Embase, Cochrane, Publish or Perish,\n"
        "WHO ICTRP: recognised by what is in it), leaves out what the review already knows, and writes one candidate\n"
        "for each new record together with the search run. Nothing is written when a record could not be read.",
        "example:\n  living-review import --source scopus scopus-2026-01-31.ris",
    )
    imports.add_argument("files", nargs="+", type=Path, metavar="FILE", help="one or more export files")
    imports.add_argument("--source", required=True, metavar="ID", help="id of the source in studies/protocol.yml")
    imports.add_argument(
        "--on", type=_day, metavar="YYYY-MM-DD", help="day the search was made (default: as the file says, else today)"
    )


def _add_schema(verbs: _Verbs) -> None:
    _verb(
        verbs,
        "schema",
        _schema,
        f"write the JSON Schema files for editors into {SCHEMA_FOLDER}/",
        "The schema files are made from the record model. An editor that understands the first line of a record\n"
        "(# yaml-language-server: ...) then completes field names and marks mistakes while you type.",
        "example:\n  living-review schema",
    )


def _verb(verbs: _Verbs, name: str, run: object, *texts: str) -> argparse.ArgumentParser:
    summary, description, examples = texts
    parser = verbs.add_parser(
        name,
        help=summary,
        description=description,
        epilog=f"{examples}\n\n{_EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="folder that holds studies/, docs/ and mkdocs.yml (default: here)",
    )
    parser.set_defaults(run=run)
    return parser


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a day such as 2026-01-31, found {text!r}") from None


class _Progress:
    """Counts what a long verb has done, on a terminal only, and wipes its line at the end."""

    def __init__(self) -> None:
        self._n_done = 0

    def __call__(self, path: str) -> None:
        self._n_done += 1
        if self._n_done % 200 == 0 and sys.stderr.isatty():
            print(f"\r{self._n_done} files, now {path[:60]:<60}", end="", file=sys.stderr, flush=True)

    def wipe(self) -> None:
        if self._n_done >= 200 and sys.stderr.isatty():
            print("\r" + " " * 90 + "\r", end="", file=sys.stderr, flush=True)


def _check(options: argparse.Namespace) -> int:
    progress = _Progress()
    try:
        checked = checking.check(options.root, options.paths, progress)
    except UnknownPathError as error:
        print(error, file=sys.stderr)
        return USAGE
    progress.wipe()
    print(problems.RENDERINGS[options.format](checked.problems), end="")
    if options.format in ("text", "markdown"):
        print(checking.summary_line(checked))
    return _code(checked.problems)


def _build(options: argparse.Namespace) -> int:
    progress = _Progress()
    built = build(options.root, options.today or today(), progress)
    progress.wipe()
    print(problems.to_terminal(built.checked.problems), end="")
    print(checking.summary_line(built.checked))
    if built.written is None:
        print("Nothing was written: mend the errors first.", file=sys.stderr)
        return PROBLEMS
    written = built.written
    print(f"{site.OUTPUT}: {written.n_files} files, {len(written.changed)} written, {len(written.removed)} removed")
    return FINE


def _import(options: argparse.Namespace) -> int:
    intake.recover(options.root)
    for file in options.files:
        checked = checking.check(options.root)
        code = _code(checked.problems)
        known = [source.id for source in checked.records.protocol.sources] if checked.records.protocol else []
        if code == FINE and options.source not in known:
            print(f"There is no source {options.source!r} in the protocol. Known: {', '.join(known)}", file=sys.stderr)
            code = USAGE
        elif code == FINE and not file.is_file():
            print(f"There is no file {str(file)!r}.", file=sys.stderr)
            code = USAGE
        elif code != FINE:
            print(problems.to_terminal(checked.problems), end="")
            print("Nothing was imported: mend the errors first.", file=sys.stderr)
        else:
            code = _take_in(options, file, checked.records)
        if code != FINE:
            return code
    return FINE


def _take_in(options: argparse.Namespace, file: Path, records: Records) -> int:
    occasion = intake.Occasion(dt.datetime.now(dt.UTC), version("living-review"))
    export = intake.Export(file.name, file.read_bytes(), options.source, options.on)
    try:
        found = intake.take_in(export, records, options.root, occasion)
        intake.write(options.root, found)
    except (FormatError, intake.IntakeError) as error:
        print(f"{error}\nNothing of this file was imported.", file=sys.stderr)
        return SOURCE_FAILED
    if found.imported_before:
        print(f"{file.name}: imported before, nothing to do")
        return FINE
    counts = f"{found.n_received} records, {found.n_duplicates} known or repeated, {len(found.new)} new"
    print(f"{file.name}: {found.layout}, {counts}")
    for key, title in found.new.items():
        print(f"  {path_of(CANDIDATE, key)}  {problems.printable(title)}")
    return FINE


def _schema(options: argparse.Namespace) -> int:
    changed = schema_files(options.root)
    print(f"{SCHEMA_FOLDER}: {changed} of {len(schema.schemas())} files changed")
    return FINE


def schema_files(root: Path) -> int:
    """Write the JSON Schema files below `root` and return how many changed."""
    changed = 0
    for name, text in schema.schemas().items():
        path = root / SCHEMA_FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed += 1
    return changed


def _code(found: Sequence[Problem]) -> int:
    return PROBLEMS if any(problem.level is Level.ERROR for problem in found) else FINE

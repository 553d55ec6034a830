"""`living-review import`: an export of a database that has no interface for programs."""

import argparse
import sys
from pathlib import Path

from generator import problems
from generator.cli.search import add_also_known, missing_records, other_records
from generator.cli.services import now
from generator.cli.verbs import FINE, SOURCE_FAILED, USAGE, Verbs, day, exit_code, today, verb
from generator.keeping import recording
from generator.model.records import CANDIDATE, path_of
from generator.records import checking
from generator.review.living import plural
from generator.surveillance.arriving import intake
from generator.surveillance.arriving.arrivals import CandidateError
from generator.surveillance.arriving.search_log import LogError
from generator.surveillance.formats import FormatError
from generator.surveillance.priority.reasons import Reasons


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    imports = verb(
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
        "--on", type=day, metavar="YYYY-MM-DD", help="day the search was made (default: as the file says, else today)"
    )
    add_also_known(imports)


def _import(options: argparse.Namespace) -> int:
    recording.recover(options.root)
    wrong = missing_records(options)
    if options.on and options.on > today():
        wrong = f"--on {options.on}: this day is still to come."
    if wrong:
        print(wrong, file=sys.stderr)
        return USAGE
    others = other_records(options)
    for file in options.files:
        checked = checking.check(options.root)
        code = exit_code(checked.problems)
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
            code = _take_in(options, file, intake.Into(checked.records, options.root, others))
        if code != FINE:
            return code
    return FINE


def _take_in(options: argparse.Namespace, file: Path, into: intake.Into) -> int:
    export = intake.Export(file.name, file.read_bytes(), options.source, options.on)
    try:
        found = intake.take_in(export, into, now(), Reasons(into.records))
        recording.record(options.root, found.files)
    except (FormatError, CandidateError, LogError) as error:
        print(f"{problems.printable(str(error))}\nNothing of this file was imported.", file=sys.stderr)
        return SOURCE_FAILED
    if found.imported_before:
        print(f"{file.name}: imported before, nothing to do")
        return FINE
    received = f"{found.n_received} {plural(found.n_received, 'record')}"
    counts = f"{found.n_duplicates} known or repeated, {len(found.new)} new"
    print(f"{file.name}: {found.layout}, {received}, {counts}")
    for key, title in found.new.items():
        print(f"  {path_of(CANDIDATE, key)}  {problems.printable(title)}")
    for line in (*found.updated.changes, *found.updated.differences):
        print(f"  {problems.printable(line)}")
    return FINE

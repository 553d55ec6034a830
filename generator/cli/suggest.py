"""`living-review suggest`: what the review knows of a study that somebody suggests, and a candidate when it is new."""

import argparse
import sys
from pathlib import Path

from generator import problems
from generator.cli.search import add_also_known, missing_records, other_records
from generator.cli.services import now, web_client
from generator.cli.verbs import FINE, PROBLEMS, SOURCE_FAILED, USAGE, Verbs, exit_code, verb
from generator.keeping import recording
from generator.model.records import Records
from generator.records import checking, store
from generator.surveillance import suggesting
from generator.surveillance.arriving.arrivals import CandidateError
from generator.surveillance.suggesting import Accepting, Index, Suggestion


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    suggests = verb(
        verbs,
        "suggest",
        _suggest,
        "answer the suggestion of a study; with --write, prepare a candidate when it is new",
        "Reads the DOI, PubMed id, trial registration or link in FILE, the text of an issue, and says in Markdown\n"
        "what the review knows of it. With --write, what nobody here has seen is looked up and becomes a candidate\n"
        "file; the last line is then a name for its branch. Where a source fails, the candidate holds what is\n"
        "known, and the exit code is 3.",
        "example:\n  living-review suggest issue.md --title 'A trial that is missing' --write",
    )
    suggests.add_argument("file", type=Path, metavar="FILE", help="the text of the suggestion")
    suggests.add_argument("--title", default="", metavar="TEXT", help="its title")
    suggests.add_argument("--write", action="store_true", help="look up what is unknown and write its candidate")
    suggests.add_argument("--credit", default="", metavar="NAME", help="who to credit (default: as the text says)")
    suggests.add_argument(
        "--source", default="", metavar="ID", help="source of the protocol that suggestions count under"
    )
    add_also_known(suggests)


def _suggest(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        print(f"There is no file {str(options.file)!r}.", file=sys.stderr)
        return USAGE
    if missing := missing_records(options):
        print(missing, file=sys.stderr)
        return USAGE
    with options.file.open("rb") as file:
        body = file.read(suggesting.LONGEST).decode("utf-8", "replace")
    suggestion = suggesting.read(body, options.title)
    also_known = other_records(options)
    if options.write:
        return _write(options, suggestion, also_known)
    loaded = store.load(options.root)
    index = Index(loaded.records, also_known)
    print(suggesting.answer(suggestion, index, is_complete=exit_code(loaded.problems) == FINE), end="")
    return FINE


def _write(options: argparse.Namespace, suggestion: Suggestion, also_known: tuple[Records, ...]) -> int:
    recording.recover(options.root)
    checked = checking.check(options.root)
    protocol = checked.records.protocol
    if exit_code(checked.problems) != FINE or protocol is None:
        print(problems.to_terminal(checked.problems), end="", file=sys.stderr)
        print("Nothing was written: mend the errors first.", file=sys.stderr)
        return PROBLEMS
    source = options.source or suggesting.source_for_suggestions(protocol)
    if source not in {one.id for one in protocol.sources}:
        print(f"There is no source {source!r} for suggestions in the protocol. Add one:", file=sys.stderr)
        print("- {id: by-hand, name: Found by hand or suggested, kind: website}", file=sys.stderr)
        return USAGE
    index = Index(checked.records, also_known)
    accepting = Accepting(suggestion, checked.records, source, now(), options.credit, also_known)
    try:
        accepted = suggesting.accept(accepting, web_client(protocol))
        recording.record(options.root, accepted.files)
    except CandidateError as error:
        print(f"{problems.printable(str(error))}\nNothing was written.", file=sys.stderr)
        return PROBLEMS
    print(suggesting.answer(suggestion, index, accepted), end="")
    if accepted.candidates:
        print(suggesting.branch_of(accepted))
    return SOURCE_FAILED if accepted.failures else FINE

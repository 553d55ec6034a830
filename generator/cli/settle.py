"""`living-review settle`: decided candidates move to where their decisions say, all in one change."""

import argparse
import sys

from generator import problems
from generator.cli.verbs import FINE, PROBLEMS, Verbs, exit_code, today, verb
from generator.keeping import recording, settling
from generator.keeping.settling.comments import comments
from generator.keeping.settling.ledger import LedgerError
from generator.keeping.settling.references import RenamingError
from generator.model.records import CANDIDATE, FOLDER, path_of
from generator.records import checking, store
from generator.surveillance.arriving.arrivals import TO_DECIDE

_TEMPLATE = "docs/templates/candidate.yml"


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    verb(
        verbs,
        "settle",
        _settle,
        "move decided candidates to where their decisions say",
        "Moves each decided candidate to where its decision says:\n"
        "  include at full-text: included/<id>.yml, a draft to extract; a registration: trials/<registration>.yml\n"
        "  exclude at full-text: excluded/<id>.yml, with its reason\n"
        "  exclude at title-abstract: a line at the end of screened/<year>.yml\n"
        "Anything else stays. All files change together or none. Comments that people wrote go with the record.",
        "example:\n  living-review settle",
    )


def _settle(options: argparse.Namespace) -> int:
    recording.recover(options.root)
    checked = checking.check(options.root)
    protocol = checked.records.protocol
    if protocol is None or exit_code(checked.problems) != FINE:
        print(problems.to_terminal(checked.problems), end="")
        print("Nothing was moved: mend the errors first.", file=sys.stderr)
        return PROBLEMS
    template = options.root / _TEMPLATE
    written = {*TO_DECIDE.splitlines(), *(comments(template.read_bytes()) if template.is_file() else ())}
    try:
        settled = settling.settle(checked.records, protocol, options.root, today(), written)
    except (settling.SettlingError, LedgerError, RenamingError) as error:
        print(f"{problems.printable(str(error))}\nNothing was moved.", file=sys.stderr)
        return PROBLEMS
    if settled.moves:
        recording.record(options.root, settled.files, settled.removed)
    for move in settled.moves:
        print(f"{path_of(CANDIDATE, move.key)} -> {move.path}  {problems.printable(move.title)}")
    for key in settled.to_read:
        print(f"{path_of(CANDIDATE, key)} stays: included on title and abstract, to be read in full")
    print(problems.to_terminal(store.located(options.root, settled.refused)), end="")
    if not settled.moves:
        print(f"{FOLDER}: no candidate to move")
    return PROBLEMS if settled.refused else FINE

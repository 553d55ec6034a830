"""`living-review init`: a new review in a folder of its own, which checks and builds at once."""

import argparse
import sys
from pathlib import Path

import generator
from generator.cli.verbs import FINE, USAGE, Verbs, today, verb
from generator.keeping import starting

_PROJECT = Path(generator.__file__).resolve().parent.parent
_ALLOWED = frozenset({".git"})
"""What may stand in the folder before: a repository without files."""


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    inits = verb(
        verbs,
        "init",
        _init,
        "write a new, empty review into a folder",
        "Copies the program, pages, templates and workflows of this project into DIR, with a protocol that asks\n"
        "questions and without any record. It checks and builds at once: make site, in DIR.",
        "example:\n  living-review init ../my-review",
        needs_records=False,
    )
    inits.add_argument("folder", type=Path, metavar="DIR", help="a folder that does not exist yet, or is empty")


def _init(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    if folder.is_file() or (folder.is_dir() and {path.name for path in folder.iterdir()} - _ALLOWED):
        print(f"{folder} is not empty. Name a folder that does not exist yet.", file=sys.stderr)
        return USAGE
    try:
        files = starting.files(_PROJECT, today())
    except starting.IncompleteProjectError as error:
        print(f"{error}.\nA new review is copied from a complete checkout of the project.", file=sys.stderr)
        return USAGE
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    print(f"{folder}: {len(files)} files written. Next:")
    print(f"  cd {folder} && make site")
    print("Then answer the questions in studies/protocol.yml; README.md says what else is yours to write.")
    return FINE

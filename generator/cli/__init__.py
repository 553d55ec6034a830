"""The command line: one module a verb, found by itself. The one room that prints, exits and reads the clock."""

import argparse
import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

from generator.cli.verbs import EXIT_CODES, FINE, PROBLEMS, SOURCE_FAILED, USAGE, today
from generator.model.records import FOLDER

__all__ = ["FINE", "PROBLEMS", "SOURCE_FAILED", "USAGE", "main", "run", "today"]

_ORDER = ("check", "build", "search", "import_")
"""Verbs of every day, in the order help lists them; the others follow by name."""


def run() -> int:
    """Run the verb that the command line names, in a process of its own, and return its exit code."""
    gc.disable()  # the process ends soon and makes few cycles; walking its growing records costs a quarter of its time
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # who reads, such as `head`, has seen enough; Python would complain once more at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    options = _parser().parse_args(arguments)
    if options.needs_records and not (options.root / FOLDER).is_dir():
        print(f"There is no folder {FOLDER}/ in {options.root.resolve()}.", file=sys.stderr)
        print("Go to the folder that holds it, or name that folder: living-review check --root DIR", file=sys.stderr)
        return USAGE
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="living-review",
        description="Keep a living systematic review as plain files: records in studies/, a website out.",
        epilog=f"Start with: living-review check.   {EXIT_CODES}",
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    names = {module.name for module in pkgutil.iter_modules(__path__)} - {"verbs"}
    for name in sorted(names, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)):
        importlib.import_module(f"{__name__}.{name}").add(verbs)
    return parser

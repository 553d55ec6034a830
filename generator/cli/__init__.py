"""The command line: one module a verb, found by itself. The one room that prints, exits and reads the clock.

Only the module of the verb that is run is imported; all are when somebody asks for help or names no verb.
"""

import argparse
import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

from generator.cli.verbs import EXIT_CODES, FINE, PROBLEMS, SOURCE_FAILED, USAGE, Help, github_name, today
from generator.model.records import FOLDER

__all__ = ["FINE", "PROBLEMS", "SOURCE_FAILED", "USAGE", "main", "run", "today"]

_ORDER = ("check", "build", "search", "import")
"""Verbs of every day, in the order help lists them; the others follow by name."""
_SHARED = ("repository", "services", "verbs")
"""Modules of this room that are no verbs."""


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
    given = list(sys.argv[1:] if arguments is None else arguments)
    options, unknown = _parser(given[0] if given else "").parse_known_args(given)
    if unknown:
        options.wrong_usage(f"unrecognized arguments: {' '.join(unknown)}")
    if options.needs_records and not (options.root / FOLDER).is_dir():
        print(f"There is no folder {FOLDER}/ in {options.root.resolve()}.", file=sys.stderr)
        print("Go to the folder that holds it, or name that folder: living-review check --root DIR", file=sys.stderr)
        return USAGE
    if options.needs_github and not github_name():
        print("GITHUB_REPOSITORY must name the repository: owner/name", file=sys.stderr)
        return USAGE
    code: int = options.run(options)
    return code


def _parser(wanted: str) -> argparse.ArgumentParser:
    """Return the parser of the verb that is wanted; of every verb where there is none of that name."""
    parser = argparse.ArgumentParser(
        prog="living-review",
        description="Keep a living systematic review as plain files: records in studies/, a website out.",
        epilog=f"Start with: living-review check\n\n{EXIT_CODES}",
        formatter_class=Help,
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    modules = {name.rstrip("_"): name for _, name, _ in pkgutil.iter_modules(__path__) if name not in _SHARED}
    names = sorted(modules, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
    for name in [wanted] if wanted in modules else names:
        importlib.import_module(f"{__name__}.{modules[name]}").add(verbs)
    return parser

"""The command line: one module a verb, found by itself. The one room that prints, exits and reads the clock.

Only the module of the verb that is run is imported; all are when somebody asks for help.
"""

import argparse
import difflib
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
_FIRST_STEPS = """\
Keep a living systematic review as plain files: records in studies/, a website out.

In the folder that holds studies/, start with:
  living-review check    say what is wrong in the records, where, and how to mend it
  living-review build    write the pages of the site

For a review of your own:
  living-review init --help

All verbs:
  living-review --help"""


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
    if not given:
        print(_FIRST_STEPS, file=sys.stderr)
        return USAGE
    verbs = _verbs()
    if given[0] not in verbs and not given[0].startswith("-"):
        close = difflib.get_close_matches(given[0].lower(), verbs, n=1, cutoff=0.6)
        meant = f" Did you mean: living-review {close[0]}" if close else ""
        print(f"There is no verb {given[0]!r}.{meant}\nAll verbs: living-review --help", file=sys.stderr)
        return USAGE
    options, unknown = _parser(given[0], verbs).parse_known_args(given)
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


def _verbs() -> dict[str, str]:
    """Return the module of each verb by its name, those of every day first."""
    modules = {name.rstrip("_"): name for _, name, _ in pkgutil.iter_modules(__path__) if name not in _SHARED}
    names = sorted(modules, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
    return {name: modules[name] for name in names}


def _parser(wanted: str, modules: dict[str, str]) -> argparse.ArgumentParser:
    """Return the parser of the verb that is wanted; of every verb where an option stands in its place."""
    parser = argparse.ArgumentParser(
        prog="living-review",
        description="Keep a living systematic review as plain files: records in studies/, a website out.",
        epilog=f"Start with: living-review check\n\n{EXIT_CODES}",
        formatter_class=Help,
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    for name in [wanted] if wanted in modules else modules:
        importlib.import_module(f"{__name__}.{modules[name]}").add(verbs)
    return parser

"""`living-review build`: the pages of the site, from records without errors."""

import argparse
import sys
from pathlib import Path

from generator import build as building
from generator import problems
from generator.cli.verbs import FINE, PROBLEMS, USAGE, Progress, Verbs, day, today, verb
from generator.records import checking
from generator.site import website


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    builds = verb(
        verbs,
        "build",
        _build,
        f"check the records and write the pages of the site into {website.OUTPUT}/",
        f"Writes Markdown, figures and downloads into {website.OUTPUT}/, touching only files that change.\n"
        "Nothing is written when the records have errors. `mkdocs build` and `mkdocs serve` do this by themselves.",
        "examples:\n  living-review build --today 2026-01-31     (the same records and day give the same bytes)\n"
        "  living-review build --as-of 2024-04-03 --output build/2024-04-03     (what was known then)",
    )
    days = builds.add_mutually_exclusive_group()
    days.add_argument(
        "--today", type=day, metavar="YYYY-MM-DD", help="day the living status is computed for (default: today, UTC)"
    )
    days.add_argument(
        "--as-of",
        type=day,
        metavar="YYYY-MM-DD",
        help="rebuild the review as it was known on that day, from the dated facts in the records",
    )
    builds.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help=f"folder to write into, from --root; it then holds the pages and nothing else (default: {website.OUTPUT})",
    )


def _build(options: argparse.Namespace) -> int:
    output: Path = options.output or Path(website.OUTPUT)
    if options.output and not website.may_write(options.root / output):
        print(f"{output} holds files that no build has written; name an empty or a new folder.", file=sys.stderr)
        return USAGE
    progress = Progress()
    day_shown = options.as_of or options.today or today()
    try:
        built = building.build(options.root, day_shown, progress, as_of=bool(options.as_of), output=output)
    except website.DocumentError as error:
        print(f"{building.DOCUMENTS}/{problems.printable(str(error))}\nNothing was written.", file=sys.stderr)
        return PROBLEMS
    finally:
        progress.wipe()
    print(problems.to_terminal(built.checked.problems), end="")
    print(checking.summary_line(built.checked))
    if built.written is None:
        print("Nothing was written: mend the errors first.", file=sys.stderr)
        return PROBLEMS
    written = built.written
    print(f"{output}: {written.n_files} files, {len(written.changed)} written, {len(written.removed)} removed")
    return FINE

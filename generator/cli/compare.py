"""`living-review compare`: what merging one state of the records into another would change."""

import argparse
import re
import sys
from pathlib import Path

from generator.cli.verbs import USAGE, Progress, Verbs, day, exit_code, today, verb
from generator.model.records import FOLDER
from generator.records import checking
from generator.site import comparing


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    compares = verb(
        verbs,
        "compare",
        _compare,
        "say what merging one state of the records into another would change",
        "Compares two folders that hold studies/: rows of the evidence tables, directions, certainty, numbers of the\n"
        "flow diagram, dates, sentences that would be out of date, words that would be lost, and days of the past\n"
        "that subscribers would be told of as news. Only records are read; nothing is run.\n"
        "While either has errors nothing is compared, and those of HEAD are listed. The exit code is that of HEAD.",
        "example:\n  living-review compare ../main . --format markdown     (a comment for a pull request)",
    )
    compares.add_argument("base", type=Path, metavar="BASE", help="folder into which would be merged")
    compares.add_argument(  # the same as --root, so that the folder is looked for before the verb runs
        "root",
        nargs="?",
        type=_folder,
        default=argparse.SUPPRESS,
        metavar="HEAD",
        help="what would be merged (default: here)",
    )
    compares.add_argument("--format", choices=("markdown", "text"), default="text", help="default: text")
    compares.add_argument("--preview", default="", metavar="URL", help="where the built pages can be looked at")
    compares.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="day both are seen on (default: today, UTC)")


def _folder(text: str) -> Path | str:
    return text if text is argparse.SUPPRESS else Path(text)  # argparse takes the sign of no default through the type


def _compare(options: argparse.Namespace) -> int:
    if options.preview and not re.fullmatch(r"https?://[^\s<>\"'`\\]+", options.preview):
        print(f"Expected a web address for --preview, found {options.preview!r}.", file=sys.stderr)
        return USAGE
    for root in (options.base, options.root):
        folder = root / FOLDER
        if folder.is_symlink() or not folder.is_dir():
            print(f"Expected a folder {FOLDER}/ in {str(root)!r}, found {_found(folder)}.", file=sys.stderr)
            return USAGE
    progress = Progress()
    base, head = (checking.check(root, watch=progress) for root in (options.base, options.root))
    comparison = comparing.compare(base, head, options.today or today())
    progress.wipe()
    markdown = options.format == "markdown"
    told = comparing.comment(comparison, options.preview) if markdown else comparing.plain_text(comparison)
    print(told, end="")
    return exit_code(head.problems)


def _found(folder: Path) -> str:
    return "a link" if folder.is_symlink() else "none"

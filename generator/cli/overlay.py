"""`living-review overlay`: the runs of quiet nights over the work tree, so that a build shows the last search."""

import argparse
import sys
import tempfile
from pathlib import Path

from generator import problems
from generator.cli.repository import not_at_top, repository_git
from generator.cli.verbs import FINE, SOURCE_FAILED, USAGE, Verbs, verb
from generator.github import logs
from generator.github.git import GitError
from generator.github.quiet import lay_over
from generator.keeping import recording


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    verb(
        verbs,
        "overlay",
        _overlay,
        f"lay the branch {logs.BRANCH} over studies/searches/, before a build",
        f"Quiet nights add their search to the branch {logs.BRANCH} and open no pull request. This fetches origin and\n"
        "adds those runs to studies/searches/ in the work tree, so that the site says when the last search was.\n"
        "Run it in a checkout that is thrown away; the runs come into the published branch with the next pull request.",
        "example:\n  living-review overlay && living-review build",
    )


def _overlay(options: argparse.Namespace) -> int:
    recording.recover(options.root)
    with tempfile.TemporaryDirectory(prefix="living-review-") as folder:
        git = repository_git(options.root, Path(folder))
        try:
            if wrong := not_at_top(git, options.root):
                print(wrong, file=sys.stderr)
                return USAGE
            git.fetch()
            laid = lay_over(git, options.root)
        except GitError as error:
            print(problems.printable(str(error)), file=sys.stderr)
            return SOURCE_FAILED
    for path in laid:
        print(f"  {path}")
    print(f"{len(laid)} days of {logs.BRANCH} laid over the work tree")
    return FINE

"""`living-review propose`: what a verb has changed in the work tree, as a pull request."""

import argparse
import re
import sys
import tempfile
from pathlib import Path

from generator import problems
from generator.cli.repository import not_at_top, repository_git
from generator.cli.services import repository_api
from generator.cli.verbs import FINE, SOURCE_FAILED, USAGE, Verbs, verb
from generator.github.api import GithubError
from generator.github.git import Git, GitError
from generator.github.offering import Offer, offer
from generator.model.records import FOLDER

_BRANCH = re.compile(r"[a-z][a-z0-9-]{0,60}")


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    proposes = verb(
        verbs,
        "propose",
        _propose,
        "open a pull request with what has changed in studies/",
        "Commits what is changed, new or gone in studies/ on a branch of its own and opens its pull request. While a\n"
        "pull request of that branch is open, nothing is written: what is changed now waits until it is merged or\n"
        "closed. The work tree stays as it is, nothing is ever pushed with force or to the published branch.\n"
        "Needs GITHUB_REPOSITORY and a token, as living-review nightly does.",
        'example:\n  living-review settle; living-review propose settled --title "Settle decided candidates"',
        needs_github=True,
    )
    proposes.add_argument("branch", metavar="BRANCH", help="small letters, digits and hyphens")
    proposes.add_argument("--title", required=True, metavar="TEXT", help="title of the pull request")
    proposes.add_argument("--why", default="", metavar="TEXT", help="what it is for, in a sentence")


def _propose(options: argparse.Namespace) -> int:
    if not _BRANCH.fullmatch(options.branch):
        print("BRANCH must be small letters, digits and hyphens.", file=sys.stderr)
        return USAGE
    with tempfile.TemporaryDirectory(prefix="living-review-") as folder:
        git = repository_git(options.root, Path(folder))
        try:
            if wrong := not_at_top(git, options.root):
                print(wrong, file=sys.stderr)
                return USAGE
            made = _offer_of(options, git)
            if not made.files and not made.removed:
                print(f"{FOLDER}: nothing to propose")
                return FINE
            offered = offer(made, git, repository_api())
        except (GitError, GithubError) as error:
            print(f"{problems.printable(str(error))}\nThe next run repairs it; nothing is lost.", file=sys.stderr)
            return SOURCE_FAILED
    waits = "" if offered.is_new else " is open already; what is changed now waits until it is merged or closed"
    print(f"pull request {offered.number}{waits}")
    return FINE


def _offer_of(options: argparse.Namespace, git: Git) -> Offer:
    """Return what the work tree has changed."""
    paths = sorted(git.altered(FOLDER))
    files = {path: (options.root / path).read_bytes() for path in paths if (options.root / path).is_file()}
    removed = frozenset(paths) - files.keys()
    return Offer(options.branch, options.title, options.why or options.title, files, removed)

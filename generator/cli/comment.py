"""`living-review comment`: one comment on a pull request that says what merging it would change, kept up to date."""

import argparse
import re
import sys
import tempfile
from pathlib import Path

from generator import problems
from generator.cli.repository import repository_git
from generator.cli.services import repository_api
from generator.cli.verbs import FINE, SOURCE_FAILED, USAGE, Verbs, today, verb
from generator.github.api import Api, GithubError, PullRequest
from generator.github.git import Git, GitError
from generator.github.offering import say
from generator.model.records import FOLDER
from generator.records import checking
from generator.site import comparing
from generator.site.comparing.telling import MARKER


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    comments = verb(
        verbs,
        "comment",
        _comment,
        "say on a pull request what merging it would change",
        "Finds the open pull requests whose last commit is COMMIT, reads their records and those of where they parted\n"
        "from the published branch, and keeps one comment on each. Only records are read, as data: nothing that a\n"
        "pull request brings is run or checked out, so this is safe for forks.\n"
        "Needs GITHUB_REPOSITORY and a token, as living-review nightly does.",
        "example:\n  living-review comment 0123456789012345678901234567890123456789",
        needs_github=True,
    )
    comments.add_argument("commit", metavar="COMMIT", help="the last commit of the pull request, in full")
    comments.add_argument("--preview", default="", metavar="URL", help="where the built pages can be looked at")


def _comment(options: argparse.Namespace) -> int:
    is_commit = re.fullmatch(r"[0-9a-f]{40}", options.commit)
    is_address = re.fullmatch(r"(?:https?://[^\s<>\"'`\\]+)?", options.preview)
    if not is_commit or not is_address:
        print("COMMIT must be 40 digits, and --preview an address.", file=sys.stderr)
        return USAGE
    with tempfile.TemporaryDirectory(prefix="living-review-") as folder:
        git = repository_git(options.root, Path(folder))
        api = repository_api()
        try:
            git.fetch()
            pulls = [one for one in api.pulls("open") if one.commit == options.commit]
            for one in pulls:
                _tell(one, git, api, Path(folder) / str(one.number), options)
        except (GitError, GithubError) as error:
            print(problems.printable(str(error)), file=sys.stderr)
            return SOURCE_FAILED
    if not pulls:
        print("no open pull request ends with this commit; a newer one has a comment of its own")
    return FINE


def _tell(pull: PullRequest, git: Git, api: Api, scratch: Path, options: argparse.Namespace) -> None:
    main = git.tip(api.main_branch())
    if git.fetch_pull(pull.number) != options.commit:
        print(f"pull request {pull.number} has moved on")
        return
    parted = git.merge_base(main, options.commit)
    for name, commit in (("base", parted), ("head", options.commit)):
        git.export(commit, FOLDER, scratch / name)
    base, head = checking.check(scratch / "base"), checking.check(scratch / "head")
    text = comparing.comment(comparing.compare(base, head, today()), options.preview)
    changed = say(pull.number, text, MARKER, api)
    print(f"pull request {pull.number}: comment {'written' if changed else 'is up to date'}")

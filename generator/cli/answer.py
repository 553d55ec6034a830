"""`living-review answer`: the answer to a suggestion on the issue itself, and a pull request when it is accepted."""

import argparse
import sys
import tempfile
from pathlib import Path

from generator import problems
from generator.cli.repository import repository_git
from generator.cli.services import now, repository_api, web_client
from generator.cli.verbs import FINE, PROBLEMS, SOURCE_FAILED, USAGE, Verbs, exit_code, verb
from generator.github.api import Api, GithubError
from generator.github.git import Git, GitError
from generator.github.offering import Offer, offer, say
from generator.github.standing import waiting_on_pulls
from generator.model.records import FOLDER, Records
from generator.records import checking
from generator.surveillance import suggesting
from generator.surveillance.arriving.arrivals import CandidateError
from generator.surveillance.suggesting import Accepted, Accepting, Index, Suggestion


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    answers = verb(
        verbs,
        "answer",
        _answer,
        "answer the suggestion of a study on its issue; with --accept, propose its candidate",
        "Reads the issue, whose text is never followed, and keeps one comment that says what the review knows of it;\n"
        "what waits on open pull requests counts as known. With --accept, what is unknown is looked up and becomes a\n"
        "pull request with its candidate.\n"
        "Needs GITHUB_REPOSITORY and a token, as living-review nightly does.",
        "example:\n  living-review answer 12 --accept",
        needs_github=True,
    )
    answers.add_argument("number", type=int, metavar="NUMBER", help="number of the issue")
    answers.add_argument("--accept", action="store_true", help="propose a candidate for what is unknown")


def _answer(options: argparse.Namespace) -> int:
    if options.number < 1:
        print("NUMBER must be that of an issue.", file=sys.stderr)
        return USAGE
    with tempfile.TemporaryDirectory(prefix="living-review-") as folder:
        git, api = repository_git(options.root, Path(folder)), repository_api()
        try:
            issue = api.issue(options.number)
            suggestion = suggesting.read(issue.text, issue.title)
            return _reply(options, suggestion, waiting_on_pulls(git, api, Path(folder)), git, api)
        except CandidateError as error:
            print(f"{problems.printable(str(error))}\nNothing was proposed.", file=sys.stderr)
            return PROBLEMS
        except (GitError, GithubError) as error:
            print(problems.printable(str(error)), file=sys.stderr)
            return SOURCE_FAILED


def _reply(options: argparse.Namespace, suggestion: Suggestion, held: tuple[Records, ...], git: Git, api: Api) -> int:
    checked = checking.check(options.root)
    index, protocol = Index(checked.records, held), checked.records.protocol
    is_complete = exit_code(checked.problems) == FINE
    accepted, proposed = None, ""
    if options.accept:
        source = suggesting.source_for_suggestions(protocol) if protocol and is_complete else ""
        if not protocol or not source:
            print(
                "Nothing was proposed: the records have errors, or the protocol has no source for suggestions:\n"
                "- {id: by-hand, name: Found by hand or suggested, kind: website}",
                file=sys.stderr,
            )
            return PROBLEMS
        accepting = Accepting(suggestion, checked.records, source, now(), also_known=held)
        accepted = suggesting.accept(accepting, web_client(protocol))
        proposed = _propose(options.number, accepted, git, api)
    text = suggesting.answer(suggestion, index, accepted, is_complete=is_complete)
    text = text.replace(suggesting.MARKER, f"{proposed}{suggesting.MARKER}")
    changed = say(options.number, text, suggesting.MARKER, api)
    print(f"issue {options.number}: {'answered' if changed else 'the answer is up to date'}")
    return SOURCE_FAILED if accepted and accepted.failures else FINE


def _propose(issue: int, accepted: Accepted, git: Git, api: Api) -> str:
    """Open the pull request of an accepted suggestion; return the sentence that leads to it."""
    if not accepted.files:
        return ""
    n_new = len(accepted.candidates)
    title = f"Suggested in #{issue}: {n_new} new {'candidate' if n_new == 1 else 'candidates'}"
    files = {f"{FOLDER}/{path}": content for path, content in accepted.files.items()}
    why = f"A reader suggested this in issue {issue}. It is to be screened like every candidate."
    offered = offer(Offer(suggesting.branch_of(accepted), title, why, files), git, api)
    print(f"pull request {offered.number}: {title}")
    return f"It is proposed in #{offered.number}.\n\n"

"""`living-review nightly`: search, and bring what came of it to GitHub."""

import argparse
import sys
import tempfile
from pathlib import Path

from generator import problems
from generator.cli.repository import not_at_top, repository_git
from generator.cli.search import no_place_for
from generator.cli.services import now, repository_api, web_client
from generator.cli.verbs import FINE, PROBLEMS, SOURCE_FAILED, USAGE, Verbs, exit_code, verb
from generator.github.api import Api, GithubError
from generator.github.carrying import carry_out
from generator.github.git import Author, Git, GitError
from generator.github.plan import Kind, Plan, asking, decide, room_for_late
from generator.github.standing import Standing, look
from generator.surveillance.arriving.arrivals import CandidateError
from generator.surveillance.arriving.search_log import LogError
from generator.surveillance.nightly import night


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    nights = verb(
        verbs,
        "nightly",
        _nightly,
        "search, and bring what is new to GitHub as a pull request",
        "Fetches origin, searches from the published branch with what waits on open pull requests as known, and opens\n"
        "one pull request where something is new; a quiet night goes into the branch search-log. A source that fails\n"
        "three nights running has an issue. The work tree stays as it is, and nothing is ever pushed with force or to\n"
        "the published branch. Interrupted or refused, it is repaired by running it again.\n"
        "Needs GITHUB_REPOSITORY (owner/name) and a token that may write contents, pull requests and issues, in\n"
        "LIVING_REVIEW_APP_TOKEN or GITHUB_TOKEN. GITHUB_API_URL and GITHUB_SERVER_URL replace the addresses.\n"
        "The keys and addresses of the sources are those of living-review search.",
        "examples:\n  living-review nightly\n  living-review nightly --dry-run     (searches, changes nothing)",
        needs_github=True,
    )
    nights.add_argument("--dry-run", action="store_true", help="print what would be done, and do nothing of it")
    nights.add_argument("--text", type=Path, metavar="FILE", help="write the night as Markdown")
    nights.add_argument(
        "--accept", action="append", default=[], metavar="ID", help="believe the fallen total of this source"
    )
    nights.add_argument("--workflow", default="", metavar="FILE", help="workflow to keep enabled, such as nightly.yml")
    nights.add_argument("--author-name", default=Author.name, metavar="NAME", help="author of the commits")
    nights.add_argument("--author-email", default=Author.email, metavar="ADDRESS", help="and its address")


def _nightly(options: argparse.Namespace) -> int:
    if wrong := no_place_for(options.text):
        print(wrong, file=sys.stderr)
        return USAGE
    with tempfile.TemporaryDirectory(prefix="living-review-") as folder:
        git = repository_git(options.root, Path(folder), Author(options.author_name, options.author_email))
        try:
            if wrong := not_at_top(git, options.root):
                print(wrong, file=sys.stderr)
                return USAGE
            return _run(options, git, repository_api(), Path(folder))
        except (GitError, GithubError, CandidateError, LogError) as error:
            print(f"{problems.printable(str(error))}\nThe next run repairs it; nothing is lost.", file=sys.stderr)
            return SOURCE_FAILED


def _run(options: argparse.Namespace, git: Git, api: Api, scratch: Path) -> int:
    standing = look(git, api, scratch)
    protocol = standing.records.protocol
    if protocol is None or exit_code(standing.problems) != FINE:
        print(problems.to_terminal(standing.problems), end="")
        print(f"Nothing was searched: mend the errors on {standing.main_branch} first.", file=sys.stderr)
        return PROBLEMS
    for remark in standing.remarks:
        print(f"needs attention: {problems.printable(remark)}", file=sys.stderr)
    occasion = now()
    found = night.search(asking(standing, protocol, occasion, frozenset(options.accept)), web_client(protocol))
    plan = decide(standing, found)
    if options.text:
        options.text.write_text(plan.text, encoding="utf-8")
    for alarm in found.alarms:
        print(f"needs attention: {problems.printable(alarm)}", file=sys.stderr)
    if options.dry_run:
        _tell_dry(plan, standing)
        return SOURCE_FAILED if found.failed else FINE
    done = carry_out(plan, protocol, git, api, options.workflow)
    print(f"{plan.title}: {plan.kind}")
    for told in done.told:
        print(f"  {problems.printable(told)}")
    for failure in done.failures:
        print(f"not done, the next night tries again: {problems.printable(failure)}", file=sys.stderr)
    return SOURCE_FAILED if found.failed or done.failures else FINE


def _tell_dry(plan: Plan, standing: Standing) -> None:
    print(f"{plan.title}: {plan.kind}")
    where = {Kind.PROPOSED: plan.onto.branch if plan.onto else plan.branch, Kind.QUIET: "search-log"}.get(plan.kind)
    for path in sorted(plan.files):
        print(f"  {where}: {path}")
    for place, one in enumerate(standing.cut_off):
        then = "would be opened" if place < room_for_late(standing) else "waits until another is merged or closed"
        print(f"  {one.branch}: its pull request {then}")

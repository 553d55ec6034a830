"""A pull request with what a decision or an accepted suggestion led to, and comments that are kept up to date.

A branch that exists is never written to: what is open stays as people left it, and what comes later waits for it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.github.api import Api, PullRequest
from generator.github.git import Git
from generator.model.records import FOLDER
from generator.wording.templates import write_for_github

_LISTED = 300


@dataclass(frozen=True)
class Offer:
    """What is proposed."""

    branch: str
    """Its name; where that is taken it gets a number after a dot."""
    title: str
    why: str
    """What it is for, in a sentence."""
    files: Mapping[str, bytes]
    """What is written, by path from the top of the repository."""
    removed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Offered:
    """The pull request that stands for an offer."""

    number: int
    is_new: bool
    """False when one was open before: nothing was written then."""


def offer(offered: Offer, git: Git, api: Api) -> Offered:
    """Push the files on a branch of their own and open its pull request, unless one for that branch is open.

    Cut off after the push, the branch is found by the next run, which opens the pull request.
    """
    git.fetch()
    main, head, tips = api.main_branch(), git.head(), git.branches()
    family = re.compile(rf"{re.escape(offered.branch)}(?:\.\d+)?")
    opened, closed = (_of(family, api.pulls(state)) for state in ("open", "closed"))
    if opened:
        return Offered(opened[0].number, is_new=False)
    told = {one.branch for one in closed}
    for branch in sorted(name for name in tips if family.fullmatch(name) and name not in told):
        if git.changed(git.merge_base(head, tips[branch]), tips[branch]):
            return Offered(api.open_pull(branch, main, offered.title, _text(offered, git, tips[branch])), is_new=True)
    names = (offered.branch, *(f"{offered.branch}.{number}" for number in range(2, len(told | tips.keys()) + 3)))
    branch = next(name for name in names if name not in told and name not in tips)
    commit = git.commit(head, offered.files, offered.removed, f"{offered.title}\n")
    git.push(commit, branch)
    return Offered(api.open_pull(branch, main, offered.title, _text(offered, git, commit)), is_new=True)


def say(number: int, text: str, marker: str, api: Api) -> bool:
    """Keep one comment of the program that ends with `marker`: add it or rewrite it; return whether anything changed.

    A comment of a person that copies the marker is left alone.
    """
    own = [one for one in api.said(number) if one.by_program and one.text.rstrip().endswith(marker)]
    if not own:
        api.comment(number, text)
    elif own[0].text.strip() != text.strip():
        api.rewrite_comment(own[0].number, text)
    return not own or own[0].text.strip() != text.strip()


def _text(offered: Offer, git: Git, commit: str) -> str:
    """Return the text of the pull request, with the files as they are in the commit."""
    here = git.files(commit, FOLDER)
    changed = sorted(git.changed(git.merge_base(git.head(), commit), commit))
    listed = [(path, "written" if path in here else "removed") for path in changed[:_LISTED]]
    return write_for_github("github/offered.md.j2", why=offered.why, listed=listed, n_more=len(changed[_LISTED:]))


def _of(family: re.Pattern[str], pulls: list[PullRequest]) -> list[PullRequest]:
    return [one for one in pulls if one.own and family.fullmatch(one.branch)]

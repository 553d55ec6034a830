"""What stands on GitHub before a night: the published records, and what waits on open and closed pull requests.

A candidate waits while it is on an open pull request of a night. A pull request closed without merging settles nothing:
a candidate leaves the queue by a recorded decision only, so what was on it and is nowhere else is offered again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.github import logs
from generator.github.api import Api, PullRequest
from generator.github.git import Git, GitError
from generator.github.waiting import CANDIDATES, Pushed, Waiting, read_branch
from generator.keeping import recording
from generator.model import records as kinds
from generator.model.decision import Candidate
from generator.model.records import FOLDER, Records, path_of, record_id
from generator.problems import Problem
from generator.records import checking, form, yamlfile
from generator.surveillance.arriving.arrivals import ids_taken
from generator.surveillance.arriving.known import known_records
from generator.surveillance.dedupe import find_known

NIGHT = re.compile(r"nightly/\d{4}-\d{2}-\d{2}(?:-\d+)?")
"""The branches of nights."""


@dataclass(frozen=True)
class Again:
    """A candidate of a pull request that was closed without merging, and that is nowhere else."""

    number: int
    """The pull request."""
    key: str
    candidate: Candidate
    content: bytes

    @property
    def path(self) -> str:
        """The file."""
        return path_of(kinds.CANDIDATE, self.key)


@dataclass(frozen=True)
class Standing:
    """Everything that a night starts from."""

    main_branch: str
    main: str
    """The last commit of the published branch."""
    log: str
    """The last commit of `search-log`; empty when there is none."""
    root: Path
    """A copy of the published records with `search-log` laid over them."""
    records: Records
    problems: Sequence[Problem]
    beyond: Mapping[str, bytes]
    """The days of `search-log` that the published branch does not have, by path."""
    branches: frozenset[str]
    """Names that a new branch may not have."""
    waiting: tuple[Waiting, ...] = ()
    """Those with an open pull request, newest first, then those without any."""
    elsewhere: tuple[Records, ...] = ()
    """What waits on open pull requests that are not of a night, such as accepted suggestions."""
    again: tuple[Again, ...] = ()
    again_logs: Mapping[str, bytes] = field(default_factory=dict)
    """The logs of the searches that found them, where no other place has them, by path."""
    remarks: tuple[str, ...] = ()
    """What could not be read, for a person to look at."""

    @property
    def opened(self) -> tuple[Waiting, ...]:
        """Those with an open pull request, newest first."""
        return tuple(one for one in self.waiting if one.pull)

    @property
    def cut_off(self) -> tuple[Waiting, ...]:
        """Those that were pushed and never became a pull request."""
        return tuple(one for one in self.waiting if not one.pull)

    @property
    def also_known(self) -> tuple[Records, ...]:
        """What waits, for a search that is not to offer it twice."""
        return (
            *(one.records for one in self.waiting),
            *self.elsewhere,
            Records(candidates={one.key: one.candidate for one in self.again}),
        )


def look(git: Git, api: Api, scratch: Path) -> Standing:
    """Fetch and read everything that stands; raise `GitError` or `GithubError` when it cannot be known."""
    git.fetch()
    name = api.main_branch()
    main, log = git.tip(name), git.tip(logs.BRANCH)
    if not main or not git.files(main, FOLDER):
        raise GitError(f"the branch {name} has no folder {FOLDER}/")
    all_open, closed, tips = api.pulls("open"), _of_nights(api.pulls("closed")), git.branches()
    opened = _of_nights(all_open)
    pushed = [Pushed(one.branch, tips.get(one.branch) or git.fetch_pull(one.number), one) for one in opened]
    told = {one.branch for one in (*opened, *closed)}
    cut_off = [branch for branch in sorted(tips) if NIGHT.fullmatch(branch) and branch not in told]
    unmerged = [branch for branch in cut_off if git.changed(git.merge_base(main, tips[branch]), tips[branch])]
    pushed += [Pushed(branch, tips[branch], None) for branch in unmerged]
    waiting = tuple(read_branch(git, main, one, scratch / f"waiting-{n}") for n, one in enumerate(pushed))
    beyond = logs.beyond(git, main, log)
    root = scratch / "published"
    git.export(main, FOLDER, root)
    recording.record(root, {path.removeprefix(f"{FOLDER}/"): content for path, content in beyond.items()})
    checked = checking.check(root)
    elsewhere = tuple(_elsewhere(git, main, [one for one in all_open if one not in opened], scratch))
    known = [checked.records, *(one.records for one in (*waiting, *elsewhere))]
    again, again_logs, remarks = _offered_again(git, main, [one for one in closed if not one.merged], known)
    return Standing(
        main_branch=name,
        main=main,
        log=log,
        root=root,
        records=checked.records,
        problems=checked.problems,
        beyond=beyond,
        branches=frozenset(tips) | told,
        waiting=waiting,
        elsewhere=tuple(one.records for one in elsewhere),
        again=tuple(again),
        again_logs=again_logs,
        remarks=(*(remark for one in (*waiting, *elsewhere) for remark in one.remarks), *remarks),
    )


def waiting_on_pulls(git: Git, api: Api, scratch: Path) -> tuple[Records, ...]:
    """Fetch and return the records of every open pull request that brings candidates, so that none is offered twice."""
    git.fetch()
    elsewhere = _elsewhere(git, git.tip(api.main_branch()), api.pulls("open"), scratch)
    return tuple(one.records for one in elsewhere)


def same_as_known(candidates: Records, known: Iterable[Records]) -> set[str]:
    """Return the ids of those candidates whose document is known, whatever it is called and whatever became of it."""
    new = list(known_records(candidates))
    matches = find_known([record for _, record in new], (record for held in known for _, record in known_records(held)))
    return {key for (key, _), match in zip(new, matches, strict=True) if match.same}


def _of_nights(pulls: Iterable[PullRequest]) -> list[PullRequest]:
    """Return the pull requests of nights; a fork may name its branch as it likes and is none of them."""
    return [one for one in pulls if one.own and NIGHT.fullmatch(one.branch)]


def _elsewhere(git: Git, main: str, pulls: Sequence[PullRequest], scratch: Path) -> Iterator[Waiting]:
    """Yield those pull requests that are of this repository and bring candidates."""
    tips = git.branches()
    for one in pulls:
        commit = tips.get(one.branch, "") if one.own else ""
        changed = git.changed(git.merge_base(main, commit), commit) if commit else set()
        if any(path.startswith(f"{CANDIDATES}/") for path in changed):
            yield read_branch(git, main, Pushed(one.branch, commit, one), scratch / f"other-{one.number}")


def _offered_again(
    git: Git, main: str, closed: Sequence[PullRequest], known: Sequence[Records]
) -> tuple[list[Again], dict[str, bytes], list[str]]:
    """Return what was on closed pull requests and is nowhere else, its search logs, and what could not be read."""
    held, again, found_logs, remarks = list(known), list[Again](), dict[str, bytes](), list[str]()
    taken = set[str]().union(*(ids_taken(one) for one in known))
    for pull in closed:
        try:
            commit = git.fetch_pull(pull.number)
        except GitError as error:
            remarks.append(f"pull request {pull.number} was closed and cannot be read: {error}")
            continue
        shown = list(_candidates_of(git, main, commit, pull.number))
        settled = same_as_known(Records(candidates={one.key: one.candidate for one in shown}), held)
        own = [_named(one, taken) for one in shown if one.key not in settled]
        for one in own:
            found_logs |= {path: logs.union(found_logs.get(path), log) for path, log in _logs_of(git, commit, one)}
        again += own
        held.append(Records(candidates={one.key: one.candidate for one in own}))
    return again, found_logs, remarks


def _candidates_of(git: Git, main: str, commit: str, number: int) -> Iterator[Again]:
    """Yield the candidates a pull request brought, as they stand on it, or as they first stood where they are gone."""
    base = git.merge_base(main, commit)
    for path, first in git.first_versions(base, commit, CANDIDATES).items():
        for content in (git.read(commit, path), first):
            below = path.removeprefix(f"{FOLDER}/")
            read = form.validate(Candidate, yamlfile.read(content), path)[0] if content else None
            if content and read and kinds.kind_of(below) is kinds.CANDIDATE:
                yield Again(number, record_id(kinds.CANDIDATE, below), read, content)
                break


def _named(one: Again, taken: set[str]) -> Again:
    """Return the candidate under an id that no other has."""
    names = (one.key, *(f"{one.key}-{number}" for number in range(2, len(taken) + 3)))
    key = next(name for name in names if name not in taken)
    taken.add(key)
    return Again(one.number, key, one.candidate, one.content)


def _logs_of(git: Git, commit: str, one: Again) -> Iterator[tuple[str, bytes]]:
    for run in sorted({found.run for found in one.candidate.found if found.run}):
        path = path_of(kinds.SEARCH, run)
        content = git.read(commit, path)
        if content and kinds.kind_of(path.removeprefix(f"{FOLDER}/")) is kinds.SEARCH:
            yield path, content

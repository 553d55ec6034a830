"""Carrying out what is to be done with pull requests: open, add to, say what waits, close what is superseded.

Nothing is pushed to a branch that a person works on, save for a second search of the same day, which adds a commit.
"""

import re

from generator.github import logs
from generator.github.api import Api, PullRequest
from generator.github.git import Git, RacedError
from generator.github.plan import LONGEST, Plan
from generator.github.standing import Standing, same_as_known
from generator.github.waiting import CANDIDATES, Waiting
from generator.model.records import FOLDER, Records
from generator.wording.templates import write_for_github

LABEL = "nightly-search"
_START, _END = "<!-- living-review: waiting -->", "<!-- /living-review: waiting -->"
_HELD = re.compile(rf"{_START}.*?{_END}\n*", re.DOTALL)
_SUPERSEDED = "<!-- living-review: superseded -->"
_LISTED = (200, 50, 10, 0)
"""How many titles are listed: as many as fit."""
_ATTEMPTS = 5


def propose(plan: Plan, git: Git, api: Api) -> int:
    """Push a night's files and open its pull request, or add to the one of the same day; return its number.

    Cut off after the push, the branch is found by `open_cut_off` the next night.
    """
    if plan.onto and plan.onto.pull:
        _add_to(plan, plan.onto, git)
        return _add_text(plan.onto.pull.number, plan, api)
    commit = git.commit(plan.standing.main, plan.files, (), f"{plan.title}\n")
    git.push(commit, plan.branch)
    return api.open_pull(plan.branch, plan.standing.main_branch, plan.title, plan.text)


def open_cut_off(one: Waiting, standing: Standing, git: Git, api: Api) -> int:
    """Open the pull request that an earlier night was cut off from opening; return its number."""
    title = git.subject(one.base, one.commit) or one.branch
    return api.open_pull(one.branch, standing.main_branch, title, _text_of(one))


def unlabelled(standing: Standing) -> list[int]:
    """Return the open pull requests without the label of a night."""
    return [one.pull.number for one in standing.opened if one.pull and LABEL not in one.pull.labels]


def label_late(number: int, api: Api) -> None:
    """Put the label on a pull request that an earlier night could not put it on; what a person took off stays off."""
    if not api.was_labelled(number, LABEL):
        api.add_label(number, LABEL)


def tell_held(plan: Plan, api: Api) -> int:
    """Write into the newest open pull request what waits; return its number, 0 where none is open."""
    newest = next(iter(plan.standing.opened), None)
    if not newest or not newest.pull:
        return 0
    night = plan.night
    told = write_for_github(
        "github/held.md.j2",
        on=night.on,
        n_new=len(night.arrivals.candidates),
        n_changed=len(night.updated.files),
        n_again=len(plan.standing.again),
        n_open=len(plan.standing.opened),
        failed=sorted({one.asked.due.source.name for one in night.counted if one.asked.failed}),
    )
    _write_held(newest.pull.number, f"{_START}\n{told}\n{_END}\n\n", api)
    return newest.pull.number


def untell_held(standing: Standing, api: Api) -> None:
    """Remove what was written about waiting finds once they wait no longer."""
    for one in standing.opened:
        if one.pull and _START in one.pull.text:
            _write_held(one.pull.number, "", api)


def close_superseded(standing: Standing, git: Git, api: Api) -> list[int]:
    """Close open pull requests whose candidates are all elsewhere and that nobody touched; return their numbers.

    Elsewhere is the published branch or another open pull request that stays open.
    """
    closed: list[Waiting] = []
    for one in reversed(standing.opened):
        others = [other for other in standing.opened if other is not one and other not in closed]
        homes = [(0, standing.records), *((other.pull.number, other.added) for other in others if other.pull)]
        numbers = _homes(one.added, homes)
        if one.pull and numbers and _holds_only_candidates(one) and not _touched(one, one.pull, git, api):
            told = write_for_github(
                "github/superseded.md.j2", numbers=[number for number in numbers if number], in_main=0 in numbers
            )
            if not any(_SUPERSEDED in said.text for said in api.said(one.pull.number)):
                api.comment(one.pull.number, f"{told}\n{_SUPERSEDED}\n")
            api.close_pull(one.pull.number)
            closed.append(one)
    return [one.pull.number for one in closed if one.pull]


def _holds_only_candidates(waiting: Waiting) -> bool:
    return all(path.startswith((f"{CANDIDATES}/", f"{logs.LOGS}/")) for path in waiting.changed)


def _homes(added: Records, places: list[tuple[int, Records]]) -> list[int]:
    """Return in which places the candidates are; none when one of them is nowhere."""
    left, numbers = dict(added.candidates), []
    for number, records in places:
        found = same_as_known(Records(candidates=left), [records])
        if found:
            numbers.append(number)
            left = {key: one for key, one in left.items() if key not in found}
    return [] if left else numbers


def _touched(waiting: Waiting, pull: PullRequest, git: Git, api: Api) -> bool:
    """Return whether anybody but the program worked on a pull request: commits, ticks, comments, reviews."""
    if git.authors(waiting.base, waiting.commit) - {git.author.email} or re.search(
        r"^\s*[-*] \[[xX]\]", pull.text, re.MULTILINE
    ):
        return True
    said = [*api.said(pull.number), *api.reviewed(pull.number)]
    return any(not one.by_program and one.author != pull.author for one in said)


def _add_to(plan: Plan, onto: Waiting, git: Git) -> None:
    """Commit on top of whatever is on the branch by now; a file that others wrote meanwhile is never written over."""
    for _ in range(_ATTEMPTS):
        tip = git.tip(onto.branch)
        theirs = git.changed(onto.commit, tip) & plan.files.keys()
        if written := sorted(path for path in theirs if not path.startswith(f"{logs.LOGS}/")):
            raise RacedError(f"{onto.branch}: others wrote {written[0]} meanwhile; the next night tries again")
        files = {
            path: logs.union(git.read(tip, path), content) if path.startswith(f"{logs.LOGS}/") else content
            for path, content in plan.files.items()
        }
        try:
            return git.push(git.commit(tip, files, (), f"{plan.title}\n"), onto.branch)
        except RacedError:
            git.fetch()
    raise RacedError(f"{onto.branch}: others pushed {_ATTEMPTS} times meanwhile; the next night tries again")


def _add_text(number: int, plan: Plan, api: Api) -> int:
    before = api.pull(number).text
    text = f"{before}\n\n---\n\nSearched again on the same day.\n\n{plan.text}"
    if len(text) > LONGEST:
        text = f"{before}\n\n---\n\n{plan.title}; the details stand in the files.\n"
    if len(text) <= LONGEST:
        api.change_text(number, text)
    return number


def _write_held(number: int, told: str, api: Api) -> None:
    """Replace the part about waiting finds in the text as it is now; the rest, ticks included, stays."""
    before = api.pull(number).text
    after = told + _HELD.sub("", before)
    if after != before:
        api.change_text(number, after)


def _text_of(waiting: Waiting) -> str:
    candidates = sorted(waiting.added.candidates.items())
    others = {path for path in waiting.changed if path.startswith((f"{FOLDER}/trials/", f"{FOLDER}/included/"))}
    for n_listed in _LISTED:
        text = write_for_github(
            "github/cut_off.md.j2",
            listed=candidates[:n_listed],
            n_more=len(candidates) - len(candidates[:n_listed]),
            n_changed=len(others),
        )
        if len(text) <= LONGEST:
            break
    return text

"""Carrying out a plan. What is done with the finds comes first; what only keeps order never stands in its way."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field

from generator.github import attention, failing, proposing, quiet
from generator.github.api import Api, GithubError
from generator.github.git import Git, GitError
from generator.github.plan import Kind, Plan, room_for_late
from generator.github.standing import Standing
from generator.github.waiting import Waiting
from generator.model.protocol import Protocol


@dataclass
class Done:
    """What was done."""

    told: list[str] = field(default_factory=list)
    """In sentences."""
    failures: list[str] = field(default_factory=list)
    """What could not be done and is tried again by the next night."""


def carry_out(plan: Plan, protocol: Protocol, git: Git, api: Api, workflow: str = "") -> Done:
    """Do what is planned. `workflow` is the file of the scheduled workflow, to keep it enabled.

    Raises `GithubError` or `GitError` when the finds or the log could not be brought to GitHub. Nothing is lost then:
    what was not pushed counts as not searched, and what was pushed is opened as a pull request by the next night.
    """
    done = Done()
    opened = _open_late(done, plan.standing, git, api)
    files = plan.files if plan.kind is Kind.QUIET else {}
    if plan.kind is Kind.PROPOSED:
        number = proposing.propose(plan, git, api)
        opened += [] if plan.onto else [number]
        done.told.append(f"pull request {number}: {plan.title}")
    elif plan.kind is Kind.HELD:
        number = proposing.tell_held(plan, api)
        done.told.append(f"{plan.title}; told in pull request {number}" if number else plan.title)
    for number in opened:
        _try(done, "label", functools.partial(api.add_label, number, proposing.LABEL))
    for number in proposing.unlabelled(plan.standing):
        _try(done, "label", functools.partial(proposing.label_late, number, api))
    log = quiet.record_quiet(git, plan.standing.main_branch, files, f"{plan.night.on}")
    if log:
        done.told.append("search-log brought up to date")
    if plan.kind is not Kind.HELD:
        _try(done, "text of pull requests", lambda: proposing.untell_held(plan.standing, api))
    _try(
        done,
        "superseded",
        lambda: _numbered("closed as superseded", proposing.close_superseded(plan.standing, git, api)),
    )
    _try(done, "failing sources", lambda: failing.tend(plan.standing, plan.night, protocol, api))
    if plan.kind is not Kind.PROPOSED:
        _try(done, "alarms", lambda: attention.tell(plan.night, api))
    if workflow:
        _try(done, "schedule", lambda: api.enable_workflow(workflow))
    return done


def _open_late(done: Done, standing: Standing, git: Git, api: Api) -> list[int]:
    """Open what earlier nights were cut off from opening, as long as there is room, each whatever becomes of others."""
    opened: list[int] = []

    def step(one: Waiting) -> list[str]:
        opened.append(proposing.open_cut_off(one, standing, git, api))
        return _numbered("opened late", opened[-1:])

    for one in standing.cut_off:
        if len(opened) < room_for_late(standing):
            _try(done, "earlier night", functools.partial(step, one))
    return opened


def _numbered(what: str, numbers: list[int]) -> list[str]:
    return [f"pull request {number} {what}" for number in numbers]


def _try(done: Done, what: str, step: Callable[[], list[str] | None]) -> None:
    try:
        done.told += step() or []
    except (GithubError, GitError) as error:
        done.failures.append(f"{what}: {error}")

"""A night and what stands on GitHub -> what is to be done there. Does nothing itself."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from generator.github import logs
from generator.github.standing import Again, Standing
from generator.github.waiting import Waiting
from generator.model.protocol import Protocol
from generator.model.records import FOLDER
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.nightly.night import Asking, Night
from generator.surveillance.nightly.summary import headline, summary
from generator.surveillance.updating.known_files import Updated
from generator.wording.templates import write_for_github

MOST_OPEN = 3
"""Pull requests of nights that may be open at once."""
LONGEST = 63_000
"""Characters of a pull request's text; GitHub takes 65,536, and what waits is written into it later."""


class Kind(StrEnum):
    """What becomes of a night."""

    PROPOSED = "its finds are on a pull request"
    HELD = "its finds wait until a pull request is merged or closed; the next night finds them again"
    QUIET = "nothing new; the search is in the log"
    NOTHING = "no source was due"


@dataclass(frozen=True)
class Plan:
    """What is to be done about a night."""

    kind: Kind
    standing: Standing
    night: Night
    title: str
    text: str
    files: Mapping[str, bytes]
    """What is to be written, by path from the top of the repository."""
    branch: str = ""
    """The branch that a pull request is opened from."""
    onto: Waiting | None = None
    """The open pull request of the same day, which is added to."""


def asking(
    standing: Standing, protocol: Protocol, occasion: Occasion, accepted: frozenset[str] = frozenset()
) -> Asking:
    """Return what a search starts from: the published records, and what waits as known."""
    return Asking(
        records=standing.records,
        protocol=protocol,
        root=standing.root,
        occasion=occasion,
        accepted=accepted,
        also_known=standing.also_known,
    )


def room_for_late(standing: Standing) -> int:
    """Return how many pull requests may be opened that earlier nights were cut off from opening."""
    return max(0, MOST_OPEN - len(standing.opened))


def decide(standing: Standing, night: Night) -> Plan:
    """Return what is to be done with a night that was searched from what stands."""
    night = _without_waiting(replace(night, alarms=(*night.alarms, *standing.remarks)), standing.waiting)
    news = bool(night.arrivals.candidates or night.updated.files or standing.again)
    onto = next((one for one in standing.opened if _is_of(one, night.on)), None)
    title, text = _title(night, standing.again), _text(night, standing.again)
    if not news:
        kind = Kind.QUIET if night.counted else Kind.NOTHING
        return Plan(kind, standing, night, title, text, _from_top(night.files))
    if not onto and len(standing.waiting) >= MOST_OPEN:
        return Plan(Kind.HELD, standing, night, title, text, {})
    files = _proposed(standing, night, onto)
    return Plan(Kind.PROPOSED, standing, night, title, text, files, _free_branch(night.on, standing.branches), onto)


def _is_of(waiting: Waiting, on: dt.date) -> bool:
    return waiting.branch == f"nightly/{on}" or waiting.branch.startswith(f"nightly/{on}-")


def _free_branch(on: dt.date, taken: frozenset[str]) -> str:
    """Return a name that no branch and no earlier pull request has."""
    names = (f"nightly/{on}", *(f"nightly/{on}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _from_top(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{FOLDER}/{path}": content for path, content in files.items()}


def _without_waiting(night: Night, waiting: Iterable[Waiting]) -> Night:
    """Leave out changes of files that an open pull request changes already: it would be the same news every night.

    Once that pull request is settled, a night finds whatever is still different.
    """
    held = {path.removeprefix(f"{FOLDER}/") for one in waiting for path in one.changed}
    left_out = held & night.updated.files.keys()
    keys = tuple(f"{PurePosixPath(path).stem}: " for path in left_out)
    updated = Updated(
        {path: content for path, content in night.updated.files.items() if path not in left_out},
        tuple(change for change in night.updated.changes if not change.startswith(keys)),
        tuple(difference for difference in night.updated.differences if not difference.startswith(keys)),
    )
    files = {path: content for path, content in night.files.items() if path not in left_out}
    return replace(night, updated=updated, files=files)


def _proposed(standing: Standing, night: Night, onto: Waiting | None) -> dict[str, bytes]:
    """Return the files of a pull request: finds, logs that are not published yet, and what is offered again.

    A day's log that another open pull request holds is left to that one, so that the two can be merged in any order.
    """
    elsewhere = {path for one in standing.waiting if one is not onto for path in one.changed}
    files = {path: content for path, content in standing.beyond.items() if path not in elsewhere}
    files |= _from_top(night.files)
    files |= {one.path: one.content for one in standing.again}
    for path, log in standing.again_logs.items():
        here = standing.root / path
        files[path] = logs.union(files.get(path) or (here.read_bytes() if here.is_file() else None), log)
    return files


def _title(night: Night, again: tuple[Again, ...]) -> str:
    if not again:
        return headline(night)
    told = headline(night) if night.counted else f"Search of {night.on}"
    return f"{told}{',' if night.counted else ':'} {len(again)} offered again"


def _text(night: Night, again: tuple[Again, ...]) -> str:
    told = summary(night) if night.counted else ""
    for n_listed in (300, 100, 30, 10, 0):
        text = told + offered_again(again, n_listed)
        if len(text) <= LONGEST:
            return text
    return told


def offered_again(again: tuple[Again, ...], n_listed: int) -> str:
    """Return what is offered again in words, with at most `n_listed` titles; nothing where nothing is."""
    if not again:
        return ""
    return write_for_github(
        "github/again.md.j2", listed=again[:n_listed], n_more=len(again) - len(again[:n_listed]), n_all=len(again)
    )

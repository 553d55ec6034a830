"""One issue for what a night without a pull request has to tell a person, such as a retraction of an included study.

Each alarm is told once. A person closes the issue; the program never does.
"""

import hashlib
from collections.abc import Iterator, Mapping

from generator.github.api import Api
from generator.surveillance.nightly.night import Night
from generator.wording.templates import write_for_github

LABEL = "search-attention"
TITLE = "The nightly search asks for attention"
_LONGEST, _LONGEST_ALARM = 60_000, 5_000
"""Characters of a text, of which GitHub takes 65,536, and of one alarm in it before signs that act are written out."""


def tell(night: Night, api: Api) -> list[str]:
    """Tell the alarms of a night that were not told before; return what was done in sentences."""
    marks = {_mark(alarm): alarm for alarm in _lasting(night)}
    if not marks:
        return []
    issues = api.issues(LABEL)
    told = "".join(part for issue in issues for part in (issue.text, *(one.text for one in api.said(issue.number))))
    new = {mark: alarm for mark, alarm in marks.items() if mark not in told}
    if not new:
        return []
    text, n_told = _text(night, new)
    opened = next((issue.number for issue in issues if issue.open), None)
    if opened:
        api.comment(opened, text)
        return [f"issue {opened}: {n_told} more to look at"]
    return [f"issue {api.open_issue(TITLE, text, LABEL)} opened: {n_told} to look at"]


def _text(night: Night, new: Mapping[str, str]) -> tuple[str, int]:
    """Return what is told with its marks, and how many alarms that are: as many as fit, the rest by the next night."""
    n_told = len(new)
    while True:
        alarms = [_shortened(alarm) for alarm in list(new.values())[:n_told]]
        text = write_for_github("github/attention.md.j2", on=night.on, alarms=alarms, n_more=len(new) - n_told)
        text = f"{text}\n{' '.join(list(new)[:n_told])}\n"
        if len(text) <= _LONGEST or n_told == 1:
            return text, n_told
        n_told //= 2


def _lasting(night: Night) -> Iterator[str]:
    """Leave out that a service did not answer: it is asked again, and one that goes on failing has its own issue."""
    names = ("Crossref", *(one.asked.due.source.name for one in night.counted))
    passing = tuple(
        f"{name}{fault}"
        for name in names
        for fault in (" did not answer", " was not asked", ": candidates were not looked for")
    )
    return (alarm for alarm in night.alarms if not alarm.startswith(passing))


def _mark(alarm: str) -> str:
    return f"<!-- living-review: alarm {hashlib.sha256(alarm.encode()).hexdigest()[:16]} -->"


def _shortened(alarm: str) -> str:
    return alarm if len(alarm) <= _LONGEST_ALARM else f"{alarm[:_LONGEST_ALARM]} […]"

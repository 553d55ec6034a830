"""One issue for what a night without a pull request has to tell a person, such as a retraction of an included study.

Each alarm is told once. A person closes the issue; the program never does.
"""

import hashlib
from collections.abc import Iterator

from generator.github.api import Api
from generator.surveillance.nightly.night import Night
from generator.wording.templates import write_for_github

LABEL = "search-attention"
TITLE = "The nightly search asks for attention"
_LONGEST = 60_000


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
    text = write_for_github("github/attention.md.j2", on=night.on, alarms=list(new.values()))[:_LONGEST]
    text = f"{text}\n{' '.join(new)}\n"
    opened = next((issue.number for issue in issues if issue.open), None)
    if opened:
        api.comment(opened, text)
        return [f"issue {opened}: {len(new)} more to look at"]
    return [f"issue {api.open_issue(TITLE, text, LABEL)} opened: {len(new)} to look at"]


def _lasting(night: Night) -> Iterator[str]:
    """Leave out that a service did not answer: it is asked again, and one that goes on failing has its own issue."""
    names = ("Crossref", *(one.asked.due.source.name for one in night.counted))
    passing = tuple(f"{name} {fault}" for name in names for fault in ("did not answer", "was not asked"))
    return (alarm for alarm in night.alarms if not alarm.startswith(passing))


def _mark(alarm: str) -> str:
    return f"<!-- living-review: alarm {hashlib.sha256(alarm.encode()).hexdigest()[:16]} -->"

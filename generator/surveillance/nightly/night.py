"""One night: ask, compare with what is known, and say what changes. The files are written only when all is decided."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.review.living import asked_by_program, living_status
from generator.surveillance.arriving.arrivals import Arrivals, arrive, held_by
from generator.surveillance.arriving.search_log import Occasion, with_run
from generator.surveillance.asking.web import Web
from generator.surveillance.nightly import gates, plan
from generator.surveillance.nightly.asked import Asked, ask_all
from generator.surveillance.nightly.integrity import check_integrity, flagged
from generator.surveillance.nightly.renumbered import look_again
from generator.surveillance.nightly.run import Counted, count, search_run
from generator.surveillance.priority.reasons import Reasons
from generator.surveillance.updating.known_files import Updated, update_known


@dataclass(frozen=True)
class Asking:
    """What a search starts from."""

    records: Records
    protocol: Protocol
    root: Path
    """The folder that holds `studies/`."""
    occasion: Occasion
    only: tuple[str, ...] = ()
    """Sources to ask; empty for all that are due."""
    again: bool = False
    """Ask also what was asked today already."""
    accepted: frozenset[str] = frozenset()
    """Sources whose fallen totals a person accepts."""
    also_known: tuple[Records, ...] = ()
    """Records of open pull requests: known, and not offered again."""


@dataclass(frozen=True)
class Night:
    """What came of a night."""

    on: dt.date
    counted: tuple[Counted, ...] = ()
    arrivals: Arrivals = field(default_factory=lambda: Arrivals({}, {}, {}))
    updated: Updated = field(default_factory=Updated)
    alarms: tuple[str, ...] = ()
    gated: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What changes, by path below `studies/`."""

    @property
    def failed(self) -> bool:
        """True when a source did not answer in full."""
        return any(one.asked.failed for one in self.counted)


def search(asking: Asking, web: Web) -> Night:
    """Ask what is due and return what changes. When nothing is due, nothing changes.

    Raises `LogError` or `CandidateError` when what was found cannot be written.
    """
    records, protocol, occasion = asking.records, asking.protocol, asking.occasion
    due = plan.due(records, protocol, occasion.on, asking.only, asking.again)
    if not due:
        return Night(occasion.on, alarms=tuple(_late(records, protocol, occasion.on)))
    asked = gates.without_falls(ask_all(due, records, web), asking.accepted)
    received = [record for one in asked for record in one.answer.records]
    arrivals = arrive(received, held_by(records, asking.also_known), occasion, Reasons(records))
    gated = gates.too_many(len(arrivals.new), protocol.living.candidates_per_night)
    counted = count(asked, arrivals, records)
    looked = look_again(asked, records, occasion.on, web)
    watched = (record for one in asked if one.watched for record in one.watched.records)
    seen = [*received, *watched, *looked.known]
    all_known = {**looked.known, **arrivals.known}
    updated = update_known(asking.root, records, seen, all_known, occasion)
    integrity = (*flagged(seen, all_known, records, protocol), *check_integrity(records, web, occasion.on))
    log = with_run(asking.root, occasion, search_run(counted, occasion, gated))
    return Night(
        on=occasion.on,
        counted=tuple(counted),
        arrivals=arrivals,
        updated=updated,
        alarms=(*integrity, *_alarms(asked, gated), *looked.alarms, *_late(records, protocol, occasion.on)),
        gated=gated,
        files={**arrivals.files, **updated.files, **log},
    )


def _alarms(asked: Sequence[Asked], gated: str) -> Iterable[str]:
    if gated:
        yield f"{gated}: look before you merge; nothing was dropped, all of them are in studies/candidates/"
    for one in asked:
        if one.failed:
            told = (f"{one.due.source.name} did not answer in full: {one.answer.error}", gates.way_out(one))
            yield ". ".join(filter(None, told))
    yield from gates.canary_alarms(asked)


def _late(records: Records, protocol: Protocol, today: dt.date) -> Iterable[str]:
    """Yield a sentence for each source that a person has to search and that nobody has searched for too long."""
    for dates in living_status(records, protocol, today).sources:
        if dates.late and not asked_by_program(dates.source):
            last = f"was last searched on {dates.last_searched_on}" if dates.last_searched_on else "was never searched"
            yield f"{dates.source.name} {last}: import a new export (living-review import --source {dates.source.id})"

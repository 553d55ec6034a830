"""Tonight's answers -> the search run as the log keeps it, with every count the flow diagram needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.records import Records
from generator.model.search_run import SourceRun
from generator.model.source_record import SourceRecord
from generator.surveillance.arriving.arrivals import Arrivals
from generator.surveillance.arriving.fitting import fitting
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.nightly.asked import Asked


@dataclass(frozen=True)
class Counted:
    """What became of the records of one answer."""

    asked: Asked
    n_received: int
    n_new: int
    n_returned_before: int
    """Known already, and this source had returned them before: windows overlap."""

    @property
    def n_duplicates(self) -> int:
        """Records about a document that another record of tonight or of the review is about."""
        return self.n_received - self.n_new - self.n_returned_before


def count(asked: Sequence[Asked], arrivals: Arrivals, records: Records) -> list[Counted]:
    """Count the records of each answer; a new candidate counts as new for the first answer that has it."""
    fates = _Fates(arrivals, records)
    counted = []
    for one in asked:
        found = [fates.of(record, one) for record in one.answer.records]
        counted.append(Counted(one, len(found), found.count("new"), found.count("before")))
    return counted


class _Fates:
    """What becomes of records, told one after the other."""

    def __init__(self, arrivals: Arrivals, records: Records) -> None:
        self._known = arrivals.known
        self._candidates = records.candidates
        self._new = {record: key for key, group in arrivals.new.items() for record in group.records}
        self._counted: set[str] = set()

    def of(self, record: SourceRecord, asked: Asked) -> str:
        key = self._new.get(record)
        if key is not None:
            fate = "duplicate" if key in self._counted else "new"
            self._counted.add(key)
            return fate
        if not asked.due.past:
            return "duplicate"
        known = [self._candidates[name] for name in self._known.get(record, ()) if name in self._candidates]
        found_here = any(found.source == asked.due.source.id for one in known for found in one.found)
        return "before" if found_here or not known else "duplicate"


def search_run(counted: Sequence[Counted], occasion: Occasion, gated: str) -> dict[str, object]:
    """Return the run in the fields of the search log."""
    run: dict[str, object] = {
        "kind": "nightly",
        "at": occasion.text,
        "by": "living-review search",
        "tool_version": occasion.version,
        "sources": [_part(one) for one in counted],
    }
    return run | ({"gated": gated} if gated else {})


def _part(counted: Counted) -> dict[str, object]:
    """Return one source and strategy; in a failed search the records received are said, and `hits` stays empty."""
    asked, answer = counted.asked, counted.asked.answer
    part: dict[str, object] = {"source": asked.due.source.id, "strategy": asked.due.query.strategy}
    part |= {"url": answer.url} if answer.url else {}
    part |= {"window": {"start": asked.due.query.since.isoformat()}} if asked.due.query.since else {}
    part["hits"] = None if asked.failed else max(answer.n_total or 0, counted.n_received)
    part |= {"total": asked.total} if asked.total is not None and not asked.failed else {}
    part["received"] = counted.n_received
    part |= {"returned_before": counted.n_returned_before} if counted.n_returned_before else {}
    part["removed"] = {"duplicates": counted.n_duplicates}
    part["new"] = counted.n_new
    if asked.watched and asked.watched.held:
        held, returned = len(asked.watched.held), len(asked.watched.returned)
        missing = {"missing": list(asked.watched.missing)} if asked.watched.missing else {}
        part["canaries"] = {"held": held, "returned": returned} | missing
    if answer.validators and not asked.failed:
        part["validators"] = answer.validators.model_dump(exclude_none=True)
    part |= {"error": answer.error} if asked.failed else {}
    note = "; ".join(filter(None, (answer.note, *asked.remarks)))
    fitted, left_out = fitting(SourceRun, part | ({"note": note} if note else {}))
    told = f"not kept, because the log cannot hold it: {', '.join(left_out)}" if left_out else ""
    return fitted | ({"note": "; ".join(filter(None, (fitted.get("note"), told)))} if told else {})

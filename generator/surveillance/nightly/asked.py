"""Tonight's answers: each strategy with its total, and whether the source still finds what the review knows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.model.records import Records
from generator.model.source_record import SourceRecord
from generator.surveillance.arriving.known import known_records
from generator.surveillance.asking.answers import Answer, Query, ask, count
from generator.surveillance.asking.web import SourceError, Web
from generator.surveillance.nightly.plan import Due


@dataclass(frozen=True)
class Watched:
    """What a source said of the included studies and known trials, asked by their identifiers.

    Studies that were taken out are among them: what a strategy returned it goes on returning, whatever people decided.
    """

    held: frozenset[str]
    """Identifiers the source holds."""
    returned: frozenset[str]
    """Of these, the ones its strategies return."""
    records: tuple[SourceRecord, ...]
    """The records held, whatever the strategies return."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Identifiers that are held and not returned."""
        return tuple(sorted(self.held - self.returned))


@dataclass(frozen=True)
class Asked:
    """One strategy and what came of it tonight."""

    due: Due
    answer: Answer
    total: int | None = None
    """What the strategy returns without a window."""
    watched: Watched | None = None
    """Given with the first strategy of a source; None where it was not asked, or could not say."""
    remarks: tuple[str, ...] = field(default=())
    """What went wrong beside the search itself."""

    @property
    def failed(self) -> bool:
        """True when the source did not answer in full."""
        return bool(self.answer.error)

    @property
    def found_again(self) -> str:
        """How many of the known studies and trials that the source holds its strategies return, in words."""
        if self.watched is None:
            return "not asked"
        return (
            f"{len(self.watched.returned)} of {len(self.watched.held)}" if self.watched.held else "holds none of them"
        )

    @property
    def words(self) -> str:
        """How the source answered, in words."""
        answered = f"failed: {self.answer.error}" if self.failed else "in full"
        return "; ".join(filter(None, (answered, self.answer.note, *self.remarks)))


def ask_all(due: Sequence[Due], records: Records, web: Web) -> list[Asked]:
    """Ask every strategy that is due, one after the other; a source that fails never stops another."""
    by_source: dict[str, list[Due]] = {}
    for one in due:
        by_source.setdefault(one.source.id, []).append(one)
    known = [record for name, record in known_records(records) if name in records.included or name in records.trials]
    return [asked for group in by_source.values() for asked in _ask_source(group, known, web)]


def _ask_source(due: Sequence[Due], known: Iterable[SourceRecord], web: Web) -> Iterator[Asked]:
    asked: list[Asked] = []
    for one in due:
        if any(before.answer.spent for before in asked):
            asked.append(
                Asked(one, Answer(one.query, error="not asked: the source asked to come back later", spent=True))
            )
            continue
        asked.append(_with_total(Asked(one, ask(one.module, one.query, web)), web))
    source = due[0].source
    if any(one.failed for one in asked) or len(asked) < len(source.strategies) + len(source.feeds):
        return iter(asked)  # what a strategy that was not asked would have returned is not known
    try:
        asked[0] = replace(asked[0], watched=_watch(asked, sorted(_keys(due, known)), web))
    except SourceError as error:
        asked[0] = replace(asked[0], remarks=(*asked[0].remarks, f"known studies were not looked for: {error}"))
    return iter(asked)


def _with_total(asked: Asked, web: Web) -> Asked:
    """Add what the strategy returns without a window, so that a fall shows whatever the window was."""
    if asked.failed or asked.due.query.since is None:
        return replace(asked, total=asked.answer.n_total)
    try:
        return replace(asked, total=count(asked.due.module, replace(asked.due.query, since=None), web))
    except SourceError as error:
        return replace(asked, remarks=(f"the total was not counted: {error}",))


def _keys(due: Sequence[Due], known: Iterable[SourceRecord]) -> set[str]:
    module = due[0].module
    return {key for record in known if (key := module.key_of(record))}


def _watch(asked: Sequence[Asked], keys: Sequence[str], web: Web) -> Watched | None:
    """Ask which of the known records the source holds, and which of those its strategies return.

    Raises `SourceError` when the source does not say.
    """
    if not keys:
        return None
    module, source = asked[0].due.module, asked[0].due.source.id
    held = _whole(ask(module, Query(source, "", only=tuple(keys)), web))
    ids = set(keys) & _names(held)
    if not ids:
        return Watched(frozenset(), frozenset(), ())
    returned: set[str] = set()
    for one in (each for each in asked if each.due.module is module):  # a feed shows what is new, and no strategy
        if one.due.query.since is None:
            found: Iterable[SourceRecord] = one.answer.records
        else:
            found = _whole(ask(module, Query(source, one.due.query.strategy, only=tuple(sorted(ids))), web))
        returned |= ids & _names(found)
    return Watched(frozenset(ids), frozenset(returned), held)


def _names(records: Iterable[SourceRecord]) -> set[str]:
    """Return every identifier by which records may have been asked for; a source may answer with others as well."""
    return {
        name
        for record in records
        for name in (record.doi, record.pmid, f"PMID:{record.pmid}", record.pmcid, record.openalex, record.registration)
    }


def _whole(answer: Answer) -> tuple[SourceRecord, ...]:
    if answer.error:
        raise SourceError(answer.error)
    return answer.records

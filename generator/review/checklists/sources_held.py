"""What the records hold about the sources and the searches; several checklists ask for it."""

from collections import Counter
from collections.abc import Callable, Iterable

from generator.model.protocol import Source, SourceKind
from generator.model.search_run import RunKind, SourceRun
from generator.review import Review
from generator.review.checklist import Location, listed
from generator.review.searches import LogLine
from generator.review.tracing import REGISTERED

_ELSEWHERE = frozenset({SourceKind.WEBSITE, SourceKind.ORGANISATION})


def of_kind(review: Review, *kinds: SourceKind) -> list[Source]:
    """Return the sources of these kinds in the order of the protocol."""
    return [source for source in review.protocol.sources if source.kind in kinds]


def registered(review: Review) -> list[Source]:
    """Return the databases and registers."""
    return of_kind(review, *REGISTERED)


def browsed(review: Review) -> list[Source]:
    """Return the websites and organisations that are looked through on purpose: by a feed, a strategy or a schedule."""
    return [one for one in of_kind(review, *_ELSEWHERE) if one.feeds or one.strategies or one.every_days is not None]


def other_ways(review: Review) -> list[Source]:
    """Return the other ways by which a record may come to be known, such as a suggestion."""
    looked_through = browsed(review)
    return [one for one in of_kind(review, *_ELSEWHERE) if one not in looked_through]


def without_strategy(review: Review) -> list[Source]:
    """Return the databases and registers of which no strategy is on record, planned or sent."""
    return [one for one in registered(review) if not one.strategies and not review.strategies_sent.get(one.id)]


def never_sent(review: Review) -> list[Source]:
    """Return the databases and registers with a planned strategy that no search of our own has asked."""
    ours = {line.part.source for line in _own_searches(review)}
    return [one for one in registered(review) if one.strategies and one.id not in ours]


def searched_without_strategy(review: Review) -> list[Source]:
    """Return the databases and registers with a strategy on record that no search of our own says it has used.

    So it is with what people search and export by hand: the file does not say with which words.
    """
    named = {line.part.source for line in _own_searches(review) if line.part.strategy is not None}
    ours = {line.part.source for line in _own_searches(review)} - named
    return [one for one in registered(review) if one.id in ours and one not in without_strategy(review)]


def sharing_a_query(review: Review) -> list[Source]:
    """Return the databases and registers of which a base review prints no query but one for several sources.

    How it was adapted to the syntax of each is then not known.
    """
    inherited = [line for line in review.search_log if line.run.kind is RunKind.BASE_REVIEW and line.part.strategy]
    printed = Counter((line.run_id, line.part.strategy) for line in inherited)
    shared = {line.part.source for line in inherited if printed[line.run_id, line.part.strategy] > 1}
    return [one for one in registered(review) if one.id in shared]


def _own_searches(review: Review) -> list[LogLine]:
    return [line for line in review.search_log if line.run.kind is not RunKind.BASE_REVIEW]


def without_limits(review: Review) -> list[Source]:
    """Return the databases and registers of which nobody says whether the search was limited."""
    return [one for one in registered(review) if one.limits is None]


def without_platform(review: Review) -> list[Source]:
    """Return the databases of which the platform is not stated."""
    return [one for one in of_kind(review, SourceKind.DATABASE) if one.platform is None]


def never_searched(review: Review) -> list[Source]:
    """Return the sources that have a schedule, or are databases or registers, and were never searched in full."""
    return [
        dates.source
        for dates in review.living.sources
        if dates.last_searched_on is None and (dates.source.every_days is not None or dates.source.kind in REGISTERED)
    ]


def without_schedule(review: Review) -> list[Source]:
    """Return the sources that are searched without a schedule; those that only the base review searched are none."""
    free = other_ways(review)
    return [
        one
        for one in review.protocol.sources
        if one.every_days is None and one not in free and review.run_kinds.get(one.id) != {RunKind.BASE_REVIEW}
    ]


def sharing_a_platform(review: Review) -> list[Source]:
    """Return the databases that are searched on the platform of another one."""
    named = [one for one in of_kind(review, SourceKind.DATABASE) if one.platform]
    platforms = [(one.platform or "").casefold() for one in named]
    return [one for one, platform in zip(named, platforms, strict=True) if platforms.count(platform) > 1]


def without_total(review: Review) -> list[str]:
    """Return the names of sources of which a search was answered and nobody knows how many records it found."""
    uncounted = {line.part.source for line in review.search_log if not _counted(line.part)}
    return [one.name for one in review.protocol.sources if one.id in uncounted]


def _counted(part: SourceRun) -> bool:
    return part.failed or isinstance(part.hits, int) or isinstance(part.received, int)


def names(sources: Iterable[Source]) -> str:
    """Return the names of sources as a list in words."""
    return listed(one.name for one in sources)


def places(sources: Iterable[Source]) -> tuple[Location, ...]:
    """Return where sources stand on the page of the searches."""
    return tuple(Location(one.name, "searches.md", f"source-{one.id}") for one in sources)


def notes_say(review: Review, *words: str, where: Callable[[Source], str | None]) -> bool:
    """Return whether a text of some source holds one of the words, small or capital letters alike."""
    texts = [(where(source) or "").casefold() for source in review.protocol.sources]
    return any(word in text for word in words for text in texts)

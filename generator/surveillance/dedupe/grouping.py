"""From records to groups of records about one document. Knows nothing of files, candidates or what is already known."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from itertools import combinations, compress

from generator.model.source_record import SourceRecord
from generator.surveillance.dedupe.blocking import pairs
from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.facts import Facts, read_facts
from generator.surveillance.dedupe.matching import IDENTICAL, Match, Verdict, relation
from generator.surveillance.dedupe.rules import SAME_IDENTIFIER, SAME_TITLE, is_at_odds
from generator.surveillance.dedupe.undecided import are_rivals, fits_title, is_open, opens_other


@dataclass(frozen=True)
class Group:
    """Records of one document, every one of them kept, so that a merge can be judged and undone."""

    records: tuple[SourceRecord, ...]
    merges: tuple[Match, ...] = ()
    """Why the records are together: one match fewer than there are records, which connect them all."""
    linked: tuple[Match, ...] = ()
    """Documents that belong to this one: `first` is in this group, `second` in another."""
    possible: tuple[Match, ...] = ()
    """What may be the same, for a person to decide: `first` is in this group, `second` in another."""


def group(records: Iterable[SourceRecord]) -> list[Group]:
    """Return the records in groups, each record in exactly one; the order of the records changes nothing.

    A match of two records counts only when no other two records of their groups are at odds, so a chain never brings
    together titles that contradict each other. The surest matches come first. A record that fits two documents, because
    it says too little of its place or its title may be what is left of either, joins neither (`undecided`).
    """
    copies: dict[SourceRecord, list[SourceRecord]] = {}
    for record in records:
        copies.setdefault(record, []).append(record)
    known = [read_facts(record) for record in sorted(copies, key=_order)]
    found, fitting, openings = _compare(known)
    clusters = _Clusters(known, {(first, second) for first, second, match in found if match.verdict is Verdict.SAME})
    same = [each for each in sorted(found, key=_surest_first) if each[2].verdict is Verdict.SAME]
    sure = [not is_open(Pair(known[first], known[second]), match) for first, second, match in same]
    clusters.join_all(compress(same, sure))
    torn = clusters.torn([*fitting, *((second, first) for first, second in fitting)]) | clusters.torn(openings)
    clusters.join_all(
        each for each, is_sure in zip(same, sure, strict=True) if not is_sure and torn.isdisjoint(each[:2])
    )
    return _groups(known, clusters, found, copies)


_Positions = tuple[int, int]


def _compare(known: list[Facts]) -> tuple[list[tuple[int, int, Match]], list[_Positions], list[_Positions]]:
    """Return the matches, the pairs that nothing tells apart, and those whose first title may be left of the second.

    The rules alone decide what is merged; the other two lists say where a third record makes that doubtful.
    """
    found: list[tuple[int, int, Match]] = []
    fitting: list[_Positions] = []
    openings: list[_Positions] = []
    for first, second in pairs(known):
        pair = Pair(known[first], known[second])
        match = relation(pair)
        if match:
            found.append((first, second, match))
        if match and fits_title(pair, match):
            fitting.append((first, second))
        elif shorter := opens_other(pair):
            openings.append((first, second) if shorter is pair.a else (second, first))
    return found, fitting, openings


def _order(record: SourceRecord) -> tuple[str, ...]:
    return tuple(str(value) for value in astuple(record))


_RANK = {rule.name: rank for rank, rule in enumerate((*SAME_IDENTIFIER, *SAME_TITLE))}


def _surest_first(found: tuple[int, int, Match]) -> tuple[int, float, int, int]:
    first, second, match = found
    return _RANK.get(match.rule, len(_RANK)), -match.likeness, first, second


class _Clusters:
    """Which records are together so far."""

    def __init__(self, known: list[Facts], same: set[tuple[int, int]]) -> None:
        self.known = known
        self.same = same
        self.members = {position: [position] for position in range(len(known))}
        self.cluster = list(range(len(known)))
        self.merges: list[tuple[int, Match]] = []

    def join_all(self, matches: Iterable[tuple[int, int, Match]]) -> None:
        """Join the records of each match where they may be joined, and keep the match as the reason."""
        for first, second, match in matches:
            if self.join(first, second):
                self.merges.append((first, match))

    def torn(self, fitting: Iterable[tuple[int, int]]) -> set[int]:
        """Return the records of every group that fits two groups which are at odds with each other."""
        near: dict[int, set[int]] = {}
        for first, second in fitting:
            near.setdefault(self.cluster[first], set()).add(self.cluster[second])
        return {
            position
            for number, others in near.items()
            if any(self._rivals(one, two) for one, two in combinations(sorted(others - {number}), 2))
            for position in self.members[number]
        }

    def _rivals(self, mine: int, theirs: int) -> bool:
        return any(
            are_rivals(Pair(self.known[one], self.known[two]))
            for one in self.members[mine]
            for two in self.members[theirs]
        )

    def join(self, first: int, second: int) -> bool:
        """Put two records together with all that are already with them; False when they are, or may not be."""
        mine, theirs = sorted((self.cluster[first], self.cluster[second]))
        if mine == theirs or self._at_odds(mine, theirs):
            return False
        both, groups = ([first], [second]), (self.members[mine], self.members[theirs])
        # A record without a title, which contradicts nothing, joins one document and never two to each other.
        if all(map(self._has_title, groups)) and not all(map(self._has_title, both)):
            return False
        for position in self.members[theirs]:
            self.cluster[position] = mine
        self.members[mine] += self.members.pop(theirs)
        return True

    def _has_title(self, positions: list[int]) -> bool:
        return any(self.known[position].title.words for position in positions)

    def _at_odds(self, mine: int, theirs: int) -> bool:
        return any(
            (min(one, two), max(one, two)) not in self.same and is_at_odds(Pair(self.known[one], self.known[two]))
            for one in self.members[mine]
            for two in self.members[theirs]
        )


def _groups(
    known: list[Facts],
    clusters: _Clusters,
    found: list[tuple[int, int, Match]],
    copies: dict[SourceRecord, list[SourceRecord]],
) -> list[Group]:
    merges: dict[int, list[Match]] = {}
    between: dict[tuple[int, Verdict], list[Match]] = {}
    for position, match in clusters.merges:
        merges.setdefault(clusters.cluster[position], []).append(match)
    for first, second, match in sorted(found, key=lambda each: each[:2]):
        mine, theirs = clusters.cluster[first], clusters.cluster[second]
        if mine != theirs:
            # A match that a third record prevented is for a person to judge.
            verdict = Verdict.LINKED if match.verdict is Verdict.LINKED else Verdict.POSSIBLE
            between.setdefault((mine, verdict), []).append(replace(match, verdict=verdict))
            between.setdefault((theirs, verdict), []).append(match.turned(verdict))
    groups = []
    for number, members in sorted(clusters.members.items()):
        alike = [known[position].record for position in sorted(members)]
        again = [Match(Verdict.SAME, IDENTICAL, record, copy) for record in alike for copy in copies[record][1:]]
        groups.append(
            Group(
                records=tuple(copy for record in alike for copy in copies[record]),
                merges=(*merges.get(number, ()), *again),
                linked=tuple(between.get((number, Verdict.LINKED), ())),
                possible=tuple(between.get((number, Verdict.POSSIBLE), ())),
            )
        )
    return groups

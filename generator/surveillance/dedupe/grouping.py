"""From records to groups of records about one document. Knows nothing of files, candidates or what is already known."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from itertools import combinations

from generator.model.source_record import SourceRecord
from generator.surveillance.dedupe.blocking import pairs
from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.facts import Facts, read_facts
from generator.surveillance.dedupe.links import ABSTRACT_OR_ARTICLE
from generator.surveillance.dedupe.matching import IDENTICAL, Match, Verdict, relation
from generator.surveillance.dedupe.rules import SAME_IDENTIFIER, SAME_TITLE, WITHOUT_PAGES, is_at_odds


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
    it says too little of its place, joins neither.
    """
    copies: dict[SourceRecord, list[SourceRecord]] = {}
    for record in records:
        copies.setdefault(record, []).append(record)
    known = [read_facts(record) for record in sorted(copies, key=_order)]
    found = [
        (first, second, match)
        for first, second in pairs(known)
        if (match := relation(Pair(known[first], known[second])))
    ]
    clusters = _Clusters(known, {(first, second) for first, second, match in found if match.verdict is Verdict.SAME})
    same = [each for each in sorted(found, key=_surest_first) if each[2].verdict is Verdict.SAME]
    clusters.join_all(each for each in same if each[2].rule not in WITHOUT_PAGES)
    open_ones = [each for each in same if each[2].rule in WITHOUT_PAGES]
    torn = clusters.torn([*open_ones, *(each for each in found if each[2].rule == ABSTRACT_OR_ARTICLE)])
    clusters.join_all(each for each in open_ones if torn.isdisjoint(each[:2]))
    return _groups(known, clusters, found, copies)


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

    def torn(self, matches: Iterable[tuple[int, int, Match]]) -> set[int]:
        """Return the records of every group that matches two groups which are at odds with each other."""
        near: dict[int, set[int]] = {}
        for first, second, _ in matches:
            mine, theirs = self.cluster[first], self.cluster[second]
            near.setdefault(mine, set()).add(theirs)
            near.setdefault(theirs, set()).add(mine)
        return {
            position
            for number, others in near.items()
            if any(self._at_odds(one, two) for one, two in combinations(sorted(others - {number}), 2))
            for position in self.members[number]
        }

    def join(self, first: int, second: int) -> bool:
        """Put two records together with all that are already with them; False when they are, or may not be."""
        mine, theirs = sorted((self.cluster[first], self.cluster[second]))
        if mine == theirs or self._at_odds(mine, theirs):
            return False
        for position in self.members[theirs]:
            self.cluster[position] = mine
        self.members[mine] += self.members.pop(theirs)
        return True

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

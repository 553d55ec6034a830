"""Which new records the review already knows. Reads the known ones one by one, so their number costs no memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from generator.model.source_record import SourceRecord
from generator.surveillance.dedupe.blocking import LARGEST_BLOCK, are_alike, split, split_block, strong_keys, weak_keys
from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.facts import Facts, read_facts
from generator.surveillance.dedupe.matching import IDENTICAL, Match, Verdict, relation
from generator.surveillance.dedupe.undecided import are_rivals, fits_title, is_open, opens_other

TOO_MANY = 5 * LARGEST_BLOCK
"""New records that may share even a narrower key; a key of more says nothing, such as a column without pages."""


@dataclass(frozen=True)
class KnownMatches:
    """What the review knows about one new record; in each match `first` is the new record, `second` the known one."""

    record: SourceRecord
    same: tuple[Match, ...] = ()
    """Not empty: the record is known and needs no new candidate."""
    linked: tuple[Match, ...] = ()
    possible: tuple[Match, ...] = ()


def find_known(records: Iterable[SourceRecord], known: Iterable[SourceRecord]) -> list[KnownMatches]:
    """Return for each new record, in the order given, what is known about it.

    A known record may hold as little as one identifier, in any spelling. Without a title it stands for everything that
    has the identifier: whoever keeps a list of what was seen should keep titles too, because abstracts share DOIs.
    A record that comes again unchanged is known even when its title says nothing; of several known records that agree
    in everything the first is named. A record that fits two known documents, because it says too little of its place or
    its title may be what is left of either, is a possible duplicate of both (`undecided`).
    """
    new = [read_facts(record) for record in records]
    strong, weak = _Index(new, strong_keys), _Index(new, weak_keys)
    titles = {facts.title.letters for facts in new}
    unseen: dict[tuple[object, ...], list[int]] = {}
    for position, facts in enumerate(new):
        unseen.setdefault(_content(facts), []).append(position)
    found = [_Near(facts) for facts in new]
    for record in known:
        facts = read_facts(record)
        again = unseen.pop(_content(facts), ()) if facts.title.letters in titles else ()
        near = set(strong.near(facts))
        near |= {position for position in weak.near(facts) if position not in near and are_alike(new[position], facts)}
        for position in near.difference(again):
            found[position].compare(facts)
        for position in again:
            found[position].add_again(facts)
    return [
        KnownMatches(
            near.new.record,
            *(tuple(match for match in near.decided() if match.verdict is verdict) for verdict in Verdict),
        )
        for near in found
    ]


class _Near:
    """What is known about one new record so far."""

    def __init__(self, new: Facts) -> None:
        self.new = new
        self.matches: list[Match] = []
        self.open: list[Facts] = []
        """Known records that are the same unless a third one makes it doubtful."""
        self.is_sure = False
        self.fitting: list[Facts] = []
        self.longer: list[Facts] = []
        """Known records of whose titles that of the new one may be what is left."""

    def compare(self, known: Facts) -> None:
        """Compare the new record with a known one, and keep what follows."""
        pair = Pair(self.new, known)
        match = relation(pair)
        if match:
            self.matches.append(match)
        if match and match.verdict is Verdict.SAME:
            self.is_sure = self.is_sure or not is_open(pair, match)
            self.open.append(known)
        if match and fits_title(pair, match):
            self.fitting.append(known)
        elif opens_other(pair) is self.new:
            self.longer.append(known)

    def add_again(self, known: Facts) -> None:
        """Keep the match of two records that agree in all that is compared, gaps included."""
        match = relation(Pair(self.new, known))
        if not match or match.verdict is not Verdict.SAME:
            match = Match(Verdict.SAME, IDENTICAL, self.new.record, known.record, likeness=1.0)
        self.matches.append(match)
        self.is_sure = True

    def decided(self) -> list[Match]:
        """Return the matches, those with documents that have rivals as possible ones, unless another match decides.

        A known record that has no rivals decides: it is the record itself, offered before.
        """
        if self.is_sure or not all(self._has_rival(one) for one in self.open):
            return self.matches
        return [
            replace(match, verdict=Verdict.POSSIBLE) if match.verdict is Verdict.SAME else match
            for match in self.matches
        ]

    def _has_rival(self, one: Facts) -> bool:
        if any(are_rivals(Pair(one, other)) for other in self.fitting if other is not one):
            return True
        if all(other is one or opens_other(Pair(one, other)) is one for other in self.longer):
            return False
        return any(are_rivals(Pair(*two)) for two in combinations(self.longer, 2))


def _content(facts: Facts) -> tuple[object, ...]:
    named: tuple[object, ...] = (facts.title, facts.author.names, facts.record.year, facts.form)
    if not facts.title.words and not facts.identifiers:  # nothing but an address tells two pages apart
        named = (*named, facts.record.url)
    return (*named, facts.venue, facts.volume, facts.issue, facts.pages, facts.identifiers, facts.trials)


class _Index:
    """The new records by the keys that bring two records together."""

    def __init__(self, new: list[Facts], keys_of: Callable[[Facts], Iterator[str]]) -> None:
        self.keys_of = keys_of
        self.positions: dict[str, list[int]] = {}
        self.narrowed: set[str] = set()
        for position, facts in enumerate(new):
            for key in set(keys_of(facts)):
                self.positions.setdefault(key, []).append(position)
        for key in [key for key, members in self.positions.items() if len(members) > LARGEST_BLOCK]:
            self.narrowed.add(key)
            narrower = split_block(key, self.positions.pop(key), new)
            self.positions |= {part: members for part, members in narrower.items() if len(members) <= TOO_MANY}

    def near(self, facts: Facts) -> Iterator[int]:
        """Yield the positions of the new records that share a key with a known one."""
        for key in self.keys_of(facts):
            if key in self.positions:
                yield from self.positions[key]
            elif key in self.narrowed:
                for narrower in split(key, facts):
                    yield from self.positions.get(narrower, ())

"""Which new records the review already knows. Reads the known ones one by one, so their number costs no memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from generator.model.source_record import SourceRecord
from generator.surveillance.dedupe.blocking import LARGEST_BLOCK, are_alike, split, split_block, strong_keys, weak_keys
from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.facts import Facts, read_facts
from generator.surveillance.dedupe.links import ABSTRACT_OR_ARTICLE
from generator.surveillance.dedupe.matching import IDENTICAL, Match, Verdict, relation
from generator.surveillance.dedupe.rules import WITHOUT_PAGES, is_at_odds

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
    in everything the first is named. A record that fits two known documents, because it says too little of its place,
    is a possible duplicate of both.
    """
    new = [read_facts(record) for record in records]
    strong, weak = _Index(new, strong_keys), _Index(new, weak_keys)
    unseen: dict[tuple[object, ...], list[int]] = {}
    for position, facts in enumerate(new):
        unseen.setdefault(_content(facts), []).append(position)
    found: list[list[Match]] = [[] for _ in new]
    for record in known:
        facts = read_facts(record)
        again = unseen.pop(_content(facts), ())
        near = set(strong.near(facts))
        near |= {position for position in weak.near(facts) if position not in near and are_alike(new[position], facts)}
        for position in near.difference(again):
            if match := relation(Pair(new[position], facts)):
                found[position].append(match)
        for position in again:
            found[position].append(_match_again(new[position], facts))
    return [
        KnownMatches(
            facts.record, *(tuple(match for match in matches if match.verdict is verdict) for verdict in Verdict)
        )
        for facts, matches in zip(new, map(_undecided, found), strict=True)
    ]


def _undecided(matches: list[Match]) -> list[Match]:
    """Return the matches, those with documents that are at odds as possible ones, unless another match decides.

    A known record that is at odds with none of the others decides: it is the record itself, offered before.
    """
    same = [match for match in matches if match.verdict is Verdict.SAME]
    fitting = [match for match in matches if match.verdict is Verdict.SAME or match.rule == ABSTRACT_OR_ARTICLE]
    if len(fitting) < 2 or not all(match.rule in WITHOUT_PAGES for match in same):
        return matches
    known = [read_facts(match.second) for match in fitting]
    has_rival = [any(_are_rivals(one, other) for other in known if other is not one) for one in known]
    if not all(has_rival[n] for n, match in enumerate(fitting) if match.verdict is Verdict.SAME):
        return matches
    return [replace(match, verdict=Verdict.POSSIBLE) if match.verdict is Verdict.SAME else match for match in matches]


def _are_rivals(one: Facts, other: Facts) -> bool:
    """Return whether two known records are at odds, and nothing says that they are the same all the same."""
    match = relation(Pair(one, other))
    return is_at_odds(Pair(one, other)) and (match is None or match.verdict is not Verdict.SAME)


def _match_again(new: Facts, known: Facts) -> Match:
    """Return the match of two records that agree in all that is compared, gaps included."""
    match = relation(Pair(new, known))
    if match and match.verdict is Verdict.SAME:
        return match
    return Match(Verdict.SAME, IDENTICAL, new.record, known.record, likeness=1.0)


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
            for narrower in split(key, facts) if key in self.narrowed else (key,):
                yield from self.positions.get(narrower, ())

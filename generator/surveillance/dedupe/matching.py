"""The verdict on two records: applies the rules in their order and says which one decided."""

from dataclasses import dataclass
from enum import StrEnum

from generator.model.source_record import SourceRecord
from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.links import LINKED, POSSIBLE
from generator.surveillance.dedupe.rules import SAME_IDENTIFIER, SAME_TITLE, Rule, is_vetoed


class Verdict(StrEnum):
    """What two records are to each other."""

    SAME = "same"
    """The same document: merged."""
    LINKED = "linked"
    """Two documents that belong together, such as a preprint and its article: shown together, never merged."""
    POSSIBLE = "possible"
    """Perhaps the same: shown to a person, never merged."""


ORDER: tuple[tuple[Verdict, tuple[Rule, ...]], ...] = (
    (Verdict.SAME, SAME_IDENTIFIER),
    (Verdict.LINKED, LINKED),
    (Verdict.SAME, SAME_TITLE),
    (Verdict.POSSIBLE, POSSIBLE),
)
"""A source that names a preprint of a document is believed more than equal titles, and less than one identifier."""


IDENTICAL = "identical-record"
"""Rule of a record that was given again, whatever its title: no list of rules is needed for it."""


@dataclass(frozen=True)
class Match:
    """Two records, what they are to each other, and why."""

    verdict: Verdict
    rule: str
    """Name of the rule that decided."""
    first: SourceRecord
    second: SourceRecord
    shared: tuple[str, ...] = ()
    """The identifiers that both have, such as `doi:10.1000/1`, sorted."""
    likeness: float = 0.0
    """Likeness of the titles, 0 to 1."""

    def turned(self, verdict: Verdict) -> "Match":
        """Return the match seen from the second record, with another verdict where a third record demands it."""
        return Match(verdict, self.rule, self.second, self.first, self.shared, self.likeness)


def relation(pair: Pair) -> Match | None:
    """Return what two records are to each other, or None when nothing connects them."""
    vetoed = is_vetoed(pair)
    for verdict, rules in ORDER:
        if vetoed and verdict is Verdict.SAME:
            continue
        for rule in rules:
            if rule.holds(pair):
                likeness = round(pair.likeness, 3)
                return Match(verdict, rule.name, pair.a.record, pair.b.record, tuple(sorted(pair.shared)), likeness)
    return None

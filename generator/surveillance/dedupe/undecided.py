"""Records that fit two documents which are at odds: they say too little, so a person decides which of the two they are.

A rule compares two records. Whether a third record makes its verdict doubtful is asked here, by `grouping` within one
search and by `known` against what the review has.
"""

from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.conditions import may_be_neighbours, position_differs, within
from generator.surveillance.dedupe.facts import Facts, Form
from generator.surveillance.dedupe.links import ABSTRACT_OR_ARTICLE
from generator.surveillance.dedupe.matching import Match, Verdict, relation
from generator.surveillance.dedupe.places import DIFFER
from generator.surveillance.dedupe.rules import WITHOUT_PAGES, is_at_odds
from generator.surveillance.dedupe.title_match import TitleMatch
from generator.surveillance.dedupe.titles import Weight

SHORTEST_BEGINNING = 12
"""Letters of a title that can be what is left of a longer one."""
AMONG_NEIGHBOURS = frozenset({"same-doi", "every-detail", "title-and-position", "spelling-and-position"})
"""Rules that prove less where several abstracts share DOI, page and first author."""


def is_open(pair: Pair, match: Match) -> bool:
    """Return whether a third record may undo a match of two records of one document."""
    if match.rule in WITHOUT_PAGES:
        return True
    if match.rule == "same-doi" and pair.title in (TitleMatch.PART, TitleMatch.CUT):
        return True
    return match.rule in AMONG_NEIGHBOURS and may_be_neighbours(pair)


def fits_title(pair: Pair, match: Match) -> bool:
    """Return whether the titles are the same and nothing that is said tells the records apart, whatever the verdict.

    That of a meeting abstract counts although nothing is merged with it, and that of the year before or after.
    """
    if match.rule == ABSTRACT_OR_ARTICLE or (match.verdict is Verdict.SAME and match.rule in WITHOUT_PAGES):
        return True
    is_told_apart = match.verdict is Verdict.LINKED or _is_told_apart(pair)
    return pair.title is TitleMatch.EQUAL and pair.weight is not Weight.GENERIC and not is_told_apart


def opens_other(pair: Pair) -> Facts | None:
    """Return the record whose title may be what is left of the other's: its end was cut, or the subtitle was lost."""
    one, two = pair.a.title.joined, pair.b.title.joined
    if one == two or min(len(one), len(two)) < SHORTEST_BEGINNING:
        return None
    if not one.startswith(two) and not two.startswith(one):
        return None
    if not within(pair, 0) or _is_told_apart(pair):
        return None
    return pair.a if len(one) < len(two) else pair.b


def _is_told_apart(pair: Pair) -> bool:
    return (
        (len(pair.forms) == 2 and pair.forms != {Form.REPORT, Form.ABSTRACT})
        or DIFFER in (pair.people, pair.venue)
        or not within(pair, 1)
        or pair.identifiers_differ
        or pair.trials_differ
        or position_differs(pair)
    )


def are_rivals(pair: Pair) -> bool:
    """Return whether two records are at odds: no third record can be a copy of both.

    A title and its own beginning are none, for the one may be a copy of the other.
    """
    if not is_at_odds(pair) or opens_other(pair):
        return False
    match = relation(pair)
    return match is None or match.verdict is not Verdict.SAME

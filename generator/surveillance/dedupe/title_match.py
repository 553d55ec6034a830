"""How two titles compare. Words decide, not likeness alone: `mild` is as near to `wild` as a typing error."""

import re
from enum import Enum
from itertools import accumulate

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from generator.surveillance.dedupe import wording
from generator.surveillance.dedupe.titles import Title, Weight, one_spelling

SHORTEST_CUT = 60
"""Letters (spaces not counted) from which a title may have been cut by an export; shorter ones are not cut."""
LONGER_THAN_A_NUMBER = 4
"""Words of a subtitle that does more than number the document, although a date ends it: `in Springfield, May 2011`."""
MOST_UNCHANGED = 3
"""Letters at the beginning and at the end of a word that a typing error leaves alone.

Prefixes and endings carry meaning: micro and macro, abduction and adduction, phosphate and phosphite, dysphagia and
dysphasia are one letter apart.
"""


_OTHER_DOCUMENT = frozenset(map(one_spelling, wording.OTHER_DOCUMENT))
_SORTS_OF_DOCUMENT = frozenset(map(one_spelling, wording.SORTS_OF_DOCUMENT))
"""The lists in the spelling that titles are compared in, in which `follow` has one l."""
_TWICE = re.compile(r"(.)\1")


class TitleMatch(Enum):
    """How two titles compare; all but OTHER do not contradict each other."""

    EQUAL = "equal"
    SPELLING = "spelling"
    """Equal but for a typing error, spacing, small words, or words such as `case report` that name the sort."""
    PART = "part"
    """One lacks a subtitle or a heading that the other has, or its Greek letters."""
    CUT = "cut"
    """One ends in the middle of a word of the other, or one or both with three dots, as exports cut long titles.

    Or with a note that was left open, which may hide the end of the title.
    """
    MISSING = "missing"
    OTHER = "other"


def compare_titles(a: Title, b: Title) -> TitleMatch:
    """Return how two titles compare; a correction never has the title of what it corrects."""
    if not a.words or not b.words:
        return TitleMatch.MISSING
    if a.standing is not b.standing or hide_unlike_words(a, b):
        return TitleMatch.OTHER
    # What was cut off may have told it from the other, which may be whole or cut at the same place.
    may_go_on = a.behind != b.behind or a.ends_open or b.ends_open
    if a.joined == b.joined or a.letters == b.letters:
        return TitleMatch.CUT if may_go_on else TitleMatch.EQUAL
    found = _compare_unequal(a, b)
    return TitleMatch.CUT if may_go_on and found is TitleMatch.SPELLING else found


def hide_unlike_words(a: Title, b: Title) -> bool:
    """Return whether behind notes left open stand words that set two documents apart, or just other words."""
    short, long = sorted((a.behind, b.behind), key=len)
    if "".join(long).startswith("".join(short)):
        return not wording.NOT_IN_CITATIONS.isdisjoint(long[len(short) :])
    return True


def _compare_unequal(a: Title, b: Title) -> TitleMatch:
    short, long = sorted((a, b), key=lambda title: (len(title.words), len(title.joined), title.words))
    rest = _rest(short, long)
    if "".join(rest) in _SORTS_OF_DOCUMENT:
        return TitleMatch.SPELLING
    if _without_greek(long) == short.words:
        return TitleMatch.PART
    if rest and not any(word in _OTHER_DOCUMENT or any(sign.isdigit() for sign in word) for word in rest):
        return TitleMatch.PART
    if _is_cut(a, b) or _is_cut(b, a):
        return TitleMatch.CUT
    is_near = a.numbers == b.numbers and fuzz.ratio(a.joined, b.joined, score_cutoff=80) > 0
    return TitleMatch.SPELLING if is_near and _differ_in_spelling(a.words, b.words) else TitleMatch.OTHER


def opens(a: Title, b: Title, fewest: int = 5) -> bool:
    """Return whether one of two titles, of `fewest` words at least, is the beginning of the other, which is no part.

    A subtitle may count, as in `: report of 12 cases`; what numbers the document itself, as in `: part 2`, may not.
    """
    short, long = sorted((a.words, b.words), key=lambda words: (len(words), words))
    rest = long[len(short) :]
    if len(short) < fewest or long[: len(short)] != short or not rest:
        return False
    ends_in_number = rest[0].isdigit() or rest[-1].isdigit()
    return not wording.NUMBERED.intersection(rest) and not (ends_in_number and len(rest) < LONGER_THAN_A_NUMBER)


def begins(a: Title, b: Title) -> bool:
    """Return whether one title is the beginning of the other, letter by letter, and none is a part by its words."""
    short, long = sorted((a, b), key=lambda title: len(title.letters))
    return long.letters.startswith(short.letters) and wording.NUMBERED.isdisjoint({*a.words} ^ {*b.words})


def _rest(short: Title, long: Title) -> tuple[str, ...]:
    """Return the heading before, or the subtitle behind, that `long` has and `short` lacks; empty when not so."""
    n_short = len(short.words)
    if short.weight is not Weight.LONG or n_short >= len(long.words):
        return ()
    if long.words[:n_short] == short.words:
        return long.words[n_short:]
    return long.words[:-n_short] if long.words[-n_short:] == short.words else ()


def _without_greek(title: Title) -> tuple[str, ...]:
    return tuple(word for word in title.words if word not in wording.GREEK)


def _is_cut(short: Title, long: Title) -> bool:
    n_letters = len(short.joined)
    if n_letters < SHORTEST_CUT or len(short.letters) >= len(long.letters):
        return False
    if long.joined.startswith(short.joined):
        return short.ends_open or n_letters not in set(accumulate(len(word) for word in long.words))
    return long.letters.startswith(short.letters) and _ends_in_word(short.words, long.words)


def _ends_in_word(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether only the last word is cut, to a letter that looks like a number: `I` of `In`, not of `II`."""
    last = len(short) - 1
    return last < len(long) and short[:last] == long[:last] and not any(sign.isdigit() for sign in long[last])


def _differ_in_spelling(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether all differences are spacing, function words, or one typing error (two in twelve words)."""
    n_errors = 0
    for change in Levenshtein.opcodes(a, b):
        if change.tag == "equal":
            continue
        one = "".join(word for word in a[change.src_start : change.src_end] if word not in wording.FUNCTION_WORDS)
        two = "".join(word for word in b[change.dest_start : change.dest_end] if word not in wording.FUNCTION_WORDS)
        if one == two or frozenset((one, two)) in wording.LOOK_ALIKE:
            continue
        if not is_typing_error(one, two):
            return False
        n_errors += 1
    return n_errors <= (2 if min(len(a), len(b)) >= 12 else 1)


def is_typing_error(one: str, two: str) -> bool:
    """Return whether two words of six letters or more are one slip apart and not known to mean different things.

    Two exchanged letters, a letter twice, a plural and a silent e are slips wherever they stand behind the first
    letter; another, missing or added letter is one only inside the word.
    """
    if min(len(one), len(two)) < 6 or not (one.isalpha() and two.isalpha()) or one[0] != two[0]:
        return False
    if frozenset((one, two)) in wording.OPPOSED or OSA.distance(one, two, score_cutoff=1) > 1:
        return False
    short, long = sorted((one, two), key=len)
    if sorted(one) == sorted(two) or long in (short + "s", short + "e"):
        return True
    if _TWICE.sub(r"\1", one) == _TWICE.sub(r"\1", two):
        return True
    return one[:MOST_UNCHANGED] == two[:MOST_UNCHANGED] and one[-MOST_UNCHANGED:] == two[-MOST_UNCHANGED:]

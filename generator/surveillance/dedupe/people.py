"""Authors as they are compared: the words of their names, whether two names may be one person, two lists one list."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from generator.surveillance.dedupe import wording
from generator.surveillance.dedupe.titles import fold

_WORD = re.compile(r"[^\W\d_]+")
_GIVEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`´ʼ", ""))
MOST_AUTHORS = 100
"""Authors of a list that are compared; some lists name thousands."""
ALIKE = 85.0
"""Likeness (rapidfuzz `ratio`, 0 to 100) from which two family names of four letters or more are one misspelt."""


@dataclass(frozen=True, slots=True)
class Person:
    """The first author as compared; all empty when nobody is named."""

    family: frozenset[str]
    """The words of the family name; all words of the name where the source does not tell it apart."""
    names: frozenset[str]
    """All words of the name but initials."""
    tells_family: bool
    """Whether the source tells family and given names apart: `Wilson, Jane E`."""
    is_group: bool = False
    """Whether it is the name of a group, as of the authors of a trial."""


NOBODY_NAMED = Person(frozenset(), frozenset(), tells_family=False)


@lru_cache(maxsize=20_000)
def read_person(author: str) -> Person:
    """Return an author as compared. `Li W`, `LI W` and `Wei Li` keep `li`: short capital words are initials."""
    if author.strip("[] .").lower() in wording.NOBODY:
        return NOBODY_NAMED
    if _names_group(author):
        named = _letters(_WORD.findall(author))
        named = named - wording.GROUP_WORDS or named
        return Person(named, named, tells_family=False, is_group=True)
    before, comma, after = author.translate(_APOSTROPHES).partition(",")
    words = _WORD.findall(before)
    if not comma and len(words) > 1:
        told = _letters([word for word in words if len(word) > 2 or (len(word) == 2 and not word.isupper())])
        told = told or _letters(words[:1])
        return Person(told, told, tells_family=False)
    family = _letters([word for word in words if len(word) > 1])
    given = _GIVEN.findall(after)
    # Parts of `Ya-Li` are joined: the family name Li is not meant.
    told = _letters([word.replace("-", "") for word in given if len(word) > 2 or (len(word) == 2 and word.istitle())])
    return Person(family, family | told, tells_family=bool(comma))


def first_author(authors: tuple[str, ...]) -> Person:
    """Return the first person named, or the group where no person is: databases put groups before or behind people."""
    if not authors:
        return NOBODY_NAMED
    return read_person(next((author for author in authors[:MOST_AUTHORS] if not _names_group(author)), authors[0]))


@lru_cache(maxsize=20_000)
def _names_group(author: str) -> bool:
    return bool(wording.GROUP.search(author.lower()))


def _letters(words: list[str]) -> frozenset[str]:
    """Return words in small plain letters, `Müller` and `Mueller` alike; particles only when nothing else is there."""
    folded = [fold(word).replace("oe", "o").replace("ae", "a").replace("ue", "u") for word in words]
    found = [part for word in folded for part in _WORD.findall(word)]
    return frozenset([part for part in found if part not in wording.PARTICLES] or found)


def is_same_person(a: Person, b: Person) -> bool:
    """Return whether two names may be one person; the family name of one may be the given name of the other."""
    if _shares_name(a, b):
        return True
    one, two = "".join(sorted(a.family)), "".join(sorted(b.family))
    return min(len(one), len(two)) >= 4 and fuzz.ratio(one, two, score_cutoff=ALIKE) > 0


def _shares_name(a: Person, b: Person) -> bool:
    """Return whether a family name stands in the other name; two names without a comma must be one in the other."""
    if a.tells_family and b.tells_family:
        return bool(a.family & b.names or b.family & a.names)
    if a.tells_family or b.tells_family:
        return bool(a.family & b.names) if a.tells_family else bool(b.family & a.names)
    return a.names <= b.names or b.names <= a.names or len(a.names & b.names) > 1


def is_same_list(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether two lists of at least two authors name the same people, in another order or one group more.

    Either each first author is named in the other list and half of the shorter list is shared, or one of them is and
    the whole shorter list is shared. Letters printed under one heading on one page share nobody.
    """
    mine, theirs = _families(a), _families(b)
    n_shorter = min(len(mine), len(theirs))
    if n_shorter < 2:
        return False
    n_shared = min(_n_named(mine, theirs), _n_named(theirs, mine))
    n_firsts = _n_named(mine[:1], theirs) + _n_named(theirs[:1], mine)
    return n_shared >= 2 and (
        (n_firsts == 2 and 2 * n_shared >= n_shorter) or (n_firsts == 1 and n_shared == n_shorter)
    )


def _n_named(some: list[frozenset[str]], others: list[frozenset[str]]) -> int:
    return sum(any(one & other for other in others) for one in some)


def _families(authors: tuple[str, ...]) -> list[frozenset[str]]:
    return [family for author in authors[:MOST_AUTHORS] if (family := read_person(author).family)]

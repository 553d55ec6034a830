"""Which pairs of records are compared at all: those that share a key. Decides nothing about them.

Every rule needs a shared identifier, an equal or nearly equal title, or an equal position in a volume; the keys cover
these. Keys shared by very many records are split further, so that the number of pairs grows with the records and not
with their square.
"""

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from generator.surveillance.dedupe.facts import Facts
from generator.surveillance.dedupe.titles import Weight

LARGEST_BLOCK = 60
"""Records that may share one key before it is split: a supplement of 500 abstracts under one DOI is 124,750 pairs."""
ALIKE = 70.0
"""Likeness (rapidfuzz `ratio`, 0 to 100) below which two titles of one author are not compared further."""


def strong_keys(facts: Facts) -> Iterator[str]:
    """Yield the keys that suffice for a comparison: identifiers, title, position in a volume."""
    yield from facts.identifiers
    yield from facts.trials
    yield from facts.linked
    if facts.title.words:
        yield "title " + facts.title.joined
        if len(facts.title.words) >= 5:
            yield "opening " + " ".join(facts.title.words[:5])
            yield "ending " + " ".join(facts.title.words[-5:])
    if facts.pages and facts.volume:
        yield from (f"position {volume} {facts.pages[0]}" for volume in facts.volume)
        yield from (
            f"position {volume} -{facts.pages[1]}" for volume in facts.volume if facts.pages[0] != facts.pages[1]
        )


def weak_keys(facts: Facts) -> Iterator[str]:
    """Yield author with year; each year stands for the next one too, so that neighbours share a key.

    They only serve titles that are nearly alike, which says nothing where the title is generic.
    """
    if facts.record.year is not None and facts.title.weight is not Weight.GENERIC:
        for name in facts.author.family:
            yield f"author {name} {facts.record.year}"
            yield f"author {name} {facts.record.year + 1}"


def are_alike(a: Facts, b: Facts) -> bool:
    """Return whether two titles are near enough to be looked at although only author and year are shared."""
    return fuzz.ratio(a.title.joined, b.title.joined, score_cutoff=ALIKE) > 0


def split(key: str, facts: Facts) -> tuple[str, ...]:
    """Return the narrower keys that replace a key which too many records share."""
    words, family = facts.title.words, " ".join(sorted(facts.author.family))
    place = (*facts.venue, str(facts.record.year), *map(str, sorted(facts.volume)), *map(str, sorted(facts.issue)))
    narrower = [f"{key} | at {' '.join(place)}"]
    if words and not key.startswith("title "):
        narrower.append(f"{key} | title {facts.title.joined}")
    if facts.pages:
        narrower.append(f"{key} | from {facts.pages[0]} {family}")
    if words and family:
        narrower.append(f"{key} | opening {' '.join(words[:3])} {family}")
    return tuple(narrower)


def pairs(records: list[Facts]) -> Iterator[tuple[int, int]]:
    """Yield each pair of positions once, the smaller first, for all pairs that deserve a comparison."""
    seen: set[int] = set()
    n_records = len(records)
    for is_strong in (True, False):
        blocks: dict[str, list[int]] = {}
        for position, facts in enumerate(records):
            for key in set(strong_keys(facts) if is_strong else weak_keys(facts)):
                blocks.setdefault(key, []).append(position)
        for first, second in _block_pairs(blocks, records):
            number = first * n_records + second
            if number not in seen and (is_strong or are_alike(records[first], records[second])):
                seen.add(number)
                yield first, second


def _block_pairs(blocks: dict[str, list[int]], records: list[Facts]) -> Iterator[tuple[int, int]]:
    for key, members in blocks.items():
        if len(members) <= LARGEST_BLOCK:
            yield from combinations(members, 2)
        else:
            for narrower in split_block(key, members, records).values():
                yield from _chain(narrower)


def split_block(key: str, members: list[int], records: list[Facts]) -> dict[str, list[int]]:
    """Return the members of a block under the narrower keys that replace its key."""
    narrower: dict[str, list[int]] = {}
    for position in members:
        for part in split(key, records[position]):
            narrower.setdefault(part, []).append(position)
    return narrower


def _chain(members: list[int]) -> Iterator[tuple[int, int]]:
    """Yield all pairs of a block, or, where even the narrower key is shared by too many, only neighbours."""
    if len(members) <= LARGEST_BLOCK:
        yield from combinations(members, 2)
    else:
        yield from (
            (members[n], members[m]) for n in range(len(members)) for m in range(n + 1, min(n + 6, len(members)))
        )

"""Long strategies: the parts fit, and whatever a text says, it matches the strategy just when it matches some part."""

import itertools
import re

import pytest

from generator.surveillance.asking.web import SourceError
from generator.surveillance.sources.reading.splitting import split

WORDS = ("oolong", "sencha", "matcha", "kettle", "teapot")


def matches(strategy: str, held: frozenset[str]) -> bool:
    """Return whether a text with these words matches, by Python's own reading of the operators."""
    asked = re.sub(r'"([^"]*)"|([a-z]+)', lambda match: str((match[1] or match[2]) in held), strategy)
    for ours, theirs in (("AND NOT", "and not"), ("AND", "and"), ("OR", "or"), ("NOT", "and not")):
        asked = asked.replace(ours, theirs)
    return bool(eval(asked))  # noqa: S307 - of words that this file writes


def every_text() -> list[frozenset[str]]:
    return [
        frozenset(held) for n in range(len(WORDS) + 1) for held in itertools.combinations([*WORDS[:4], "tea pot"], n)
    ]


@pytest.mark.parametrize(
    "strategy",
    [
        '(oolong OR sencha OR "tea pot") AND (matcha OR kettle)',
        'oolong OR sencha OR matcha OR kettle OR "tea pot"',
        "((oolong OR sencha OR matcha) AND kettle) OR matcha",
        "(oolong OR (sencha AND matcha) OR kettle) AND NOT (matcha AND kettle)",
        '(oolong OR sencha OR matcha) AND NOT (kettle OR "tea pot")',
        "(oolong OR sencha) AND (matcha OR kettle) OR sencha",
        '(oolong   OR sencha)AND("tea pot" OR kettle)',
        "kettle AND (                                      oolong OR sencha)",
    ],
)
def test_the_union_of_the_parts_is_the_whole(strategy: str) -> None:
    parts = split(strategy, lambda part: len(part) < len(strategy) * 0.85)
    assert len(parts) > 1
    assert all(len(part) < len(strategy) * 0.85 for part in parts)
    assert not any("()" in part for part in parts)
    for held in every_text():
        assert matches(strategy, held) == any(matches(part, held) for part in parts), held


def test_what_fits_is_left_alone() -> None:
    assert split("( oolong  OR sencha )", lambda _: True) == ("( oolong  OR sencha )",)


def test_the_longest_group_is_cut_and_the_order_kept() -> None:
    strategy = "(oolong OR sencha) AND (matcha OR kettle OR teapot OR caddy)"
    assert split(strategy, lambda part: len(part) < 50) == (
        "(oolong OR sencha) AND (matcha OR kettle)",
        "(oolong OR sencha) AND (teapot OR caddy)",
    )


@pytest.mark.parametrize(
    "strategy",
    [
        "oolong AND sencha AND matcha",
        "oolong NOT (sencha OR matcha)",
        "oolong NOT(sencha OR (matcha OR kettle))",
        "oolong -(sencha OR matcha)",
        "oolong AND (sencha matcha OR kettle)",
        "oolong AND (sencha OR matcha AND kettle)",
        "oolong AND (sencha OR NOT matcha)",
        "oolong AND (sencha OR -matcha)",
        "oolong AND (sencha OR +matcha)",
        "oolong AND (sencha OR OR matcha)",
        "oolong AND (sencha OR matcha OR)",
        '"oolong OR sencha OR matcha"',
    ],
)
def test_what_cannot_be_cut_without_another_meaning_is_refused(strategy: str) -> None:
    with pytest.raises(SourceError, match="no group of terms joined by OR"):
        split(strategy, lambda part: len(part) < len(strategy))


@pytest.mark.parametrize(
    ("strategy", "why"),
    [
        ('(oolong OR "sencha) AND matcha', "a quote is not closed"),
        ("(oolong OR sencha AND matcha", "brackets are not in pairs"),
        ("oolong OR sencha) AND matcha", "brackets are not in pairs"),
    ],
)
def test_an_unbalanced_strategy_is_refused_when_it_is_too_long(strategy: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        split(strategy, lambda _: False)
    assert split(strategy, lambda _: True) == (strategy,)


def test_a_strategy_that_never_fits_is_refused() -> None:
    strategy = " OR ".join(f"tea{number}" for number in range(500))
    with pytest.raises(SourceError, match="not even 40 parts"):
        split(strategy, lambda part: len(part) < 10)

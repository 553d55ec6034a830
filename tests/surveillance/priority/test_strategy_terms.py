"""Terms of search strategies in every spelling the sources take, and which of them a text has."""

from pathlib import Path

import pytest

from generator.records.store import load
from generator.surveillance.priority.strategy_terms import matched, terms_of


@pytest.mark.parametrize(
    ("strategy", "terms"),
    [
        ("", ()),
        ("hiccup AND tea", ("hiccup", "tea")),
        ('("made-up tea" OR tisane) AND hiccup*', ("made-up tea", "tisane", "hiccup*")),
        ('"Tea"[Mesh] OR tisane*[tiab] AND hiccups[Title/Abstract]', ("Tea", "tisane*", "hiccups")),
        ('"Tea/therapy"[Mesh:NoExp] OR "Drinks, Hot"[MeSH Terms]', ("Tea", "Drinks, Hot")),
        ("green tea[tiab] OR black tea[tiab:~2]", ("green tea", "black tea")),
        ('TITLE_ABS:(tea OR "iced tea") AND TITLE_ABS:hiccup', ("tea", "iced tea", "hiccup")),
        ("tea AND SRC:PPR AND FIRST_PDATE:[2020-01-01 TO 2021-12-31] AND hiccups", ("tea", "hiccups")),
        ("tea[tiab] AND english[la] AND 2020:2024[dp] AND hiccups[tw]", ("tea", "hiccups")),
        ("AREA[ConditionSearch](hiccups OR yawns) AND AREA[Phase]PHASE2", ("hiccups", "yawns")),
        ("tea AND AREA[LastUpdatePostDate]RANGE[2024-01-01,MAX]", ("tea",)),
        ('TITLE-ABS-KEY("iced tea" W/3 hiccups) OR TI=(tisane)', ("iced tea", "hiccups", "tisane")),
        ('{"containAny": "iced tea, tisane, Tisane", "containNot": "coffee"}', ("iced tea", "tisane")),
        ('{"containAll": "tea", "status": [2], "medicalCondition": "hiccups"}', ("tea", "hiccups")),
        ("{made-up and no JSON", ("made-up", "no", "JSON")),
        ('tea or "Tea" or TEA and tea*', ("tea", "tea*")),
        ("“curly quotes” AND\n  folded\n  words", ("curly quotes", "folded", "words")),
        ('"tea cup"~3 OR hiccup^2', ("tea cup", "hiccup")),
        ("Ärzte OR 腰痛", ("Ärzte", "腰痛")),
        ('tea AND ("a OR b")', ("tea", "a OR b")),
        ("((tea)", ("tea",)),
        ("tea) AND hiccups", ("tea", "hiccups")),
    ],
)
def test_a_strategy_is_read_in_its_own_spelling(strategy: str, terms: tuple[str, ...]) -> None:
    assert terms_of(strategy) == terms


@pytest.mark.parametrize(
    ("strategy", "terms"),
    [
        ("tea NOT coffee", ("tea",)),
        ("tea NOT coffee OR tisane", ("tea", "tisane")),
        ("tea AND NOT (coffee OR (beans AND milk)) AND hiccups", ("tea", "hiccups")),
        ('tea NOT "iced coffee" AND hiccups', ("tea", "hiccups")),
        ('tea[tiab] NOT ("Coffee"[Mesh] OR coffee*[tiab])', ("tea",)),
        ("NOT(coffee) AND tea", ("tea",)),
        ("tea NOT TITLE_ABS:(coffee OR beans) OR tisane", ("tea", "tisane")),
        ("(tea NOT coffee) AND hiccups", ("tea", "hiccups")),
    ],
)
def test_what_stands_after_not_is_no_term(strategy: str, terms: tuple[str, ...]) -> None:
    assert terms_of(strategy) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Hiccups after made-up tea", ("hiccup*", "made-up tea")),
        ("MADE UP TEAS, a tisane", ("made-up tea", "tisane")),
        ("Hiccupping and steam", ("hiccup*",)),
        ("Teapots and a chiccup", ()),
        ("", ()),
        ("Tisanes; tisane; TISANE", ("tisane",)),
        ("<i>Tisane</i> &amp; tea", ("tisane",)),
    ],
)
def test_terms_stand_in_a_text_as_whole_words(text: str, terms: tuple[str, ...]) -> None:
    assert matched(['("made-up tea" OR tisane) AND hiccup*'], text) == terms


def test_the_longest_term_is_named_for_what_lies_within_it() -> None:
    strategies = ["cup OR tea OR hiccup", '"tea cup" OR "green tea" OR "green tea cup"']
    assert matched(strategies, "A green tea cup, and tea without hiccups") == ("green tea cup", "hiccup")
    assert matched(strategies, "A green tea in a tea cup") == ("green tea", "tea cup")


def test_of_terms_for_the_same_word_the_one_spelled_so_is_named() -> None:
    assert matched(["tisan* OR tisane OR tisanes"], "Tisanes") == ("tisanes",)
    assert matched(["tisan* OR tea"], "Tisanery") == ("tisan*",)


def test_at_most_twelve_terms_are_named() -> None:
    words = [first + last for first in "bcdf" for last in ("alo", "emo", "ino", "oro")]
    found = matched([" OR ".join(reversed(words))], " ".join(words))
    assert found == tuple(words[:12])


def test_a_wildcard_may_end_any_word_of_a_phrase() -> None:
    assert matched(['"iced tea*" OR "green* leaf"'], "Greenish leaf for iced teapots") == ("green* leaf", "iced tea*")


def test_every_strategy_of_the_reviews_is_read(real_review: Path, made_up_review: Path) -> None:
    for root in (real_review, made_up_review):
        protocol = load(root).records.protocol
        assert protocol is not None
        strategies = [strategy for source in protocol.sources for strategy in source.strategies]
        assert strategies
        for strategy in strategies:
            terms = terms_of(strategy)
            assert terms
            assert not [term for term in terms if set(term) & set('()[]{}":') or term in ("AND", "OR", "NOT")]
            for term in terms:
                assert matched([strategy], f"made-up, {term.rstrip('*')} too"), term

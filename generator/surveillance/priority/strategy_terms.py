"""The words and phrases of a search strategy, and which of them stand in a text: why a record matched.

Reads the spellings that the sources take: words and quoted phrases with AND, OR, NOT and brackets; tags behind a term
(`[tiab]`, `[Mesh]`) or fields before it (`TITLE_ABS:(...)`, `AREA[Condition]`); JSON with lists of terms. It explains
only: whether a record matches is for the source to say, which may stem words or know synonyms.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from generator.surveillance.dedupe.titles import fold
from generator.surveillance.priority.words import Word, words_in

MOST = 12
"""Terms that are named for one text, at most."""

_FIELDS = """
    tiab ti ab tw mesh mh majr ot all nm title abstract title_abs titleabs kw keyword keywords body all_fields text
    title/abstract mesh_terms mesh_major_topic text_word text_words other_term ts ak title-abs title-abs-key
    condition conditionsearch interventionname interventionsearch basicsearch titlesearch brieftitle officialtitle
    briefsummary title_and_abstract.search default.search title.search abstract.search
"""
_TEXT_FIELDS = frozenset(_FIELDS.split())
"""Fields and tags in which subject words are searched; what stands in any other, such as a date, is no term."""

_TOKEN = re.compile(
    r"""
      ["“”„](?P<phrase>[^"“”„]*)["“”„](?:~\d+)?
    | \b(?:AREA|SEARCH)\[(?P<area>[^\]]*)\]
    | \b(?:COVERAGE|EXPANSION|TILT|RANGE)\[[^\]]*\]
    | \[(?P<tag>[^\]]*)\]
    | (?P<field>(?!(?i:AND|OR|NOT|ANDNOT)\()[A-Za-z][\w.-]*)(?:[:=]\s*(?=[\w("“„\[])|(?=\())
    | (?P<bracket>[()])
    | (?P<word>[^\s()\[\]{}"“”„,;]+)
    """,
    re.VERBOSE,
)
_OPERATOR = re.compile(r"(?:NEAR|PRE|ADJ|W)/?\d+|NEAR|TO", re.ASCII)
_EDGE = re.compile(r"^\W+|[\^~][\d.]+$|[^\w*]+$")


@dataclass
class _Reading:
    """What is known at one place of a strategy."""

    found: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Bare words since the last operator: a tag behind them makes them one phrase."""
    outer: list[bool] = field(default_factory=list)
    """For each open bracket, whether its content is left out."""
    left_out: bool = False
    """True after NOT and in a field without subject words, up to the next AND or OR beside it."""
    phrase: str = ""

    def settle(self) -> None:
        """Keep what was read since the last operator, unless it is left out."""
        if not self.left_out:
            self.found += [self.phrase] if self.phrase else self.words
        self.words, self.phrase = [], ""

    def settle_tagged(self, tag: str) -> None:
        """Keep what stands before a tag as one phrase, unless the tag is about no subject."""
        kind = re.sub(r"\s+", "_", tag.partition(":")[0].strip().lower())
        self.phrase = self.phrase or " ".join(self.words)
        if kind.startswith("m"):
            self.phrase = self.phrase.partition("/")[0]
        if kind not in _TEXT_FIELDS:
            self.words, self.phrase = [], ""
        self.settle()


@lru_cache(maxsize=1000)
def terms_of(strategy: str) -> tuple[str, ...]:
    """Return the words and quoted phrases of a strategy, each once, in its order.

    Operators, tags, fields and everything after NOT are left out; a `*` at the end of a word stays.
    """
    found = _terms_of_json(strategy) if strategy.lstrip().startswith("{") else None
    kept: dict[str, str] = {}
    for text in _terms_of_query(strategy) if found is None else found:
        term = " ".join(_EDGE.sub("", text).split())
        if term:
            kept.setdefault(term.casefold(), term)
    return tuple(kept.values())


def _terms_of_json(strategy: str) -> list[str] | None:
    """Return the terms of a search written as JSON, such as `{"containAny": "one, two"}`; None when it is none."""
    try:
        data = json.loads(strategy)
    except ValueError:
        return None
    lists = [
        value
        for key, value in (data.items() if isinstance(data, dict) else ())
        if isinstance(value, str) and (key in ("containAll", "containAny") or key.startswith("medical"))
    ]
    return [term.strip(' "') for value in lists for term in value.split(",")]


def _terms_of_query(strategy: str) -> list[str]:
    reading = _Reading()
    for token in _TOKEN.finditer(strategy):
        kind, text = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind == "phrase":
            reading.settle()
            reading.phrase = text.strip()
        elif kind == "word":
            _read_word(reading, text)
        elif kind == "bracket":
            reading.settle()
            if text == "(":
                reading.outer.append(reading.left_out)
            else:
                reading.left_out = reading.outer.pop() if reading.outer else False
        elif kind == "tag":
            reading.settle_tagged(text)
        elif kind in ("field", "area"):
            reading.settle()
            reading.left_out = reading.left_out or text.lower() not in _TEXT_FIELDS
    reading.settle()
    return reading.found


def _read_word(reading: _Reading, word: str) -> None:
    """Take a bare word, or the operator that it is."""
    if word.upper() in ("AND", "OR"):
        reading.settle()
        reading.left_out = reading.outer[-1] if reading.outer else False
    elif word.upper() in ("NOT", "ANDNOT"):
        reading.settle()
        reading.left_out = True
    elif not _OPERATOR.fullmatch(word) and re.search(r"\w", word):
        if reading.phrase:
            reading.settle()
        reading.words.append(word)


@dataclass(frozen=True)
class _Term:
    """A term as it is looked for."""

    shown: str
    number: int
    """Its place in the strategies."""
    keys: tuple[str, ...]
    """Its words; those that may go on end in `*`."""

    def stands_at(self, words: Sequence[Word], start: int) -> bool:
        """Return whether the words of a text from `start` on are this term."""
        found = words[start : start + len(self.keys)]
        return len(found) == len(self.keys) and all(
            fold(word.shown).startswith(key[:-1]) if key.endswith("*") else word.key == key
            for word, key in zip(found, self.keys, strict=True)
        )


@lru_cache(maxsize=100)
def _by_first_word(strategies: tuple[str, ...]) -> tuple[dict[str, list[_Term]], tuple[str, ...], list[_Term]]:
    """Return the terms by their first word, then the first words that may go on and the terms that begin so."""
    whole: dict[str, list[_Term]] = defaultdict(list)
    open_ended: list[_Term] = []
    for number, text in enumerate(dict.fromkeys(term for strategy in strategies for term in terms_of(strategy))):
        keys: list[str] = []
        for part in text.split():
            words = list(words_in(part))
            keys += [word.key for word in words]
            if part.endswith("*") and words:
                keys[-1] = fold(words[-1].shown) + "*"
        if keys:
            (open_ended if keys[0].endswith("*") else whole[keys[0]]).append(_Term(text, number, tuple(keys)))
    return dict(whole), tuple(term.keys[0][:-1] for term in open_ended), open_ended


def matched(strategies: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the terms of the strategies that stand in a text as whole words, in the order of the text.

    Capitals, accents and a plural s make no difference, `*` stands for any ending. Each term is named once, a term that
    lies within another one that is named is left out, and at most twelve are named.
    """
    whole, openings, open_ended = _by_first_word(tuple(strategies))
    words = list(words_in(text))
    places: dict[_Term, int] = {}
    for start, word in enumerate(words):
        terms = whole.get(word.key, [])
        if openings and fold(word.shown).startswith(openings):
            terms = [*terms, *open_ended]
        for term in terms:
            if term not in places and term.stands_at(words, start):
                places[term] = start
    telling: dict[str, _Term] = {}
    for term in sorted(places, key=lambda term: (not _is_verbatim(term, words[places[term] :]), term.number)):
        telling.setdefault(_place_in(words, places[term], term), term)
    kept = [
        term
        for keys, term in telling.items()
        if not any(f" {keys} " in f" {other} " for other in telling if other != keys)
    ]
    return tuple(term.shown for term in sorted(kept, key=lambda term: (places[term], term.number))[:MOST])


def _place_in(words: Sequence[Word], start: int, term: _Term) -> str:
    return " ".join(word.key for word in words[start : start + len(term.keys)])


def _is_verbatim(term: _Term, words: Sequence[Word]) -> bool:
    """Return whether the term stands in the text as the strategy spells it."""
    return " ".join(word.shown for word in words[: len(term.keys)]).casefold() == term.shown.casefold()

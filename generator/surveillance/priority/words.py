"""Text -> the words that are compared: one spelling for each, beside the word as it stands in the text.

Knows no subject. What a word weighs is decided in `vectors`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.surveillance.dedupe.titles import fold

LONGEST = 20_000
"""Letters of a text that are read, so that a broken record cannot cost minutes. Abstracts have about 2,000."""

_TAG = re.compile(r"</?[A-Za-z][\w:]*(?:\s[^<>]*)?/?>")
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
"""Chinese and Japanese, which write no spaces between words."""
_ENGLISH = """
    a about above after again against all also although always am among an and another any are as at be because been
    before being below between both but by can cannot could did do does doing done down during each either else ever
    every few for from further had has have having he her here hers him his how however i if in into is it its
    itself just least less like made many may me might more most much must my near neither no nor not now of off
    often on once one only onto or other others our ours out over own per rather s same shall she should since so
    some such t than that the their theirs them then there these they this those though through thus to too toward
    towards under until up upon us using very via was we well were what when where whether which while who whom
    whose why will with within without would yet you your amp gt lt nbsp quot
"""
_FUNCTION_WORDS = frozenset(_ENGLISH.split())


class Word(NamedTuple):
    """A word of a text."""

    key: str
    """One spelling: small letters, no accents, no plural s."""
    shown: str
    """As it stands in the text."""


def words_in(text: str) -> Iterator[Word]:
    """Yield every word in the order of the text; two signs at a time where a script writes no spaces."""
    text = text[:LONGEST]
    if "<" in text:
        text = _TAG.sub(" ", text)
    for shown in _WORD.findall(text):
        if not shown.isascii() and _UNSPACED.search(shown):
            yield from _pairs(shown)
        else:
            yield Word(key_of(shown), shown)


def telling_words(text: str) -> Iterator[Word]:
    """Yield the words that may say what a text is about: no function words, bare numbers or single letters."""
    for word in words_in(text):
        if word.key not in _FUNCTION_WORDS and not word.key.isdigit() and (len(word.key) > 1 or not word.key.isascii()):
            yield word


@lru_cache(maxsize=100_000)
def key_of(word: str) -> str:
    """Return the spelling that a word shares with its plural in s and with its spellings in capitals or accents."""
    key = fold(word)
    if len(key) > 4 and key.endswith("ies"):
        return key[:-3] + "y"
    if len(key) > 2 and key.endswith("s") and not key.endswith(("ss", "us", "is")) and key not in _FUNCTION_WORDS:
        return key[:-1]
    return key


def _pairs(shown: str) -> Iterator[Word]:
    for run in re.split(f"({_UNSPACED.pattern})", shown):
        if not _UNSPACED.fullmatch(run):
            yield from [Word(key_of(run), run)] if run else []
            continue
        for start in range(max(1, len(run) - 1)):
            yield Word(run[start : start + 2], run[start : start + 2])

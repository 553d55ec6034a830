"""Titles as keys: which words count, what sort of title it is, and how two titles compare.

The title of a record stays what the source gave; what is made here serves comparison only and is never shown.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from generator.surveillance.dedupe import notes, wording
from generator.surveillance.dedupe.notes import Standing


class Weight(StrEnum):
    """How much it says when two titles are the same."""

    GENERIC = "generic"
    """`Editorial`, `Reply`: hundreds of documents have this title."""
    SHORT = "short"
    LONG = "long"
    """At least five words: two documents seldom share it by chance."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared."""

    words: tuple[str, ...]
    """Small letters, no accents, one spelling of British and American words, Roman numbers as digits."""
    joined: str
    """The words without spaces, so that `post-transplant` and `post transplant` are the same."""
    letters: str
    """The same in the spelling of the source: a lost hyphen hides the number in `two-loop` and in `factor I-like`."""
    standing: Standing
    weight: Weight
    is_translated: bool = False
    """Whether the source marks it as translated: `[Title]`, as PubMed does, or `Title. [Spanish]`, as Ovid does."""
    ends_open: bool = False
    """Whether it ends with three dots."""
    behind: tuple[str, ...] = ()
    """The words of a note that was left open; the last of them may belong to the title."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The words that hold a digit, sorted: years, parts, doses, gene names."""
        return tuple(sorted(word for word in self.words if _DIGIT.search(word)))


_TAG = re.compile(
    r"</?(?:i|b|u|em|sub|sup|strong|italic|bold|sc|span|p|title|inf|scp|jats:\w+|mml:\w+)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
LONGEST = 1000
"""Letters of a title that are read, so that a broken export cannot cost minutes."""
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d)[.,·](?=\d)")
"""Kept as a letter, because 7.5 mg and 75 mg are two studies; 31,000 and 31000 are one."""
_NUMBER_IN_PARTS = re.compile(r"\d[.,·]\d")
_LATIN_MARKS = re.compile(r"[\u0300-\u036f]")
_MISREAD = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]")
"""The first byte of a letter in UTF-8 and the second, each shown as a letter of its own."""


def read_title(text: str) -> Title:
    """Return the title as it is compared; a missing one, or one that says it is missing, has no words."""
    text = " ".join(text[:LONGEST].split())
    plain = fold(_TAG.sub("", html.unescape(text)) if "<" in text or "&" in text else text)
    standing = notes.standing(plain)
    is_translated, ends_open = notes.is_translated(plain), plain.rstrip().endswith(("...", "…"))
    plain, behind = notes.take_out(plain, standing)
    if _NUMBER_IN_PARTS.search(plain):
        plain = _DECIMAL.sub("p", _THOUSANDS.sub("", plain))
    written = _WORD.findall(plain)
    words = tuple(map(one_spelling, written))
    joined, letters = "".join(words), "".join(written)
    if letters in wording.NO_TITLE:
        words, joined, letters = (), "", ""
    return Title(words, joined, letters, standing, _weight(words, joined, letters), is_translated, ends_open, behind)


def fold(text: str) -> str:
    """Return text in small letters, without accents, apostrophes and invisible signs, Greek letters by name."""
    if not text.isascii():
        text = _reread(text)
    text = text.lower()
    if not text.isascii():
        text = text.translate(wording.LETTERS)
        text = unicodedata.normalize("NFKC", _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text)))
    return text.replace("'", "").replace("&", " and ")


def _reread(text: str) -> str:
    """Return text as it was before UTF-8 was read as Windows-1252, which makes `BÃ¼cker` of `Bücker`."""
    if not _MISREAD.search(text):
        return text
    try:
        return text.encode("windows-1252").decode("utf-8")
    except UnicodeError:
        return text


@lru_cache(maxsize=50_000)
def one_spelling(word: str) -> str:
    """Return one spelling for a word that has a British and an American one, and digits for a number."""
    if word in wording.ONE_WORD_FOR:
        return wording.ONE_WORD_FOR[word]
    for british, american in wording.SPELLINGS:
        if british in word:
            word = word.replace(british, american)
    return word


def _weight(words: tuple[str, ...], joined: str, letters: str) -> Weight:
    if not wording.GENERIC.isdisjoint((joined, letters)) or joined.startswith(wording.GENERIC_OPENINGS):
        return Weight.GENERIC
    if not joined.isascii():
        # Scripts without spaces make one word of a title: there, length decides.
        return Weight.LONG if len(joined) >= 12 else Weight.SHORT
    if len(words) < 2 or len(joined) < 12:
        return Weight.GENERIC
    return Weight.LONG if len(words) >= 5 and len(joined) >= 25 else Weight.SHORT

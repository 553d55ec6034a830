"""Quotes and what rests on them: which quotes a fact names, and whether a quote stands in its source word for word.

A quote is compared with the full text of an open source as it lies in `studies/sources/`. Runs of white space equal one
blank, both sides are brought to Unicode's composed form (NFC, Unicode Standard Annex 15), and `[…]` stands for words
left out; nothing else is forgiven. Does not judge whether a quote supports what rests on it.
"""

import re
import typing
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property, lru_cache

from generator.model import records as kinds
from generator.model.records import Records, path_of
from generator.model.report import Quote
from generator.model.values import Part, Sources
from generator.problems import Place

OMISSION = "[…]"
_SIGNED = re.compile(r"(?:^|(?![)%])[\W_])[-\u2013\u2212]\d")
"""A number below zero up to its first digit, and what precedes it: a range and a name such as `B-12` have no sign."""


class Verdict(StrEnum):
    """What comparing a quote with its source showed."""

    VERIFIED = "verified"
    NOT_VERIFIABLE = "not verifiable"
    FAILED = "failed"


@dataclass(frozen=True)
class Quoting:
    """A record, or a part of one, that keeps its own quotes."""

    path: str
    place: Place
    part: Part
    quotes: Mapping[str, Quote]

    @cached_property
    def used(self) -> frozenset[str]:
        """The keys of all quotes that something within the part names, also of quotes that are not there."""
        return frozenset(_used(self.part))


@lru_cache(maxsize=2)  # as for the verdicts below
def quoting_parts(records: Records) -> tuple[Quoting, ...]:
    """Return everything that keeps quotes: the protocol, studies, trials and search runs."""
    return tuple(_quoting_parts(records))


def _quoting_parts(records: Records) -> Iterator[Quoting]:
    if records.protocol:
        yield Quoting(path_of(kinds.PROTOCOL), (), records.protocol, records.protocol.quotes)
    for kind, by_id in ((kinds.STUDY, records.included), (kinds.TRIAL, records.trials)):
        for identifier, record in by_id.items():
            yield Quoting(path_of(kind, identifier), (), record, record.quotes)
    for identifier, excluded in records.excluded.items():
        yield Quoting(path_of(kinds.EXCLUSION, identifier), (), excluded, excluded.quotes)
    for identifier, day in records.searches.items():
        for index, run in enumerate(day.runs):
            yield Quoting(path_of(kinds.SEARCH, identifier), ("runs", index), run, run.quotes)


@lru_cache(maxsize=2)  # the rules, the summary of a check and the pages all ask
def verify_quotes(records: Records) -> dict[tuple[str, Place], Verdict]:
    """Return the verdict on every quote, by the path of its file and its place in it.

    A quote whose source has no text on file is not verifiable; it never counts as verified.
    """
    texts = {name: normal(text) for name, text in records.source_texts.items()}
    verdicts = {}
    for quoting in quoting_parts(records):
        for key, quote in quoting.quotes.items():
            text = texts.get(quote.report)
            if text is None:
                verdict = Verdict.NOT_VERIFIABLE
            else:
                verdict = Verdict.VERIFIED if stands_in(quote.text, text) else Verdict.FAILED
            verdicts[quoting.path, (*quoting.place, "quotes", key)] = verdict
    return verdicts


def count_verdicts(verdicts: Mapping[tuple[str, Place], Verdict]) -> dict[Verdict, int]:
    """Return how many quotes have each verdict; every verdict is there, also with 0."""
    counted = Counter(verdicts.values())
    return {verdict: counted[verdict] for verdict in Verdict}


def normal(text: str) -> str:
    """Return text as it is compared: composed (NFC), every run of white space one blank, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def stands_in(quote: str, text: str) -> bool:
    """Return whether the words of `quote` stand in `text`, which is `normal`, in their order around `[…]`.

    A quote that would begin or end within a word or number does not: `5 %` does not stand in `25 %`, nor `2.3` in
    `(-2.3)`.
    """
    pieces = [piece.strip() for piece in normal(quote).split(OMISSION)]
    position = 0
    for piece in filter(None, pieces):
        start = text.find(piece, position)
        while start >= 0 and _cuts(text, start, start + len(piece)):
            start = text.find(piece, start + 1)
        if start < 0:
            return False
        position = start + len(piece)
    return any(pieces)


def _cuts(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` begins or ends within a word or number, or leaves the sign of a number out."""
    return _within(text, start) or _within(text, end) or bool(_SIGNED.fullmatch(text, max(0, start - 2), start + 1))


def _within(text: str, position: int) -> bool:
    """Return whether a word or number goes on across `position`.

    Asked only of letters of scripts that put blanks between words (Latin, Greek, Cyrillic).
    """
    if not 0 < position < len(text) or text[position] == " " or text[position - 1] == " ":
        return False
    if _joins(text[position - 1]) and _joins(text[position]):
        return True
    return any(_is_decimal(text[max(0, first) : first + 3]) for first in (position - 2, position - 1))


def _joins(character: str) -> bool:
    return character.isalnum() and (character < "\u0080" or "\u00c0" <= character <= "\u052f")


def _is_decimal(three: str) -> bool:
    """Return whether three characters are a digit, a decimal sign and a digit."""
    return len(three) == 3 and three[0].isdecimal() and three[1] in ".," and three[2].isdecimal()


def named_quotes(part: Part, place: Place = ()) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Yield every place within `part` that names quotes, and the keys it names."""
    for field, names_quotes in _fields(type(part)):
        value = getattr(part, field)
        if not value:
            continue
        if names_quotes:
            yield from _named(value, (*place, field))
        else:
            yield from _within_parts(value, (*place, field))


def _used(part: Part) -> set[str]:
    """Return the keys that `named_quotes` yields, without their places, at a third of its cost."""
    used: set[str] = set()
    waiting: list[object] = [part]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Part):
            for field, names_quotes in _fields(type(value)):
                inner = getattr(value, field)
                if inner and names_quotes:
                    used.update(*inner.values() if isinstance(inner, dict) else (inner,))
                elif inner:
                    waiting.append(inner)
        elif isinstance(value, tuple):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
    return used


def _named(
    value: tuple[str, ...] | dict[str, tuple[str, ...]], place: Place
) -> Iterator[tuple[Place, tuple[str, ...]]]:
    if isinstance(value, dict):
        yield from (((*place, field), keys) for field, keys in value.items())
    else:
        yield place, value


def _within_parts(value: object, place: Place) -> Iterator[tuple[Place, tuple[str, ...]]]:
    if isinstance(value, Part):
        yield from named_quotes(value, place)
    elif isinstance(value, tuple | dict):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in pairs:
            yield from _within_parts(inner, (*place, step))


@cache
def _fields(model: type[Part]) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a model that name quotes (True) or hold parts that may (False)."""
    found = []
    for name, field in model.model_fields.items():
        if _mentions(field.annotation, Sources):
            found.append((name, True))
        elif any(_fields(inner) for inner in _parts(field.annotation)):
            found.append((name, False))
    return tuple(found)


def _mentions(annotation: object, wanted: object) -> bool:
    return annotation == wanted or any(_mentions(inner, wanted) for inner in typing.get_args(annotation))


def _parts(annotation: object) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _parts(inner)

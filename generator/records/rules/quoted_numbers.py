"""Rules about the numbers of a study and the words they rest on: a slip of the finger shows in the comparison."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache

from generator.model.records import Records
from generator.model.report import Quote
from generator.model.study import Study
from generator.model.values import Part
from generator.problems import Level, Place, Problem
from generator.records.rules.files import included
from generator.records.slips import DIGITS

_NUMBER = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?![\d,])|\d+(?:[.,·]\d+)?|(?<![\d])[.·]\d+")
_WORDS = {n: word for word, n in DIGITS.items()}
_PRINTED = ("n_enrolled", "n_people", "n_events", "events", "value", "low", "high")
"""Fields that hold a number as printed. How many people a row describes is often known from another sentence."""


def numbers_stand_in_their_quotes(records: Records) -> Iterator[Problem]:
    """A number of a study stands in a quote that it rests on, in digits or, up to 99, in words.

    A number that was mistyped, or that rests on the wrong quote, shows at once. Numbers that the reviewers imputed are
    left out; a number that a report gives only in other words, or in a picture, may stay.
    """
    for path, study in included(records):
        for place, part, sources in _sourced(study):
            quotes = [study.quotes[key].text for key in sources if key in study.quotes]
            for field in _printed(type(part)) if quotes else ():
                value = getattr(part, field)
                if isinstance(value, (int, Decimal)) and not any(_holds(text, value) for text in quotes):
                    yield _unquoted(path, (*place, field), value, sources, study.quotes)


def _unquoted(
    path: str, place: Place, value: int | Decimal, sources: tuple[str, ...], quotes: Mapping[str, Quote]
) -> Problem:
    keys = [key for key, quote in quotes.items() if _holds(quote.text, value) and key not in sources]
    elsewhere = f" It stands in the quote {keys[0]}: name that one too." if keys else ""
    return Problem(
        path,
        place,
        f"expected a number that stands in the quote {' or '.join(sources)}, found {value}",
        f"Compare the number with the words.{elsewhere}",
        Level.WARNING,
    )


def _sourced(study: Study) -> Iterator[tuple[Place, Part, tuple[str, ...]]]:
    """Yield every part that may hold printed numbers, with its place and the quotes that it rests on."""
    people = study.participants
    yield ("participants",), people, people.source or study.sources.get("participants", ())
    for index, result in enumerate(study.results):
        sources = result.source or study.sources.get("results", ())
        yield ("results", index), result, sources
        if result.dispersion and not result.dispersion.imputed:
            yield ("results", index, "dispersion"), result.dispersion, sources
    if study.harms:
        around = study.harms.source or study.sources.get("harms", ())
        for index, event in enumerate(study.harms.events):
            yield ("harms", "events", index), event, event.source or around


@cache
def _printed(part: type[Part]) -> tuple[str, ...]:
    """Return the fields of a part that hold a number as printed."""
    return tuple(field for field in _PRINTED if field in part.model_fields)


def _holds(text: str, value: int | Decimal) -> bool:
    """Return whether a text has a number, without regard to its sign, whose minus may be any dash."""
    return abs(value) in _numbers(text) or _in_words(text, abs(Decimal(value)))


@lru_cache(maxsize=64)  # many facts rest on one quote
def _numbers(text: str) -> frozenset[Decimal]:
    return frozenset(_read(found) for found in _NUMBER.findall(text))


def _read(printed: str) -> Decimal:
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", printed):
        return Decimal(printed.replace(",", ""))
    return Decimal(printed.replace(",", ".").replace("·", "."))


def _in_words(text: str, wanted: Decimal) -> bool:
    if wanted != int(wanted) or wanted > 99:
        return False
    tens, units = divmod(int(wanted), 10)
    words = _WORDS.get(int(wanted)) or f"{_WORDS[10 * tens]}[- ]{_WORDS[units]}"
    also = "|no|none" if wanted == 0 else ""
    return bool(re.search(rf"\b(?:{words}{also})\b", text, re.IGNORECASE))


RULES = (numbers_stand_in_their_quotes,)

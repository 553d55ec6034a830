"""What a person probably meant by a value that is not as it should be, as a sentence that says what to write instead.

Speaks of single values; slips in the lines themselves are those of `generator.records.yamlslips`. Decides nothing:
what is wrong has been decided before, by the model of the record.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection

from generator import identifiers
from generator.model.report import EventKind

_NOT_REPORTED = frozenset(
    {
        "n.r.",
        "nr",
        "n.r",
        "n/r",
        "not reported",
        "not stated",
        "not given",
        "unknown",
        "unclear",
        "?",
        "-",
        "–",
        "—",
        "",
    }
)
_NOT_APPLICABLE = frozenset({"n/a", "n.a.", "n.a", "na", "not applicable"})
_DASHES = "−–—‐‑‒"
_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
DIGITS = {word: n for n, word in enumerate(_WORDS.split())} | {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
"""Numbers of one word, from zero to ninety."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS = {"min": "min", "h": "h", "d": "d", "w": "wk", "m": "mo", "y": "y"}


def advice(expected: str, value: object, hint: str, *, may_be_missing: bool) -> str:
    """Return how to mend `value`, of which `expected` was said; `hint` where nothing more exact can be told."""
    if not isinstance(value, str):
        return hint
    text = value.strip()
    if re.fullmatch(r"<[^<>]*>", text):
        return "Replace what stands in angle brackets, and the brackets too, or delete the line."
    if expected.startswith("text"):
        return hint
    if text in ("NR", "NA"):
        return f"{text} cannot stand here. Leave the line out when it is not required and nobody knows."
    if text.lower() in _NOT_REPORTED | _NOT_APPLICABLE:
        word = "NR" if text.lower() in _NOT_REPORTED else "NA"
        return f"Write {word}." if may_be_missing else "Leave the line out when it is not known."
    meant = next((told(text) for start, told in _TOLD.items() if expected.startswith(start)), "")
    return meant or hint


def advice_on_words(allowed: Collection[str], value: object) -> str:
    """Return which of the `allowed` words was meant where one like it means something else; empty where none is."""
    if set(allowed) == set(EventKind) and re.match(r"retract|withdr|exclu|taken|out\b|delete", str(value).lower()):
        return f"A study that is taken out: {EventKind.REMOVED}. A notice about a report: {EventKind.INTEGRITY}."
    return ""


def _count(text: str) -> str:
    if re.fullmatch(r"-\d+", text):
        return "Nothing is counted below 0; write the number without the sign."
    if re.fullmatch(r"\d{1,3}([,. ']\d{3})+", text):
        return f"Write it without a sign between the thousands: {re.sub(r'[^0-9]', '', text)}"
    if text.lower() in DIGITS:
        return f"Write it in digits: {DIGITS[text.lower()]}"
    if "%" in text:
        return "How many is asked for here, not the percent."
    digits = re.fullmatch(r"[^\d<>≤≥~/-]*0*(\d+)(?:\.0+)?[^\d<>≤≥~/-]*", text)
    return f"Write the digits alone: {digits[1]}" if digits else ""


def _number(text: str) -> str:
    if text[:1] in _DASHES and re.fullmatch(r"\d+(\.\d+)?", text[1:].strip()):
        return f"The sign before the number is a printed dash; type a hyphen: -{text[1:].strip()}"
    if "±" in text:
        return "Write the first number alone here, and the one after ± under `dispersion`."
    if re.fullmatch(r"\+\d+(\.\d+)?", text):
        return f"Leave the plus sign out: {text[1:]}"
    return "Write a zero before the point." if re.fullmatch(r"-?\.\d+", text) else ""


def _probability(text: str) -> str:
    bare = re.sub(r"^[pP]\s*(?:-?\s*value)?\s*(?==|<|>|≤|≥)", "", text).strip().replace(",", ".")
    bare = bare.removeprefix("=").strip()
    if re.fullmatch(r"(?i)n\.?\s?s\.?|not significant", bare):
        return "Write NS."
    return f"Write {bare}" if bare != text and re.fullmatch(r"[<>=≤≥]? ?(0?\.\d+|0|1|1\.0+)", bare) else ""


def _flag(text: str) -> str:
    return {"yes": "Write true.", "y": "Write true.", "no": "Write false.", "n": "Write false."}.get(
        text.lower(), f"Write {text.lower()}, in small letters." if text.lower() in ("true", "false") else ""
    )


def _day(text: str) -> str:
    found = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text)
    if found:
        return _if_it_exists(found[1], found[2], found[3])
    found = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text)
    if found:
        first, second, year = int(found[1]), int(found[2]), found[3]
        if first > 12 or "." in text:
            return _if_it_exists(year, second, first)
        if second > 12:
            return _if_it_exists(year, first, second)
        either = f"{year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}"
        return f"Write the year, the month and the day: {either}, whichever is meant."
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\.? ([A-Za-z]{3})[a-z]*\.?,? (\d{4})", text)
    if found:
        return _if_it_exists(found[3], _month(found[2]), found[1])
    found = re.fullmatch(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", text)
    return _if_it_exists(found[3], _month(found[1]), found[2]) if found else ""


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0


def _if_it_exists(year: str, month: str | int, day: str | int) -> str:
    try:
        return f"Write {dt.date(int(year), int(month), int(day))}"
    except ValueError:
        return ""


def _span(text: str) -> str:
    found = re.fullmatch(r"(?:at |after )?(\d+(?:\.\d+)?)[ -]?([a-zA-Z]+)\.?", text)
    swapped = re.fullmatch(r"([a-zA-Z]+) (\d+(?:\.\d+)?)", text)
    number, unit = (found[1], found[2]) if found else (swapped[2], swapped[1]) if swapped else ("", "")
    known = re.fullmatch(
        r"(?i)(min)(?:ute)?s?|(h)(?:(?:ou)?rs?)?|(d)(?:ays?)?|(w)(?:(?:ee)?ks?)?|(m)(?:o(?:nth)?s?)?|(y)(?:(?:ea)?rs?)?",
        unit,
    )
    letter = next(filter(None, known.groups()), "").lower() if known else ""
    return f"Write {number} {_UNITS[letter]}" if letter else ""


def _id(text: str) -> str:
    if re.match(r"https?://|www\.", text):
        return "An address cannot stand here; invent a short name such as family-2024-report."
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    meant = "-".join(re.findall(r"[a-z0-9]+", plain))[:80].strip("-")
    return f"Write {meant}" if meant else ""


def _quote_key(text: str) -> str:
    bare = text.strip("“”‘’\"'")
    if bare != text and re.fullmatch(r"[a-z][a-z0-9-]{0,19}", bare):
        return f"Leave the quotation marks out: {bare}"
    return "Write the key under which the words stand under `quotes`, such as q1; the page goes there, after `at`."


def _pmid(text: str) -> str:
    found = re.search(r"pubmed\.ncbi\.nlm\.nih\.gov/(\d+)", text) or re.fullmatch(r"0*(\d+)", text)
    return f"Write {found[1]}" if found else ""


def _doi(text: str) -> str:
    meant = identifiers.normalise("doi", re.sub(r"\s+", "", text))
    found = re.search(r"10\.\d{4,9}/[^\s?#]+", text)
    meant = meant or (identifiers.normalise("doi", found[0]) if found else None)
    return (
        f"Write {meant}" if meant else "A DOI begins with 10. and has a slash; leave the line out when there is none."
    )


_TOLD: dict[str, Callable[[str], str]] = {
    "a whole number": _count,
    "a number": _number,
    "a p value": _probability,
    "true or false": _flag,
    "a day": _day,
    "a date": _day,
    "a time": _span,
    "an id": _id,
    "the id": _id,
    "the key of a quote": _quote_key,
    "a PubMed id such": _pmid,
    "a DOI such": _doi,
}
"""How the expectations of `generator.model.values` begin, and what tells the slip."""

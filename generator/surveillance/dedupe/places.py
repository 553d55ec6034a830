"""Where a document stands: venue, volume, issue and pages as they are compared, and how two of them compare."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from generator.surveillance.dedupe import wording
from generator.surveillance.dedupe.titles import fold


class Agreement(Enum):
    """How one field compares in two records."""

    AGREE = "agree"
    UNKNOWN = "unknown"
    """One of the two does not say, or not clearly."""
    DIFFER = "differ"


AGREE, UNKNOWN, DIFFER = Agreement.AGREE, Agreement.UNKNOWN, Agreement.DIFFER

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"[a-z]*\d+")
_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_NO_PAGES = re.compile(
    rf"no pag|\d-{_MONTHS}|{_MONTHS}-\d|^\W*\d+\s+(?:pp?|pages|seiten|s)\b\.?\W*$|^\W*cd\d{{6}}\b"
    r"|^\W*(?:suppl?|pt|t)-\d"
)
"""`no pagination`; `13-May`, which a spreadsheet makes of pages 5-13; `12 p.`, their number (`12P` is a page);
`CD001234`, the number of a Cochrane review, which all its versions have; and `Suppl-29` or `t-51`, what an export of
Ovid leaves of `Suppl:S417-29` and `Pt 1):849-51`."""
_PLAIN_PAGES = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")
"""Most pages need no closer look."""
_PAGE_WORD = re.compile(r"\s+|^pp?\.?|^art\w*\.?|^no\.")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PREPRINT_VENUE = re.compile(
    r"\b(?:bio|med|ar|chem|psy|tech)rxiv\b|\bresearch square\b|\bpreprints?(?:\.org)?\b|\bssrn\b"
)
_REGISTRY_VENUE = re.compile(
    r"\bclinicaltrials\.gov\b|\btrial regist(?:ry|er)\b|\bclinical trials regist(?:ry|er)\b|^isrctn|\bictrp\b"
)
_BESIDE_THE_NAME = re.compile(
    r"\.?\s*\bconference\s*(?:publication)?:.*$|[:;.=]?\s*(?:the )?official (?:journal|publication|organ)\b.*$"
    r"|\([^()]*\)|\[[^\[\]]*\]"
)
_BEHIND_THE_NAME = re.compile(
    r"\bconference\s*(?:publication)?:(.*?)(?:\.?\s*\bconference (?:start|end|publication)\b.*)?$"
)
_VENUE_OF_VERSIONS = re.compile(r"\bcochrane (?:database|db|libr)")
_ELISION = re.compile(r"\b[dl]['’]", re.IGNORECASE)
_MEETING = re.compile(r"\b(?:conference|congress|annual meeting|symposium|scientific sessions?|annual scientific)\b")


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue as it is compared, and what its name tells about the records in it."""

    words: tuple[str, ...]
    meeting: tuple[str, ...]
    """The meeting whose abstracts the journal printed: Embase writes `Journal.Conference: 23rd Congress ...`."""
    is_registry: bool
    is_preprint_server: bool
    is_meeting: bool
    has_versions: bool
    """Whether a document returns there under its title when it is updated, each time as another document."""


@lru_cache(maxsize=20_000)
def read_venue(text: str) -> Venue:
    """Return a venue as it is compared: without articles, brackets, and the meeting behind the name of a journal."""
    venue = fold(_ELISION.sub(" ", text[:500]))
    named = _BESIDE_THE_NAME.sub(" ", venue)
    meeting = _BEHIND_THE_NAME.search(venue)
    return Venue(
        words=_name_words(named if named.strip() else venue),
        meeting=_name_words(meeting[1]) if meeting else (),
        is_registry=bool(_REGISTRY_VENUE.search(venue)),
        is_preprint_server=bool(_PREPRINT_VENUE.search(venue)),
        is_meeting=bool(_MEETING.search(venue)),
        has_versions=bool(_VENUE_OF_VERSIONS.search(venue)),
    )


def _name_words(text: str) -> tuple[str, ...]:
    words = (word for word in _WORD.findall(text) if word not in wording.ARTICLES)
    return tuple(word.replace("ae", "e").replace("oe", "e") for word in words)


@lru_cache(maxsize=20_000)
def read_numbers(text: str) -> frozenset[int]:
    """Return the numbers in a volume or issue; sources write `4 (1)`, `1-2` and `12 Suppl 1`."""
    return frozenset(int(number) for number in _NUMBER.findall(text[:40])) if text else frozenset()


def read_pages(text: str) -> tuple[str, ...]:
    """Return first and last page, `1844-59` completed; articles with a number instead of pages have that number."""
    if not text:
        return ()
    if plain := _PLAIN_PAGES.fullmatch(text):
        found = [page.lstrip("0") for page in plain.groups() if page]
    elif _NO_PAGES.search(text.lower()):
        return ()
    else:
        found = [page.lstrip("0") for page in _PAGE.findall(_PAGE_WORD.sub("", text[:60].lower()))]
    if not found or not found[0]:
        return ()
    first, last = found[0], found[1] if len(found) > 1 else found[0]
    digits, short = without_letters(first), without_letters(last)
    last = digits[: len(digits) - len(short)] + short if len(short) < len(digits) else short
    return (first, last)


def without_letters(page: str) -> str:
    """Return `123` for `e123` or `S123`."""
    return page.lstrip(_LETTERS)


def compare_numbers(a: frozenset[int], b: frozenset[int]) -> Agreement:
    """Return whether a volume or issue number is shared."""
    if not a or not b:
        return UNKNOWN
    return AGREE if a & b else DIFFER


def compare_pages(a: tuple[str, ...], b: tuple[str, ...]) -> Agreement:
    """Return whether first or last page agree; UNKNOWN where one range reaches into the other.

    A single page is compared with the first, whether or not a letter stands before it: `e123` and `123-130`. The number
    of an article and a range of pages are two ways of counting, which say nothing about each other.
    """
    if not a or not b:
        return UNKNOWN
    bare_a, bare_b = (tuple(without_letters(page) for page in pages) for pages in (a, b))
    one_is_single = a[0] == a[1] or bare_a[0] == bare_a[1] or b[0] == b[1] or bare_b[0] == bare_b[1]
    if a[0] == b[0] or bare_a == bare_b or (one_is_single and bare_a[0] == bare_b[0]):
        return AGREE
    if a[1] == b[1] and a[0] != a[1] and b[0] != b[1]:
        return AGREE
    if _numbers_article(a, b) or _numbers_article(b, a):
        return UNKNOWN
    are_plain = all(page.isdigit() for page in (*a, *b))
    return UNKNOWN if are_plain and n_pages(a) and n_pages(b) and _reaches_into(a, b) else DIFFER


def _numbers_article(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether `a` is the number of an article, far beyond the range of pages `b`: `108369` or `e0198859`."""
    number = without_letters(a[0])
    is_number = a[0] == a[1] or number == a[1]
    return is_number and n_pages(b) > 1 and a[0][0] in "e0123456789" and len(number) >= max(5, len(b[1]) + 2)


def _reaches_into(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return int(a[0]) <= int(b[1]) and int(b[0]) <= int(a[1])


def n_pages(pages: tuple[str, ...]) -> int:
    """Return how many pages a range such as `11-19` or `S15-S21` has; 0 when it is none, or runs backwards."""
    if not pages:
        return 0
    first, last = (without_letters(page) for page in pages)
    before = pages[0].removesuffix(first)
    if not first or not last or pages[1].removesuffix(last) not in (before, ""):
        return 0
    return max(0, int(last) - int(first) + 1)


def compare_venues(a: tuple[str, ...], b: tuple[str, ...]) -> Agreement:
    """Return whether two venues agree: equal, abbreviated word by word, or by initials."""
    if not a or not b:
        return UNKNOWN
    short, long = sorted((a, b), key=lambda words: (len(words), len("".join(words)), words))
    if "".join(short) == "".join(long):
        return AGREE
    if len(short) == len(long) and all(
        _abbreviates(*sorted(words, key=len)) for words in zip(short, long, strict=True)
    ):
        return AGREE
    if len(short) == 1 and short[0] == "".join(word[0] for word in long):
        return AGREE
    run_together = len(short) == 1 and len(short[0]) >= 8 and _abbreviates(short[0], "".join(long))
    return UNKNOWN if run_together or _has_in_order(short, long) else DIFFER


def names_meeting(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether one of two, a venue and the meeting of another record, is the other or its beginning."""
    short, long = sorted((a, b), key=len)
    return len(short) >= 3 and long[: len(short)] == short


def _abbreviates(short: str, long: str) -> bool:
    """Return whether the letters of `short` stand in `long` in this order, the first letter first."""
    letters = iter(long)
    return short[0] == long[0] and all(letter in letters for letter in short)


def _has_in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    words = iter(long)
    return all(any(_abbreviates(*sorted((mine, word), key=len)) for word in words) for mine in short)

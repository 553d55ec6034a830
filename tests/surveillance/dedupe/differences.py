"""Made-up differences: copies of a record as another database might write it, one kind of difference at a time.

The kinds are those that the descriptions of deduplication tools report between databases (Rathbone 2015,
doi:10.1186/2046-4053-4-6; Hair 2023, doi:10.1186/s12915-023-01686-z) and that the recorded exports show. The records
they are applied to are real and stay where they are recorded; what a copy says differently is made up. A kind returns
the record unchanged where it does not apply.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

from generator.model.source_record import SourceRecord
from tests.surveillance.dedupe import title_differences
from tests.surveillance.dedupe.title_differences import Rewriting, swap

Difference = Callable[[SourceRecord, Random], SourceRecord]

_ABBREVIATIONS = """
journal:J medicine:Med medical:Med clinical:Clin international:Int american:Am british:Br european:Eur research:Res
annals:Ann archives:Arch haematology:Haematol hematology:Hematol transplantation:Transplant nephrology:Nephrol
society:Soc internal:Intern disease:Dis diseases:Dis science:Sci sciences:Sci surgery:Surg review:Rev reviews:Rev
national:Natl proceedings:Proc academy:Acad association:Assoc hospital:Hosp pharmacology:Pharmacol
"""
_ABBREVIATED = dict(pair.split(":") for pair in _ABBREVIATIONS.split())
_SMALL = frozenset({"the", "of", "and", "for", "in", "on", "de", "la", "le", "der", "die", "das", "und", "et"})


def _titled(change: Rewriting) -> Difference:
    return lambda record, chance: replace(record, title=change(record.title, chance))


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _venue(change: Callable[[str], str]) -> Difference:
    return lambda record, _: replace(record, venue=change(record.venue)) if record.venue else record


def _everywhere(change: Callable[[str], str]) -> Difference:
    return lambda record, _: replace(
        record,
        title=change(record.title),
        authors=tuple(map(change, record.authors)),
        venue=change(record.venue),
    )


def _parts(author: str) -> tuple[str, str]:
    """Return family name and given names or initials, as far as the record tells them apart."""
    family, comma, given = author.partition(",")
    if comma:
        return family.strip(), given.strip()
    words = author.split()
    is_initials = len(words) > 1 and words[-1].rstrip(".").isupper() and len(words[-1].rstrip(".")) <= 3
    return (" ".join(words[:-1]), words[-1]) if is_initials else (author, "")


def _initials(given: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", given)).upper() if not given.isupper() else given


def _named(write: Callable[[str, str], str]) -> Difference:
    return lambda record, _: replace(record, authors=tuple(write(*_parts(author)).strip() for author in record.authors))


def _abbreviated(venue: str, dot: str) -> str:
    name = re.sub(r"\.?\s*Conference.*$|\([^()]*\)", "", venue)
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word.lower() not in _SMALL]
    if len(words) < 2:
        return venue
    return " ".join(_ABBREVIATED.get(word.lower(), (word[:4] + dot) if len(word) > 6 else word) for word in words)


def _pages(change: Callable[[str, str], str]) -> Difference:
    def changed(record: SourceRecord, _: Random) -> SourceRecord:
        found = re.fullmatch(r"(\d+)\s*-+\s*(\d+)", record.pages)
        if not found:
            return record
        first, last = found[1], found[2]
        whole = last if len(last) >= len(first) else first[: len(first) - len(last)] + last
        return replace(record, pages=change(first, whole))

    return changed


def _shortened(first: str, last: str) -> str:
    if len(first) != len(last):
        return f"{first}-{last}"
    same = next((n for n, (one, two) in enumerate(zip(first, last, strict=True)) if one != two), len(last) - 1)
    return f"{first}-{last[same:]}"


def _year(by: int) -> Difference:
    return lambda record, _: replace(record, year=None if record.year is None else record.year + by)


def _advance(record: SourceRecord, _: Random) -> SourceRecord:
    """As a database keeps the copy that appeared online: an earlier year, no volume, issue or pages."""
    return replace(_year(-1)(record, _), volume="", issue="", pages="")


def _without(*fields: str) -> Difference:
    empty: dict[str, object] = {"authors": (), "year": None}
    return lambda record, _: replace(record, **{field: empty.get(field, "") for field in fields})  # type: ignore[arg-type]


def _first_and_others(record: SourceRecord, _: Random) -> SourceRecord:
    return replace(record, authors=(*record.authors[:1], "et al.")) if len(record.authors) > 1 else record


def _alphabetical(record: SourceRecord, _: Random) -> SourceRecord:
    return replace(record, authors=tuple(sorted(record.authors)))


KINDS: dict[str, Difference] = {
    **{name: _titled(change) for name, change in title_differences.KINDS.items()},
    "long dashes": _everywhere(lambda text: text.replace("-", "–")),
    "hyphens of Unicode": _everywhere(lambda text: text.replace("-", "\u2010")),
    "curly quotes": _everywhere(lambda text: swap(text, {"'": "’", '"': "”"})),
    "quotes lost": _everywhere(lambda text: swap(text, dict.fromkeys("'\"’“”", ""))),
    "diacritics lost": _everywhere(_plain),
    "diacritics taken apart": _everywhere(lambda text: unicodedata.normalize("NFD", text)),
    "diacritics read in a wrong encoding": _everywhere(
        lambda text: text.encode("utf-8").decode("windows-1252", errors="replace") if not text.isascii() else text
    ),
    "umlauts spelt out": _everywhere(lambda text: swap(text, {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "ß": "ss"})),
    "venue in capitals": _venue(str.upper),
    "venue with its society": _venue("The {} : official journal of the Made-up Society".format),
    "venue with its town": _venue("{} (Springfield, Made-up State 1976)".format),
    "venue with its own volumes": _venue("{}, Supplement".format),
    "meeting behind the venue": _venue("{}.Conference: 23rd Made-up Congress Kyoto Japan".format),
    "venue abbreviated": lambda record, _: replace(record, venue=_abbreviated(record.venue, "")),
    "venue abbreviated with dots": lambda record, _: replace(record, venue=_abbreviated(record.venue, ".")),
    "authors as Last F": _named(lambda family, given: f"{family} {_initials(given)}"),
    "authors as F. Last": _named(lambda family, given: ". ".join([*_initials(given), family])),
    "authors in capitals": _named(lambda family, given: f"{family.upper()}, {_initials(given)}"),
    "authors as F.M. Last": _named(lambda family, given: ".".join([*_initials(given), ""]) + f" {family}"),
    "authors as Last, F.M.": _named(lambda family, given: f"{family}, " + ".".join([*_initials(given), ""])),
    "authors in one text": lambda record, _: replace(record, authors=("; ".join(record.authors),)),
    "first three authors": lambda record, _: replace(record, authors=record.authors[:3]),
    "group named first": lambda record, _: replace(record, authors=("Made-up Study Group", *record.authors)),
    "group named last": lambda record, _: replace(record, authors=(*record.authors, "Made-up Study Group")),
    "authors in alphabetical order": _alphabetical,
    "first author and others": _first_and_others,
    "authors missing": _without("authors"),
    "year of the copy online (one earlier)": _year(-1),
    "year one later": _year(1),
    "copy online: year earlier, no place": _advance,
    "year missing": _without("year"),
    "pages shortened: 123-9": _pages(_shortened),
    "pages in full: 123-129": _pages(lambda first, last: f"{first}--{last}"),
    "pages with p.": _pages(lambda first, last: f"pp. {first}–{last}"),
    "first and last page with e": _pages(lambda first, last: f"e{first}-e{last}"),
    "first page alone": _pages(lambda first, _: first),
    "first page with e": _pages(lambda first, _: f"e{first}"),
    "article number for pages": _pages(lambda first, _: f"{1_000_000 + int(first)}"),
    "issue as a supplement": lambda record, _: replace(record, issue=re.sub(r"^(\d+)$", r"Suppl \1", record.issue)),
    "issue in the volume": lambda record, _: replace(record, volume=f"{record.volume}({record.issue})", issue=""),
    "month for the issue": lambda record, _: replace(record, issue="Mar") if record.issue else record,
    "pages missing": _without("pages"),
    "issue missing": _without("issue"),
    "volume missing": _without("volume"),
    "volume, issue and pages missing": _without("volume", "issue", "pages"),
    "venue missing": _without("venue"),
    "venue and place missing": _without("venue", "volume", "issue", "pages"),
}
"""Name of a kind of difference, and what it makes of a record."""

_LOSING = ("missing", "lost", "cut", "question marks", "first author and", "copy online", "year one", "for pages")
"""Parts of the names of the kinds that take away, or change, what may be all that sets two companions apart."""
LOSING_NOTHING = tuple(sorted(name for name in KINDS if not any(part in name for part in _LOSING)))


def several(n_kinds: int, among: Iterable[str] = KINDS) -> Difference:
    """Return a difference of `n_kinds` kinds at once, drawn anew for each record."""
    names = sorted(among)

    def changed(record: SourceRecord, chance: Random) -> SourceRecord:
        for name in chance.sample(names, n_kinds):
            record = KINDS[name](record, chance)
        return record

    return changed

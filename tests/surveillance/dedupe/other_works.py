"""Made-up companions: works of their own that are as near to a real record as the field knows, one sort at a time.

From one real record that is no abstract itself each sort makes two or more records of distinct works, such as the two
parts of a series or an article and its erratum. None of them may ever be merged. The real records stay where they are
recorded; what sets the companions apart is made up.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from generator.model.source_record import RecordKind, SourceRecord

Companions = Callable[[SourceRecord, Random], tuple[SourceRecord, ...]]

AUTHORS = ("Made-up, A.", "Example, B.")
"""Of companions that somebody else wrote."""


def _placed(record: SourceRecord, **fields: object) -> SourceRecord:
    """Return the record at a place of its own, so that nothing missing makes two companions one."""
    first = 100 + len(record.title)
    pages = record.pages if re.search(r"\d", record.pages) else f"{first}-{first + 8}"
    place = {"volume": record.volume or "12", "issue": record.issue or "3", "pages": pages, "year": record.year or 2010}
    return replace(record, **place | fields)  # type: ignore[arg-type]


def _later(record: SourceRecord, n: int = 1, *, years: int = 0, issues: int = 0, **fields: object) -> SourceRecord:
    """Return the record moved to a later year or issue and, as the `n`th companion, to other pages."""
    found = _placed(record)
    first = 3000 + 40 * n
    volume = int("".join(filter(str.isdigit, found.volume))[:4] or 12) + years
    issue = int("".join(filter(str.isdigit, found.issue))[:2] or 3) + issues
    moved = {"year": (found.year or 2010) + years, "volume": str(volume), "issue": str(issue)}
    return replace(found, **moved | {"pages": f"{first}-{first + 8}"} | fields)  # type: ignore[arg-type]


def _titled(*endings: str, without_place: bool = False) -> Companions:
    """Companions of one issue whose titles differ at their ends."""

    def made(record: SourceRecord, _: Random) -> tuple[SourceRecord, ...]:
        title = record.title.rstrip(". ")
        found = tuple(_later(record, n, title=title + ending) for n, ending in enumerate(endings))
        if without_place:
            return tuple(replace(one, issue="", pages="") for one in found)
        return found

    return made


NOTES_LEFT_OPEN = (
    " [Erratum appears in Ma",
    " [Erratum appears in Made-up J Tea. 2010;3(4):5]",
    ". (Retracted article. See vol 3, pg 4",
    " [Article in",
    " (Abstract from the made-up",
    " [see comments",
    " [Summary for patients in Ann",
    "... Made-up J Tea. 2009 Jan 29;360(5):544-6",
    " (Made-up Journal of Tea (J",
)
"""What databases add behind titles, most of it cut off by an export; one note in each is closed."""


def _behind_note(*endings: str, opening: str = "") -> Companions:
    """Companions of one volume whose titles differ behind a note, as articles or as notices."""

    def made(record: SourceRecord, chance: Random) -> tuple[SourceRecord, ...]:
        title = opening + record.title.rstrip(". ") + chance.choice(NOTES_LEFT_OPEN)
        titled = replace(record, title=title)
        return _titled(*endings, without_place=chance.random() < 0.7)(titled, chance)

    return made


def _versions(record: SourceRecord, chance: Random) -> tuple[SourceRecord, ...]:
    """Versions of one review under one number, in two issues of a year or in two years."""
    found = _placed(record, venue="Cochrane Database of Systematic Reviews", pages="CD001234", volume="", issue="1")
    year = found.year or 2010
    return found, replace(found, year=year + chance.randint(0, 1), issue="4")


def _one_title(record: SourceRecord, _: Random) -> tuple[SourceRecord, ...]:
    """Two abstracts of one title under the DOI of their supplement, on other pages."""
    one = replace(_placed(record), doi="10.5555/supplement", pages="S354", kind=RecordKind.CONFERENCE_ABSTRACT)
    return one, replace(one, pages="S401")


def _notice(record: SourceRecord, chance: Random, spellings: tuple[str, ...]) -> tuple[SourceRecord, ...]:
    found = _placed(record)
    first = found.pages.split("-")[0]
    about = {"title": found.title.rstrip(". "), "volume": found.volume, "first": first, "year": found.year}
    title = chance.choice(spellings).format(**about, venue=found.venue or "Made-up Journal")
    return found, _later(found, issues=1, title=title, pages=chance.choice(["3001", "3001-3001"]))


def _erratum(record: SourceRecord, chance: Random) -> tuple[SourceRecord, ...]:
    return _notice(
        record,
        chance,
        (
            "Erratum: {title}",
            "Correction to: {title}",
            "{title} (vol {volume}, pg {first}, {year})",
            "Corrigendum to “{title}” [{venue} {volume} ({year}) {first}]",
            "Erratum: {title} ({venue} ({year}) {volume} ({first}))",
            "Author Correction: {title}",
        ),
    )


def _retraction(record: SourceRecord, chance: Random) -> tuple[SourceRecord, ...]:
    return _notice(
        record, chance, ("Retraction: {title}", "Notice of retraction: {title}", "Retraction note to: {title}")
    )


def _reply(record: SourceRecord, chance: Random) -> tuple[SourceRecord, ...]:
    title = chance.choice(["{} - Reply", "Reply to: {}", "Re: {}", "{}: Authors' reply", "Comment on: {}"])
    reply = _later(record, title=title.format(record.title.rstrip(". ")))
    return _placed(record), replace(reply, authors=chance.choice([record.authors, AUTHORS]))


def _letters(record: SourceRecord, _: Random) -> tuple[SourceRecord, ...]:
    """Letters printed under one heading, one behind the other."""
    one = replace(_placed(record), pages="3001")
    return one, replace(one, pages="3002", authors=AUTHORS)


def _report(record: SourceRecord, chance: Random) -> tuple[SourceRecord, ...]:
    year = record.year or 2010
    title = chance.choice(["{} {}", "{}: annual report {}", "{}: report for the year {}"])
    title_of = [title.format(record.title.rstrip(". "), each) for each in (year, year + 1)]
    return tuple(_later(record, n, years=n, title=title_of[n]) for n in (0, 1))


def _meetings(record: SourceRecord, _: Random) -> tuple[SourceRecord, ...]:
    """One title at two meetings of one year, without a place."""
    bare = replace(record, volume="", issue="", pages="", kind=RecordKind.CONFERENCE_ABSTRACT, year=record.year or 2010)
    one = replace(bare, venue="Made-up Congress of Physicians in Springfield")
    return one, replace(bare, venue="Annual Meeting of the Imaginary Society")


def _abstract(record: SourceRecord, chance: Random) -> tuple[SourceRecord, ...]:
    abstract = _later(record, pages="S3001", kind=RecordKind.CONFERENCE_ABSTRACT, issue="Suppl 1")
    return _placed(record), replace(abstract, year=(record.year or 2010) - chance.randint(0, 1))


def _supplement(record: SourceRecord, _: Random) -> tuple[SourceRecord, ...]:
    """Abstracts of one group on one page of a supplement that has one DOI."""
    title = record.title.rstrip(". ")
    one = replace(_placed(record), doi="10.5555/supplement", pages="S354", kind=RecordKind.CONFERENCE_ABSTRACT)
    endings = ("", ": effects on sleep", ": effects on walking")
    return tuple(replace(one, title=title + ending) for ending in endings)


def _unlike(record: SourceRecord, chance: Random) -> tuple[SourceRecord, ...]:
    """Another abstract by the same authors under the DOI of the whole supplement."""
    words = record.title.split()
    chance.shuffle(words)
    other = "A further made-up observation of " + " ".join(words[: max(3, len(words) // 2)])
    one = replace(_placed(record), doi="10.5555/supplement", kind=RecordKind.CONFERENCE_ABSTRACT)
    return one, replace(one, title=other)


def _generic(title: str) -> Companions:
    """Two documents with a title that says nothing, in one volume."""
    return lambda record, _: (_later(record, title=title), _later(record, 2, issues=1, title=title))


def _registrations(record: SourceRecord, _: Random) -> tuple[SourceRecord, ...]:
    """Two registrations under one title, and what was published of one."""
    bare = replace(record, volume="", issue="", pages="", venue="", kind=RecordKind.REGISTRATION)
    one, two = (replace(bare, registration=number) for number in ("NCT00000001", "NCT00000002"))
    return one, two, replace(_placed(record), registration="NCT00000001", kind=RecordKind.ARTICLE)


def _preprint(record: SourceRecord, _: Random) -> tuple[SourceRecord, ...]:
    server = replace(record, venue="medRxiv", volume="", issue="", pages="", kind=RecordKind.PREPRINT)
    return replace(_placed(record), kind=RecordKind.ARTICLE), server


SORTS: dict[str, Companions] = {
    "Part I and Part II": _titled(". Part I", ". Part II"),
    "Part I and Part II, no pages": _titled(": part 1", ": part 2", without_place=True),
    "numbers behind the title": _titled(" I", " II", " III"),
    "interim and final results": _titled(": interim results", ": final results"),
    "interim and final results, no pages": _titled(": interim results", ": final results", without_place=True),
    "protocol and results": _titled(": study protocol", ""),
    "doses": _titled(" with 20 mg daily", " with 40 mg daily"),
    "decimal doses": _titled(" with 7.5 mg daily", " with 75 mg daily"),
    "adults and children, no pages": _titled(" in adults", " in children", without_place=True),
    "with and without": _titled(" with diabetes mellitus", " without diabetes mellitus", without_place=True),
    "before and after": _titled(" before transplantation", " after transplantation", without_place=True),
    "abduction and adduction": _titled(" and abduction strength", " and adduction strength", without_place=True),
    "follow-up of one year and of five": _titled(": 1-year follow-up", ": 5-year follow-up", without_place=True),
    "article and erratum": _erratum,
    "article and retraction": _retraction,
    "article and reply": _reply,
    "letters under one heading": _letters,
    "yearly reports": _report,
    "the same title and authors a year later": lambda record, _: (
        _placed(record),
        _later(record, years=1),
    ),
    "the same title and authors two years later": lambda record, _: (
        _placed(record),
        _later(record, years=2),
    ),
    "update three years later, no place": lambda record, _: tuple(
        replace(_placed(record), year=year, volume="", issue="", pages="") for year in (2010, 2013)
    ),
    "the same title, other authors": lambda record, _: (
        _placed(record),
        _later(record, issues=1, authors=AUTHORS),
    ),
    "one title at two meetings": _meetings,
    "article and its abstract": _abstract,
    "abstracts of one group under one DOI": _supplement,
    "abstracts under one DOI": _unlike,
    "one title twice under one DOI": _one_title,
    "Part I and Part II behind a note": _behind_note(": part I", ": part II"),
    "article and reply behind a note": _behind_note("", " - Reply"),
    "interim and final results behind a note": _behind_note(": interim results", ": final results"),
    "adults and children behind a note": _behind_note(" in adults", " in children"),
    "doses behind a note": _behind_note(" with 20 mg", " with 40 mg"),
    "parts behind the note of a notice": _behind_note(": part I", ": part II", opening="Erratum: "),
    "versions of one review": _versions,
    "Editorial": _generic("Editorial"),
    "Reply": _generic("Reply"),
    "Annual report": _generic("Annual report of the registry"),
    "registrations and report": _registrations,
    "preprint and article": _preprint,
}
"""Name of a sort of companions, and how they are made from a record."""

"""The rules that say what two records are to each other, as named lists that a methodologist can read.

The first rule that holds decides, in the order `SAME_IDENTIFIER`, `LINKED`, `SAME_TITLE`, `POSSIBLE`. A rule of the
two `SAME` lists counts only when no `VETO` holds. Merging wrongly loses a study, so whatever is unsure is `possible`,
which a person decides. No rule looks at more than two records; groups are made in `grouping`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from generator.dedupe.comparison import AGREE, DIFFER, Pair, TitleMatch
from generator.dedupe.conditions import (
    every_detail_agrees,
    full_position,
    held_apart,
    is_notice_and_document,
    is_preprint_and_article,
    is_registration_and_report,
    position_agrees,
    position_differs,
    same_pages_and_like_title,
    shares,
    within,
    years_of_one_document,
)
from generator.dedupe.facts import Form
from generator.dedupe.titles import Weight


@dataclass(frozen=True)
class Rule:
    """A name, the reason, and the test on a pair."""

    name: str
    because: str
    holds: Callable[[Pair], bool]


VETO = (
    Rule(
        "titles-contradict",
        "Abstracts of one conference share a DOI; sources give wrong identifiers. A missing title contradicts nothing.",
        lambda pair: (
            pair.title is TitleMatch.OTHER and pair.forms != {Form.REGISTRATION} and not same_pages_and_like_title(pair)
        ),
    ),
    Rule(
        "registration-and-report",
        "A registered trial and what was published about it are two records of one study, counted apart.",
        is_registration_and_report,
    ),
    Rule(
        "preprint-and-article",
        "PRISMA counts reports: the preprint stays one. A shared DOI means that a source erred in the kind.",
        lambda pair: is_preprint_and_article(pair) and not shares(pair, "doi"),
    ),
)
"""When one of these holds, two records are never the same."""

SAME_IDENTIFIER = (
    Rule(
        "same-registration",
        "A registry gives one id to one trial and keeps two titles of it, so titles are not compared.",
        lambda pair: pair.forms == {Form.REGISTRATION} and shares(pair, "registry"),
    ),
    Rule(
        "same-doi",
        "One DOI and titles that do not contradict; PubMed ids tell apart what one supplement puts under one DOI.",
        lambda pair: (
            shares(pair, "doi")
            and not pair.pubmed_differs
            and (pair.weight is not Weight.GENERIC or full_position(pair) or pair.title is TitleMatch.MISSING)
            and (pair.title is TitleMatch.EQUAL or DIFFER not in (pair.author, pair.pages))
        ),
    ),
    Rule(
        "same-database-number",
        "One PubMed, PubMed Central, OpenAlex or source number, titles that do not contradict, and no second DOI.",
        lambda pair: (
            any(shares(pair, scheme) for scheme in ("pmid", "pmcid", "openalex", "own"))
            and (not pair.identifiers_differ or every_detail_agrees(pair))
        ),
    ),
)
"""The same identifier and titles that do not contradict."""

LINKED = (
    Rule(
        "names-the-other",
        "A source says that the two belong together.",
        lambda pair: bool(pair.a.linked & pair.b.identifiers or pair.b.linked & pair.a.identifiers),
    ),
    Rule(
        "registration-of-report",
        "The report names the id of the registration.",
        lambda pair: (
            is_registration_and_report(pair)
            and bool(pair.a.trials & pair.b.identifiers or pair.b.trials & pair.a.identifiers)
        ),
    ),
    Rule(
        "preprint-of-article",
        "The same title and first author within three years.",
        lambda pair: (
            is_preprint_and_article(pair)
            and pair.title in (TitleMatch.EQUAL, TitleMatch.SPELLING)
            and pair.weight is not Weight.GENERIC
            and pair.author is AGREE
            and within(pair, 3)
        ),
    ),
    Rule(
        "notice-about-document",
        "A correction or retraction carries the title of its document.",
        lambda pair: is_notice_and_document(pair) and pair.author is not DIFFER,
    ),
)
"""Belongs together, never merged."""

SAME_TITLE = (
    Rule(
        "every-detail",
        "Title, first author, year, venue, volume and pages agree: stronger than a DOI, journals that moved have two.",
        every_detail_agrees,
    ),
    Rule(
        "title-and-position",
        "The same title, pages and volume or venue; a missing author, or another name of the venue, is forgiven.",
        lambda pair: (
            pair.title is TitleMatch.EQUAL
            and not held_apart(pair)
            and pair.author is not DIFFER
            and within(pair, 1)
            and position_agrees(pair)
            and (pair.weight is not Weight.GENERIC or full_position(pair))
            and (pair.venue is not DIFFER or (pair.weight is Weight.LONG and pair.author is AGREE))
        ),
    ),
    Rule(
        "title-and-venue",
        "The same telling title, first author and venue, and nothing in volume, issue or pages against it.",
        lambda pair: (
            pair.title is TitleMatch.EQUAL
            and not held_apart(pair)
            and (pair.author, pair.venue) == (AGREE, AGREE)
            and years_of_one_document(pair)
            and not position_differs(pair)
            and (pair.weight is Weight.LONG or (pair.weight is Weight.SHORT and pair.volume is AGREE))
        ),
    ),
    Rule(
        "title-where-place-is-silent",
        "A long title, first author and year agree; one record does not say where it appeared, or only in part.",
        lambda pair: (
            pair.title is TitleMatch.EQUAL
            and not held_apart(pair)
            and pair.weight is Weight.LONG
            and pair.author is AGREE
            and pair.years_apart == 0
            and pair.venue is not DIFFER
            and not position_differs(pair)
            and (Form.ABSTRACT not in pair.forms or len(pair.forms) == 1)
        ),
    ),
    Rule(
        "spelling-and-position",
        "Titles alike but for spelling or a subtitle; first author, year, pages and volume or venue agree.",
        lambda pair: (
            pair.title in (TitleMatch.SPELLING, TitleMatch.PART)
            and not held_apart(pair)
            and pair.author is AGREE
            and within(pair, 1)
            and position_agrees(pair)
            and pair.venue is not DIFFER
        ),
    ),
    Rule(
        "spelling-and-venue",
        "Long titles alike but for spelling; first author, year, venue and volume agree, and no pages against it.",
        lambda pair: (
            pair.title is TitleMatch.SPELLING
            and not held_apart(pair)
            and pair.weight is Weight.LONG
            and (pair.author, pair.venue, pair.volume) == (AGREE, AGREE, AGREE)
            and pair.years_apart == 0
            and not position_differs(pair)
        ),
    ),
    Rule(
        "same-pages-like-title",
        "Two documents of one author cannot fill the same three or more pages of one volume.",
        lambda pair: same_pages_and_like_title(pair) and not held_apart(pair),
    ),
)
"""The same title with year, first author and place, where no identifier decides."""

POSSIBLE = (
    Rule(
        "identifier-but-other-title",
        "One identifier under two titles: a translation, a title changed in press, or a wrong identifier.",
        lambda pair: (
            bool(pair.shared)
            and pair.a.title.standing is pair.b.title.standing
            and (not shares(pair, "doi") or pair.likeness >= 0.6 or position_agrees(pair))
            and (pair.author is not DIFFER or (pair.likeness >= 0.9 and pair.weight is not Weight.GENERIC))
        ),
    ),
    Rule(
        "equal-title",
        "The same telling title, but place, year or identifiers differ or are unknown.",
        lambda pair: (
            pair.title in (TitleMatch.EQUAL, TitleMatch.SPELLING, TitleMatch.PART)
            and pair.weight is not Weight.GENERIC
            and (pair.author is not DIFFER or (pair.weight is Weight.LONG and pair.title is TitleMatch.EQUAL))
            and within(pair, 3)
        ),
    ),
    Rule(
        "like-title",
        "Titles nearly alike (rapidfuzz at least 0.9), the same numbers in both, the same first author.",
        lambda pair: (
            pair.weight is not Weight.GENERIC
            and pair.a.title.numbers == pair.b.title.numbers
            and pair.likeness >= 0.9
            and pair.author is AGREE
            and within(pair, 2)
            and pair.a.title.standing is pair.b.title.standing
        ),
    ),
    Rule(
        "same-position-other-title",
        "First author, year, volume and pages agree: a translated title, or none.",
        lambda pair: (
            (pair.author, pair.volume, pair.pages) == (AGREE, AGREE, AGREE)
            and pair.years_apart == 0
            and pair.venue is not DIFFER
            and pair.a.title.standing is pair.b.title.standing
            and (pair.title is TitleMatch.MISSING or pair.a.title.numbers == pair.b.title.numbers)
            and not pair.identifiers_differ
        ),
    ),
)
"""Shown to a person. Titles that differ in a number are not suggested: other parts, years or doses, other works."""


def is_vetoed(pair: Pair) -> bool:
    """Return whether a rule forbids that the two are the same."""
    return any(rule.holds(pair) for rule in VETO)


def is_at_odds(pair: Pair) -> bool:
    """Return whether two records may not be in one group although both match a third."""
    return is_vetoed(pair) or held_apart(pair) or position_differs(pair) or not within(pair, 2)

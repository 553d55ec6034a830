"""The rules that say what two records are to each other, as named lists that a methodologist can read.

The first rule that holds decides, in the order `SAME_IDENTIFIER`, `LINKED`, `SAME_TITLE`, `POSSIBLE`; `LINKED` and
`POSSIBLE`, which merge nothing, are in `links`. A rule of the two `SAME` lists counts only when no `VETO` holds.
Merging wrongly loses a study, so whatever is unsure is `possible`, which a person decides. No rule looks at more than
two records; groups are made in `grouping`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.conditions import (
    every_detail_agrees,
    full_position,
    held_apart,
    is_preprint_and_article,
    is_registration_and_report,
    is_silent_of_place,
    is_variant_of_one_number,
    lacks_telling_part,
    position_agrees,
    position_differs,
    same_issue,
    same_pages_and_like_title,
    shares,
    titles_agree_under_one_doi,
    within,
    year_is_an_error,
    years_of_one_document,
)
from generator.surveillance.dedupe.facts import Form
from generator.surveillance.dedupe.places import AGREE, DIFFER, UNKNOWN
from generator.surveillance.dedupe.title_match import TitleMatch
from generator.surveillance.dedupe.titles import Weight


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
            pair.title is TitleMatch.OTHER
            and pair.forms != {Form.REGISTRATION}
            and not same_pages_and_like_title(pair)
            and not is_variant_of_one_number(pair)
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
            and titles_agree_under_one_doi(pair)
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
            and pair.people is not DIFFER
            and (within(pair, 1) or year_is_an_error(pair))
            and position_agrees(pair)
            and (pair.weight is not Weight.GENERIC or full_position(pair))
            and (pair.venue is not DIFFER or (pair.weight is Weight.LONG and pair.people is AGREE))
        ),
    ),
    Rule(
        "title-and-venue",
        "The same telling title, first author and venue, and nothing in volume, issue or pages against it.",
        lambda pair: (
            pair.title is TitleMatch.EQUAL
            and not held_apart(pair)
            and (pair.people, pair.venue) == (AGREE, AGREE)
            and years_of_one_document(pair)
            and not position_differs(pair)
            and (pair.weight is Weight.LONG or (pair.weight is Weight.SHORT and pair.volume is AGREE))
        ),
    ),
    Rule(
        "title-where-place-is-silent",
        "A long title, first author and year agree; one record does not say where it appeared, or only in part.",
        lambda pair: is_silent_of_place(pair) and (Form.ABSTRACT not in pair.forms or len(pair.forms) == 1),
    ),
    Rule(
        "title-and-issue",
        "A long title, year, venue, volume and issue agree; one record names nobody. No issue prints a title twice.",
        lambda pair: (
            pair.title is TitleMatch.EQUAL
            and not held_apart(pair)
            and pair.weight is Weight.LONG
            and pair.author is UNKNOWN
            and same_issue(pair)
        ),
    ),
    Rule(
        "spelling-and-position",
        "Titles alike but for spelling, a subtitle or a cut end; first author, year, pages and volume or venue agree.",
        lambda pair: (
            pair.title in (TitleMatch.SPELLING, TitleMatch.PART, TitleMatch.CUT)
            and not lacks_telling_part(pair)
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
            and years_of_one_document(pair)
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

WITHOUT_PAGES = frozenset({"title-and-venue", "title-where-place-is-silent", "title-and-issue", "spelling-and-venue"})
"""Rules of `SAME_TITLE` for records without pages: two companions of one title, as abstract and article, both fit them.

A record that fits two documents which are not the same is merged with neither; a person says which one it is. The
abstract of a meeting counts as one of the two although nothing is merged with it.
"""


def is_vetoed(pair: Pair) -> bool:
    """Return whether a rule forbids that the two are the same."""
    return any(rule.holds(pair) for rule in VETO)


def is_at_odds(pair: Pair) -> bool:
    """Return whether two records may not be in one group although both match a third."""
    stands_elsewhere = position_differs(pair) or (pair.venue is DIFFER and pair.pages is not AGREE)
    return is_vetoed(pair) or held_apart(pair) or stands_elsewhere or not within(pair, 2)

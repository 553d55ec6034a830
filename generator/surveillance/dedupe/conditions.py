"""What the rules ask about a pair of records, beyond single fields: positions, years, forms. Decides nothing itself."""

from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.facts import Facts, Form
from generator.surveillance.dedupe.notes import Standing
from generator.surveillance.dedupe.places import AGREE, DIFFER, UNKNOWN, n_pages
from generator.surveillance.dedupe.title_match import SHORTEST_CUT, TitleMatch, hide_unlike_words, opens
from generator.surveillance.dedupe.titles import Weight

LAST_PLAUSIBLE_ISSUE = 60
"""Weekly journals have 53 issues in a volume; higher numbers run through the years or come from an export."""
ALIKE_IN_ONE_PLACE = 0.75
"""Likeness of two titles on the same three or more pages of one volume, for instance with a heading added."""
ALIKE_UNDER_ONE_NUMBER = 0.85
"""Likeness of two titles under one PubMed number, for instance with a word lost or changed in press."""
FEWEST_PAGES = 3
FEWEST_PAGES_IN_SUPPLEMENT = 5
"""An abstract fills a page or two, so that five pages of a supplement hold one document."""
MOST_PAGES = 60
"""Some databases give every abstract all the pages of its supplement, such as 1-314."""


def shares(pair: Pair, scheme: str) -> bool:
    """Return whether both records have the same identifier of one scheme."""
    return any(key.startswith(f"{scheme}:") for key in pair.shared)


def within(pair: Pair, years: int) -> bool:
    """Return whether the years are at most so far apart; a missing year is."""
    return pair.years_apart is None or pair.years_apart <= years


def says_where(facts: Facts) -> bool:
    """Return whether a record says where in its venue the document stands."""
    return bool(facts.volume or facts.pages)


def is_next_volume(pair: Pair) -> bool:
    """Return whether volume and year both differ: a yearly report may fill the same pages again."""
    return pair.volume is DIFFER and pair.years_apart not in (0, None)


def position_agrees(pair: Pair) -> bool:
    """Return whether the pages agree, and volume or venue as well, and neither of these differs from the other."""
    if pair.pages is not AGREE or is_next_volume(pair):
        return False
    if pair.volume is AGREE:
        return pair.venue is not DIFFER or len(pair.a.pages[0]) > 1
    return pair.venue is AGREE or (pair.venue is UNKNOWN and pair.volume is UNKNOWN)


def position_differs(pair: Pair) -> bool:
    """Return whether volume, issue or pages say that these are two documents."""
    if pair.pages is DIFFER or is_next_volume(pair):
        return True
    if pair.pages is AGREE:
        return pair.volume is DIFFER and pair.venue is not AGREE
    return pair.volume is DIFFER or _issue_differs(pair)


def _issue_differs(pair: Pair) -> bool:
    return pair.issue is DIFFER and max(pair.a.issue | pair.b.issue) <= LAST_PLAUSIBLE_ISSUE


def full_position(pair: Pair) -> bool:
    """Return whether author and pages leave no doubt although the title says nothing."""
    return pair.author is AGREE and position_agrees(pair) and DIFFER not in (pair.volume, pair.venue)


def is_in_supplement(facts: Facts) -> bool:
    """Return whether issue or pages of a record are those of a supplement: `Suppl 2`, `S354`."""
    return "s" in facts.record.issue.lower() or (bool(facts.pages) and facts.pages[0].startswith("s"))


def may_be_neighbours(pair: Pair) -> bool:
    """Return whether two documents may share DOI and page: abstracts, or short texts of a supplement."""
    if Form.ABSTRACT in pair.forms:
        return True
    n_filled = min(n_pages(pair.a.pages), n_pages(pair.b.pages))
    return n_filled < FEWEST_PAGES_IN_SUPPLEMENT and (is_in_supplement(pair.a) or is_in_supplement(pair.b))


def lacks_telling_part(pair: Pair) -> bool:
    """Return whether one title lacks what may tell two abstracts of one group apart: a subtitle, or its end."""
    return pair.title in (TitleMatch.PART, TitleMatch.CUT) and may_be_neighbours(pair)


def titles_agree_under_one_doi(pair: Pair) -> bool:
    """Return whether the titles are near enough for one DOI; among abstracts a lacking subtitle or other pages are not.

    A DOI of a supplement is that of all its abstracts, of which two may have one title.
    """
    if pair.title is TitleMatch.EQUAL and not may_be_neighbours(pair):
        return True
    return DIFFER not in (pair.people, pair.pages) and not lacks_telling_part(pair)


def fills_same_pages(pair: Pair) -> bool:
    """Return whether both fill the same pages of one volume, more than two documents of one author can share."""
    is_supplement = is_in_supplement(pair.a) or is_in_supplement(pair.b)
    fewest = FEWEST_PAGES_IN_SUPPLEMENT if is_supplement else FEWEST_PAGES
    return (
        pair.author is AGREE
        and pair.years_apart == 0
        and pair.a.pages == pair.b.pages
        and fewest <= n_pages(pair.a.pages) <= MOST_PAGES
        and (shares(pair, "doi") or (pair.volume is AGREE and pair.venue is AGREE))
        and DIFFER not in (pair.volume, pair.venue)
        and Form.ABSTRACT not in pair.forms
    )


def same_pages_and_like_title(pair: Pair) -> bool:
    """Return whether two titles that differ in words head the same three or more pages of one volume.

    The titles are nearly alike, or one lacks a subtitle (a title of one or two words, as `Pain`, needs the same list of
    authors besides), or one is marked as translated and shares its numbers.
    """
    if pair.title is TitleMatch.MISSING or pair.a.title.standing is not pair.b.title.standing:
        return False
    if hide_unlike_words(pair.a.title, pair.b.title) or not fills_same_pages(pair):
        return False
    if opens(pair.a.title, pair.b.title, 1 if pair.same_people else 5):
        return True
    if pair.a.title.numbers != pair.b.title.numbers:
        return False
    is_translation = pair.a.title.is_translated or pair.b.title.is_translated
    return pair.likeness >= ALIKE_IN_ONE_PLACE or (is_translation and pair.same_people)


def is_variant_of_one_number(pair: Pair) -> bool:
    """Return whether PubMed gives both one number and the titles differ as little as two states of one record do.

    PubMed numbers each abstract, so that a number is surer than a DOI; a wrong one brings another title with it.
    """
    return (
        (shares(pair, "pmid") or shares(pair, "pmcid"))
        and not pair.identifiers_differ
        and pair.people is AGREE
        and within(pair, 1)
        and pair.a.title.standing is pair.b.title.standing
        and pair.a.title.numbers == pair.b.title.numbers
        and not hide_unlike_words(pair.a.title, pair.b.title)
        and pair.likeness >= ALIKE_UNDER_ONE_NUMBER
    )


def every_detail_agrees(pair: Pair) -> bool:
    """Return whether title, first author, year, venue, volume and pages agree, and PubMed does not tell them apart."""
    return (
        pair.title is TitleMatch.EQUAL
        and (pair.people, pair.venue, pair.volume, pair.pages) == (AGREE, AGREE, AGREE, AGREE)
        and pair.years_apart == 0
        and not pair.pubmed_differs
    )


def years_of_one_document(pair: Pair) -> bool:
    """Return whether the years are equal, or one apart where that is the way of advance copies, not of new versions.

    One record then stems from the advance copy, or both give one volume: no journal uses a volume number two years
    running but the first. Meetings are left out, whose volumes do not tell the years apart; nor is an abstract the
    advance copy of an article.
    """
    if pair.years_apart != 1 or pair.a.has_versions or pair.b.has_versions:
        return pair.years_apart in (0, None)
    one_is_advance = says_where(pair.a) != says_where(pair.b) or bool(pair.a.volume) != bool(pair.b.volume)
    if pair.pages is AGREE or (one_is_advance and len(pair.forms) == 1):
        return True
    return shares_volume(pair) and Form.ABSTRACT not in pair.forms


def shares_volume(pair: Pair) -> bool:
    """Return whether both give a volume of one venue that is not the first, which every yearly series may be."""
    return pair.venue is AGREE and pair.volume is AGREE and max(pair.a.volume & pair.b.volume) > 1


def year_is_an_error(pair: Pair) -> bool:
    """Return whether the place is so fully the same that two years of difference can only be an error."""
    is_full = pair.pages is AGREE and pair.a.pages == pair.b.pages and len(pair.a.pages[0]) > 1
    return within(pair, 2) and shares_volume(pair) and is_full


def same_issue(pair: Pair) -> bool:
    """Return whether venue, volume, issue and year agree, and the pages say nothing else."""
    return (
        (pair.venue, pair.volume, pair.issue) == (AGREE, AGREE, AGREE)
        and pair.years_apart == 0
        and pair.pages is not DIFFER
    )


def is_silent_of_place(pair: Pair) -> bool:
    """Return whether a long title, first author and year agree, and what is said of the place does not differ."""
    return (
        pair.title is TitleMatch.EQUAL
        and not held_apart(pair)
        and pair.weight is Weight.LONG
        and pair.people is AGREE
        and pair.years_apart == 0
        and pair.venue is not DIFFER
        and not position_differs(pair)
    )


def may_lack_its_end(pair: Pair) -> bool:
    """Return whether one title begins with the other, of sixty letters at least, and author, year and place agree."""
    shorter = min(len(pair.a.title.joined), len(pair.b.title.joined))
    return (
        shorter >= SHORTEST_CUT
        and opens(pair.a.title, pair.b.title)
        and pair.author is AGREE
        and pair.venue is not DIFFER
        and within(pair, 1)
        and not position_differs(pair)
    )


def held_apart(pair: Pair) -> bool:
    """Return whether identifiers or registrations say that these are two documents."""
    return pair.identifiers_differ or pair.trials_differ or pair.forms == {Form.REGISTRATION}


def is_registration_and_report(pair: Pair) -> bool:
    """Return whether one record is a registration and the other is not."""
    return Form.REGISTRATION in pair.forms and len(pair.forms) == 2


def is_preprint_and_article(pair: Pair) -> bool:
    """Return whether one record is a preprint and the other a report or an abstract."""
    return Form.PREPRINT in pair.forms and len(pair.forms) == 2 and Form.REGISTRATION not in pair.forms


def is_long_and_of_one_venue(pair: Pair) -> bool:
    """Return whether both titles are long and the venues and volumes agree."""
    return pair.weight is Weight.LONG and pair.venue is AGREE and pair.volume is AGREE


def is_notice_and_document(pair: Pair) -> bool:
    """Return whether one record is a correction or retraction of the title that the other has."""
    standings = {pair.a.title.standing, pair.b.title.standing}
    return (
        Standing.DOCUMENT in standings
        and bool(standings & {Standing.CORRECTION, Standing.RETRACTION})
        and pair.a.title.joined == pair.b.title.joined
        and pair.weight is not Weight.GENERIC
        and pair.venue is not DIFFER
        and Form.REGISTRATION not in pair.forms
    )

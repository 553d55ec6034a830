"""What the rules ask about a pair of records, beyond single fields: positions, years, forms. Decides nothing itself."""

from generator.dedupe.comparison import AGREE, DIFFER, UNKNOWN, Pair, TitleMatch
from generator.dedupe.facts import Facts, Form
from generator.dedupe.titles import Standing, Weight

LAST_PLAUSIBLE_ISSUE = 60
"""Weekly journals have 53 issues in a volume; higher numbers run through the years or come from an export."""
ALIKE_IN_ONE_PLACE = 0.75
"""Likeness of two titles on the same three or more pages of one volume, for instance with a heading added."""


def shares(pair: Pair, scheme: str) -> bool:
    """Return whether both records have the same identifier of one scheme."""
    return any(key.startswith(f"{scheme}:") for key in pair.shared)


def within(pair: Pair, years: int) -> bool:
    """Return whether the years are at most so far apart; a missing year is."""
    return pair.years_apart is None or pair.years_apart <= years


def says_where(facts: Facts) -> bool:
    """Return whether a record says where in its venue the document stands."""
    return bool(facts.volume or facts.pages)


def position_agrees(pair: Pair) -> bool:
    """Return whether the pages agree, and volume or venue as well, and neither of these differs from the other."""
    if pair.pages is not AGREE:
        return False
    if pair.volume is AGREE:
        return pair.venue is not DIFFER or len(pair.a.pages[0]) > 1
    return pair.venue is AGREE or (pair.venue is UNKNOWN and pair.volume is UNKNOWN)


def position_differs(pair: Pair) -> bool:
    """Return whether volume, issue or pages say that these are two documents."""
    if pair.pages is DIFFER:
        return True
    if pair.pages is AGREE:
        return pair.volume is DIFFER and pair.venue is not AGREE
    return pair.volume is DIFFER or _issue_differs(pair)


def _issue_differs(pair: Pair) -> bool:
    return pair.issue is DIFFER and max(pair.a.issue | pair.b.issue) <= LAST_PLAUSIBLE_ISSUE


def full_position(pair: Pair) -> bool:
    """Return whether author and pages leave no doubt although the title says nothing."""
    return pair.author is AGREE and position_agrees(pair) and DIFFER not in (pair.volume, pair.venue)


def same_pages_and_like_title(pair: Pair) -> bool:
    """Return whether two titles that differ in words head the same three or more pages of one volume.

    Two documents of one author cannot fill the same pages. Supplements are left out: their pages hold many abstracts.
    """
    return (
        pair.author is AGREE
        and pair.years_apart == 0
        and pair.volume is AGREE
        and pair.venue is AGREE
        and pair.a.pages == pair.b.pages != ()
        and all(page.isdigit() for page in pair.a.pages)
        and int(pair.a.pages[1]) - int(pair.a.pages[0]) >= 2
        and not any("s" in facts.record.issue.lower() for facts in (pair.a, pair.b))
        and Form.ABSTRACT not in pair.forms
        and pair.a.title.standing is pair.b.title.standing
        and pair.a.title.numbers == pair.b.title.numbers
        and pair.likeness >= ALIKE_IN_ONE_PLACE
    )


def every_detail_agrees(pair: Pair) -> bool:
    """Return whether title, first author, year, venue, volume and pages agree, and PubMed does not tell them apart."""
    return (
        pair.title is TitleMatch.EQUAL
        and (pair.author, pair.venue, pair.volume, pair.pages) == (AGREE, AGREE, AGREE, AGREE)
        and pair.years_apart == 0
        and not pair.pubmed_differs
    )


def years_of_one_document(pair: Pair) -> bool:
    """Return whether the years are equal, or one apart where one record seems to stem from the advance copy."""
    if pair.years_apart != 1:
        return pair.years_apart in (0, None)
    one_is_advance = says_where(pair.a) != says_where(pair.b) or bool(pair.a.volume) != bool(pair.b.volume)
    return pair.pages is AGREE or one_is_advance


def held_apart(pair: Pair) -> bool:
    """Return whether identifiers or registrations say that these are two documents."""
    return pair.identifiers_differ or pair.trials_differ or pair.forms == {Form.REGISTRATION}


def is_registration_and_report(pair: Pair) -> bool:
    """Return whether one record is a registration and the other is not."""
    return Form.REGISTRATION in pair.forms and len(pair.forms) == 2


def is_preprint_and_article(pair: Pair) -> bool:
    """Return whether one record is a preprint and the other a report or an abstract."""
    return Form.PREPRINT in pair.forms and len(pair.forms) == 2 and Form.REGISTRATION not in pair.forms


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

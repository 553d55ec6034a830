"""The rules that merge nothing: what belongs together (`LINKED`), and what may be the same (`POSSIBLE`)."""

from generator.surveillance.dedupe.conditions import (
    is_long_and_of_one_venue,
    is_notice_and_document,
    is_preprint_and_article,
    is_registration_and_report,
    is_silent_of_place,
    may_lack_its_end,
    position_agrees,
    shares,
    within,
)
from generator.surveillance.dedupe.facts import Form
from generator.surveillance.dedupe.places import AGREE, DIFFER
from generator.surveillance.dedupe.rules import Rule
from generator.surveillance.dedupe.title_match import TitleMatch, begins
from generator.surveillance.dedupe.titles import Weight

ABSTRACT_OR_ARTICLE = "abstract-or-article"
"""Name of the rule below that tells what else a record without a place may be."""

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
            and pair.people is AGREE
            and within(pair, 3)
        ),
    ),
    Rule(
        "notice-about-document",
        "A correction or retraction carries the title of its document; somebody else may sign it in the same journal.",
        lambda pair: is_notice_and_document(pair) and (pair.author is not DIFFER or is_long_and_of_one_venue(pair)),
    ),
)
"""Belongs together, never merged."""

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
        ABSTRACT_OR_ARTICLE,
        "The same long title, first author and year; one is a meeting abstract, the other does not say its place.",
        lambda pair: pair.forms == {Form.ABSTRACT, Form.REPORT} and is_silent_of_place(pair),
    ),
    Rule(
        "equal-title",
        "The same telling title, but place, year or identifiers differ or are unknown.",
        lambda pair: (
            pair.title in (TitleMatch.EQUAL, TitleMatch.SPELLING, TitleMatch.PART, TitleMatch.CUT)
            and pair.weight is not Weight.GENERIC
            and (pair.people is not DIFFER or (pair.weight is Weight.LONG and pair.title is TitleMatch.EQUAL))
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
        "title-may-lack-its-end",
        "A long title is the beginning of the other; author, year and place do not differ: an export may have cut it.",
        lambda pair: may_lack_its_end(pair) and pair.a.title.standing is pair.b.title.standing,
    ),
    Rule(
        "same-position-other-title",
        "First author, year, volume and pages agree: a translated title, a lost subtitle, or no title.",
        lambda pair: (
            (pair.author, pair.volume, pair.pages) == (AGREE, AGREE, AGREE)
            and pair.years_apart == 0
            and pair.venue is not DIFFER
            and pair.a.title.standing is pair.b.title.standing
            and (
                pair.title is TitleMatch.MISSING
                or pair.a.title.numbers == pair.b.title.numbers
                or begins(pair.a.title, pair.b.title)
            )
            and not pair.identifiers_differ
        ),
    ),
)
"""Shown to a person. Titles that differ in a number are not suggested: other parts, years or doses, other works."""

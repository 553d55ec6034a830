"""What was probably meant by a wrong value, in the words that a tired person can follow."""

import pytest

from generator.records.slips import advice

COUNT = "a whole number such as 20"
NUMBER = "a number such as 12 or 65.04"
DAY = "a day such as 2024-03-18"
P = "a p value as printed, such as 0.03 or <0.0001, or NS"
TIME = "a time such as 24 h, 3 d, 1 wk, 3 mo, 1 y or baseline"
ID = "an id of small letters, digits and hyphens such as wilson-2024"
KEY = "the key of a quote such as q6"
THERE = "Write the key under which the words stand under `quotes`, such as q1; the page goes there, after `at`."
NOT_BELOW = "Nothing is counted below 0; write the number without the sign."


@pytest.mark.parametrize(
    ("expected", "typed", "told"),
    [
        (COUNT, "n=20", "Write the digits alone: 20"),
        (COUNT, "N = 20", "Write the digits alone: 20"),
        (COUNT, "20 people", "Write the digits alone: 20"),
        (COUNT, "020", "Write the digits alone: 20"),
        (COUNT, "20.0", "Write the digits alone: 20"),
        (COUNT, "Twenty", "Write it in digits: 20"),
        (COUNT, "1,020", "Write it without a sign between the thousands: 1020"),
        (COUNT, "-20", NOT_BELOW),
        (COUNT, "20%", "How many is asked for here, not the percent."),
        (COUNT, "20/25", "Otherwise."),
        (COUNT, "<20", "Otherwise."),
        (COUNT, "about 20 of 25", "Otherwise."),
        (NUMBER, "−1.5", "The sign before the number is a printed dash; type a hyphen: -1.5"),
        (NUMBER, "– 1.5", "The sign before the number is a printed dash; type a hyphen: -1.5"),
        (NUMBER, "5 ± 2", "Write the first number alone here, and the one after ± under `dispersion`."),
        (NUMBER, "+5", "Leave the plus sign out: 5"),
        (NUMBER, ".5", "Write a zero before the point."),
        (NUMBER, "5 points", "Otherwise."),
        (P, "p<0.05", "Write <0.05"),
        (P, "P = 0.03", "Write 0.03"),
        (P, "0,03", "Write 0.03"),
        (P, "p-value < .001", "Write < .001"),
        (P, "n.s.", "Write NS."),
        (P, "significant", "Otherwise."),
        ("true or false", "No", "Write false."),
        ("true or false", "yes", "Write true."),
        ("true or false", "True", "Write true, in small letters."),
        ("true or false", "1", "Otherwise."),
        (DAY, "2024-3-4", "Write 2024-03-04"),
        (DAY, "18.03.2024", "Write 2024-03-18"),
        (DAY, "18/3/2024", "Write 2024-03-18"),
        (DAY, "3/18/2024", "Write 2024-03-18"),
        (DAY, "3/4/2024", "Write the year, the month and the day: 2024-04-03 or 2024-03-04, whichever is meant."),
        (DAY, "18 March 2024", "Write 2024-03-18"),
        (DAY, "March 18th, 2024", "Write 2024-03-18"),
        (DAY, "2024-02-31", "Otherwise."),
        (DAY, "31 February 2024", "Otherwise."),
        (DAY, "soon", "Otherwise."),
        (TIME, "3 months", "Write 3 mo"),
        (TIME, "3mo", "Write 3 mo"),
        (TIME, "12 weeks", "Write 12 wk"),
        (TIME, "month 3", "Write 3 mo"),
        (TIME, "at 24 hours", "Write 24 h"),
        (TIME, "24-hour", "Write 24 h"),
        (TIME, "1 year", "Write 1 y"),
        (TIME, "30 min", "Write 30 min"),
        (TIME, "3 moons", "Otherwise."),
        (ID, "Whole sample", "Write whole-sample"),
        (ID, "Ogéus_2024", "Write ogeus-2024"),
        (ID, "https://example.org/x", "An address cannot stand here; invent a short name such as family-2024-report."),
        (ID, "漢字", "Otherwise."),
        (KEY, "‘q3’", "Leave the quotation marks out: q3"),
        (KEY, "Table 2, p. 3", THERE),
        ("a PubMed id such as 38291234", "https://pubmed.ncbi.nlm.nih.gov/12345/", "Write 12345"),
        ("a PubMed id such as 38291234", "012345", "Write 12345"),
        ("a PubMed id such as 38291234", "none", "Otherwise."),
        ("a DOI such as 10.2217/x", "10.5555 /12345", "Write 10.5555/12345"),
        ("a DOI such as 10.2217/x", "https://example.org/doi/10.5555/12345?x=1", "Write 10.5555/12345"),
        (
            "a DOI such as 10.2217/x",
            "in press",
            "A DOI begins with 10. and has a slash; leave the line out when there is none.",
        ),
        (COUNT, "<20>", "Replace what stands in angle brackets, and the brackets too, or delete the line."),
        ("text", "yes", "Otherwise."),
        ("a year such as 2021", "24", "Otherwise."),
    ],
)
def test_what_was_meant_is_told(expected: str, typed: str, told: str) -> None:
    assert advice(expected, typed, "Otherwise.", may_be_missing=True) == told


@pytest.mark.parametrize("typed", ["n.r.", "nr", "not reported", "Unknown", "?", "-"])
def test_words_for_not_reported_become_the_word_of_the_records(typed: str) -> None:
    assert advice(COUNT, typed, "", may_be_missing=True) == "Write NR."
    assert advice("a year such as 2021", typed, "", may_be_missing=False) == "Leave the line out when it is not known."


def test_not_applicable_has_its_word_and_its_place() -> None:
    assert advice(COUNT, "N/A", "", may_be_missing=True) == "Write NA."
    assert advice("a year such as 2021", "NR", "", may_be_missing=False) == (
        "NR cannot stand here. Leave the line out when it is not required and nobody knows."
    )


def test_what_is_no_text_keeps_the_advice_of_its_field() -> None:
    assert advice(COUNT, ["20"], "Otherwise.", may_be_missing=True) == "Otherwise."

"""Single values: what each kind accepts, what it makes of it, and how a wrong one is explained."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator.model import days, values
from generator.model.values import Missing, OrMissing, Part

KINDS: dict[str, Any] = {
    "text": values.Text,
    "code": values.Code,
    "id": values.Id,
    "record id": values.RecordId,
    "number": values.Number,
    "count": values.Count,
    "flag": values.Flag,
    "day": days.Day,
    "partial date": days.PartialDate,
    "when": days.When,
    "year": days.Year,
    "probability": values.Probability,
    "url": values.Url,
    "span": values.Span,
    "doi": values.Doi,
    "pmid": values.Pmid,
    "pmcid": values.Pmcid,
    "openalex": values.OpenAlexId,
    "orcid": values.Orcid,
    "registry": values.RegistryId,
    "quote key": values.QuoteKey,
}

TextOrNothing = OrMissing[values.Text]
CountOrNothing = OrMissing[values.Count]
FlagOrNothing = OrMissing[values.Flag]


def accept(kind: Any, typed: object) -> object:  # noqa: ANN401 - a kind of value is an annotation
    return TypeAdapter(kind).validate_python(typed)


def refuse(kind: Any, typed: object) -> tuple[str, str]:  # noqa: ANN401
    """Return what was expected, and the hint, for a value that is refused."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(typed)
    (error,) = caught.value.errors()
    assert error["type"] == "expected"
    return error["ctx"]["expected"], error["ctx"]["hint"]


ACCEPTED: list[tuple[str, str, object]] = [
    ("text", "  made-up words ", "made-up words"),
    ("text", "two\nlines\twith a tab", "two\nlines\twith a tab"),
    ("text", "<b>&amp;</b> {{ 7*7 }} \u202e≥", "<b>&amp;</b> {{ 7*7 }} \u202e≥"),
    ("text", "NR", "NR"),
    ("code", "10.10", "10.10"),
    ("code", "012", "012"),
    ("id", "wilson-2024", "wilson-2024"),
    ("id", "2", "2"),
    ("id", "a" * 80, "a" * 80),
    ("record id", "NCT04849429", "NCT04849429"),
    ("record id", "wilson-2024", "wilson-2024"),
    ("number", "55", Decimal(55)),
    ("number", "-65.040", Decimal("-65.040")),
    ("count", "0", 0),
    ("count", "999999999", 999_999_999),
    ("flag", "true", True),
    ("flag", "false", False),
    ("day", "2024-02-29", dt.date(2024, 2, 29)),
    ("partial date", "2021", "2021"),
    ("partial date", "2021-03", "2021-03"),
    ("partial date", "2021-03-15", "2021-03-15"),
    ("when", "2024-03-18", dt.date(2024, 3, 18)),
    ("when", "2026-01-31T03:15:00Z", dt.datetime(2026, 1, 31, 3, 15, tzinfo=dt.UTC)),
    ("when", "2026-01-31T03:15Z", dt.datetime(2026, 1, 31, 3, 15, tzinfo=dt.UTC)),
    ("year", "1800", 1800),
    ("year", "2199", 2199),
    ("probability", "<0.0001", "<0.0001"),
    ("probability", "≤ 0.05", "≤ 0.05"),
    ("probability", ".03", ".03"),
    ("probability", "1", "1"),
    ("probability", "NS", "NS"),
    ("url", "https://example.org/a?b=(c)&d=e|f#g", "https://example.org/a?b=(c)&d=e|f#g"),
    ("span", "baseline", "baseline"),
    ("span", "1.5 h", "1.5 h"),
    ("span", "12 mo", "12 mo"),
    ("doi", "10.2217/rme-2023-0110", "10.2217/rme-2023-0110"),
    ("pmid", "38291234", "38291234"),
    ("pmcid", "PMC7827976", "PMC7827976"),
    ("openalex", "W2741809807", "W2741809807"),
    ("orcid", "0000-0002-1825-0097", "0000-0002-1825-0097"),
    ("registry", "CTRI/2020/01/022955", "CTRI/2020/01/022955"),
    ("quote key", "q6", "q6"),
]

REFUSED = [
    ("text", "   ", "text"),
    ("text", "a\x07b", "text without control characters"),
    ("text", "a\x9bb", "text without control characters"),
    ("code", "", "text"),
    ("id", "Wilson-2024", "an id of small letters, digits and hyphens such as wilson-2024"),
    ("id", "a--b", "an id of small letters, digits and hyphens such as wilson-2024"),
    ("id", "a-\n", "an id of small letters, digits and hyphens such as wilson-2024"),
    ("id", "../a", "an id of small letters, digits and hyphens such as wilson-2024"),
    ("id", "é", "an id of small letters, digits and hyphens such as wilson-2024"),
    ("id", "a" * 81, "an id of small letters, digits and hyphens such as wilson-2024"),
    ("record id", "a_b", "the id of a record's file such as wilson-2024 or NCT04849429"),
    ("number", "1,5", "a number such as 12 or 65.04"),
    ("number", "1e3", "a number such as 12 or 65.04"),
    ("number", "65 %", "a number such as 12 or 65.04"),
    ("number", "<5", "a number such as 12 or 65.04"),
    ("number", "NaN", "a number such as 12 or 65.04"),
    ("number", "٣", "a number such as 12 or 65.04"),
    ("number", "012", "a number such as 12 or 65.04"),
    ("number", "5.", "a number such as 12 or 65.04"),
    ("number", "1" * 13, "a number such as 12 or 65.04"),
    ("count", "012", "a whole number such as 20"),
    ("count", "-1", "a whole number such as 20"),
    ("count", "2.0", "a whole number such as 20"),
    ("count", "٣", "a whole number such as 20"),
    ("count", "20 people", "a whole number such as 20"),
    ("flag", "yes", "true or false"),
    ("flag", "True", "true or false"),
    ("flag", "1", "true or false"),
    ("day", "2023-02-29", "a day such as 2024-03-18"),
    ("day", "2024-3-18", "a day such as 2024-03-18"),
    ("day", "2024-03", "a day such as 2024-03-18"),
    ("day", "٢٠٢٤-03-18", "a day such as 2024-03-18"),
    ("partial date", "2021-13", "a date such as 2021, 2021-03 or 2021-03-15"),
    ("partial date", "2021-02-30", "a date such as 2021, 2021-03 or 2021-03-15"),
    ("partial date", "21", "a date such as 2021, 2021-03 or 2021-03-15"),
    ("partial date", "1799", "a date such as 2021, 2021-03 or 2021-03-15"),
    ("when", "2026-01-31T03:15:00", "a day such as 2024-03-18 or a moment in UTC such as 2026-01-31T03:15:00Z"),
    ("when", "2026-01-31T25:15:00Z", "a day such as 2024-03-18 or a moment in UTC such as 2026-01-31T03:15:00Z"),
    ("when", "2026-01-31T03:15:00+02:00", "a day such as 2024-03-18 or a moment in UTC such as 2026-01-31T03:15:00Z"),
    ("when", "2026-01-32", "a day such as 2024-03-18 or a moment in UTC such as 2026-01-31T03:15:00Z"),
    ("year", "twenty", "a year such as 2021"),
    ("year", "21", "a year such as 2021"),
    ("year", "2200", "a year such as 2021"),
    ("probability", "significant", "a p value as printed, such as 0.03 or <0.0001, or NS"),
    ("probability", "1.5", "a p value as printed, such as 0.03 or <0.0001, or NS"),
    ("probability", "0,05", "a p value as printed, such as 0.03 or <0.0001, or NS"),
    ("url", "javascript:alert(1)", "a web address such as https://example.org/page"),
    ("url", "//example.org", "a web address such as https://example.org/page"),
    ("url", 'https://example.org/"onload="x', "a web address such as https://example.org/page"),
    ("url", "https://example.org/a b", "a web address such as https://example.org/page"),
    ("url", "https://example.org/\u202egpj.x", "a web address such as https://example.org/page"),
    ("url", "https://example.org/\n", "a web address such as https://example.org/page"),
    ("url", "https://example.org/" + "a" * 8000, "a web address such as https://example.org/page"),
    ("span", "3 months", "a time such as 24 h, 3 d, 1 wk, 3 mo, 1 y or baseline"),
    ("span", "3mo", "a time such as 24 h, 3 d, 1 wk, 3 mo, 1 y or baseline"),
    ("span", "-1 d", "a time such as 24 h, 3 d, 1 wk, 3 mo, 1 y or baseline"),
    ("doi", "https://example.org/x", "a DOI such as 10.2217/rme-2023-0110"),
    ("doi", "https://doi.org/10.2217/RME-1", "a DOI in its normal spelling"),
    ("pmid", "PMID: 12", "a PubMed id in its normal spelling"),
    ("pmcid", "12", "a PubMed Central id such as PMC7827976"),
    ("openalex", "w2741809807", "an OpenAlex work id in its normal spelling"),
    ("orcid", "0000-0002-1825-0098", "an ORCID such as 0000-0002-1825-0097"),
    ("registry", "nct04849429", "a trial registration id in its normal spelling"),
    ("registry", "NCT1", "a trial registration id such as NCT04849429, ISRCTN12345678 or CTRI/2020/01/022955"),
    ("quote key", "6", "the key of a quote such as q6"),
    ("quote key", "q" * 21, "the key of a quote such as q6"),
]


@pytest.mark.parametrize(("kind", "typed", "becomes"), ACCEPTED)
def test_values_are_accepted(kind: str, typed: str, becomes: object) -> None:
    made = accept(KINDS[kind], typed)
    assert (made, type(made)) == (becomes, type(becomes))
    assert accept(KINDS[kind], made) == made, "a value that was read before is accepted again"


@pytest.mark.parametrize(("kind", "typed", "expected"), REFUSED)
def test_values_are_refused_in_words(kind: str, typed: str, expected: str) -> None:
    assert refuse(KINDS[kind], typed)[0] == expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("typed", [None, [], ["a"], {}, {"a": "b"}], ids=repr)
def test_lists_mappings_and_nothing_are_no_single_value(kind: str, typed: object) -> None:
    assert refuse(KINDS[kind], typed)[0]


def test_every_kind_is_accepted_and_refused_once() -> None:
    assert {kind for kind, *_ in ACCEPTED} == {kind for kind, *_ in REFUSED} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "typed", "hint"),
    [
        ("number", "1,5", "Write a decimal point, not a comma."),
        ("number", "5 %", "Leave the unit and signs such as % or < out."),
        ("count", "many", "Write NR when the report does not say; never 0 for missing."),
        ("day", "18.3.2024", "Year, month and day, with hyphens; the day must exist."),
        ("text", "", "Leave the line out when there is nothing to say."),
        ("text", "\x00", "Type the sentence again instead of pasting it."),
        ("doi", "doi:10.2217/RME-1", "Write 10.2217/rme-1"),
        ("registry", "isrctn 12345678", "Write ISRCTN12345678"),
        ("registry", "JPRN-UMIN000012345", "Write UMIN000012345"),
    ],
)
def test_hints_say_how_to_mend_it(kind: str, typed: str, hint: str) -> None:
    assert refuse(KINDS[kind], typed)[1] == hint


def test_numbers_keep_the_digits_that_were_printed() -> None:
    assert [str(accept(values.Number, typed)) for typed in ("55", "55.0", "55.20", "-0.5")] == [
        "55",
        "55.0",
        "55.20",
        "-0.5",
    ]


def test_a_flag_is_no_count_and_no_year() -> None:
    assert refuse(values.Count, True)[0] == "a whole number such as 20"
    assert refuse(days.Year, True)[0] == "a year such as 2021"


@pytest.mark.parametrize("kind", [values.Sources, values.Ids, values.RecordIds])
def test_one_stands_for_a_list_of_one(kind: Any) -> None:  # noqa: ANN401
    assert accept(kind, "q1") == accept(kind, ["q1"]) == ("q1",)
    assert accept(kind, ["q1", "q2"]) == ("q1", "q2")


def test_a_source_names_at_least_one_quote() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        TypeAdapter(values.Sources).validate_python([])
    assert accept(values.Ids, []) == ()


@pytest.mark.parametrize("kind", [TextOrNothing, CountOrNothing, FlagOrNothing])
def test_the_two_nothings_stand_for_any_value(kind: Any) -> None:  # noqa: ANN401
    assert accept(kind, "NR") is Missing.NOT_REPORTED
    assert accept(kind, "NA") is Missing.NOT_APPLICABLE
    assert accept(kind, Missing.NOT_REPORTED) is Missing.NOT_REPORTED


@pytest.mark.parametrize("typed", ["nr", "N/A", "NR.", "?", "not reported"])
def test_other_spellings_of_nothing_are_no_nothing(typed: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter[Any](CountOrNothing).validate_python(typed)
    assert accept(TextOrNothing, typed) == typed


def test_a_record_is_never_changed_and_knows_its_fields() -> None:
    class MadeUp(Part):
        text: values.Text

    part = MadeUp(text="made-up")
    with pytest.raises(ValidationError, match="frozen"):
        part.text = "changed"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="extra"):
        MadeUp.model_validate({"text": "made-up", "more": "x"})


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60))
def test_any_text_is_accepted_or_explained(kind: str, typed: str) -> None:
    try:
        made = accept(KINDS[kind], typed)
    except ValidationError as error:
        (details,) = error.errors()
        assert details["type"] == "expected"
    else:
        assert accept(KINDS[kind], made) == made

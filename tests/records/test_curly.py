"""Values in curly quotation marks: which are told, with which line, and which are somebody's wish."""

from dataclasses import replace

import pytest

from generator.problems import Level, Problem
from generator.records import yamlfile
from generator.records.checking import check
from generator.records.curly import find_curly_marks, within_curly_marks
from generator.records.rules.quotes import quotes_bring_no_marks_of_their_own
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“Some title”", "Some title"),
        ("„Made up“", "Made up"),
        ("”Made up”", "Made up"),
        ("‘It’s made up’", "It’s made up"),
        ("‚Made up‘", "Made up"),
        ("«made up»", "made up"),
        ("»made up«", "made up"),
        (" “Some\ntitle” ", "Some\ntitle"),
        ("“”", ""),
        ("“One” and “two”", None),
        ("‘One’ and ‘two’", None),
        ("“One” made-up title", None),
        ("A made-up “title”", None),
        ("’Tis made up", None),
        ("“", None),
        ('"Straight"', None),
        ("", None),
    ],
)
def test_marks_count_only_around_the_whole(text: str, inside: str | None) -> None:
    assert within_curly_marks(text) == inside


def found(text: str, told: tuple[Problem, ...] = ()) -> list[tuple[int, int, str, str]]:
    """Return line, column, field and the mended line of each warning."""
    raw = text.encode()
    problems = list(find_curly_marks(raw, yamlfile.read(raw).data, "made-up.yml", told))
    assert all((one.path, one.level) == ("made-up.yml", Level.WARNING) for one in problems)
    return [(one.line, one.column, one.field, one.hint.split("ones: ")[1].split(". Where")[0]) for one in problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: “Some title”\n", [(1, 1, "title", 'title: "Some title"')]),
        ("a: 1\nlist:\n  - “one”\n  - two\n", [(3, 5, "list[0]", '"one"')]),
        ("list: [“one”, two]\n", [(1, 8, "list[0]", '"one"')]),
        ("a: {b: “one”, c: d}\n", [(1, 5, "a.b", 'b: "one"')]),
        ("title:\n  “Some\n  title”\n", [(1, 1, "title", 'title: "Some title"')]),
        ('title: “A "made-up" title”\n', [(1, 1, "title", 'title: "A \\"made-up\\" title"')]),
        (f"title: “{'long ' * 20}”\n", [(1, 1, "title", 'title: "…"')]),
        ("\ufefftitle: “Some title” # a remark\r\n", [(1, 1, "title", 'title: "Some title"')]),
        ("- {on: 1, note: “one”}\n", [(1, 11, "[0].note", 'note: "one"')]),
    ],
)
def test_a_value_in_curly_marks_is_told_with_its_mended_line(
    text: str, expected: list[tuple[int, int, str, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'title: "“Some title”"\n',
        "title: '“Some title”'\n",
        "title: >-\n  “Some title”\n",
        "title: |\n  “Some title”\n",
        "title: “One” and “two”\n",
        "# title: “one”\ntitle: one\n",
        "quotes:\n  q1: {at: p. 2, text: “Made up.”}\n",
        "runs: [{quotes: {q1: {text: “Made up.”}}}]\n",
        "title: “one\n  - broken: [\n",
    ],
)
def test_marks_that_are_meant_or_judged_elsewhere_are_not_told(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_lines_are_counted_as_yaml_counts_them(line_end: str) -> None:
    text = line_end.join(["first: one", "", "", "", "title: “two”", ""])
    assert found(text) == [(5, 1, "title", 'title: "two"')]
    assert found(f"first: |\n  one{line_end}  one{line_end}  one\ntitle: “two”\n") == [(5, 1, "title", 'title: "two"')]


def test_of_a_value_that_is_an_error_nothing_more_is_said() -> None:
    error = Problem("made-up.yml", ("year",), "expected a whole number")
    assert found("year: “2020”\n", (error,)) == []
    assert found("year: “2020”\n") == [(1, 1, "year", 'year: "2020"')]


def test_a_quote_whose_source_has_the_marks_needs_no_warning() -> None:
    records = check(ROOT / "tests" / "studies" / "base").records
    (key, study) = next((key, one) for key, one in records.included.items() if one.quotes)
    name, quote = next(iter(study.quotes.items()))
    marked = study.model_copy(update={"quotes": {name: quote.model_copy(update={"text": f"“{quote.text}”"})}})
    text = f"A made-up source. “{quote.text}”"
    open_text = replace(records, included={key: marked}, source_texts={quote.report: text})
    closed = replace(records, included={key: marked}, source_texts={})
    assert list(quotes_bring_no_marks_of_their_own(open_text)) == []
    assert [one.place for one in quotes_bring_no_marks_of_their_own(closed)] == [("quotes", name, "text")]

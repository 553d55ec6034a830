"""The renderings of problems, word for word, also of words that would act where they are shown."""

import json

from generator.problems import RENDERINGS, Level, Problem, field_name, in_order

YEAR = Problem(
    "studies/included/smith-2021.yml",
    ("reports", 1, "year"),
    "expected a year such as 2021, found 'twenty'",
    "Write it in digits.",
    line=11,
    column=5,
)
NAME = Problem("studies/included/Smith.yml", (), "expected a file name that is an id, found 'Smith.yml'")
UNUSED = Problem(
    "studies/trials/NCT00000001.yml",
    ("quotes", "t1"),
    "expected a fact that rests on the quote t1, found none",
    level=Level.WARNING,
    rule="quotes-are-used",
    line=30,
    column=3,
)
HOSTILE = Problem(
    "studies/included/a,b:c%.yml",
    ("facets", "x,y::z\n::error::"),
    "expected 100 % | found '`<img src=x>`\r\n::error file=a::gotcha'",
    "See ``this`` | or\n# that.",
    line=2,
    column=1,
)


def test_terminal() -> None:
    assert RENDERINGS["text"]([YEAR, NAME, UNUSED]) == (
        "studies/included/smith-2021.yml:11  reports[1].year: expected a year such as 2021, found 'twenty'\n"
        "    Write it in digits.\n"
        "studies/included/Smith.yml:1  expected a file name that is an id, found 'Smith.yml'\n"
        "studies/trials/NCT00000001.yml:30  "
        "warning: quotes.t1: expected a fact that rests on the quote t1, found none\n"
    )


def test_terminal_and_log_are_not_steered() -> None:
    hostile = Problem("studies/a.yml", (), "found '##[add-mask]a\x1b[2J\n::add-mask::b'")
    assert RENDERINGS["text"]([hostile]) == ("studies/a.yml:1  found '##\\x5badd-mask]a\\x1b[2J\\n::add-mask::b'\n")


def test_github() -> None:
    assert RENDERINGS["github"]([YEAR, NAME, UNUSED]) == (
        "::error file=studies/included/smith-2021.yml,line=11,col=5,title=reports[1].year::"
        "expected a year such as 2021, found 'twenty'. Write it in digits.\n"
        "::error file=studies/included/Smith.yml,line=1,col=1,title=file::"
        "expected a file name that is an id, found 'Smith.yml'.\n"
        "::warning file=studies/trials/NCT00000001.yml,line=30,col=3,title=quotes.t1::"
        "expected a fact that rests on the quote t1, found none.\n"
    )


def test_markdown() -> None:
    assert RENDERINGS["markdown"]([YEAR, NAME, UNUSED]) == (
        "| | Where | Field | Problem | How to mend it |\n"
        "|---|---|---|---|---|\n"
        "| error | `studies/included/smith-2021.yml:11` | `reports[1].year` "
        "| `expected a year such as 2021, found 'twenty'` | `Write it in digits.` |\n"
        "| error | `studies/included/Smith.yml:1` | `file` "
        "| `expected a file name that is an id, found 'Smith.yml'` |  |\n"
        "| warning | `studies/trials/NCT00000001.yml:30` | `quotes.t1` "
        "| `expected a fact that rests on the quote t1, found none` |  |\n"
    )


def test_json() -> None:
    rendered = RENDERINGS["json"]([YEAR])
    assert rendered == (
        "[\n"
        "  {\n"
        '    "path": "studies/included/smith-2021.yml",\n'
        '    "place": [\n'
        '      "reports",\n'
        "      1,\n"
        '      "year"\n'
        "    ],\n"
        '    "message": "expected a year such as 2021, found \'twenty\'",\n'
        '    "hint": "Write it in digits.",\n'
        '    "level": "error",\n'
        '    "rule": "form",\n'
        '    "line": 11,\n'
        '    "column": 5,\n'
        '    "field": "reports[1].year"\n'
        "  }\n"
        "]\n"
    )


def test_nothing_found_is_said_where_a_person_reads() -> None:
    assert {name: render([]) for name, render in RENDERINGS.items()} == {
        "text": "",
        "github": "",
        "markdown": "No problems found.\n",
        "json": "[]\n",
    }


def test_github_cannot_be_given_a_second_command() -> None:
    rendered = RENDERINGS["github"]([HOSTILE])
    assert rendered == (
        "::error file=studies/included/a%2Cb%3Ac%25.yml,line=2,col=1,title=facets.x%2Cy%3A%3Az%0A%3A%3Aerror%3A%3A::"
        "expected 100 %25 | found '`<img src=x>`%0D%0A::error file=a::gotcha'. See ``this`` | or%0A# that.\n"
    )
    assert len(rendered.splitlines()) == 1


def test_the_terminal_shows_one_line_each_and_obeys_no_escape() -> None:
    steering = Problem("studies/a\x1b[2Jb.yml", ("x\n::error::y",), "found '\r\n::stop-commands::'", "a\nb")
    assert RENDERINGS["text"]([HOSTILE, steering]) == (
        "studies/included/a,b:c%.yml:2  facets.x,y::z\\n::error::: "
        "expected 100 % | found '`<img src=x>`\\r\\n::error file=a::gotcha'\n"
        "    See ``this`` | or\\n# that.\n"
        "studies/a\\x1b[2Jb.yml:1  x\\n::error::y: found '\\r\\n::stop-commands::'\n"
        "    a\\nb\n"
    )


def test_markdown_keeps_hostile_words_in_their_cell() -> None:
    rendered = RENDERINGS["markdown"]([HOSTILE])
    (row,) = rendered.splitlines()[2:]
    assert row == (
        "| error | `studies/included/a,b:c%.yml:2` | `facets.x,y::z ::error::` "
        "| ``expected 100 % ¦ found '`<img src=x>` ::error file=a::gotcha'`` | ```See ``this`` ¦ or # that.``` |"
    )


def test_json_gives_hostile_words_back_unchanged() -> None:
    (read,) = json.loads(RENDERINGS["json"]([HOSTILE]))
    assert (read["message"], read["hint"], tuple(read["place"])) == (HOSTILE.message, HOSTILE.hint, HOSTILE.place)


def test_markdown_code_that_begins_or_ends_with_a_backtick_is_set_apart() -> None:
    problem = Problem("studies/a.yml", (), "`x`")
    assert "| `` `x` `` |" in RENDERINGS["markdown"]([problem])


def test_a_field_is_written_as_people_write_it() -> None:
    assert field_name(("results", 0, "dispersion", "low")) == "results[0].dispersion.low"
    assert field_name((0, "title")) == "[0].title"
    assert field_name(()) == ""


def test_problems_are_ordered_by_file_line_and_column_and_never_repeated() -> None:
    later = Problem("studies/included/smith-2021.yml", ("title",), "expected text, found nothing", line=11, column=9)
    assert in_order([UNUSED, later, YEAR, NAME, YEAR]) == [NAME, YEAR, later, UNUSED]

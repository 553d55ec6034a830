"""What stays on one line: days, months and per cent signs in the text of a page, and nowhere else."""

import markdown as python_markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.wording.unbroken import _FOUND, TABLE, _kept, unbroken

DAY = "<time>2026-11-23</time>"
MONTH = '<span class="lr-month">2021-03</span>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Seen 2026-11-23.", f"Seen {DAY}."),
        ("<td>2026-11-23</td>", f"<td>{DAY}</td>"),
        ("2026-11-23 04:00 (2026-11-23)", f"{DAY} 04:00 ({DAY})"),
        ("the 95 % interval, 16.8 %", "the 95\N{NO-BREAK SPACE}% interval, 16.8\N{NO-BREAK SPACE}%"),
        ("<b>30.8 %</b>", "<b>30.8\N{NO-BREAK SPACE}%</b>"),
        ("# Title\n\nSeen 2026-11-23", f"# Title\n\nSeen {DAY}"),
        ("Expected 2021-03.", f"Expected {MONTH}."),
        ("<td>2021-03</td> (2021-03)", f"<td>{MONTH}</td> ({MONTH})"),
        ("2021-03, 2021-03: 2026-11-23", f"{MONTH}, {MONTH}: {DAY}"),
        ("from 2021-03 to 2021-03", f"from {MONTH} to {MONTH}"),
    ],
)
def test_days_and_per_cent_signs_are_kept_whole(body: str, expected: str) -> None:
    assert unbroken(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        '<p title="seen 2026-11-23, 95 %">x</p>',
        '<time datetime="2026-11-23">2026-11-23</time>',
        "<pre><code>2026-11-23 95 %\n2026-11-23</code></pre>",
        "<code>2026-11-23</code>",
        '<svg viewBox="0 0 1 1"><text>2026-11-23, 95 %</text></svg>',
        "## 2026-11-23 { #day-2026-11-23 }",
        "```sh\nsearch --on 2026-11-23 # 95 %\n```",
        "`2026-11-23`",
        "[changes](updates.html?since=2026-11-23)",
        "https://example.org/2026-11-23/made-up and made-up-2026-11-23",
        "12026-11-234 and 2026-111 and 5 people, % of them",
        '<span title="2021-03">x</span> `2021-03` <code>2021-03</code>',
        "## Made-up 2021-03",
        "https://example.org/2021-03/made-up, doi 10.5555/2021-03 and 10.5555/made-up.2021-03 and made-up-2021-03.csv",
        "2021-03.csv, 2021-03-made-up, 2021-03/04, 2021-03:12",
        "2021-003456-78, CTRI/2021/03/123456, 2021-599999-03-00, ISSN 2021-0301",
        "2001-2003, 2001-99, 2001-13, 2001-00, 0001-03, 7:2001-04, p. 2001-04, pp. 2001-04",
    ],
)
def test_attributes_code_pictures_headings_and_addresses_stay_as_they_are(body: str) -> None:
    assert unbroken(body) == body


LINES = [
    "2026-11-23",
    "2021-03",
    "95 %",
    " %",
    "<p>",
    "</p>",
    '<a title="2026-11-23">',
    '<a title="\n95 %">',
    "<code>95 %</code>",
    "\n",
]
LINES += [
    "\n# ",
    "<pre>\n2026-11-23</pre>",
    "```\n95 %\n```",
    "`95 %`",
    "](2026-11-23)",
    "<time>2026-11-23</time>",
    "5 < 6 ",
]
LINES += ["<svg>\n2026-11-23\n</svg>", "words "]


@given(st.lists(st.sampled_from(LINES), max_size=25).map("".join))
@example('<a title="x\n2026-11-23\n">2026-11-23</a>\n2026-11-23')
def test_lines_that_are_not_looked_at_closely_make_no_difference(body: str) -> None:
    assert unbroken(body) == _FOUND.sub(_kept, body)


def test_what_passed_once_passes_again_unchanged() -> None:
    once = unbroken("Seen 2026-11-23, expected 2021-03, in 95 %.")
    assert once.count(MONTH) == once.count(DAY) == 1
    assert unbroken(once) == once


def test_a_table_passes_row_by_row() -> None:
    whole = f"2026-11-23\n{TABLE}>\n<tr><td>2026-11-23</td></tr>\n</table>\n2026-11-23"
    assert unbroken(whole) == f"{DAY}\n{TABLE}>\n<tr><td>2026-11-23</td></tr>\n</table>\n{DAY}"


def test_the_engine_keeps_both() -> None:
    html = python_markdown.markdown(unbroken("- Seen 2026-11-23, in 95 % of cases.\n"), extensions=["attr_list", "toc"])
    assert html == f"<ul>\n<li>Seen {DAY}, in 95\N{NO-BREAK SPACE}% of cases.</li>\n</ul>"

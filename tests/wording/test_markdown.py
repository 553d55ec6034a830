"""Escaping, links and tables: whatever a record says shows as typed and does nothing."""

from html.parser import HTMLParser

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.model.values import Missing
from generator.wording import markdown
from generator.wording.table import Cell, Cells, Column, Link, Table, cell

HOSTILE = (
    "<img src=x onerror=alert(1)> | p<0.05 [x](javascript:alert(1))",
    "</script><script>alert(1)</script>",
    "`code` **bold** _em_ ~~gone~~ ![i](x)",
    "1. first",
    "- list",
    "# heading",
    "> quote",
    ": definition",
    "{{ 7*7 }} {% x %} {: .c }",
    "&lt;b&gt; &#60;i&#62; & &amp;",
    '" onmouseover="alert(1)" \'',
    "    indented code",
    "line one\n\n# line two",
    "--- \n===",
    "[ref]: http://example.org",
    "<!-- comment -->",
    "*[abbr]: x",
    "http://example.org/?a=1&b=2 <http://example.org>",
    "\\*escaped\\*",
    "1986\\. A year",
    "+ plus\n* star",
)


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> _Reading:
    reading = _Reading()
    reading.feed(html)
    reading.close()
    return reading


def converted(text: str) -> str:
    return python_markdown.markdown(text, extensions=["admonition", "attr_list", "tables", "toc"])


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_shows_as_typed_in_a_paragraph(text: str) -> None:
    reading = read(converted(str(markdown.escape(text))))
    assert reading.tags == ["p"]
    assert flat(reading.text) == flat(text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "frame",
    [
        "before {} after",
        "# {}",
        "- {}",
        "<p>{}</p>",
        '\n<div><b title="{}">{}</b></div>\n',
        "| a |\n|---|\n| {} |",
        "> {}",
    ],
)
def test_escaped_text_adds_no_element_wherever_it_is_put(text: str, frame: str) -> None:
    harmless = read(converted(frame.replace("{}", "word")))
    reading = read(converted(frame.replace("{}", str(markdown.escape(text)))))
    assert reading.tags == harmless.tags
    assert [name for name, _ in reading.attributes] == [name for name, _ in harmless.attributes]
    assert flat(text) in flat(reading.text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_any_text_shows_as_typed(text: str) -> None:
    reading = read(converted("x " + str(markdown.escape(text)) + " y"))
    assert reading.tags == ["p"]
    assert flat(reading.text) == flat(f"x {text} y")


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_a_sign_that_turns_the_words_around_it_is_shown_as_unreadable(sign: str) -> None:
    assert markdown.escape(f"a{sign}b") == "a\N{REPLACEMENT CHARACTER}b"


def test_markup_is_not_escaped_again() -> None:
    assert markdown.escape(Markup("<b>x</b>")) == "<b>x</b>"
    assert markdown.escape(markdown.escape("a & b")) == markdown.escape("a & b")


@pytest.mark.parametrize(
    ("page", "link", "address"),
    [
        ("index.md", Link("studies/a-2020.md"), "studies/a-2020.html"),
        ("studies/a-2020.md", Link("results.md", "outcome-pain"), "../results.html#outcome-pain"),
        ("studies/a-2020.md", Link("studies/b-2021.md"), "b-2021.html"),
        ("studies/a-2020.md", Link("", "quote-q1"), "#quote-q1"),
        ("studies/a-2020.md", Link("studies/a-2020.md", "quote-q1"), "#quote-q1"),
        ("index.md", Link("data/studies.csv"), "data/studies.csv"),
        ("index.md", Link(url="https://example.org/?a=1"), "https://example.org/?a=1"),
    ],
)
def test_addresses_are_relative_to_the_page(page: str, link: Link, address: str) -> None:
    assert markdown.address(page, link) == address


def test_only_a_link_to_another_site_keeps_this_page_to_itself() -> None:
    tags = (markdown.anchor_tag("index.md", one, "x") for one in (Link(url="https://example.org"), Link("x.md")))
    assert [str(tag) for tag in tags] == [
        '<a href="https://example.org" rel="noopener">x</a>',
        '<a href="x.html">x</a>',
    ]
    assert 'class="made-up"' in markdown.anchor_tag("index.md", Link("x.md"), "x", "made-up")


def example(*rows: dict[str, Cells]) -> Table:
    columns = (
        Column("name", "Name", "A made-up name."),
        Column("n", "Count", "A made-up count.", number=True),
        Column("hidden", "Hidden", "Only in the download.", shown=False),
    )
    return Table("made-up", "A made-up table", columns, rows, empty="Nothing made up.")


def test_a_table_has_a_caption_and_header_cells() -> None:
    row: dict[str, Cells] = {"name": Cell("x", link=Link("studies/x.md")), "n": cell(20), "hidden": Cell("secret")}
    reading = read(converted(str(markdown.table("index.md", example(row)))))
    assert "A made-up table" in reading.text
    assert reading.tags.count("caption") == 1
    assert ("scope", "col") in reading.attributes
    assert ("scope", "row") in reading.attributes
    assert ("href", "studies/x.html") in reading.attributes
    assert [value for name, value in reading.attributes if name == "data-key"] == ["name", "n"]
    assert sum(name == "data-number" for name, _ in reading.attributes) == 1
    assert ("class", "lr-number") in reading.attributes
    assert "secret" not in reading.text


def test_a_folded_cell_says_how_many_values_it_has_and_what_is_missing_stands_open() -> None:
    columns = (Column("name", "Name", "A made-up name."), Column("said", "Said", "Made-up words.", folded="quote"))
    said: tuple[Cells, ...] = ((Cell("a"), Cell("b")), (Cell("c"),), Cell("d"), cell(None), ())
    rows: tuple[dict[str, Cells], ...] = tuple({"name": Cell("x"), "said": one} for one in said)
    shown = str(markdown.table("index.md", Table("made-up", "A made-up table", columns, rows)))
    assert "<details><summary>2 quotes</summary><ul><li>a</li><li>b</li></ul></details></td>" in shown
    assert shown.count("<summary>1 quote</summary>") == 2
    assert shown.count("<details>") == 3


def test_a_caption_that_a_heading_says_too_stays_for_the_ear() -> None:
    row: dict[str, Cells] = {"name": Cell("x"), "n": cell(20), "hidden": Cell("")}
    plain, named = (markdown.table("index.md", example(row), named=named) for named in (False, True))
    assert 'class="lr-table lr-table--narrow"' in plain
    assert plain == markdown.table("index.md", example(row))
    assert named == plain.replace("lr-table--narrow", "lr-table--narrow lr-table--named")
    assert "<caption>A made-up table</caption>" in named


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("data/a-b.json", "data/<wbr>a-<wbr>b.<wbr>json"),
        ("studies/{id}.json", "studies/<wbr>&#123;id&#125;.<wbr>json"),
        ("plain", "plain"),
    ],
)
def test_the_name_of_a_file_goes_on_behind_its_signs_only(name: str, shown: str) -> None:
    assert markdown.file_name(name) == f'<span class="lr-file">{shown}</span>'
    assert read(str(markdown.file_name(name))).text == name


def test_a_table_without_rows_says_so() -> None:
    assert "Nothing made up." in markdown.table("index.md", example())
    assert "<table" not in markdown.table("index.md", example())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_stay_text(text: str) -> None:
    row: dict[str, Cells] = {"name": Cell(text, note=text, badges=(text,)), "n": cell(None), "hidden": Cell(text)}
    reading = read(converted(str(markdown.table("index.md", example(row)))))
    plain: dict[str, Cells] = {"name": Cell("word", note="word", badges=("word",)), "n": cell(None), "hidden": Cell("")}
    harmless = read(converted(str(markdown.table("index.md", example(plain)))))
    assert reading.tags == harmless.tags
    assert flat(reading.text).count(flat(text)) == 3


def test_absent_and_not_reported_read_the_same_and_download_differently() -> None:
    absent, not_reported = cell(None), cell(Missing.NOT_REPORTED)
    assert absent.text == not_reported.text == "not reported"
    assert (absent.download, not_reported.download) == (None, "NR")


@pytest.mark.parametrize("signs", ["⊕◯◯◯", "⊕⊕⊕⊕", "◯◯"])
def test_circles_are_drawn_alike_and_keep_their_signs(signs: str) -> None:
    drawn = str(markdown.circles(signs))
    outlines = [outline.partition(" ")[2].removesuffix("z") for outline in drawn.split('d="M')[1].split("M")]
    rounds, pluses = [outline.partition("z")[0] for outline in outlines], drawn.count("zh")
    assert len(rounds) == len(signs)
    assert len(set(rounds)) == 1
    assert pluses == signs.count("⊕")
    assert read(drawn).text == signs
    assert ("aria-hidden", "true") in read(drawn).attributes


def test_a_source_mark_is_bound_to_the_value_before_it() -> None:
    marks = markdown.source_marks("index.md", Cell("20", sources=(Link("x.md", "quote-q1"), Link("x.md", "quote-q2"))))
    assert flat(read(str(marks)).text) == "q1 q2"
    assert read(str(marks)).text == "\N{NO-BREAK SPACE}q1\N{NO-BREAK SPACE}q2"

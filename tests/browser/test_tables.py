"""Tables in a browser: whole without JavaScript; with it sorted, filtered, narrowed, taken away and shared."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from generator.wording import markdown
from generator.wording.table import Cell, Cells, Column, Table, cell, texts
from tests.browser.conftest import PHONE, Served, Watched
from tests.sites import ROOT

Open = Callable[..., Watched]

HOSTILE = '<img src=x onerror=alert(1)> "quoted", =1+1'
COLUMNS = (
    Column("name", "Name", "A made-up name."),
    Column("n", "Count", "A made-up count.", number=True),
    Column("kind", "Kind", "A made-up kind.", facet=True),
    Column("said", "Said", "Made-up words."),
)
ROWS = (
    ("beta", 10, ("leaf", "herb"), "plain"),
    ("alpha", 9, ("leaf",), "=SUM(A1)"),
    ("delta", None, ("herb",), "-2.5"),
    ("gamma", -3, (HOSTILE,), "+plus"),
    ("Epsilon", 9, ("leaf",), HOSTILE),
    ("zeta", 100, (), "@at"),
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a page on the disk that holds a made-up table, our styles and our script."""
    rows: tuple[dict[str, Cells], ...] = tuple(
        {"name": Cell(name), "n": cell(n), "kind": texts(kinds), "said": Cell(said)} for name, n, kinds, said in ROWS
    )
    table = markdown.table("index.md", Table("made-up", "A made-up table", COLUMNS, rows))
    few = markdown.table("index.md", Table("few", "Another made-up table", COLUMNS, rows[:2]))
    return page_of(table + few, tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="module")
def folding(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a page with a made-up table whose last column is folded."""
    columns = (COLUMNS[0], Column("kind", "Kind", "A made-up kind.", folded="word"))
    rows: tuple[dict[str, Cells], ...] = tuple({"name": Cell(name), "kind": texts(kinds)} for name, _, kinds, _ in ROWS)
    table = markdown.table("index.md", Table("made-up", "A made-up table", columns, rows))
    return page_of(table, tmp_path_factory.mktemp("folding"))


def page_of(tables: str, folder: Path) -> str:
    for name in ("review.css", "tables.css", "print.css", "tables.js"):
        shutil.copy(ROOT / "docs" / "assets" / name, folder)
    page = folder / "index.html"
    page.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Made up</title>'
        '<link rel="stylesheet" href="review.css"><link rel="stylesheet" href="tables.css">'
        '<link rel="stylesheet" href="print.css"><body><article class="md-typeset">'
        f'<h1 id="top">Made up</h1>{tables}</article><script src="tables.js"></script></body></html>',
        encoding="utf-8",
    )
    return page.as_uri()


@pytest.fixture
def shown(open_page: Open, example: str) -> Page:
    page = open_page().page
    page.goto(example)
    return page


def table_of(page: Page) -> Locator:
    return page.locator("#table-made-up")


def names(page: Page) -> list[str]:
    """Return the first cells of the rows that a reader sees."""
    return [head.inner_text() for head in table_of(page).locator("tbody th").all() if head.is_visible()]


def sort_by(page: Page, label: str) -> None:
    table_of(page).get_by_role("button", name=label).click()


def test_without_javascript_the_table_is_whole(open_page: Open, example: str) -> None:
    page = open_page(java_script_enabled=False).page
    page.goto(example)
    assert names(page) == [row[0] for row in ROWS]
    assert page.locator("thead button, .lr-tools").count() == 0
    assert [head.inner_text() for head in table_of(page).locator("thead th").all()] == ["Name", "Count", "Kind", "Said"]


def test_numbers_sort_as_numbers_and_missing_ones_come_last_both_ways(shown: Page) -> None:
    sort_by(shown, "Count")
    assert names(shown) == ["gamma", "alpha", "Epsilon", "beta", "zeta", "delta"]
    sort_by(shown, "Count")
    assert names(shown) == ["zeta", "beta", "alpha", "Epsilon", "gamma", "delta"]
    sort_by(shown, "Count")
    assert names(shown) == [row[0] for row in ROWS]


def test_words_sort_without_regard_to_case(shown: Page) -> None:
    sort_by(shown, "Name")
    assert names(shown) == ["alpha", "beta", "delta", "Epsilon", "gamma", "zeta"]


def test_headers_say_how_they_sort(shown: Page) -> None:
    heads = table_of(shown).locator("thead th")
    assert [head.get_attribute("aria-sort") for head in heads.all()] == ["none"] * 4
    sort_by(shown, "Count")
    assert [head.get_attribute("aria-sort") for head in heads.all()] == ["none", "ascending", "none", "none"]
    sort_by(shown, "Count")
    assert heads.nth(1).get_attribute("aria-sort") == "descending"


def test_sorting_works_with_the_keyboard(shown: Page) -> None:
    table_of(shown).get_by_role("button", name="Name").focus()
    shown.keyboard.press("Enter")
    assert names(shown)[0] == "alpha"


def test_text_filters_rows_and_the_count_is_announced(shown: Page) -> None:
    count = shown.locator(".lr-tools output")
    assert (count.inner_text(), count.get_attribute("aria-live")) == ("6 rows", "polite")
    shown.get_by_role("searchbox", name="Find in table").fill("LEAF 9")
    assert names(shown) == ["alpha", "Epsilon"]
    assert count.inner_text() == "2 of 6 rows"
    shown.get_by_role("searchbox", name="Find in table").fill("nothing has this")
    assert names(shown) == []
    assert count.inner_text() == "0 of 6 rows"


def test_a_facet_offers_each_value_of_a_list_apart(shown: Page) -> None:
    facet = shown.get_by_role("combobox", name="Kind")
    options = [option.inner_text() for option in facet.locator("option").all()]
    assert options == ["all", HOSTILE, "herb", "leaf", "not reported"]
    facet.select_option("herb")
    assert names(shown) == ["beta", "delta"]
    facet.select_option(HOSTILE)
    assert names(shown) == ["gamma"]


def test_columns_can_be_left_out_but_not_the_first(shown: Page) -> None:
    shown.locator(".lr-tools summary", has_text="Columns").click()
    boxes = shown.locator(".lr-tools input[type=checkbox]")
    assert boxes.count() == 3
    shown.get_by_role("checkbox", name="Said").uncheck()
    assert not table_of(shown).locator("tbody tr").first.locator("td").nth(2).is_visible()
    assert not table_of(shown).locator("thead th").nth(3).is_visible()
    assert names(shown) == [row[0] for row in ROWS]


def test_the_address_carries_the_view_to_another_reader(shown: Page, open_page: Open) -> None:
    shown.get_by_role("searchbox", name="Find in table").fill("leaf")
    shown.get_by_role("combobox", name="Kind").select_option("leaf")
    sort_by(shown, "Name")
    sort_by(shown, "Name")
    shown.wait_for_url("**/*#*sort=-name*")
    other = open_page().page
    other.goto(shown.url)
    assert names(other) == names(shown) == ["Epsilon", "beta", "alpha"]
    assert other.get_by_role("searchbox", name="Find in table").input_value() == "leaf"
    assert other.get_by_role("combobox", name="Kind").input_value() == "leaf"


def test_an_ordinary_anchor_is_left_alone(open_page: Open, example: str) -> None:
    page = open_page().page
    page.goto(f"{example}#top")
    sort_by(page, "Name")
    sort_by(page, "Name")
    sort_by(page, "Name")
    page.wait_for_timeout(400)
    assert names(page) == [row[0] for row in ROWS]
    assert page.locator("h1").is_visible()


def test_a_made_up_address_does_nothing(open_page: Open, example: str) -> None:
    watched = open_page()
    watched.page.goto(
        f"{example}#made-up.sort=nothing&made-up.hide=name&made-up.q=%3Cimg src=x onerror=alert(1)%3E%22'"
    )
    assert watched.complaints == []
    assert watched.dialogs == []
    assert watched.page.locator("img").count() == 0
    assert table_of(watched.page).locator("thead th").first.is_visible()


def test_what_is_left_can_be_downloaded_and_no_cell_is_a_formula(shown: Page, tmp_path: Path) -> None:
    sort_by(shown, "Name")
    shown.locator(".lr-tools summary", has_text="Columns").click()
    shown.get_by_role("checkbox", name="Count").uncheck()
    shown.get_by_role("searchbox", name="Find in table").fill("a")
    with shown.expect_download() as started:
        shown.get_by_role("button", name="Download these rows").click()
    target = tmp_path / "made-up.csv"
    started.value.save_as(target)
    assert started.value.suggested_filename == "made-up-filtered.csv"
    with target.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines == [
        ["Name", "Kind", "Said"],
        ["alpha", "leaf", "'=SUM(A1)"],
        ["beta", "leaf; herb", "plain"],
        ["delta", "herb", "-2.5"],
        ["Epsilon", "leaf", HOSTILE],
        ["gamma", HOSTILE, "'+plus"],
        ["zeta", "not reported", "'@at"],
    ]


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_what_is_folded_opens_without_javascript_and_on_paper(
    open_page: Open, folding: str, *, java_script_enabled: bool
) -> None:
    page = open_page(java_script_enabled=java_script_enabled).page
    page.goto(folding)
    cells = table_of(page).locator("tbody td")
    assert [one.inner_text().split() for one in cells.all()][:2] == [["2", "words"], ["1", "word"]]
    cells.first.locator("summary").click()
    assert cells.first.inner_text().split() == ["2", "words", "leaf", "herb"]
    assert cells.nth(1).inner_text().split() == ["1", "word"]
    page.emulate_media(media="print")
    assert [one.inner_text().split() for one in cells.all()][:2] == [["leaf", "herb"], ["leaf"]]


def test_what_is_folded_is_found_and_downloaded_without_the_line_before_it(
    open_page: Open, folding: str, tmp_path: Path
) -> None:
    page = open_page().page
    page.goto(folding)
    page.get_by_role("searchbox", name="Find in table").fill("leaf")
    assert names(page) == ["beta", "alpha", "Epsilon"]
    with page.expect_download() as started:
        page.get_by_role("button", name="Download these rows").click()
    started.value.save_as(tmp_path / "made-up.csv")
    with (tmp_path / "made-up.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1:] == [["beta", "leaf; herb"], ["alpha", "leaf"], ["Epsilon", "leaf"]]


def test_few_rows_can_be_sorted_but_have_no_tools(shown: Page) -> None:
    assert shown.locator(".lr-tools").count() == 1
    assert shown.locator("#table-few thead button").count() == 4


def test_paper_shows_every_row_and_column(shown: Page) -> None:
    shown.get_by_role("searchbox", name="Find in table").fill("alpha")
    shown.locator(".lr-tools summary", has_text="Columns").click()
    shown.get_by_role("checkbox", name="Said").uncheck()
    assert names(shown) == ["alpha"]
    shown.emulate_media(media="print")
    assert sorted(names(shown)) == sorted(row[0] for row in ROWS)
    assert table_of(shown).locator("tbody tr").first.locator("td").nth(2).is_visible()
    assert not shown.locator(".lr-tools").is_visible()


def test_on_a_phone_a_row_is_a_card_with_the_names_of_its_columns(open_page: Open, example: str) -> None:
    page = open_page(width=PHONE).page
    page.goto(example)
    cells = table_of(page).locator("tbody tr").first.locator("td")
    labels = [one.evaluate("one => getComputedStyle(one, '::before').content") for one in cells.all()]
    assert labels == ['"Count"', '"Kind"', '"Said"']
    boxes = [box for one in cells.all() if (box := one.bounding_box())]
    assert len({box["x"] for box in boxes}) == 1
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)
    page.locator(".lr-tools > summary").click()
    page.get_by_role("combobox", name="Sort by").select_option("-name")
    assert names(page)[0] == "zeta"


def test_a_wide_table_scrolls_in_its_own_region_and_keeps_its_first_column(
    made_up_site: Served, open_page: Open
) -> None:
    page = open_page(width=800).page
    page.goto(made_up_site.address + "evidence.html")
    region = page.locator(".lr-table--wide").first
    assert region.evaluate("one => one.scrollWidth > one.clientWidth")
    assert region.get_attribute("tabindex") == "0"
    first, second = region.locator("tbody tr").first.locator("th, td").all()[:2]
    before = first.bounding_box(), second.bounding_box()
    region.evaluate("one => one.scrollBy(150, 0)")
    after = first.bounding_box(), second.bounding_box()
    assert all((*before, *after))
    assert before[0]["x"] == pytest.approx(after[0]["x"], abs=1)  # type: ignore[index]
    assert before[1]["x"] - 150 == pytest.approx(after[1]["x"], abs=1)  # type: ignore[index]


def test_a_table_that_fits_is_no_stop_for_the_keyboard(shown: Page) -> None:
    region = shown.get_by_role("region", name="Table: A made-up table")
    assert region.get_attribute("tabindex") is None

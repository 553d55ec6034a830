"""Single pages in a browser: search, the first screen, sources, what is touched, focused, copied and printed."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PHONE, WIDE, Served, Watched

Open = Callable[..., Watched]
LUMINANCE = """colour => {
  const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(one => one / 255);
  const [r, g, b] = parts.map(one => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}"""


def test_search_finds_a_study_without_asking_another_host(made_up_site: Served, open_page: Open) -> None:
    watched = open_page()
    watched.page.goto(made_up_site.address + "index.html")
    watched.page.get_by_role("textbox", name="Search").click()
    watched.page.keyboard.type("Dunkwell")
    watched.page.locator(".md-search-result__item a").first.wait_for()
    assert {urlsplit(address).netloc for address in watched.requests} == {urlsplit(made_up_site.address).netloc}


def test_the_home_page_answers_on_the_first_screen_of_a_phone(site: Served, open_page: Open) -> None:
    page = open_page(width=390, height=844).page
    page.goto(site.address + "index.html")
    for selector in (".lr-three dd >> nth=2", ".lr-state >> nth=0", ".lr-card >> nth=0"):
        box = page.locator(selector).bounding_box()
        assert box
        assert box["y"] + box["height"] <= 844, selector


@pytest.mark.parametrize("forced_colors", ["none", "active"])
def test_the_circles_of_certainty_are_seen_and_copied(site: Served, open_page: Open, forced_colors: str) -> None:
    page = open_page(forced_colors=forced_colors).page
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        page.goto(site.address + "index.html")
        circles = page.locator(".lr-circles").first
        drawn = circles.locator("svg")
        box, colour = drawn.bounding_box(), "one => getComputedStyle(one).color"
        assert box
        assert box["width"] == pytest.approx(4 * box["height"], rel=0.02)
        assert box["height"] >= 10
        assert drawn.evaluate("one => getComputedStyle(one).stroke") == circles.evaluate(colour)
        circles.evaluate("one => getSelection().selectAllChildren(one.closest('p'))")
        assert "⊕" in page.evaluate("getSelection().toString()")


def test_no_source_mark_begins_a_line(site: Served, open_page: Open) -> None:
    page = open_page(width=PHONE, has_touch=True, is_mobile=True).page
    page.goto(site.address + next(path for path in site.kinds if path.startswith("studies/")))
    alone = """all => all.filter(mark => {
      const range = document.createRange();
      range.setStart(mark.parentElement, 0);
      range.setEndBefore(mark);
      const before = [...range.getClientRects()].filter(one => one.width).at(-1);
      return before && before.bottom <= mark.getBoundingClientRect().top + 4;
    }).map(mark => mark.parentElement.textContent)"""
    marks = page.locator("article a.lr-source")
    assert marks.count()
    assert marks.evaluate_all(alone) == []


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_focus_is_seen_on_the_dark_head(site: Served, open_page: Open, color_scheme: str) -> None:
    page = open_page(color_scheme=color_scheme).page
    page.goto(site.address + "index.html")
    ground = page.evaluate(f"({LUMINANCE})(getComputedStyle(document.querySelector('.md-tabs')).backgroundColor)")
    seen = 0
    for _ in range(12):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            """luminance => {
              const active = document.activeElement;
              const shown = active.matches(".md-option") ? active.nextElementSibling : active;
              const style = getComputedStyle(shown);
              const inside = shown.matches(".md-header__button, .md-tabs__link");
              return inside ? [style.outlineStyle, eval(luminance)(style.outlineColor)] : null;
            }""",
            LUMINANCE,
        )
        if ring:
            seen += 1
            style, lightness = ring
            assert style == "solid"
            assert (max(lightness, ground) + 0.05) / (min(lightness, ground) + 0.05) >= 3
    assert seen >= 4


def test_an_empty_cell_takes_no_line_on_a_card(made_up_site: Served, open_page: Open) -> None:
    page = open_page(width=PHONE).page
    page.goto(made_up_site.address + "risk-of-bias.html")
    empty = page.locator(".lr-table td:empty")
    assert empty.count()
    assert not any(cell.is_visible() for cell in empty.all())


def test_a_source_mark_leads_to_the_marked_quote(site: Served, open_page: Open) -> None:
    page = open_page().page
    page.goto(site.address + next(path for path in site.kinds if path.startswith("studies/")))
    mark = page.locator("dd a.lr-source").first
    key = mark.inner_text()
    mark.click()
    quote = page.locator(f"#quote-{key}")
    assert quote.evaluate("quote => quote.matches(':target')")
    unmarked = page.locator(f".lr-quotes > li:not(#quote-{key})").first
    colour = "one => getComputedStyle(one).backgroundColor"
    assert quote.evaluate(colour) != unmarked.evaluate(colour)
    box = quote.bounding_box()
    assert box
    assert box["y"] > 0


def test_source_marks_are_large_enough_to_touch(site: Served, open_page: Open) -> None:
    page = open_page(width=PHONE, has_touch=True, is_mobile=True).page
    page.goto(site.address + next(path for path in site.kinds if path.startswith("studies/")))
    boxes = [mark.bounding_box() for mark in page.locator("a.lr-source").all()]
    assert boxes
    assert all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)


def test_the_first_tab_stop_skips_to_the_content(site: Served, open_page: Open) -> None:
    page = open_page().page
    page.goto(site.address + "evidence.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('article h1:target') !== null")


@pytest.mark.parametrize("path", ["fields.html", "dictionary.html"])
def test_tables_to_look_things_up_are_folded_on_a_phone_alone(site: Served, open_page: Open, path: str) -> None:
    page = open_page(width=PHONE, has_touch=True, is_mobile=True).page
    page.goto(site.address + path)
    tables, folds = page.locator(".lr-fold table"), page.locator(".lr-fold > summary")
    assert tables.count() == folds.count() == page.locator("article table").count() > 5
    assert not [place for place, table in enumerate(tables.all()) if table.is_visible()]
    assert page.evaluate("document.documentElement.scrollHeight") < 15_000
    folds.nth(1).click()
    assert [place for place, table in enumerate(tables.all()) if table.is_visible()] == [1]
    for width, on_paper in ((WIDE, False), (WIDE, True), (PHONE, True)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media="print" if on_paper else "screen")
        assert [table.is_visible() for table in tables.all()] == [True] * tables.count()
        assert not folds.first.is_visible()


def test_print_leaves_out_navigation_and_opens_what_is_folded(site: Served, open_page: Open) -> None:
    page = open_page(width=680, color_scheme="dark").page
    page.goto(site.address + "index.html")
    folded = page.locator(".lr-card details p").first
    if folded.count():
        assert not folded.is_visible()
    page.emulate_media(media="print")
    for selector in (".md-header", ".md-sidebar", ".md-footer", ".lr-tools"):
        assert not page.locator(selector).first.is_visible(), selector
    if folded.count():
        assert folded.is_visible()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    text = page.locator("article p").first.evaluate("one => getComputedStyle(one).color")
    assert (ground, text) in {("rgb(255, 255, 255)", "rgb(0, 0, 0)"), ("rgb(255, 255, 255)", "rgb(51, 51, 51)")}

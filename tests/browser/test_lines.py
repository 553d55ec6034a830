"""Where lines end on a phone, and which words a screen leaves to the ear and to paper."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import PHONE, WIDE, Served, Watched

Open = Callable[..., Watched]
BROKEN = """pattern => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (text.parentElement.closest("svg, code, h1, h2, h3")) continue;
    for (const match of text.data.matchAll(new RegExp(pattern, "g"))) {
      const range = document.createRange();
      range.setStart(text, match.index);
      range.setEnd(text, match.index + match[0].length);
      const tops = [...range.getClientRects()].filter(one => one.width > 0.5).map(one => Math.round(one.top));
      if (new Set(tops).size > 1) found.push(text.data.trim());
    }
  }
  return found;
}"""
"""Returns the texts in which something that a pattern names stands on more than one line."""


@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_no_day_or_month_is_broken_and_no_per_cent_sign_begins_a_line(
    site: Served, open_page: Open, width: int
) -> None:
    page = open_page(width=width).page
    for path in site.kinds:
        page.goto(site.address + path)
        assert (
            page.evaluate(
                BROKEN, r"\b\d{4}-\d{2}-\d{2}\b|(?<![\w/.:#-])[12]\d{3}-(0[1-9]|1[0-2])(?![\w/-]|[.,:]\w)|\d\s%"
            )
            == []
        ), path


def test_file_names_of_the_api_are_not_broken_within_a_word(made_up_site: Served, open_page: Open) -> None:
    page = open_page(width=PHONE).page
    page.goto(made_up_site.address + "api.html")
    assert page.locator(".lr-file wbr").count() > 5
    page.locator("article").evaluate("one => one.replaceChildren(one.querySelector('#table-api').closest('.lr-table'))")
    assert page.evaluate(BROKEN, r"\w+") == []


def test_a_caption_below_a_heading_that_says_the_same_is_for_the_ear_and_for_paper(
    made_up_site: Served, open_page: Open
) -> None:
    page = open_page().page
    page.goto(made_up_site.address + "findings.html")
    caption = page.locator("#table-findings caption")
    box = caption.bounding_box()
    assert box
    assert (box["width"], box["height"]) == (1, 1)
    assert page.get_by_role("table", name="Summary of findings").count() == 1
    page.emulate_media(media="print")
    box = caption.bounding_box()
    assert box
    assert box["height"] > 10

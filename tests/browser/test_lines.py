"""Where names break on a phone, and which words a screen leaves to the ear and to paper."""

from collections.abc import Callable

from tests.browser.conftest import BROKEN, PHONE, Served, Watched

Open = Callable[..., Watched]


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

"""Every kind of page in a browser: it fits a phone, asks no other host for anything, and nothing from a record runs."""

from collections.abc import Callable
from urllib.parse import urlsplit

from generator.records import store
from tests.browser.conftest import PHONE, WIDE, Served, Watched
from tests.sites import REVIEWS, pages_of

Open = Callable[..., Watched]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RIGHT_EDGE = "all => Math.max(0, ...all.map(one => one.getBoundingClientRect().right))"


def test_no_page_scrolls_sideways(site: Served, open_page: Open) -> None:
    page = open_page(reduced_motion="reduce").page  # nothing is measured while it moves
    too_wide = []
    for path in site.kinds:
        page.goto(site.address + path)
        for width in (WIDE, 768, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            if excess := page.evaluate(SIDEWAYS):
                too_wide.append(f"{path}: {excess} px more than {width} px")
    assert not too_wide


def test_no_page_scrolls_sideways_without_javascript(site: Served, open_page: Open) -> None:
    page = open_page(width=PHONE, java_script_enabled=False).page
    for path in site.kinds:
        page.goto(site.address + path)
        parts = page.locator("article, article :is(table, svg, dl, pre, p)")
        assert parts.evaluate_all(RIGHT_EDGE) <= PHONE + 1, path


def test_no_page_asks_another_host_or_complains(site: Served, open_page: Open) -> None:
    watched = open_page()
    for path in site.kinds:
        watched.page.goto(site.address + path)
    watched.page.wait_for_load_state("networkidle")
    assert len(watched.requests) > len(site.kinds)
    assert {urlsplit(address).netloc for address in watched.requests} == {urlsplit(site.address).netloc}
    assert watched.complaints == []
    assert watched.dialogs == []


def test_search_finds_a_study_without_asking_another_host(made_up_site: Served, open_page: Open) -> None:
    watched = open_page()
    watched.page.goto(made_up_site.address + "index.html")
    watched.page.get_by_role("textbox", name="Search").click()
    watched.page.keyboard.type("Dunkwell")
    watched.page.locator(".md-search-result__item a").first.wait_for()
    assert {urlsplit(address).netloc for address in watched.requests} == {urlsplit(made_up_site.address).netloc}


def test_what_records_say_shows_as_typed_and_does_nothing(made_up_site: Served, open_page: Open) -> None:
    watched = open_page()
    for path in pages_of(made_up_site.folder):
        watched.page.goto(made_up_site.address + path)
        assert watched.page.locator("article :is(img, script, iframe, form, object)").count() == 0, path
    assert watched.dialogs == []

    records = store.load(REVIEWS["made-up"]).records
    key, study = next((key, one) for key, one in records.included.items() if "<img" in str(one.title))
    watched.page.goto(made_up_site.address + f"studies/{key}.html")
    assert str(study.title) in watched.page.locator("article").inner_text()


def test_the_home_page_answers_on_the_first_screen_of_a_phone(site: Served, open_page: Open) -> None:
    page = open_page(width=390, height=844).page
    page.goto(site.address + "index.html")
    for selector in (".lr-three dd >> nth=2", ".lr-state >> nth=0", ".lr-certainty >> nth=0", ".lr-answer >> nth=0"):
        box = page.locator(selector).bounding_box()
        assert box
        assert box["y"] + box["height"] <= 844, selector


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


def test_no_table_is_cut_on_paper(site: Served, open_page: Open) -> None:
    page = open_page(width=680).page
    page.emulate_media(media="print")
    for path in site.kinds:
        page.goto(site.address + path)
        assert page.locator("article table").evaluate_all(RIGHT_EDGE) <= 681, path

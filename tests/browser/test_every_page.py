"""Every page in a browser: it fits each screen and paper, asks no other host for anything, and nothing in it runs.

With JavaScript a page is opened once and looked at in every way; each test is about one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from generator.records import store
from tests.browser.conftest import BROKEN, PHONE, WIDE, Served, Watched, watch
from tests.sites import REVIEWS, pages_of

Open = Callable[..., Watched]
PAPER, HEIGHT = 680, 800
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ON_ONE_LINE = r"\b\d{4}-\d{2}-\d{2}\b|(?<![\w/.:#-])[12]\d{3}-(0[1-9]|1[0-2])(?![\w/-]|[.,:]\w)|\d\s%"
"""Days, months, and per cent signs with the number before them."""
RIGHT_EDGE = "all => Math.max(0, ...all.map(one => one.getBoundingClientRect().right))"


@dataclass
class Seen:
    """What was seen of the pages of a site."""

    site: Served
    watched: Watched
    active: dict[str, int] = field(default_factory=dict)
    """How many elements that load or do something stand in the content of each page."""
    columns: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """How many tables of ours a page has, how many columns these have, and how many of them can be sorted by."""
    too_wide: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """What should stand on one line and stands on two."""
    right_edges: dict[str, float] = field(default_factory=dict)
    """Where on paper the tables of a page end."""

    def look(self, path: str) -> None:
        """Open a page as it comes, then on each screen, then on paper."""
        page = self.watched.page
        page.goto(self.site.address + path)
        self.active[path] = page.locator("article :is(img, script, iframe, form, object)").count()
        if path not in self.site.kinds:
            return
        tables, heads = page.locator("table[data-table]"), page.locator("table[data-table] thead th")
        self.columns[path] = tables.count(), heads.count(), heads.locator("> button").count()
        page.emulate_media(reduced_motion="reduce")  # nothing is measured while it moves
        for width in (WIDE, 768, PHONE):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if excess := page.evaluate(SIDEWAYS):
                self.too_wide.append(f"{path}: {excess} px more than {width} px")
            self.broken += [f"{path}, {width} px: {text}" for text in page.evaluate(BROKEN, ON_ONE_LINE)]
        page.set_viewport_size({"width": PAPER, "height": HEIGHT})
        page.emulate_media(media="print")
        self.right_edges[path] = page.locator("article table").evaluate_all(RIGHT_EDGE)
        page.emulate_media(media="screen", reduced_motion="no-preference")
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})


@pytest.fixture(scope="module", params=sorted(REVIEWS))
def seen(request: pytest.FixtureRequest, serve: Callable[[str], Served], browser: Browser) -> Seen:
    """Return what is seen of every page of each review's site in turn."""
    site = serve(request.param)
    context, watched = watch(browser, height=HEIGHT)
    seen = Seen(site, watched)
    for path in pages_of(site.folder) if site.name == "made-up" else site.kinds:
        seen.look(path)
    watched.page.wait_for_load_state("networkidle")
    context.close()
    return seen


def test_no_page_scrolls_sideways(seen: Seen) -> None:
    assert seen.right_edges.keys() >= {*seen.site.kinds}, "each was looked at to the end"
    assert not seen.too_wide


def test_no_day_or_month_is_broken_and_no_per_cent_sign_begins_a_line(seen: Seen) -> None:
    assert not seen.broken


def test_no_page_scrolls_sideways_without_javascript(seen: Seen, open_page: Open) -> None:
    page: Page = open_page(width=PHONE, java_script_enabled=False).page
    for path in seen.site.kinds:
        page.goto(seen.site.address + path)
        parts = page.locator("article, article :is(table, svg, dl, pre, p)")
        assert parts.evaluate_all(RIGHT_EDGE) <= PHONE + 1, path


def test_no_page_asks_another_host_or_complains(seen: Seen) -> None:
    assert len(seen.watched.requests) > len(seen.site.kinds)
    assert {urlsplit(address).netloc for address in seen.watched.requests} == {urlsplit(seen.site.address).netloc}
    assert seen.watched.complaints == []
    assert seen.watched.dialogs == []


def test_what_records_say_does_nothing(seen: Seen) -> None:
    assert len(seen.active) >= len(seen.site.kinds)
    assert {path: n for path, n in seen.active.items() if n} == {}
    assert seen.watched.dialogs == []


def test_what_records_say_shows_as_typed(made_up_site: Served, open_page: Open) -> None:
    records = store.load(REVIEWS["made-up"]).records
    key, study = next((key, one) for key, one in records.included.items() if "<img" in str(one.title))
    page = open_page().page
    page.goto(made_up_site.address + f"studies/{key}.html")
    assert str(study.title) in page.locator("article").inner_text()


def test_every_table_can_be_sorted_by_each_of_its_columns(seen: Seen) -> None:
    assert sum(n_tables for n_tables, _, _ in seen.columns.values()) > 5
    assert [path for path, (_, n_columns, n_sortable) in seen.columns.items() if n_columns != n_sortable] == []


def test_no_table_is_cut_on_paper(seen: Seen) -> None:
    assert {path: edge for path, edge in seen.right_edges.items() if edge > PAPER + 1} == {}

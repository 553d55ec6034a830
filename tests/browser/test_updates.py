"""What changed in a browser: whole without JavaScript; with it any two days, and what is new since the last visit."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
from playwright.sync_api import Page, Route

from generator.model.registry_status import StatusSeen
from generator.review import Review
from generator.site.pages import updates
from tests.browser.conftest import PHONE, Watched
from tests.conftest import MADE_UP
from tests.evidence import read
from tests.sites import ROOT

Open = Callable[..., Watched]
SITE = "http://made-up.test/"
TRIAL = "NCT99999902"


def long_review() -> Review:
    """Return the made-up review with a trial whose status moved in 20 months, more than a page shows."""
    review = read(MADE_UP)
    days = [f"{2023 + n // 12}-{n % 12 + 1:02}-15" for n in range(21)]
    looks = tuple(
        StatusSeen.model_validate({"seen": day, "status": ("RECRUITING", "SUSPENDED")[n % 2], "by": "nightly"})
        for n, day in enumerate(days)
    )
    trial = review.records.trials[TRIAL].model_copy(update={"status_history": looks, "known_on": looks[0].seen})
    return Review(replace(review.records, trials={TRIAL: trial}), review.protocol, review.today)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the pages of a made-up review as HTML, our styles and our script."""
    root = tmp_path_factory.mktemp("updates")
    (root / "updates").mkdir()
    for name in ("review.css", "tables.css", "since.css", "since.js"):
        shutil.copy(ROOT / "docs" / "assets" / name, root)
    for page in updates.pages(long_review()):
        up = "../" * page.path.count("/")
        (root / page.path).with_suffix(".html").write_text(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Made up</title>'
            + "".join(f'<link rel="stylesheet" href="{up}{name}.css">' for name in ("review", "tables", "since"))
            + f'<body><article class="md-typeset">{markdown.markdown(page.body, extensions=["attr_list", "toc"])}'
            f'</article><script src="{up}since.js"></script></body></html>',
            encoding="utf-8",
        )
    return root


@pytest.fixture
def browse_updates(open_page: Open, folder: Path) -> Callable[..., Page]:
    """Return a function that opens the page of changes with a query."""
    contexts: list[Page] = []

    def opened(query: str = "", **options: object) -> Page:
        page = contexts[0] if contexts and not options else open_page(**options).page
        if page not in contexts:
            contexts.append(page)
            page.route(f"{SITE}**", lambda route: answer(route, folder))
        page.goto(f"{SITE}updates.html{query}")
        return page

    return opened


def answer(route: Route, folder: Path) -> None:
    path = folder / re.sub(r"[?#].*", "", route.request.url.removeprefix(SITE))
    if path.is_file():
        route.fulfill(path=path)
    else:
        route.fulfill(status=404, body="no such made-up file")


def days(page: Page) -> list[str]:
    shown = page.locator(".lr-changes li[data-on]:visible")
    return [str(day) for day in shown.evaluate_all("all => all.map((one) => one.dataset.on)")]


def said(page: Page) -> str:
    page.wait_for_function("document.querySelector('.lr-since output').value")
    return page.locator(".lr-since output").inner_text()


def test_without_javascript_the_latest_months_stand_there_in_full(browse_updates: Callable[..., Page]) -> None:
    page = browse_updates("?since=2025-01-01", java_script_enabled=False)
    assert page.locator(".lr-changes li[data-on]:visible").count() > 20
    assert not page.locator(".lr-since").is_visible()
    assert page.locator("h2:visible").count() == updates.N_MONTHS + 2


def test_since_a_day_only_later_changes_are_shown(browse_updates: Callable[..., Page]) -> None:
    page = browse_updates("?since=2024-09-15")
    assert said(page) == f"{len(days(page))} changes from 2024-09-15."
    assert min(days(page)) == "2024-09-15", "the day itself counts"
    assert max(days(page)) == "2025-01-11"
    assert page.locator("h2[id^='month-2']:visible").all_inner_texts() == ["January 2025", "September 2024"]
    page.get_by_role("button", name="Clear the dates").click()
    page.wait_for_function("!document.querySelector('.lr-since output').value")
    assert page.url == f"{SITE}updates.html"
    assert min(days(page)) < "2024-09"


def test_between_two_days_older_months_are_read_from_their_own_pages(browse_updates: Callable[..., Page]) -> None:
    page = browse_updates("?from=2023-02-01&to=2023-04-30")
    assert said(page) == "3 changes from 2023-02-01 to 2023-04-30."
    assert days(page) == ["2023-04-15", "2023-03-15", "2023-02-15"]
    link = page.locator(".lr-changes li:visible a").first
    assert link.evaluate("one => one.href") == f"{SITE}trials/{TRIAL}.html#table-status-history"
    page.get_by_label("To").fill("2023-06-30")
    page.wait_for_function("document.querySelector('.lr-since output').value.includes('2023-06-30')")
    assert days(page) == [f"2023-{month:02}-15" for month in (6, 5, 4, 3, 2)], "newest first, whenever they were read"
    assert page.url.endswith("?from=2023-02-01&to=2023-06-30")


def test_a_span_without_changes_and_a_day_that_is_none_say_so(browse_updates: Callable[..., Page]) -> None:
    page = browse_updates("?from=2025-01-20&to=2025-01-21")
    assert said(page) == "No changes from 2025-01-20 to 2025-01-21."
    assert days(page) == []
    page = browse_updates("?since=%3Cimg%20src%3Dx%3E")
    assert len(days(page)) > 20


def test_a_month_that_cannot_be_read_is_named_as_missing(open_page: Open, folder: Path) -> None:
    watched = open_page()
    watched.page.route(f"{SITE}**", lambda route: answer(route, folder))
    watched.page.route(f"{SITE}updates/**", lambda route: route.abort())
    watched.page.goto(f"{SITE}updates.html?since=2023-01-01")
    assert "Older months could not be read here" in said(watched.page)
    assert len(days(watched.page)) > 20


def test_the_last_visit_is_offered_and_kept_in_this_browser_only(browse_updates: Callable[..., Page]) -> None:
    page = browse_updates()
    assert page.locator(".lr-since p").count() == 0, "the first visit"
    page.evaluate("localStorage.setItem('last-visit:/updates.html', '2024-09-15')")
    for _ in range(2):  # a reload on the same day forgets nothing
        page = browse_updates()
        offer = page.get_by_role("button", name="New since your last visit on 2024-09-15")
        assert offer.is_visible()
    offer.click()
    assert said(page).endswith("changes from 2024-09-15.")
    assert page.url.endswith("?from=2024-09-15")
    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_nothing_is_cut_on_any_screen(browse_updates: Callable[..., Page], width: int) -> None:
    page = browse_updates("?since=2024-09-15", width=width)
    said(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width

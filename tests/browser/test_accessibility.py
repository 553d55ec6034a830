"""axe finds nothing: on every kind of page in light, and on the pages that matter most in dark and on a phone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, WIDE, Served, watch

Violations = Callable[[Served, list[str], int, str], list[str]]

_MAIN = (
    "index",
    "evidence",
    "findings",
    "results",
    "risk-of-bias",
    "trials",
    "candidates",
    "flow",
    "studies/",
    "trials/",
)


@pytest.fixture(scope="module")
def violations(browser: Browser) -> Iterator[Violations]:
    """Yield a function that says what axe finds on pages of a site in a width and a scheme; each is asked once."""
    with ExitStack() as contexts:

        @cache
        def page_in(width: int, color_scheme: str) -> Page:
            context, watched = watch(browser, width, color_scheme=color_scheme)
            contexts.enter_context(context)
            return watched.page

        @cache
        def on_page(address: str, width: int, color_scheme: str) -> tuple[str, ...]:
            page = page_in(width, color_scheme)
            page.goto(address)
            wrong = Axe().run(page).response["violations"]
            dark = page.evaluate("document.body.dataset.mdColorScheme") == "slate"
            assert dark == (color_scheme == "dark")
            return tuple(
                f"{one['id']}: {node['html']} {node['failureSummary']}" for one in wrong for node in one["nodes"]
            )

        def found(site: Served, paths: list[str], width: int, color_scheme: str) -> list[str]:
            return [f"{path}: {told}" for path in paths for told in on_page(site.address + path, width, color_scheme)]

        yield found


def main_pages(site: Served) -> list[str]:
    return [path for path in site.kinds if path.startswith(tuple(_MAIN)) or path.removesuffix(".html") in _MAIN]


def test_no_kind_of_page_has_an_accessibility_violation(made_up_site: Served, violations: Violations) -> None:
    found = violations(made_up_site, made_up_site.kinds, WIDE, "light")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "color_scheme"), [(WIDE, "light"), (WIDE, "dark"), (PHONE, "dark")])
def test_no_main_page_has_an_accessibility_violation(
    site: Served, violations: Violations, width: int, color_scheme: str
) -> None:
    paths = main_pages(site)
    assert len(paths) >= len(_MAIN)
    found = violations(site, paths, width, color_scheme)
    assert not found, "\n".join(found)

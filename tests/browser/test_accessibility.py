"""axe finds nothing: on every kind of page in light, and on the pages that matter most in dark and on a phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

from tests.browser.conftest import PHONE, WIDE, Served, Watched

Open = Callable[..., Watched]

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


def violations(watched: Watched, site: Served, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        watched.page.goto(site.address + path)
        for one in Axe().run(watched.page).response["violations"]:
            found += [f"{path}: {one['id']}: {node['html']} {node['failureSummary']}" for node in one["nodes"]]
    return found


def main_pages(site: Served) -> list[str]:
    return [path for path in site.kinds if path.startswith(tuple(_MAIN)) or path.removesuffix(".html") in _MAIN]


def test_no_kind_of_page_has_an_accessibility_violation(made_up_site: Served, open_page: Open) -> None:
    found = violations(open_page(), made_up_site, made_up_site.kinds)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "color_scheme"), [(WIDE, "light"), (WIDE, "dark"), (PHONE, "dark")])
def test_no_main_page_has_an_accessibility_violation(
    site: Served, open_page: Open, width: int, color_scheme: str
) -> None:
    watched = open_page(width=width, color_scheme=color_scheme)
    paths = main_pages(site)
    assert len(paths) >= len(_MAIN)
    found = violations(watched, site, paths)
    assert not found, "\n".join(found)
    dark = watched.page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert dark == (color_scheme == "dark")

"""axe finds nothing on any kind of page, in light and dark, on a wide screen and on a phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

from tests.browser.conftest import PHONE, WIDE, Served, Watched

Open = Callable[..., Watched]


def violations(watched: Watched) -> list[str]:
    found = Axe().run(watched.page).response["violations"]
    return [f"{one['id']}: {node['html']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_no_page_has_an_accessibility_violation(
    made_up_site: Served, open_page: Open, color_scheme: str, width: int
) -> None:
    watched = open_page(width=width, color_scheme=color_scheme)
    found = []
    for path in made_up_site.kinds:
        watched.page.goto(made_up_site.address + path)
        dark = watched.page.evaluate("document.body.dataset.mdColorScheme") == "slate"
        assert dark == (color_scheme == "dark")
        found += [f"{path}: {one}" for one in violations(watched)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_real_review_has_no_accessibility_violation(
    serve: Callable[[str], Served], open_page: Open, color_scheme: str
) -> None:
    site = serve("real")
    watched = open_page(color_scheme=color_scheme)
    study = next(path for path in site.kinds if path.startswith("studies/"))
    found = []
    for path in ("index.html", "evidence.html", study, "trials.html", "flow.html"):
        watched.page.goto(site.address + path)
        found += [f"{path}: {one}" for one in violations(watched)]
    assert not found, "\n".join(found)

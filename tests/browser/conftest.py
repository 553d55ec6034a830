"""A real browser over a built site, served from this machine. Skipped where no Chromium is installed."""

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, sync_playwright

from tests.sites import REVIEWS, pages_of, site_of

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

WIDE, PHONE = 1280, 360
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a headless Chromium."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(_NAMES)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:  # noqa: ANN401 - as in the standard library
        """Say nothing about single requests."""


@dataclass
class Served:
    """A built site and where it is served."""

    name: str
    folder: Path
    address: str

    @cached_property
    def kinds(self) -> list[str]:
        """One page of every kind: each page at the top, one study, one trial."""
        pages = pages_of(self.folder)
        top = [page for page in pages if "/" not in page and page != "404.html"]
        return top + [next(page for page in pages if page.startswith(kind)) for kind in ("studies/", "trials/")]


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Served]]:
    """Yield a function that serves the built site of a review by its name."""
    servers: list[http.server.ThreadingHTTPServer] = []

    @functools.cache
    def served(name: str) -> Served:
        folder = site_of(name, tmp_path_factory)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return Served(name, folder, f"http://127.0.0.1:{server.server_port}/")

    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(params=sorted(REVIEWS))
def site(request: pytest.FixtureRequest, serve: Callable[[str], Served]) -> Served:
    """Return the served site of each review in turn."""
    return serve(request.param)


@pytest.fixture
def made_up_site(serve: Callable[[str], Served]) -> Served:
    """Return the served site of the made-up review."""
    return serve("made-up")


@dataclass
class Watched:
    """A page of the browser, and what happened in it that should not."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def dismiss(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{self.page.url}: {dialog.message}")
        dialog.dismiss()

    def note(self, request: Request) -> None:
        self.requests.append(request.url)


def watch(
    browser: Browser,
    width: int = WIDE,
    height: int = 900,
    **options: Any,  # noqa: ANN401 - as in Playwright
) -> tuple[BrowserContext, Watched]:
    """Open an empty page that is watched, in a context of its own."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    watched = Watched(context.new_page())
    watched.page.on("console", watched.hear)
    watched.page.on("pageerror", lambda error: watched.complaints.append(f"{watched.page.url}: {error}"))
    watched.page.on("dialog", watched.dismiss)
    watched.page.on("request", watched.note)
    return context, watched


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Yield a function that opens a watched page: `open_page(width=…, color_scheme=…, java_script_enabled=…)`."""
    contexts = []

    def opened(**options: Any) -> Watched:  # noqa: ANN401 - as in Playwright
        context, watched = watch(browser, **options)
        contexts.append(context)
        return watched

    yield opened
    for context in contexts:
        context.close()

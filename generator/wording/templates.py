"""Filling Jinja templates: one environment whose every expression is escaped for Markdown and HTML at once.

Compiled templates are kept beside the compiled modules of this room, where Python keeps any.
"""

import contextlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from generator.wording import markdown, words
from generator.wording.github_text import untrusted
from generator.wording.table import Cells, Link, Table
from generator.wording.unbroken import unbroken

FOLDER = Path(__file__).parent.parent
_ROOM = Path(__file__).parent


class Compiled(jinja2.FileSystemBytecodeCache):
    """Compiled templates in a folder, each as good as its own source and the sources of this room.

    What this room says of an environment goes into what Jinja compiles, but not into what Jinja tells templates by.
    """

    def __init__(self, folder: Path, room: str) -> None:
        super().__init__(str(folder), f"%s.{sys.implementation.cache_tag}.template")
        self._room = room

    def get_source_checksum(self, source: str) -> str:
        """Return what tells whether a kept template is still the one that would be compiled."""
        return super().get_source_checksum(f"{jinja2.__version__}\n{self._room}\n{source}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template; where nothing can be kept, it is compiled again next time."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled() -> Compiled | None:
    """Return the compiled templates, unless this Python keeps none of its own modules either."""
    folder = _ROOM / "__pycache__"
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    return Compiled(folder, "".join(file.read_text(encoding="utf-8") for file in sorted(_ROOM.glob("*.py"))))


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER),
    autoescape=True,
    finalize=markdown.escape,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    bytecode_cache=_compiled(),
)
_ENVIRONMENT.filters["badge"] = markdown.badge
_ENVIRONMENT.filters["join_escaped"] = markdown.join
_ENVIRONMENT.filters["none_reported"] = words.none_reported_label
_ENVIRONMENT.filters["certainty"] = words.certainty_label
_ENVIRONMENT.filters["certainty_symbol"] = lambda level: markdown.circles(words.certainty_symbol(level))
_ENVIRONMENT.filters["direction"] = words.direction_label
_ENVIRONMENT.filters["verdict"] = words.verdict_label
_ENVIRONMENT.filters["registry_status"] = words.status_label
_GITHUB = _ENVIRONMENT.overlay(finalize=untrusted, bytecode_cache=None)


class _PageFunctions:
    """What a template may call; every link it makes is as seen from its own page."""

    def __init__(self, page: str) -> None:
        self._page = page

    def link(self, target: str, text: object, anchor: str = "", classes: str = "") -> Markup:
        """Return a link to another page of the site."""
        return markdown.anchor_tag(self._page, Link(target, anchor), text, classes)

    def outside(self, url: str | None, text: object) -> Markup:
        """Return a link to another site, or the text alone where there is no address."""
        return markdown.anchor_tag(self._page, Link(url=url), text) if url else markdown.escape(text)

    def href(self, target: str, anchor: str = "") -> Markup:
        """Return the address of another page of the site, for an attribute."""
        return markdown.escape(markdown.address(self._page, Link(target, anchor)))

    def table(self, content: Table, *, named: bool = False) -> Markup:
        """Return a table as HTML; `named` where the heading above says what its caption does."""
        return markdown.table(self._page, content, named=named)

    def facts(self, pairs: Iterable[tuple[object, Cells]]) -> Markup:
        """Return labels with what stands beside them, as a list of terms."""
        return markdown.facts(self._page, pairs)

    def cell(self, content: Cells) -> Markup:
        """Return what stands inside one cell."""
        return markdown.cell_content(self._page, content)


def render(template: str, page: str, **values: object) -> str:
    """Fill `template` (a path below `generator/`) for the page at the Markdown path `page`; no day in it is broken."""
    return unbroken(fill(template, page, **values))


def fill(template: str, page: str, **values: object) -> str:
    """Fill a template for what is no page and has links as seen from `page`, such as a feed."""
    return _ENVIRONMENT.get_template(template).render(at=_PageFunctions(page), **values)


def write_for_github(template: str, **values: object) -> str:
    """Fill a template whose text goes into a pull request, an issue or a comment; nothing in it acts on GitHub."""
    return _GITHUB.get_template(template).render(**values)


def draw(template: str, **values: object) -> Markup:
    """Fill a template that needs no links, such as a figure whose addresses are handed in."""
    return markdown.html(_ENVIRONMENT.get_template(template).render(**values))

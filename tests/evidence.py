"""Reading a review for the tests of what is derived from it, and changing it in memory."""

import datetime as dt
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import markdown

from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.study import Study
from generator.model.summary import Summary
from generator.records import store
from generator.review import Review

TODAY = dt.date(2025, 2, 1)
HOSTILE = "<img src=x onerror=alert(1)> | p<0.05 [x](javascript:alert(1)) {{ 7*7 }}"


def read(root: Path) -> Review:
    """Return the review below `root` as it is on a fixed day; its files must be without problems of form."""
    loaded = store.load(root)
    assert not loaded.problems
    assert loaded.records.protocol is not None
    return Review(loaded.records, loaded.records.protocol, TODAY)


def with_studies(review: Review, studies: dict[str, Study]) -> Review:
    """Return the review with other included studies."""
    return _with(review, replace(review.records, included=studies))


def with_study(review: Review, key: str, **changes: object) -> Review:
    """Return the review with fields of one study changed."""
    changed = review.records.included[key].model_copy(update=changes)
    return with_studies(review, review.records.included | {key: changed})


def with_summaries(review: Review, summaries: dict[str, Summary]) -> Review:
    """Return the review with other sentences of ours."""
    return _with(review, replace(review.records, summaries=summaries))


def with_protocol(review: Review, **changes: object) -> Review:
    """Return the review with fields of its protocol changed."""
    protocol: Protocol = review.protocol.model_copy(update=changes)
    return Review(replace(review.records, protocol=protocol), protocol, review.today)


def _with(review: Review, records: Records) -> Review:
    return Review(records, review.protocol, review.today)


class _Reader(HTMLParser):
    """Collects the elements, links, ids and visible text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@dataclass(frozen=True)
class Read:
    """A page or picture as a browser would read it."""

    elements: list[tuple[str, dict[str, str]]]
    text: str

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def links(self) -> set[str]:
        return {attributes["href"] for tag, attributes in self.elements if tag == "a"}

    def count(self, tag: str, name: str = "", value: str = "") -> int:
        return sum(
            1 for one, found in self.elements if one == tag and (not name or value in found.get(name, "").split())
        )


def browse(body: str) -> Read:
    """Return a page's Markdown, or a picture, as a browser would read it; nothing in it may run or load anything."""
    html = markdown.markdown(body, extensions=["admonition", "attr_list", "tables", "toc"])
    reader = _Reader()
    reader.feed(html)
    for tag, attributes in reader.elements:
        assert tag not in {"script", "img", "iframe", "object", "embed", "style", "form"}, html
        assert not [name for name in attributes if name.startswith("on")], html
        assert not attributes.get("href", "").lower().startswith(("javascript:", "data:"))
    read_page = Read(reader.elements, " ".join("".join(reader.words).split()))
    assert len(read_page.ids) == len(set(read_page.ids)), "an id is given twice"
    anchors = {link[1:] for link in read_page.links if link.startswith("#")}
    assert anchors <= set(read_page.ids), "a link leads to no place on its page"
    return read_page

"""Reading built HTML with the standard library: what a page links to, loads, names and says."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_LOADS = {  # element -> attributes whose address a browser fetches by itself
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_SAID_ONLY = frozenset({"canonical", "alternate", "prev", "next"})
"""Relations of a `<link>` that a browser does not fetch."""


@dataclass(frozen=True, eq=False)
class Element:
    """A start tag and what encloses it, outermost first."""

    tag: str
    attributes: dict[str, str | None]
    enclosing: tuple["Element", ...] = field(repr=False)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset((self.attributes.get("class") or "").split())

    def within(self, tag: str) -> bool:
        return any(element.tag == tag for element in self.enclosing)


class Page(HTMLParser):
    """One page of a built site, read."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.words: list[tuple[str, tuple[Element, ...]]] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), tuple(self._open))
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(element.tag == tag for element in self._open):
            if self._open.pop().tag == tag:
                break

    def handle_data(self, data: str) -> None:
        self.words.append((data, tuple(self._open)))

    @cached_property
    def ids(self) -> list[str]:
        """Every id, in order, with repetitions."""
        return [value for element in self.elements if (value := element.attributes.get("id"))]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Everything that the part of an address behind `#` can name."""
        names = (element.attributes.get("name") for element in self.elements if element.tag == "a")
        return frozenset(self.ids) | {name for name in names if name}

    @cached_property
    def links(self) -> list[str]:
        """The addresses of every link a reader can follow, also those in pictures."""
        found = (
            element.attributes.get("href") or element.attributes.get("xlink:href")
            for element in self.elements
            if element.tag in ("a", "area")
        )
        return [address for address in found if address]

    @cached_property
    def loaded(self) -> list[str]:
        """The addresses that a browser fetches without being asked."""
        found = []
        for element in self.elements:
            relations = (element.attributes.get("rel") or "").split()
            if element.tag == "link" and _SAID_ONLY & set(relations):
                continue
            for attribute in _LOADS.get(element.tag, ()):
                parts = (element.attributes.get(attribute) or "").split(",")
                found += [part.split()[0] for part in parts if part.strip()]
        return found

    @cached_property
    def article(self) -> list[Element]:
        """The elements of the page's own content."""
        return [element for element in self.elements if element.within("article")]

    @cached_property
    def article_text(self) -> str:
        """The words of the page's own content, without the signs that headings link to themselves with."""
        return " ".join(
            "".join(
                data
                for data, enclosing in self.words
                if any(element.tag == "article" for element in enclosing)
                and not any("headerlink" in element.classes for element in enclosing)
            ).split()
        )


@cache
def read_page(path: Path) -> Page:
    """Return the page in the file `path`, read."""
    return Page(path.read_text(encoding="utf-8"))

"""Every number that the base review prints about its studies and its trial is found on the site, outside the quotes."""

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from generator.records import checking
from generator.review import Review
from generator.site import pages

ROOT = Path(__file__).parent.parent
WORDS = {"five": "5", "twenty": "20"}
PARTS = {
    "studies/phillips-2021.md": ("Phillips et al. [26], in a single", "Wilson et al. [27], in a single"),
    "studies/wilson-2024.md": ("Wilson et al. [27], in a single", "The results from the aforementioned"),
    "trials/NCT04849429.md": ("NCT04849429\t", "TABLE 2"),
}
"""Where the base review's text about each record begins and ends."""


class _Text(HTMLParser):
    """Collects the text of a page, without its list of quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._in_quotes = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "ol" and ("class", "lr-quotes") in attrs:
            self._in_quotes = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "ol":
            self._in_quotes = False
        self.text += " "

    def handle_data(self, data: str) -> None:
        if not self._in_quotes:
            self.text += data


@pytest.fixture(scope="module")
def site_text() -> dict[str, str]:
    checked = checking.check(ROOT)
    assert checked.records.protocol
    review = Review(checked.records, checked.records.protocol, dt.date(2026, 1, 31))
    texts = {}
    for page in pages.every(review):
        reading = _Text()
        reading.feed(markdown.markdown(page.body, extensions=["attr_list", "tables"]))
        texts[page.path] = reading.text
    return texts


def numbers(text: str) -> set[str]:
    """Return every number in a text, reference numbers in brackets and parts of codes left out."""
    bare = re.sub(r"\[[\d, ]+\]|\(Table \d\)", " ", text)
    for word, digits in WORDS.items():
        bare = re.sub(rf"\b{word}\b", digits, bare, flags=re.IGNORECASE)
    return set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)", bare))


@pytest.mark.parametrize("page", PARTS)
def test_every_number_of_the_base_review_stands_on_the_records_page(page: str, site_text: dict[str, str]) -> None:
    source = (ROOT / "studies/sources/gupta-2024.txt").read_text(encoding="utf-8")
    begin, end = (source.index(mark) for mark in PARTS[page])
    wanted = numbers(source[begin:end])
    assert len(wanted) >= 6
    missing = wanted - numbers(site_text[page])
    assert not missing, f"{page} lacks {sorted(missing)}"


def test_the_numbers_of_the_results_stand_in_the_results_table(site_text: dict[str, str]) -> None:
    wanted = {"55", "55.2", "26", "25.4", "19.75", "65.04", "72.09", "58.43"}
    assert wanted <= numbers(site_text["results.md"])
    assert site_text["results.md"].count("not checked in the primary report") >= 8


def test_the_exact_upper_bounds_stand_on_the_harms_page(site_text: dict[str, str]) -> None:
    assert "16.8" in site_text["harms.md"]
    assert "30.8" in site_text["harms.md"]

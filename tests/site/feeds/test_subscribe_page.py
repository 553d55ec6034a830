"""The page of feeds names every file, and every page of the site leads readers and programs to them."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.review import Review
from generator.site.page import Page
from generator.site.pages import subscribe
from generator.site.subscriptions import feeds
from tests.built_html import read_page
from tests.evidence import browse, read, with_protocol
from tests.site.feeds.reading import SITE, files_of
from tests.sites import pages_of, site_of


@pytest.fixture(scope="module", params=["made_up_review", "real_review"])
def review(request: pytest.FixtureRequest) -> Review:
    return read(request.getfixturevalue(request.param))


def page_of(review: Review) -> Page:
    (page,) = subscribe.pages(review)
    return page


@pytest.mark.parametrize("site", [None, SITE])
def test_every_file_is_named_and_every_named_file_is_there(review: Review, site: str | None) -> None:
    found = with_protocol(review, site=site)
    linked = {link for link in browse(page_of(found).body).links if not link.endswith(".html")}
    assert linked == files_of(found).keys()


def test_addresses_can_be_copied_once_they_are_known(review: Review) -> None:
    said = browse(page_of(with_protocol(review, site=SITE)).body).text
    for path in ("feed.xml", "atom.xml", "feed.json", "calendar.ics"):
        assert f"{SITE}/{path}" in said
    assert "not recorded" not in said
    assert "The address of this site is not recorded yet" in browse(page_of(with_protocol(review, site=None)).body).text


def test_the_page_says_what_each_kind_sends(review: Review) -> None:
    said = browse(page_of(review).body).text
    by_kind = [feed for feed in feeds(review) if feed.stem.count("/") == 1]
    assert len(by_kind) == 6
    assert all(feed.sends in said for feed in by_kind)
    assert all(f"{feed.label[0].upper()}{feed.label[1:]}" in said for feed in by_kind)


def test_years_alone_are_listed_below_the_calendar(made_up_review: Path) -> None:
    said = browse(page_of(read(made_up_review)).body)
    assert "2 dates at present" in said.text
    assert "NCT99999901: last data of the trial, 2021" in said.text
    assert "trials/NCT99999901.html" in said.links


def test_a_calendar_without_dates_says_so_in_words(made_up_review: Path) -> None:
    review = read(made_up_review)
    said = browse(page_of(Review(replace(review.records, trials={}), review.protocol, review.today)).body).text
    assert "registered trials: no dates at present." in said


def test_every_page_names_the_feeds(tmp_path_factory: pytest.TempPathFactory, made_up_review: Path) -> None:
    site, made_up = site_of("made-up", tmp_path_factory), read(made_up_review)
    for name in pages_of(site):
        if name == "404.html":  # made for a server's root by the site engine
            continue
        read_one = read_page(site / name)
        named = {
            one.attributes["type"]: ((site / name).parent / (one.attributes["href"] or "")).resolve()
            for one in read_one.elements
            if one.tag == "link" and one.attributes.get("rel") == "alternate"
        }
        titles = [one.attributes["title"] for one in read_one.elements if one.attributes.get("rel") == "alternate"]
        called = "Made-up tea for made-up hiccups: all changes"  # and not as the settings of the site engine
        assert titles == [f"{called} ({kind})" for kind in ("RSS", "Atom", "JSON Feed")], name
        assert called == feeds(made_up)[0].title
        assert named == {
            "application/rss+xml": site.resolve() / "feed.xml",
            "application/atom+xml": site.resolve() / "atom.xml",
            "application/feed+json": site.resolve() / "feed.json",
        }, name
        assert all(path.is_file() for path in named.values())
        assert any(link.endswith("subscribe.html") for link in read_one.links), name

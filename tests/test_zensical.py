"""The same folder of pages builds with Zensical, MkDocs' successor, into the same pages with the same words."""

import shutil
from pathlib import Path

import pytest

from tests import zensical_build
from tests.built_html import read_page
from tests.sites import REVIEWS, pages_of, site_of


@pytest.fixture(scope="module", params=sorted(REVIEWS))
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the same review's site as MkDocs and as Zensical build it."""
    by_mkdocs = site_of(request.param, tmp_path_factory)
    root = tmp_path_factory.mktemp("zensical")
    shutil.copytree(by_mkdocs.parent, root, dirs_exist_ok=True)
    done = zensical_build.build(root, Path("build/zensical"))
    assert done.returncode == 0, done.stdout + done.stderr
    return by_mkdocs, root / "build" / "zensical"


def test_zensical_builds_the_same_pages(both: tuple[Path, Path]) -> None:
    by_mkdocs, by_zensical = both
    pages = pages_of(by_mkdocs)
    assert pages_of(by_zensical) == pages
    assert {"index.html", "evidence.html", "flow.html"} <= set(pages)


def test_zensical_shows_the_same_words(both: tuple[Path, Path]) -> None:
    by_mkdocs, by_zensical = both
    for page in pages_of(by_mkdocs):
        said = read_page(by_mkdocs / page).article_text
        assert len(said) > len("404")
        assert read_page(by_zensical / page).article_text == said, page


def test_zensical_keeps_every_anchor_and_link(both: tuple[Path, Path]) -> None:
    by_mkdocs, by_zensical = both
    for page in pages_of(by_mkdocs):
        here, there = read_page(by_mkdocs / page), read_page(by_zensical / page)
        assert {element.attributes.get("id") for element in here.article} <= {None, *there.ids}, page
        links = [[one.attributes.get("href") for one in read.article if one.tag == "a"] for read in (here, there)]
        assert [link for link in links[1] if link] == [link for link in links[0] if link], page


def test_zensical_copies_every_download(both: tuple[Path, Path]) -> None:
    by_mkdocs, by_zensical = both
    written = by_mkdocs.parent / "build" / "docs"
    downloads = [path.relative_to(written) for path in written.rglob("*") if path.is_file() and path.suffix != ".md"]
    assert downloads
    for download in downloads:
        assert (by_zensical / download).read_bytes() == (written / download).read_bytes()

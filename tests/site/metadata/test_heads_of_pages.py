"""The heads of the built pages, as search engines and other services read them: with the site's address and without."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html  # type: ignore[import-untyped]

from tests.conftest import MADE_UP, ROOT
from tests.sites import pages_of, run_engine, site_of

SITE = "https://example.org/made-up/"
ADDRESS = SITE.rstrip("/")
LINKED = "application/ld+json"


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the made-up review's site as the hook builds it once the protocol says where it stands."""
    root = tmp_path_factory.mktemp("addressed")
    shutil.copytree(MADE_UP / "studies", root / "studies")
    shutil.copytree(ROOT / "docs", root / "docs")
    with (root / "studies" / "protocol.yml").open("a", encoding="utf-8") as protocol:
        protocol.write(f"site: {ADDRESS}\n")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert not re.search(r"(?m)^site_url:", settings), "the protocol alone says where the site stands"
    settings = settings.replace("generator/mkdocs_hook.py", str(ROOT / "generator" / "mkdocs_hook.py"))
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (root / "build" / "docs").mkdir(parents=True)  # the engine asks for it before the hook fills it
    run_engine("mkdocs", "build", "--strict", "--quiet", folder=root)
    return root / "site"


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of this repository's own review, as it is: no address, no version."""
    return site_of("real", tmp_path_factory)


def head(site: Path, page: str) -> Any:  # noqa: ANN401 - lxml has no types
    return html.fromstring((site / page).read_bytes()).find("head")


def tags(site: Path, page: str, prefix: str) -> list[tuple[str, str]]:
    """Return names and contents of the meta elements of a page whose name begins so."""
    found = (
        (one.get("name") or one.get("property") or "", one.get("content")) for one in head(site, page).iter("meta")
    )
    return [(name, content) for name, content in found if name.startswith(prefix)]


def linked_data(site: Path, page: str) -> list[dict[str, Any]]:
    return [json.loads(one.text) for one in head(site, page).iter("script") if one.get("type") == LINKED]


def content_pages(site: Path) -> list[str]:
    pages = [page for page in pages_of(site) if page != "404.html"]
    assert len(pages) > 30
    return pages


def test_every_page_names_its_lasting_address(addressed: Path) -> None:
    for page in content_pages(addressed):
        canonical = [one.get("href") for one in head(addressed, page).iter("link") if one.get("rel") == "canonical"]
        assert canonical == [SITE + page]
        assert tags(addressed, page, "og:url") == [("og:url", SITE + page)]


def test_every_page_shows_itself_with_title_words_and_picture(addressed: Path) -> None:
    for page in content_pages(addressed):
        shown = dict(tags(addressed, page, "og:"))
        assert shown["og:title"], page
        assert len(shown["og:description"]) > 20, page
        assert shown["og:site_name"] == "Made-up tea for made-up hiccups", "as the protocol names the review"
        assert (shown["og:image:width"], shown["og:image:height"]) == ("1200", "630")
        assert (addressed / shown["og:image"].removeprefix(SITE)).is_file()
        assert tags(addressed, page, "twitter:card") == [("twitter:card", "summary_large_image")]
    assert dict(tags(addressed, "trials/NCT99999901.html", "og:"))["og:title"] == "NCT99999901"
    assert dict(tags(addressed, "index.html", "og:"))["og:title"] != "Home"


def test_the_site_map_lists_every_page_and_crawlers_are_told_of_it(addressed: Path) -> None:
    listed = etree.parse(addressed / "sitemap.xml").getroot().findall(".//{*}loc")
    assert sorted(one.text for one in listed) == sorted(SITE + page for page in content_pages(addressed))
    lines = (addressed / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {SITE}sitemap.xml"]


def test_only_pages_of_versions_have_tags_for_scholarly_search(addressed: Path) -> None:
    tagged = {page for page in content_pages(addressed) if tags(addressed, page, "citation_")}
    assert tagged == {"versions/1.0.html", "versions/1.1.html"}


def test_the_tags_say_what_the_record_of_the_version_says(addressed: Path) -> None:
    title = "Made-up tea for made-up hiccups: a made-up living systematic review (version 1.0)"
    assert tags(addressed, "versions/1.0.html", "citation_") == [
        ("citation_title", title),
        ("citation_author", "Made-up Pat"),
        ("citation_author_institution", "Made-up Institute of Tea"),
        ("citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("citation_author", "Made-up Sam O'Nobody <sam>"),
        ("citation_author", "Made-up Kim"),
        ("citation_publication_date", "2024/03/10"),
        ("citation_online_date", "2024/03/10"),
        ("citation_language", "en"),
        ("citation_doi", "10.5555/made-up.tea.v1"),
        ("citation_abstract_html_url", f"{SITE}versions/1.0.html"),
        ("citation_fulltext_html_url", f"{SITE}versions/1.0.html"),
    ]
    assert "citation_doi" not in dict(tags(addressed, "versions/1.1.html", "citation_"))


def test_linked_data_stand_where_something_of_their_kind_is_shown(addressed: Path) -> None:
    found = {page: linked_data(addressed, page) for page in content_pages(addressed)}
    kinds = {page: [str(one["@type"]) for one in data] for page, data in found.items() if data}
    trials = {f"trials/{file.stem}.html" for file in (MADE_UP / "studies" / "trials").glob("*.yml")}
    assert kinds.keys() == {"index.html", "downloads.html", "versions/1.0.html", "versions/1.1.html", *trials}
    assert {page for page, kind in kinds.items() if kind == ["MedicalTrial"]} == trials
    assert kinds["downloads.html"] == ["Dataset"]
    assert all("'ScholarlyArticle'" in kinds[page][0] for page in ("index.html", "versions/1.0.html"))


def test_addresses_in_linked_data_lead_to_files_of_the_site(addressed: Path) -> None:
    found = [json.dumps(linked_data(addressed, page)) for page in content_pages(addressed)]
    addresses = {address for text in found for address in re.findall(r'"(https://example\.org/made-up/[^"]*)"', text)}
    assert {SITE + "index.html", SITE + "versions/1.1.html", SITE + "data/studies.csv"} <= addresses
    assert [address for address in addresses if not (addressed / address.removeprefix(SITE)).is_file()] == []


def test_sizes_of_downloads_are_true(addressed: Path) -> None:
    (data,) = linked_data(addressed, "downloads.html")
    assert len(data["distribution"]) > 40
    for one in data["distribution"]:
        size = (addressed / one["contentUrl"].removeprefix(SITE)).stat().st_size
        assert one["contentSize"] == f"{size} B", one
        assert one["encodingFormat"]


def test_without_an_address_nothing_claims_one(nowhere: Path) -> None:
    for page in content_pages(nowhere):
        assert [one for one in head(nowhere, page).iter("link") if one.get("rel") == "canonical"] == []
        assert {"og:url", "og:image"}.isdisjoint(dict(tags(nowhere, page, "og:"))), page
        assert dict(tags(nowhere, page, "og:"))["og:title"]
    assert etree.parse(nowhere / "sitemap.xml").getroot().findall(".//{*}loc") == []
    assert (nowhere / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nAllow: /\n"


def test_without_a_version_there_are_no_tags_for_scholarly_search(nowhere: Path) -> None:
    assert [page for page in content_pages(nowhere) if tags(nowhere, page, "citation_")] == []
    assert not (nowhere / "versions").exists()


def test_without_an_address_downloads_are_named_as_seen_from_their_page(nowhere: Path) -> None:
    (data,) = linked_data(nowhere, "downloads.html")
    assert all((nowhere / one["contentUrl"]).is_file() for one in data["distribution"])

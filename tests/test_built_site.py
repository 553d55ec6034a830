"""The built site as files: links lead somewhere, nothing comes from another host, tables are whole, records inert."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from tests.built_html import Element, read_page
from tests.sites import REVIEWS, ROOT, pages_of, site_of

_OWN_PAGES_ONLY = frozenset({"404.html"})
"""Made by the site engine: its links are meant for a server's root and it carries no content of ours."""


@pytest.fixture(scope="module", params=sorted(REVIEWS))
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site of each review in turn."""
    return site_of(request.param, tmp_path_factory)


def content_pages(site: Path) -> list[str]:
    return [page for page in pages_of(site) if page not in _OWN_PAGES_ONLY]


def test_every_page_of_the_navigation_is_built(site: Path) -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    named = re.findall(r"'([\w/-]+)\.md'", str(settings["nav"]))
    assert len(named) > 20
    assert {f"{name}.html" for name in named} <= set(pages_of(site))


def test_every_study_and_trial_has_a_page_that_a_link_leads_to(site: Path) -> None:
    studies = site.parent / "studies"
    pages = {f"studies/{file.stem}.html" for file in (studies / "included").glob("*.yml")}
    pages |= {f"trials/{file.stem}.html" for file in (studies / "trials").glob("*.yml")}
    assert pages
    linked = {address.split("#")[0] for page in content_pages(site) for address in resolved_links(site, page)}
    assert pages <= linked & set(pages_of(site))


def resolved_links(site: Path, page: str) -> list[str]:
    """Return the links of a page that stay within the site, as paths from its top."""
    found = []
    for address in read_page(site / page).links:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        path = (site / page).parent / unquote(parts.path) if parts.path else site / page
        path = path.resolve()
        path = path / "index.html" if path.is_dir() else path
        anchor = f"#{unquote(parts.fragment)}" if parts.fragment else ""
        found.append(path.relative_to(site.resolve()).as_posix() + anchor)
    return found


def test_every_internal_link_and_anchor_resolves(site: Path) -> None:
    broken = []
    for page in content_pages(site):
        for address in resolved_links(site, page):
            path, _, anchor = address.partition("#")
            target = site / path
            if not target.is_file():
                broken.append(f"{page}: no file {path}")
            elif anchor and target.suffix == ".html" and anchor not in read_page(target).anchors:
                broken.append(f"{page}: no anchor {address}")
    assert not broken, "\n".join(sorted(set(broken)))


def test_links_lead_to_files_so_that_the_site_opens_from_a_disk(site: Path) -> None:
    for page in content_pages(site):
        for element in read_page(site / page).article:
            address = element.attributes.get("href") or ""
            if element.tag == "a" and not urlsplit(address).scheme:
                assert not urlsplit(address).path.endswith("/"), f"{page}: {address}"


def test_links_to_other_sites_are_safe_addresses(site: Path) -> None:
    for page in pages_of(site):
        for address in read_page(site / page).links:
            assert urlsplit(address).scheme in ("", "https", "http", "mailto"), f"{page}: {address}"


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    for page in pages_of(site):
        for address in read_page(site / page).loaded:
            parts = urlsplit(address)
            assert not parts.netloc, f"{page} loads {address}"
            assert parts.scheme in ("", "data"), f"{page} loads {address}"


def test_no_style_sheet_loads_anything_from_another_host(site: Path) -> None:
    sheets = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.css")}
    assert sheets
    for page in pages_of(site):
        styles = [one.attributes["style"] or "" for one in read_page(site / page).elements if "style" in one.attributes]
        sheets[site / page] = " ".join(
            [*styles, *re.findall(r"<style.*?</style>", (site / page).read_text(), re.DOTALL)]
        )
    for path, text in sheets.items():
        without_notes = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        addresses = re.findall(r"url\(\s*[\"']?([^)\"']+)", without_notes) + re.findall(
            r"@import\s+(\S+)", without_notes
        )
        for address in addresses:
            assert urlsplit(address).scheme in ("", "data"), f"{path.name} loads {address}"
            assert not address.startswith("//"), f"{path.name} loads {address}"


def test_our_script_knows_no_other_host(site: Path) -> None:
    own = site / "assets" / "tables.js"
    assert not re.search(r"https?:|//[a-z]|fetch|XMLHttpRequest|innerHTML|insertAdjacentHTML|eval", _code(own))


def _code(path: Path) -> str:
    return re.sub(r"(?m)(^|\s)// .*$", "", path.read_text(encoding="utf-8"))


def test_the_only_scripts_are_the_engine_s_and_ours(site: Path) -> None:
    expected = {path.relative_to(site).as_posix() for path in (site / "assets").rglob("*.js")}
    for page in content_pages(site):
        read = read_page(site / page)
        for element in read.elements:
            if element.tag == "script" and "src" in element.attributes:
                address = (site / page).parent / (element.attributes["src"] or "")
                assert address.resolve().relative_to(site.resolve()).as_posix() in expected
        assert [one.tag for one in read.article if one.tag == "script"] == []


def test_no_component_asks_the_code_host_for_numbers(site: Path) -> None:
    for page in pages_of(site):
        assert not [
            one for one in read_page(site / page).elements if one.attributes.get("data-md-component") == "source"
        ]


def test_nothing_in_the_content_can_run(site: Path) -> None:
    for page in content_pages(site):
        for element in read_page(site / page).article:
            assert element.tag not in ("script", "iframe", "object", "embed", "form", "base", "meta", "img"), page
            assert not [name for name in element.attributes if name.startswith("on")], f"{page}: {element}"


def test_every_page_ends_with_the_three_dates(site: Path) -> None:
    for page in content_pages(site):
        text = read_page(site / page).article_text.lower()
        for words in ("last searched:", "last screened to the end:", "last change of evidence:"):
            assert words in text, page


def test_every_page_has_one_main_heading_and_a_title(site: Path) -> None:
    for page in content_pages(site):
        read = read_page(site / page)
        tags = Counter(element.tag for element in read.elements)
        assert tags["h1"] == 1, page
        title = "".join(data for data, enclosing in read.words if enclosing and enclosing[-1].tag == "title")
        assert title.strip(), page
        levels = [int(element.tag[1]) for element in read.article if re.fullmatch("h[1-6]", element.tag)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), f"{page}: {levels}"


def test_ids_are_unique(site: Path) -> None:
    for page in pages_of(site):
        repeated = [name for name, n in Counter(read_page(site / page).ids).items() if n > 1]
        assert not repeated, f"{page}: {repeated}"


def tables(site: Path) -> list[tuple[str, Element, list[Element]]]:
    """Return every table as its page, its element and the elements inside."""
    found = []
    for page in content_pages(site):
        article = read_page(site / page).article
        here = [element for element in article if element.tag == "table"]
        found += [(page, table, [one for one in article if table in one.enclosing]) for table in here]
    assert found
    return found


def from_markdown(table: Element) -> bool:
    """Return whether a table is a small one written in Markdown by hand, where there is no caption to write."""
    return not table.attributes and not any("lr-table" in one.classes for one in table.enclosing)


def test_tables_have_a_caption_and_header_cells(site: Path) -> None:
    for page, table, inside in tables(site):
        name = f"{page}: {table.attributes}"
        heads = [one for one in inside if one.tag == "th"]
        assert heads, name
        if not from_markdown(table):
            assert [one.tag for one in inside].count("caption") == 1, name
            assert all(one.attributes.get("scope") in ("col", "row", "colgroup", "rowgroup") for one in heads), name
            assert any("lr-table" in one.classes for one in table.enclosing), name


def test_only_documents_by_hand_have_tables_without_a_caption(site: Path) -> None:
    by_hand = {f"{file.stem}.html" for file in (ROOT / "docs").glob("*.md")}
    assert {page for page, table, _ in tables(site) if from_markdown(table)} <= by_hand


def test_cells_say_their_column_where_a_row_becomes_a_card(site: Path) -> None:
    for page, table, inside in tables(site):
        if not from_markdown(table) and not any("lr-table--narrow" in one.classes for one in table.enclosing):
            for cell in inside:
                assert cell.tag != "td" or "data-label" in cell.attributes, f"{page}: {table.attributes}"

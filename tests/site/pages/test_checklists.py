"""The pages of the checklists: every place they lead to exists, the counts are those of the rows, words stay inert."""

import re
from pathlib import Path

import markdown
import pytest

from generator.review import Review
from generator.review.checklist import Checklist, Location, State
from generator.review.checklists import CHECKLISTS, every, whereabouts
from generator.site import pages
from generator.site.pages import checklists as checklist_pages
from generator.site.pages.checklists import PATH
from generator.site.tables import checklists as checklist_table
from generator.wording.markdown import address
from generator.wording.table import Cell, Cells, Link
from tests.evidence import HOSTILE, TODAY, Read, read, with_protocol
from tests.spaced import browse_spaced


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def real(real_review: Path) -> Review:
    return read(real_review)


def page(review: Review, path: str) -> Read:
    (body,) = (one.body for one in checklist_pages.pages(review) if one.path == path)
    return browse_spaced(body)


def ids_of(body: str) -> set[str]:
    """Return the anchors of a page as the site engine makes them."""
    html = markdown.markdown(body, extensions=["admonition", "attr_list", "tables", "toc"])
    return set(re.findall(r'\sid="([^"]+)"', html))


def broken(review: Review, locations: set[Location]) -> list[str]:
    """Return the places that no generated page has."""
    bodies = {one.path: one.body for one in pages.every(review)}
    ids = {path: ids_of(bodies[path]) for path in {one.page for one in locations} & set(bodies)}
    return [
        f"{one.page}#{one.anchor}"
        for one in sorted(locations, key=str)
        if one.page not in bodies or (one.anchor and one.anchor not in ids[one.page])
    ]


@pytest.mark.parametrize("name", ["review", "real"])
def test_every_place_an_answer_leads_to_exists(name: str, request: pytest.FixtureRequest) -> None:
    found: Review = request.getfixturevalue(name)
    named = {one for completed in every(found) for answer in completed.answers.values() for one in answer.at}
    assert len(named) > 30
    assert broken(found, named) == []


def test_every_place_that_any_answer_could_lead_to_exists(review: Review) -> None:
    named = {one for one in vars(whereabouts).values() if isinstance(one, Location)}
    assert len(named) > 40
    assert broken(review, named) == []


def test_the_overview_counts_the_rows_of_each_page(review: Review) -> None:
    overview = page(review, PATH)
    for completed in every(review):
        own = page(review, checklist_table.page_of(completed))
        counts = [completed.count(state) for state in State]
        assert sum(counts) == sum(one.startswith("item-") for one in own.ids)
        n_shown = own.text.count("Could be supplied by")
        assert n_shown == completed.count(State.MISSING)
        line = f"{completed.checklist.about} {counts[0]} of {sum(counts)} {counts[1]} {counts[2]}"
        assert line in overview.text
        assert f"{counts[0]} of {sum(counts)} reported, {counts[1]} not reported yet, {counts[2]} not" in own.text
        assert f"checklists/{completed.checklist.id}.html" in overview.links
        parts = [int(n) for n in re.findall(r"(\d+) of \d+ reported(?!,)", own.text)]
        assert sum(parts) == counts[0]


def test_an_item_reads_reported_with_its_place_or_says_what_is_missing(review: Review) -> None:
    found = page(review, "checklists/prisma-2020.md")
    assert (
        "5 Eligibility criteria What makes a study eligible, and the groups for the syntheses. reported" in found.text
    )
    assert "../protocol.html#how-studies-are-grouped" in found.links
    assert (
        "18 Risk of bias in studies The assessment of each included study. not reported yet An assessment of Steeply"
        " 2024 by people of the review. Could be supplied by two people who assess each study, in studies/included/."
    ) in found.text
    assert "item-16a" in found.ids
    assert "#item-18" in found.links, "what is missing is listed at the top"
    assert "#item-16a" not in found.links


def test_an_item_that_does_not_apply_says_why(real: Review) -> None:
    found = page(real, "checklists/prisma-2020.md")
    assert "not applicable No meta-analysis was made, because no results may be pooled." in found.text
    assert "../results.html#why-nothing-is-pooled" in found.links


@pytest.mark.parametrize("one", CHECKLISTS, ids=lambda one: one.id)
def test_each_page_cites_its_statement_and_says_how_far_it_was_checked(review: Review, one: Checklist) -> None:
    found = page(review, f"checklists/{one.id}.md")
    assert one.citation in found.text
    assert f"https://doi.org/{one.doi}" in found.links
    assert one.numbering in found.text
    assert "checked" in one.numbering
    assert found.ids == list(dict.fromkeys(found.ids))


def test_a_review_without_records_has_every_page(review: Review) -> None:
    empty = Review(type(review.records)(protocol=review.protocol), review.protocol, TODAY)
    assert [one.path for one in checklist_pages.pages(empty)] == [
        PATH,
        *(f"checklists/{one.id}.md" for one in CHECKLISTS),
    ]
    assert "No study has been included." in page(empty, "checklists/prisma-2020.md").text


def test_hostile_words_show_as_typed(review: Review) -> None:
    people = tuple(one.model_copy(update={"name": HOSTILE}) for one in review.protocol.people)
    source = review.protocol.sources[1].model_copy(update={"name": HOSTILE})
    first, _, *others = review.protocol.sources
    changed = with_protocol(review, people=people, sources=(first, source, *others))
    assert page(changed, "checklists/prisma-2020.md").text.count(HOSTILE) == 2
    assert HOSTILE in page(changed, "checklists/prisma-s.md").text


def one_cell(cells: Cells) -> Cell:
    assert isinstance(cells, Cell)
    return cells


def said(row: dict[str, Cells], *keys: str) -> list[object]:
    return [one_cell(row[key]).download for key in keys]


def test_the_table_has_a_row_for_every_item_and_says_where_it_is_reported(review: Review) -> None:
    table = checklist_table.table(review)
    assert len(table.rows) == sum(completed.n_requirements for completed in every(review))
    keys = {column.key for column in table.columns}
    assert all(set(row) == keys for row in table.rows)
    rows = {(one_cell(row["checklist"]).text, one_cell(row["item"]).text): row for row in table.rows}
    reported = rows["PRISMA 2020", "5"]
    places = reported["where"]
    assert isinstance(places, tuple)
    assert [one.value for one in places] == [
        address("index.md", Link("protocol.md", "included-when")),
        "protocol.html#how-studies-are-grouped",
    ]
    (home,) = rows["PRISMA 2020", "1"]["where"]  # type: ignore[misc]
    assert home.value == "index.html"
    assert said(rows["PRISMA 2020", "25"], "missing", "reason") == [None, None]
    assert said(rows["PRISMA-S", "2"], "state", "reason") == [
        "not applicable",
        "no two databases are named with the same platform",
    ]
    assert said(rows["PRISMA 2020", "24a"], "state", "missing", "who") == [
        "not reported yet",
        "the registry and number, or that the review is not registered",
        "the people of the review, in studies/protocol.yml",
    ]

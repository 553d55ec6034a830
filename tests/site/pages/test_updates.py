"""The pages of what changed, their table and the home page's latest changes."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.records import Records
from generator.model.registry_status import RegistryStatus, StatusSeen
from generator.review import Review
from generator.review.changes import ChangeKind, Weight, changes
from generator.site import feeds
from generator.site.page import Page
from generator.site.pages import home, updates
from generator.site.pages.updates import N_MONTHS
from generator.site.tables import changes as changes_table
from generator.wording.table import Cell
from tests.evidence import HOSTILE, read, with_study
from tests.spaced import browse_spaced


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def long(review: Review) -> Review:
    """Return the review with a trial whose status moved in each of 20 months from January 2023 on."""
    statuses = ("RECRUITING", "SUSPENDED")
    months = [(2023 + n // 12, n % 12 + 1) for n in range(21)]
    looks = tuple(
        StatusSeen.model_validate({"seen": f"{year}-{month:02}-15", "status": statuses[n % 2], "by": "nightly"})
        for n, (year, month) in enumerate(months)
    )
    trial = review.records.trials["NCT99999902"]
    moved = trial.model_copy(update={"status_history": looks, "known_on": dt.date(2023, 1, 15)})
    records = replace(review.records, trials={"NCT99999902": moved})
    return Review(records, review.protocol, review.today)


def written(review: Review) -> dict[str, Page]:
    return {page.path: page for page in updates.pages(review)}


def test_every_month_with_a_change_has_a_page_that_search_finds(review: Review) -> None:
    found = written(review)
    assert list(found) == [
        "updates.md",
        "updates/2025-01.md",
        "updates/2024-09.md",
        "updates/2024-06.md",
        "updates/2024-03.md",
        "updates/all.md",
    ]
    assert [path for path, page in found.items() if not page.searchable] == ["updates/all.md"], "it repeats the months"
    assert all(page.description and page.title for page in found.values())
    assert found["updates/2024-06.md"].title == "What changed in June 2024"


def test_each_change_stands_on_the_page_of_its_month_and_among_the_latest(review: Review) -> None:
    found = written(review)
    latest = browse_spaced(found["updates.md"].body)
    for change in changes(review):
        assert f"change-{change.id}" in latest.ids
        month = browse_spaced(found[f"updates/{change.on:%Y-%m}.md"].body)
        assert f"change-{change.id}" in month.ids
        assert " ".join(change.title.split()) in month.text
    links = browse_spaced(found["updates/2024-06.md"].body).links
    assert links == {"2024-03.html", "2024-09.html", "../updates.html", "../protocol.html#amendments"}


def test_within_a_month_what_matters_most_stands_first(review: Review) -> None:
    text = browse_spaced(written(review)["updates/2024-09.md"].body).text
    places = [text.index(word) for word in ("Major", "Steeply 2024", "Notable", "Dunkwell 2022 was corrected", "Minor")]
    assert places == sorted(places)
    march = browse_spaced(written(review)["updates/2024-06.md"].body).text
    assert "Notable" in march
    assert "Major" not in march


def test_older_months_are_listed_and_not_repeated(long: Review) -> None:
    pages = written(long)
    latest = browse_spaced(pages["updates.md"].body)
    shown = {attributes["data-month"] for _, attributes in latest.elements if "data-month" in attributes}
    older = [attributes["data-older"] for _, attributes in latest.elements if "data-older" in attributes]
    assert len(shown) == N_MONTHS
    assert older == sorted(older, reverse=True)
    assert max(older) < min(shown)
    assert {f"updates/{month}.md" for month in (*shown, *older)} | {"updates.md", "updates/all.md"} == set(pages)
    assert "updates/2023-02.html" in latest.links


def test_pages_and_feeds_say_a_status_in_words(long: Review) -> None:
    told = {path: page.body for path, page in written(long).items()}
    told |= {path: content.decode() for path, content in feeds.every(long)}
    codes = "|".join(RegistryStatus)
    assert {path: found for path, text in told.items() if (found := re.findall(rf"\b(?:{codes})\b", text))} == {}
    for path in ("updates.md", "updates/all.md", "feed.xml", "feed.json", "calendar.ics"):
        assert "recruiting" in told[path] or "suspended" in told[path], path


def test_words_of_records_stay_words(review: Review) -> None:
    history = review.records.included["solo-2020"].history
    hostile = with_study(
        review, "solo-2020", title=HOSTILE, history=(history[0].model_copy(update={"note": HOSTILE}), *history[1:])
    )
    text = browse_spaced(written(hostile)["updates/2024-03.md"].body).text
    assert f"{HOSTILE}. Its title: {HOSTILE}." in text


def test_a_review_without_changes_says_so(review: Review) -> None:
    protocol = review.protocol.model_copy(update={"amendments": ()})
    empty = Review(Records(protocol=protocol), protocol, review.today)
    pages = written(empty)
    assert list(pages) == ["updates.md", "updates/all.md"]
    assert "Nothing has changed yet." in browse_spaced(pages["updates.md"].body).text
    assert "Nothing has changed yet." in browse_spaced(pages["updates/all.md"].body).text
    (front,) = home.pages(empty)
    assert "Latest changes" not in front.body


def test_the_home_page_names_the_three_newest_that_matter(review: Review) -> None:
    (front,) = home.pages(review)
    text = browse_spaced(front.body).text
    weighty = [change for change in changes(review) if change.weight is not Weight.MINOR]
    block = text[text.index("Latest changes") : text.index("What the review holds")]
    assert [change.title in block for change in weighty[:4]] == [True, True, True, False]
    assert "updates.html" in browse_spaced(front.body).links


def test_the_home_page_counts_one_in_the_singular(review: Review) -> None:
    records = review.records
    trials = {key: one for key, one in records.trials.items() if key == "CTRI-2099-01-099903"}
    (front,) = home.pages(Review(replace(records, trials=trials, excluded={}), review.protocol, review.today))
    text = browse_spaced(front.body).text
    assert "0 ongoing trials 1 trial awaiting classification" in text
    assert "0 studies excluded at full text" in text


def test_the_table_holds_every_change_and_leads_to_its_place(review: Review) -> None:
    table = changes_table.table(review)
    assert len(table.rows) == len(changes(review))
    first, change = table.rows[0], changes(review)[0]
    cells = {key: cell for key, cell in first.items() if isinstance(cell, Cell)}
    assert set(cells) == {column.key for column in table.columns}
    assert (cells["id"].text, cells["on"].text) == (change.id, change.on.isoformat())
    link = cells["title"].link
    assert link
    assert f"{link.page}#{link.anchor}" == change.place
    assert (cells["kind"].text, cells["kind"].download) == ("search alarm", "search-alarm")


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_has_a_name(kind: ChangeKind) -> None:
    assert changes_table.kind_label(kind)


def test_a_page_shows_the_newest_rows_of_a_long_table(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes_table, "N_SHOWN", 2)
    assert [row["id"] for row in changes_table.shown_table(review).rows] == [
        row["id"] for row in changes_table.table(review).rows[:2]
    ]

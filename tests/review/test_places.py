"""Where records, quotes and identifiers are shown: every record has one place, and what has none is no link."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.decision import RecordIdentifiers
from generator.model.records import CANDIDATE, PROTOCOL
from generator.review import Review
from generator.review.places import edit_address, place_of, quotes_at
from generator.site.cells import identifier_cells, record_cell
from generator.wording.table import Link
from tests.evidence import read, with_protocol


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dunkwell-2022", Link("studies/dunkwell-2022.md")),
        ("espresso-2021", Link("excluded.md", "excluded-espresso-2021")),
        ("NCT99999901", Link("trials/NCT99999901.md")),
        ("CTRI/2099/01/099903", Link("trials/CTRI-2099-01-099903.md")),
        ("infusion-2024", Link("candidates.md", "candidate-infusion-2024")),
        ("samovar-2023", Link("awaiting.md", "candidate-samovar-2023")),
        ("nobody-2000", None),
    ],
)
def test_each_record_is_shown_in_one_place(review: Review, name: str, expected: Link | None) -> None:
    assert place_of(name, review.records) == expected


def test_a_record_that_is_not_ours_leads_to_its_registry_or_document(review: Review) -> None:
    study = record_cell("dunkwell-2022", review.records)
    assert (study.text, study.link) == ("Dunkwell 2022", Link("studies/dunkwell-2022.md"))
    registered = record_cell("NCT12345678", review.records).link
    assert registered
    assert registered.url == "https://clinicaltrials.gov/study/NCT12345678"
    document = record_cell("10.5555/made-up.other", review.records).link
    assert document
    assert document.url == "https://doi.org/10.5555/made-up.other"
    assert record_cell("javascript:alert(1)", review.records).link is None
    assert record_cell("ChiCTR2000000001", review.records).link is None, "that registry has no lasting address"


def test_identifiers_become_links_where_they_have_an_address() -> None:
    record = RecordIdentifiers.model_validate(
        {"doi": "10.5555/made-up", "pmid": "123", "registration": "CTRI/2099/01/099903", "url": "https://example.org/a"}
    )
    assert [(one.text, one.link.url if one.link else None) for one in identifier_cells(record)] == [
        ("DOI 10.5555/made-up", "https://doi.org/10.5555/made-up"),
        ("PubMed 123", "https://pubmed.ncbi.nlm.nih.gov/123"),
        ("Registration CTRI/2099/01/099903", None),
        ("https://example.org/a", "https://example.org/a"),
    ]
    assert identifier_cells(RecordIdentifiers()) == ()


def test_quotes_are_named_by_their_key() -> None:
    assert quotes_at("protocol.md", ["g1"]) == (Link("protocol.md", "quote-g1"),)
    assert quotes_at("", None) == ()


def test_a_record_can_be_edited_only_where_there_is_a_repository(review: Review) -> None:
    assert edit_address(review, CANDIDATE, "x") == "https://example.org/made-up/tea/edit/main/studies/candidates/x.yml"
    slash = with_protocol(review, repository="https://example.org/made-up/tea/")
    assert edit_address(slash, PROTOCOL) == "https://example.org/made-up/tea/edit/main/studies/protocol.yml"
    assert edit_address(with_protocol(review, repository=None), PROTOCOL) is None


def test_nothing_is_edited_on_a_page_of_an_earlier_day(review: Review) -> None:
    past = replace(review, is_past=True)
    assert edit_address(past, CANDIDATE, "x") is None
    assert edit_address(past, PROTOCOL) is None

"""Downloads, data dictionary, field reference and rules: complete, and in step with what they describe."""

import re
from pathlib import Path

import pytest

from generator.records import schema
from generator.records.rules import RULES, name_of
from generator.review import Review
from generator.site import exports, tables
from generator.site.page import Page
from generator.site.pages import dictionary, downloads, fields, rules
from tests.evidence import browse, read, with_protocol


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def listed(review: Review) -> Page:
    (page,) = downloads.pages(review)
    return page


def test_every_file_is_listed_and_every_listed_file_exists(review: Review, listed: Page) -> None:
    paths = {path for path, _ in exports.every(review) if path.startswith("data/")}
    linked = {link for link in browse(listed.body).links if link.startswith("data/")}
    assert linked == paths
    assert {"api.html", "api/v1/index.json"} <= browse(listed.body).links


def test_sizes_and_rows_are_told(review: Review, listed: Page) -> None:
    found = browse(listed.body)
    size = len(dict(exports.every(review))["data/flow.csv"])
    assert f"flow.csv{downloads.size_in_words(size)}" in found.text
    row = re.search(r"<tr><th[^>]*><a[^>]*>Characteristics of included studies</a></th>(.*?)</tr>", listed.body)
    assert row
    assert ">4</td>" in row[1]
    assert "dictionary.html#dictionary-studies" in found.links


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1 kB"), (27_737, "28 kB"), (999_499, "999 kB"), (999_500, "1.0 MB")],
)
def test_a_size_in_words(n: int, words: str) -> None:
    assert downloads.size_in_words(n) == words


def test_the_base_review_is_named_for_credit(real_review: Path, listed: Page) -> None:
    (page,) = downloads.pages(read(real_review))
    assert "Gupta 2024" in browse(page.body).text
    assert "https://doi.org/10.7759/cureus.57539" in browse(page.body).links
    assert "starts from" not in browse(listed.body).text


def test_the_dictionary_explains_every_column_of_every_table(review: Review) -> None:
    (page,) = dictionary.pages(review)
    found = browse(page.body)
    for table in tables.every(review):
        assert f"dictionary-{table.id}" in found.ids
        part = page.body.split(f'id="table-columns-{table.id}"')[1].split("</table>")[0]
        assert part.count('<tr><th scope="row"') == len(table.columns)
        words = browse(f"<table>{part.partition('>')[2]}</table>").text
        for column in table.columns:
            assert column.key in words
            assert " ".join(column.description.split()) in words, f"{table.id} {column.key}"


def test_every_column_has_a_description(review: Review) -> None:
    silent = [f"{table.id} {one.key}" for table in tables.every(review) for one in table.columns if not one.description]
    assert not silent


def test_the_dictionary_keeps_the_kinds_of_nothing_apart(review: Review) -> None:
    (page,) = dictionary.pages(review)
    found = browse(page.body)
    assert "dictionary-nothing" in found.ids
    for words in ("Nobody has looked for it yet", "the report does not say", "It cannot apply", "None of them is 0"):
        assert words in found.text


def test_the_field_reference_has_every_field_of_every_kind(review: Review) -> None:
    (page,) = fields.pages(review)
    found = browse(page.body)
    for kind in schema.field_reference():
        assert fields.anchor(kind) in found.ids
        part = page.body.split(f'id="table-fields-{kind.name.replace(" ", "-")}"')[1].split("</table>")[0]
        assert part.count('<tr><th scope="row"') == len(kind.fields)
        assert part.count(">required</td>") == sum(field.required for field in kind.fields)
    assert "reports[].integrity.status" in found.text
    assert "expression-of-concern" in found.text
    assert "studies/trials/{id}.yml" in found.text
    assert "`" not in found.text


def test_every_rule_is_printed_with_its_reason(review: Review) -> None:
    (page,) = rules.pages(review)
    found = browse(page.body)
    assert [one for one in found.ids if one.startswith("rule-")] == [f"rule-{name_of(rule)}" for rule in RULES]
    for rule in RULES:
        assert rule.__doc__
        plain = " ".join(rule.__doc__.replace("`", "").split())
        first = re.split(r"(?<=\.)\s", plain)[0]
        assert first in found.text, rule.__name__
    assert f"{len(RULES)} rules" in found.text
    assert "`" not in found.text


def test_reference_pages_do_not_depend_on_the_subject(review: Review) -> None:
    other = with_protocol(review, title="Another made-up review", short_title="Another")
    for module in (fields, rules):
        assert [page.text for page in module.pages(other)] == [page.text for page in module.pages(review)]

"""Groups against labels that others made, where the recorded responses are present. Prints nothing; the benchmark does.

The floors are what was measured when the rules were written. A rule that swallows a work must fail here even where it
finds more copies.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.model.source_record import SourceRecord
from generator.surveillance import formats
from generator.surveillance.dedupe import Verdict, group
from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.facts import read_facts
from generator.surveillance.dedupe.matching import relation
from tests.surveillance.dedupe.labelled import Agreement, LabelledSet, compare, read_haematology, record_of


@pytest.fixture(scope="module")
def haematology(recorded_responses: Path) -> LabelledSet:
    return read_haematology(recorded_responses)


def test_the_halves_share_no_work(haematology: LabelledSet) -> None:
    halves = [haematology.half(held_out=held_out) for held_out in (False, True)]
    works = [{haematology.work_of[record.accession] for record in half.records} for half in halves]
    assert not works[0] & works[1]
    assert sum(len(half.records) for half in halves) == len(haematology.records) == 1415
    assert min(len(half.records) for half in halves) > 650


@pytest.mark.parametrize(("held_out", "recall", "corrected"), [(False, 0.75, 1.0), (True, 0.87, 0.93)])
def test_no_work_is_swallowed(haematology: LabelledSet, held_out: bool, recall: float, corrected: float) -> None:
    half = haematology.half(held_out=held_out)
    groups = group(half.records)
    for labelled, floor in ((half, recall), (half.corrected(), corrected)):
        agreement = compare(labelled, groups)
        assert agreement.n_swallowed == 0
        assert agreement.precision == 1
        assert agreement.recall >= floor
        assert agreement.recall_told >= floor + (1 - floor) / 2


@pytest.mark.parametrize("field", ["pages", "volume", "venue", "year", "authors"])
def test_no_work_is_swallowed_where_a_field_is_missing(haematology: LabelledSet, field: str) -> None:
    empty: dict[str, Any] = {"year": None, "authors": ()}
    records = tuple(replace(record, **{field: empty.get(field, "")}) for record in haematology.records)
    agreement = compare(LabelledSet(records, haematology.work_of), group(records))
    assert agreement.n_swallowed == 0
    assert agreement.recall >= 0.65


def test_one_export_in_two_layouts_is_one_set_of_documents(recorded_responses: Path) -> None:
    records = [
        record
        for name in ("asreview-embase.csv", "asreview-embase.ris")
        for record in formats.read(name, (recorded_responses / "exports" / name).read_bytes(), name).records
    ]
    assert [len(each.records) for each in group(bare(records))] == [2] * 6


def test_documents_of_real_exports_stay_apart(recorded_responses: Path) -> None:
    """Every record of these files is another document; without identifiers titles and places must show it."""
    names = ["citesource-pubmed_46.ris", "asreview-embase.ris", "asreview-scopus.ris", "asreview-web_of_science.txt"]
    names += ["scopus-bibx.bib", "wos-tagged-savedrecs-bom.txt"]
    records = [
        record
        for name in names
        for record in formats.read(name, (recorded_responses / "exports" / name).read_bytes(), name).records
    ]
    assert len(records) == 87
    for some in (records, bare(records), [replace(record, pages="", volume="") for record in bare(records)]):
        assert len(group(some)) == 87


def bare(records: Iterable[SourceRecord]) -> list[SourceRecord]:
    return [replace(record, doi="", pmid="", pmcid="", openalex="", accession="") for record in records]


def test_hard_pairs_of_another_deduper_are_never_merged_wrongly(recorded_responses: Path) -> None:
    text = (recorded_responses / "dedup" / "bibdedupe-test_cases.json").read_text(encoding="utf-8")
    found = {}
    for case in json.loads(text)["cases"]:
        a, b = (read_facts(record_of({**case[side], "ID": side})) for side in ("record_a", "record_b"))
        match = relation(Pair(a, b))
        found[case["id"]] = (case["expected_duplicate"], match is not None and match.verdict is Verdict.SAME)
    assert [name for name, (expected, merged) in found.items() if merged and not expected] == []
    # Two versions of one Cochrane review are two publications with two DOIs; a person sees them side by side.
    missed = [name for name, (expected, merged) in found.items() if expected and not merged]
    assert missed == ["tan_2004_2005_pub2_vs_pub3"]


def test_the_count_of_swallowed_works_and_copies_left() -> None:
    rows = [
        {"ID": name, "title": f"Made-up {title} tea in the knees of runners", "author": "Fig, Ada", "year": "2020"}
        for name, title in (("id_1", "green"), ("id_2", "green"), ("id_3", "green"), ("id_4", "black"))
    ]
    records = tuple(record_of(row) for row in rows)
    labelled = LabelledSet(records, {"id_1": "id_1", "id_2": "id_1", "id_3": "id_3", "id_4": "id_3"})
    assert compare(labelled, group(records)) == Agreement(
        4, n_right=1, n_wrong=2, n_missed=1, n_swallowed=1, n_left=1, n_told=1
    )

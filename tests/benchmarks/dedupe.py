"""Time, memory and correctness of deduplication: made-up records of growing number, and labelled sets where present.

Run: python -m tests.benchmarks.dedupe, or with the two files of a labelled set in the layout of bib-dedupe, or of
several, `RECORDS.csv LABELS.csv ...`, to measure these alone. Each row is measured in a process of its own, with its
own peak memory.
CPU seconds are those of deduplication alone, without making or reading the records. Labelled sets, and the real works
of which made-up copies and companions are made, are read from the folder that RECORDED_RESPONSES names. "Told" is the
share of copies that are merged, linked or shown to a person as possible duplicates.
"""

import multiprocessing
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from generator.model.source_record import SourceRecord
from generator.surveillance.dedupe import find_known, group
from generator.surveillance.dedupe.blocking import pairs
from generator.surveillance.dedupe.facts import read_facts
from tests.surveillance.dedupe.differences import KINDS, LOSING_NOTHING, several
from tests.surveillance.dedupe.labelled import Agreement, compare, read_haematology, read_labelled
from tests.surveillance.dedupe.measuring import fit_for_companions, measure_companions, measure_copies
from tests.surveillance.dedupe.other_works import SORTS
from tests.surveillance.dedupe.recorded_works import distinct_works, pairs_by_identifier

HEADS = (
    *("task", "records", "pairs compared", "CPU s", "peak MiB", "precision", "recall", "told"),
    *("swallowed per 1,000", "left"),
)
SYLLABLES = [first + last for first in "bcdfghklmnprstvz" for last in ("a", "e", "i", "o", "u", "an", "en", "in", "on")]


def made_up_records(n_records: int, seed: int) -> Iterator[SourceRecord]:
    """Yield made-up records: titles of 8 to 18 words from 6,000, few family names that are very frequent."""
    chance = random.Random(seed)  # noqa: S311 - made-up records, not secrets
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(6000)]
    names = ["".join(chance.choices(SYLLABLES, k=2)).title() for _ in range(900)]
    for number in range(n_records):
        first_page = chance.randint(1, 2000)
        yield SourceRecord(
            source="made-up",
            title=" ".join(chance.choices(words, k=chance.randint(8, 18))).capitalize(),
            authors=tuple(f"{names[min(int(chance.expovariate(1 / 120)), 899)]}, A B" for _ in range(5)),
            year=chance.randint(1990, 2025),
            venue=f"Made-up Journal of {chance.choice(words[:300])}",
            volume=str(chance.randint(1, 90)),
            issue=str(chance.randint(1, 12)),
            pages=f"{first_page}-{first_page + chance.randint(0, 12)}",
            doi=f"10.5555/{seed}.{number}" if chance.random() < 0.8 else "",
            pmid=str(seed * 10_000_000 + number) if chance.random() < 0.5 else "",
        )


def retyped(record: SourceRecord) -> SourceRecord:
    """Return the record as another database might write it, without its identifiers."""
    return replace(record, source="other", title=record.title.upper() + ".", doi="", pmid="", issue="")


def group_made_up(n_records: int) -> tuple[object, ...]:
    """Group made-up records, one in ten of them twice."""
    once = list(made_up_records(n_records * 10 // 11, 1))
    records = once + [retyped(record) for record in once[::10]]
    start = time.process_time()
    groups = group(records)
    seconds = time.process_time() - start
    n_found = sum(len(each.records) == 2 for each in groups)
    n_wrong = sum(len({record.pages for record in each.records}) > 1 for each in groups)
    n_pairs = sum(1 for _ in pairs([read_facts(record) for record in records]))
    recall = n_found / len(once[::10])
    return "made-up: group", len(records), n_pairs, seconds, (n_found - n_wrong) / n_found, recall, "", n_wrong, ""


def know_made_up(n_known: int, n_new: int) -> tuple[object, ...]:
    """Find which of the new records, half of which are retyped known ones, are known."""
    known = list(made_up_records(n_known, 1))
    n_old = n_new // 2
    new = [retyped(record) for record in known[:: n_known // n_old][:n_old]] + list(made_up_records(n_new - n_old, 2))
    start = time.process_time()
    found = find_known(new, known)
    seconds = time.process_time() - start
    n_right = sum(bool(each.same) for each in found[:n_old])
    n_wrong = sum(bool(each.same) for each in found[n_old:])
    precision = n_right / (n_right + n_wrong)
    task, recall, swallowed = f"made-up: {n_new} new, known", n_right / n_old, 1000 * n_wrong / n_new
    return task, n_known, "", seconds, precision, recall, "", swallowed, ""


def group_labelled(folder: Path, held_out: bool | None, is_corrected: bool) -> tuple[object, ...]:
    """Group the labelled set, or one half of it, and compare with the labels as given or as corrected."""
    labelled = read_haematology(folder)
    if held_out is not None:
        labelled = labelled.half(held_out=held_out)
    start = time.process_time()
    groups = group(labelled.records)
    seconds = time.process_time() - start
    n_pairs = sum(1 for _ in pairs([read_facts(record) for record in labelled.records]))
    name = {None: "haematology", False: "haematology, development half", True: "haematology, held-out half"}[held_out]
    if is_corrected:
        labelled, name = labelled.corrected(), f"{name}, labels corrected"
    result = compare(labelled, groups)
    return name, result.n_records, n_pairs, seconds, *measures_of(result)


def group_others(pre_merged: Path, merged: Path) -> tuple[object, ...]:
    """Group a labelled set that is not among the recorded responses, and compare with its labels as given."""
    labelled = read_labelled(pre_merged, merged)
    start = time.process_time()
    groups = group(labelled.records)
    seconds = time.process_time() - start
    n_pairs = sum(1 for _ in pairs([read_facts(record) for record in labelled.records]))
    result = compare(labelled, groups)
    return pre_merged.stem, result.n_records, n_pairs, seconds, *measures_of(result)


def group_by_identifier(folder: Path) -> tuple[object, ...]:
    """Group the other recorded documents without their identifiers, and compare with these."""
    labelled = pairs_by_identifier(folder)
    start = time.process_time()
    groups = group(labelled.records)
    seconds = time.process_time() - start
    n_pairs = sum(1 for _ in pairs([read_facts(record) for record in labelled.records]))
    result = compare(labelled, groups)
    return "other recordings, identifiers taken away", result.n_records, n_pairs, seconds, *measures_of(result)


def measures_of(result: Agreement) -> tuple[object, ...]:
    """Return the cells about correctness."""
    return result.precision, result.recall, result.recall_told, result.swallowed_per_1000, result.n_left


def print_differences(folder: Path) -> None:
    """Print how copies with made-up differences of real works are found, kind by kind."""
    works = distinct_works(folder)
    print(f"\n| made-up difference, of {len(works):,} real works | copies | recall | told | swallowed |")
    print("|---|--:|--:|--:|--:|")
    for name, change in {**KINDS, "three kinds at once": several(3), "five kinds at once": several(5)}.items():
        found = measure_copies(works, change)
        if found.n_copies:
            shares = f"{found.n_found / found.n_copies:.3f} | {found.n_told / found.n_copies:.3f}"
            print(f"| {name} | {found.n_copies:,} | {shares} | {found.n_swallowed} |", flush=True)
        else:
            print(f"| {name} | 0 | | | 0 |", flush=True)


def print_companions(folder: Path) -> None:
    """Print how many made-up companions of every third real work are swallowed, sort by sort."""
    works = fit_for_companions(distinct_works(folder))[::3]
    print(f"\n| made-up companions of {len(works):,} real works | works | swallowed | with copies | copies that lose |")
    print("|---|--:|--:|--:|--:|")
    for name, sort in SORTS.items():
        found = [measure_companions(works, sort, each) for each in (None, several(2, LOSING_NOTHING), several(2))]
        cells = " | ".join(str(each.n_swallowed) for each in found)
        print(f"| {name} | {found[0].n_works:,} | {cells} |", flush=True)


def measured(task: Callable[..., tuple[object, ...]], *arguments: object) -> list[str]:
    """Return the cells of one row, measured in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        cells, memory = pool.apply(run, (task, *arguments))
    row = [*cells[:4], memory, *cells[4:]]
    return [
        f"{cell:,.3f}" if isinstance(cell, float) else f"{cell:,}" if isinstance(cell, int) else str(cell)
        for cell in row
    ]


def run(task: Callable[..., tuple[object, ...]], *arguments: object) -> tuple[tuple[object, ...], float]:
    """Return the cells of one row and the peak memory of this process in MiB."""
    cells = task(*arguments)
    return cells, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    print("| " + " | ".join(HEADS) + " |\n|---|" + "--:|" * (len(HEADS) - 1))
    others = [Path(name) for name in sys.argv[1:]]
    if others:
        for pre_merged, merged in zip(others[::2], others[1::2], strict=True):
            print("| " + " | ".join(measured(group_others, pre_merged, merged)) + " |", flush=True)
        return
    tasks: list[tuple[object, ...]] = [(group_made_up, 1_000), (group_made_up, 10_000)]
    tasks += [(know_made_up, 10_000, 200), (know_made_up, 100_000, 200), (know_made_up, 100_000, 10_000)]
    folder = os.environ.get("RECORDED_RESPONSES", "")
    if folder:
        halves = [(half, is_corrected) for is_corrected in (False, True) for half in (False, True, None)]
        tasks += [(group_labelled, Path(folder), *each) for each in halves]
        tasks += [(group_by_identifier, Path(folder))]
    for task, *arguments in tasks:
        print("| " + " | ".join(measured(task, *arguments)) + " |", flush=True)  # type: ignore[arg-type]
    if folder:
        print_differences(Path(folder))
        print_companions(Path(folder))
    else:
        print("\nRECORDED_RESPONSES names no folder: labelled sets were not measured.")


if __name__ == "__main__":
    main()

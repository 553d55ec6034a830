"""A night against a server on this machine: requests, seconds, memory. `python -m tests.benchmarks.night 100000 10000`

The first number is how many screened records the review knows, the second how many the made-up database returns, one in
fifty of which is new. The seconds hold those of the server, which runs in the same process.
"""

import datetime as dt
import json
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from generator.keeping import recording
from generator.records import store
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.asking.web import Web
from generator.surveillance.nightly import night
from tests.conftest import MADE_UP
from tests.surveillance.nights.conftest import FEED
from tests.surveillance.nights.faults import Answer, Asked, Faulty

PER_PAGE, ONE_NEW_IN = 100, 50
_DECIDED = "reason: no-tea, by: [pat], on: 2024-06-01"


SYLLABLES = ("ka", "lo", "mi", "ne", "pu", "ra", "si", "to", "ve", "zu", "bre", "dol", "fen", "gur", "hix")
WORDS = tuple(f"{first}{second}{third}" for first in SYLLABLES for second in SYLLABLES for third in SYLLABLES)


def title(number: int) -> str:
    """Return a title of nine made-up words that no other number has; titles are as little alike as real ones."""
    words = random.Random(number).choices(WORDS, k=8)  # noqa: S311 - the same words in every run
    return f"Made-up {' '.join(words)}"


def known_files(root: Path, n_known: int) -> None:
    """Write a ledger of screened records with made-up titles and DOIs."""
    lines = [
        f"  - {{title: {title(number)}, year: 2024, doi: 10.5555/known.{number}, {_DECIDED}}}"
        for number in range(n_known)
    ]
    text = "# yaml-language-server: $schema=../schema/screened-year.schema.json\nrecords:\n" + "\n".join(lines) + "\n"
    (root / "studies" / "screened" / "2023.yml").write_text(text, encoding="utf-8")


def works(n_returned: int, n_known: int, query: Mapping[str, str]) -> Mapping[str, object]:
    """Return one page of the made-up database: most of its works are known, one in fifty is not."""
    start = 0 if query.get("cursor", "*") == "*" else int(query["cursor"])
    numbers = range(start, min(start + PER_PAGE, n_returned))
    after = str(start + PER_PAGE) if start + PER_PAGE < n_returned else None
    if "doi:" in query.get("filter", ""):
        return {"meta": {"count": 0, "next_cursor": None}, "results": []}
    results = [_work(number if number % ONE_NEW_IN else n_known + number) for number in numbers]
    return {"meta": {"count": n_returned, "next_cursor": after}, "results": results}


def _work(number: int) -> Mapping[str, object]:
    return {
        "id": f"https://openalex.org/W{8_000_000 + number}",
        "doi": f"https://doi.org/10.5555/known.{number}",
        "title": title(number),
        "publication_year": 2024,
        "type": "article",
        "abstract_inverted_index": {f"word{position}": [position] for position in range(number % 7, 200)},
    }


def main() -> None:
    """Search once and print a table."""
    n_known, n_returned = (int(text) for text in sys.argv[1:3]) if len(sys.argv) > 2 else (100_000, 10_000)

    def answer(asked: Asked) -> Answer:
        if asked.path == "/works":
            return "application/json", json.dumps(works(n_returned, n_known, asked.query))
        doi = asked.path.partition("/works/")[2]
        return "application/json", json.dumps({"status": "ok", "message": {"DOI": doi, "title": ["Made-up"]}})

    with tempfile.TemporaryDirectory() as folder, Faulty(answer) as server:
        root = shutil.copytree(MADE_UP, Path(folder) / "review")
        protocol = root / "studies" / "protocol.yml"
        text = protocol.read_text(encoding="utf-8").replace(f'feeds: ["{FEED}"], ', "")
        protocol.write_text(text, encoding="utf-8")
        known_files(root, n_known)
        addresses = {f"LIVING_REVIEW_{name}_URL": server.address for name in ("OPENALEX",)}
        addresses["LIVING_REVIEW_CROSSREF_URL"] = f"{server.address}/crossref"
        steps = {"read the records": time.process_time()}
        records = store.load(root).records
        assert records.protocol
        steps["search and decide"] = time.process_time()
        asking = night.Asking(
            records, records.protocol, root, Occasion(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "1.2.3")
        )
        found = night.search(asking, Web("made-up test", addresses))
        steps["write"] = time.process_time()
        recording.record(root, found.files)
        steps["end"] = time.process_time()
        n_requests, n_new = len(server.requests), len(found.arrivals.new)
    names = list(steps)
    print(f"{n_known} known, {n_returned} returned, {n_new} new, {n_requests} requests\n")
    print("| step | CPU s |\n|---|--:|")
    for name, after in pairwise(names):
        print(f"| {name} | {steps[after] - steps[name]:.1f} |")
    print(f"| peak memory, MiB | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} |")


if __name__ == "__main__":
    main()

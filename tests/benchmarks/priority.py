"""Time, memory and order of explained priority: made-up texts of growing number and length.

Run: python -m tests.benchmarks.priority. Each row is measured in a process of its own, with its own peak memory.
CPU seconds are those of learning, scoring and matching alone. The made-up texts are of two made-up subjects that share
most of their words: the last column shows that the order is learned, not how well real records are ordered.
"""

import multiprocessing
import random
import resource
import time
from itertools import accumulate

from generator.surveillance.priority import fit
from generator.surveillance.priority.strategy_terms import matched

HEADS = (
    *("labelled", "included", "words each", "scored", "learn, CPU s", "score, CPU s", "match, CPU s", "peak MiB"),
    "eligible among the first fifth",
)
SYLLABLES = [first + last for first in "bcdfghklmnprstvz" for last in ("a", "e", "i", "o", "u", "an", "en", "in", "on")]


class Subjects:
    """Words of two made-up subjects, few of them frequent and most of them rare, as in any language."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.shared = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(20_000)]
        self._chances = list(accumulate(1 / (rank + 10) for rank in range(len(self.shared))))
        self.own = {label: [f"{word}{label}".lower() for word in self.shared[:300]] for label in (True, False)}

    def text(self, n_words: int, label: bool) -> str:
        """Return a made-up text, one word in twelve of which belongs to its subject alone."""
        words = self._chance.choices(self.shared, cum_weights=self._chances, k=n_words)
        for place in range(0, n_words, 12):
            words[place] = self._chance.choice(self.own[label])
        return "made-up " + " ".join(words)


def rank(n_labelled: int, n_words: int, n_scored: int) -> tuple[tuple[object, ...], float]:
    """Learn from labelled texts, one in fifty included, then score and match new ones; return the cells of a row."""
    subjects = Subjects(random.Random(1))  # noqa: S311 - made-up texts, not secrets
    labels = [number % 50 == 0 for number in range(n_labelled)]
    texts = [subjects.text(n_words, label) for label in labels]
    eligible = [number % 20 == 0 for number in range(n_scored)]
    new = [subjects.text(n_words, label) for label in eligible]
    strategy = " OR ".join(
        [f'"{word} {other}*"' for word, other in zip(*[iter(subjects.shared[:80])] * 2, strict=True)]
    )
    start = time.process_time()
    ranker = fit(texts, labels, " ".join(subjects.own[True][:40]))
    learned = time.process_time()
    scores = [scored.score for scored in ranker.score(new)]
    scored_by = time.process_time()
    for text in new:
        matched([strategy], text)
    matched_by = time.process_time()
    first = sorted(range(n_scored), key=lambda number: (-scores[number], number))[: n_scored // 5]
    share = sum(eligible[number] for number in first) / max(1, sum(eligible))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = (learned - start, scored_by - learned, matched_by - scored_by)
    return (n_labelled, sum(labels), n_words, n_scored, *times, memory), share


def main() -> None:
    """Print the table."""
    print("| " + " | ".join(HEADS) + " |\n|" + "--:|" * len(HEADS))
    for sizes in ((0, 12, 1_000), (100, 12, 1_000), (5_000, 12, 1_000), (10_000, 12, 1_000), (10_000, 160, 1_000)):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            cells, share = pool.apply(rank, sizes)
        shown = [f"{cell:,.2f}" if isinstance(cell, float) else f"{cell:,}" for cell in cells]
        print("| " + " | ".join([*shown, f"{share:.0%}"]) + " |", flush=True)


if __name__ == "__main__":
    main()

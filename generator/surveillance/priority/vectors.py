"""Words -> weights: how often a word stands in a text, against how many texts have it (TF-IDF)."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

Vector = dict[str, float]
"""Weight by key of a word; words that weigh nothing are left out."""
DOUBT = 10
"""That a word is rare is believed only once many more texts than this were seen."""


class Weighting:
    """How much each word of a set of texts tells.

    Term frequency is damped by its logarithm, the inverse document frequency is smoothed, and vectors have length 1
    (Salton and Buckley 1988, doi 10.1016/0306-4573(88)90021-0). A word that no text of the set has tells most.
    """

    def __init__(self, counts: Iterable[Mapping[str, int]]) -> None:
        n_texts = 0
        n_with: Counter[str] = Counter()
        for count in counts:
            n_texts += 1
            n_with.update(count.keys())
        self._unseen = math.log((DOUBT + n_texts) / DOUBT) + 1
        self._rarity = {key: math.log((DOUBT + n_texts) / (DOUBT + n)) + 1 for key, n in n_with.items()}

    def vector(self, count: Mapping[str, int]) -> Vector:
        """Return the vector of a text, given how often each word stands in it; empty for a text without words."""
        raw = {
            key: (1 + math.log(n)) * self._rarity.get(key, self._unseen)
            if n > 1
            else self._rarity.get(key, self._unseen)
            for key, n in count.items()
        }
        length = math.sqrt(sum(weight * weight for weight in raw.values()))
        return {key: weight / length for key, weight in raw.items()}


def add(target: Vector, vector: Mapping[str, float], factor: float) -> None:
    """Add `factor` times a vector to `target`."""
    for key, weight in vector.items():
        target[key] = target.get(key, 0.0) + factor * weight


def product(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """Return the inner product; for vectors of length 1 this is their cosine. `first` should be the shorter one."""
    return sum(weight * second[key] for key, weight in first.items() if key in second)

"""Two sets of vectors -> the direction that tells them apart: a linear support vector machine.

Dual coordinate descent for the squared hinge loss (Hsieh et al. 2008, algorithm 1, doi 10.1145/1390156.1390208),
without a constant, so that a text without any known word lies at zero. Vectors are visited in the order given, not at
random: the same vectors in the same order give the same direction.
"""

from collections.abc import Sequence
from operator import mul

from generator.surveillance.priority.vectors import Vector

PENALTY = 0.1
"""What a vector on the wrong side costs (C), before each set is made to count as much as the other. Small, because
decisions are few and words many."""
ROUNDS = 20
"""How often every vector is visited at most; the order of texts is settled long before full accuracy."""
TOLERANCE = 0.05
"""Nothing is visited again once no gradient of a round was larger."""


def direction(positive: Sequence[Vector], negative: Sequence[Vector]) -> Vector:
    """Return weights by word that are large for the words of `positive`; both sets must have members.

    Each set counts as much as the other, however few members it has.
    """
    vectors = [*positive, *negative]
    index: dict[str, int] = {}
    rows = [
        ([index.setdefault(key, len(index)) for key in vector], list(vector.values())) for vector in vectors if vector
    ]
    n_all = len(positive) + len(negative)
    signs = [1.0 if number < len(positive) else -1.0 for number, vector in enumerate(vectors) if vector]
    slack = {1.0: len(positive) / (PENALTY * n_all), -1.0: len(negative) / (PENALTY * n_all)}
    weights = _descend(rows, signs, slack, len(index))
    return {key: weights[place] for key, place in index.items() if weights[place]}


def _descend(
    rows: Sequence[tuple[list[int], list[float]]], signs: Sequence[float], slack: dict[float, float], n_words: int
) -> list[float]:
    weights = [0.0] * n_words
    alphas = [0.0] * len(rows)
    for _ in range(ROUNDS):
        largest = 0.0
        for number, (places, values) in enumerate(rows):
            sign, alpha = signs[number], alphas[number]
            spare = slack[sign]
            gradient = sign * sum(map(mul, map(weights.__getitem__, places), values)) - 1 + spare * alpha
            if alpha == 0.0 and gradient >= 0:
                continue
            largest = max(largest, abs(gradient))
            alphas[number] = max(alpha - gradient / (1 + spare), 0.0)
            step = (alphas[number] - alpha) * sign
            for place, value in zip(places, values, strict=True):
                weights[place] += step * value
        if largest < TOLERANCE:
            break
    return weights

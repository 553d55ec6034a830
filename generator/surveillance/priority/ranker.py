"""Decided texts and a question -> a ranker that orders new texts by how soon they are worth reading, and says why.

It orders, groups and explains; it never hides or decides anything. In every measured collection some eligible texts
stand far down a list like this one, so the whole list is read.

The method is relevance feedback (Rocchio; Salton and Buckley 1990,
doi 10.1002/(SICI)1097-4571(199006)41:4<288::AID-ASI8>3.0.CO;2-H): likeness to the question, plus the included texts,
less half the excluded ones. A linear support vector machine, as used for screening since Wallace et al. 2010
(doi 10.1186/1471-2105-11-55), takes part in the score and weighs more with every included text.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.surveillance.priority.linear import direction
from generator.surveillance.priority.vectors import Vector, Weighting, add, product
from generator.surveillance.priority.words import telling_words

EXCLUDED_SHARE = 0.5
"""How much the excluded texts count against the included ones."""
HALF_TRUST = 10
"""With this many included texts the classifier counts as much as the likeness; with none it does not count. With this
many excluded ones the scale has half of its room below."""
TERMS = 6
"""Words that explain a score, at most."""
TITLE_WORDS = 12
"""Without included texts, 100 stands for a text made of this many of the words that weigh most."""
ROOM_BELOW = 25
"""Points of the scale that many exclusions take for texts with more against than for them; few take fewer."""


@dataclass(frozen=True)
class Scored:
    """How soon a text is worth reading, and why.

    The score compares texts that one ranker scored. It is no probability, and a score of today and one of last year
    rest on different decisions.
    """

    score: int
    """0 to 100. 0: no word in common with the question and the decided texts. 1 to 25, once texts were excluded: as
    much or more against it as for it. 100: as like what is sought as the included texts are on average, or more."""
    terms: tuple[str, ...]
    """The words that raised the score most, the strongest first, as they stand in the text; at most six, none
    where every word speaks against it."""


@dataclass(frozen=True)
class _Scale:
    """From a sum of weights to points: 0 stands at `zero`, 1 at 100, and the excluded texts' mean at half of `zero`."""

    zero: float = 0.0
    excluded: float = -1.0
    """The sum that excluded texts reach on average, below 0."""

    def points(self, total: float) -> int:
        if total >= 0:
            return round(self.zero + (100 - self.zero) * min(1.0, total))
        return round(self.zero / (1 + total / self.excluded))


class Ranker:
    """What was learned from the question and the decisions: one weight for each word."""

    def __init__(self, weighting: Weighting, weights: Mapping[str, float], scale: _Scale) -> None:
        self._weighting = weighting
        self._weights = weights
        self._scale = scale

    def score(self, texts: Sequence[str]) -> list[Scored]:
        """Return the score of each text, in the order given. A text's score does not depend on the other texts."""
        return [self._scored(text) for text in texts]

    def _scored(self, text: str) -> Scored:
        count: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for word in telling_words(text):
            count[word.key] += 1
            shown.setdefault(word.key, word.shown)
        vector = self._weighting.vector(count)
        parts = {key: weight * self._weights[key] for key, weight in vector.items() if key in self._weights}
        strongest = sorted((-part, key) for key, part in parts.items() if part > 0)
        if not parts:
            return Scored(0, ())
        points = max(1, self._scale.points(sum(parts.values())))
        return Scored(points, tuple(shown[key] for _, key in strongest[:TERMS]))


def fit(texts: Sequence[str], labels: Sequence[bool | None], question: str = "") -> Ranker:
    """Learn from texts that are included (True), excluded (False) or undecided (None), and from a question.

    Undecided texts teach nothing but how common words are. Everything may be empty: without decisions the question
    alone orders, without a question the decisions alone. The order of the texts does not matter.

    Raises ValueError when there are not as many labels as texts.
    """
    decided = sorted(zip(texts, labels, strict=True), key=lambda one: (one[0], str(one[1])))
    counts = [_count(text) for text, _ in decided]
    asked = _count(question)
    weighting = Weighting([*counts, asked] if asked else counts)
    labelled = list(zip(counts, (label for _, label in decided), strict=True))
    included = [weighting.vector(count) for count, label in labelled if label is True and count]
    excluded = [weighting.vector(count) for count, label in labelled if label is False and count]
    likeness = _scaled(_profile(weighting.vector(asked), included, excluded), included)
    trust = len(included) / (len(included) + HALF_TRUST) if excluded else 0.0
    weights: Vector = {}
    add(weights, likeness, 1 - trust)
    if trust:
        add(weights, _scaled(direction(included, excluded), included), trust)
    against = sum(product(vector, weights) for vector in excluded) / len(excluded) if excluded else 0.0
    return Ranker(weighting, weights, _scale(against, len(excluded)))


def _scale(against: float, n_excluded: int) -> _Scale:
    """Return the scale that leaves room below zero once the excluded texts lie there on average."""
    return _Scale(ROOM_BELOW * n_excluded / (n_excluded + HALF_TRUST), against) if against < 0 else _Scale()


def _count(text: str) -> Counter[str]:
    return Counter(word.key for word in telling_words(text))


def _profile(asked: Vector, included: Sequence[Vector], excluded: Sequence[Vector]) -> Vector:
    profile = dict(asked)
    for vectors, factor in ((included, 1.0), (excluded, -EXCLUDED_SHARE)):
        for vector in vectors:
            add(profile, vector, factor / len(vectors))
    return profile


def _scaled(weights: Vector, included: Sequence[Vector]) -> Vector:
    """Return the weights so that the included texts reach 1 on average, or the best title where there are none."""
    reached = sum(product(vector, weights) for vector in included) / len(included) if included else 0.0
    if reached <= 0:
        best = sorted((weight for weight in weights.values() if weight > 0), reverse=True)[:TITLE_WORDS]
        reached = sum(weight * weight for weight in best) ** 0.5
    return {key: weight / reached for key, weight in weights.items()} if reached else {}

"""The vocabulary of the records in words for readers. Holds nothing that belongs to one review."""

from generator.model.instrument import Better
from generator.model.protocol import Priority
from generator.model.registry_status import RegistryStatus
from generator.model.report import Basis
from generator.model.result import Contrast, Direction, NoneReported, Statistic
from generator.model.study import Design
from generator.model.summary import Certainty
from generator.records.quotes import Verdict

_DESIGNS = {
    Design.RCT_PARALLEL: "randomised trial, parallel groups",
    Design.RCT_CROSSOVER: "randomised trial, crossover",
    Design.RCT_CLUSTER: "randomised trial, clusters",
    Design.NONRANDOMISED_CONTROLLED: "controlled, not randomised",
    Design.COHORT: "cohort",
    Design.CASE_CONTROL: "case-control",
    Design.BEFORE_AFTER: "before and after, no control group",
    Design.CASE_SERIES: "case series",
    Design.CASE_REPORT: "case report",
    Design.OTHER: "other",
}
_DIRECTIONS = {
    Direction.IMPROVED: "improved",
    Direction.WORSENED: "worsened",
    Direction.NO_CHANGE: "no change",
    Direction.MIXED: "mixed",
    Direction.UNCLEAR: "unclear",
}
_STATISTICS = {
    Statistic.MEAN: "mean",
    Statistic.MEDIAN: "median",
    Statistic.MEAN_CHANGE: "mean change from the start",
    Statistic.MEDIAN_CHANGE: "median change from the start",
    Statistic.PERCENT_IMPROVEMENT: "percent improvement from the start",
    Statistic.MEAN_DIFFERENCE: "mean difference between groups",
    Statistic.SMD: "standardised mean difference between groups",
    Statistic.RISK_RATIO: "risk ratio",
    Statistic.RISK_DIFFERENCE: "risk difference",
    Statistic.ODDS_RATIO: "odds ratio",
    Statistic.EVENTS: "people with the event",
    Statistic.RESPONDERS: "people who responded",
}
_CONTRASTS = {
    Contrast.SINGLE_TIME: "at one time",
    Contrast.WITHIN_ARM: "within one group, before and after",
    Contrast.BETWEEN_ARM: "between groups",
}
_BETTER = {
    Better.LOWER: "lower is better",
    Better.HIGHER: "higher is better",
    Better.AMBIGUOUS: "direction ambiguous",
    Better.NOT_APPLICABLE: "no better end",
}
_NONE_REPORTED = {
    NoneReported.ANY: "no adverse event",
    NoneReported.SERIOUS: "no serious adverse event",
    NoneReported.SEVERE: "no severe adverse event",
}
_CERTAINTY = {
    Certainty.HIGH: ("high", "⊕⊕⊕⊕"),
    Certainty.MODERATE: ("moderate", "⊕⊕⊕◯"),
    Certainty.LOW: ("low", "⊕⊕◯◯"),
    Certainty.VERY_LOW: ("very low", "⊕◯◯◯"),
}
_PRIORITIES = {
    Priority.CRITICAL: "critical for a decision",
    Priority.IMPORTANT: "important for a decision",
    Priority.LIMITED: "of limited importance for a decision",
}
_BASES = {
    Basis.FULL_TEXT: "full text",
    Basis.ABSTRACT: "abstract",
    Basis.REGISTRY: "registry",
    Basis.SECONDARY: "another review",
}
_TIME_WORDS = """
about after around at before between during earlier early end first from immediate immediately intermediate last late
later less long longer medium more no over short shorter start under until up within
"""
_OF_TIME = frozenset(_TIME_WORDS.split())
"""Words with which the name of a time begins; any other word with a capital may be a name or an abbreviation."""
_VERDICTS = {
    Verdict.VERIFIED: "Found word for word in the text on file.",
    Verdict.NOT_VERIFIABLE: "Not checked by the software: the text is not on file.",
    Verdict.FAILED: "Not found in the text on file.",
}


def design_label(design: Design) -> str:
    """Return a design in words."""
    return _DESIGNS[design]


def direction_label(direction: Direction) -> str:
    """Return a direction in words."""
    return _DIRECTIONS[direction]


def statistic_label(statistic: Statistic) -> str:
    """Return what a number is, in words."""
    return _STATISTICS[statistic]


def contrast_label(contrast: Contrast) -> str:
    """Return what is compared with what, in words."""
    return _CONTRASTS[contrast]


def better_label(better: Better) -> str:
    """Return which end of a scale is better, in words."""
    return _BETTER[better]


def none_reported_label(none_reported: NoneReported) -> str:
    """Return which harms were reported not to have occurred, in words."""
    return _NONE_REPORTED[none_reported]


def certainty_label(certainty: Certainty) -> str:
    """Return a level of certainty in words."""
    return _CERTAINTY[certainty][0]


def certainty_symbol(certainty: Certainty) -> str:
    """Return GRADE's four circles for a level of certainty."""
    return _CERTAINTY[certainty][1]


def basis_label(basis: Basis) -> str:
    """Return what data were extracted from, in words."""
    return _BASES[basis]


def priority_label(priority: Priority) -> str:
    """Return how much an outcome matters, in the words of GRADE."""
    return _PRIORITIES[priority]


def status_label(status: RegistryStatus) -> str:
    """Return a registry status in words: `NOT_YET_RECRUITING` becomes not yet recruiting."""
    if status is RegistryStatus.ACTIVE_NOT_RECRUITING:
        return "active, not recruiting"
    return status.replace("_", " ").lower()


def time_within_a_sentence(label: str) -> str:
    """Return the name of a time as it reads behind a comma: `Over 1 week` becomes over 1 week, and `Ramadan` stays."""
    first, blank, rest = label.partition(" ")
    return f"{first.lower()}{blank}{rest}" if first.istitle() and first.lower() in _OF_TIME else label


def verdict_label(verdict: Verdict) -> str:
    """Return what came of looking a quote up, in a sentence."""
    return _VERDICTS[verdict]

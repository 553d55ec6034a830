"""Whether results may be pooled, and the reason that is printed when they may not.

The rules are those of the Cochrane Handbook (chapters 10 and 12), Vickers 2001 (BMC Med Res Methodol 1:6) on percent
change and Cuijpers 2017 on change within one group. Without a comparison between people nothing is ever pooled.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.model.result import Contrast, DispersionKind, Result, Statistic
from generator.model.study import CONTROLLED, RANDOMISED, Design
from generator.model.values import Missing

RATIOS = frozenset({Statistic.RISK_RATIO, Statistic.ODDS_RATIO})
DIFFERENCES = frozenset({Statistic.MEAN_DIFFERENCE, Statistic.SMD, Statistic.RISK_DIFFERENCE})
UNITED = frozenset({Statistic.MEAN_DIFFERENCE, Statistic.RISK_DIFFERENCE})
"""Effect measures that carry a unit."""


@dataclass(frozen=True)
class Verdict:
    """May these results be pooled, and why not."""

    poolable: bool
    reason: str


Rows = Sequence[tuple[Design, Result]]

OBSTACLES: tuple[tuple[Callable[[Rows], bool], str], ...] = (
    (lambda rows: not rows, "No study reports a result."),
    (
        lambda rows: all(result.statistic is Statistic.PERCENT_IMPROVEMENT for _, result in rows),
        (
            "Percent improvements are not pooled: they come without a measure of spread, depend on the value at the"
            " start, and are no comparison between people."
        ),
    ),
    (
        lambda rows: any(
            design not in CONTROLLED or result.contrast is not Contrast.BETWEEN_ARM for design, result in rows
        ),
        "Not pooled: at least one result does not compare people who had the intervention with people who had not.",
    ),
    (
        lambda rows: len({design in RANDOMISED for design, _ in rows}) > 1,
        "Not pooled: randomised and other studies are kept apart.",
    ),
    (
        lambda rows: len({result.statistic for _, result in rows}) > 1,
        "Not pooled: the results are different effect measures.",
    ),
    (
        lambda rows: rows[0][1].statistic not in RATIOS | DIFFERENCES,
        "Not pooled: the printed numbers are no effect measures.",
    ),
    (
        lambda rows: len({result.unit for _, result in rows if result.statistic in UNITED}) > 1,
        "Not pooled: the results are printed in different units.",
    ),
    (
        lambda rows: not all(has_precision(result) for _, result in rows),
        "Not pooled: at least one result has no standard error or confidence interval.",
    ),
    (lambda rows: len(rows) < 2, "Not pooled: only one study reports this comparison."),
)
"""What forbids pooling, in the order in which it is looked for, and the words that are printed."""


def verdict(rows: Rows) -> Verdict:
    """Return whether results of one outcome, instrument and time may be pooled; one result per study is expected."""
    reason = next((words for forbids, words in OBSTACLES if forbids(rows)), "")
    return Verdict(not reason, reason)


def has_precision(result: Result) -> bool:
    """Return whether a result carries a value and what is needed for its standard error."""
    spread = result.dispersion
    if isinstance(result.value, Missing) or spread is None:
        return False
    if spread.kind is DispersionKind.SE:
        return spread.value is not None
    return spread.kind is DispersionKind.CI95 and spread.low is not None and spread.high is not None

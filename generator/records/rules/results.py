"""Rules about results, one printed number each: when, of whom, compared with what, and who got better."""

from collections.abc import Iterator
from decimal import Decimal

from generator.model.instrument import Better, Instrument
from generator.model.records import Records
from generator.model.result import Contrast, Direction, DispersionKind, Result, Statistic
from generator.model.study import CONTROLLED, Study
from generator.problems import Level, Place, Problem
from generator.records.rules.files import included

_BETWEEN_ONLY = frozenset(
    {
        Statistic.MEAN_DIFFERENCE,
        Statistic.SMD,
        Statistic.RISK_RATIO,
        Statistic.RISK_DIFFERENCE,
        Statistic.ODDS_RATIO,
    }
)
_ONE_SIDED = frozenset({Direction.IMPROVED, Direction.WORSENED})
_ONE_NUMBER = frozenset({DispersionKind.SD, DispersionKind.SE})


def _results(records: Records) -> Iterator[tuple[str, Place, Study, Result]]:
    for path, study in included(records):
        for index, result in enumerate(study.results):
            yield path, ("results", index), study, result


def results_lie_within_follow_up(records: Records) -> Iterator[Problem]:
    """The time of a result is one of `follow_up.times`; only a single-time result may be at baseline."""
    for path, place, study, result in _results(records):
        if result.time == "baseline":
            if result.contrast is not Contrast.SINGLE_TIME:
                yield Problem(
                    path,
                    (*place, "time"),
                    f"expected a time after the intervention, found 'baseline' for {result.contrast}",
                    "A change from baseline stands at the later of its two times.",
                )
        elif study.follow_up is None or result.time not in study.follow_up.times:
            times = ", ".join(study.follow_up.times) if study.follow_up else ""
            expected = f"one of the times of follow_up ({times})" if times else "follow_up with its times"
            yield Problem(
                path,
                (*place, "time"),
                f"expected {expected}, found {result.time!r}",
                "Add the time under `follow_up.times`, spelled alike, or mend it here.",
            )


def comparisons_have_a_comparator(records: Records) -> Iterator[Problem]:
    """A between-arm result names its comparator and comes from a controlled study; other results name none.

    Without a comparator a change cannot be attributed to the intervention (EPOC on uncontrolled before-after studies).
    """
    for path, place, study, result in _results(records):
        if result.contrast is not Contrast.BETWEEN_ARM:
            if result.comparator:
                yield Problem(
                    path,
                    (*place, "comparator"),
                    f"expected no comparator for {result.contrast}, found {result.comparator!r}",
                    "Write `contrast: between-arm` when two arms are compared.",
                )
            if result.statistic in _BETWEEN_ONLY:
                yield Problem(
                    path,
                    (*place, "statistic"),
                    f"expected a statistic of one arm for {result.contrast}, found {result.statistic.value!r}",
                    "This statistic compares two arms: write `contrast: between-arm` and the comparator.",
                )
            continue
        if not result.comparator or result.comparator == result.arm:
            found = f"{result.comparator!r} on both sides" if result.comparator else "none"
            yield Problem(path, place, f"expected `comparator` with another arm for between-arm, found {found}")
        if study.design not in CONTROLLED:
            yield Problem(
                path,
                (*place, "contrast"),
                f"expected a contrast within one arm, because the design is {study.design}, found 'between-arm'",
                "Mend the design when people were compared with other people.",
            )


def dispersions_have_their_parts(records: Records) -> Iterator[Problem]:
    """SD and SE are one number, an interval or range is two in order: other parts cannot be read safely."""
    for path, place, _, result in _results(records):
        spread = result.dispersion
        if spread is None:
            continue
        where = (*place, "dispersion")
        if spread.kind in _ONE_NUMBER:
            if spread.value is None or spread.low is not None or spread.high is not None:
                yield Problem(path, where, f"expected `value` alone for {spread.kind}, found {_parts(spread)}")
            elif spread.value < 0:
                yield Problem(path, (*where, "value"), f"expected a number not below 0, found {spread.value}")
        elif spread.low is None or spread.high is None or spread.value is not None:
            yield Problem(path, where, f"expected `low` and `high` alone for {spread.kind}, found {_parts(spread)}")
        elif spread.low > spread.high:
            yield Problem(path, where, f"expected low not above high, found {spread.low} and {spread.high}")


def _parts(spread: object) -> str:
    named = [f"`{field}`" for field in ("value", "low", "high") if getattr(spread, field) is not None]
    return " and ".join(named) or "none"


def events_do_not_exceed_people(records: Records) -> Iterator[Problem]:
    """Not more people have an event or respond than there are people; the same holds for harms."""
    for path, place, _, result in _results(records):
        if result.events is not None and isinstance(result.n, int) and result.events > result.n:
            yield Problem(
                path, (*place, "events"), f"expected at most {result.n}, the `n` of this result, found {result.events}"
            )
    for path, study in included(records):
        if not study.harms:
            continue
        n_observed = next(
            (n for n in (study.harms.n_assessed, study.participants.n_enrolled) if isinstance(n, int)), None
        )
        for index, event in enumerate(study.harms.events):
            if n_observed is not None and isinstance(event.n_people, int) and event.n_people > n_observed:
                yield Problem(
                    path,
                    ("harms", "events", index, "n_people"),
                    f"expected at most {n_observed} people, as many as were observed, found {event.n_people}",
                    "How often it occurred stands in `n_events`.",
                )


def percents_say_of_what(records: Records) -> Iterator[Problem]:
    """A percent improvement within an arm says what it is a percent of, or that this is unknown.

    The mean of each person's percent differs from the percent change of the means (Vickers 2001).
    """
    for path, place, _, result in _results(records):
        is_percent = result.statistic is Statistic.PERCENT_IMPROVEMENT and result.contrast is Contrast.WITHIN_ARM
        if is_percent and result.percent_of is None:
            yield Problem(
                path,
                place,
                "expected `percent_of` beside a percent improvement, found none",
                "Write individual-mean, arm-means, or unknown when the report does not say.",
                Level.WARNING,
            )


def ambiguous_instruments_have_no_direction(records: Records) -> Iterator[Problem]:
    """Where one name stands for scales with opposite better ends, no result is coded as improved or worsened."""
    for path, place, result, instrument in _measured(records):
        if instrument.better is Better.AMBIGUOUS and result.direction in _ONE_SIDED:
            yield Problem(
                path,
                (*place, "direction"),
                f"expected unclear, mixed or no-change, because the better end of {instrument.short} is ambiguous, "
                f"found {result.direction.value!r}",
                "Find out which scale was used and give it an id of its own in studies/instruments.yml.",
            )


def directions_agree_with_percents(records: Records) -> Iterator[Problem]:
    """A percent improvement within an arm above 0 is not coded as worsened, one below 0 not as improved.

    Only this statistic says by its name what its sign means; the sign of any other number says nothing.
    """
    for path, place, _, result in _results(records):
        is_percent = result.statistic is Statistic.PERCENT_IMPROVEMENT and result.contrast is not Contrast.BETWEEN_ARM
        if not is_percent or not isinstance(result.value, Decimal):
            continue
        improved = result.direction is Direction.IMPROVED and result.value <= 0
        worsened = result.direction is Direction.WORSENED and result.value >= 0
        if improved or worsened:
            yield _contradiction(path, place, result, f"a percent improvement of {result.value}")


def directions_agree_with_means(records: Records) -> Iterator[Problem]:
    """A direction within an arm does not contradict the means printed for baseline and the same time.

    Judged with the better end of the instrument; nothing is said where it is ambiguous or a mean is missing.
    """
    means: dict[tuple[str, str, str, str], Decimal] = {}
    for path, _, _, result in _results(records):
        is_mean = result.contrast is Contrast.SINGLE_TIME and result.statistic is Statistic.MEAN
        if is_mean and isinstance(result.value, Decimal):
            means[path, result.arm, result.instrument, result.time] = result.value
    for path, place, result, instrument in _measured(records):
        key = (path, result.arm, result.instrument)
        before, after = means.get((*key, "baseline")), means.get((*key, result.time))
        within = result.contrast is not Contrast.BETWEEN_ARM and result.time != "baseline"
        if not within or before is None or after is None or before == after or result.direction not in _ONE_SIDED:
            continue
        if instrument.better in (Better.LOWER, Better.HIGHER):
            improved = (after < before) == (instrument.better is Better.LOWER)
            if improved != (result.direction is Direction.IMPROVED):
                yield _contradiction(
                    path, place, result, f"means of {before} and {after} where {instrument.better} is better"
                )


def _measured(records: Records) -> Iterator[tuple[str, Place, Result, Instrument]]:
    known = records.instruments.instruments if records.instruments else {}
    for path, place, _, result in _results(records):
        instrument = known.get(result.instrument)
        if instrument:
            yield path, place, result, instrument


def _contradiction(path: str, place: Place, result: Result, printed: str) -> Problem:
    return Problem(
        path,
        (*place, "direction"),
        f"expected a direction that fits {printed}, found {result.direction.value!r}",
        "Mend the direction or the number; when the report contradicts itself, write unclear and add a discrepancy.",
    )


RULES = (
    results_lie_within_follow_up,
    comparisons_have_a_comparator,
    dispersions_have_their_parts,
    events_do_not_exceed_people,
    percents_say_of_what,
    ambiguous_instruments_have_no_direction,
    directions_agree_with_percents,
    directions_agree_with_means,
)

"""Results of the included studies: one row per printed number, never pooled here."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from generator.model.instrument import Better
from generator.model.result import Dispersion, Result
from generator.model.values import Missing
from generator.review import Review
from generator.review.places import quotes_at
from generator.review.study_facts import badges, label_of
from generator.review.study_results import StudyResult, study_results
from generator.site.pieces import STUDIES, blocks, chosen
from generator.wording.table import Cell, Cells, Column, Link, Row, Table, cell
from generator.wording.words import better_label, contrast_label, direction_label, statistic_label

_COLUMNS = (
    Column("study", "Study", "The study; the id of its record."),
    Column("instrument", "Instrument", "The scale, and which end of it is better.", facet=True),
    Column("group", "Group", "The group of people the number describes."),
    Column("time", "Time", "Time since the intervention."),
    Column("window", "Time window", "The protocol's span of follow-up that the time falls into.", shown=False),
    Column("value", "Number as printed", "The printed number with its unit.", number=True),
    Column("unit", "Unit", "Unit of the number.", shown=False),
    Column("direction", "Direction", "Whether people got better, judged by the instrument's better end.", facet=True),
    Column("statistic", "What it is", "Which statistic the number is, and what it compares."),
    Column("contrast", "Contrast", "single-time, within-arm or between-arm.", shown=False),
    Column("percent_of", "Percent of", "What a percent is a percent of.", shown=False),
    Column("n", "People", "How many people the number describes.", number=True),
    Column("dispersion", "Spread or precision", "As printed."),
    Column("p", "p value", "p value as printed; it drives nothing here."),
    Column("badges", "How far checked", "What a reader must know about how the number was extracted.", shown=False),
)
_shared = lru_cache(maxsize=4096, typed=True)(cell)
"""Cells of values that return in row after row, such as times and units, made once; never of decimal numbers, which
may be equal and printed with other digits."""


def table(review: Review) -> Table:
    """Return every printed number of every included study that was not taken out again."""
    return replace(result_table(()), rows=blocks(review, STUDIES, review.studies, "results", _rows))


NOTE = "Numbers are shown as printed. Numbers of groups without a control say nothing about what caused a change."


def shown_table(review: Review, results: Sequence[StudyResult], caption: str, name: str) -> Table:
    """Return a table of some results of one instrument, for the page of results."""
    rows = chosen(review, STUDIES, ((one.study_id, one.index) for one in results), "result", _rows)
    return replace(result_table((), caption, name, leave_out=("instrument",), note=""), rows=rows)


def result_table(  # noqa: PLR0913 - each says something else about where the table stands
    results: Collection[StudyResult],
    caption: str = "Results as printed",
    name: str = "results",
    *,
    own_page: bool = False,
    leave_out: Collection[str] = (),
    note: str = NOTE,
) -> Table:
    """Return a table of the given results; on a study's own page the quotes are on the same page.

    `leave_out` holds the keys of columns that the place of the table makes needless.
    """
    needless = {*leave_out, *(("study", "badges") if own_page else ())}
    return Table(
        name,
        caption,
        tuple(column for column in _COLUMNS if column.key not in needless),
        tuple(_row(result, own_page=own_page) for result in results),
        note=note,
        empty="No result has been extracted.",
    )


def _rows(review: Review, key: str, index: int | None = None) -> Iterator[Row]:
    """Yield the row of each result of a study, or of the one at a position among them."""
    found = study_results(key, review.studies[key], review.records, review.protocol)
    return (_row(result, own_page=False) for result in found if index is None or result.index == index)


def _row(one: StudyResult, *, own_page: bool) -> dict[str, Cells]:
    result = one.result
    page = "" if own_page else f"studies/{one.study_id}.md"
    marks = badges(one.study)
    said = quotes_at(page, result.source)
    return {
        "study": Cell(label_of(one.study_id), one.study_id, Link(f"studies/{one.study_id}.md")),
        "instrument": _instrument(one.instrument_id, one.instrument.short, one.instrument.better),
        "group": _group(one),
        "time": _shared(result.time),
        "window": _shared(one.window.label if one.window else None),
        "value": _value(result, said, () if own_page else marks),
        "unit": _shared(result.unit),
        "statistic": Cell(statistic_label(result.statistic), str(result.statistic), note=_about(result)),
        "contrast": Cell(str(result.contrast)),
        "percent_of": _shared(result.percent_of),
        "n": cell(result.n),
        "dispersion": _dispersion(result.dispersion),
        "p": cell(result.p),
        "direction": Cell(direction_label(one.direction), str(one.direction)),
        "badges": tuple(Cell("", str(mark), badges=(mark,)) for mark in marks) or Cell("", ""),
    }


@lru_cache(maxsize=1024)
def _instrument(key: str, short: str, better: Better) -> Cell:
    return Cell(short, key, Link("instruments.md", f"instrument-{key}"), note=better_label(better))


def _group(one: StudyResult) -> Cell:
    result = one.result
    labels = {arm.id: arm.label for arm in (*one.study.arms, *one.study.subgroups)}
    other = f"compared with {labels.get(result.comparator, result.comparator)}" if result.comparator else ""
    return Cell(labels.get(result.arm, result.arm), result.arm, note=other)


def _value(result: Result, said: tuple[Link, ...], marks: tuple[str, ...]) -> Cell:
    if isinstance(result.value, Missing):
        return cell(result.value, said, note=result.note or "")
    unit = f" {result.unit}" if result.unit else ""
    of = f" ({result.events} of {result.n})" if result.events is not None and isinstance(result.n, int) else ""
    text, note = f"{_plain(result.value)}{unit}{of}", result.note or ""
    return Cell(text, result.value, sources=said, badges=marks, note=note, sort_key=result.value)


def _about(result: Result) -> str:
    parts = [contrast_label(result.contrast)]
    if result.percent_of:
        parts.append(
            {
                "unknown": "mean of percents or percent of means: not stated",
                "individual-mean": "mean of each person's percent",
                "arm-means": "percent change of the group's mean",
            }[result.percent_of]
        )
    if result.threshold:
        parts.append(f"threshold: {result.threshold}")
    return "; ".join(parts)


def _dispersion(spread: Dispersion | None) -> Cell:
    if spread is None:
        return cell(None)
    name = {"sd": "SD", "se": "SE", "ci95": "95 % CI", "iqr": "IQR", "range": "range"}[spread.kind]
    imputed = ", imputed" if spread.imputed else ""
    if spread.low is not None and spread.high is not None:
        return Cell(f"{name} {_plain(spread.low)} to {_plain(spread.high)}{imputed}")
    return Cell(f"{name} {_plain(spread.value)}{imputed}")


def _plain(number: Decimal | None) -> str:
    return "?" if number is None else f"{number}".replace("-", "−")

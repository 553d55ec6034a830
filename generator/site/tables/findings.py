"""Summary of findings: what is known of each outcome and how sure it is; no effect columns, as nothing is pooled."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache

from generator.model.result import Direction
from generator.model.summary import CertaintyRating, Downgrade
from generator.review import Review
from generator.review.findings import summary_outcomes
from generator.review.harms import HarmsEvidence
from generator.review.living import plural
from generator.review.outcomes import OutcomeEvidence
from generator.review.study_facts import badges, label_of, no_harm_bound
from generator.wording.markdown import circles, join
from generator.wording.table import Cell, Cells, Column, Link, Table, cell
from generator.wording.words import certainty_label, certainty_symbol, none_reported_label, priority_label

_COLUMNS = (
    Column("outcome", "Outcome", "Outcome of the protocol, and how important it is for a decision."),
    Column("n_studies", "Studies", "Included studies that report the outcome.", number=True),
    Column("n_controlled", "Controlled studies", "How many of them have a control group.", number=True, shown=False),
    Column("n_people", "People", "People enrolled in these studies.", number=True),
    Column("found", "What the studies found", "Direction of the results in words; nothing is pooled."),
    Column("certainty", "Certainty", "Certainty of the evidence (GRADE): high, moderate, low or very low."),
    Column("reasons", "Reasons for the certainty", "The five reasons to lower certainty, as rated.", shown=False),
    Column("sentence", "In a sentence", "The finding in words that fit its certainty.", shown=False),
    Column("comments", "Comments", "What a reader must know beside it."),
)
NO_EVIDENCE = "No included study reports this outcome, so nothing is known about it."
UNCERTAIN = "The evidence is very uncertain about the effect of the intervention on this outcome."
"""The words for very low certainty while nothing else has been written (Santesso 2020, J Clin Epidemiol 119:126)."""
_FEW_NAMES = 6
_FOUND = {
    Direction.IMPROVED: "Improved in",
    Direction.WORSENED: "Worsened in",
    Direction.NO_CHANGE: "No change in",
    Direction.MIXED: "Mixed results in",
    Direction.UNCLEAR: "Direction unclear in",
}


def table(review: Review) -> Table:
    """Return the summary of findings."""
    return Table(
        "findings",
        "Summary of findings",
        _COLUMNS,
        tuple(_row(review, one) for one in summary_outcomes(review.outcomes)),
        note="Nothing is pooled, so there are no columns for effects. Each outcome leads to its numbers.",
        empty="The protocol names no outcome.",
    )


def shown_table(review: Review) -> Table:
    """Return the summary as its page shows it: what holds for every row stands once, in the note below the table.

    What the protocol notes about an outcome is left to the page; comments take no room where no row has any.
    """
    whole, outcomes = table(review), summary_outcomes(review.outcomes)
    marked = [found for found in _marks(review).values() if found[0]]
    every = [[mark for mark, n_marked in marks.items() if n_marked == n_all] for n_all, marks in marked]
    shared = [mark for mark in every[0] if all(mark in marks for marks in every)] if every else []
    comments = [
        tuple(map(Cell, (*_out_of_date(review, one), *_checked(review, one, leave_out=shared)))) for one in outcomes
    ]
    last = replace(whole.columns[-1], shown=any(comments))
    rows = zip(whole.rows, comments, strict=True)
    return replace(
        whole,
        columns=(*whole.columns[:-1], last),
        rows=tuple(row | {"comments": told or Cell("none", "")} for row, told in rows),
        note=f"{whole.note} Every study here: {', '.join(shared)}." if shared else whole.note,
    )


def sentence(review: Review, outcome: OutcomeEvidence) -> str:
    """Return the finding on one outcome in a sentence that fits its certainty."""
    if outcome.bottom_line and outcome.bottom_line.text:
        return review.fill(outcome.bottom_line.text)
    return UNCERTAIN if outcome.n_studies else NO_EVIDENCE


def factors(rating: CertaintyRating) -> Iterator[tuple[str, Downgrade]]:
    """Yield the five reasons to lower certainty, each with its name."""
    yield "Risk of bias", rating.risk_of_bias
    yield "Inconsistency", rating.inconsistency
    yield "Indirectness", rating.indirectness
    yield "Imprecision", rating.imprecision
    yield "Publication bias", rating.publication_bias


def lowered(downgrade: Downgrade) -> str:
    """Return by how much a factor lowered the certainty, in words."""
    return f"lowered by {downgrade.levels}" if downgrade.levels else "not lowered"


def _row(review: Review, one: OutcomeEvidence) -> dict[str, Cells]:
    rating = one.certainty.rating
    page = "harms.md" if one.domain.harms else "results.md"
    return {
        "outcome": Cell(
            one.domain.label,
            one.domain.id,
            Link(page, "" if one.domain.harms else f"outcome-{one.domain.id}"),
            note=priority_label(one.domain.priority),
        ),
        "n_studies": Cell(str(one.n_studies), one.n_studies, note=_controlled(one), sort_key=one.n_studies),
        "n_controlled": Cell(str(one.n_controlled), one.n_controlled),
        "n_people": cell(one.n_people),
        "found": tuple(Cell(words) for words in _found(review, one)),
        "certainty": _certainty(one),
        "reasons": tuple(Cell(f"{name}: {lowered(what)}. {what.reason}") for name, what in factors(rating))
        if rating
        else Cell(one.certainty.reason),
        "sentence": Cell(sentence(review, one)),
        "comments": tuple(Cell(words) for words in _comments(review, one)) or Cell("none", ""),
    }


def _controlled(one: OutcomeEvidence) -> str:
    if not one.n_studies:
        return ""
    return f"{one.n_controlled or 'none'} with a control group"


def _certainty(one: OutcomeEvidence) -> Cell:
    if not one.n_studies:
        return Cell("no evidence", "", missing=True)
    level = one.certainty.level
    symbol, words = certainty_symbol(level), certainty_label(level)
    return Cell(f"{symbol} {words}", str(level), note=one.certainty.reason, markup=join((circles(symbol), words), " "))


def _found(review: Review, one: OutcomeEvidence) -> Iterator[str]:
    if not one.n_studies:
        yield "No included study reports this outcome."
        return
    for way, studies in one.by_direction.items():
        yield f"{_FOUND[way]} {_named([study.study_id for study in studies])}."
    if one.directions and not one.n_compared:
        yield "None of these compares groups, so nothing shows what caused it."
    elif one.n_compared < len(one.directions):
        n_alone = len(one.directions) - one.n_compared
        yield f"{n_alone} of these {'does' if n_alone == 1 else 'do'} not compare groups."
    if one.domain.harms:
        yield from _harms_found(review, review.harms)


def _harms_found(review: Review, told: HarmsEvidence) -> Iterator[str]:
    for kind, studies in told.none_reported.items():
        yield f"{none_reported_label(kind).capitalize()} reported in {_named(studies)}."
        bounds = {key: bound for key in studies if (bound := no_harm_bound(review.studies[key]))}
        if len(bounds) > _FEW_NAMES:
            highest = max(bound.upper_percent for bound in bounds.values())
            yield f"In the smallest of them up to {highest:.1f} % may still have one (exact 95 % limit)."
        else:
            for key, bound in bounds.items():
                share = f"the true share may still be up to {bound.upper_percent:.1f} % (exact 95 % limit)"
                yield f"{label_of(key)}: 0 of {bound.n}; {share}."
    if told.with_events:
        yield f"Harms are described in {_named(told.with_events)}."
    n_all, n_asked = len(told.reporting), len(told.asked)
    told_of = "asked" if n_asked else "is reported to have asked"
    yield f"{n_asked or 'None'} of {n_all} {plural(n_all, 'study')} {told_of} people about harms."


def _named(keys: tuple[str, ...] | list[str]) -> str:
    names = f" ({', '.join(label_of(key) for key in keys)})" if len(keys) <= _FEW_NAMES else ""
    return f"{len(keys)} {plural(len(keys), 'study')}{names}"


def _comments(review: Review, one: OutcomeEvidence) -> Iterator[str]:
    yield from _out_of_date(review, one)
    if one.domain.note:
        yield one.domain.note
    yield from _checked(review, one)


def _out_of_date(review: Review, one: OutcomeEvidence) -> Iterator[str]:
    for gone in review.taken_out_under(one.bottom_line) if one.bottom_line else ():
        yield f"Out of date: the sentence still rests on {gone.label}, taken out of the review on {gone.on}."


def _checked(review: Review, one: OutcomeEvidence, leave_out: Collection[str] = ()) -> Iterator[str]:
    """Yield how many studies of an outcome carry each mark, but for marks that are told elsewhere."""
    n_all, marks = _marks(review)[one.domain.id]
    for mark, n_marked in marks.items():
        if mark not in leave_out:
            yield f"{n_marked} of {n_all} {plural(n_all, 'study')}: {mark}."


@lru_cache(maxsize=1)  # the download, the home page and the page of findings ask for the same ones
def _marks(review: Review) -> dict[str, tuple[int, Counter[str]]]:
    """Return how many studies report each outcome of the summary, and how many of them carry each mark, by outcome."""
    marks = {key: list(map(str, badges(study))) for key, study in review.studies.items()}
    found = {}
    for one in summary_outcomes(review.outcomes):
        keys = {result.study_id for result in one.results}
        if one.domain.harms:
            keys |= set(review.harms.reporting)
        found[one.domain.id] = len(keys), Counter(mark for key in sorted(keys) for mark in marks[key])
    return found

"""Candidates: records that were found and on which nobody has decided yet. None of them is a fact of the review."""

from generator.model.decision import Candidate, Found
from generator.review import Review
from generator.review.candidates import Waiting
from generator.review.places import place_of
from generator.site.cells import identifier_cells, record_cell
from generator.wording.markdown import badge, escape, html
from generator.wording.table import Cell, Cells, Column, Table, cell, texts

_COLUMNS = (
    Column("title", "Title", "Title exactly as the source gives it; leads to what is known of the record."),
    Column("id", "Id", "Id of the candidate's file.", shown=False),
    Column("authors", "Authors", "Authors as the source gives them.", shown=False),
    Column("year", "Year", "Year of publication.", number=True),
    Column("venue", "Published in", "Journal, server or registry.", shown=False),
    Column("identifiers", "Identifiers", "What it can be found by."),
    Column("found", "Found", "Every source that returned it, and when."),
    Column(
        "priority",
        "Priority",
        "How like the question and the decisions it was when found, 0 to 100. Orders reading; hides nothing.",
        number=True,
    ),
    Column("matched", "Why it matched", "Terms or rules that it matched.", shown=False),
    Column("first_found", "First found", "Day it was first found.", shown=False),
    Column("days", "Days waiting", "Days since it was first found.", number=True),
    Column("late", "Late", "Whether it has waited longer than the protocol allows.", facet=True, shown=False),
    Column("possible_duplicates", "Possible duplicates", "Records that may be the same.", shown=False),
    Column("linked", "Related records", "A preprint, a registered trial, a study.", shown=False),
    Column("retracted", "Flagged as retracted", "What a source says of retraction.", facet=True, shown=False),
    Column("suggested_by", "Suggested by", "Who suggested it.", shown=False),
    Column("note", "Note", "What a screener should know.", shown=False),
)


def table(review: Review) -> Table:
    """Return the candidates without a decision, those found first standing first."""
    return Table(
        "candidates",
        "Candidates waiting for a decision",
        _COLUMNS,
        tuple(_row(review, one) for one in review.waiting),
        note="A candidate has been found, not judged: whether it belongs to the review is not known.",
        empty="No candidate is waiting for a decision.",
    )


def title_cell(candidate: Candidate, key: str) -> Cell:
    """Return the title of a candidate; one whose title nobody has read yet says so, with its id to tell it apart."""
    title = cell(candidate.title)
    return Cell(f"{key}, title not known yet", title.value, missing=True) if title.missing else title


def bibliographic_cell(value: object) -> Cell:
    """Return a fact that finds a publication again; where nobody has looked it up yet, the cell says so."""
    return Cell("not known yet", "", missing=True) if value is None else cell(value)


def retraction_cell(candidate: Candidate) -> Cell:
    """Return what a source says of retraction; that none flags it does not mean that it is not retracted."""
    if candidate.retracted is None:
        return Cell("not checked", "", missing=True)
    if not candidate.retracted:
        return Cell("not flagged", candidate.retracted)
    return Cell("flagged as retracted", candidate.retracted, markup=badge("flagged as retracted", "warning"))


def days_cell(one: Waiting) -> Cell:
    """Return how many days a candidate has waited, marked when it is longer than the protocol allows."""
    late = html(" ") + badge("late", "warning") if one.late else html("")
    return Cell(str(one.days), one.days, sort_key=one.days, markup=escape(one.days) + late)


def found_cells(review: Review, found: tuple[Found, ...]) -> tuple[Cell, ...]:
    """Return where and when a record was found, and how it came to be known when no search found it."""
    names = {source.id: source.name for source in review.protocol.sources}
    return tuple(
        Cell(f"{names.get(one.source, one.source)}, {one.on}", f"{one.source} {one.on}", note=one.note or "")
        for one in found
    )


def _row(review: Review, one: Waiting) -> dict[str, Cells]:
    candidate = one.candidate
    title = title_cell(candidate, one.id)
    flags = ("flagged as retracted",) if candidate.retracted else ()
    return {
        "title": Cell(title.text, title.value, place_of(one.id, review.records), badges=flags, missing=title.missing),
        "id": Cell(one.id),
        "authors": bibliographic_cell(candidate.authors),
        "year": bibliographic_cell(candidate.year),
        "venue": bibliographic_cell(candidate.venue),
        "identifiers": identifier_cells(candidate.identifiers),
        "found": found_cells(review, candidate.found),
        "priority": cell(candidate.priority.score) if candidate.priority else Cell("not computed", "", missing=True),
        "matched": texts(candidate.matched) or cell(None),
        "first_found": Cell(one.first_found_on.isoformat()),
        "days": days_cell(one),
        "late": cell(one.late),
        "possible_duplicates": tuple(record_cell(name, review.records) for name in candidate.possible_duplicates)
        or Cell("none", ""),
        "linked": tuple(record_cell(name, review.records) for name in candidate.linked) or Cell("none", ""),
        "retracted": retraction_cell(candidate),
        "suggested_by": cell(candidate.suggested_by),
        "note": cell(candidate.note),
    }

"""The reporting checklists, item by item: what the records answer, where it is reported, and what is missing."""

from generator.review import Review
from generator.review.checklist import Answer, CompletedChecklist, Location, Requirement, State
from generator.review.checklists import every
from generator.wording.markdown import address
from generator.wording.table import Cell, Cells, Column, Link, Table, cell

_COLUMNS = (
    Column("checklist", "Checklist", "Name of the checklist.", facet=True),
    Column("item", "Item", "Number as in the published checklist; empty where it could not be checked."),
    Column("section", "Part", "Part of the checklist.", facet=True),
    Column("topic", "Topic", "Topic of the item."),
    Column("asks", "What it asks for", "What the item asks for, in our own words.", shown=False),
    Column("state", "State", "reported, not reported yet, or not applicable.", facet=True),
    Column("where", "Where", "Addresses of the places that report it, or where the reason can be read."),
    Column("missing", "What is missing", "What is not reported yet.", shown=False),
    Column("who", "Who could supply it", "Who could supply what is missing, and in which file.", shown=False),
    Column("reason", "Why it does not apply", "Why an item does not apply to this review.", shown=False),
)


def table(review: Review) -> Table:
    """Return every item of every checklist with its answer."""
    rows = tuple(
        _row(completed, section.heading, one)
        for completed in every(review)
        for section in completed.checklist.sections
        for one in section.requirements
    )
    return Table("checklists", "Reporting checklists", _COLUMNS, rows)


def page_of(completed: CompletedChecklist) -> str:
    """Return the path of the page of a checklist."""
    return f"checklists/{completed.checklist.id}.md"


def where(answer: Answer) -> tuple[Cell, ...]:
    """Return the places of an answer as links; a download says their addresses."""
    return tuple(Cell(one.name, address("checklists.md", _link(one)), _link(one)) for one in answer.at)


def _link(location: Location) -> Link:
    return Link(location.page, location.anchor)


def _row(completed: CompletedChecklist, section: str, one: Requirement) -> dict[str, Cells]:
    answer = completed.answers[one.key]
    is_missing = answer.state is State.MISSING
    return {
        "checklist": Cell(completed.checklist.name, link=Link(page_of(completed), f"item-{one.key}")),
        "item": Cell(one.number),
        "section": Cell(section),
        "topic": Cell(one.topic),
        "asks": Cell(one.asks),
        "state": Cell(str(answer.state)),
        "where": where(answer),
        "missing": Cell(answer.why) if is_missing else cell(None),
        "who": Cell(answer.who) if is_missing else cell(None),
        "reason": Cell(answer.why) if answer.state is State.NOT_APPLICABLE else cell(None),
    }

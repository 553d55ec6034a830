"""The reporting checklists: how much of each is reported, and a page for each with every item and its place."""

from collections.abc import Iterator

from generator.identifiers import address
from generator.review import Review
from generator.review.checklist import Answer, CompletedChecklist, Requirement, Section, State
from generator.review.checklists import every
from generator.site.page import Page
from generator.site.tables.checklists import page_of, where
from generator.wording.templates import render

PATH = "checklists.md"
_BADGES = {State.REPORTED: "good", State.MISSING: "warning", State.NOT_APPLICABLE: "note"}


def pages(review: Review) -> Iterator[Page]:
    """Yield the overview, and the page of every checklist."""
    completed = every(review)
    body = render(
        "site/pages/checklists.md.j2", PATH, completed=completed, page_of=page_of, states=State, today=review.today
    )
    yield Page(PATH, "Checklists", body, "How much of each reporting checklist the records satisfy, computed each day.")
    for one in completed:
        yield _page(review, one)


def _page(review: Review, completed: CompletedChecklist) -> Page:
    checklist, path = completed.checklist, page_of(completed)
    body = render(
        "site/pages/checklist.md.j2",
        path,
        checklist=checklist,
        doi=address("doi", checklist.doi),
        sections=[_section(completed, section) for section in checklist.sections],
        badges=_BADGES,
        states=State,
        n_requirements=completed.n_requirements,
        counts={state: completed.count(state) for state in State},
        open=[
            (one.key, _name(one)) for one in checklist.requirements if completed.answers[one.key].state is State.MISSING
        ],
        today=review.today,
    )
    return Page(
        path, f"{checklist.name} checklist", body, f"{checklist.about} Item by item, computed from the records."
    )


def _section(completed: CompletedChecklist, section: Section) -> tuple[Section, int, list[tuple[object, ...]]]:
    """Return a part of a checklist, how many of its items are reported, and its rows."""
    answers = [completed.answers[one.key] for one in section.requirements]
    n_reported = sum(answer.state is State.REPORTED for answer in answers)
    rows = zip(section.requirements, answers, strict=True)
    return section, n_reported, [(one, _name(one), answer, _why(answer), where(answer)) for one, answer in rows]


def _name(one: Requirement) -> str:
    return f"{one.number} {one.topic}".strip()


def _why(answer: Answer) -> str:
    """Return what is missing, or why an item does not apply, as a sentence."""
    return f"{answer.why[:1].upper()}{answer.why[1:]}." if answer.why else ""

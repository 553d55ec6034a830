"""What awaits classification: trials without included results and records that could not be judged, with why."""

from collections.abc import Iterator

from generator.model.decision import Candidate, Stage
from generator.review import Review
from generator.review.trials import Category
from generator.site.page import Page
from generator.site.pages.candidates import card
from generator.site.tables import awaiting
from generator.wording.table import Cell, cell
from generator.wording.templates import render


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of what awaits classification."""
    cards = [
        card(
            review,
            one.id,
            one.record,
            [
                ("Why it cannot be judged yet", cell(one.why)),
                ("Decided", _decided(review, one.record)),
            ],
        )
        for one in review.awaiting
        if isinstance(one.record, Candidate)
    ]
    body = render(
        "site/pages/awaiting.md.j2",
        "awaiting.md",
        review=review,
        n_trials=len(review.trials_by_category[Category.AWAITING]),
        table=awaiting.table(review),
        cards=cards,
    )
    yield Page(
        "awaiting.md", "Awaiting classification", body, "What may belong to the review and cannot be judged yet."
    )


def _decided(review: Review, candidate: Candidate) -> Cell:
    decision = candidate.decision
    if decision is None:
        return cell(None)
    people = ", ".join(review.name_of(person) for person in decision.by)
    basis = "full text" if decision.stage is Stage.FULL_TEXT else "title and abstract"
    return Cell(f"{decision.on} by {people}, on the {basis}")

"""The living status: whether the review keeps its word, what its three dates mean, and when it ends (PRISMA-LSR)."""

from collections.abc import Iterator

from generator.review import Review
from generator.review.living import State
from generator.site.page import Page
from generator.site.tables import sources
from generator.wording.templates import render

_MEANINGS = {
    State.ON_SCHEDULE: "Every search, decision and extraction is in time.",
    State.LATE: "The review does not keep its own schedule; the reasons are listed below.",
    State.PAUSED: "The people of the review have paused it. What it says may be out of date.",
    State.RETIRED: "The review has ended. What it says is no longer kept up to date.",
}


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of the living status."""
    living = review.living
    body = render(
        "site/pages/living.md.j2",
        "living.md",
        review=review,
        status=living,
        reasons=[reason[:1].upper() + reason[1:] for reason in living.reasons],
        rules=review.protocol.living,
        meaning=_MEANINGS[living.state],
        overview=sources.table(review),
    )
    yield Page("living.md", "Living status", body, "Whether the review is up to date, and what its three dates mean.")

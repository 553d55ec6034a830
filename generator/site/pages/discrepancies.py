"""What does not agree: in the base review, in studies and in registered trials, with the words that show it."""

from collections.abc import Iterator

from generator.review import Review
from generator.site.page import Page
from generator.site.tables import discrepancies
from generator.wording.templates import render


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of discrepancies."""
    body = render(
        "site/pages/discrepancies.md.j2",
        "discrepancies.md",
        counts=review.discrepancy_counts,
        table=discrepancies.table(review),
    )
    yield Page("discrepancies.md", "Discrepancies", body, "Statements that do not agree, with the words that show it.")

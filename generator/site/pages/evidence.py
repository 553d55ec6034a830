"""The evidence table: characteristics of the included studies."""

from collections.abc import Iterator

from generator.review import Review
from generator.site.page import Page
from generator.site.tables import studies
from generator.wording.templates import render


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of the evidence table."""
    body = render("site/pages/evidence.md.j2", "evidence.md", review=review, table=studies.table(review))
    yield Page(
        "evidence.md", "Included studies", body, "Characteristics of every included study, each fact with its source."
    )

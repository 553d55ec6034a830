"""The flow page: the PRISMA 2020 diagram, the same numbers as a table, and whether the sums agree."""

from collections.abc import Iterator

from generator.review import Review
from generator.site.figures import flow as figure
from generator.site.page import Page
from generator.site.tables import flow
from generator.wording.templates import render

PATH = "flow.md"


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of the flow diagram."""
    body = render(
        "site/pages/flow.md.j2",
        PATH,
        flow=review.flow,
        base=review.base_document,
        diagram=figure.draw(PATH, flow.boxes(review)),
        table=flow.table(review),
        printed=flow.printed_table(review),
    )
    yield Page(PATH, "Flow diagram", body, "PRISMA 2020 flow diagram: how many records became how many studies.")

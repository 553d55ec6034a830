"""The home page: the question, the bottom line per outcome with its certainty, how fresh it is, and where to go."""

from collections.abc import Iterator

from generator.review import Review
from generator.review.trials import Category
from generator.site.page import Page
from generator.site.pages import updates
from generator.wording.templates import render


def pages(review: Review) -> Iterator[Page]:
    """Yield the home page."""
    body = render(
        "site/pages/home.md.j2",
        "index.md",
        review=review,
        protocol=review.protocol,
        living=review.living,
        base=review.base_document,
        ongoing=review.trials_by_category[Category.ONGOING],
        awaiting=review.trials_by_category[Category.AWAITING],
        latest=updates.latest(review),
        version=review.versions[-1] if review.versions else None,
    )
    yield Page("index.md", "Home", body, "A living systematic review: what is known, how sure it is, and how fresh.")

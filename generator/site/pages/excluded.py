"""What was excluded and why: studies and trials at full text, and the counts of records on title and abstract."""

from collections.abc import Iterator

from generator.review import Review
from generator.review.trials import Category
from generator.site.page import Page
from generator.site.tables import excluded, screened
from generator.wording.templates import render


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of what was excluded."""
    body = render(
        "site/pages/excluded.md.j2",
        "excluded.md",
        n_studies=review.n_excluded,
        n_trials=len(review.trials_by_category[Category.EXCLUDED]),
        n_screened=review.screened_counts.all_reasons.total,
        groups=[(group, excluded.reason_table(review, group)) for group in review.excluded_by_reason],
        counts=screened.count_table(review),
    )
    yield Page("excluded.md", "Excluded", body, "Studies excluded at full text, with reasons, and how many before.")

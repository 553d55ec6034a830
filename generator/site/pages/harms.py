"""Harms: what each study looked for and reported, and how often the unseen may still occur (PRISMA Harms)."""

from collections.abc import Iterator

from generator.review import Review
from generator.site.page import Page
from generator.site.tables import findings, harm_events, harms
from generator.wording.templates import render


def pages(review: Review) -> Iterator[Page]:
    """Yield the page on harms."""
    body = render(
        "site/pages/harms.md.j2",
        "harms.md",
        review=review,
        studies=review.studies,
        evidence=review.harms,
        outcomes=[(one, findings.sentence(review, one)) for one in review.outcomes if one.domain.harms],
        table=harms.table(review),
        events=harm_events.table(review),
    )
    yield Page(
        "harms.md",
        "Harms",
        body,
        "What each study reports about harms, how it looked for them, and how often unseen harms may still occur.",
        boost=2,  # its tables are long, which makes each word of it count for little
    )

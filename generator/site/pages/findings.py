"""Summary of findings: what is known of each outcome, how sure it is, and why (GRADE; PRISMA 2020 item 22)."""

from collections.abc import Iterator

from generator.model.summary import Certainty, Downgrade
from generator.review import Review
from generator.review.earlier_words import EarlierWording, earlier_wordings
from generator.review.findings import MOST, summary_outcomes
from generator.review.outcomes import OutcomeEvidence
from generator.site.page import Page
from generator.site.tables import findings
from generator.wording.templates import render

WORDING = (
    (Certainty.HIGH, "reduces, increases"),
    (Certainty.MODERATE, "probably reduces, probably increases"),
    (Certainty.LOW, "may reduce, may increase"),
    (Certainty.VERY_LOW, "may reduce or increase, but the evidence is very uncertain"),
)
"""The words that fit each level of certainty (GRADE guidelines 26: Santesso 2020, J Clin Epidemiol 119:126)."""


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of the summary of findings."""
    shown = summary_outcomes(review.outcomes)
    body = render(
        "site/pages/findings.md.j2",
        "findings.md",
        review=review,
        question=review.protocol.question,
        table=findings.shown_table(review),
        outcomes=[(one, findings.sentence(review, one), _factors(one), _earlier(review, one)) for one in shown],
        noted=[one.domain for one in shown if one.domain.note],
        is_rated=any(one.certainty.rating for one in shown),
        left_out=[one for one in review.outcomes if one.domain.id not in {other.domain.id for other in shown}],
        has_harms=any(one.domain.harms for one in shown),
        lowered=findings.lowered,
        names={person.id: person.name for person in review.protocol.people},
        wording=WORDING,
        most=MOST,
    )
    yield Page(
        "findings.md",
        "Summary of findings",
        body,
        "What is known of each outcome, in words that fit the certainty of the evidence, and the reasons for it.",
    )


def _earlier(review: Review, outcome: OutcomeEvidence) -> tuple[EarlierWording, ...]:
    return earlier_wordings(review, outcome.bottom_line) if outcome.bottom_line else ()


def _factors(outcome: OutcomeEvidence) -> list[tuple[str, Downgrade]]:
    rating = outcome.certainty.rating
    return list(findings.factors(rating)) if rating else []

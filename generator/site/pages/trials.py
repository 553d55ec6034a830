"""The registered trials, by the category that follows from what their registries say."""

from collections.abc import Iterator

from generator.identifiers import address
from generator.review import Review
from generator.review.trials import OUT_OF_THE_REVIEW, Category
from generator.site.page import Page
from generator.site.tables import trials
from generator.wording.templates import render

_MEANINGS = {
    Category.ONGOING: "The registry names a status under which results are still to come.",
    Category.AWAITING: (
        "Completed, terminated or of unknown status, and no results of it are included. Such a trial is not ongoing: it"
        " is finished or silent, and whether it can be included is not known yet."
    ),
    Category.INCLUDED: "Its results are included; the registration is one more report of that study.",
    Category.REMOVED: "Its results were included, and were taken out again with the study; they are used nowhere.",
    Category.LISTED: "Withdrawn before anybody took part. Listed so that nobody has to look for it: it has no results.",
    Category.EXCLUDED: "It was part of the review until people excluded it. Counted nowhere; its page says why.",
}
LATENESS = "PMC5652524"
"""PubMed Central id of the study of 405 trials that says how late registries are."""


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of registered trials."""
    shown = [one for one in Category if one not in OUT_OF_THE_REVIEW or review.trials_by_category[one]]
    groups = [(one, _MEANINGS[one], trials.category_table(review, one)) for one in shown]
    body = render(
        "site/pages/trials.md.j2",
        "trials.md",
        review=review,
        groups=groups,
        n_trials=len(review.trials),
        n_taken_out=len(review.records.trials) - len(review.trials),
        lateness=(LATENESS, address("pmcid", LATENESS)),
    )
    yield Page(
        "trials.md", "Registered trials", body, "Registered trials, what their registries say and when it was seen."
    )

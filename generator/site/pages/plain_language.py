"""The plain-language summary: sentences that people wrote, with numbers and dates filled in from the records.

How fresh the review is stands in those sentences and at the end of this page as of every other; it is not said a third
time here.
"""

from collections.abc import Iterator
from dataclasses import replace

from generator.model.records import Records
from generator.model.summary import Summary, SummaryKind
from generator.review import Review
from generator.review.earlier_words import EarlierWording, earlier_wordings
from generator.review.study_facts import label_of
from generator.site.page import Page
from generator.wording.table import Link
from generator.wording.templates import render


def pages(review: Review) -> Iterator[Page]:
    """Yield the plain-language page; it says so when nothing has been written yet."""
    written = sorted(
        (summary.order, key, summary)
        for key, summary in review.records.summaries.items()
        if summary.kind is SummaryKind.PLAIN_LANGUAGE
    )
    body = render(
        "site/pages/plain_language.md.j2",
        "plain-language.md",
        review=review,
        summaries=[
            (
                summary,
                paragraphs(review, summary.text),
                [(section.heading, paragraphs(review, section.text)) for section in summary.sections],
                [rests_on(review.records, name) for name in summary.rests_on],
                [review.name_of(key) for key in summary.by],
                _reworded(review, summary),
            )
            for _, _, summary in written
        ],
    )
    yield Page("plain-language.md", "Plain-language summary", body, "What is known, in plain language.")


def _reworded(review: Review, summary: Summary) -> list[EarlierWording]:
    """Return earlier wordings, newest first, each without the parts that read today as they did then."""
    today = [("", summary.text), *((section.heading, section.text) for section in summary.sections)]
    same = {(review.fill(heading), review.fill(text)) for heading, text in today}
    earlier = earlier_wordings(review, summary)
    return [replace(one, parts=tuple(part for part in one.parts if part not in same)) for one in earlier]


def paragraphs(review: Review, text: str | None) -> list[str]:
    """Return the paragraphs of a text of ours, with numbers and dates filled in."""
    return [part for part in review.fill(text).split("\n\n") if part.strip()]


def rests_on(records: Records, name: str) -> tuple[Link | None, str]:
    """Return where a record that a summary rests on is shown, and its name; no link where it has no page."""
    if name in records.included:
        return Link(f"studies/{name}.md"), label_of(name)
    return (Link(f"trials/{name}.md") if name in records.trials else None), name

"""Risk of bias: the judgements of each tool as a picture and as a table with their reasons; no scores are summed."""

from collections.abc import Iterator

from generator.review import Review
from generator.review.risk_of_bias import by_tool, without_tool
from generator.review.study_facts import label_of
from generator.site.figures import risk_of_bias as figure
from generator.site.page import Page
from generator.site.tables.risk_of_bias import tool_table
from generator.wording.templates import render
from generator.wording.words import design_label


def pages(review: Review) -> Iterator[Page]:
    """Yield the page on risk of bias."""
    studies = review.studies
    sections = by_tool(studies, review.records.tools, review.protocol)
    body = render(
        "site/pages/risk_of_bias.md.j2",
        "risk-of-bias.md",
        methods=review.protocol.methods,
        studies=studies,
        n_assessed=sum(bool(study.risk_of_bias) for study in studies.values()),
        sections=[
            (
                section,
                figure.draw(section, review.protocol),
                figure.domain_codes(section.tool),
                tool_table(review, section),
                ", ".join(design_label(design) for design in section.tool.designs),
            )
            for section in sections
        ],
        without_tool=[
            (key, label_of(key), design_label(studies[key].design)) for key in without_tool(studies, review.protocol)
        ],
        most_rows=figure.MOST_ROWS,
    )
    yield Page(
        "risk-of-bias.md",
        "Risk of bias",
        body,
        "Judgements of risk of bias by tool, study and domain, each with its reason and its source.",
    )

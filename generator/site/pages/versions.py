"""Published versions, newest first, and how to cite the review."""

from collections.abc import Iterator

from generator.identifiers import address
from generator.model.version import Version, VersionKind
from generator.review import Review
from generator.review.version_due import due
from generator.review.versions import VersionChange, working_copy_citation
from generator.site.metadata.citing import cited, page_of
from generator.site.page import Page
from generator.site.tables import versions
from generator.site.tables.changes import link_of
from generator.site.tables.versions import anchor_of, author_cells, study_cells
from generator.wording.table import Cell, Cells, Link, cell
from generator.wording.templates import render

Fact = tuple[str, Cells]
"""A label and what stands beside it."""

N_OTHERS = 10
"""Changes without effect on versions that the page names; the page of changes has them all."""
_KINDS = {
    VersionKind.CONCLUSIONS: "conclusions, certainty or eligibility changed",
    VersionKind.EVIDENCE: "studies or data changed, the conclusions did not",
    VersionKind.CORRECTION: "a correction without effect on the findings",
}


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of versions."""
    changes, unpublished = review.version_changes, review.unpublished
    body = render(
        "site/pages/versions.md.j2",
        "versions.md",
        review=review,
        base=review.base_document,
        newest=cited(review.protocol, review.versions[-1]).text if review.versions else None,
        working_copy=working_copy_citation(review.protocol, review.living, review.today),
        added=study_cells(review, unpublished.added),
        removed=study_cells(review, unpublished.removed),
        has_unpublished=bool(unpublished.added or unpublished.removed),
        due=due(review),
        kinds=_KINDS,
        link_of=link_of,
        n_others=N_OTHERS,
        table=versions.table(review),
        versions=[
            (anchor_of(one.version.version), one.version, page_of(one.version.version), _facts(review, one))
            for one in changes
        ],
    )
    yield Page(
        "versions.md", "Versions and how to cite", body, "Published versions, what each changed, and how to cite."
    )


def facts_of(version: Version) -> list[Fact]:
    """Return what a version is: its kind, what made it due, and what it changed, in the words of its entry."""
    return [
        ("What it means", Cell(_KINDS[version.kind])),
        ("What made it due", Cell(version.trigger)),
        ("Searched to", cell(version.searched_to)),
        ("Changes of methods", Cell(version.methods_changes)),
        ("Changes of results", Cell(version.results_changes)),
        ("Conclusions or certainty changed", cell(version.conclusions_changed)),
    ]


def _facts(review: Review, change: VersionChange) -> list[Fact]:
    version = change.version
    url = address("doi", version.doi) if version.doi else None
    facts = [
        *facts_of(version),
        ("Studies added", study_cells(review, change.added)),
        ("Studies removed", study_cells(review, change.removed)),
        ("Included studies", study_cells(review, version.included)),
        ("Authors and roles", author_cells(review, change)),
        (
            "DOI",
            Cell(version.doi, link=Link(url=url) if url else None)
            if version.doi
            else Cell("none of its own", missing=True),
        ),
        ("How to cite it", Cell(cited(review.protocol, version).text)),
    ]
    if version.retires:
        facts.append(("Retired", Cell("This is the last version; the review ends with it.")))
    return facts

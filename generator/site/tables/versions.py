"""Published versions: what made each due, what changed, and who answers for it (PRISMA-LSR items L2 to L4)."""

from generator import identifiers
from generator.review import Review
from generator.review.places import place_of
from generator.review.study_facts import label_of
from generator.review.versions import VersionChange
from generator.wording.table import Cell, Cells, Column, Link, Table, cell

_COLUMNS = (
    Column("version", "Version", "Number of the version."),
    Column("on", "Published", "Date of publication."),
    Column("kind", "Kind", "conclusions (X.0), evidence (x.Y) or correction (x.y.Z).", facet=True),
    Column("trigger", "What made it due", "What made this version due."),
    Column("searched_to", "Searched to", "Date of the last search it rests on."),
    Column("added", "Studies added", "Included studies that the version before did not have."),
    Column("removed", "Studies removed", "Studies that only the version before had."),
    Column("conclusions_changed", "Conclusions changed", "Whether conclusions or certainty changed."),
    Column("methods_changes", "Changes of methods", "What changed in the methods.", shown=False),
    Column("results_changes", "Changes of results", "What changed in the results.", shown=False),
    Column("authors", "Authors", "Authors of the version and their roles.", shown=False),
    Column("included", "Included studies", "All studies included in the version.", shown=False),
    Column("doi", "DOI", "DOI of the version, once it has one.", shown=False),
    Column("retires", "Last version", "Whether the review ends with it.", shown=False),
)


def table(review: Review) -> Table:
    """Return every published version, newest first."""
    rows = tuple(_row(review, change) for change in review.version_changes)
    return Table("versions", "Published versions", _COLUMNS, rows, empty="No version has been published yet.")


def anchor_of(version: str) -> str:
    """Return the anchor of a version on the page of versions: dots become hyphens."""
    return f"version-{version.replace('.', '-')}"


def study_cells(review: Review, keys: tuple[str, ...]) -> Cells:
    """Return studies by id, each leading to where it is shown today; one that was taken out since says so."""
    return tuple(_study_cell(review, key) for key in keys) or Cell("none", "")


def _study_cell(review: Review, key: str) -> Cell:
    study = review.all_studies.get(key)
    note = f"taken out on {study.removal.on}" if study and study.removal else ""
    return Cell(label_of(key), key, place_of(key, review.records), note=note)


def author_cells(review: Review, change: VersionChange) -> tuple[Cell, ...]:
    """Return the authors of a version with their roles."""
    return tuple(
        Cell(review.name_of(one.person), f"{one.person}: {', '.join(one.roles)}", note=", ".join(one.roles))
        for one in change.version.authors
    )


def _row(review: Review, change: VersionChange) -> dict[str, Cells]:
    version = change.version
    doi = Link(url=identifiers.address("doi", version.doi) or "") if version.doi else None
    return {
        "version": Cell(version.version, version.version, Link("versions.md", anchor_of(version.version))),
        "on": Cell(version.on.isoformat()),
        "kind": Cell(str(version.kind)),
        "trigger": Cell(version.trigger),
        "searched_to": Cell(version.searched_to.isoformat()),
        "added": study_cells(review, change.added),
        "removed": study_cells(review, change.removed),
        "conclusions_changed": cell(version.conclusions_changed),
        "methods_changes": Cell(version.methods_changes),
        "results_changes": Cell(version.results_changes),
        "authors": author_cells(review, change),
        "included": study_cells(review, version.included),
        "doi": Cell(version.doi, version.doi, doi) if version.doi else cell(None),
        "retires": cell(version.retires),
    }

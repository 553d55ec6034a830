"""The numbers of the flow diagram for redrawing: `data/PRISMA.csv`, as the R package PRISMA2020 reads it.

Field names, nodes, boxes and texts are those of the package's own template (Haddaway 2022, Campbell Systematic Reviews
18:e1230). Boxes that PRISMA 2020 does not have (waiting, set aside) are in `data/flow.csv` only. The last two
rows are for versions that can draw a box of meta-analyses: they read nothing without them; older ones stop at them.
"""

from collections.abc import Iterable, Iterator

from generator.model.protocol import SourceKind
from generator.review import Review
from generator.review.flow import Column, Flow
from generator.review.places import site_address
from generator.review.received import Known, Removals
from generator.site.csvtext import csv_text

UNKNOWN = "NA"
HEAD = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")
NOTHING_LISTED = "None, 0"
"""A list with nothing in it; the package reads names with numbers, and some versions fail on a number alone."""
_UNFIT = str.maketrans({",": " /", ";": " /", "'": "’", '"': "”"})
"""Characters that would end a name in a list, or the words of a box in the drawing, and what stands for them."""
_BOXES = (
    (UNKNOWN, "node4", "prevstud", "Grey title box; Previous studies", "Previous studies", "evidence.html"),
    ("previous_studies", "node5", "box1", "", "Studies included in previous version of review", "evidence.html"),
    ("previous_reports", "", "box1", "", "Reports of studies included in previous version of review", "evidence.html"),
    (UNKNOWN, "node6", "newstud", "", "Identification of new studies via databases and registers", "searches.html"),
    ("database_results", "node7", "box2", "Records identified from: Databases", "Databases", "searches.html"),
    ("database_specific_results", "", "box2", "Records identified from: specific databases", "Specific Databases", ""),
    ("register_results", "", "box2", "Records identified from: Registers", "Registers", ""),
    ("register_specific_results", "", "box2", "Records identified from: specific registers", "Specific Registers", ""),
    (UNKNOWN, "node16", "othstud", "", "Identification of new studies via other methods", "searches.html"),
    ("website_results", "node17", "box11", "Records identified from: Websites", "Websites", "searches.html"),
    ("organisation_results", "", "box11", "Records identified from: Organisations", "Organisations", ""),
    ("citations_results", "", "box11", "Records identified from: Citation searching", "Citation searching", ""),
    ("duplicates", "node8", "box3", "", "Duplicate records", "searches.html"),
    ("excluded_automatic", "", "box3", "", "Records marked as ineligible by automation tools", ""),
    ("excluded_other", "", "box3", "", "Records removed for other reasons", ""),
    ("records_screened", "node9", "box4", "", "Records screened", "excluded.html"),
    ("records_excluded", "node10", "box5", "", "Records excluded", "excluded.html"),
    ("dbr_sought_reports", "node11", "box6", "", "Reports sought for retrieval", "excluded.html"),
    ("dbr_notretrieved_reports", "node12", "box7", "", "Reports not retrieved", "awaiting.html"),
    ("other_sought_reports", "node18", "box12", "", "Reports sought for retrieval", "excluded.html"),
    ("other_notretrieved_reports", "node19", "box13", "", "Reports not retrieved", "awaiting.html"),
    ("dbr_assessed", "node13", "box8", "", "Reports assessed for eligibility", "excluded.html"),
    ("dbr_excluded", "node14", "box9", "", "Reports excluded", "excluded.html"),
    ("other_assessed", "node20", "box14", "", "Reports assessed for eligibility", "excluded.html"),
    ("other_excluded", "node21", "box15", "", "Reports excluded", "excluded.html"),
    ("new_studies", "node15", "box10", "", "New studies included in review", "evidence.html"),
    ("new_reports", "", "box10", "", "Reports of new included studies", ""),
    ("total_studies", "node22", "box16", "", "Total studies included in review", "evidence.html"),
    ("total_reports", "", "box16", "", "Reports of total included studies", ""),
    ("identification", "node1", "identification", "Blue identification box", "Identification", "searches.html"),
    ("screening", "node2", "screening", "Blue screening box", "Screening", "excluded.html"),
    ("included", "node3", "included", "Blue included box", "Included", "evidence.html"),
    ("total_studies_ma", "node23", "box17", "", "Total studies included in meta-analysis", "results.html"),
    ("total_reports_ma", "", "box17", "", "Reports of total included studies in meta-analysis", ""),
)


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the file. A count that is not reported is NA, never 0."""
    numbers, words = _numbers(review.flow), _words(review.flow.registered.removed)
    rows = []
    for field, node, box, about, template, page in _BOXES:
        text = words.get(box if field == UNKNOWN else field, template)
        address = (site_address(review.protocol, page) or page) if page else UNKNOWN
        known = numbers.get(field, UNKNOWN)
        rows.append((field, node or UNKNOWN, box, about or text, text, about or text, address, known))
    yield "data/PRISMA.csv", csv_text((HEAD, *rows))


def _words(removed: Removals) -> dict[str, str]:
    """Return, by field or box, the words that differ from the template.

    The package writes that 0 records were removed where no reason has a number: the total then stands in the last
    line of that box, and where it is not known either, the title above says so.
    """
    if not _undivided(removed):
        return {}
    if removed.total is None:
        return {"newstud": "Identification of new studies via databases and registers (number removed: not reported)"}
    return {"excluded_other": "Reasons not reported"}


def _undivided(removed: Removals) -> bool:
    return removed.duplicates is removed.automation is removed.other is None


def _numbers(flow: Flow) -> dict[str, str]:
    left, right = flow.registered, flow.other
    counts: dict[str, Known] = {
        "previous_studies": flow.previous_studies,
        "previous_reports": flow.previous_reports,
        "database_results": left.from_kind(SourceKind.DATABASE),
        "register_results": left.from_kind(SourceKind.REGISTER),
        "website_results": right.from_kind(SourceKind.WEBSITE),
        "organisation_results": right.from_kind(SourceKind.ORGANISATION),
        "citations_results": right.from_kind(SourceKind.CITATION),
        "duplicates": left.removed.duplicates,
        "excluded_automatic": left.removed.automation,
        "excluded_other": left.removed.total if _undivided(left.removed) else left.removed.other,
        "records_screened": left.screened,
        "records_excluded": left.excluded,
        "dbr_sought_reports": left.sought,
        "dbr_notretrieved_reports": left.not_retrieved,
        "other_sought_reports": right.sought,
        "other_notretrieved_reports": right.not_retrieved,
        "dbr_assessed": left.assessed,
        "other_assessed": right.assessed,
        "new_studies": flow.new_studies,
        "new_reports": flow.new_reports,
        "total_studies": flow.total_studies,
        "total_reports": flow.total_reports,
    }
    listed = {
        "database_specific_results": _listed(_from_kind(left, SourceKind.DATABASE)),
        "register_specific_results": _listed(_from_kind(left, SourceKind.REGISTER)),
        "dbr_excluded": _listed((reason.label, reason.n) for reason in left.excluded_full_text),
        "other_excluded": _listed((reason.label, reason.n) for reason in right.excluded_full_text),
    }
    return {field: _number(count) for field, count in counts.items()} | listed


def _from_kind(column: Column, kind: SourceKind) -> Iterator[tuple[str, Known]]:
    return ((count.source.name, count.n) for count in column.per_source if count.source and count.source.kind is kind)


def _number(count: Known) -> str:
    return UNKNOWN if count is None else str(count)


def _listed(counts: Iterable[tuple[str, Known]]) -> str:
    """Return names and numbers as the package splits them."""
    return "; ".join(f"{name.translate(_UNFIT)}, {_number(count)}" for name, count in counts) or NOTHING_LISTED

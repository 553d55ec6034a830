"""One page per published version, at an address that stays: how to cite it, and how it differs from the one before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model.version import Version
from generator.review import Review
from generator.review.changes import Change, ChangeKind
from generator.review.version_numbers import Numbers, changes_between, numbers_of
from generator.review.versions import VersionChange
from generator.site.metadata.citing import cited, page_of, version_address
from generator.site.page import Page
from generator.site.pages.versions import Fact, facts_of
from generator.site.tables.changes import kind_label, link_of
from generator.site.tables.versions import author_cells, study_cells
from generator.wording import markdown
from generator.wording.table import Cell
from generator.wording.templates import render

_NUMBERS = (
    ("n_studies", "Included studies"),
    ("n_reports", "Reports of them"),
    ("n_people", "People enrolled in them"),
    ("n_results", "Printed numbers taken from them"),
    ("n_trials", "Registered trials"),
    ("n_ongoing", "Ongoing trials"),
    ("n_awaiting", "Trials awaiting classification"),
    ("n_waiting", "Candidates without a decision"),
)
_PARTS = (
    ("Studies", (ChangeKind.STUDY_INCLUDED, ChangeKind.STUDY_REMOVED)),
    ("Certainty", (ChangeKind.CERTAINTY,)),
    ("Data and corrections", (ChangeKind.DATA_ADDED, ChangeKind.CORRECTION, ChangeKind.RETRACTION)),
    ("Trials", (ChangeKind.TRIAL_ADDED, ChangeKind.TRIAL_REMOVED, ChangeKind.TRIAL_STATUS)),
    ("Protocol and wording", (ChangeKind.PROTOCOL, ChangeKind.SENTENCE)),
)


@dataclass(frozen=True)
class Part:
    """Changes of one sort since the version before."""

    heading: str
    changes: tuple[Change, ...]


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of every published version."""
    changed = list(reversed(review.version_changes))
    numbers = [numbers_of(review, version) for version in review.versions]
    for index, change in enumerate(changed):
        version, before = change.version, review.versions[index - 1] if index else None
        yield Page(
            page_of(version.version),
            f"Version {version.version}",
            _body(review, change, before, _number_facts(numbers[index], numbers[index - 1] if index else None)),
            f"Version {version.version} of {version.on.isoformat()}: how to cite it and what it changed.",
        )


def _body(review: Review, change: VersionChange, before: Version | None, numbers: list[Fact]) -> str:
    version = change.version
    forms = cited(review.protocol, version)
    return render(
        "site/pages/version.md.j2",
        page_of(version.version),
        version=version,
        before=before,
        before_page=page_of(before.version) if before else "",
        newest=review.versions[-1],
        newest_page=page_of(review.versions[-1].version),
        citation=forms.text,
        formats=[("BibTeX", _lines(forms.bibtex)), ("RIS", _lines(forms.ris))],
        address=version_address(review.protocol, version),
        facts=facts_of(version),
        studies=[
            ("Studies added", study_cells(review, change.added)),
            ("Studies removed", study_cells(review, change.removed)),
            ("Included studies", study_cells(review, version.included)),
        ],
        numbers=numbers,
        parts=_parts(changes_between(review, version, before)),
        authors=[("Authors", author_cells(review, change))],
        bundle=f"versions/{version.version}.zip" if version.bundled else "",
        kind_label=kind_label,
        link_of=link_of,
    )


def _number_facts(now: Numbers, before: Numbers | None) -> list[Fact]:
    return [(label, _number_cell(getattr(now, name), getattr(before, name, None))) for name, label in _NUMBERS]


def _number_cell(now: int | None, before: int | None) -> Cell:
    note = "" if before is None or before == now else f"before: {before}"
    return Cell("cannot be told", missing=True, note=note) if now is None else Cell(str(now), now, note=note)


def _parts(found: Sequence[Change]) -> list[Part]:
    parts = (Part(heading, tuple(one for one in found if one.kind in kinds)) for heading, kinds in _PARTS)
    return [part for part in parts if part.changes]


def _lines(text: str) -> str:
    """Return lines as they are copied, blanks included: escaping a whole text would join its lines and blanks."""
    parts = re.split(r"( +|\n)", text.replace("\r", "").rstrip("\n"))
    return markdown.html("".join(part if part.isspace() else markdown.escape(part) for part in parts))

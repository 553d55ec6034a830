"""Interventions: which facts about what was given the reports state, and in which words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model.study import Intervention
from generator.review import Review
from generator.review.interventions import Stated, Statedness, stated
from generator.review.study_facts import Badge, badges, label_of
from generator.site.page import Page
from generator.site.pieces import STUDIES, piece
from generator.site.tables.interventions import count_cell, stated_cell
from generator.wording.markdown import html
from generator.wording.table import Cell
from generator.wording.templates import render


@dataclass(frozen=True)
class InterventionPart:
    """One intervention of one study, ready to be printed."""

    study_id: str
    label: str
    intervention: Intervention
    badges: tuple[Badge, ...]
    found: Stated
    count: Cell
    facts: list[tuple[str, Cell]]
    """Labels of the stated fields, and what the report says."""
    nothing: list[tuple[Statedness, list[str]]]
    """Labels of the other fields, by what is known of them."""


def pages(review: Review) -> Iterator[Page]:
    """Yield the page on interventions."""
    studies = review.studies
    body = render(
        "site/pages/interventions.md.j2",
        "interventions.md",
        fields=review.protocol.intervention_fields,
        described=any(study.interventions for study in studies.values()),
        rows=_pieces(review, studies, "rows"),
        words=_pieces(review, studies, "words"),
        undescribed=[(key, label_of(key)) for key, study in studies.items() if not study.interventions],
    )
    yield Page(
        "interventions.md",
        "Interventions",
        body,
        "What was given in each study: which facts the reports state, in their words, and which they leave out.",
    )


def _pieces(review: Review, studies: Iterable[str], name: str) -> str:
    """Return what a template makes of the interventions of each study."""
    template = f"site/pages/interventions_{name}.md.j2"

    def write(one: Review, _: str) -> str:
        return render(template, "interventions.md", parts=list(_parts(one)))

    return html("".join([piece(review, STUDIES, key, f"interventions {name}", write) for key in studies]))


def _parts(review: Review) -> Iterator[InterventionPart]:
    for key, study in review.studies.items():
        for one in study.interventions:
            found = stated(one, review.protocol)
            yield InterventionPart(
                key,
                label_of(key),
                one,
                badges(study),
                found,
                count_cell(found),
                [
                    (field.label, stated_cell(key, one, field.id, what))
                    for field, what in found.fields
                    if what is Statedness.STATED
                ],
                list(_nothing(found)),
            )


def _nothing(found: Stated) -> Iterator[tuple[Statedness, list[str]]]:
    for kind in Statedness:
        labels = [field.label for field, what in found.fields if what is kind]
        if labels and kind is not Statedness.STATED:
            yield kind, labels

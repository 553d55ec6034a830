"""One page per included study: every fact beside the words it comes from, what disagrees and what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from generator import identifiers
from generator.model.records import STUDY, path_of
from generator.model.report import Basis, Quote
from generator.model.result import MeasuredOutcome
from generator.model.study import FollowUp, Setting, Study
from generator.review import Review
from generator.review.places import edit_address, quotes_at
from generator.review.study_facts import badges, gaps, label_of, no_harm_bound, primary_report
from generator.review.study_results import study_results
from generator.site.cells import record_cell
from generator.site.page import Page
from generator.site.pieces import STUDIES, piece
from generator.site.tables.results import result_table
from generator.wording.markdown import escape, html
from generator.wording.table import Cell, Cells, cell, texts
from generator.wording.templates import render
from generator.wording.words import design_label

Fact = tuple[str, Cells]
"""A label and what stands beside it."""
sources = partial(quotes_at, "")
"""Returns links to quotes on the same page."""


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of every included study, also of one that was taken out."""
    for key, study in review.all_studies.items():
        label = label_of(key)
        about = "what the study did and found, with sources"
        if study.removal:
            about = f"taken out of the review on {study.removal.on}; what had been extracted stays readable here"
        yield Page(
            f"studies/{key}.md",
            label,
            _text(review, key),
            f"{label}: {about}.",
        )


def documents_read(review: Review, quotes: Mapping[str, Quote]) -> list[str]:
    """Return the names of the documents of the protocol, such as another review, that quotes come from."""
    quoted = {quote.report for quote in quotes.values()}
    return [document.label for key, document in review.protocol.documents.items() if key in quoted]


def _text(review: Review, key: str) -> str:
    """Return the page of a study; what other records say of it is part of the name of its piece."""
    related = _related(review, key)

    def write(alone: Review, key: str) -> str:
        return _body(alone, key, related)

    return piece(review, STUDIES, key, f"page {related}" if related else "page", write)


def _related(review: Review, key: str) -> list[tuple[Cell, str, list[Cell]]]:
    """Return the studies that share something with one, each with what it is and what the files say of it.

    A study that was not known on an earlier day is left out there.
    """
    records = review.records
    found = []
    for one in review.relations.get(key, ()):
        if one.study not in records.included and one.study not in records.excluded:
            continue
        other = records.included.get(one.study)
        out = "excluded" if other is None else "taken out" if other.removal else ""
        name = replace(record_cell(one.study, records), badges=(out,) if out else ())
        notes = [
            Cell(said.note or "", sources=quotes_at("" if by == key else f"studies/{by}.md", said.source))
            for by, said in one.said
            if said.note or said.source
        ]
        found.append((name, ", ".join(one.shares), notes))
    return found


def _body(review: Review, key: str, related: list[tuple[Cell, str, list[Cell]]]) -> str:
    study = review.all_studies[key]
    page = f"studies/{key}.md"
    return render(
        "site/pages/study.md.j2",
        page,
        review=review,
        key=key,
        label=label_of(key),
        study=study,
        title=cell(study.title, sources(study.sources.get("title"))),
        badges=badges(study),
        removed=study.removal,
        read_in=documents_read(review, study.quotes) if study.extraction.basis is Basis.SECONDARY else [],
        facts=_facts(review, study),
        people=_people(study),
        interventions=[(one, _intervention(review, study, one.id)) for one in study.interventions],
        results=result_table(list(study_results(key, study, review.records, review.protocol)), own_page=True),
        harms=_harms(study),
        bound=no_harm_bound(study),
        related=related,
        reports=[(report, report is primary_report(study), sources(report.source)) for report in study.reports],
        address=identifiers.address,
        sources=sources,
        missing=_missing(review, study),
        quotes=[(name, quote, review.verdict(STUDY, key, name)) for name, quote in study.quotes.items()],
        cell=cell,
        path=path_of(STUDY, key),
        edit=edit_address(review, STUDY, key),
    )


def _missing(review: Review, study: Study) -> list[str]:
    """Return what is still missing, a line each; facts of an intervention stand together on one."""
    lines: dict[tuple[str, str], list[str]] = {}
    for gap in gaps(study, review.protocol, review.instruments):
        state = "not reported" if gap.not_reported else "not looked for yet"
        what = gap.what.removeprefix(f"{gap.of}: ") if gap.of else ""
        lines.setdefault((gap.of or gap.what, state), []).append(what)
    return [
        f"{about}, {state}: {'; '.join(facts)}" if any(facts) else f"{about}: {state}"
        for (about, state), facts in lines.items()
    ]


def _facts(review: Review, study: Study) -> list[Fact]:
    facets = review.protocol.facets
    facts: list[Fact] = [("Design", cell(design_label(study.design), sources(study.sources.get("design"))))]
    for key, values in study.facets.items():
        facet = facets.get(key)
        names = [facet.values.get(value, value) if facet else value for value in values]
        facts.append((facet.label if facet else key, texts(names, sources(study.sources.get("facets")))))
    if study.setting:
        facts += _of_setting(study.setting)
    if study.follow_up:
        facts.append(("Assessed after", _times(study.follow_up)))
    for registration in study.registrations:
        facts.append(("Registration", cell(registration.id, sources(registration.source))))
    facts.append(("Outcomes measured", tuple(_measured(review, one) for one in study.outcomes_measured)))
    if study.funding:
        facts.append(("Funding", cell(study.funding.text, sources(study.funding.source))))
        facts.append(("Part of the manufacturer", cell(study.funding.manufacturer_role, sources(study.funding.source))))
    if study.conflicts:
        facts.append(("Interests of the authors", cell(study.conflicts.text, sources(study.conflicts.source))))
    if study.known_on:
        facts.append(("Part of this review since", cell(study.known_on)))
    return facts


def _of_setting(setting: Setting) -> list[Fact]:
    said = sources(setting.source)
    return [
        ("Centres", cell(setting.centres, said)),
        ("Countries", texts(setting.countries, said)),
        ("Open label", cell(setting.open_label, said)),
        ("Prospective", cell(setting.prospective, said)),
        ("Randomised", cell(setting.randomised, said)),
        ("Initiated by", cell(setting.initiated_by, said)),
        ("Recruited", cell(setting.recruited, said)),
    ]


def _measured(review: Review, one: MeasuredOutcome) -> Cell:
    known = review.instruments.get(one.instrument)
    return cell(one.as_printed or (known.name if known else one.instrument), sources(one.source))


def _times(follow_up: FollowUp) -> Cell:
    """Return points in time after one another; none stands apart from its unit."""
    whole = html(str(escape(", ".join(follow_up.times))).replace(" ", "&#160;").replace(",&#160;", ", "))
    return replace(cell(", ".join(follow_up.times), sources(follow_up.source)), markup=whole)


def _people(study: Study) -> list[Fact]:
    people = study.participants
    said = sources(people.source)
    return [
        ("Enrolled", cell(people.n_enrolled, said)),
        ("Analysed", cell(people.n_analysed, said)),
        ("Age", cell(people.age, said)),
        ("Sex", cell(people.sex, said)),
        ("Who could take part", cell(people.included, said)),
        ("Confirmed by", cell(people.confirmed_by, said)),
        ("Who could not", cell(people.excluded, said)),
    ]


def _intervention(review: Review, study: Study, intervention_id: str) -> list[Fact]:
    one = next(one for one in study.interventions if one.id == intervention_id)
    said = sources(one.source)
    return [(field.label, cell(one.details.get(field.id), said)) for field in review.protocol.intervention_fields]


def _harms(study: Study) -> list[list[Cells]]:
    if study.harms is None:
        return []
    return [
        [
            cell(event.what, sources(event.source)),
            cell(event.n_people),
            cell(event.severity),
            cell(event.serious),
            cell(event.related),
            cell(event.resolved),
        ]
        for event in study.harms.events
    ]

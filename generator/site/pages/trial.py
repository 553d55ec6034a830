"""One page per registered trial: what its registry says and said, what was registered, and what came of it."""

from collections.abc import Iterator

from generator import identifiers
from generator.model.protocol import Protocol
from generator.model.records import TRIAL, path_of
from generator.model.report import Event
from generator.model.search_run import RunKind
from generator.model.trial import Trial
from generator.review import Review
from generator.review.exclusions import reason_label
from generator.review.places import edit_address, quotes_at
from generator.review.study_facts import label_of
from generator.review.trials import (
    category,
    is_excluded,
    newest,
    registered_before_start,
    registration_of,
    registry_says,
    results_looked_for,
)
from generator.site.cells import record_cell, word_status
from generator.site.page import Page
from generator.site.pages.study import documents_read
from generator.site.subscriptions import trial_stem
from generator.site.tables import registered_outcomes, status_history
from generator.site.tables.candidates import found_cells
from generator.site.tables.trials import enrolment_cell, phase_words, seen_ago
from generator.wording.table import Cell, Cells, Link, cell, texts
from generator.wording.templates import render

Fact = tuple[str, Cells]
"""A label and what stands beside it."""


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of every registered trial."""
    for key, trial in sorted(review.records.trials.items()):
        registration = registration_of(key)
        yield Page(
            f"trials/{key}.md",
            registration,
            _body(review, key, trial, registration),
            f"{registration}: what the registry says, when it was seen, and what was registered.",
        )


def _body(review: Review, key: str, trial: Trial, registration: str) -> str:
    return render(
        "site/pages/trial.md.j2",
        f"trials/{key}.md",
        trial=trial,
        protocol=review.protocol,
        registration=registration,
        title=cell(trial.title, quotes_at("", trial.sources.get("title"))),
        category=category(trial, review.records.included),
        says=_status(trial),
        seen_ago=seen_ago(trial, review.today),
        feed=trial_stem(key),
        study=_study(review, trial.study) if trial.study else None,
        read_in=_read_in(review, trial),
        removed=trial.decision if is_excluded(trial) else None,
        reason_label=reason_label,
        key=key,
        address=identifiers.address("registry", registration),
        facts=_facts(review, trial),
        dates=_dates(trial),
        results=_results(trial),
        outcomes=registered_outcomes.trial_table(review, key),
        history=status_history.trial_table(review, key),
        quotes=[(name, name, quote, review.verdict(TRIAL, key, name)) for name, quote in trial.quotes.items()],
        cell=cell,
        quotes_at=quotes_at,
        path=path_of(TRIAL, key),
        edit=edit_address(review, TRIAL, key),
    )


def _read_in(review: Review, trial: Trial) -> list[str]:
    """Return the names of the documents that a trial is known from, while nobody has looked at its registry."""
    at_second_hand = all(one.by == RunKind.BASE_REVIEW for one in trial.status_history)
    return documents_read(review, trial.quotes) if at_second_hand else []


def _study(review: Review, key: str) -> tuple[str, str, Event | None]:
    """Return id and name of the study that reports the results, and how it was taken out, if it was."""
    study = review.all_studies.get(key)
    return key, label_of(key), study.removal if study else None


def _status(trial: Trial) -> Cell:
    seen = newest(trial)
    return word_status(Cell(registry_says(seen), sources=quotes_at("", seen.source)), seen.status)


def _facts(review: Review, trial: Trial) -> list[Fact]:
    def said(field: str) -> tuple[Link, ...]:
        return quotes_at("", trial.sources.get(field))

    design = trial.design
    facts: list[Fact] = [
        ("Registry", cell(trial.registry, said("registry"))),
        ("Intervention", cell(trial.intervention, said("intervention"))),
        *_facets(review.protocol, trial, said("facets")),
        ("Phase", cell(phase_words(design.phase) if design else None, said("design"))),
        ("Type of study", cell(design.study_type if design else None, said("design"))),
        ("Allocation", cell(design.allocation if design else None, said("design"))),
        ("Groups", cell(design.model if design else None, said("design"))),
        ("Masking", cell(design.masking if design else None, said("design"))),
        ("People", enrolment_cell(trial.enrolment, said("enrolment"))),
        ("Countries", texts(trial.countries, said("countries"))),
        ("Lead sponsor", cell(trial.sponsor, said("sponsor"))),
    ]
    if trial.secondary_ids:
        facts.append(("Also registered as", tuple(record_cell(one, review.records) for one in trial.secondary_ids)))
    if trial.found:
        facts.append(("Found", found_cells(review, trial.found)))
    facts.append(("Part of this review since", cell(trial.known_on)))
    if trial.note:
        facts.append(("Note", Cell(trial.note)))
    return facts


def _facets(protocol: Protocol, trial: Trial, said: tuple[Link, ...]) -> Iterator[Fact]:
    for key, values in trial.facets.items():
        facet = protocol.facets.get(key)
        names = [facet.values.get(value, value) if facet else value for value in values]
        yield facet.label if facet else key, texts(names, said)


def _dates(trial: Trial) -> list[Fact]:
    dates = trial.dates
    said = quotes_at("", trial.sources.get("dates"))
    before = registered_before_start(trial)
    in_time = Cell("the dates do not tell", missing=True) if before is None else cell(before)
    return [
        ("Registered", cell(dates.registered if dates else None, said)),
        ("First enrolment", cell(dates.start if dates else None, said)),
        ("Registered at or before the first enrolment", in_time),
        ("Last data for the primary outcome", cell(dates.primary_completion if dates else None, said)),
        ("Last data altogether", cell(dates.completion if dates else None, said)),
        ("Results first posted", cell(dates.results_posted if dates else None, said)),
        ("Registration last updated", cell(dates.last_update if dates else None, said)),
    ]


def _results(trial: Trial) -> list[Fact]:
    results = trial.results
    if results is None:
        return [("Results", Cell(results_looked_for(trial), missing=True))]
    said = quotes_at("", results.source)
    facts: list[Fact] = [
        ("Posted in the registry", _found(results.on_registry, said)),
        ("Published", _found(results.publication, said)),
        ("Last looked for on", cell(results.checked, said)),
    ]
    if results.url:
        facts.append(("Where", Cell(results.url, link=Link(url=results.url))))
    return facts


def _found(answer: object, said: tuple[Link, ...]) -> Cell:
    return Cell("none found", value=False, sources=said) if answer is False else cell(answer, said)

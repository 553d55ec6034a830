"""Rules about the people of the review: everyone who is named is known, and two means two."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.model import records as kinds
from generator.model.records import Records, path_of
from generator.model.report import Access, Agreement, Basis
from generator.problems import Place, Problem
from generator.records.rules.facts import BASE_REVIEW
from generator.records.rules.files import VERSIONS, decisions, included, trials
from generator.records.rules.names import unknown

NIGHTLY = "nightly"
"""Who has seen a registry status, when the nightly search saw it."""
_UNLISTED = "Nobody is listed under `people` in studies/protocol.yml yet. List the person there, or leave the line out."
"""While there is no name to suggest."""


def people_named_are_people_of_the_review(records: Records) -> Iterator[Problem]:
    """Whoever decides, extracts, assesses, rates or is an author is listed in protocol.yml under `people`.

    Their roles and interests are then printed (PRISMA 2020, items 8, 9 and 26).
    """
    if not records.protocol:
        return
    known = {person.id for person in records.protocol.people}
    for path, place, people in _named(records):
        for person in people:
            if person not in known:
                for problem in unknown(path, place, "a person of studies/protocol.yml", person, known):
                    yield problem if known else replace(problem, hint=_UNLISTED)
    known |= {BASE_REVIEW, NIGHTLY}
    for path, trial in trials(records):
        for index, seen in enumerate(trial.status_history):
            place = ("status_history", index, "by")
            yield from unknown(path, place, "a person of studies/protocol.yml, base-review or nightly", seen.by, known)


def _named(records: Records) -> Iterator[tuple[str, Place, Sequence[str]]]:
    for path, _, place, decision in decisions(records):
        yield path, (*place, "by"), decision.by
    for path, study in included(records):
        yield path, ("extraction", "by"), study.extraction.by
        for index, assessment in enumerate(study.risk_of_bias):
            yield path, ("risk_of_bias", index, "by"), assessment.by
    for identifier, year in records.screened.items():
        path = path_of(kinds.SCREENED, identifier)
        for index, record in enumerate(year.records):
            yield path, ("records", index, "by"), record.by
    for identifier, summary in records.summaries.items():
        if summary.rating:
            yield path_of(kinds.SUMMARY, identifier), ("rating", "by"), summary.rating.by
        for index, rating in enumerate(summary.earlier_ratings):
            yield path_of(kinds.SUMMARY, identifier), ("earlier_ratings", index, "by"), rating.by
    for index, version in enumerate(records.versions.versions if records.versions else ()):
        for position, author in enumerate(version.authors):
            yield VERSIONS, ("versions", index, "authors", position, "person"), (author.person,)


def dual_extraction_names_two_people(records: Records) -> Iterator[Problem]:
    """Data that two people extracted name both; what one person extracted says so (Cochrane MECIR, standard C46)."""
    for path, study in included(records):
        extraction = study.extraction
        n_people = len(set(extraction.by))
        if extraction.agreement is not Agreement.SINGLE and n_people < 2:
            yield Problem(
                path,
                ("extraction", "agreement"),
                f"expected at least 2 people under `by` for {extraction.agreement}, found {n_people}",
                "Name both, or write `agreement: single`.",
            )


def secondary_extraction_is_marked(records: Records) -> Iterator[Problem]:
    """Where every report was read only through another document, the basis of the extraction is secondary.

    Every value then carries the badge that nobody has checked it in the primary report.
    """
    for path, study in included(records):
        only_secondary = all(report.access is Access.SECONDARY for report in study.reports)
        if only_secondary and study.extraction.basis is not Basis.SECONDARY:
            yield Problem(
                path,
                ("extraction", "basis"),
                f"expected secondary, because no report was read itself, found {study.extraction.basis.value!r}",
                "Write under `reports` how each was read (`access`), or `basis: secondary` here.",
            )


RULES = (people_named_are_people_of_the_review, dual_extraction_names_two_people, secondary_extraction_is_marked)

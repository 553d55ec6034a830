"""Rules about identifiers: one DOI, PubMed id or registration leads to one record of the review."""

from collections.abc import Iterator

from generator import identifiers
from generator.model import records as kinds
from generator.model.records import Records, path_of
from generator.problems import Place, Problem, field_name
from generator.records.rules.files import assessed

_SCHEMES = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "openalex": "openalex", "registration": "registry"}
"""Fields that hold an identifier, with its scheme."""
Spot = tuple[str, Place]
"""Path of a file and place in it."""


def identifiers_lead_to_one_record(records: Records) -> Iterator[Problem]:
    """No identifier stands in two places among included, excluded, trials, candidates and screened.

    A record that is there twice would be counted twice in the flow diagram and found again every night. A registration
    of a study and the trial's own file belong together and are no repetition; nor is a candidate that names the other
    record under `possible_duplicates`, for the abstracts of a conference may share one DOI.
    """
    first: dict[tuple[str, str], Spot] = {}
    again: dict[tuple[str, str], list[Spot]] = {}
    for scheme, identifier, spot in _identifiers(records):
        key = (scheme, identifier)
        if key in first:
            again.setdefault(key, []).append(spot)
        else:
            first[key] = spot
    for (scheme, identifier), others in again.items():
        spots = [first[scheme, identifier], *others]
        if scheme == "registry" and _belong_together(spots):
            continue
        spots = [spot for spot in spots if not _names_another(spot, spots, identifier, records)]
        for spot in spots if len(spots) > 1 else ():
            other = next(one for one in spots if one is not spot)
            where = f"{other[0]} ({field_name(other[1]) or 'file name'})"
            yield Problem(
                spot[0],
                spot[1],
                f"expected {identifier} in one place, found it also in {where}",
                "Keep one record; when both are reports of one study, list them in the same file with their own ids.",
            )


def _names_another(spot: Spot, spots: list[Spot], identifier: str, records: Records) -> bool:
    """Return whether a spot is in a candidate that says itself that another of the spots may be the same record."""
    candidate = records.candidates.get(_id_of(spot)) if spot[0] == path_of(kinds.CANDIDATE, _id_of(spot)) else None
    named = candidate.possible_duplicates if candidate else ()
    return identifier in named or any(_id_of(other) in named for other in spots if other is not spot)


def _id_of(spot: Spot) -> str:
    return spot[0].rpartition("/")[2].removesuffix(".yml")


def _belong_together(spots: list[Spot]) -> bool:
    """Return whether a registration stands only in one study and in one trial's file."""
    folders = [path.split("/")[1] for path in {path for path, _ in spots}]
    return sorted(folders) in (["included", "trials"], ["excluded", "trials"], ["included"], ["excluded"])


def _identifiers(records: Records) -> Iterator[tuple[str, str, Spot]]:
    for path, study in assessed(records):
        for index, report in enumerate(study.reports):
            yield from _fields(report, path, ("reports", index))
        for index, registration in enumerate(study.registrations):
            yield "registry", registration.id, (path, ("registrations", index, "id"))
    for name, trial in records.trials.items():
        path = path_of(kinds.TRIAL, name)
        registration_id = identifiers.from_file_name(name)
        if registration_id:
            yield "registry", registration_id, (path, ())
        for other in trial.secondary_ids:
            yield "registry", other, (path, ("secondary_ids",))
    for name, candidate in records.candidates.items():
        yield from _fields(candidate.identifiers, path_of(kinds.CANDIDATE, name), ("identifiers",))
    for name, ledger in records.screened.items():
        path = path_of(kinds.SCREENED, name)
        for index, line in enumerate(ledger.records):
            yield from _fields(line, path, ("records", index))


def _fields(part: object, path: str, place: Place) -> Iterator[tuple[str, str, Spot]]:
    for field, scheme in _SCHEMES.items():
        identifier = getattr(part, field, None)
        if identifier:
            yield scheme, identifier, (path, (*place, field))


RULES = (identifiers_lead_to_one_record,)

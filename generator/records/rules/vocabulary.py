"""Rules about words that the protocol defines: facets, intervention details, instruments, outcomes."""

from collections.abc import Iterator, Mapping, Sequence

from generator.model import records as kinds
from generator.model.protocol import Facet
from generator.model.records import Records, path_of
from generator.problems import Level, Place, Problem
from generator.records.rules.files import INSTRUMENTS, PROTOCOL, included, trials
from generator.records.rules.names import unknown


def facets_are_those_of_the_protocol(records: Records) -> Iterator[Problem]:
    """Facets and their values are those that protocol.yml lists, so that tables and filters miss no study."""
    if not records.protocol:
        return
    facets = records.protocol.facets
    for path, trial in trials(records):
        yield from _facets(path, ("facets",), trial.facets, facets)
    for path, study in included(records):
        yield from _facets(path, ("facets",), study.facets, facets)
        for field, groups in (("arms", study.arms), ("subgroups", study.subgroups)):
            for index, arm in enumerate(groups):
                yield from _facets(path, (field, index, "facets"), arm.facets, facets)


def _facets(
    path: str, place: Place, given: Mapping[str, Sequence[str]], facets: Mapping[str, Facet]
) -> Iterator[Problem]:
    for key, values in given.items():
        facet = facets.get(key)
        if facet is None:
            yield from unknown(path, (*place, key), "a facet of studies/protocol.yml", key, facets)
            continue
        for value in values:
            yield from unknown(path, (*place, key), f"a value of the facet {key}", value, facet.values)


def intervention_details_are_those_of_the_protocol(records: Records) -> Iterator[Problem]:
    """The details of an intervention are fields that protocol.yml lists under `intervention_fields`."""
    if not records.protocol:
        return
    known = {field.id for field in records.protocol.intervention_fields}
    for path, study in included(records):
        for index, intervention in enumerate(study.interventions):
            for key in intervention.details:
                place = ("interventions", index, "details", key)
                yield from unknown(path, place, "an intervention field of studies/protocol.yml", key, known)


def instruments_are_described(records: Records) -> Iterator[Problem]:
    """Every instrument that is named is described in instruments.yml, where its better end is written down."""
    if not records.instruments:
        return
    known = records.instruments.instruments
    for path, place, name in _named_instruments(records):
        yield from unknown(path, place, "an instrument of studies/instruments.yml", name, known)


def _named_instruments(records: Records) -> Iterator[tuple[str, Place, str]]:
    for path, study in included(records):
        for index, result in enumerate(study.results):
            yield path, ("results", index, "instrument"), result.instrument
        for index, measured in enumerate(study.outcomes_measured):
            yield path, ("outcomes_measured", index, "instrument"), measured.instrument
    for path, trial in trials(records):
        for index, registered in enumerate(trial.outcomes):
            if registered.instrument:
                yield path, ("outcomes", index, "instrument"), registered.instrument
    for index, outcome in enumerate(records.protocol.outcomes if records.protocol else ()):
        for name in outcome.instruments:
            yield PROTOCOL, ("outcomes", index, "instruments"), name


def instruments_with_results_belong_to_an_outcome(records: Records) -> Iterator[Problem]:
    """An instrument that a study reports results for stands under an outcome; else no outcome page shows them."""
    if not records.protocol or not records.instruments:
        return
    shown = {name for outcome in records.protocol.outcomes for name in outcome.instruments}
    reported = {result.instrument for _, study in included(records) for result in study.results}
    for name in sorted((reported - shown) & records.instruments.instruments.keys()):
        yield Problem(
            INSTRUMENTS,
            ("instruments", name),
            f"expected an outcome of studies/protocol.yml that lists {name}, found none",
            "Add it to the `instruments` of an outcome: a study reports results for it.",
            Level.WARNING,
        )


def outcomes_are_those_of_the_protocol(records: Records) -> Iterator[Problem]:
    """An outcome that an assessment of risk of bias or a summary is about is one of protocol.yml."""
    if not records.protocol:
        return
    known = {outcome.id for outcome in records.protocol.outcomes}
    for path, place, name in _named_outcomes(records):
        yield from unknown(path, place, "an outcome of studies/protocol.yml", name, known)


def _named_outcomes(records: Records) -> Iterator[tuple[str, Place, str]]:
    for path, study in included(records):
        for index, assessment in enumerate(study.risk_of_bias):
            if assessment.outcome:
                yield path, ("risk_of_bias", index, "outcome"), assessment.outcome
    for identifier, summary in records.summaries.items():
        if summary.outcome:
            yield path_of(kinds.SUMMARY, identifier), ("outcome",), summary.outcome


RULES = (
    facets_are_those_of_the_protocol,
    intervention_details_are_those_of_the_protocol,
    instruments_are_described,
    instruments_with_results_belong_to_an_outcome,
    outcomes_are_those_of_the_protocol,
)

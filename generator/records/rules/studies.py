"""Rules about records that name each other, and about statements that do not agree."""

from collections.abc import Iterator, Sequence

from generator.model import records as kinds
from generator.model.records import Records, path_of
from generator.model.report import Discrepancy, DiscrepancyStatus
from generator.problems import Problem
from generator.records.rules.files import PROTOCOL, ids, included, trials
from generator.records.rules.names import unknown


def related_studies_exist(records: Records) -> Iterator[Problem]:
    """A related study is another included or excluded study, so that people counted twice can be found."""
    known = ids(records, kinds.STUDY, kinds.EXCLUSION)
    for identifier, study in records.included.items():
        path = path_of(kinds.STUDY, identifier)
        for index, related in enumerate(study.related):
            place = ("related", index, "study")
            if related.study == identifier:
                yield Problem(path, place, f"expected another study, found this one, {identifier!r}")
            else:
                yield from unknown(path, place, "the id of an included or excluded study", related.study, known)


def records_lie_in_one_folder(records: Records) -> Iterator[Problem]:
    """No two of included/, excluded/ and candidates/ hold a file of the same name: the folder is the status."""
    first: dict[str, str] = {}
    for kind in (kinds.STUDY, kinds.EXCLUSION, kinds.CANDIDATE):
        for identifier in sorted(ids(records, kind)):
            path = path_of(kind, identifier)
            other = first.setdefault(identifier.lower(), path)
            if other != path:
                yield Problem(
                    path,
                    (),
                    f"expected one file named {identifier}, found {other} too",
                    "Keep the file in the folder that fits the newest decision; name another study otherwise.",
                )


def resolved_discrepancies_say_how(records: Records) -> Iterator[Problem]:
    """A discrepancy that is resolved says what was found out and where."""
    for path, discrepancies in _discrepancies(records):
        for index, discrepancy in enumerate(discrepancies):
            if discrepancy.status is DiscrepancyStatus.RESOLVED and not discrepancy.resolution:
                yield Problem(
                    path,
                    ("discrepancies", index),
                    "expected `resolution` beside the status resolved, found none",
                    "Say what was found out and where, or write `status: open`.",
                )


def _discrepancies(records: Records) -> Iterator[tuple[str, Sequence[Discrepancy]]]:
    for path, study in included(records):
        yield path, study.discrepancies
    for path, trial in trials(records):
        yield path, trial.discrepancies
    if records.protocol:
        yield PROTOCOL, records.protocol.discrepancies


RULES = (related_studies_exist, records_lie_in_one_folder, resolved_discrepancies_say_how)

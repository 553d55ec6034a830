"""Rules about published versions: numbers that say what changed, and what each version rests on."""

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.model import records as kinds
from generator.model.records import Records
from generator.model.version import Version, VersionKind
from generator.problems import Problem
from generator.records.rules.files import VERSIONS, ids
from generator.records.rules.names import unknown

Number = tuple[int, int, int]


def _number(text: str) -> Number | None:
    """Return 1.2 as (1, 2, 0) and 1.2.3 as (1, 2, 3); None when it is no version number."""
    match = re.fullmatch(r"(\d+)\.(\d+)(?:\.([1-9]\d*))?", text)
    return (int(match[1]), int(match[2]), int(match[3] or 0)) if match else None


def _versions(records: Records) -> tuple[Version, ...]:
    return records.versions.versions if records.versions else ()


def version_numbers_say_what_changed(records: Records) -> Iterator[Problem]:
    """A version is X.0 for changed conclusions, x.Y for new evidence, x.y.Z for a correction, and higher than the last.

    Whoever cites a version sees from its number what a newer one means (Cochrane's update and amendment; PRISMA-LSR).
    """
    before: Number | None = None
    for index, version in enumerate(_versions(records)):
        place = ("versions", index, "version")
        number = _number(version.version)
        if number is None:
            yield Problem(VERSIONS, place, f"expected a number such as 1.0, 1.1 or 1.1.1, found {version.version!r}")
            continue
        if before and number <= before:
            yield Problem(
                VERSIONS,
                place,
                f"expected a number above {_shown(before)}, the version before, found {version.version!r}",
                "The newest version stands last.",
            )
        elif _kind(number, before) is not version.kind:
            yield Problem(
                VERSIONS,
                place,
                f"expected a number that fits the kind {version.kind}, found {version.version!r}",
                "conclusions: X.0 with a new X; evidence: x.Y with a new Y; correction: x.y.Z.",
            )
        before = number


def _kind(number: Number, before: Number | None) -> VersionKind | None:
    """Return what a step to `number` means; None when the step means nothing."""
    major, minor, patch = number
    if patch:
        return VersionKind.CORRECTION if before and before[:2] == number[:2] else None
    if minor:
        return VersionKind.EVIDENCE if before and before[0] == major else None
    return VersionKind.CONCLUSIONS


def _shown(number: Number) -> str:
    return ".".join(str(step) for step in (number if number[2] else number[:2]))


def versions_rest_on_known_studies(records: Records) -> Iterator[Problem]:
    """A study of a version has its file in included/, also when it was taken out since."""
    known = ids(records, kinds.STUDY)
    for index, version in enumerate(_versions(records)):
        for name in version.included:
            place = ("versions", index, "included")
            for problem in unknown(VERSIONS, place, "the id of a study in included/", name, known):
                yield replace(problem, hint=f"{problem.hint} A study that was published keeps its file there for ever.")


def versions_agree_with_themselves(records: Records) -> Iterator[Problem]:
    """A version rests on a search before its day, says truly whether conclusions changed, and none follows the last."""
    versions = _versions(records)
    for index, version in enumerate(versions):
        place = ("versions", index)
        if version.searched_to > version.on:
            yield Problem(
                VERSIONS,
                (*place, "searched_to"),
                f"expected a day not after the version's own {version.on}, found {version.searched_to}",
            )
        if version.conclusions_changed and version.kind is not VersionKind.CONCLUSIONS:
            yield Problem(
                VERSIONS,
                (*place, "conclusions_changed"),
                f"expected false for the kind {version.kind}, found true",
                "A version that changes conclusions or certainty is of the kind conclusions and is numbered X.0.",
            )
        if version.retires and index < len(versions) - 1:
            yield Problem(
                VERSIONS, (*place, "retires"), "expected true for the newest version only, found it for an older one"
            )


RULES = (version_numbers_say_what_changed, versions_rest_on_known_studies, versions_agree_with_themselves)

"""What published versions changed, and how the newest state of the review is cited (PRISMA-LSR items L2 to L4)."""

import datetime as dt
from dataclasses import dataclass

from generator.identifiers import address
from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.version import Version
from generator.review.living import LivingStatus
from generator.review.study_facts import is_removed


@dataclass(frozen=True)
class VersionChange:
    """A published version, and how its included studies differ from those of the version before."""

    version: Version
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Unpublished:
    """How the included studies of today differ from those of the newest published version."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


def version_changes(versions: tuple[Version, ...]) -> tuple[VersionChange, ...]:
    """Return the published versions, newest first, each compared with the one before; the first adds all it has."""
    before: tuple[tuple[str, ...], ...] = ((), *(version.included for version in versions))
    changes = [
        VersionChange(version, *_difference(previous, version.included))
        for version, previous in zip(versions, before, strict=False)
    ]
    return tuple(reversed(changes))


def unpublished(records: Records) -> Unpublished:
    """Compare the included studies of today with those of the newest published version, or with none."""
    versions = records.versions.versions if records.versions else ()
    before = versions[-1].included if versions else ()
    today = tuple(sorted(key for key, study in records.included.items() if not is_removed(study)))
    return Unpublished(*_difference(before, today))


def _difference(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    added, removed = set(after) - set(before), set(before) - set(after)
    return tuple(one for one in after if one in added), tuple(one for one in before if one in removed)


def citation(protocol: Protocol, version: Version, page: str) -> str:
    """Return how one published version is cited: with its own DOI, else with the address of its lasting `page`.

    While neither is known, with the address of the review.
    """
    names = {person.id: person.name for person in protocol.people}
    authors = ", ".join(names.get(author.person, author.person) for author in version.authors)
    where = address("doi", version.doi) if version.doi else page or _moving_address(protocol)
    return _sentences(
        authors,
        protocol.title,
        f"Version {version.version}, {version.on.isoformat()}; searched to {version.searched_to.isoformat()}",
        where,
    )


def working_copy_citation(protocol: Protocol, living: LivingStatus, today: dt.date) -> str:
    """Return how the state of a day is cited while no version, or not yet the newest data, is published.

    It names no authors: those are recorded with each published version.
    """
    searched = living.last_searched_on.isoformat() if living.last_searched_on else "not yet"
    changed = living.last_evidence_change_on.isoformat() if living.last_evidence_change_on else "none yet"
    return _sentences(
        protocol.title,
        f"Working copy of {today.isoformat()}; last searched {searched}; last change of evidence {changed}",
        _moving_address(protocol),
    )


def _moving_address(protocol: Protocol) -> str | None:
    return address("doi", protocol.doi) if protocol.doi else protocol.repository


def _sentences(*parts: str | None) -> str:
    return " ".join(part if part.endswith(".") or "://" in part else f"{part}." for part in parts if part)

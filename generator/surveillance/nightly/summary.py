"""A night in words: Markdown fit for the text of a pull request, with everything a screener needs to decide there."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator import identifiers
from generator.model import records as kinds
from generator.model.records import path_of
from generator.model.source_record import SourceRecord
from generator.surveillance.arriving.candidates import OPEN_LICENCES
from generator.surveillance.nightly.night import Night
from generator.wording.templates import write_for_github

LONGEST = 60_000
"""Characters; GitHub takes 65,536 in the text of a pull request."""
_FULL, _LISTED, _ABSTRACT = 25, 200, 2_500
"""Candidates described in full, candidates listed by title, characters shown of an abstract."""
_SCHEMES = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "openalex": "openalex", "registration": "registry"}


@dataclass(frozen=True)
class Offered:
    """A new candidate as the summary shows it."""

    key: str
    fields: Mapping[str, object]
    links: Mapping[str, str]
    """Addresses of the document by its identifiers; made by this project, never taken from a source."""
    sources: tuple[str, ...]
    abstract: str
    """As much of the abstract as its licence and the room allow."""

    @property
    def path(self) -> str:
        """The file."""
        return path_of(kinds.CANDIDATE, self.key)

    @property
    def score(self) -> int:
        """The priority, 0 where none was computed."""
        priority = self.fields.get("priority")
        return int(str(priority["score"])) if isinstance(priority, dict) else 0


def summary(night: Night) -> str:
    """Return the night in Markdown, at most `LONGEST` characters; what does not fit is counted, never lost."""
    offered = sorted((_offered(night, key) for key in night.arrivals.candidates), key=lambda one: (-one.score, one.key))
    for n_full, n_listed in ((_FULL, _LISTED), (10, _LISTED), (3, _LISTED), (0, 50)):
        text = write_for_github(
            "surveillance/nightly/summary.md.j2",
            night=night,
            headline=headline(night),
            in_full=offered[:n_full],
            listed=offered[:n_listed],
            n_offered=len(offered),
        )
        if len(text) <= LONGEST:
            return text
    return text[:LONGEST] + "\n\nThe rest did not fit here; it stands in the files.\n"


def headline(night: Night) -> str:
    """Return the night in one line, for a title or a terminal."""
    n_failed = sum(one.asked.failed for one in night.counted)
    parts = [
        _counted(len(night.arrivals.new), "new candidate", "new candidates"),
        _counted(len(night.updated.files), "known record changed", "known records changed")
        if night.updated.files
        else "",
        _counted(n_failed, "search failed", "searches failed") if n_failed else "",
    ]
    return f"Search of {night.on}: {', '.join(part for part in parts if part)}"


def _counted(n: int, one: str, several: str) -> str:
    return f"{n} {one if n == 1 else several}"


def _offered(night: Night, key: str) -> Offered:
    records = night.arrivals.new[key].records
    text = next((one.abstract for one in records if OPEN_LICENCES.fullmatch(one.licence) and one.abstract), "")
    return Offered(
        key,
        night.arrivals.candidates[key],
        _links(records),
        tuple(dict.fromkeys(record.source for record in records)),
        text if len(text) <= _ABSTRACT else f"{text[:_ABSTRACT]} […]",
    )


def _links(records: tuple[SourceRecord, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for record in records:
        for field, scheme in _SCHEMES.items():
            value: str = getattr(record, field)
            if value and (address := identifiers.address(scheme, value)):
                found.setdefault(value, address)
    return found

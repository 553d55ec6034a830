"""All records of a review together, as read from `studies/`, and the table of folders that says what lies where."""

import re
from dataclasses import dataclass, field

from generator.model.decision import Candidate, ScreenedYear
from generator.model.instrument import Instruments
from generator.model.protocol import Protocol
from generator.model.risk_of_bias import RiskOfBiasTool
from generator.model.search_run import SearchDay
from generator.model.study import Exclusion, Study
from generator.model.summary import Summary
from generator.model.trial import Trial
from generator.model.values import Part
from generator.model.version import Versions

FOLDER = "studies"
"""The folder that holds all records."""


@dataclass(frozen=True)
class Kind:
    """A kind of record file: the model of its content, where it lies below `studies/` and how its id is spelled."""

    name: str
    model: type[Part]
    pattern: str
    """Path below `studies/`, where `{id}` stands for the id of the record."""
    id_pattern: str = r"[a-z0-9]+(?:-[a-z0-9]+)*"


PROTOCOL = Kind("protocol", Protocol, "protocol.yml")
INSTRUMENTS = Kind("instruments", Instruments, "instruments.yml")
VERSIONS = Kind("versions", Versions, "versions.yml")
STUDY = Kind("study", Study, "included/{id}.yml")
EXCLUSION = Kind("excluded study", Exclusion, "excluded/{id}.yml")
TRIAL = Kind("trial", Trial, "trials/{id}.yml", r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
CANDIDATE = Kind("candidate", Candidate, "candidates/{id}.yml", r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
SCREENED = Kind("screened year", ScreenedYear, "screened/{id}.yml", r"\d{4}")
SEARCH = Kind("search day", SearchDay, "searches/{id}.yml", r"(?P<year>\d{4})/(?P=year)-\d{2}-\d{2}")
SUMMARY = Kind("summary", Summary, "summaries/{id}.yml")
TOOL = Kind("risk-of-bias tool", RiskOfBiasTool, "tools/{id}.yml")
KINDS = (PROTOCOL, INSTRUMENTS, VERSIONS, STUDY, EXCLUSION, TRIAL, CANDIDATE, SCREENED, SEARCH, SUMMARY, TOOL)
"""Every kind of record file. The folder is the status of a record."""


@dataclass(frozen=True, eq=False)  # compared by identity, so that what follows from all records can be remembered
class Records:
    """The records of a review that could be read, by id; a file with a problem in its form is not among them."""

    protocol: Protocol | None = None
    instruments: Instruments | None = None
    versions: Versions | None = None
    included: dict[str, Study] = field(default_factory=dict)
    excluded: dict[str, Exclusion] = field(default_factory=dict)
    trials: dict[str, Trial] = field(default_factory=dict)
    candidates: dict[str, Candidate] = field(default_factory=dict)
    screened: dict[str, ScreenedYear] = field(default_factory=dict)
    searches: dict[str, SearchDay] = field(default_factory=dict)
    summaries: dict[str, Summary] = field(default_factory=dict)
    tools: dict[str, RiskOfBiasTool] = field(default_factory=dict)
    source_texts: dict[str, str] = field(default_factory=dict)
    """Full text of open-licensed reports and documents, by report id."""
    unread: frozenset[str] = frozenset()
    """Paths of files whose form is wrong: references to them are right all the same."""


_PATTERNS = tuple(
    (kind, re.compile(re.escape(kind.pattern).replace(re.escape("{id}"), f"(?:{kind.id_pattern})"))) for kind in KINDS
)


def kind_of(below: str) -> Kind | None:
    """Return the kind of the record file at a path below `studies/`, or None when no record belongs there."""
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(below)), None)


def record_id(kind: Kind, below: str) -> str:
    """Return the id that a path below `studies/` gives to its record."""
    before, _, after = kind.pattern.partition("{id}")
    return below[len(before) : len(below) - len(after)] if after else below


def path_of(kind: Kind, identifier: str = "") -> str:
    """Return the path of a record's file from the folder that holds `studies/`."""
    return f"{FOLDER}/{kind.pattern.replace('{id}', identifier)}"

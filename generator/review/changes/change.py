"""What a change of the review is: a dated fact that somebody who follows the review would want to hear of, once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from generator.wording.table import Link


class ChangeKind(StrEnum):
    """What changed."""

    STUDY_INCLUDED = "study-included"
    STUDY_REMOVED = "study-removed"
    DATA_ADDED = "data-added"
    """Data were added to a study."""
    CORRECTION = "correction"
    """Something the review said of a study was corrected."""
    RETRACTION = "retraction"
    """A report was retracted, corrected by its publisher, or an expression of concern was published."""
    TRIAL_ADDED = "trial-added"
    """A trial became part of the review, or became so again."""
    TRIAL_REMOVED = "trial-removed"
    TRIAL_STATUS = "trial-status"
    CANDIDATES_FOUND = "candidates-found"
    SEARCH_ALARM = "search-alarm"
    VERSION = "version"
    CERTAINTY = "certainty"
    SENTENCE = "sentence"
    PROTOCOL = "protocol"
    """The protocol was amended."""


class Weight(StrEnum):
    """How much a change matters to somebody who acts on the review."""

    MAJOR = "major"
    """What is known, or how sure it is, may be different now."""
    NOTABLE = "notable"
    """Something that readers may rely on has changed."""
    MINOR = "minor"
    """Good to know; nothing that is known changed."""


@dataclass(frozen=True)
class Change:
    """One thing that changed. Its texts are plain: whoever shows them escapes them."""

    id: str
    """Made from the kind, the record and the dated fact, never from wording; the same for ever."""
    on: dt.date
    """The day on which the review learned of it."""
    kind: ChangeKind
    weight: Weight
    title: str
    """One sentence, without a full stop."""
    text: str
    """What it means, in one to three sentences."""
    place: str
    """Markdown path on the site where it can be read up, with an anchor after `#`: `trials/NCT01.md#table-x`."""
    record_id: str = ""
    """Id of the study, trial, source, summary or version concerned; empty where it is none."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """How the record concerned is grouped: id of the facet to ids of its values."""
    is_digest: bool = False
    """True when it stands for everything that is dated before the record was part of this review's records."""


def identify(kind: ChangeKind, record_id: str, on: dt.date) -> str:
    """Return the id of what changed in one record on one day; without a record, of what changed on that day."""
    return ":".join(part for part in (kind, record_id, on.isoformat()) if part)


def place_text(link: Link | None, otherwise: str = "index.md") -> str:
    """Return where something is shown as one text: path, and anchor where it has one."""
    if link is None:
        return otherwise
    return f"{link.page}#{link.anchor}" if link.anchor else link.page


def sentences(*parts: str) -> str:
    """Return parts as sentences, one after the other, each with its full stop."""
    return " ".join(part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in parts if part)

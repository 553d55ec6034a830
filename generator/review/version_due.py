"""Which version is due: what has changed since the newest published one, and what that means for whoever cites it.

X.0 when conclusions, certainty or eligibility changed; x.Y when studies or data did and the conclusions did not; x.y.Z
for a correction without effect on the findings (after Cochrane's update and amendment, and PRISMA-LSR, Akl 2024, BMJ
387:e079183). A search, a candidate or the status of a trial alone never makes one. The kind is the least that the
records demand: whether conclusions or eligibility changed is for people to say, and only upwards.

A fact dated on the day of a version belongs to that version.
"""

from dataclasses import dataclass

from generator.model.report import EventKind
from generator.model.version import Version, VersionKind
from generator.review import Review
from generator.review.changes import Change, ChangeKind, Weight, changes
from generator.review.study_facts import label_of

RANK = {VersionKind.CORRECTION: 1, VersionKind.EVIDENCE: 2, VersionKind.CONCLUSIONS: 3}
"""The kinds of version in the order of how much they mean."""

_DEMANDS = {
    ChangeKind.CERTAINTY: VersionKind.CONCLUSIONS,
    ChangeKind.STUDY_INCLUDED: VersionKind.EVIDENCE,
    ChangeKind.STUDY_REMOVED: VersionKind.EVIDENCE,
    ChangeKind.DATA_ADDED: VersionKind.EVIDENCE,
    ChangeKind.RETRACTION: VersionKind.EVIDENCE,
    ChangeKind.PROTOCOL: VersionKind.EVIDENCE,  # a change of eligibility makes it X.0; the record does not say
    ChangeKind.CORRECTION: VersionKind.CORRECTION,
    ChangeKind.SENTENCE: VersionKind.CORRECTION,
}
_FINDINGS = ("results", "harms")
"""Fields of a study whose correction changes what the review shows as found."""


@dataclass(frozen=True)
class Reason:
    """One thing that makes a version due."""

    kind: VersionKind
    """The least kind of version that it demands."""
    text: str
    """One sentence, without a full stop."""
    change: Change | None = None
    """The dated change; None for what only the lists of studies show."""


@dataclass(frozen=True)
class Due:
    """What has changed since the newest published version."""

    kind: VersionKind | None
    """The least kind of version that is due; None when none is."""
    number: str
    """The number that a version of this kind would have; empty when none is due."""
    reasons: tuple[Reason, ...]
    """What makes it due, what means most standing first."""
    others: tuple[Change, ...]
    """What also changed and makes no version due, newest first."""


def due(review: Review) -> Due:
    """Return which version is due on the day of the review, and why."""
    since = changes_since(review)
    reasons = [Reason(kind, change.title, change) for change in since if (kind := demanded(review, change)) is not None]
    reasons += _undated(review, reasons)
    if not review.versions:
        reasons = [Reason(VersionKind.CONCLUSIONS, "No version has been published yet")] if _has_begun(review) else []
    reasons.sort(key=lambda reason: -RANK[reason.kind])  # stable: within a kind the newest stays first
    kind = reasons[0].kind if reasons else None
    named = {reason.change.id for reason in reasons if reason.change}
    others = tuple(
        one for one in since if review.versions and one.id not in named and one.kind is not ChangeKind.VERSION
    )
    return Due(kind, next_number(review.versions, kind) if kind else "", tuple(reasons), others)


def changes_since(review: Review) -> tuple[Change, ...]:
    """Return every change after the day of the newest published version, newest first."""
    if not review.versions:
        return changes(review)
    return tuple(change for change in changes(review) if change.on > review.versions[-1].on)


def demanded(review: Review, change: Change) -> VersionKind | None:
    """Return the least kind of version that a change demands by itself; None when it demands none."""
    if change.kind is ChangeKind.RETRACTION and change.weight is Weight.NOTABLE:
        return VersionKind.CORRECTION  # the publisher corrected a report, and no data of it changed here
    if change.weight is Weight.MINOR and change.kind is not ChangeKind.SENTENCE:
        return None  # what befalls a study that is not in the review
    if change.kind is ChangeKind.CORRECTION and _changes_findings(review, change):
        return VersionKind.EVIDENCE
    return _DEMANDS.get(change.kind)


def _changes_findings(review: Review, change: Change) -> bool:
    study = review.records.included.get(change.record_id)
    fields = [
        event.field or ""
        for event in (study.history if study else ())
        if event.kind is EventKind.CORRECTED and event.on == change.on
    ]
    return any(field.startswith(_FINDINGS) for field in fields)


def _undated(review: Review, dated: list[Reason]) -> list[Reason]:
    """Return the studies that came or went by the lists alone: their histories tell of no later day."""
    told = {reason.change.record_id for reason in dated if reason.change}
    gone = review.unpublished
    came = [Reason(VersionKind.EVIDENCE, f"{label_of(key)} is included now") for key in gone.added if key not in told]
    left = [Reason(VersionKind.EVIDENCE, f"{label_of(key)} is out now") for key in gone.removed if key not in told]
    return came + left


def _has_begun(review: Review) -> bool:
    return bool(review.studies) or review.living.last_searched_on is not None


def next_number(versions: tuple[Version, ...], kind: VersionKind) -> str:
    """Return the number that the next version of a kind has; the first one is 1.0."""
    if not versions:
        return "1.0"
    major, minor, patch = (int(step) for step in f"{versions[-1].version}.0".split(".")[:3])
    if kind is VersionKind.CONCLUSIONS:
        return f"{major + 1}.0"
    return f"{major}.{minor + 1}" if kind is VersionKind.EVIDENCE else f"{major}.{minor}.{patch + 1}"


def why_not(review: Review, kind: VersionKind) -> str:
    """Return why a version of `kind` must not be published today, in a sentence; empty when it may."""
    found = due(review)
    if found.kind is None:
        newest = f"version {review.versions[-1].version}" if review.versions else "an empty review"
        return f"Nothing that makes a version has changed since {newest}; a search alone never makes one."
    if RANK[kind] < RANK[found.kind]:
        reason = next(one for one in found.reasons if one.kind is found.kind)
        return f"At least {found.number} ({found.kind}) is due, because: {reason.text}."
    if found.kind is VersionKind.CORRECTION and kind is VersionKind.EVIDENCE:
        newest = review.versions[-1].version
        return f"The evidence is that of version {newest}: {found.number} (correction) is due, not new evidence."
    return ""

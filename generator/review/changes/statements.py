"""What changed in what the review says of itself: versions, certainty, our own sentences, the protocol.

Every wording and every rating that the records keep is told under its own day, so one that a newer one replaced stays
told as it was. The rules of the records see to it that no day has two wordings of a summary, or two ratings.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from generator.model.protocol import Amendment
from generator.model.summary import Summary, SummaryKind, Wording
from generator.model.version import Version, VersionKind
from generator.review import Review
from generator.review.changes.change import Change, ChangeKind, Weight, identify, sentences
from generator.review.study_facts import label_of


def statement_changes(review: Review) -> Iterator[Change]:
    """Yield published versions, dated ratings of certainty, each wording of each summary, and amendments."""
    yield from (_version(version) for version in review.versions)
    labels = {domain.id: domain.label for domain in review.protocol.outcomes}
    for key, summary in review.records.summaries.items():
        yield from _wordings(key, summary)
        yield from _certainty(key, summary, labels)
    by_day: dict[dt.date, list[Amendment]] = {}
    for amendment in review.protocol.amendments:
        by_day.setdefault(amendment.on, []).append(amendment)
    yield from (_amended(on, amendments) for on, amendments in by_day.items())


def _version(version: Version) -> Change:
    return Change(
        id=f"{ChangeKind.VERSION}:{version.version}:{version.on.isoformat()}",
        on=version.on,
        kind=ChangeKind.VERSION,
        weight=Weight.NOTABLE if version.kind is VersionKind.CORRECTION else Weight.MAJOR,
        title=f"Version {version.version} was published",
        text=sentences(
            version.trigger,
            version.results_changes,
            "Conclusions or certainty changed" if version.conclusions_changed else "The conclusions did not change",
            "It is the last version; the review ends with it" if version.retires else "",
        ),
        place=f"versions/{version.version}.md",
        record_id=version.version,
    )


def _wordings(key: str, summary: Summary) -> Iterator[Change]:
    """Yield every wording that is kept; the oldest one was written, each later one is a rewording."""
    before: Wording | None = None
    for wording in summary.wordings:
        rests_on = ", ".join(label_of(name) for name in wording.rests_on)
        yield Change(
            id=identify(ChangeKind.SENTENCE, key, wording.written),
            on=wording.written,
            kind=ChangeKind.SENTENCE,
            weight=Weight.MINOR,
            title=f"Our words on “{wording.title}” were {'reworded' if before else 'written'}",
            text=sentences(
                f"They rest on: {rests_on}" if rests_on else "They rest on no study or trial",
                f"The words before were those of {before.written.isoformat()}" if before else "",
            ),
            place=_place(summary),
            record_id=key,
        )
        before = wording


def _certainty(key: str, summary: Summary, labels: Mapping[str, str]) -> Iterator[Change]:
    """Yield every rating that has a day and a level other than the one before; an undated rating is no news."""
    before = summary.ratings[0].was if summary.ratings else None
    about = labels.get(summary.outcome or "", summary.title)
    for rating in summary.ratings:
        if rating.on and rating.level is not before:
            level = _words(rating.level)
            moved = f"now reads {level}; it read {_words(before)} before" if before else f"reads {level}"
            yield Change(
                id=identify(ChangeKind.CERTAINTY, key, rating.on),
                on=rating.on,
                kind=ChangeKind.CERTAINTY,
                weight=Weight.MAJOR,
                title=f"The certainty of the evidence on “{about}” was rated",
                text=sentences(f"The rating of the reviewers {moved}"),
                place=_place(summary),
                record_id=key,
            )
        before = rating.level


def _place(summary: Summary) -> str:
    if summary.kind is SummaryKind.BOTTOM_LINE and summary.outcome:
        return f"index.md#outcome-{summary.outcome}"  # the summary of findings leaves some outcomes out
    return "plain-language.md" if summary.kind is SummaryKind.PLAIN_LANGUAGE else "index.md"


def _amended(on: dt.date, amendments: list[Amendment]) -> Change:
    return Change(
        id=identify(ChangeKind.PROTOCOL, "", on),
        on=on,
        kind=ChangeKind.PROTOCOL,
        weight=Weight.NOTABLE,
        title="The protocol was amended",
        text=sentences(*(part for one in amendments for part in (one.what, f"Why: {one.why}"))),
        place="protocol.md#amendments",
    )


def _words(level: str) -> str:
    return level.replace("-", " ")

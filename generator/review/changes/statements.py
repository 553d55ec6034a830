"""What changed in what the review says of itself: versions, certainty, our own sentences, the protocol."""

import datetime as dt
from collections.abc import Iterator, Mapping

from generator.model.protocol import Amendment
from generator.model.summary import Summary, SummaryKind
from generator.model.version import Version, VersionKind
from generator.review import Review
from generator.review.changes.change import Change, ChangeKind, Weight, identify, sentences
from generator.review.study_facts import label_of


def statement_changes(review: Review) -> Iterator[Change]:
    """Yield published versions, dated ratings of certainty, the last rewording of each summary, and amendments."""
    yield from (_version(version) for version in review.versions)
    labels = {domain.id: domain.label for domain in review.protocol.outcomes}
    for key, summary in review.records.summaries.items():
        yield _sentence(key, summary)
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


def _sentence(key: str, summary: Summary) -> Change:
    rests_on = ", ".join(label_of(name) for name in summary.rests_on)
    return Change(
        id=identify(ChangeKind.SENTENCE, key, summary.written),
        on=summary.written,
        kind=ChangeKind.SENTENCE,
        weight=Weight.MINOR,
        title=f"Our words on “{summary.title}” were written or reworded",
        text=sentences(f"They rest on: {rests_on}" if rests_on else "They rest on no study or trial"),
        place=_place(summary),
        record_id=key,
    )


def _certainty(key: str, summary: Summary, labels: Mapping[str, str]) -> Iterator[Change]:
    """Yield the rating of an outcome when it has a day; an undated rating is no news."""
    rating = summary.rating
    if rating is None or rating.on is None or rating.was is rating.level:
        return
    level, before = _words(rating.level), _words(rating.was) if rating.was else ""
    moved = f"now reads {level}; it read {before} before" if before else f"reads {level}"
    yield Change(
        id=identify(ChangeKind.CERTAINTY, key, rating.on),
        on=rating.on,
        kind=ChangeKind.CERTAINTY,
        weight=Weight.MAJOR,
        title=f"The certainty of the evidence on “{labels.get(summary.outcome or '', summary.title)}” was rated",
        text=sentences(f"The rating of the reviewers {moved}"),
        place=_place(summary),
        record_id=key,
    )


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

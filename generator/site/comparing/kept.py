"""Wordings, ratings, decisions and candidates that a change of the records would lose, so that nothing tells of them.

What the records keep once, they keep: a new wording or rating has a new day, and the one before stands with the earlier
ones, word for word; so does a decision that another one replaces, and a study that was included keeps its file. On the
day of the comparison all of it may still be mended: a day has the words of its end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import records as kinds
from generator.model.decision import DecidedOn, Decision, decisions_on
from generator.model.records import Records, path_of
from generator.model.summary import CertaintyRating, Summary, Wording
from generator.model.values import Part
from generator.records.store import FIELDS
from generator.records.vanished import HOLDING, names_of
from generator.review import Review
from generator.review.study_facts import label_of


@dataclass(frozen=True)
class LostStatement:
    """A file of which something that was said would no longer be told."""

    path: str
    title: str
    reasons: tuple[str, ...]


def lost_statements(base: Review, head: Review) -> tuple[LostStatement, ...]:
    """Return the summaries that would lose a wording or a rating by the merge, in the order of their ids."""
    found = []
    for key, before in sorted(base.records.summaries.items()):
        after = head.records.summaries.get(key)
        reasons = tuple(_reasons(before, after, head)) if after else ("its file goes, with every wording and rating",)
        if reasons:
            found.append(LostStatement(path_of(kinds.SUMMARY, key), before.title, reasons))
    return tuple(found)


def lost_decisions(base: Review, head: Review) -> tuple[LostStatement, ...]:
    """Return the records that would lose a decision, and the studies that would lose what was extracted from them."""
    there, found = _decided(head.records), []
    for name, (path, record) in sorted(_decided(base.records).items()):
        reasons = []
        if path_of(kinds.STUDY, name) == path and name not in head.records.included:
            reasons.append("its file leaves included/, with all that was extracted from it")
        if name in there:
            _, after = there[name]
            reasons += [
                f"the decision {_said(one)} is replaced, but not kept under `earlier_decisions`"
                for one in decisions_on(record)
                if one not in decisions_on(after) and not _is_mended_today(one, after, head)
            ]
        if reasons:
            title = label_of(name) if path.startswith(f"{kinds.FOLDER}/included/") else name
            found.append(LostStatement(path, title, tuple(reasons)))
    return tuple(found)


def lost_candidates(base: Review, head: Review) -> tuple[LostStatement, ...]:
    """Return the candidates that would be nowhere: neither settled, nor renamed, nor merged into another record."""
    gone = {key: one for key, one in base.records.candidates.items() if key not in head.records.candidates}
    known = set(_names(head.records)) if gone else set()
    reason = "its file goes, and its record is nowhere else: decide on it, or give its identifiers to the same document"
    return tuple(
        LostStatement(path_of(kinds.CANDIDATE, key), key, (reason,))
        for key, one in sorted(gone.items())
        if known.isdisjoint(names_of(kinds.CANDIDATE, key, _plain(one)))
    )


def _names(records: Records) -> Iterator[str]:
    """Yield what every record may be known by."""
    for kind in HOLDING:
        for key, one in getattr(records, FIELDS[kind]).items():
            yield from names_of(kind, key, _plain(one))


def _plain(record: Part) -> dict[str, object]:
    return record.model_dump(mode="json", exclude_none=True)


def _decided(records: Records) -> dict[str, tuple[str, DecidedOn]]:
    """Return the files of records by the name that stays theirs when they move, each with its path."""
    families: tuple[tuple[kinds.Kind, Mapping[str, DecidedOn]], ...] = (
        (kinds.CANDIDATE, records.candidates),
        (kinds.EXCLUSION, records.excluded),
        (kinds.STUDY, records.included),
        (kinds.TRIAL, records.trials),
    )
    return {key.lower(): (path_of(kind, key), one) for kind, by_id in families for key, one in by_id.items()}


def _is_mended_today(before: Decision, after: DecidedOn, head: Review) -> bool:
    return any(one.on == before.on == head.today for one in decisions_on(after))


def _said(decision: Decision) -> str:
    return f"({decision.outcome.value} at {decision.stage.value}, {decision.on})"


def _reasons(before: Summary, after: Summary, head: Review) -> Iterator[str]:
    kept = {_dated_words(one) for one in after.wordings}
    for wording in before.wordings[:-1]:
        if _dated_words(wording) not in kept:
            yield f"the words of {wording.written} under `earlier_wordings` are changed or taken out"
    newest = before.wordings[-1]
    if _dated_words(newest) not in kept:
        yield from _replaced(newest, after.wordings[-1], head)
    for rating in before.earlier_ratings:
        if not _is_kept(rating, after):
            yield f"the rating {_named(rating)} under `earlier_ratings` is changed or taken out"
    if before.rating and not _is_kept(before.rating, after):
        yield from _rated_again(before.rating, after.rating, head)


def _replaced(before: Wording, after: Wording, head: Review) -> Iterator[str]:
    if _words(before) == _words(after):
        moved = f"`written` moves from {before.written} to {after.written}"
        yield f"{moved}, but no word changes: leave it, and renew `reviewed`"
    elif before.written != after.written:
        yield f"the words of {before.written} are replaced, but not kept under `earlier_wordings`"
    elif after.written != head.today:
        yield f"the words change, but `written` still says {after.written}"


def _rated_again(before: CertaintyRating, after: CertaintyRating | None, head: Review) -> Iterator[str]:
    if after is None or before.on != after.on:
        yield f"the rating {_named(before)} is replaced, but not kept under `earlier_ratings`"
    elif after.on is None:
        yield "the rating changes, but has no day (`on`), and the one before is not kept under `earlier_ratings`"
    elif after.on != head.today:
        yield f"the rating changes, but its day (`on`) is still {after.on}"


def _is_kept(rating: CertaintyRating, after: Summary) -> bool:
    """Return whether a rating stands as it was; that a day is given to one without, or `was` left out, is no loss."""
    return any(
        rating.having(on=rating.on or one.on, was=one.was) == one  # what its reasons say counts too
        for one in after.ratings
    )


def _named(rating: CertaintyRating) -> str:
    return f"({rating.level.replace('-', ' ')}, {rating.on or 'without a day'})"


def _words(wording: Wording) -> tuple[object, ...]:
    return wording.title, wording.text, wording.sections


def _dated_words(wording: Wording) -> tuple[object, ...]:
    return wording.written, *_words(wording)

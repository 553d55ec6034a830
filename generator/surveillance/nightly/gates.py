"""Answers that a person should look at before they are believed. Nothing is dropped because of a gate."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from generator.surveillance.nightly.asked import Asked

_GATED = "gated: "


def without_falls(asked: Sequence[Asked], accepted: Collection[str]) -> list[Asked]:
    """Return the answers with those in error whose total fell to zero or by half since the last full answer.

    Such a fall is far likelier a broken query or a broken service than the truth. The records received are kept, the
    date of the last search stands still, and the fall is reported every night until a person accepts it for the source.
    """
    return [_without_fall(one, one.due.source.id in accepted) for one in asked]


def _without_fall(asked: Asked, accepted: bool) -> Asked:
    before = next((past for past in reversed(asked.due.past) if past.part.total is not None), None)
    if asked.failed or before is None or asked.total is None or not before.part.total:
        return asked
    if asked.total > before.part.total / 2:
        return asked
    fall = f"the total fell from {before.part.total} on {before.on} to {asked.total}"
    if accepted:
        return replace(asked, remarks=(*asked.remarks, f"{fall}; a person accepted this"))
    return replace(asked, answer=replace(asked.answer, error=f"{_GATED}{fall}"))


def way_out(asked: Asked) -> str:
    """Return what a person can do about a total that fell; empty for an answer that is not gated."""
    if not asked.answer.error.startswith(_GATED):
        return ""
    return (
        f"The {len(asked.answer.records)} records that came are kept. Run the strategy on the source's own website. If "
        f"the fall is true, accept it once: living-review search --accept {asked.due.source.id}, or the workflow "
        f"Nightly search with the id {asked.due.source.id}."
    )


def too_many(n_new: int, cap: int) -> str:
    """Return why a night with more new candidates than `cap` should be looked at before it is merged; else nothing."""
    return f"{n_new} new candidates, more than the {cap} of an ordinary night" if n_new > cap else ""


def canary_alarms(asked: Sequence[Asked]) -> Iterator[str]:
    """Yield a sentence for each source whose strategies return a smaller share of what is known than the last time.

    A source that held some the last time and holds none of them now has lost them, or is asked for them in vain.
    """
    for one in asked:
        if not one.watched:
            continue
        before = next((past.part.canaries for past in reversed(one.due.past) if past.part.canaries), None)
        if not one.watched.held:
            if before and before.held:
                yield f"{one.due.source.name} no longer holds any known study or trial; it held {before.held}"
            continue
        share = len(one.watched.returned) / len(one.watched.held)
        if share < (before.returned / before.held if before and before.held else 1.0):
            yield (
                f"{one.due.source.name}: the search no longer finds {', '.join(one.watched.missing)}, "
                f"which the source holds ({len(one.watched.returned)} of {len(one.watched.held)} found)"
            )

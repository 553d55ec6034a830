"""Names that refer to something, and the problem when they refer to nothing. Holds no rule."""

import difflib
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from generator.problems import Place, Problem

_MANY = 1_000
"""Above this many known names none is suggested: comparing with each would take too long."""
_LISTED = 12


def unknown(path: str, place: Place, expected: str, name: str, known: Collection[str]) -> Iterator[Problem]:
    """Yield the problem that `name` is not among `known`; `expected` says what it should name."""
    if name not in known:
        yield Problem(path, place, f"expected {expected}, found {name!r}", suggestion(name, known))


def suggestion(name: str, known: Collection[str]) -> str:
    """Return what may have been meant, or what is known."""
    return "" if len(known) > _MANY else _suggestion(name, frozenset(known))


@lru_cache(maxsize=1_000)  # a file that is gone is named by every record that it had found
def _suggestion(name: str, known: frozenset[str]) -> str:
    by_small_letters = {one.lower(): one for one in sorted(known)}
    spelled = name.lower().replace(" ", "-").replace("_", "-")
    close = difflib.get_close_matches(spelled, by_small_letters, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {by_small_letters[close[0]]!r}?"
    listed = sorted(known)[:_LISTED]
    more = " …" if len(known) > _LISTED else ""
    return f"Known: {', '.join(listed)}{more}." if listed else "None is known yet."


def repeated(path: str, places: Sequence[tuple[Place, str]], what: str) -> Iterator[Problem]:
    """Yield a problem for every name in `places` that stood there before; `what` says what the name is."""
    first: dict[str, Place] = {}
    for place, name in places:
        if name in first:
            yield Problem(path, place, f"expected each {what} once, found {name!r} again", "Keep one, or rename one.")
        else:
            first[name] = place

"""Follow-up times: how long they are, and into which time window of the protocol they fall."""

from functools import lru_cache

from generator.model.protocol import Protocol, TimeWindow

_DAYS = {"min": 1 / 1440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.44, "y": 365.25}


@lru_cache(maxsize=1024)  # a review uses few spans, and asks for each thousands of times
def days(span: str) -> float:
    """Return the length of a time such as `3 mo` in days (a month counts 30.44 days); baseline is 0."""
    if span == "baseline":
        return 0.0
    count, unit = span.split()
    return float(count) * _DAYS[unit]


def window_of(span: str, protocol: Protocol) -> TimeWindow | None:
    """Return the time window of the protocol that a follow-up time falls into."""
    length = days(span)
    for window in protocol.time_windows:
        if days(window.after) < length and (window.up_to is None or length <= days(window.up_to)):
            return window
    return None

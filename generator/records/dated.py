"""What a file of `studies/` dates, read from its plain data, so that files of an older form can be read as well.

Facts carry a day on which somebody here did or learned something; days of the world outside, such as those of a
publication or a registration, are none. Lines are facts that stay for ever: a history that only grows. Judges nothing.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import records as kinds
from generator.model.records import Kind, kind_of, record_id
from generator.problems import Place, field_name

ZONES = dt.timedelta(days=1)
"""How far the day of a place may be from that of UTC; what was saved a day ago may still be mended."""
_POSITION = re.compile(r"\[\d+\]")
_OURS = frozenset({"on", "seen", "known_on", "checked", "first_checked", "raised", "written", "reviewed"})
"""Names of fields that hold a day of ours; `at` does in a search run, and `on` does not in a published notice."""
_NEWS = frozenset(
    {
        "history[].on",
        "status_history[].seen",
        "found[].on",
        "runs[].at",
        "versions[].on",
        "amendments[].on",
        "rating.on",
    }
)
"""Fields whose day becomes the day of a message to subscribers."""
_DECIDED_ON = "decision.on"
_DECIDED = ("on", "outcome", "stage")
_LASTING: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    kinds.STUDY: {"history": ("on", "kind", "field"), "decisions": _DECIDED},
    kinds.EXCLUSION: {"history": ("on", "kind", "field"), "decisions": _DECIDED},
    kinds.CANDIDATE: {"decisions": _DECIDED},
    kinds.TRIAL: {"status_history": ("seen", "status"), "decisions": _DECIDED},
    kinds.PROTOCOL: {"amendments": ("on",)},
    kinds.VERSIONS: {"versions": ("version", "on")},
    kinds.SEARCH: {"runs": ("at", "kind")},
    kinds.SCREENED: {"records": ("on", "title", "reason", "by")},
    kinds.SUMMARY: {"wordings": ("written",), "ratings": ("on",)},
}
"""Lists whose lines stay for ever, with the fields that say which line is which.

The decisions of a record, and the wordings and ratings of a summary, are what was replaced and what holds.
"""
_MOVING = frozenset({"reviewed"})
"""Fields of a lasting line that are brought up to date."""
_WORDING = ("title", "text", "sections", "rests_on", "written", "by")
_ONE_RECORD = (kinds.STUDY, kinds.EXCLUSION, kinds.CANDIDATE)
"""Kinds between which a record moves without becoming another one."""


@dataclass(frozen=True)
class DatedFact:
    """A day of ours in a file."""

    place: Place
    name: str
    """The place without positions, such as `history[].on`; a decision keeps its name when another one replaces it."""
    on: dt.date
    learned_on: dt.date
    """The same or a later day, where the file says that it was entered later (`known_on`)."""
    is_news: bool


@dataclass(frozen=True)
class DatedLine:
    """A line that stays for ever."""

    name: str
    """The list it stands in."""
    on: dt.date
    key: tuple[str, ...]
    """Fields that say which line it is."""
    fields: str
    """All that it says, as JSON."""


def owner_of(path: str) -> str:
    """Return what a file is about, whichever folder it lies in; empty where it is no record."""
    kind = kind_of(path)
    if kind is None:
        return ""
    name = record_id(kind, path)
    return f"record {name.lower()}" if kind in _ONE_RECORD else f"{kind.name} {name}"


def dated_facts(path: str, data: object) -> Iterator[DatedFact]:
    """Yield every day of ours in the file at `path` below `studies/`."""
    kind = kind_of(path)
    if kind is None or not isinstance(data, Mapping):
        return
    whole = _day(data.get("known_on"))
    for place, holder in _mappings(data):
        for field, value in holder.items():
            name = _POSITION.sub("[]", field_name((*place, field))).replace("earlier_decisions[]", "decision")
            on = _day(value) if field in _OURS or name == "runs[].at" else None
            if on is None or (field == "on" and "notices[]." in f"{name}."):
                continue
            later = (on, _day(holder.get("known_on")), whole)
            learned_on = on if field == "known_on" else max(one for one in later if one)
            told = name in _NEWS or (kind is kinds.TRIAL and _is_news_of_a_trial(name, holder, data))
            is_news = told and holder.get("kind") != "base-review"  # that search is taken from a document
            yield DatedFact((*place, field), name, on, learned_on, is_news)


def _is_news_of_a_trial(name: str, holder: Mapping[str, object], data: Mapping[str, object]) -> bool:
    """Return whether a day tells that a trial became part of the review, was taken out of it, or was taken in again."""
    is_decided_anew = holder.get("outcome") == "exclude" or bool(data.get("earlier_decisions"))
    return name == "known_on" or (name == _DECIDED_ON and is_decided_anew)


def dated_lines(path: str, data: object) -> Iterator[DatedLine]:
    """Yield every line that stays for ever in the file at `path` below `studies/`."""
    kind = kind_of(path)
    if kind is None or not isinstance(data, Mapping):
        return
    for name, key in _LASTING.get(kind, {}).items():
        for line in _lines(kind, name, data):
            on = _day(line.get(key[1] if kind is kinds.VERSIONS else key[0]))
            if on:
                said: dict[str, object] = {
                    field: line.get(field) for field in (key if kind is kinds.SCREENED else line)
                }
                known = {field: _plain(value) for field, value in said.items() if field not in _MOVING}
                spelled = json.dumps({field: one for field, one in known.items() if one is not None}, sort_keys=True)
                yield DatedLine(name, on, key, spelled)


def _lines(kind: Kind, name: str, data: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    if kind is kinds.SUMMARY or name == "decisions":
        kept = data.get(f"earlier_{name}")
        now = {field: data.get(field) for field in _WORDING} if name == "wordings" else data.get(name.removesuffix("s"))
        listed = [*(kept if isinstance(kept, list) else ()), now]
    else:
        held = data.get(name)
        listed = held if isinstance(held, list) else []
    return (line for line in listed if isinstance(line, Mapping))


def _mappings(value: object, place: Place = ()) -> Iterator[tuple[Place, Mapping[str, object]]]:
    if isinstance(value, Mapping):
        yield place, value
        for field, inner in value.items():
            yield from _mappings(inner, (*place, field))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _mappings(inner, (*place, index))


def _day(value: object) -> dt.date | None:
    """Return the day of a date or time as written; None when it is none or only part of one."""
    try:
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) and value[10:11] in ("", "T") else None
    except ValueError:
        return None


def _plain(value: object) -> object:
    """Return a value so that one thing in two spellings is equal: a list of one is that one."""
    if isinstance(value, list):
        return _plain(value[0]) if len(value) == 1 else [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {field: _plain(one) for field, one in value.items() if one is not None}
    return " ".join(value.split()) if isinstance(value, str) else value

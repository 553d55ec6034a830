"""What a feed and its messages are, and how changes become messages. The formats are in `generator.site.feeds`.

A message gathers every change of one kind on one day, also where there is only one. So a bulk import is one message,
a change that becomes known later the same day joins it, and no change can ever stand in two messages of a feed.
Nothing here looks at the clock: ids and dates follow from the day and the kind alone, never from wording or addresses.
"""

import datetime as dt
import html
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from generator.model.protocol import Protocol
from generator.review.changes import Change, ChangeKind, Weight
from generator.review.places import site_address

MAX_MESSAGES = 50
"""A feed holds the newest of its messages, no more than this."""
MAX_LISTED = 20
"""A message lists this many changes and counts the rest."""
ICON, ICON_SMALL = "assets/feed-icon.png", "assets/feed-icon-small.png"
"""Pictures that readers show beside a feed: 512 pixels wide and high, and 144 (the most that RSS 2.0 allows)."""
_WEIGHTS = tuple(Weight)
_SPACE = uuid.UUID("9078c098-9ae0-4af9-a00f-e3beb2533c73")
"""Name space of every id (RFC 9562, version 5); drawn once, and never to be drawn again."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no place for (section 2.2)."""
_TURNING = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs that would turn our own words too, or steer a terminal; the pages show them in the same way."""
_SEVERAL = {
    ChangeKind.STUDY_INCLUDED: "studies included",
    ChangeKind.STUDY_REMOVED: "studies removed",
    ChangeKind.DATA_ADDED: "studies with new data",
    ChangeKind.TRIAL_ADDED: "registered trials added",
    ChangeKind.TRIAL_REMOVED: "registered trials taken out",
    ChangeKind.TRIAL_STATUS: "changes of trial status",
    ChangeKind.CORRECTION: "corrections",
    ChangeKind.RETRACTION: "retractions and notices on reports",
    ChangeKind.CANDIDATES_FOUND: "finds of candidates",
    ChangeKind.SEARCH_ALARM: "search alarms raised or ended",
    ChangeKind.VERSION: "new versions",
    ChangeKind.CERTAINTY: "changes of certainty",
    ChangeKind.PROTOCOL: "amendments of the protocol",
}
"""What several changes of a kind are called; a kind that is not here is no news and sends nothing."""
_SEVERAL_WITH_DIGESTS = {ChangeKind.STUDY_INCLUDED: "studies included or entered into the records"}
"""What they are called where some stand for what is dated earlier; other kinds are called the same."""


@dataclass(frozen=True)
class Message:
    """What subscribers receive for one kind of change on one day."""

    id: str
    on: dt.date
    kind: ChangeKind
    title: str
    """Plain text."""
    html: str
    """The content as HTML, every word of a record escaped."""
    text: str
    """The content as plain text."""
    url: str = ""
    """Where it can be read on the site; empty while the site's address is not recorded."""
    n_changes: int = 1

    @property
    def at(self) -> str:
        """The moment of the day as Atom and JSON Feed write it (RFC 3339): its beginning in UTC."""
        return moment(self.on)

    @property
    def date(self) -> str:
        """The moment of the day as RSS writes it (RFC 822)."""
        return rfc822(self.on)


@dataclass(frozen=True)
class Feed:
    """A feed: what it sends, where it lies in each format, and its messages, the newest first."""

    id: str
    stem: str
    """Path without ending, such as `feeds/trials`; empty for the feed of all changes."""
    group: str
    """Heading under which lists of feeds name it."""
    label: str
    """What it is about, in a few words."""
    title: str
    sends: str
    """What it sends, in a sentence."""
    since: dt.date
    """The day from which on it could have sent something."""
    messages: tuple[Message, ...]

    @property
    def rss(self) -> str:
        """Path of the feed as RSS 2.0."""
        return f"{self.stem}.xml" if self.stem else "feed.xml"

    @property
    def atom(self) -> str:
        """Path of the feed as Atom."""
        return f"{self.stem}.atom.xml" if self.stem else "atom.xml"

    @property
    def json(self) -> str:
        """Path of the feed as JSON Feed."""
        return f"{self.stem}.json" if self.stem else "feed.json"

    @property
    def updated_on(self) -> dt.date:
        """The day of the newest message; of a feed without any, the day from which on there could be one."""
        return self.messages[0].on if self.messages else self.since


def moment(day: dt.date) -> str:
    """Return the beginning of a day in UTC (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00Z"


def rfc822(day: dt.date) -> str:
    """Return the beginning of a day in UTC as RFC 822 (and RSS 2.0, with a year of four digits) writes it."""
    names = "Mon Tue Wed Thu Fri Sat Sun", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    weekday, month = names[0].split()[day.weekday()], names[1].split()[day.month - 1]
    return f"{weekday}, {day.day:02} {month} {day.year:04} 00:00:00 GMT"


def stable_id(protocol: Protocol, *parts: str) -> str:
    """Return the lasting name of a feed or message of this review as a URN (RFC 9562, version 5).

    It names what it stands for and where it lies nowhere, so it outlives every move of the site.
    """
    return f"urn:uuid:{uuid.uuid5(_SPACE, '|'.join((protocol.feed_name or '', *parts)))}"


@lru_cache(maxsize=4096)  # every feed and format says the same
def plain(text: str) -> str:
    """Return text on one line without the characters that XML forbids, and without signs that turn or steer."""
    return " ".join(_TURNING.sub("\N{REPLACEMENT CHARACTER}", _FORBIDDEN.sub("", text)).split())


def messages(protocol: Protocol, changes: Iterable[Change], scope: str = "") -> tuple[Message, ...]:
    """Return the newest messages about `changes`, whatever their order.

    `scope` tells messages of a feed that takes only a part of a day's changes of one kind from those that take all.
    """
    news = (change for change in changes if change.kind in _SEVERAL)
    ordered = sorted(news, key=lambda one: (-one.on.toordinal(), one.kind, _WEIGHTS.index(one.weight), one.id))
    grouped = [tuple(group) for _, group in groupby(ordered, key=lambda one: (one.on, one.kind))]
    grouped.sort(key=lambda group: (-group[0].on.toordinal(), _WEIGHTS.index(group[0].weight), group[0].kind))
    return tuple(_message(protocol, group, scope) for group in grouped[:MAX_MESSAGES])


def _message(protocol: Protocol, changes: tuple[Change, ...], scope: str) -> Message:
    first, n = changes[0], len(changes)
    name = stable_id(protocol, scope, first.kind, first.on.isoformat())
    if n == 1:
        url = site_address(protocol, first.place)
        link = f'<p><a href="{html.escape(url)}">Read it on the site</a></p>' if url else ""
        said = f"<p>{_html(first.text)}</p>{link}"
        return Message(name, first.on, first.kind, plain(first.title), said, plain(first.text), url)
    called = _SEVERAL | (_SEVERAL_WITH_DIGESTS if any(change.is_digest for change in changes) else {})
    title = f"{n} {called[first.kind]} on {first.on.isoformat()}"
    listed, left = changes[:MAX_LISTED], n - MAX_LISTED
    more = f"And {left} more." if left > 0 else ""
    parts = "".join(_listed(protocol, change) for change in listed)
    said = f"<ul>{parts}</ul>" + (f"<p>{more}</p>" if more else "")
    text = "\n".join([*_lines(listed), *([more] if more else [])])
    place = site_address(protocol, f"updates/{first.on:%Y-%m}.md")
    return Message(name, first.on, first.kind, title, said, text, place, n)


def _listed(protocol: Protocol, change: Change) -> str:
    url, title = site_address(protocol, change.place), _html(change.title)
    name = f'<a href="{html.escape(url)}">{title}</a>' if url else f"<b>{title}</b>"
    return f"<li>{name}: {_html(change.text)}</li>"


def _lines(changes: Iterable[Change]) -> Iterator[str]:
    return (f"{plain(change.title)}: {plain(change.text)}" for change in changes)


def _html(text: str) -> str:
    return html.escape(plain(text))

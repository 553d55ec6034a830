"""Reading feeds for the tests: reviews with and without a recorded address, and changes that are made up."""

import datetime as dt
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from generator.model.protocol import Amendment
from generator.model.records import Records
from generator.model.report import Event
from generator.model.version import Version, Versions
from generator.review import Review
from generator.review.changes import Change, ChangeKind, Weight
from generator.site import feeds
from generator.site.messages import Message

SCHEMAS = Path(__file__).parent / "schemas"
SITE = "https://example.org/made-up"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "Made-up 🫖 p<0.05 & <script>alert('made-up')</script> <b>bold</b> &lt; ]]> \"x\" \x0b\ufffe\ud800end"
TAMED = "Made-up 🫖 p<0.05 & <script>alert('made-up')</script> <b>bold</b> &lt; ]]> \"x\" end"
"""`HOSTILE` as a reader must see it: as typed, without what XML forbids."""


def files_of(review: Review) -> dict[str, bytes]:
    """Return every file that readers can subscribe to by its path."""
    return dict(feeds.every(review))


def parse(content: bytes) -> Any:  # noqa: ANN401 - lxml has no types
    """Return the root of an XML file; nothing is mended on the way."""
    return etree.fromstring(content, etree.XMLParser(recover=False, resolve_entities=False))


@dataclass(frozen=True)
class Sent:
    """One message as a format carries it."""

    id: str
    on: dt.date
    title: str
    html: str
    url: str


def sent(path: str, content: bytes) -> list[Sent]:
    """Return the messages of a feed in any of the formats."""
    if path.endswith(".json"):
        return [
            Sent(one["id"], _day(one["date_published"]), one["title"], one["content_html"], one.get("url", ""))
            for one in json.loads(content)["items"]
        ]
    root = parse(content)
    if root.tag == "rss":
        return [
            Sent(
                one.findtext("guid"),
                dt.datetime.strptime(one.findtext("pubDate"), "%a, %d %b %Y %H:%M:%S %Z").date(),
                one.findtext("title"),
                one.findtext("description"),
                one.findtext("link") or "",
            )
            for one in root.iterfind("channel/item")
        ]
    return [
        Sent(
            one.findtext(f"{ATOM}id"),
            _day(one.findtext(f"{ATOM}published")),
            one.findtext(f"{ATOM}title"),
            one.findtext(f"{ATOM}content"),
            next((link.get("href") for link in one.iterfind(f"{ATOM}link")), ""),
        )
        for one in root.iterfind(f"{ATOM}entry")
    ]


def _day(moment: str) -> dt.date:
    assert moment.endswith("T00:00:00Z")
    return dt.date.fromisoformat(moment[:10])


def words(content: str) -> str:
    """Return what a reader of HTML sees, after making sure that nothing in it can run or load anything."""
    tree = html.fragment_fromstring(content, create_parent=True)
    for element in tree.iter():
        assert element.tag in {"div", "p", "a", "ul", "li", "b"}, content
        assert set(element.attrib) <= {"href"}, content
        assert element.get("href", "https://").startswith("https://"), content
    return " ".join(str(tree.text_content()).split())


def change(number: int, kind: ChangeKind = ChangeKind.TRIAL_ADDED, on: dt.date = dt.date(2025, 1, 1)) -> Change:
    """Return a made-up change whose title nothing else has."""
    return Change(f"{kind}:made-up-{number}", on, kind, Weight.NOTABLE, title(number), "Made up.", "trials.md")


def title(number: int) -> str:
    return f"Made-up change {number} of many"


def listed_in(message: Message, changes: list[Change]) -> set[str]:
    """Return the ids of the changes that a message names."""
    return {one.id for one in changes if one.title in (message.title, *_heads(message))}


def _heads(message: Message) -> list[str]:
    return [line.partition(": ")[0] for line in message.text.splitlines()]


def known_by(review: Review, day: dt.date) -> Review:
    """Return the review with only what its records had held on an earlier day, and as of that day."""
    records = review.records

    def before(history: tuple[Event, ...]) -> tuple[Event, ...]:
        return tuple(event for event in history if event.on <= day)

    def versions_before(versions: tuple[Version, ...]) -> tuple[Version, ...]:
        return tuple(version for version in versions if version.on <= day)

    def amendments_before(amendments: tuple[Amendment, ...]) -> tuple[Amendment, ...]:
        return tuple(one for one in amendments if one.on <= day)

    cut = Records(
        protocol=review.protocol.model_copy(update={"amendments": amendments_before(review.protocol.amendments)}),
        instruments=records.instruments,
        versions=Versions(versions=versions_before(review.versions)),
        included={
            key: study.model_copy(update={"history": before(study.history)})
            for key, study in records.included.items()
            if before(study.history)
        },
        excluded={key: one for key, one in records.excluded.items() if one.decision.on and one.decision.on <= day},
        trials={
            key: trial.model_copy(update={"status_history": tuple(s for s in trial.status_history if s.seen <= day)})
            for key, trial in records.trials.items()
            if trial.known_on <= day
        },
        candidates={key: one for key, one in records.candidates.items() if any(found.on <= day for found in one.found)},
        searches={key: one for key, one in records.searches.items() if dt.date.fromisoformat(key[-10:]) <= day},
        summaries={key: one for key, one in records.summaries.items() if one.written <= day},
    )
    assert cut.protocol is not None
    return replace(review, records=cut, protocol=cut.protocol, today=day)

"""Every feed as JSON Feed 1.1 (Reece and Simmons 2020): `feed.json` and `feeds/**.json`."""

from collections.abc import Iterator

from generator.model.protocol import Protocol
from generator.review import Review
from generator.review.places import site_address
from generator.site.jsontext import json_text
from generator.site.messages import ICON, ICON_SMALL, Feed, Message, plain
from generator.site.subscriptions import feeds


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of each feed; without addresses while the site's own is not recorded."""
    for feed in feeds(review):
        yield feed.json, json_text(_feed(review.protocol, feed))


def _feed(protocol: Protocol, feed: Feed) -> dict[str, object]:
    addresses = {
        "home_page_url": site_address(protocol, "index.html"),
        "feed_url": site_address(protocol, feed.json),
        "icon": site_address(protocol, ICON),
        "favicon": site_address(protocol, ICON_SMALL),
    }
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        **{name: url for name, url in addresses.items() if url},
        "description": feed.sends,
        "language": "en",
        "authors": [{"name": plain(protocol.short_title)}],
        "items": [_message(message) for message in feed.messages],
    }


def _message(message: Message) -> dict[str, object]:
    return {
        "id": message.id,
        **({"url": message.url} if message.url else {}),
        "title": message.title,
        "content_html": message.html,
        "content_text": message.text,
        "date_published": message.at,
        "tags": [message.kind],
    }

"""Every feed as Atom (RFC 4287): `atom.xml` and `feeds/**.atom.xml`."""

from collections.abc import Iterator

from generator.feed import ICON, address, moment, plain
from generator.review import Review
from generator.subscriptions import feeds
from generator.templates import render


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of each feed; without links while the site's address is not recorded."""
    protocol = review.protocol
    for feed in feeds(review):
        yield (
            feed.atom,
            render(
                "feeds/atom.xml.j2",
                feed.atom,
                feed=feed,
                author=plain(protocol.short_title),
                home=address(protocol, "index.html"),
                self_address=address(protocol, feed.atom),
                icon=address(protocol, ICON),
                updated=moment(feed.updated_on),
            ),
        )

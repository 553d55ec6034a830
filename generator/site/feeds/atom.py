"""Every feed as Atom (RFC 4287): `atom.xml` and `feeds/**.atom.xml`."""

from collections.abc import Iterator

from generator.review import Review
from generator.review.places import site_address
from generator.site.messages import ICON, moment, plain
from generator.site.subscriptions import feeds
from generator.wording.templates import fill


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of each feed; without links while the site's address is not recorded."""
    protocol = review.protocol
    for feed in feeds(review):
        yield (
            feed.atom,
            fill(
                "site/feeds/atom.xml.j2",
                feed.atom,
                feed=feed,
                author=plain(protocol.short_title),
                home=site_address(protocol, "index.html"),
                self_address=site_address(protocol, feed.atom),
                icon=site_address(protocol, ICON),
                updated=moment(feed.updated_on),
            ),
        )

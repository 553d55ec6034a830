"""Every feed as RSS 2.0 (RSS Advisory Board, specification 2.0.11): `feed.xml` and `feeds/**.xml`."""

from collections.abc import Iterator

from generator.review import Review
from generator.review.places import site_address
from generator.site.messages import ICON_SMALL, rfc822
from generator.site.subscriptions import feeds
from generator.wording.templates import fill


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of each feed.

    The specification asks each feed to link to its site. Before the site's address is recorded the link is the id of
    the feed: a name that leads nowhere rather than an address that is not true.
    """
    protocol = review.protocol
    for feed in feeds(review):
        yield (
            feed.rss,
            fill(
                "site/feeds/rss.xml.j2",
                feed.rss,
                feed=feed,
                home=site_address(protocol, "index.html") or feed.id,
                self_address=site_address(protocol, feed.rss),
                icon=site_address(protocol, ICON_SMALL),
                updated=rfc822(feed.updated_on),
            ),
        )

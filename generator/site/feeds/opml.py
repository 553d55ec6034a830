"""The list of all feeds for taking over into a feed reader: `feeds/all.opml`, OPML 2.0 (Winer 2007)."""

from collections.abc import Iterator
from itertools import groupby

from generator.review import Review
from generator.review.places import site_address
from generator.site.messages import plain, rfc822
from generator.site.subscriptions import feeds
from generator.wording.templates import fill

PATH = "feeds/all.opml"


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the list; none while the site's address is not recorded, which every line would need."""
    protocol = review.protocol
    if protocol.site is None:
        return
    listed = feeds(review)
    groups = [
        (name, [(feed, site_address(protocol, feed.rss)) for feed in group])
        for name, group in groupby(listed, key=lambda feed: feed.group)
    ]
    yield (
        PATH,
        fill(
            "site/feeds/opml.xml.j2",
            PATH,
            title=plain(protocol.short_title),
            updated=rfc822(listed[0].updated_on),
            groups=groups,
            home=site_address(protocol, "index.html"),
        ),
    )

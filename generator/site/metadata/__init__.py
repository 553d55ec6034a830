"""What the site tells machines about itself: the heads of pages, files for services, and how the review is cited.

`head` is the JSON-LD and the tags of one page; `files` are the picture for previews and the rules for crawlers;
`citation_files` are the two files at the top of the repository.
"""

from collections.abc import Iterator

from generator.review import Review
from generator.review.places import site_address
from generator.site.metadata.card import draw_card
from generator.site.metadata.linked_data import CARD
from generator.site.metadata.page_head import head
from generator.site.metadata.repository_files import citation_files

__all__ = ["citation_files", "files", "head"]


def files(review: Review) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the files that services ask for."""
    yield CARD, draw_card(review)
    yield "robots.txt", robots(review).encode()


def robots(review: Review) -> str:
    """Return the rules for crawlers (RFC 9309): everything may be read.

    Crawlers ask for them at the top of a host only, so they count where the site stands there.
    """
    sitemap = site_address(review.protocol, "sitemap.xml")
    return "User-agent: *\nAllow: /\n" + (f"\nSitemap: {sitemap}\n" if sitemap else "")

"""Reading a page as words, with a blank where a browser begins a new line or cell."""

import re

from tests.evidence import Read, browse

_BREAKS = re.compile(r"(</?(?:dt|dd|td|th|li|ul|p|h[1-6]|br|summary|small|span|figcaption|caption)\b)")


def browse_spaced(body: str) -> Read:
    """Return a page's Markdown as a browser would read it, words of neighbouring cells and lines apart."""
    return browse(_BREAKS.sub(r" \1", body))

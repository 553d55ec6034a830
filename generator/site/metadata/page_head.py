"""What a page says of itself to machines, as HTML for its head: JSON-LD and, on the page of a version, Highwire tags.

Everything is plain ASCII and holds nothing that could end the element it stands in. What every page says alike, such as
its preview for other services, stands in the theme.
"""

import html
import json
from collections.abc import Iterator

from generator import identifiers
from generator.model.version import Version
from generator.review import Review
from generator.review.places import site_address
from generator.site.metadata.citing import authors, page_of, title_of
from generator.site.metadata.linked_data import LinkedData, dataset, review_article, trial_study, version_article

_NOT_IN_SCRIPTS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def head(review: Review, path: str) -> str:
    """Return the head of the page at `path` of the site; empty for a page that is about nothing of the kind."""
    if path == "index.md":
        return script(review_article(review))
    if path == "downloads.md":
        return script(dataset(review))
    folder, _, name = path.removesuffix(".md").partition("/")
    if folder == "trials" and name in review.trials:
        return script(trial_study(review, name, review.trials[name]))
    if folder == "versions":
        found = next((version for version in review.versions if page_of(version.version) == path), None)
        if found:
            tags = (meta(name, content) for name, content in highwire(review, found))
            return "\n".join([*tags, script(version_article(review, found))])
    return ""


def highwire(review: Review, version: Version) -> Iterator[tuple[str, str]]:
    """Yield names and contents of the tags that scholarly search engines read (Google Scholar's inclusion guidelines).

    Only the page of a published version carries them: studies and trials are not works of this review, and the moving
    pages are no version. An institution follows the author it belongs to.
    """
    protocol, day = review.protocol, version.on.strftime("%Y/%m/%d")
    yield "citation_title", title_of(protocol, version)
    for person in authors(protocol, version):
        yield "citation_author", person.name
        if person.affiliation:
            yield "citation_author_institution", person.affiliation
        if person.orcid:
            yield "citation_author_orcid", identifiers.address("orcid", person.orcid) or person.orcid
    yield "citation_publication_date", day
    yield "citation_online_date", day
    yield "citation_language", "en"
    if version.doi:
        yield "citation_doi", version.doi
    if url := site_address(protocol, page_of(version.version)):
        yield "citation_abstract_html_url", url
        yield "citation_fulltext_html_url", url


def script(data: LinkedData) -> str:
    """Return JSON-LD as a script element. No word in it can end the element or open another."""
    text = json.dumps(data, ensure_ascii=True).translate(_NOT_IN_SCRIPTS)
    return f'<script type="application/ld+json">{text}</script>'


def meta(name: str, content: str) -> str:
    """Return a meta element; every character of the content shows as typed."""
    escaped = html.escape(" ".join(content.split())).encode("ascii", "xmlcharrefreplace").decode("ascii")
    return f'<meta name="{name}" content="{escaped}">'

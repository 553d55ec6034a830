"""Crossref: the notices about a document, and its preprint or published version, by its DOI. Searches nothing.

Described at www.crossref.org/documentation/retrieve-metadata/rest-api; `updated-by` holds what publishers and
Retraction Watch deposited. An empty answer is never "not retracted": it says that Crossref holds no notice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from generator.identifiers import normalise_doi
from generator.model.report import IntegrityStatus
from generator.surveillance.asking.jsonreading import dig, objects, text, texts
from generator.surveillance.asking.web import Reply, Request, UnreadableReplyError, Web

ADDRESS = "https://api.crossref.org"
_AT_MOST_PER_SECOND = 5.0
KINDS = {
    "retraction": IntegrityStatus.RETRACTED,
    "withdrawal": IntegrityStatus.RETRACTED,
    "removal": IntegrityStatus.RETRACTED,
    "expression_of_concern": IntegrityStatus.EXPRESSION_OF_CONCERN,
    "correction": IntegrityStatus.CORRECTED,
    "corrigendum": IntegrityStatus.CORRECTED,
    "erratum": IntegrityStatus.CORRECTED,
    "addendum": IntegrityStatus.CORRECTED,
    "clarification": IntegrityStatus.CORRECTED,
    "partial_retraction": IntegrityStatus.CORRECTED,  # the rest of the document stands
}
"""Types of updates -> what such a notice declares."""
_NO_NOTICES = frozenset({"new_version", "new_edition"})
"""Types of updates that say nothing about integrity."""


@dataclass(frozen=True)
class Notice:
    """A notice about a document."""

    kind: IntegrityStatus | None
    """None for a type of updates that is not known here; nobody can tell what it declares without looking."""
    doi: str
    """The DOI of the notice; that of the document itself where the notice took its place; empty when not given."""
    on: str
    """When it was published, as a partial date; empty when not given."""
    type: str = ""
    """In Crossref's words where the kind is not known; empty when not given."""


@dataclass(frozen=True)
class CrossrefRecord:
    """What Crossref holds about one DOI."""

    doi: str
    """In normal spelling; another one than was asked for where Crossref calls that an alias."""
    title: str = ""
    type: str = ""
    """In Crossref's words, such as `journal-article` or `posted-content`."""
    notices: tuple[Notice, ...] = ()
    """Notices about this document."""
    preprint_of: tuple[str, ...] = ()
    """DOIs of the published version."""
    preprints: tuple[str, ...] = ()
    """DOIs of preprints; many stand only on the preprint's side, as `preprint_of`."""


def look_up(doi: str, web: Web) -> CrossrefRecord | None:
    """Return what Crossref holds about a DOI; None when it does not know it, as it knows none of other agencies.

    Raises:
        SourceError: Crossref did not answer as it should.
    """
    request = Request(
        f"{web.address('CROSSREF', ADDRESS)}/works/{quote(doi, safe='')}",
        accept=frozenset({200, 404}),
        at_most_per_second=_AT_MOST_PER_SECOND,
    )
    return web.ask(request, _record)


def _record(reply: Reply) -> CrossrefRecord | None:
    """Read a reply. Crossref says in plain text that it does not know a DOI; another 404 comes from elsewhere."""
    if reply.status == 404:
        if reply.body.strip() != b"Resource not found.":
            raise UnreadableReplyError(f"status 404, {reply.sketch}")
        return None
    found = reply.json()
    work = dig(found, "message") if isinstance(found, dict) else {}
    doi = normalise_doi(text(work, "DOI"))
    if not doi:
        raise UnreadableReplyError(f"expected a work with its DOI, got {reply.sketch}")
    own = [one for one in objects(work, "update-to") if normalise_doi(text(one, "DOI")) == doi]
    updates = [*objects(work, "updated-by"), *own]  # a notice may stand in the place of its document
    return CrossrefRecord(
        doi=doi,
        title=next(iter(texts(work, "title")), ""),
        type=text(work, "type"),
        notices=tuple(dict.fromkeys(notice for update in updates for notice in _notices(update))),
        preprint_of=tuple(_related(work, "is-preprint-of")),
        preprints=tuple(_related(work, "has-preprint")),
    )


def _notices(update: Mapping[str, object]) -> Iterator[Notice]:
    stated = text(update, "type")
    name = stated.lower().replace("-", "_").replace(" ", "_")
    if name not in _NO_NOTICES:
        kind, doi = KINDS.get(name), normalise_doi(text(update, "DOI")) or ""
        yield Notice(kind, doi, _day(dig(update, "updated")), "" if kind else stated)


def _day(stated: Mapping[str, object]) -> str:
    """Return `2021`, `2021-03` or `2021-03-15` from Crossref's parts of a date; empty when there are none."""
    listed = stated.get("date-parts")
    first = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], list) else []
    parts = [part for part in first if isinstance(part, int)]
    return "-".join(f"{part:0{4 if place == 0 else 2}}" for place, part in enumerate(parts[:3]))


def _related(work: Mapping[str, object], relation: str) -> Iterator[str]:
    related = (normalise_doi(text(one, "id")) for one in objects(work, "relation", relation))
    yield from dict.fromkeys(doi for doi in related if doi)

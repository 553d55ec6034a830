"""The two files at the top of the repository that tell a code host and an archive how to cite it.

`CITATION.cff` follows Citation File Format 1.2.0, `.zenodo.json` the deposit metadata of Zenodo. Both need a name to
cite. Before a version names its authors that is a body, not a person: the contributors of the review.
"""

import html
import json
import re
from collections.abc import Iterable

from generator import identifiers
from generator.model.protocol import Person, Protocol
from generator.model.version import Version
from generator.review.places import site_address
from generator.review.references import document_references
from generator.site.metadata.citing import authors, page_of
from generator.site.provenance import LICENCE

CITATION, ZENODO = "CITATION.cff", ".zenodo.json"
_Plain = dict[str, object]
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON may hold as they are and YAML may not, or reads as the end of a line."""
_HEADING = "# Made from studies/ by `living-review cite`, and again with every published version; not edited by hand.\n"


def citation_files(protocol: Protocol, version: Version | None) -> dict[str, str]:
    """Return the text of each file by its path: for a published version, or for the working copy without one."""
    return {
        CITATION: _HEADING + _yaml(_citation(protocol, version)),
        ZENODO: json.dumps(_zenodo(protocol, version), ensure_ascii=False, indent=2) + "\n",
    }


def _citation(protocol: Protocol, version: Version | None) -> _Plain:
    doi = (version and version.doi) or protocol.doi
    base = _base(protocol)
    fields: _Plain = {
        "cff-version": "1.2.0",
        "message": "Please cite this review, or its data, with the version that you used.",
        "title": protocol.title,
        "type": "dataset",
        "authors": [_cff_author(one) for one in authors(protocol, version)] if version else [_body(protocol)],
        "version": version and version.version,
        "date-released": version and version.on.isoformat(),
        "doi": doi,
        "url": site_address(protocol, page_of(version.version) if version else "index.md"),
        "repository-code": protocol.repository,
        "license": LICENCE,
        "abstract": protocol.question.text,
        "references": [base] if base else None,
    }
    return _without_empty(fields)


def _zenodo(protocol: Protocol, version: Version | None) -> _Plain:
    base = _base(protocol)
    related = [
        {"identifier": base["doi"], "scheme": "doi", "relation": "isDerivedFrom"} if base and "doi" in base else None,
        {"identifier": protocol.site, "scheme": "url", "relation": "isDocumentedBy"} if protocol.site else None,
    ]
    searched = f" Searched to {version.searched_to.isoformat()}." if version else ""
    fields: _Plain = {
        "title": protocol.title,
        "upload_type": "dataset",
        "description": f"<p>{html.escape(protocol.question.text, quote=False)}</p>"
        f"<p>Records, evidence tables and software of a living systematic review.{searched}</p>",
        "creators": [_zenodo_author(one) for one in authors(protocol, version)] if version else [_body(protocol)],
        "version": version and version.version,
        "publication_date": version and version.on.isoformat(),
        "access_right": "open",
        "license": LICENCE.lower(),
        "language": "eng",
        "related_identifiers": [one for one in related if one],
    }
    return _without_empty(fields)


def _base(protocol: Protocol) -> _Plain | None:
    """Return the base review as a reference of the Citation File Format."""
    if protocol.base_review is None:
        return None
    held = {one.key: one for one in document_references(protocol)}
    base = held.get(protocol.base_review.document)
    if base is None:
        return None
    fields: _Plain = {
        "type": "article" if base.journal else "generic",
        "title": base.title,
        "authors": [{"family-names": one.family, "given-names": one.initials} for one in base.authors]
        or [{"name": protocol.documents[base.key].label}],
        "year": base.year,
        "journal": base.journal,
        "volume": base.volume,
        "issue": base.issue,
        "doi": base.doi,
        "url": base.url,
        "notes": "The review that this one starts from.",
    }
    return _without_empty(fields)


def _body(protocol: Protocol) -> _Plain:
    return {"name": f"The contributors of {protocol.short_title}"}


def _cff_author(person: Person) -> _Plain:
    """Return an author with the name as recorded, whole: which part of it is the family name is not known."""
    orcid = identifiers.address("orcid", person.orcid) if person.orcid else None
    return _without_empty({"name": person.name, "orcid": orcid})


def _zenodo_author(person: Person) -> _Plain:
    return _without_empty({"name": person.name, "affiliation": person.affiliation, "orcid": person.orcid})


def _without_empty(fields: _Plain) -> _Plain:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _yaml(fields: _Plain) -> str:
    """Return a mapping as YAML whose every text is quoted, so that nothing in a record has a meaning there."""
    lines = []
    for name, value in fields.items():
        if isinstance(value, list):
            lines += [f"{name}:", *(line for one in value for line in _indented(one))]
        else:
            lines.append(f"{name}: {_scalar(value)}")
    return "\n".join([*lines, ""])


def _indented(one: _Plain) -> Iterable[str]:
    text = _yaml(one).splitlines()
    return [f"  - {text[0]}", *(f"    {line}" for line in text[1:])]


def _scalar(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)

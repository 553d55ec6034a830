"""A published version as somebody else cites it: its authors, its address, BibTeX and RIS.

The reference in words is `generator.review.versions.citation`. A name is kept as the record prints it: which part of it
is the family name is not recorded, so no form is given one.
"""

from dataclasses import dataclass

from generator import identifiers
from generator.model.protocol import Person, Protocol
from generator.model.version import Version
from generator.review.places import site_address
from generator.review.versions import citation
from generator.site.exports.references import latex, one_line


@dataclass(frozen=True)
class Cited:
    """One published version as a reference, in the forms that a reader may want to copy."""

    text: str
    bibtex: str
    ris: str


def cited(protocol: Protocol, version: Version) -> Cited:
    """Return how one published version is cited, in words, in BibTeX and in RIS."""
    words = citation(protocol, version, site_address(protocol, page_of(version.version)))
    return Cited(words, bibtex(protocol, version), ris(protocol, version))


def page_of(version: str) -> str:
    """Return the lasting page of a published version."""
    return f"versions/{version}.md"


def title_of(protocol: Protocol, version: Version) -> str:
    """Return the title with the number of the version, as PRISMA-LSR asks of living reviews."""
    return f"{protocol.title} (version {version.version})"


def authors(protocol: Protocol, version: Version) -> tuple[Person, ...]:
    """Return the authors of a version in their order."""
    people = {person.id: person for person in protocol.people}
    return tuple(people[author.person] for author in version.authors if author.person in people)


def version_address(protocol: Protocol, version: Version) -> str:
    """Return the address of a version: its DOI, else its page; empty while neither is known."""
    doi = identifiers.address("doi", version.doi) if version.doi else None
    return doi or site_address(protocol, page_of(version.version))


def bibtex(protocol: Protocol, version: Version) -> str:
    """Return a version in BibTeX, its text escaped for LaTeX; each name in braces, so that it is not taken apart."""
    fields = {
        "title": f"{{{latex(title_of(protocol, version))}}}",
        "author": " and ".join(f"{{{latex(person.name)}}}" for person in authors(protocol, version)),
        "year": str(version.on.year),
        "month": str(version.on.month),
        "version": latex(version.version),
        "note": latex(_note(version)),
        "doi": version.doi or "",
        "url": version_address(protocol, version),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(protocol, version)},", *lines, "}", ""])


def ris(protocol: Protocol, version: Version) -> str:
    """Return a version in RIS: one line a tag, ended by ER."""
    pairs = [
        ("TY", "ELEC"),
        ("ID", _key(protocol, version)),
        ("TI", title_of(protocol, version)),
        *(("AU", person.name) for person in authors(protocol, version)),
        ("PY", str(version.on.year)),
        ("DA", version.on.strftime("%Y/%m/%d")),
        ("ET", version.version),
        ("DO", version.doi),
        ("UR", version_address(protocol, version)),
        ("N1", _note(version)),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in pairs if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _note(version: Version) -> str:
    searched = version.searched_to.isoformat()
    return f"Living systematic review. Version {version.version}, {version.on.isoformat()}; searched to {searched}"


def _key(protocol: Protocol, version: Version) -> str:
    name = protocol.feed_name or "living-review"
    return f"{name}-{version.version}"

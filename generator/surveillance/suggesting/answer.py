"""The answer to a suggestion, in Markdown for a comment: what the review knows of each identifier."""

from dataclasses import dataclass

from generator.surveillance.suggesting.accepting import Accepted
from generator.surveillance.suggesting.standing import Index, Known
from generator.surveillance.suggesting.suggestion import Identifier, Suggestion
from generator.wording.templates import write_for_github

MARKER = "<!-- living-review: suggestion -->"
"""The last line of an answer, by which it is found again and updated in place."""
ACCEPTING_LABEL = "accepted"
"""The label by which a maintainer has a candidate prepared."""
NAMES = {
    "doi": "DOI",
    "pmid": "PubMed id",
    "pmcid": "PubMed Central id",
    "openalex": "OpenAlex id",
    "registration": "registration",
    "url": "link",
}


@dataclass(frozen=True)
class Told:
    """One identifier and what is known of it."""

    identifier: Identifier
    known: tuple[Known, ...]
    by_another: bool = False
    """True when it was found under another identifier, by asking a source."""

    @property
    def scheme(self) -> str:
        """What it is, in words."""
        return NAMES[self.identifier.scheme]


def answer(suggestion: Suggestion, index: Index, accepted: Accepted | None = None, *, is_complete: bool = True) -> str:
    """Return the answer, with `MARKER` as its last line; nothing from the suggestion or a record acts on GitHub.

    `accepted` is what was prepared; `is_complete` is False when some records could not be read.
    """
    told = [_told(one, index, accepted) for one in suggestion.identifiers]
    text = write_for_github(
        "surveillance/suggesting/answer.md.j2",
        suggestion=suggestion,
        told=told,
        n_unknown=sum(not one.known for one in told),
        accepted=accepted,
        is_complete=is_complete,
        label=ACCEPTING_LABEL,
    )
    return f"{text.rstrip()}\n\n{MARKER}\n"


def _told(identifier: Identifier, index: Index, accepted: Accepted | None) -> Told:
    known = index.find(identifier)
    others = accepted.known_as.get(identifier, ()) if accepted and not known else ()
    return Told(identifier, known or others, by_another=bool(others))

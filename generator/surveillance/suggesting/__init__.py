"""A study that somebody suggests: what the form says, what the review knows of it, and a candidate when it is new.

A form is untrusted text. It is read for identifiers and never followed: no address in it is ever asked for. Whether
a suggestion belongs in the review is decided by people, as for every candidate.
"""

from generator.surveillance.suggesting.accepting import Accepted, Accepting, accept, branch_of, source_for_suggestions
from generator.surveillance.suggesting.answer import ACCEPTING_LABEL, MARKER, answer
from generator.surveillance.suggesting.standing import Index
from generator.surveillance.suggesting.suggestion import LONGEST, Identifier, Suggestion, read

__all__ = [
    "ACCEPTING_LABEL",
    "LONGEST",
    "MARKER",
    "Accepted",
    "Accepting",
    "Identifier",
    "Index",
    "Suggestion",
    "accept",
    "answer",
    "branch_of",
    "read",
    "source_for_suggestions",
]

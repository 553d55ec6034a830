"""What a reporting checklist is, and what the records of a review answer to each of its requirements.

The checklists themselves are in `generator.review.checklists`. Nothing is ticked by hand: an answer is computed from
the records each time, so a requirement turns to reported only when the records hold what it asks for.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.review import Review

MOST_NAMED = 8
"""A sentence names no more records than this; the others are counted."""


class State(StrEnum):
    """What the records answer to a requirement."""

    REPORTED = "reported"
    MISSING = "not reported yet"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Location:
    """A place on the site that satisfies a requirement."""

    name: str
    """What the link says."""
    page: str
    """Markdown path of the page."""
    anchor: str = ""
    """Place on the page; the whole page where it is empty."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the records answer to one requirement."""

    state: State
    at: tuple[Location, ...] = ()
    """Where it is reported; for what is not applicable, where the reason can be read."""
    why: str = ""
    """What is missing, or why it does not apply."""
    who: str = ""
    """Who could supply what is missing, and where."""


def reported(*at: Location) -> Answer:
    """Return the answer that a requirement is satisfied at the given places."""
    return Answer(State.REPORTED, at)


def missing(what: str, who: str) -> Answer:
    """Return the answer that something is not reported yet, and who could supply it."""
    return Answer(State.MISSING, why=what, who=who)


def not_applicable(why: str, *at: Location) -> Answer:
    """Return the answer that a requirement does not apply, with the reason from the records."""
    return Answer(State.NOT_APPLICABLE, at, why)


def weigh(*needs: tuple[object, str], who: str, at: tuple[Location, ...]) -> Answer:
    """Return reported when every need is met, else which are not; a need is what must be true and what is missing."""
    lacking = [what for met, what in needs if not met]
    return missing("; ".join(lacking), who) if lacking else reported(*at)


def listed(names: Iterable[str]) -> str:
    """Return names as a list in words; of many, the first ones and how many more there are."""
    found = list(names)
    if len(found) > MOST_NAMED:
        return f"{', '.join(found[:MOST_NAMED])} and {len(found) - MOST_NAMED} more"
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


@dataclass(frozen=True)
class Requirement:
    """One numbered item of a checklist, in our own words, with the function that answers it from the records."""

    number: str
    """As in the published checklist; empty where its number could not be checked."""
    topic: str
    asks: str
    answer: Callable[[Review], Answer]
    id: str = ""
    """Name within the checklist, needed where the number is not its own."""

    @property
    def key(self) -> str:
        """The name of the requirement, unique within its checklist."""
        return self.id or self.number


@dataclass(frozen=True)
class Section:
    """A headed part of a checklist."""

    heading: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class Checklist:
    """One published checklist."""

    id: str
    name: str
    about: str
    """What it is for, in a sentence."""
    citation: str
    doi: str
    numbering: str
    """How far the numbers and topics were compared with the statement."""
    sections: tuple[Section, ...]

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every requirement in the order of the checklist."""
        return tuple(one for section in self.sections for one in section.requirements)


@dataclass(frozen=True)
class CompletedChecklist:
    """A checklist with the answer of one review to every requirement."""

    checklist: Checklist
    answers: dict[str, Answer]
    """By the key of the requirement, in the order of the checklist."""

    def count(self, state: State) -> int:
        """Return how many requirements have this answer."""
        return sum(answer.state is state for answer in self.answers.values())

    @property
    def n_requirements(self) -> int:
        """All requirements, those that do not apply among them."""
        return len(self.answers)

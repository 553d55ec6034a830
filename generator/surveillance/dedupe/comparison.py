"""How two records compare, field by field. Says what agrees and what differs; what follows from it is in `rules`."""

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from generator.surveillance.dedupe.facts import Facts, Form
from generator.surveillance.dedupe.people import is_same_list, is_same_person
from generator.surveillance.dedupe.places import (
    AGREE,
    DIFFER,
    UNKNOWN,
    Agreement,
    compare_numbers,
    compare_pages,
    compare_venues,
    names_meeting,
)
from generator.surveillance.dedupe.title_match import TitleMatch, compare_titles
from generator.surveillance.dedupe.titles import Weight


@dataclass(frozen=True)
class Pair:
    """Two records side by side. Every property is the same when they change places."""

    a: Facts
    b: Facts

    @cached_property
    def shared(self) -> frozenset[str]:
        """The identifiers that both have."""
        return self.a.identifiers & self.b.identifiers

    @cached_property
    def title(self) -> TitleMatch:
        """How the titles compare, standing included: a correction never has the title of what it corrects."""
        return compare_titles(self.a.title, self.b.title)

    @cached_property
    def likeness(self) -> float:
        """Likeness of the titles whatever the order of their words, 0 to 1 (rapidfuzz `token_sort_ratio`)."""
        return fuzz.token_sort_ratio(" ".join(self.a.title.words), " ".join(self.b.title.words)) / 100

    @cached_property
    def weight(self) -> Weight:
        """The lesser weight of the two titles."""
        weights = {self.a.title.weight, self.b.title.weight}
        return next(weight for weight in (Weight.GENERIC, Weight.SHORT, Weight.LONG) if weight in weights)

    @cached_property
    def author(self) -> Agreement:
        """Whether the first authors agree; the family name of one may be the given name of the other.

        UNKNOWN where one names nobody, or only the group whose members the other names.
        """
        if not self.a.author.family or not self.b.author.family or self.a.author.is_group != self.b.author.is_group:
            return UNKNOWN
        return AGREE if is_same_person(self.a.author, self.b.author) else DIFFER

    @cached_property
    def people(self) -> Agreement:
        """Whether the first authors agree, or the lists of authors but for their order."""
        if self.author is not DIFFER or not is_same_list(self.a.record.authors, self.b.record.authors):
            return self.author
        return AGREE

    @cached_property
    def same_people(self) -> bool:
        """Whether the lists of authors are the same but for their order, or one author wrote both alone."""
        mine, theirs = self.a.record.authors, self.b.record.authors
        return is_same_list(mine, theirs) or (self.author is AGREE and len(mine) == len(theirs) == 1)

    @cached_property
    def years_apart(self) -> int | None:
        """Years between the two, None when one does not say."""
        one, two = self.a.record.year, self.b.record.year
        return None if one is None or two is None else abs(one - two)

    @cached_property
    def venue(self) -> Agreement:
        """Whether the venues agree; UNKNOWN when one is the beginning of the other, or a meeting the other prints."""
        found = compare_venues(self.a.venue, self.b.venue)
        is_meeting = names_meeting(self.a.venue, self.b.meeting) or names_meeting(self.b.venue, self.a.meeting)
        return UNKNOWN if found is DIFFER and is_meeting else found

    @cached_property
    def volume(self) -> Agreement:
        """Whether a volume number is shared; sources write `4 (1)` and `4`."""
        return compare_numbers(self.a.volume, self.b.volume)

    @cached_property
    def issue(self) -> Agreement:
        """Whether an issue number is shared."""
        return compare_numbers(self.a.issue, self.b.issue)

    @cached_property
    def pages(self) -> Agreement:
        """Whether first or last page agree; pages from 1 on without a volume are those of an advance copy."""
        if self._is_advance(self.a) or self._is_advance(self.b):
            return UNKNOWN
        return compare_pages(self.a.pages, self.b.pages)

    @staticmethod
    def _is_advance(facts: Facts) -> bool:
        return facts.pages[:1] == ("1",) and not facts.volume

    @cached_property
    def identifiers_differ(self) -> bool:
        """Whether both have a DOI, or both a PubMed id, and none is shared."""
        return any(
            mine and theirs and not mine & theirs
            for mine, theirs in ((self.a.of(scheme), self.b.of(scheme)) for scheme in ("doi", "pmid", "pmcid"))
        )

    @cached_property
    def pubmed_differs(self) -> bool:
        """Whether PubMed holds the two under different ids."""
        mine, theirs = self.a.of("pmid"), self.b.of("pmid")
        return bool(mine and theirs and not mine & theirs)

    @cached_property
    def trials_differ(self) -> bool:
        """Whether both name registered trials and none is shared."""
        return bool(self.a.trials and self.b.trials and not self.a.trials & self.b.trials)

    @cached_property
    def forms(self) -> frozenset[Form]:
        """The forms of the two; one when they are alike."""
        return frozenset({self.a.form, self.b.form})

"""How two records compare, field by field. Says what agrees and what differs; what follows from it is in `rules`."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from generator.dedupe import wording
from generator.dedupe.facts import Facts, Form
from generator.dedupe.titles import Title, Weight


class Agreement(Enum):
    """How one field compares in two records."""

    AGREE = "agree"
    UNKNOWN = "unknown"
    """One of the two does not say."""
    DIFFER = "differ"


class TitleMatch(Enum):
    """How two titles compare; all but OTHER do not contradict each other."""

    EQUAL = "equal"
    SPELLING = "spelling"
    """Equal but for a typing error, spacing or small words."""
    PART = "part"
    """One lacks a subtitle or a heading that the other has."""
    MISSING = "missing"
    OTHER = "other"


AGREE, UNKNOWN, DIFFER = Agreement.AGREE, Agreement.UNKNOWN, Agreement.DIFFER


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
        """Whether the first authors agree; the family name of one may be the given name of the other."""
        if not self.a.family or not self.b.family:
            return UNKNOWN
        if _same_person(self.a, self.b):
            return AGREE
        one, two = "".join(sorted(self.a.family)), "".join(sorted(self.b.family))
        return AGREE if min(len(one), len(two)) >= 4 and fuzz.ratio(one, two, score_cutoff=85) else DIFFER

    @cached_property
    def years_apart(self) -> int | None:
        """Years between the two, None when one does not say."""
        one, two = self.a.record.year, self.b.record.year
        return None if one is None or two is None else abs(one - two)

    @cached_property
    def venue(self) -> Agreement:
        """Whether the venues agree; UNKNOWN also when one name is only the beginning of the other."""
        return compare_venues(self.a.venue, self.b.venue)

    @cached_property
    def volume(self) -> Agreement:
        """Whether a volume number is shared; sources write `4 (1)` and `4`."""
        return _overlap(self.a.volume, self.b.volume)

    @cached_property
    def issue(self) -> Agreement:
        """Whether an issue number is shared."""
        return _overlap(self.a.issue, self.b.issue)

    @cached_property
    def pages(self) -> Agreement:
        """Whether first or last page agree; pages from 1 on without a volume are those of an advance copy."""
        if not self.a.pages or not self.b.pages or self._is_advance(self.a) or self._is_advance(self.b):
            return UNKNOWN
        one, two = self.a.pages, self.b.pages
        if one[0] == two[0] or (_bare(one[0]) == _bare(two[0]) and _bare(one[1]) == _bare(two[1])):
            return AGREE
        return AGREE if one[1] == two[1] and one[0] != one[1] and two[0] != two[1] else DIFFER

    @staticmethod
    def _is_advance(facts: Facts) -> bool:
        return facts.pages[0] == "1" and not facts.volume

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


def _same_person(a: Facts, b: Facts) -> bool:
    """Return whether a family name stands in the other name; two names without a comma must be one in the other."""
    if a.tells_family and b.tells_family:
        return bool(a.family & b.names or b.family & a.names)
    if a.tells_family or b.tells_family:
        return bool(a.family & b.names) if a.tells_family else bool(b.family & a.names)
    return a.names <= b.names or b.names <= a.names or len(a.names & b.names) > 1


def compare_titles(a: Title, b: Title) -> TitleMatch:
    """Return how two titles compare. Words decide, not likeness alone: `mild` is as near to `wild` as an error."""
    if not a.words or not b.words:
        return TitleMatch.MISSING
    if a.standing is not b.standing:
        return TitleMatch.OTHER
    if a.joined == b.joined:
        return TitleMatch.EQUAL
    if _is_part(a, b) or _is_part(b, a):
        return TitleMatch.PART
    if a.numbers != b.numbers or fuzz.ratio(a.joined, b.joined, score_cutoff=80) == 0:
        return TitleMatch.OTHER
    return TitleMatch.SPELLING if _differ_in_spelling(a.words, b.words) else TitleMatch.OTHER


def _is_part(short: Title, long: Title) -> bool:
    """Return whether `long` is `short` with a heading before or a subtitle behind that names no other document."""
    n_short = len(short.words)
    if short.weight is not Weight.LONG or n_short >= len(long.words):
        return False
    if long.words[:n_short] == short.words:
        rest = long.words[n_short:]
    elif long.words[-n_short:] == short.words:
        rest = long.words[:-n_short]
    else:
        return False
    return not any(word in wording.OTHER_DOCUMENT or any(sign.isdigit() for sign in word) for word in rest)


def _differ_in_spelling(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether all differences are spacing, function words, or one typing error (two in twelve words)."""
    n_errors = 0
    for change in Levenshtein.opcodes(a, b):
        if change.tag == "equal":
            continue
        one = "".join(word for word in a[change.src_start : change.src_end] if word not in wording.FUNCTION_WORDS)
        two = "".join(word for word in b[change.dest_start : change.dest_end] if word not in wording.FUNCTION_WORDS)
        if one == two:
            continue
        if not _is_typing_error(one, two):
            return False
        n_errors += 1
    return n_errors <= (2 if min(len(a), len(b)) >= 12 else 1)


def _is_typing_error(one: str, two: str) -> bool:
    """Return whether two words of six letters or more with the same beginning are one letter apart and not opposed."""
    return (
        min(len(one), len(two)) >= 6
        and one[0] == two[0]
        and one.isalpha()
        and two.isalpha()
        and frozenset((one, two)) not in wording.OPPOSED
        and Levenshtein.distance(one, two, score_cutoff=1) <= 1
    )


def compare_venues(a: tuple[str, ...], b: tuple[str, ...]) -> Agreement:
    """Return whether two venues agree: equal, abbreviated word by word, or by initials."""
    if not a or not b:
        return UNKNOWN
    short, long = sorted((a, b), key=lambda words: (len(words), len("".join(words)), words))
    if "".join(short) == "".join(long):
        return AGREE
    if len(short) == len(long) and all(
        _abbreviates(*sorted(words, key=len)) for words in zip(short, long, strict=True)
    ):
        return AGREE
    if len(short) == 1 and short[0] == "".join(word[0] for word in long):
        return AGREE
    run_together = len(short) == 1 and len(short[0]) >= 8 and _abbreviates(short[0], "".join(long))
    return UNKNOWN if run_together or _has_in_order(short, long) else DIFFER


def _abbreviates(short: str, long: str) -> bool:
    """Return whether the letters of `short` stand in `long` in this order, the first letter first."""
    letters = iter(long)
    return short[0] == long[0] and all(letter in letters for letter in short)


def _has_in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    words = iter(long)
    return all(any(_abbreviates(*sorted((mine, word), key=len)) for word in words) for mine in short)


def _overlap(a: frozenset[int], b: frozenset[int]) -> Agreement:
    if not a or not b:
        return UNKNOWN
    return AGREE if a & b else DIFFER


def _bare(page: str) -> str:
    return page.lstrip("abcdefghijklmnopqrstuvwxyz")

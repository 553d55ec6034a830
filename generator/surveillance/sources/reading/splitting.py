"""A boolean strategy that is too long for one request -> several whose answers together are its answer.

Knows no source. Understood are AND, OR and NOT in capitals, quotes and brackets, words without an operator between
them, and `-` and `!` for NOT. A group `(a OR b OR c)`
that nothing negates is cut into `(a)` and `(b OR c)`: whatever stands around it, OR distributes over it, so the union
stays the same. Nothing else is changed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from generator.surveillance.asking.web import SourceError

MAX_PARTS = 40
"""A strategy that needs more requests than this for one answer is for a person to rewrite."""
_TOKEN = re.compile(r'[()]|(?:"[^"]*"|[^\s()"])+')
_NEGATIONS = frozenset({"NOT", "-", "!"})
_OPERATORS = _NEGATIONS | {"AND", "OR", "&&", "||"}


@dataclass
class _Group:
    """What stands between two brackets, or the whole strategy. The ends of terms are places in the text."""

    start: int
    negated: bool
    end: int = 0
    tokens: list[tuple[str, int, int]] = field(default_factory=list)
    """Text, start and end of each word, quote, operator and inner group."""

    @property
    def terms(self) -> list[tuple[int, int]]:
        """Where the terms stand, if they are two or more, joined by OR and nothing else; else an empty list."""
        operands, operators = self.tokens[::2], self.tokens[1::2]
        plain = all(text not in _OPERATORS and text[0] not in "-!+" for text, _, _ in operands)
        joined = bool(operators) and all(text == "OR" for text, _, _ in operators)
        alternating = len(operands) == len(operators) + 1
        return [(start, end) for _, start, end in operands] if plain and joined and alternating else []


def split(strategy: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the strategy, or several that all fit and whose union has the same meaning.

    Raises:
        SourceError: it does not fit and has no group that can be cut, or quotes and brackets are not in pairs.
    """
    done: list[str] = []
    left = [strategy]
    while left:
        text = left.pop()
        if fits(text):
            done.append(text)
            continue
        left += reversed(_halves(text))
        if len(done) + len(left) > MAX_PARTS:
            raise SourceError(f"the query is too long: not even {MAX_PARTS} parts of it are short enough to be asked")
    return tuple(done)


def _halves(text: str) -> tuple[str, str]:
    """Return the text twice, each with one half of the terms of its longest group."""
    cuttable = [group for group in _groups(text) if not group.negated and group.terms]
    if not cuttable:
        raise SourceError(
            f"the query is too long ({len(text)} characters) and has no group of terms joined by OR that could be"
            " asked in parts; write it as several strategies"
        )
    group = max(cuttable, key=lambda one: one.end - one.start)
    middle = (group.start + group.end) / 2
    cut = next((number for number, (start, _) in enumerate(group.terms) if start >= middle), len(group.terms) - 1)
    cut = max(1, cut)
    halves = (group.terms[:cut], group.terms[cut:])
    first, second = (" OR ".join(text[start:end] for start, end in half) for half in halves)
    before, after = text[: group.start], text[group.end :]
    return f"{before}{first}{after}", f"{before}{second}{after}"


def _groups(text: str) -> list[_Group]:
    """Return every group of the text, the whole of it first."""
    if text.count('"') % 2:
        raise SourceError(f"the query is too long ({len(text)} characters) and cannot be cut: a quote is not closed")
    whole = _Group(0, negated=False, end=len(text))
    open_groups, found = [whole], [whole]
    for match in _TOKEN.finditer(text):
        here = open_groups[-1]
        if match[0] == "(":
            negated = here.negated or bool(here.tokens and here.tokens[-1][0] in _NEGATIONS)
            open_groups.append(_Group(match.end(), negated))
            found.append(open_groups[-1])
        elif match[0] == ")" and len(open_groups) > 1:
            here.end = match.start()
            open_groups.pop()
            open_groups[-1].tokens.append(("()", here.start - 1, match.end()))
        else:
            here.tokens.append((match[0], match.start(), match.end()))
    if len(open_groups) > 1 or any(name == ")" for name, _, _ in whole.tokens):
        raise SourceError(
            f"the query is too long ({len(text)} characters) and cannot be cut: brackets are not in pairs"
        )
    return found

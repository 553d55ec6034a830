"""Whether our own sentences speak of something that has no field of its own.

A text speaks of something when it holds one of the words looked for, small or capital letters alike. So it can be seen
that somebody wrote about it, not that they wrote it well. Where a word has two meanings, the words around it count.
"""

import re

from generator.model.protocol import Protocol
from generator.model.summary import SummaryKind
from generator.review import Review

HETEROGENEITY = ("heterogene", "subgroup", "meta-regression")
REASONS = ("because", "reason", "rationale")
DISPLAYS = ("table", "tabulat", "plot", "figure", "drawn", "picture")
SENSITIVITY = ("sensitivity",)
_SEARCH = r"(?:search(?:es)?|(?:search )?(?:strateg(?:y|ies)|quer(?:y|ies)|strings?))"
_SEARCH_REVIEWED = re.compile(
    rf"""
    \bpeer[ -]review(?:ing)?\ (?:process\ )?(?:of|for)\ (?:[\w-]+\ ){{0,2}}{_SEARCH}\b   # peer review of the strategies
    | \bpeer[ -]review(?:ed|ing|s)\ (?:(?:the|its|our|this|these|all|each|every|both)\ (?:[\w-]+\ )?)?{_SEARCH}\b
    | \b{_SEARCH}\ peer[ -]review\b(?!\ journal)
    | \b{_SEARCH}(?:\ (?:for|of|in|on)(?:\ (?!that\b|which\b)[\w-]+){{1,4}})?       # the strategy for PubMed was
      \ (?:is|are|was|were|be|been|has\ been|have\ been)\ (?:(?:not|never|also|all|both|\w+ly)\ )*peer[ -]reviewed\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PRESS = re.compile(r"\bPRESS\b")
"""Peer Review of Electronic Search Strategies, a guideline that is known by its capital letters."""


def says(text: str | None, *words: str) -> bool:
    """Return whether a text holds one of the words."""
    return any(word in (text or "").casefold() for word in words)


def says_that_searches_were_reviewed(text: str | None) -> bool:
    """Return whether a text says that somebody reviewed a search, or that nobody did; journals may be peer-reviewed."""
    on_one_line = " ".join((text or "").split())
    return bool(_SEARCH_REVIEWED.search(on_one_line) or _PRESS.search(on_one_line))


def written(text: str | None) -> bool:
    """Return whether a text says anything at all."""
    return bool((text or "").strip())


def methods_of_synthesis(protocol: Protocol) -> str:
    """Return the sentences of the protocol on how results are brought together."""
    methods = protocol.methods
    return " ".join((methods.effect_measures, methods.synthesis, methods.why_not_pooled))


def has_section(review: Review, *words: str) -> bool:
    """Return whether a summary that is printed in full has a heading with all of the words and a text below it."""
    printed = [one for one in review.records.summaries.values() if one.kind is SummaryKind.PLAIN_LANGUAGE]
    headed = [(section.heading, section.text) for one in printed for section in one.sections]
    headed += [(one.title, one.text or " ".join(section.text for section in one.sections)) for one in printed]
    return any(all(word in heading.casefold() for word in words) and written(text) for heading, text in headed)

"""Deduplication: which records are about one document, and which of them the review already knows.

`group` puts the records of a search together, `find_known` compares them with what was seen before. The steps are
`facts` (normalised keys, made by `titles`, `people` and `places`), `blocking` (which pairs), `comparison` (field by
field), `rules` and `links` (what follows) and `grouping`. Nothing is ever dropped here, and nothing is read or
written: the callers decide what to do with a group.
"""

from generator.surveillance.dedupe.grouping import Group, group
from generator.surveillance.dedupe.known import KnownMatches, find_known
from generator.surveillance.dedupe.matching import Match, Verdict

__all__ = ["Group", "KnownMatches", "Match", "Verdict", "find_known", "group"]

"""Deduplication: which records are about one document, and which of them the review already knows.

`group` puts the records of a search together, `find_known` compares them with what was seen before. The steps are

1. `facts`: one record as normalised keys, made by `titles` (with `notes` taken out), `people` and `places`;
2. `blocking`: which pairs share a key and are compared at all;
3. `comparison`: two records field by field, and `conditions`: what the rules ask about them;
4. `matching`: the first rule that holds decides. `rules` has what merges and what forbids it, `links` what only links
   or shows;
5. `undecided`: whether a third record makes a merge doubtful;
6. `grouping` and `known`: the verdicts on pairs become groups, or matches with known records.

`title_match` compares titles, `wording` holds the word lists. Nothing is ever dropped here, and nothing is read or
written: the callers decide what to do with a group.
"""

from generator.surveillance.dedupe.grouping import Group, group
from generator.surveillance.dedupe.known import KnownMatches, find_known
from generator.surveillance.dedupe.matching import Match, Verdict

__all__ = ["Group", "KnownMatches", "Match", "Verdict", "find_known", "group"]

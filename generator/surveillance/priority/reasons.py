"""Why new records are offered: the terms that matched, and their priority, learned from every decision so far."""

from collections.abc import Sequence

from generator.model.records import Records
from generator.surveillance.arriving.candidates import Why
from generator.surveillance.dedupe import Group
from generator.surveillance.priority.strategy_terms import matched
from generator.surveillance.priority.training import text_of, text_of_records


class Reasons:
    """Describes groups of new records with the protocol and the decisions of one review."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def __call__(self, groups: Sequence[Group]) -> list[Why]:
        """Return one answer for each group, in the order given."""
        if not groups:
            return []
        protocol = self._records.protocol
        strategies = [strategy for source in (protocol.sources if protocol else ()) for strategy in source.strategies]
        texts = ["\n".join(dict.fromkeys(text_of(record) for record in one.records)) for one in groups]
        scored = text_of_records(self._records).ranker(texts).score(texts)
        return [
            Why(matched(strategies, text), rank.score, rank.terms) for text, rank in zip(texts, scored, strict=True)
        ]

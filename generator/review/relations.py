"""Which studies share something with another one: told on both sides, whichever of the two files says it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.study import Overlap, Related, Study


@dataclass(frozen=True)
class Relation:
    """What one study shares with another."""

    study: str
    """Id of the other study."""
    said: tuple[tuple[str, Related], ...]
    """What is said of it, each with the id of the study whose file says it; its own file first."""

    @property
    def shares(self) -> tuple[Overlap, ...]:
        """What the two share, by either file."""
        named = {overlap for _, one in self.said for overlap in one.shares}
        return tuple(overlap for overlap in Overlap if overlap in named)


def relations(studies: Mapping[str, Study]) -> dict[str, tuple[Relation, ...]]:
    """Return the relations of each study that has any, by its id, in the order of the other's id."""
    own: dict[str, dict[str, list[tuple[str, Related]]]] = defaultdict(lambda: defaultdict(list))
    others: dict[str, dict[str, list[tuple[str, Related]]]] = defaultdict(lambda: defaultdict(list))
    for key, study in studies.items():
        for one in study.related:
            own[key][one.study].append((key, one))
            others[one.study][key].append((key, one))
    return {
        key: tuple(
            Relation(other, (*own[key].get(other, ()), *others[key].get(other, ())))
            for other in sorted({*own[key], *others[key]})
        )
        for key in sorted({*own, *others})
    }

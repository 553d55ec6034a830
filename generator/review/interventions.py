"""Which facts about an intervention a report states, field by field as the protocol asks for them."""

from dataclasses import dataclass
from enum import StrEnum

from generator.model.protocol import InterventionField, Protocol
from generator.model.study import Intervention
from generator.model.values import Missing


class Statedness(StrEnum):
    """What is known of one fact about an intervention."""

    STATED = "stated"
    NOT_REPORTED = "not reported"
    NOT_APPLICABLE = "not applicable"
    NOT_LOOKED_FOR = "not looked for yet"


@dataclass(frozen=True)
class Stated:
    """How much of what the protocol asks for is stated about one intervention."""

    fields: tuple[tuple[InterventionField, Statedness], ...]
    """Every field of the protocol, in its order."""
    n_stated: int
    """Fields that count and are stated."""
    n_items: int
    """Fields that count and can apply to this intervention."""


def statedness(intervention: Intervention, field: InterventionField) -> Statedness:
    """Return what is known of one field."""
    detail = intervention.details.get(field.id)
    if detail is None:
        return Statedness.NOT_LOOKED_FOR
    if detail is Missing.NOT_REPORTED:
        return Statedness.NOT_REPORTED
    return Statedness.NOT_APPLICABLE if detail is Missing.NOT_APPLICABLE else Statedness.STATED


def stated(intervention: Intervention, protocol: Protocol) -> Stated:
    """Return which of the protocol's fields are stated; a field that cannot apply is left out of the count."""
    fields = tuple((field, statedness(intervention, field)) for field in protocol.intervention_fields)
    counted = [what for field, what in fields if field.counted and what is not Statedness.NOT_APPLICABLE]
    return Stated(fields, counted.count(Statedness.STATED), len(counted))

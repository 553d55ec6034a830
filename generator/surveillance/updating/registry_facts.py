"""What a registry says of a trial, fact by fact: the field each belongs to, and the words that stand for it in a quote.

Says nothing of which fact counts: that is for `generator.surveillance.updating.trial_updates`. Writes nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.registry_record import RegistryRecord
from generator.problems import Place

Value = str | tuple[str, ...]
"""Text, or a list of texts."""
STATEMENT_ENDS = "; "
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Fact:
    """One value of a registration."""

    place: Place
    """Where it stands in the file of the trial."""
    value: Value

    @property
    def name(self) -> str:
        """The last part of its place."""
        return str(self.place[-1])

    @property
    def statement(self) -> str:
        """The fact as a quote states it: `n: 30`."""
        return stating(self.name, self.value)


def stating(name: str, value: Value) -> str:
    """Return the words by which a quote states a value."""
    return f"{name}: {shown(value)}"


def shown(value: Value) -> str:
    """Return a value in one text."""
    return value if isinstance(value, str) else STATEMENT_ENDS.join(value)


def facts(record: RegistryRecord, *, is_home: bool) -> Mapping[str, tuple[Fact, ...]]:
    """Return what a registry states, by the field at the top of a trial's file; what it does not state is left out.

    Only the trial's own registry knows when it last changed the registration.
    """
    found: dict[str, list[Fact]] = {}
    for place, value in _values(record, is_home=is_home):
        if value:
            found.setdefault(str(place[0]), []).append(Fact(place, value))
    return {field: tuple(some) for field, some in found.items()}


def _values(record: RegistryRecord, *, is_home: bool) -> Iterator[tuple[Place, Value]]:
    yield ("title",), one_line(record.title)
    yield ("intervention",), one_line(record.intervention)
    yield ("design", "study_type"), one_line(record.study_type)
    yield ("design", "phase"), tuple(phase.value for phase in record.phases)
    for name in ("allocation", "model", "masking"):
        yield ("design", name), one_line(getattr(record, name))
    if record.n_enrolled is not None:
        yield ("enrolment", "n"), str(record.n_enrolled)
        yield ("enrolment", "kind"), record.enrolment_kind
    yield ("sponsor",), one_line(record.sponsor)
    yield ("countries",), tuple(map(one_line, record.countries))
    for name in ("registered", "start", "primary_completion", "completion", "results_posted"):
        yield ("dates", name), getattr(record, name)
    if is_home:
        yield ("dates", "last_update"), record.registry_updated


def one_line(text: str) -> str:
    """Return words without the line ends and control characters that a record cannot hold."""
    return " ".join(_CONTROL.sub(" ", text).split())

"""What a trial registry says of one trial, read from the registry itself or from a platform that copies registries."""

from dataclasses import dataclass

from generator.model.registry_status import RegistryStatus
from generator.model.trial import Phase


@dataclass(frozen=True, slots=True)
class RegistryRecord:
    """One registration. Texts stay what the registry gave; dates are partial dates; empty means not stated."""

    registration: str
    """The registry's id in normal spelling."""
    home: bool = True
    """True when the registry itself was read; a copy on another platform may be years old."""
    title: str = ""
    intervention: str = ""
    """Names of what is given, separated by `; `."""
    status: RegistryStatus | None = None
    """The status in the common vocabulary; None when the registry states none that can be mapped."""
    status_as_printed: str = ""
    registry_updated: str = ""
    """When the registry last changed the registration."""
    secondary_ids: tuple[str, ...] = ()
    """Registrations of the same trial elsewhere, in normal spelling."""
    study_type: str = ""
    phases: tuple[Phase, ...] = ()
    allocation: str = ""
    model: str = ""
    masking: str = ""
    n_enrolled: int | None = None
    """How many people; planned or counted as `enrolment_kind` says."""
    enrolment_kind: str = ""
    """`estimated`, `actual`, or empty."""
    sponsor: str = ""
    countries: tuple[str, ...] = ()
    registered: str = ""
    start: str = ""
    primary_completion: str = ""
    completion: str = ""
    results_posted: str = ""
    has_results: bool | None = None
    """True when results are posted in the registry; None when it does not say."""

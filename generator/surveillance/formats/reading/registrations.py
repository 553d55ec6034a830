"""One registration as the WHO portal (ICTRP) gives it, in XML or in CSV. Knows no layout of a file."""

import re

from generator.model.registry_record import RegistryRecord
from generator.model.registry_status import RegistryStatus
from generator.surveillance.formats.reading.dates import american_date, partial_date
from generator.surveillance.formats.reading.fields import FieldNames, Fields
from generator.surveillance.formats.reading.mentions import registrations_in
from generator.surveillance.formats.reading.phases import phases_in

NAMES: FieldNames = {
    "title": ("public title", "scientific title"),
    "dates": ("date registration3", "date registration"),
    "venue": ("source register",),
    "registration": ("registration",),
    "url": ("web address", "url"),
    "abstract": ("stated",),
    "types": ("kind",),
    "linked": ("secondary id", "secondary ids", "secondaryids", "bridged type", "childs"),
    "accession": ("trialid",),
    "withdrawn": ("withdrawn",),
}
STATED = {
    "Scientific title": ("scientific title",),
    "Primary sponsor": ("primary sponsor",),
    "Recruitment status": ("recruitment status",),
    "Study type": ("study type",),
    "Study design": ("study design",),
    "Phase": ("phase",),
    "Target size": ("target size",),
    "First enrolment": ("date enrollement", "date enrolment"),
    "Countries": ("countries",),
    "Condition": ("condition", "conditions"),
    "Intervention": ("intervention", "interventions"),
    "Inclusion criteria": ("inclusion criteria",),
    "Exclusion criteria": ("exclusion criteria",),
    "Primary outcome": ("primary outcome",),
    "Secondary outcome": ("secondary outcome", "secondary outcomes"),
}
"""What a screener reads of a registration, in this order, each with the names of its field in the generations."""

_STATUSES = {
    status.lower().replace("_", " "): status
    for status in (
        RegistryStatus.NOT_YET_RECRUITING,
        RegistryStatus.RECRUITING,
        RegistryStatus.ENROLLING_BY_INVITATION,
        RegistryStatus.ACTIVE_NOT_RECRUITING,
        RegistryStatus.SUSPENDED,
        RegistryStatus.TERMINATED,
        RegistryStatus.COMPLETED,
        RegistryStatus.WITHDRAWN,
    )
}
"""The portal's words that can mean one status only. "Not Recruiting" can be a trial before, in or after its course."""

_WITHDRAWN = re.compile(
    r"\W*(?:cancell?ed|retracted|withdrawn)(?=\s*[,.:;\])]|\s+(?:by|due|because|for|as)\b)", re.IGNORECASE
)
_PREFIX = re.compile(r"^(?:EUCTR|CTIS|EUCT[- ]?number[: ]*)(?=20\d\d-)", re.IGNORECASE)
_COUNTRY = re.compile(r"(?<=-\d\d)-(?:[A-Z]{2}|3rd|Outside.*)$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def is_withdrawn(title: str) -> bool:
    """Return whether a public title says that the trial was withdrawn; ChiCTR says so nowhere else.

    ChiCTR puts "Cancelled by the investigator", "Retracted due to …" before the title.
    """
    return bool(_WITHDRAWN.match(title))


def field_name(text: str) -> str:
    """Return the name of a field in the spelling of `NAMES`: XML writes `Public_title`, CSV `Public title`."""
    return " ".join(text.replace("_", " ").lower().split())


def registered(record: Fields) -> Fields:
    """Add what is derived: the plain id, the kind, the text to screen, and whether the title says withdrawn.

    EU trials carry a prefix and come once per country (`EUCTR2015-001234-12-DE`); the id is that of the trial.
    """
    trial_id = record.first(("trialid",))
    record.values["registration"] = [_COUNTRY.sub("", _PREFIX.sub("", trial_id))]
    record.values["kind"] = ["registration"]
    stated = ((label, "; ".join(record.all(names))) for label, names in STATED.items())
    record.values["stated"] = [" ".join(f"{label}: {_BREAK.sub(' ', text)}." for label, text in stated if text)]
    record.values["exported on"] = [american_date(record.first(("export date",)))]
    if is_withdrawn(record.first(("public title",))) or is_withdrawn(record.first(("scientific title",))):
        record.values["withdrawn"] = ["the title says so"]
    return record


def copied(record: Fields, registration: str) -> RegistryRecord:
    """Return what the portal states of a registration, which is a copy of its registry's words.

    The portal gives no day of the registry's last change. The day on which the portal last took the registration from
    its registry stands for it: the copy is no newer than that. An EU trial comes once per country; status, size and
    countries are then those of one country and are left out.
    """
    is_national = bool(_COUNTRY.search(record.first(("trialid",))))
    printed = "" if is_national else record.first(STATED["Recruitment status"])
    size = "" if is_national else record.first(STATED["Target size"])
    countries = [part.strip() for text in record.all(STATED["Countries"]) for part in text.split(";")]
    return RegistryRecord(
        registration=registration,
        home=False,
        title=record.first(NAMES["title"]),
        intervention="; ".join(_BREAK.sub(" ", text) for text in record.all(STATED["Intervention"])),
        status=_STATUSES.get(" ".join(re.findall(r"[a-z]+", printed.lower()))),
        status_as_printed=printed,
        registry_updated=partial_date(record.first(("last refreshed on",))),
        secondary_ids=tuple(one for one in registrations_in(record.all(NAMES["linked"])) if one != registration),
        study_type=record.first(STATED["Study type"]),
        phases=phases_in(record.first(STATED["Phase"])),
        n_enrolled=int(size) if re.fullmatch(r"[0-9]{1,9}", size) else None,
        sponsor=record.first(STATED["Primary sponsor"]),
        countries=() if is_national else tuple(dict.fromkeys(filter(None, countries))),
        registered=partial_date(record.first(NAMES["dates"])),
        start=partial_date(record.first(STATED["First enrolment"])),
    )

"""One registration as the WHO portal (ICTRP) gives it, in XML or in CSV. Knows no layout of a file."""

import re

from generator.formats.reading.dates import american_date
from generator.formats.reading.fields import FieldNames, Fields

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

"""XML export of the WHO trial search portal (ICTRP), the layouts of 2020 and of today: flat `<Trial>` elements."""

from generator.surveillance.formats.reading.export_text import ExportText
from generator.surveillance.formats.reading.fields import Fields, Format
from generator.surveillance.formats.reading.registrations import NAMES, field_name, registered
from generator.surveillance.formats.reading.xml import count_elements, read_elements, root_name

ROOT = "Trials_downloaded_from_ICTRP"
ONCE = frozenset({"trialid", "public title", "source register", "web address", "internal number"})


def recognises(text: str) -> bool:
    """Return whether this is XML with the portal's root element."""
    return root_name(text) == ROOT


def count(export: ExportText) -> list[int]:
    """Return the lines of the start tags `<Trial>`."""
    return count_elements(export, "Trial")


def parse(export: ExportText) -> list[Fields]:
    """Return the fields of every registration. Text such as `BMI <6` is text; nothing is taken for a tag twice."""
    found = []
    for trial in read_elements(export, "Trial"):
        values = {field_name(name): texts for name, texts in trial.values.items()}
        found.append(registered(Fields(trial.line, values)))
    return found


FORMATS = (Format("WHO ICTRP XML", recognises, count, parse, NAMES, ONCE),)

"""Groups of new records -> candidate files. Names each candidate, writes what is known of it, and forgets no record."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from generator.identifiers import file_name
from generator.model.decision import Candidate
from generator.model.registry_record import RegistryRecord
from generator.model.source_record import RecordKind, SourceRecord
from generator.model.trial import Phase
from generator.surveillance.arriving.fitting import fitting, web_address
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.dedupe import Group

_LONGEST_INTERVENTION = 300
"""Characters of it in a note."""
_IDENTIFIERS = ("doi", "pmid", "pmcid", "openalex", "registration", "url")


def identifier_for(group: Group, taken: Collection[str]) -> str:
    """Return an id that no other record has: the registration, or first author and year, numbered where needed."""
    records = group.records
    registration = next((record.registration for record in records if record.registration), "")
    if registration and all(record.kind is RecordKind.REGISTRATION or not record.doi for record in records):
        stem = file_name(registration)
    else:
        author = next((record.authors[0] for record in records if record.authors), "")
        year = next((record.year for record in records if record.year), None)
        family = _slug(_family_name(author)) or "unnamed"
        stem = f"{family[:60].strip('-')}-{year or 'undated'}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _family_name(author: str) -> str:
    """Return the family name of `Wilson, Jane`, `Wilson JE`, `JE Wilson`, `Jane Wilson` or `Jan van der Wilson`."""
    if "," in author:
        return author.partition(",")[0]
    words = author.split()
    full = [word for word in words if not re.fullmatch(r"(?:[A-Z]\.?-?){1,3}", word)]
    if len(full) < len(words) or len(full) < 2:
        return " ".join(full) or author
    start = len(full) - 1
    while start > 1 and full[start - 1].islower():  # van, der, de la
        start -= 1
    return " ".join(full[start:])


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


@dataclass(frozen=True)
class Why:
    """Why a record is offered, and how soon it is worth reading."""

    matched: tuple[str, ...] = ()
    """Terms of the strategies that stand in its title or abstract."""
    score: int | None = None
    """Priority, 0 to 100; None where none was computed."""
    terms: tuple[str, ...] = ()
    """The words that counted most for the priority."""


OPEN_LICENCES = re.compile(r"cc0|cc[- ]?by(?:[- ]?sa)?(?:[- ]?\d\.\d)?|public[- ]domain", re.IGNORECASE)
"""Licences under which an abstract may be stored and shown; none that forbids commercial use or changes."""


def candidate(
    group: Group, occasion: Occasion, why: Why, linked: Iterable[str], possible: Iterable[str]
) -> dict[str, object]:
    """Return the fields of a candidate's file, in the order they are written.

    Where two records of the group differ, the first one that says something counts, and `note` names every record that
    was merged. An abstract is kept only where its source states an open licence. What a file cannot hold is left out,
    and `note` says so.
    """
    fields: dict[str, object] = {"title": _first(group, "title").strip() or "NR"}
    authors = next((record.authors for record in group.records if record.authors), ())
    fields |= {"authors": "; ".join(authors)} if authors else {}
    year = next((record.year for record in group.records if record.year), None)
    fields |= {"year": year} if year else {}
    fields |= {name: value for name in ("published", "venue") if (value := _first(group, name))}
    fields["identifiers"] = _identifiers(group)
    fields |= _open_abstract(group)
    sources = dict.fromkeys(record.source for record in group.records)
    fields["found"] = [{"source": source, "on": occasion.on, "run": occasion.run} for source in sources]
    fields |= {"matched": list(why.matched)} if why.matched else {}
    if why.score is not None:
        fields["priority"] = {"score": why.score} | ({"terms": list(why.terms)} if why.terms else {})
    named = sorted({found for record in group.records for found in record.linked} | set(linked))
    fields |= {"linked": named} if named else {}
    fields |= {"possible_duplicates": found} if (found := sorted(set(possible))) else {}
    if any(record.retracted and record.kind is not RecordKind.REGISTRATION for record in group.records):
        fields["retracted"] = "true"
    fields |= _registry_status(group, fields["identifiers"], occasion)
    notes = list(_notes(group))
    fields |= {"note": " ".join(notes)} if notes else {}
    return _fitted(fields)


def _fitted(fields: dict[str, object]) -> dict[str, object]:
    """Return what a file can hold of the fields; a record that is odd is offered like any other."""
    fitted, left_out = fitting(Candidate, fields)
    if not left_out:
        return fitted
    fitted = {"title": "NR"} | fitted
    if not fitted["identifiers"]:
        fitted["identifiers"] = {"accession": left_out[0]}
    told = f"Left out, because a record cannot hold it: {', '.join(left_out)}."
    return fitted | {"note": " ".join(filter(None, (str(fitted.get("note", "")), told)))}


def _identifiers(group: Group) -> dict[str, object]:
    found: dict[str, object] = {name: value for name in _IDENTIFIERS if (value := _first(group, name))}
    if "url" in found:
        found["url"] = web_address(str(found["url"])) or found["url"]
    number = _first(group, "accession") or _first(group, "place")
    return found if set(found) - {"url"} or not number else found | {"accession": number}


def _registry_status(group: Group, identifiers: object, occasion: Occasion) -> dict[str, object]:
    """Return the status that the candidate's own registry shows; a copy elsewhere may be years old and is no look."""
    own = identifiers.get("registration") if isinstance(identifiers, dict) else None
    trials = (record.trial for record in group.records if record.trial and record.trial.home)
    seen = next((trial for trial in trials if trial.status and trial.registration == own), None)
    if seen is None or seen.status is None:
        return {}
    status = {"seen": occasion.on.isoformat(), "status": seen.status.value}
    status |= {"as_printed": seen.status_as_printed} if seen.status_as_printed else {}
    status |= {"registry_updated": seen.registry_updated} if seen.registry_updated else {}
    return {"registry_status": status | {"by": "nightly"}}


def _open_abstract(group: Group) -> dict[str, object]:
    for record in group.records:
        if record.abstract and OPEN_LICENCES.fullmatch(record.licence):
            return {"abstract": record.abstract, "licence": record.licence}
    return {}


def _notes(group: Group) -> Iterator[str]:
    if any(record.retracted and record.kind is RecordKind.REGISTRATION for record in group.records):
        yield "The registry's title says that the registration was withdrawn."
    trials = [record.trial for record in group.records if record.trial]
    if trials:
        yield registered_facts(next((trial for trial in trials if trial.home), trials[0]))
    if len(group.records) > 1:
        reasons = sorted({match.rule for match in group.merges})
        places = ", ".join(sorted(name_of(record) for record in group.records))
        yield f"Merged from {len(group.records)} records by the rules {', '.join(reasons)}: {places}."


def registered_facts(trial: RegistryRecord) -> str:
    """Return in one line what a registry says of a trial: status, size, intervention, countries, dates.

    A copy on another platform is called one: it may say what the registry said years ago.
    """
    people = f"{trial.n_enrolled} people{f' ({trial.enrolment_kind})' if trial.enrolment_kind else ''}"
    facts = (
        trial.status_as_printed,
        people if trial.n_enrolled is not None else "",
        " ".join(phase for phase in trial.phases if phase is not Phase.NA),
        f"intervention: {_shortened(trial.intervention)}" if trial.intervention else "",
        f"countries: {', '.join(trial.countries)}" if trial.countries else "",
        f"start {trial.start}" if trial.start else "",
        f"completion {trial.completion}" if trial.completion else "",
        "results posted" if trial.has_results else "",
    )
    stated = "; ".join(fact for fact in facts if fact)
    if trial.home:
        return f"The registry says: {stated or 'no status'}."
    of = f"of {trial.registry_updated} " if trial.registry_updated else ""
    return f"A copy {of}of the registration on another platform, perhaps out of date, says: {stated or 'no status'}."


def _shortened(words: str) -> str:
    """Return words in one line of a note; some registries print the whole plan of treatment."""
    return words if len(words) <= _LONGEST_INTERVENTION else f"{words[:_LONGEST_INTERVENTION].rstrip()} […]"


def _first(group: Group, name: str) -> str:
    return next((value for record in group.records if (value := getattr(record, name))), "")


def name_of(record: SourceRecord) -> str:
    """Return what a record can be called in a note: its place in a file, or its number in its source."""
    if record.place:
        return record.place
    number = record.accession or next(
        (value for name in _IDENTIFIERS if (value := getattr(record, name))), record.title
    )
    return f"{number} in {record.source}"

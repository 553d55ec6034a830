"""The record that a settled candidate becomes, as far as its own file goes. Nothing is added that nobody has said."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from generator.identifiers import registry_of
from generator.model import records as kinds
from generator.model.decision import Candidate
from generator.model.records import Kind
from generator.model.values import Missing
from generator.records import yamlfile
from generator.records.schema import file_of
from generator.review.candidates import citation_of

Fields = dict[str, Any]

TO_EXTRACT = (
    "Nothing has been extracted from the reports of this study yet: its design, arms and numbers and the kind of its "
    "reports only hold the place, and NR means here that nobody has looked."
)
_EXPLAINED = {
    kinds.STUDY: "A study to extract: put what its reports say in the place of what stands here. Every field is "
    "explained in docs/templates/study.yml.",
    kinds.EXCLUSION: "A study excluded at full text.",
    kinds.TRIAL: "A registered trial: add what its registry says; docs/templates/trial.yml explains every field.",
}
_CARRIED = {
    kinds.STUDY: {"year", "venue"},
    kinds.EXCLUSION: {"year", "venue"},
    kinds.TRIAL: {"registry_status", "note"},
}
_DECISIONS = ("decision", "earlier_decisions")
_CARRIED_ALWAYS = {"title", "authors", "found", "linked", "possible_duplicates", "retracted", *_DECISIONS}


def draft(kind: Kind, key: str, candidate: Candidate, today: dt.date, names: Mapping[str, str]) -> Fields:
    """Return the fields of the record of `kind` that a candidate becomes under the id `key`.

    `names` holds the ids of people with their names.
    """
    if kind is kinds.TRIAL:
        return _trial(candidate, today)
    said = _said(candidate)
    fields: Fields = {"title": said["title"]}
    fields |= {"design": "other"} if kind is kinds.STUDY else {}
    fields["reports"] = _reports(key, candidate)
    if kind is kinds.STUDY:
        fields["participants"] = {"n_enrolled": Missing.NOT_REPORTED.value}
        fields["arms"] = [{"id": "all-participants", "label": "All participants", "role": "experimental"}]
    questions = [{"what": one, "raised": today.isoformat()} for one in _questions(kind, candidate)]
    fields |= {"open_questions": questions} if questions else {}
    if kind is kinds.STUDY:
        fields["extraction"] = {"basis": "secondary", "agreement": "single"}
    fields |= _decided(said) | {"found": said["found"], "known_on": today.isoformat()}
    if kind is kinds.STUDY:
        fields["history"] = [{"on": today.isoformat(), "kind": "included", "note": _included(candidate, names)}]
    return fields


def text_of(kind: Kind, fields: Fields, candidate: Candidate, comments: list[str]) -> str:
    """Return the file of a draft: its fields, and above them, as comments, all that has no place in them."""
    head = [f"# yaml-language-server: $schema=../schema/{file_of(kind)}", f"# {_EXPLAINED[kind]}", *comments]
    carried = _CARRIED_ALWAYS | _CARRIED[kind]
    left = {name: value for name, value in _said(candidate).items() if name not in carried}
    known = {"accession"} if kind is not kinds.TRIAL else set(left["identifiers"]) - {"registration"}
    left["identifiers"] = {name: value for name, value in left["identifiers"].items() if name in known}
    left = {name: value for name, value in left.items() if value}
    if left:
        head += ["# What the candidate's file said besides:"]
        head += [f"#   {line}".rstrip() for line in yamlfile.dump(left).splitlines()]
    return "\n".join(head) + "\n" + yamlfile.dump(fields)


def _decided(said: Fields) -> Fields:
    return {name: said[name] for name in _DECISIONS if name in said}


def _said(candidate: Candidate) -> Fields:
    return candidate.model_dump(mode="json", exclude_unset=True)


def _reports(key: str, candidate: Candidate) -> list[Fields]:
    known = _said(candidate)["identifiers"]
    report: Fields = {"id": f"{key.lower()}-report", "kind": "other", "primary": True}
    report["citation"] = citation_of(candidate)
    report |= {"year": candidate.year} if isinstance(candidate.year, int) else {}
    report |= {"doi": known["doi"], "doi_status": "unverified"} if "doi" in known else {}
    report |= {name: known[name] for name in ("pmid", "pmcid", "openalex", "aliases", "url") if name in known}
    rest = {"access": "restricted", "integrity": {"status": "not-checked"}}
    if "registration" not in known:
        return [report | rest]
    registration = {"kind": "registration", "registration": known["registration"]}
    if candidate.is_registration:
        return [report | registration | rest]
    return [report | rest, registration | {"citation": known["registration"]} | rest]


def _questions(kind: Kind, candidate: Candidate) -> list[str]:
    """Return what a person has still to find out, in sentences."""
    found = [TO_EXTRACT] if kind is kinds.STUDY else []
    if candidate.linked:
        found.append(f"Sources connect it with {', '.join(candidate.linked)}: what are they to each other?")
    if candidate.possible_duplicates:
        found.append(f"It may be the same as {', '.join(candidate.possible_duplicates)}: is it?")
    if candidate.retracted:
        found.append("A source flagged it as retracted when it was found: is it?")
    return found


def _included(candidate: Candidate, names: Mapping[str, str]) -> str:
    decision = candidate.decision
    who = [names.get(one, one) for one in decision.by] if decision else []
    people = " and ".join(filter(None, (", ".join(who[:-1]), *who[-1:])))
    day = f" on {decision.on.isoformat()}" if decision else ""
    return f"Included by decision of {people}{day}; its data have not been extracted yet."


def _trial(candidate: Candidate, today: dt.date) -> Fields:
    said = _said(candidate)
    registry = registry_of(candidate.identifiers.registration or "")
    fields: Fields = {"registry": registry.name if registry else Missing.NOT_REPORTED.value, "title": said["title"]}
    fields |= {"intervention": Missing.NOT_REPORTED.value, "status_history": [said["registry_status"]]}
    fields |= {"found": said["found"], **_decided(said), "known_on": today.isoformat()}
    questions = [{"what": one, "raised": today.isoformat()} for one in _questions(kinds.TRIAL, candidate)]
    fields |= {"open_questions": questions} if questions else {}
    return fields | ({"note": said["note"]} if "note" in said else {})

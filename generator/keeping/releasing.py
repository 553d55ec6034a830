"""A new published version: whether it may be published, and the file of versions with its entry at the end.

Reads no clock and runs no git: it returns what stands in the way, or the text to write. Whether a version is due, and
of which kind, is told by `generator.review.version_due`; what an entry must agree with, by `generator.records.rules`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.model.records import SUMMARY, VERSIONS, Records, path_of
from generator.model.values import Missing
from generator.model.version import Version, VersionKind, Versions
from generator.problems import Level
from generator.records import form, rules, yamlfile
from generator.review import Review
from generator.review.study_facts import is_removed
from generator.review.version_due import next_number, why_not

PATH = path_of(VERSIONS)
_EMPTY_LIST = re.compile(rb"(?m)^versions:[ \t]*(?:\[[ \t]*\])?[ \t]*(#[^\r\n]*)?(?=\r?$)")
_NEW_FILE = b"# Append-only, newest last.\nversions: []\n"


@dataclass(frozen=True)
class Stated:
    """What people say of a version that cannot be computed."""

    version: str
    kind: VersionKind
    on: dt.date
    trigger: str
    methods_changes: str
    results_changes: str
    conclusions_changed: bool
    authors: tuple[tuple[str, tuple[str, ...]], ...]
    """Ids of people, each with their roles, in the order of authorship."""
    doi: str | None = None
    retires: bool = False


class ReleaseError(Exception):
    """The entry cannot be written as it stands; nothing has changed. `reasons` says why, each in a sentence or two."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def refusals(review: Review, stated: Stated) -> tuple[str, ...]:
    """Return everything that stands in the way of publishing the version, each in a sentence or two."""
    return (*_of_people(review, stated), *_of_kind(review, stated), *_of_days(review, stated), *_of_words(review))


def _of_people(review: Review, stated: Stated) -> Iterator[str]:
    """Authors, their roles and their interests belong to each version (PRISMA-LSR item L4; PRISMA 2020 item 26)."""
    people = {person.id: person for person in review.protocol.people}
    if not people:
        yield (
            "A version needs authors, and nobody is entered as a person yet: write who works on the review, with name"
            " and interests, under `people` in studies/protocol.yml."
        )
    elif not stated.authors:
        yield f"A version needs authors: --author ID ROLE … for each. Known: {', '.join(sorted(people))}."
    for name, roles in stated.authors:
        if people and name not in people:
            yield f"{name!r} is nobody in studies/protocol.yml. Known: {', '.join(sorted(people))}."
        elif people and isinstance(people[name].interests, Missing):
            yield f"{people[name].name} has declared no interests yet: write them in studies/protocol.yml."
        if not roles:
            yield f"What did {name} do? Name at least one role, for example --author {name} Conceptualization."
    names = [name for name, _ in stated.authors]
    yield from (
        f"{name} is named as an author twice." for name in sorted({one for one in names if names.count(one) > 1})
    )


def _of_kind(review: Review, stated: Stated) -> Iterator[str]:
    if review.versions and review.versions[-1].retires:
        yield f"Version {review.versions[-1].version} was declared the last one; the review ended with it."
    if reason := why_not(review, stated.kind):
        yield reason
    number = next_number(review.versions, stated.kind)
    if stated.version != number:
        yield f"The next version of the kind {stated.kind} is {number}, not {stated.version}."


def _of_days(review: Review, stated: Stated) -> Iterator[str]:
    if review.living.last_searched_on is None:
        yield "A version rests on a search, and none has been recorded yet."
    if review.versions and stated.on < review.versions[-1].on:
        newest = review.versions[-1]
        yield f"Version {newest.version} was published on {newest.on}, which is after {stated.on}."


def _of_words(review: Review) -> Iterator[str]:
    """What a version says rests on what it includes."""
    for name, summary in sorted(review.records.summaries.items()):
        gone = ", ".join(f"{one.label} (out since {one.on})" for one in review.taken_out_under(summary))
        if gone:
            yield f"The words in {path_of(SUMMARY, name)} still rest on {gone}: write them anew."


def entry(review: Review, stated: Stated) -> dict[str, object]:
    """Return the entry of the version as it is written; the date of the search and the studies are computed.

    Raises ReleaseError when nothing has been searched yet.
    """
    searched_to = review.living.last_searched_on
    if searched_to is None:
        raise ReleaseError("A version rests on a search, and none has been recorded yet.")
    included = sorted(key for key, study in review.records.included.items() if not is_removed(study))
    written: dict[str, object] = {
        "version": stated.version,
        "on": stated.on,
        "kind": str(stated.kind),
        "trigger": stated.trigger,
        "searched_to": searched_to,
        "methods_changes": stated.methods_changes,
        "results_changes": stated.results_changes,
        "conclusions_changed": stated.conclusions_changed,
        "authors": [{"person": name, "roles": list(roles)} for name, roles in stated.authors],
        "included": included,
    }
    if stated.doi:
        written["doi"] = stated.doi
    if stated.retires:
        written["retires"] = True
    return written | {"bundled": True}


def with_version(before: bytes | None, written: dict[str, object]) -> bytes:
    """Return the file of versions with an entry at its end; what stands in it already is kept byte for byte.

    Only an empty list, `versions: []`, loses its brackets. Raises ReleaseError when the file has a form that an entry
    cannot be added to.
    """
    old = _NEW_FILE if before is None else before
    kept = _listed(old)
    text = old if kept else _EMPTY_LIST.sub(lambda found: b"versions:" + _comment(found[1]), old, count=1)
    indent = _indent(text.decode("utf-8")) if kept else "  "
    lines = yamlfile.dump({"versions": [written]}).split("\n", 1)[1].rstrip("\n").split("\n")
    end = "\r\n" if b"\r\n" in old else "\n"
    added = "".join(f"{indent}{line}{end}" for line in lines)
    after = text.rstrip(b"\r\n") + end.encode() + added.encode()
    listed = _listed(after)
    if kept is None or not listed or listed[:-1] != kept:
        raise ReleaseError(f"{PATH} cannot be added to: write its versions as a list, '- ' each.")
    return after


def _comment(found: bytes | None) -> bytes:
    return b" " + found if found else b""


def _listed(raw: bytes) -> list[object] | None:
    read = yamlfile.read(raw)
    if read.faults or not isinstance(read.data, dict):
        return None
    listed = read.data.get("versions", [])
    return [] if listed is None else listed if isinstance(listed, list) else None


def _indent(text: str) -> str:
    line = next((line for line in text.splitlines() if line.lstrip().startswith("- ")), "")
    return line[: len(line) - len(line.lstrip())]


def read_back(records: Records, raw: bytes) -> Version:
    """Return the newest version as the file `raw` has it.

    Raises ReleaseError with every error that a check of the records would find in the file.
    """
    versions, problems = form.validate(Versions, yamlfile.read(raw), PATH)
    if versions:
        found = rules.find_problems(replace(records, versions=versions))
        problems = [one for one in found if one.level is Level.ERROR and one.path == PATH]
    if versions is None or problems:
        raise ReleaseError(*(f"{one.field}: {one.message}. {one.hint}".rstrip() for one in problems))
    return versions.versions[-1]


def bundle_path(version: str) -> str:
    """Return where the frozen bundle of a version is kept, from the folder that holds `studies/`."""
    return f"docs/versions/{version}.zip"


def commands(version: str, files: Sequence[str]) -> tuple[str, ...]:
    """Return what is typed to publish the version; nothing of it is run here."""
    bundle = bundle_path(version)
    return (
        f"living-review bundle {version} --output {bundle}",
        f"git add {' '.join([*files, bundle])}",
        f'git commit -m "Version {version}"',
        f"git tag v{version}",
    )


def published(root: Path, number: str) -> tuple[Version | None, tuple[str, ...]]:
    """Return the published version called `number`, None when there is none, and the numbers of all versions."""
    path = root / PATH
    versions = form.validate(Versions, yamlfile.read(path.read_bytes()), PATH)[0] if path.is_file() else None
    listed = versions.versions if versions else ()
    return next((one for one in listed if one.version == number), None), tuple(one.version for one in listed)

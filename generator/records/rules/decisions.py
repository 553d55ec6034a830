"""Rules about decisions: who decided what on which ground, and that the folder of a record agrees with it."""

from collections.abc import Iterator
from dataclasses import replace

from generator.model import records as kinds
from generator.model.decision import Outcome, Stage
from generator.model.records import Records, path_of
from generator.model.report import EventKind
from generator.problems import Level, Place, Problem
from generator.records.rules.files import PROTOCOL, decisions, ids, screened
from generator.records.rules.names import suggestion, unknown

_WHO_DECIDED = "Write under `decision` who decided to take it out, when, and for which reason of the protocol."


def excluded_studies_were_excluded_at_full_text(records: Records) -> Iterator[Problem]:
    """A study in excluded/ carries a decision to exclude, taken on the full text.

    Records excluded on title and abstract are lines of screened/ (PRISMA 2020 counts the two apart).
    """
    for identifier, study in records.excluded.items():
        path, decision = path_of(kinds.EXCLUSION, identifier), study.decision
        if decision.outcome is not Outcome.EXCLUDE:
            yield Problem(
                path,
                ("decision", "outcome"),
                f"expected exclude for a study in excluded/, found {decision.outcome.value!r}",
                f"Write it as {_file_for(decision.outcome, identifier)}, from the template for that folder, with all "
                "decisions.",
            )
        elif decision.stage is not Stage.FULL_TEXT:
            yield Problem(
                path,
                ("decision", "stage"),
                f"expected full-text for a study in excluded/, found {decision.stage.value!r}",
                "A record excluded on title and abstract is a line of studies/screened/<year>.yml.",
            )


def _file_for(outcome: Outcome, identifier: str) -> str:
    return path_of(kinds.STUDY if outcome is Outcome.INCLUDE else kinds.CANDIDATE, identifier)


def included_studies_were_included(records: Records) -> Iterator[Problem]:
    """A study in included/ that carries a decision was included, on the full text."""
    for identifier, study in records.included.items():
        decision = study.decision
        if study.removal or decision is None:
            continue
        if (decision.outcome, decision.stage) != (Outcome.INCLUDE, Stage.FULL_TEXT):
            yield Problem(
                path_of(kinds.STUDY, identifier),
                ("decision",),
                f"expected include at full-text for a study in included/, "
                f"found {decision.outcome.value} at {decision.stage.value}",
                f"To take it out, end its `history` with `- {{on: {decision.on}, kind: removed, note: <why>}}`; "
                "nothing else is deleted, and the file stays where it is. Else mend the decision.",
            )


def removed_studies_say_who_decided(records: Records) -> Iterator[Problem]:
    """A study that was taken out again carries the decision to exclude it, with its reason (PRISMA 2020, item 16b)."""
    for identifier, study in records.included.items():
        removal = study.removal
        if removal is None:
            continue
        path, decision = path_of(kinds.STUDY, identifier), study.decision
        place: Place = ("decision",) if decision else ("history", study.history.index(removal))
        expected = f"expected a decision to exclude it at full-text, because it was removed on {removal.on}"
        if decision is None:
            yield Problem(path, place, f"{expected}, found none", _WHO_DECIDED)
        elif decision.outcome is not Outcome.EXCLUDE:
            found = f"{decision.outcome.value} of {decision.on}"
            hint = f"{_WHO_DECIDED} The decision that stands there moves to `earlier_decisions`."
            yield Problem(path, place, f"{expected}, found {found}", hint)
        elif decision.stage is not Stage.FULL_TEXT:
            hint = "Write `stage: full-text`: a study that was included has been read in full."
            yield Problem(path, (*place, "stage"), f"{expected}, found {decision.stage.value}", hint)
        elif decision.on > removal.on:
            message = f"expected a decision up to {removal.on}, when it was removed, found {decision.on}"
            hint = "A study is taken out on the day of the decision or later: mend one of the two days."
            yield Problem(path, (*place, "on"), message, hint)


def included_studies_keep_their_file(records: Records) -> Iterator[Problem]:
    """A study that was part of the review stays in included/ when it is taken out, with all that was said of it.

    In excluded/ its data would be lost, and nobody could see any more what the review had rested on.
    """
    for identifier, study in records.excluded.items():
        for index, event in enumerate(study.history):
            if event.kind in (EventKind.INCLUDED, EventKind.REMOVED):
                yield Problem(
                    path_of(kinds.EXCLUSION, identifier),
                    ("history", index, "kind"),
                    f"expected a study that was never included, found {event.kind.value!r}",
                    f"Put the file back as {path_of(kinds.STUDY, identifier)} with its data, end its history with a "
                    "line `kind: removed`, and write the decision to exclude it there.",
                )
                break


def settled_candidates_are_moved(records: Records) -> Iterator[Problem]:
    """Once a decision says where a candidate belongs, it moves to another folder.

    It stays while it has no decision, awaits classification, or is to be read in full.
    """
    for identifier, candidate in records.candidates.items():
        if candidate.decision and candidate.is_settled:
            yield Problem(
                path_of(kinds.CANDIDATE, identifier),
                ("decision", "outcome"),
                f"expected no decision yet or awaiting, found {candidate.decision.outcome.value!r}",
                "`living-review settle` moves it to included/, excluded/, trials/ or a line of screened/.",
                Level.WARNING,
            )


def exclusions_give_a_known_reason(records: Records) -> Iterator[Problem]:
    """A decision to exclude gives the first exclusion reason of protocol.yml that applies (PRISMA 2020, item 16b)."""
    if not records.protocol:
        return
    known = [reason.id for reason in records.protocol.exclusion_reasons]
    expected = "an exclusion reason of studies/protocol.yml"
    for path, _, place, decision in decisions(records):
        if decision.reason:
            yield from unknown(path, (*place, "reason"), expected, decision.reason, known)
        elif decision.outcome is Outcome.EXCLUDE:
            yield Problem(path, place, "expected `reason` for a decision to exclude, found none", suggestion("", known))
    for path, place, line in screened(records):
        if line.reason not in known:
            yield from unknown(path, (*place, "reason"), expected, line.reason, known)


def enough_people_decide_at_full_text(records: Records) -> Iterator[Problem]:
    """A decision at full text is taken by as many different people as `methods.deciders` of protocol.yml asks for.

    Two people decide independently (Cochrane MECIR, standard C39).
    """
    if not records.protocol:
        return
    n_needed = records.protocol.methods.deciders
    for path, _, place, decision in decisions(records):
        n_people = len(set(decision.by))
        if decision.stage is Stage.FULL_TEXT and n_people < n_needed:
            yield Problem(
                path,
                (*place, "by"),
                f"expected {n_needed} people to decide at full text, found {n_people}",
                "Name everyone who decided, each once; until then the record stays a candidate.",
            )


def nobody_decides_despite_a_conflict(records: Records) -> Iterator[Problem]:
    """Nobody decides on a study or record that protocol.yml lists under their `conflicted_with` (ICMJE)."""
    if not records.protocol:
        return
    conflicts = {person.id: set(person.conflicted_with) for person in records.protocol.people}
    for path, identifier, place, decision in decisions(records):
        for person in sorted(set(decision.by)):
            if identifier in conflicts.get(person, ()):
                yield Problem(
                    path,
                    (*place, "by"),
                    f"expected people without a conflict of interest on {identifier}, found {person!r}",
                    "Let somebody else decide.",
                )


def conflicts_name_a_record(records: Records) -> Iterator[Problem]:
    """A conflict of interest names a record that exists; a misspelt one would guard nothing."""
    if not records.protocol:
        return
    known = ids(records, kinds.STUDY, kinds.EXCLUSION, kinds.CANDIDATE, kinds.TRIAL)
    for index, person in enumerate(records.protocol.people):
        for name in person.conflicted_with:
            place = ("people", index, "conflicted_with")
            for problem in unknown(PROTOCOL, place, "the id of a study, trial or candidate", name, known):
                yield replace(problem, level=Level.WARNING)


def screened_lines_stand_in_their_year(records: Records) -> Iterator[Problem]:
    """A line of screened/<year>.yml was decided in that year."""
    for identifier, year in records.screened.items():
        for index, record in enumerate(year.records):
            if f"{record.on.year:04}" != identifier:
                yield Problem(
                    path_of(kinds.SCREENED, identifier),
                    ("records", index, "on"),
                    f"expected a day in {identifier}, found {record.on}",
                    f"Move the line to studies/screened/{record.on.year}.yml.",
                )


RULES = (
    excluded_studies_were_excluded_at_full_text,
    included_studies_were_included,
    removed_studies_say_who_decided,
    included_studies_keep_their_file,
    settled_candidates_are_moved,
    exclusions_give_a_known_reason,
    enough_people_decide_at_full_text,
    nobody_decides_despite_a_conflict,
    conflicts_name_a_record,
    screened_lines_stand_in_their_year,
)

"""Rules about arms, subgroups and interventions: names that refer to each other, and sizes that add up."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.records import Records
from generator.model.study import Arm, ArmRole, Design, Study
from generator.model.values import Missing
from generator.problems import Place, Problem
from generator.records.rules.files import included
from generator.records.rules.names import repeated, unknown

_NOT_SUMMED = frozenset({Design.RCT_CROSSOVER, Design.CASE_CONTROL})
"""Designs whose arms may share people, or of which people were not enrolled into arms."""


def arms_and_interventions_have_one_name_each(records: Records) -> Iterator[Problem]:
    """Within a study no two arms or subgroups share an id, and no two interventions do: results refer to them by it."""
    for path, study in included(records):
        groups: list[tuple[Place, str]] = [(("arms", i, "id"), arm.id) for i, arm in enumerate(study.arms)]
        groups += [(("subgroups", i, "id"), arm.id) for i, arm in enumerate(study.subgroups)]
        yield from repeated(path, groups, "arm or subgroup")
        given: list[tuple[Place, str]] = [
            (("interventions", i, "id"), one.id) for i, one in enumerate(study.interventions)
        ]
        yield from repeated(path, given, "intervention")


def arms_and_interventions_referred_to_exist(records: Records) -> Iterator[Problem]:
    """An arm, subgroup or intervention that is referred to is described in the same file."""
    for path, study in included(records):
        arms = [arm.id for arm in study.arms]
        groups = arms + [arm.id for arm in study.subgroups]
        given = [intervention.id for intervention in study.interventions]
        for place, arm in _arms(study):
            if arm.intervention:
                yield from unknown(
                    path, (*place, "intervention"), "an intervention of this file", arm.intervention, given
                )
            if arm.part_of:
                yield from unknown(path, (*place, "part_of"), "an arm of this file", arm.part_of, arms)
        for index, result in enumerate(study.results):
            yield from unknown(path, ("results", index, "arm"), "an arm or subgroup of this file", result.arm, groups)
            if result.comparator:
                place = ("results", index, "comparator")
                yield from unknown(path, place, "an arm or subgroup of this file", result.comparator, groups)
        for index, event in enumerate(study.harms.events if study.harms else ()):
            if event.arm:
                place = ("harms", "events", index, "arm")
                yield from unknown(path, place, "an arm or subgroup of this file", event.arm, groups)


def subgroups_belong_to_an_arm(records: Records) -> Iterator[Problem]:
    """A subgroup stands under `subgroups` with the role subgroup and the arm it is part of; an arm does not."""
    for path, study in included(records):
        for index, arm in enumerate(study.arms):
            if arm.role is ArmRole.SUBGROUP or arm.part_of:
                yield Problem(
                    path,
                    ("arms", index, "role" if arm.role is ArmRole.SUBGROUP else "part_of"),
                    f"expected a whole arm, found the subgroup {arm.id!r}",
                    "Move it under `subgroups`: people there are not counted twice.",
                )
        for index, arm in enumerate(study.subgroups):
            if arm.role is not ArmRole.SUBGROUP:
                yield Problem(
                    path,
                    ("subgroups", index, "role"),
                    f"expected the role subgroup, found {arm.role.value!r}",
                    "Move it under `arms` when it is an arm.",
                )
            if not arm.part_of:
                yield Problem(
                    path,
                    ("subgroups", index),
                    "expected `part_of` with the arm it belongs to, found none",
                    "Without it nobody can tell whether people are counted twice.",
                )


def sizes_of_groups_add_up(records: Records) -> Iterator[Problem]:
    """No more people are in arms or analysed than were enrolled, and no more in subgroups than in their arm.

    Sizes of arms are summed except in crossover and case-control studies. Subgroups of an arm that name the same
    facets, or none, are taken as parts that do not overlap.
    """
    for path, study in included(records):
        people = study.participants
        n_enrolled = _known(people.n_enrolled)
        n_analysed = _known(people.n_analysed)
        if n_enrolled is not None and n_analysed is not None and n_analysed > n_enrolled:
            yield _too_many(
                path, ("participants", "n_analysed"), _Group(n_analysed, "analysed"), _Group(n_enrolled, "enrolled")
            )
        yield from _sizes_of_arms(path, study, n_enrolled)
        yield from _sizes_of_subgroups(path, study)


def _sizes_of_arms(path: str, study: Study, n_enrolled: int | None) -> Iterator[Problem]:
    if n_enrolled is None:
        return
    enrolled = _Group(n_enrolled, "enrolled")
    sizes = [_known(arm.n) or 0 for arm in study.arms]
    for index, n in enumerate(sizes):
        if n > n_enrolled:
            yield _too_many(path, ("arms", index, "n"), _Group(n, f"in the arm {study.arms[index].id}"), enrolled)
    if study.design not in _NOT_SUMMED and sum(sizes) > n_enrolled and max(sizes) <= n_enrolled:
        yield _too_many(path, ("arms",), _Group(sum(sizes), "in the arms together"), enrolled)


def _sizes_of_subgroups(path: str, study: Study) -> Iterator[Problem]:
    arms = {arm.id: _Group(n, f"in the arm {arm.id}") for arm in study.arms if (n := _known(arm.n)) is not None}
    together: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    for index, group in enumerate(study.subgroups):
        arm_id, n = group.part_of or "", _known(group.n)
        if arm_id not in arms or n is None:
            continue
        if n > arms[arm_id].n:
            found = _Group(n, f"in the subgroup {group.id}")
            yield _too_many(path, ("subgroups", index, "n"), found, arms[arm_id])
        else:
            together[arm_id, frozenset(group.facets)].append(n)
    for (arm_id, _), sizes in together.items():
        if sum(sizes) > arms[arm_id].n:
            found = _Group(sum(sizes), f"in the subgroups of {arm_id} together")
            yield _too_many(path, ("subgroups",), found, arms[arm_id])


def _arms(study: Study) -> Iterator[tuple[Place, Arm]]:
    for field, groups in (("arms", study.arms), ("subgroups", study.subgroups)):
        for index, arm in enumerate(groups):
            yield (field, index), arm


def _known(count: int | Missing | None) -> int | None:
    return count if isinstance(count, int) else None


@dataclass(frozen=True)
class _Group:
    """A number of people and who they are, such as 20 people "in the arm tea"."""

    n: int
    who: str


def _too_many(path: str, place: Place, found: _Group, whole: _Group) -> Problem:
    return Problem(
        path,
        place,
        f"expected at most {whole.n} people {found.who}, as many as are {whole.who}, found {found.n}",
        "Compare both with the report; where it contradicts itself, write NR and add a line under `discrepancies`.",
    )


RULES = (
    arms_and_interventions_have_one_name_each,
    arms_and_interventions_referred_to_exist,
    subgroups_belong_to_an_arm,
    sizes_of_groups_add_up,
)

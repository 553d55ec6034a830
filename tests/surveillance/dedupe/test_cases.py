"""Every pair in `cases/*.yml` gets the verdict its author expects, whichever record comes first.

A case is added by adding lines: `id`, `note`, `record_a`, `record_b` (fields of `SourceRecord`), `expected`, and `rule`
where it matters which one decides.
"""

from typing import Any

import pytest
import yaml

from generator.model.source_record import RecordKind, SourceRecord
from generator.surveillance.dedupe import Match, find_known, group
from generator.surveillance.dedupe.comparison import Pair
from generator.surveillance.dedupe.facts import read_facts
from generator.surveillance.dedupe.matching import ORDER, relation
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "surveillance" / "dedupe" / "cases"
CASES = [case for path in sorted(FOLDER.glob("*.yml")) for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
each_case = pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])


def record_of(fields: dict[str, Any], name: str) -> SourceRecord:
    given = {"source": name, **fields}
    for field in ("authors", "linked"):
        given[field] = tuple(given.get(field, ()))
    return SourceRecord(**given | {"kind": RecordKind(given.get("kind", "other"))})


def records_of(case: dict[str, Any]) -> tuple[SourceRecord, SourceRecord]:
    return record_of(case["record_a"], "a"), record_of(case["record_b"], "b")


def verdict_of(match: Match | None) -> str:
    return match.verdict.value if match else "different"


@each_case
def test_the_verdict_is_the_expected_one(case: dict[str, Any]) -> None:
    a, b = (read_facts(record) for record in records_of(case))
    match = relation(Pair(a, b))
    assert verdict_of(match) == case["expected"], match
    assert verdict_of(relation(Pair(b, a))) == case["expected"], "the order of the two must not matter"
    if "rule" in case:
        assert match is not None
        assert match.rule == case["rule"]


@each_case
def test_groups_follow_the_verdict(case: dict[str, Any]) -> None:
    a, b = records_of(case)
    groups = group([a, b])
    assert len(groups) == (1 if case["expected"] == "same" else 2)
    first = groups[0]
    found = {"same": first.merges, "linked": first.linked, "possible": first.possible}
    for verdict, matches in found.items():
        assert len(matches) == (verdict == case["expected"]), verdict


@each_case
def test_a_known_record_is_recognised_by_the_same_rules(case: dict[str, Any]) -> None:
    a, b = records_of(case)
    (known,) = find_known([a], [b])
    found = {"same": known.same, "linked": known.linked, "possible": known.possible}
    for verdict, matches in found.items():
        assert [(match.first, match.second) for match in matches] == [(a, b)] * (verdict == case["expected"]), verdict


def test_every_rule_has_a_case() -> None:
    deciding = {
        match.rule
        for case in CASES
        if (match := relation(Pair(*(read_facts(record) for record in records_of(case))))) is not None
    }
    assert {rule.name for _, rules in ORDER for rule in rules} - deciding == set()


def test_names_of_cases_are_not_used_twice() -> None:
    names = [case["id"] for case in CASES]
    assert len(names) == len(set(names))

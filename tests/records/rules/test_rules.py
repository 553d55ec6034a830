"""The family of rules: each is found by itself, explained and named."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

from generator.model.records import Records
from generator.problems import Problem
from generator.records import rules

WORDS_ONLY = {"claims", "effects", "files", "names"}
MODULES = {
    module.name: import_module(f"{rules.__name__}.{module.name}") for module in pkgutil.iter_modules(rules.__path__)
}


@pytest.mark.parametrize("name", sorted(MODULES.keys() - WORDS_ONLY))
def test_a_module_lists_every_rule_it_defines(name: str) -> None:
    module = MODULES[name]
    defined = {
        function
        for function_name, function in inspect.getmembers(module, inspect.isfunction)
        if not function_name.startswith("_")
        and function.__module__ == module.__name__
        and inspect.signature(function).return_annotation == Iterator[Problem]
    }
    assert defined
    assert set(module.RULES) == defined
    assert set(module.RULES) <= set(rules.RULES)


@pytest.mark.parametrize("rule", rules.RULES, ids=rules.name_of)
def test_a_rule_says_what_it_demands(rule: rules.Rule) -> None:
    text = inspect.getdoc(rule) or ""
    assert 40 <= len(text) <= 500
    assert text.split("\n\n")[0].endswith((".", ")."))


def test_names_of_rules_are_unique_and_written_with_hyphens() -> None:
    names = [rules.name_of(rule) for rule in rules.RULES]
    assert len(names) == len(set(names))
    assert "exactly-one-primary-report" in names


def test_rules_find_nothing_where_nothing_is() -> None:
    """A file that could not be read is missing from the records; no rule may stumble over that."""
    assert list(rules.find_problems(Records())) == []

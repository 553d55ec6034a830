"""The rules across fields and files. A rule is a generator of problems; a new file in this folder is found by itself.

Each module groups the rules about one noun and lists them in its own `RULES`. A rule sees all records that have the
form of their kind, yields what is wrong with them and changes nothing. Its docstring is printed for contributors.
"""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module

from generator.model.records import Records
from generator.problems import Problem

Rule = Callable[[Records], Iterator[Problem]]


def _gathered() -> Iterator[Rule]:
    """Yield the rules of every module in this folder, in the order of their names; a few only hold words."""
    for module in pkgutil.iter_modules(__path__):
        yield from getattr(import_module(f"{__name__}.{module.name}"), "RULES", ())


RULES: tuple[Rule, ...] = tuple(_gathered())
"""Every rule of the project."""


def name_of(rule: Rule) -> str:
    """Return the name that problems carry: `exactly-one-primary-report` for `exactly_one_primary_report`."""
    return rule.__name__.replace("_", "-")


def find_problems(records: Records) -> Iterator[Problem]:
    """Run every rule on all records; the problems still lack their lines."""
    for rule in RULES:
        name = name_of(rule)
        for problem in rule(records):
            yield replace(problem, rule=name)

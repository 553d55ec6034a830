"""The reporting checklists: one module each, with a `CHECKLIST`; a new file in this folder is found by itself.

Numbers and topics are those of the published checklists, the wording is ours. The answers are computed from the records
alone. Modules without a `CHECKLIST` hold what several checklists need.
"""

import functools
import pkgutil
from collections.abc import Iterator
from importlib import import_module

from generator.review import Review
from generator.review.checklist import Checklist, CompletedChecklist


def _gathered() -> Iterator[Checklist]:
    """Yield the checklist of every module in this folder that has one, in the order of their names."""
    for module in pkgutil.iter_modules(__path__):
        found = getattr(import_module(f"{__name__}.{module.name}"), "CHECKLIST", None)
        if isinstance(found, Checklist):
            yield found


CHECKLISTS: tuple[Checklist, ...] = tuple(_gathered())
"""Every checklist of the project."""


def complete(checklist: Checklist, review: Review) -> CompletedChecklist:
    """Return the answers of a review to one checklist."""
    return CompletedChecklist(checklist, {one.key: one.answer(review) for one in checklist.requirements})


@functools.lru_cache(maxsize=1)  # the pages and the download ask for all of them
def every(review: Review) -> tuple[CompletedChecklist, ...]:
    """Return the answers of a review to every checklist."""
    return tuple(complete(checklist, review) for checklist in CHECKLISTS)

"""The tables of a review: each is defined once, shown on a page, downloaded, and described in the data dictionary.

A new table is one new module in this folder with a function `table(review) -> Table`. Nothing here makes HTML.
"""

import functools
import importlib
import pkgutil

from generator.review import Review
from generator.wording.table import Table


@functools.lru_cache(maxsize=1)  # every format of download and the dictionary ask for all of them
def every(review: Review) -> tuple[Table, ...]:
    """Return every table of the review, in the order of their modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    tables = (importlib.import_module(f"{__name__}.{name}").table(review) for name in names)
    return tuple(table for table in tables if isinstance(table, Table))

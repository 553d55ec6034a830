"""The files that readers can take away: one module per format.

A new format is one new module in this folder with a function `files(review) -> Iterable[File]`.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from generator.review import Review


def every(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of every file, in the order of their modules' names."""
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        yield from importlib.import_module(f"{__name__}.{name}").files(review)

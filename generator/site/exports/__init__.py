"""The files that readers can take away: one module per format.

A new format is one new module in this folder with a function `files(review)` that yields the path of each file with its
text or bytes.
"""

import functools
import importlib
import pkgutil

from generator.review import Review


@functools.lru_cache(maxsize=1)  # the page of downloads says how large the files are, the writer writes them
def every(review: Review) -> tuple[tuple[str, bytes], ...]:
    """Return path and bytes of every file, in the order of their modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(
        (path, content.encode() if isinstance(content, str) else content)
        for name in names
        for path, content in importlib.import_module(f"{__name__}.{name}").files(review)
    )

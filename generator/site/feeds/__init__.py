"""The files that readers can subscribe to: one module per format of feed, list of feeds or calendar.

A new format is one new module in this folder with a function `files(review)` that yields the path of each file with its
text. Which feeds there are is told by `generator.site.subscriptions`, what they hold by `generator.site.messages`.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from generator.review import Review


def every(review: Review) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every file, in the order of their modules' names."""
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        for path, text in importlib.import_module(f"{__name__}.{name}").files(review):
            yield path, text.encode()

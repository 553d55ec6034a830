"""The pages that are written from the records: one module and one template each.

A new page is one new module in this folder with a function `pages(review) -> Iterable[Page]`. Pages only arrange what
the review and the tables hold; they count nothing and read no file.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace

from generator.review import Review
from generator.site import metadata
from generator.site.page import Page


def every(review: Review) -> Iterator[Page]:
    """Yield every generated page with what it says to machines, in the order of their modules' names."""
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        for page in importlib.import_module(f"{__name__}.{name}").pages(review):
            yield replace(page, head=metadata.head(review, page.path))

"""The sources that are asked through the web, one module each. A new source is one new file here.

A module is named in `protocol.yml` (`module:` of a source) and offers what `SourceModule` of
`generator.surveillance.asking.answers` says:

    search(query, web) -> Iterator[Page]    every record of a strategy, page by page
    key_of(known) -> str                    the identifier by which this source would hold a record, or an empty text
    OVERLAP_DAYS                            how many days a window reaches back before the last search
"""

import importlib
import pkgutil
from typing import cast

from generator.surveillance.asking.answers import SourceModule


def names() -> tuple[str, ...]:
    """Return the names that `module:` of a source may have."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg))


def module(name: str) -> SourceModule:
    """Return a module of this folder by its name."""
    return cast("SourceModule", importlib.import_module(f"{__name__}.{name}"))

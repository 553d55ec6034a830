"""Where on the site a record or a quote is shown, and the address of a page or file. Makes links, no HTML."""

import re
from collections.abc import Iterable

from generator import identifiers
from generator.model.decision import Outcome
from generator.model.protocol import Protocol
from generator.model.records import Kind, Records, path_of
from generator.review import Review
from generator.wording.table import Link


def place_of(name: str, records: Records) -> Link | None:
    """Return where the record called `name` (its id, or a registration id) is shown; None when there is none."""
    if name in records.included:
        return Link(f"studies/{name}.md")
    if name in records.excluded:
        return Link("excluded.md", f"excluded-{name}")
    if identifiers.file_name(name) in records.trials:
        return Link(f"trials/{identifiers.file_name(name)}.md")
    candidate = records.candidates.get(name)
    if candidate is None:
        return None
    is_awaiting = candidate.decision is not None and candidate.decision.outcome is Outcome.AWAITING
    return Link("awaiting.md" if is_awaiting else "candidates.md", f"candidate-{name}")


def quotes_at(page: str, keys: Iterable[str] | None) -> tuple[Link, ...]:
    """Return links to quotes on `page`; on the page itself where `page` is empty."""
    return tuple(Link(page, f"quote-{key}") for key in keys or ())


def site_address(protocol: Protocol, path: str) -> str:
    """Return the full address of a file or page of the site; empty while the site's address is not recorded."""
    if protocol.site is None:
        return ""
    page, mark, anchor = path.partition("#")
    return f"{protocol.site.rstrip('/')}/{re.sub(r'[.]md$', '.html', page)}{mark}{anchor}"


def edit_address(review: Review, kind: Kind, identifier: str = "") -> str | None:
    """Return the address at which the file of a record can be changed in a browser.

    None without a repository, and where an earlier day is shown: the file says what holds today.
    """
    if review.protocol.repository is None or review.is_past:
        return None
    return f"{review.protocol.repository.rstrip('/')}/edit/main/{path_of(kind, identifier)}"

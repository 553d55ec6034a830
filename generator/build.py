"""records -> written pages, in one call: check, derive, render, write. Shared by the command line and the hook."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.records import checking
from generator.records.checking import Checked
from generator.records.store import unwatched
from generator.review import Review
from generator.review.as_of import not_rebuilt, records_as_of
from generator.site import website
from generator.site.kept_texts import Pieces
from generator.site.pieces import KeepingReview

DOCUMENTS = "docs"


@dataclass(frozen=True)
class Built:
    """What a build found and wrote; nothing is written when the records have errors."""

    checked: Checked
    written: website.Written | None


def build(
    root: Path,
    today: dt.date,
    watch: Callable[[str], None] = unwatched,
    *,
    as_of: bool = False,
    output: Path = Path(website.OUTPUT),
) -> Built:
    """Check the records below `root` and, unless they have errors, write the pages of the site as of `today`.

    `watch` is told the path of each record before it is read and of each page before it is gathered. With `as_of` the
    pages show what was known on `today`, rebuilt from the dated facts in the records (see `generator.review.as_of`),
    and say so. What a record gives to the site is kept below `root` for the next build (`generator.site.pieces`); a
    build of an earlier day or into another folder neither uses nor keeps anything.

    Raises `website.DocumentError` when a hand-written document cannot be a page.
    """
    checked = checking.check(root, watch=watch)
    protocol = checked.records.protocol
    if protocol is None or checked.n_errors:
        return Built(checked, None)
    records, past = checked.records, None
    if as_of:
        past = website.Past(today, not_rebuilt(records, today))
        records = records_as_of(records, today)
    held = records.protocol or protocol
    if as_of or output != Path(website.OUTPUT):
        files = website.gather(Review(records, held, today, is_past=as_of), root / DOCUMENTS, watch, past)
        return Built(checked, website.write(root, files, output))
    pieces = Pieces(root / website.PIECES)
    files = website.gather(KeepingReview(records, held, today, pieces, checked.digests), root / DOCUMENTS, watch)
    written = website.write(root, files, output)
    pieces.keep()
    return Built(checked, written)

"""Every record as JSON: `data/records.json`, the content of the files in `studies/` with their own field names.

Its JSON Schema is `data/records.schema.json` (`generator.site.exports.json_schema`).

A field that a file leaves out is left out here as well; NR and NA stay NR and NA. Full texts of reports are not in it.
"""

import functools
from collections.abc import Iterator
from dataclasses import fields

from generator.model.values import Part
from generator.review import Review
from generator.site.jsontext import Written, json_text, lines, plain
from generator.site.pieces import LEDGERS, STUDIES, piece
from generator.site.provenance import provenance

_KEPT = (STUDIES, LEDGERS)
"""Parts of `Records` with many or long records."""
_NOT_RECORDS = frozenset({"source_texts", "unread"})
"""Parts of `Records` that are no records: full texts, and the names of files that could not be read."""


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the file that holds every record."""
    records = {
        part.name: written(review).get(part.name) or plain(getattr(review.records, part.name))
        for part in fields(review.records)
        if part.name not in _NOT_RECORDS
    }
    head = provenance(review) | {"schema": "records.schema.json", "format": review.protocol.format}
    yield "data/records.json", json_text(head | {"records": records}, levels=4)


@functools.lru_cache(maxsize=1)  # the API has a file for each
def written(review: Review) -> dict[str, dict[str, Written]]:
    """Return the text of every study, registered trial and ledger, a field a line, by part of `Records` and id."""
    kept = {part: {key: _kept(review, part, key) for key in getattr(review.records, part)} for part in _KEPT}
    return kept | {"trials": {key: _lines(trial) for key, trial in review.records.trials.items()}}


def _kept(review: Review, part: str, record_id: str) -> Written:
    return Written(piece(review, part, record_id, "record", lambda one, key: _lines(getattr(one.records, part)[key])))


def _lines(record: Part) -> Written:
    return lines(plain(record), levels=1)

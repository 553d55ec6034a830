"""What one record gives to the site, made from that record alone and kept from one build to the next.

A piece is a text made from a `OneRecord`: a review that holds one record and, of all others, only those that say how it
is read. Nothing of another record can be in it, because none is there. It is kept under the digest of all that a
`OneRecord` is made from, of the program and of the day; its name holds whatever else it depends on. So a kept piece is
either the text that would be made again, or is not found.

Knows nothing of what the pieces say, nor how they are kept (`generator.site.kept_texts`).
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeVar

from generator.model.records import SCREENED, STUDY, Kind, Records, path_of
from generator.problems import Place
from generator.records.quotes import Verdict
from generator.review import Review
from generator.site.jsontext import json_text, plain
from generator.site.kept_texts import PROGRAM, Pieces
from generator.wording.table import Block, Keep, Row, Rows, unkept

BETWEEN = "\0"
"""Stands between texts that are kept as one; no text of a record can hold it."""
STUDIES, LEDGERS = "included", "screened"
_KINDS = {STUDIES: STUDY, LEDGERS: SCREENED}
"""Parts of `Records` whose records give pieces."""
_TOGETHER = {STUDIES: 6, LEDGERS: 1}
"""Of about how many records rows are kept together: then there are fewer texts to find, and more rows to make anew when
one of the records changes."""
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class OneRecord(Review):
    """A review of one record alone, with the protocol, the instruments and tools, and the verdicts on its quotes."""

    verdict_on: Callable[[str], Verdict]

    def verdict(self, kind: Kind, identifier: str, key: str, place: Place = ()) -> Verdict:
        """Return the verdict on a quote of its study. Raises LookupError when asked about another record."""
        if kind is not STUDY or identifier not in self.records.included or place:
            raise LookupError(f"a piece was to be made of one record, and asks for {kind.name} {identifier}")
        return self.verdict_on(key)


def alone(review: Review, part: str, record_id: str) -> OneRecord:
    """Return the review as if it held one record only, which stands in this part of `Records`."""
    held = review.records
    own: Any = {part: {record_id: getattr(held, part)[record_id]}}
    records = Records(protocol=review.protocol, instruments=held.instruments, tools=held.tools, **own)
    verdict = partial(review.verdict, STUDY, record_id)
    return OneRecord(records, review.protocol, review.today, verdict, is_past=review.is_past)


@dataclass(frozen=True, eq=False)
class KeepingReview(Review):
    """A review whose pieces are kept."""

    pieces: Pieces
    file_digests: Mapping[str, str]
    """SHA-256 of each record file by its path."""

    @cached_property
    def digests(self) -> dict[tuple[str, str], str]:
        """The digest of everything that the pieces of a record are made from, by part of `Records` and id."""
        instruments, tools = self.records.instruments, self.records.tools
        shared = [PROGRAM, self.today, self.is_past, plain(self.protocol), plain(instruments), plain(tools)]
        start = hashlib.sha256(json_text(shared).encode())
        digests = {}
        for part, kind in _KINDS.items():
            for record_id, record in getattr(self.records, part).items():
                quotes = record.quotes if kind is STUDY else ()
                verdicts = ";".join(self.verdict(STUDY, record_id, key) for key in quotes)
                path = path_of(kind, record_id)
                digest = start.copy()
                digest.update(f"{path}\n{verdicts}\n{self.file_digests[path]}".encode())
                digests[part, record_id] = digest.hexdigest()
        return digests


Make = Callable[[OneRecord, str], T]
"""Makes something of a record alone; also told its id."""
MakeOne = Callable[[OneRecord, str, int], Iterable[Row]]
"""Makes the rows of what stands at a position within a record, of that record alone."""
Run = tuple[tuple[str, int], ...]
"""Records that follow each other, each with a position within it."""


def piece(review: Review, part: str, record_id: str, name: str, make: Make[str]) -> str:
    """Return a text made from one record; `name` says what it is and holds all else that it depends on."""
    return _keep(review, part, record_id)(name, lambda: make(alone(review, part, record_id), record_id))


def blocks(review: Review, part: str, record_ids: Iterable[str], name: str, make: Make[Iterable[Row]]) -> Rows:
    """Return the rows that `make` yields for each of the records; `name` tells them from other rows of them."""
    wanted = ((record_id, 0) for record_id in record_ids)
    return chosen(review, part, wanted, name, lambda alone, record_id, _: make(alone, record_id))


def chosen(review: Review, part: str, wanted: Iterable[tuple[str, int]], name: str, make: MakeOne) -> Rows:
    """Return the rows that `make` yields for each of what is wanted: a record, and a position within it."""
    return Rows(_block(review, part, run, name, make) for run in _runs(wanted, _TOGETHER[part]))


def _block(review: Review, part: str, run: Run, name: str, make: MakeOne) -> Block:
    def rows() -> Iterator[Row]:
        return (row for key, at in run for row in make(alone(review, part, key), key, at))

    positions = " ".join(str(at) for _, at in run)
    return Block(rows, _keep(review, part, *(key for key, _ in run)), f"{name} {positions}")


def _runs(wanted: Iterable[tuple[str, int]], n_together: int) -> Iterator[Run]:
    """Yield what is wanted in runs of about `n_together`.

    Whether a run ends behind a record follows from its id alone, so one that comes in or goes changes only its own run.
    """
    run = []
    for one in wanted:
        run.append(one)
        if zlib.crc32(one[0].encode()) % n_together == 0:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def made_of(review: Review, arguments: tuple[str | int, ...], name: str, write: Callable[[], str]) -> str:
    """Return a text made from the arguments alone; `name` says what it is."""
    return _keep_of(review, arguments)(name, write)


def block_of(review: Review, arguments: tuple[str | int, ...], name: str, make: Callable[[], Iterable[Row]]) -> Block:
    """Return rows made from the arguments alone; `name` tells them from other rows made from the same ones."""
    return Block(make, _keep_of(review, arguments), name)


def _keep_of(review: Review, arguments: tuple[str | int, ...]) -> Keep:
    if not isinstance(review, KeepingReview):
        return unkept
    return review.pieces.of(hashlib.sha256(json.dumps([PROGRAM, *arguments]).encode()).hexdigest()).text


def _keep(review: Review, part: str, *record_ids: str) -> Keep:
    """Return how texts made from these records, each of them alone, are kept."""
    if not isinstance(review, KeepingReview):
        return unkept
    first, *others = (review.digests[part, record_id] for record_id in record_ids)
    digest = hashlib.sha256("".join([first, *others]).encode()).hexdigest() if others else first
    return review.pieces.of(digest).text

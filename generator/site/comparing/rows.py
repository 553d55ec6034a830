"""Rows that were added, changed or removed between two states of one table, with the cells that differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.site.table_values import values
from generator.wording.table import Cell, Cells, Column, Table

_KEYS: Mapping[str, tuple[str, ...]] = {
    "candidates": ("id",),
    "checklists": ("checklist", "item"),
    "discrepancies": ("where", "what"),
    "flow": ("box", "what"),
    "harm-events": ("study", "event", "group"),
    "interventions": ("study", "intervention"),
    "quotes": ("record", "kind", "key"),
    "registered-outcomes": ("trial", "rank", "measure"),
    "results": ("study", "instrument", "group", "time", "statistic"),
    "risk-of-bias": ("study", "tool", "outcome", "domain"),
    "screened": ("title", "year", "doi", "pmid", "openalex", "registration", "url"),
    "search-runs": ("at", "source", "strategy"),
    "status-history": ("trial", "seen"),
}
"""Columns that tell the rows of a table apart; the first column alone where a table is not named here."""
_UNTOLD = frozenset({"part", "box", "kind", "strategy"})
"""Columns of keys that are needless or too long in the name of a row."""
_FACTS = 6
"""Cells told of a row that was added or removed."""


class Fate(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class CellChange:
    """One cell as it reads before and after."""

    column: Column
    before: str
    after: str
    is_value: bool
    """False when only a remark beside the value, or the words it rests on, differ."""


@dataclass(frozen=True)
class RowChange:
    """One row that is new, gone, or reads differently."""

    fate: Fate
    name: str
    """The cells that tell it apart, as a reader knows them."""
    record_id: str
    """What the first column says in the downloads; in tables about records the id of the record."""
    cells: tuple[CellChange, ...] = ()
    """The cells that differ, of a changed row."""
    facts: tuple[tuple[str, str], ...] = ()
    """Heading and content of the first cells, of a row that was added or removed."""


@dataclass(frozen=True)
class TableChange:
    """The rows of one table that differ, in the order of the table; removed ones last."""

    table: Table
    rows: tuple[RowChange, ...]

    def count(self, fate: Fate) -> int:
        """Return how many rows had this fate."""
        return sum(row.fate is fate for row in self.rows)


def table_change(before: Table, after: Table) -> TableChange:
    """Return what differs between two states of a table; a column that only one of them has is not compared."""
    old, new = _by_key(before), _by_key(after)
    columns = [column for column in after.columns if column.key in {one.key for one in before.columns}]
    found: list[RowChange] = []
    for key, row in new.items():
        if key not in old:
            found.append(_whole(Fate.ADDED, after, row))
        elif cells := tuple(_cell_changes(columns, old[key], row)):
            found.append(RowChange(Fate.CHANGED, _name(after, row), _record_id(after, row), cells))
    found += [_whole(Fate.REMOVED, before, row) for key, row in old.items() if key not in new]
    return TableChange(after, tuple(found))


def reads(cells: Cells) -> str:
    """Return a cell as one text, with the remarks that stand beside its values on the page."""
    parts = (cells,) if isinstance(cells, Cell) else cells
    return "; ".join(_reads(one) for one in parts)


def _reads(one: Cell) -> str:
    text = one.text or str("" if one.value is None else one.value)
    remarks = [remark for remark in (one.note, *one.badges) if remark and remark != text]
    return f"{text} ({', '.join(remarks)})" if remarks else text


def _by_key(table: Table) -> dict[tuple[object, ...], dict[str, Cells]]:
    """Return the rows by what tells them apart; rows that are alike in that are numbered in their order."""
    found: dict[tuple[object, ...], dict[str, Cells]] = {}
    n_seen: dict[tuple[object, ...], int] = {}
    for row in table.rows:
        key = tuple(tuple(map(str, values(row[name]))) for name in _key_columns(table))
        n_seen[key] = n_seen.get(key, 0) + 1
        found[(*key, n_seen[key])] = row
    return found


def _key_columns(table: Table) -> tuple[str, ...]:
    return _KEYS.get(table.id, (table.columns[0].key,))


def _cell_changes(columns: list[Column], old: dict[str, Cells], new: dict[str, Cells]) -> Iterator[CellChange]:
    for column in columns:
        before, after = old[column.key], new[column.key]
        if before == after:
            continue
        is_value = list(map(str, values(before))) != list(map(str, values(after)))
        was, becomes = reads(before), reads(after)
        if was == becomes and not is_value:
            was, becomes = (f"{was} [rests on {_rests_on(one) or 'no words'}]" for one in (before, after))
        if was != becomes or is_value:
            yield CellChange(column, was, becomes, is_value)


def _rests_on(cells: Cells) -> str:
    parts = (cells,) if isinstance(cells, Cell) else cells
    keys = (link.anchor.removeprefix("quote-") for one in parts for link in one.sources)
    return ", ".join(dict.fromkeys(keys))


def _whole(fate: Fate, table: Table, row: dict[str, Cells]) -> RowChange:
    keys = _key_columns(table)
    shown = (column for column in table.shown_columns if column.key not in keys)
    told = [(column.label, reads(row[column.key])) for column in shown if values(row[column.key])]
    facts = tuple((label, text) for label, text in told if text)
    return RowChange(fate, _name(table, row), _record_id(table, row), facts=facts[:_FACTS])


def _name(table: Table, row: dict[str, Cells]) -> str:
    keys = [key for key in _key_columns(table) if key not in _UNTOLD]
    texts = (_texts(row[key]) for key in keys if values(row[key]))
    return " · ".join(text for text in texts if text) or "a row without a name"


def _texts(cells: Cells) -> str:
    parts = (cells,) if isinstance(cells, Cell) else cells
    return ", ".join(one.text for one in parts)


def _record_id(table: Table, row: dict[str, Cells]) -> str:
    return next(iter(map(str, values(row[table.columns[0].key]))), "")

"""The screened ledger of a year, some lines longer. What stands in it already is kept byte for byte."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model import records as kinds
from generator.model.decision import Candidate, ScreenedRecord
from generator.model.records import path_of
from generator.records import yamlfile
from generator.records.schema import file_of
from generator.records.store import MAX_LEDGER_BYTES

_HEAD = (
    f"# yaml-language-server: $schema=../schema/{file_of(kinds.SCREENED)}\n"
    "# Records excluded on title and abstract, one line each. Append-only.\n"
    "records:\n"
)


class LedgerError(Exception):
    """The ledger of a year has a form that no line can be added to; nothing has changed."""


@dataclass(frozen=True)
class Line:
    """One record as the ledger keeps it."""

    fields: dict[str, object]
    comments: Sequence[str]
    """What people had written beside it, as comments."""

    @property
    def name(self) -> str:
        """What other records call it now."""
        return str(next(self.fields[name] for name in (*_IDENTIFIERS, "title") if name in self.fields))


_IDENTIFIERS = ("doi", "pmid", "openalex", "registration")


def line_of(candidate: Candidate, today: dt.date, comments: Sequence[str]) -> Line:
    """Return the line that a candidate excluded on title and abstract becomes.

    The line keeps what identifies the record, every find of it, who decided what and why, and every remark; the
    abstract and the words that matched stay behind. `today`, where it is later than the decision, is kept as well:
    until then the record was a candidate.
    """
    said = candidate.model_dump(mode="json", exclude_none=True)
    known, decision = said["identifiers"], said["decision"]
    fields: dict[str, object] = {"title": said["title"]}
    fields |= {"year": candidate.year} if isinstance(candidate.year, int) else {}
    fields |= {name: known[name] for name in ScreenedRecord.model_fields if known.get(name)}
    fields |= {name: decision[name] for name in ("reason", "by", "on") if name in decision}
    if candidate.decision and candidate.decision.on < today:
        fields["known_on"] = today.isoformat()
    fields["found"] = said["found"]
    credit = f"Suggested by {candidate.suggested_by}." if candidate.suggested_by else ""
    notes = [note for note in (decision.get("note"), candidate.note, credit) if note]
    fields |= {"note": " ".join(notes)} if notes else {}
    fields |= {"earlier_decisions": said["earlier_decisions"]} if candidate.earlier_decisions else {}
    return Line({name: _on_one_line(one) for name, one in fields.items()}, comments)


def _on_one_line(value: object) -> object:
    if isinstance(value, dict):
        return {name: _on_one_line(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_on_one_line(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def with_lines(before: bytes | None, year: str, lines: Iterable[Line]) -> bytes:
    """Return the ledger of a year with `lines` at its end; `before` is None where there is none yet.

    Raises `LedgerError` when the ledger has a form that no line can be added to.
    """
    added = list(lines)
    old = (before if before is not None else _HEAD.encode()).rstrip() + b"\n"
    known = _records(old) if before is not None else []
    indent = _indent(old.decode("utf-8"))
    new = "".join(_written(line, indent) for line in added)
    after = old + new.encode()
    if known is None or _records(after) != [*known, *(_as_read(line) for line in added)]:
        path = path_of(kinds.SCREENED, year)
        raise LedgerError(
            f"{path} cannot be added to: write its records as a list, each on a line that starts with '- '"
        )
    return after


def _written(line: Line, indent: str) -> str:
    comments = "".join(f"{indent}{comment}\n" for comment in line.comments)
    return f"{comments}{indent}- {yamlfile.dump_line(line.fields)}\n"


def _as_read(line: Line) -> object:
    return yamlfile.read(yamlfile.dump_line(line.fields).encode()).data


def _records(raw: bytes) -> list[object] | None:
    data = yamlfile.read(raw, MAX_LEDGER_BYTES).data
    records = data.get("records") if isinstance(data, dict) else None
    return records if isinstance(records, list) else None


def _indent(text: str) -> str:
    line = next((line for line in text.splitlines() if line.lstrip().startswith("- ")), "  - ")
    return line[: len(line) - len(line.lstrip())]

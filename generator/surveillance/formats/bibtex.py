"""BibTeX, as exported by Scopus, Zotero, Google Scholar and reference managers."""

# Own reader. bibtexparser 2.1.0 puts 4 of the 14 records of a real Scopus export aside as failed (keys and fields that
# repeat; they can be asked for), takes an `@` inside an abstract for a record, and joins two fields between which the
# comma is missing into one value without an error.

import re
from collections.abc import Iterator

from generator.surveillance.formats.reading.export_text import ExportText
from generator.surveillance.formats.reading.fields import HEAD, FieldNames, Fields, Format, lines_of
from generator.surveillance.formats.reading.latex import decode_latex

NAMES: FieldNames = {
    "title": ("title",),
    "authors": ("authors",),
    "dates": ("year", "date", "dated"),
    "venue": ("journal", "journaltitle", "booktitle", "abbrev_source_title"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "art_number", "article-number", "eid"),
    "doi": ("doi",),
    "notes": ("note",),
    "pmid": ("pmid", "pubmed_id"),
    "pmcid": ("pmcid", "pmc"),
    "url": ("url",),
    "abstract": ("abstract",),
    "types": ("document_type", "type", "entrytype"),
    "language": ("language", "langid"),
    "accession": ("unique-id",),
}
ONCE = frozenset({"title", "author", "year", "journal", "volume", "pages", "doi"})
MONTHS = {name: name for name in ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")}
"""Words that BibTeX knows without an @string."""

_STARTS = re.compile(
    r"(?:^|(?<=\}))[ \t]*@[ \t]*(?!(?:string|comment|preamble)\b)[a-z]+[ \t]*[{(]"
    r"(?=[^,{}()\"=\n]*,|\s*[a-z_-]+\s*=)",
    re.IGNORECASE | re.MULTILINE,
)
_BLOCK = re.compile(r"(?:^|(?<=\}))[ \t]*@[ \t]*([a-z]+)[ \t]*[{(]", re.IGNORECASE | re.MULTILINE)
_KEY = re.compile(r"\s*([^,{}()\"=\n]*?)\s*(?:,|(?=[})]))")
_FIELD = re.compile(r"[\s,]*([^\s,{}()\"=#]+(?:[^\S\n]+[^\s,{}()\"=#]+)*)\s*=\s*")  # Scopus: `funding_text 1`
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTE = re.compile(r"\\.|[{}\"]", re.DOTALL)
_BARE = re.compile(r"[^\s,{}()\"=#]+")
_JOIN = re.compile(r"\s*#\s*")
_END = re.compile(r"[\s,]*[})]")


def recognises(text: str) -> bool:
    """Return whether a record of BibTeX starts within the first lines; some databases print a heading before it."""
    start = _BLOCK.search(text, 0, HEAD)
    before = text[: start.start()].strip() if start else ""
    return bool(start) and before.count("\n") < 20 and not before.startswith(("<", "[", "{", "TY  -", "PMID-", "FN "))


def count(export: ExportText) -> list[int]:
    """Return the lines on which `@word{key,` stands at the start, or after the end of another record."""
    return lines_of(_STARTS, export)


def parse(export: ExportText) -> list[Fields]:
    """Return the fields of every record; records with the same key stay two, fields with the same name both values.

    Raises:
        FormatError: braces or quotes do not close, or a field cannot be read.
    """
    return [_record(fields) for fields in _Reader(export).records()]


class _Reader:
    """Goes through the text once, from block to block."""

    def __init__(self, export: ExportText) -> None:
        self.export = export
        self.text = export.text
        self.strings = dict(MONTHS)

    def records(self) -> Iterator[Fields]:
        """Yield the fields of every record."""
        position = 0
        while block := _BLOCK.search(self.text, position):
            self._check_between(position, block.start())
            kind = block[1].lower()
            line = self.export.line_at(block.end())
            if kind in ("comment", "preamble"):
                position = self._after(_BRACE, block.end(), "}", line)
                continue
            fields = Fields(line, {"entrytype": [kind]})
            position = block.end()
            key = _KEY.match(self.text, position)
            if key and kind != "string":
                fields.add("key", key[1])
                position = key.end()
            position = self._read_fields(fields, position)
            if kind == "string":
                self.strings |= {name: values[0] for name, values in fields.values.items() if name != "entrytype"}
            else:
                yield fields
        self._check_between(position, len(self.text))

    def _check_between(self, start: int, end: int) -> None:
        """Refuse what stands outside records, as when an `@` was lost; a heading and `%` lines may stand there."""
        first = self.export.line_at(start)
        for number, line in enumerate(self.text[start:end].split("\n"), start=first):
            is_free = start == 0 and not re.search("[{}=]", line)
            if line.strip() and not is_free and not line.lstrip().startswith("%"):
                raise self.export.error(
                    number, "this line stands outside a record", "Put back the line `@…{` before it."
                )

    def _read_fields(self, fields: Fields, position: int) -> int:
        """Add the fields that start at a position; return the position after the record."""
        while not (end := _END.match(self.text, position)):
            field = _FIELD.match(self.text, position)
            if not field:
                message = (
                    f"a field of this record cannot be read; reading stopped at line {self.export.line_at(position)}"
                )
                raise self.export.error(fields.line, message, "Look for a missing brace, quote or comma before there.")
            position = field.end()
            parts = []
            while True:
                part, position = self._value(position, fields.line)
                parts.append(part)
                join = _JOIN.match(self.text, position)
                if not join:
                    break
                position = join.end()
            fields.add(field[1].lower(), "".join(parts))
        return end.end()

    def _value(self, position: int, line: int) -> tuple[str, int]:
        opening = self.text[position : position + 1]
        if opening in ("{", '"'):
            pattern, closing = (_BRACE, "}") if opening == "{" else (_QUOTE, '"')
            end = self._after(pattern, position + 1, closing, line)
            return self.text[position + 1 : end - 1], end
        bare = _BARE.match(self.text, position)
        if not bare:
            place = self.export.line_at(position)
            raise self.export.error(place, f"the record of line {line} has a field without a value")
        return self.strings.get(bare[0].lower(), bare[0]), bare.end()

    def _after(self, pattern: re.Pattern[str], position: int, closing: str, line: int) -> int:
        """Return the position after the sign that closes a value or a block."""
        depth = 0
        for match in pattern.finditer(self.text, position):
            if match[0] == closing and depth == 0:
                return match.end()
            depth += {"{": 1, "}": -1}.get(match[0], 0)
        raise self.export.error(line, "the record that starts here is not closed", "Close its braces and quotes.")


def _record(fields: Fields) -> Fields:
    """Decode LaTeX, split the people, and put month and day to the year."""
    people = [name for value in fields.values.get("author", ()) for name in _people(value)]
    fields.values = {name: [decode_latex(value) for value in values] for name, values in fields.values.items()}
    fields.values["authors"] = [decode_latex(name) for name in people]
    dated = " ".join(fields.all(("day",))[:1] + fields.all(("month",))[:1] + fields.all(("year",))[:1])
    fields.values["dated"] = [dated.replace("~", " ")]
    return fields


def _people(value: str) -> list[str]:
    """Split at the word `and` outside braces."""
    names: list[str] = []
    current: list[str] = []
    depth = 0
    for word in re.split(r"\s+", value):
        if word.lower() == "and" and depth == 0:
            names.append(" ".join(current))
            current = []
        else:
            current.append(word)
            depth += word.count("{") - word.count("}")
    return [name for name in [*names, " ".join(current)] if name]


FORMATS = (Format("BibTeX", recognises, count, parse, NAMES, ONCE),)

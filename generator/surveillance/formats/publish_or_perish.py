"""JSON of Publish or Perish, the only way results of Google Scholar can be exported. Titles may be cut with `…`."""

import json
import re

from generator.surveillance.formats.reading.export_text import ExportText
from generator.surveillance.formats.reading.fields import FieldNames, Fields, Format

NAMES: FieldNames = {
    "title": ("title",),
    "authors": ("authors",),
    "dates": ("year",),
    "venue": ("source",),
    "volume": ("volume",),
    "issue": ("issue",),
    "first_page": ("startpage",),
    "last_page": ("endpage",),
    "doi": ("doi",),
    "url": ("article_url", "fulltext_url"),
    "abstract": ("abstract",),
    "types": ("type",),
    "accession": ("uid",),
}
ONCE = frozenset({"title", "rank", "year", "source", "article_url", "cites"})

_HEAD = re.compile(r"\s*\[\s*\{")
_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[\[\]{}]')
_NEXT = re.compile(r"[^\s,]")
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
"""JSON can spell half of a character, which no file can hold."""
_OWN_FIELDS = ("cites_url", "related_url", "rank", "ecc", "uid", "article_url")


def recognises(text: str) -> bool:
    """Return whether this is a list of objects with the field names of Publish or Perish."""
    return bool(_HEAD.match(text)) and any(f'"{name}"' in text[:50_000] for name in _OWN_FIELDS)


def count(export: ExportText) -> list[int]:
    """Return the lines of the braces that open directly inside the list, strings left out."""
    starts, depth = [], 0
    for match in _TOKEN.finditer(export.text):
        if match[0] in ("{", "["):
            if depth == 1 and match[0] == "{":
                starts.append(export.line_at(match.start()))
            depth += 1
        elif match[0] in ("}", "]"):
            depth -= 1
    return starts


def parse(export: ExportText) -> list[Fields]:
    """Return the fields of every record. The zeros that stand for "not known" are left away.

    Raises:
        FormatError: the JSON is damaged or cut off, or the list holds something else than records.
    """
    decoder = json.JSONDecoder(object_pairs_hook=tuple)  # a dict would drop names that come twice
    text = export.text
    position = text.index("[") + 1
    records = []
    while True:
        following = _NEXT.search(text, position)
        if not following:
            raise export.error(export.line_at(position), "the list of records is not closed: the end was cut off")
        position = following.start()
        line = export.line_at(position)
        if following[0] == "]":
            break
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            raise export.error(line, f"the JSON of this record is damaged or cut off ({error})") from None
        if not isinstance(value, tuple):
            raise export.error(line, "the list holds something else than records")
        records.append(_fields(line, value))
    rest = text[position + 1 :].strip()
    if rest:
        raise export.error(line, "there is more behind the end of the list")
    return records


def _fields(line: int, pairs: tuple[tuple[str, object], ...]) -> Fields:
    fields = Fields(line)
    for name, held in pairs:
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, str | int | float) and one not in (0, "0"):
                fields.add(name, _HALF_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", str(one)))
    return fields


FORMATS = (Format("Publish or Perish JSON", recognises, count, parse, NAMES, ONCE),)

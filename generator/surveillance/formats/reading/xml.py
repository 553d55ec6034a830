"""Repeated elements of an XML export -> fields. Entity bombs and outside references are refused before they act."""

import re
from xml.parsers import expat  # the handlers below refuse every DOCTYPE and entity, so defusedxml would add nothing

from generator.surveillance.formats.reading.export_text import ExportText
from generator.surveillance.formats.reading.fields import Fields

MAX_DEPTH = 50
"""Elements within elements; exports have at most eight."""
ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "windows-1252"})
"""Encodings that `decode` has read right by the time the declaration can be seen."""

_DECLARED = re.compile(r"\s*<\?xml[^>]*?encoding\s*=\s*['\"]([^'\"]+)")
_ASIDE = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)


def root_name(text: str) -> str:
    """Return the name of the outermost element, or an empty text when this is no XML."""
    if not text.lstrip().startswith("<"):
        return ""
    root = re.search(r"<([A-Za-z_][\w.:-]*)", _ASIDE.sub("", text[:20_000]))
    return root[1] if root else ""


def count_elements(export: ExportText, name: str) -> list[int]:
    """Return the lines of the start tags of an element, outside comments and quoted sections."""
    bare = _ASIDE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), export.text)
    return [export.line_at(match.start()) for match in re.finditer(rf"<{name}(?=[\s>/])", bare)]


def read_elements(export: ExportText, name: str, transparent: frozenset[str] = frozenset()) -> list[Fields]:
    """Return the fields of every element `name` below the root; a field's name is its path, such as `titles/title`.

    Elements that are `transparent`, such as those for type faces, give their text to the element around them.

    Raises:
        FormatError: the XML is not well formed or cut off, has a DOCTYPE or entities, or declares an encoding that was
            not read.
    """
    declared = _DECLARED.match(export.text)
    if declared and declared[1].lower() not in ENCODINGS:
        advice = "Open it in a text editor and save it as UTF-8, also in its first line."
        raise export.error(1, f"the encoding {declared[1]} is not read", advice)
    reader = _Reader(export, name, transparent)
    try:
        reader.parser.Parse(export.text.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        raise export.error(error.lineno, f"the XML is damaged or cut off ({reason})") from None
    return reader.records


class _Reader:
    """Collects the text of the elements inside each record."""

    def __init__(self, export: ExportText, name: str, transparent: frozenset[str]) -> None:
        self.records: list[Fields] = []
        self._export = export
        self._name = name
        self._transparent = transparent
        self._depth = 0
        self._path: list[str] | None = None
        self._texts: list[list[str]] = []
        self.parser = expat.ParserCreate(encoding="utf-8")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_: object) -> None:
        advice = "Remove it only if you trust where the file comes from; exports have none."
        raise self._export.error(self.parser.CurrentLineNumber, "the XML has a DOCTYPE or an entity", advice)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._export.error(self.parser.CurrentLineNumber, f"elements are nested deeper than {MAX_DEPTH}")
        if self._path is not None:
            if name not in self._transparent:
                self._path.append(name)
                self._texts.append([])
                if attributes.get("name"):  # EndNote: <ref-type name="Journal Article">
                    self.records[-1].add("/".join([*self._path, "@name"]), attributes["name"])
        elif name == self._name:
            self.records.append(Fields(self.parser.CurrentLineNumber))
            self._path = []

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._path is None:
            return
        if self._path:
            if name not in self._transparent:
                value = "".join(self._texts.pop())
                if self._texts:  # <title>CO<sub>2</sub></title>: the text of the inner element is also the outer's
                    self._texts[-1].append(value)
                self.records[-1].add("/".join(self._path), value)
                self._path.pop()
        elif name == self._name:
            self._path = None

    def _text(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

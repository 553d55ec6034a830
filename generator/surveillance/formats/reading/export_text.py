"""The bytes of an export -> its text, with the place of everything in it. Guesses no layout."""

import bisect
import re
from dataclasses import dataclass
from functools import cached_property

MAX_BYTES = 100 * 2**20
"""Larger files are refused. The largest export known, 9,273 registrations as CSV, has 39 MB."""
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF_8_MARK = b"\xef\xbb\xbf"
FALLBACK = "windows-1252"
"""Read so when the bytes are no UTF-8: what older programs for Windows write."""

_MANY_BYTE_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAVE_AS_UTF_8 = "Export the file again, or open it in a text editor and save it as UTF-8."


class FormatError(Exception):
    """A file that cannot be imported whole: which file, which line, why, and what to do about it."""

    def __init__(self, name: str, line: int, message: str, advice: str) -> None:
        super().__init__(f"{name}:{line}: {message}. {advice}")
        self.name = name
        self.line = line
        self.message = message
        self.advice = advice


@dataclass(frozen=True)
class ExportText:
    """The text of an export file. Every line end is a line feed; other separators stay inside their values."""

    name: str
    text: str
    encoding: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return self.text.split("\n")

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def line_at(self, offset: int) -> int:
        """Return the line, counted from 1, of a position in the text."""
        return bisect.bisect_left(self._ends, offset) + 1

    def error(self, line: int, message: str, advice: str = "Export the file again, or mend it there.") -> FormatError:
        """Return the error that says what is wrong on a line of this file and what to do."""
        return FormatError(self.name, line, message, f"Nothing was imported. {advice}")


def decode(name: str, raw: bytes) -> ExportText:
    """Return the text of `raw`: UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252.

    Windows-1252 is taken only when no character of several bytes is spelt right: otherwise the file is damaged UTF-8,
    and reading it as Windows-1252 would spoil every name in it.

    Raises:
        FormatError: the file is empty, too large, or no text in one of these encodings.
    """
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw)} bytes, more than the {MAX_BYTES} that are read"
        raise FormatError(name, 1, message, "Nothing was imported. Export it in several parts.")
    encoding = _encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} is not {encoding.removesuffix('-sig').upper()}"
        raise FormatError(name, line, message, f"Nothing was imported. {_SAVE_AS_UTF_8}") from None
    text = re.sub("\r\n?", "\n", text)
    found = ExportText(name, text, encoding.removesuffix("-sig"))
    if "\0" in text:
        raise found.error(found.line_at(text.index("\0")), "the file holds zero bytes: it is no text", _SAVE_AS_UTF_8)
    if not text.strip():
        raise found.error(1, "the file is empty")
    return found


def _encoding(raw: bytes) -> str:
    if raw.startswith(UTF_16_MARKS):
        return "utf-16"
    if raw.startswith(UTF_8_MARK):
        return "utf-8-sig"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _MANY_BYTE_CHARACTER.search(raw) else FALLBACK
    return "utf-8"

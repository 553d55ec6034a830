"""Comments that a person wrote into a file: kept when the file moves. Knows nothing of what the file says."""

import re
from collections.abc import Collection

from generator.records import yamlfile

_SIGN = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*", re.MULTILINE)


def comments(raw: bytes) -> list[str]:
    """Return the comments of a file: what can be taken away without changing what the file says.

    `#` also stands in quoted text and in longer texts, so each place is tried.
    """
    text = raw.decode("utf-8-sig")  # a mark before the first comment would hide where it begins
    said = yamlfile.read(raw).data
    found = []
    start = 0
    while sign := _SIGN.search(text, start):
        without = text[: sign.start()] + text[sign.end() :]
        tried = yamlfile.read(without.encode())
        if not tried.faults and tried.data == said:
            found.append(sign[0].strip())
            start = sign.end()
        else:
            start = sign.start() + 1
    return found


def comments_of_people(raw: bytes, written: Collection[str]) -> list[str]:
    """Return the comments that are not among those the project itself has `written` into files and templates."""
    return [one for one in comments(raw) if one not in written and not one.startswith("# yaml-language-server:")]

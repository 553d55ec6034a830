"""Values that stand in curly quotation marks: YAML counts straight ones only, and takes these for part of the text.

Looks at what was typed, since the data alone do not tell `“words”` from `"“words”"`, where somebody wants the marks.
The words of a quote are left out: whether its source has the marks too is judged in `generator.records.rules.quotes`.
"""

import re
from collections.abc import Collection, Iterator

from generator.problems import Level, Place, Problem
from generator.records.form import shown
from generator.records.yamlfaults import decode
from generator.records.yamlfile import locate

_MARKS = tuple(mark.encode() for mark in "‘’‚“”„‟«»")
_PERHAPS = re.compile(rb"[:,{\[-]\s*(?:\xe2\x80[\x98\x9a\x9c-\x9f]|\xc2[\xab\xbb])")
"""A curly mark where a value may begin, as UTF-8; few files have any."""
_AROUND = re.compile(r"[“„‟”](?P<double>[^“„‟”]*)[“”]|[‘‚](?P<single>[^‘‚]*)[‘’]|«(?P<out>[^«»]*)»|»(?P<in>[^«»]*)«")
_TYPED_PLAINLY = re.compile(r"(?:[\w-]+\s*:\s*)?[“„‟”‘‚«»]")
"""From the name of a field, or from a member of a list, on to a curly mark, with no straight one before it."""
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line for YAML 1.1 (section 5.4), and so where its lines are counted."""
_LONGEST = 60
"""A longer value is not repeated in the line that shows how it should be."""


def within_curly_marks(text: str) -> str | None:
    """Return what stands between the curly marks around the whole of a text; None where there are none.

    `“One” and “two”` begins and ends with marks, which do not belong together.
    """
    found = _AROUND.fullmatch(text.strip())
    return found[found.lastgroup or 0].strip() if found else None


def find_curly_marks(raw: bytes, data: object, path: str, told: Collection[Problem] = ()) -> Iterator[Problem]:
    """Yield a warning for each value in the `data` of a file that was typed in curly marks.

    `told` are the problems that are known of the file: of the same value nothing more is said.
    """
    if not any(mark in raw for mark in _MARKS) or not _PERHAPS.search(raw):
        return
    places = {problem.place for problem in told}
    found = [(place, text, bare) for place, text in _texts(data) if (bare := within_curly_marks(text)) is not None]
    found = [one for one in found if one[0] not in places and not _is_of_a_quote(one[0])]
    typed = decode(raw, len(raw))
    if not found or not isinstance(typed, str):
        return
    lines = _LINE_END.split(typed)
    for (place, text, bare), (line, column) in zip(found, locate(raw, [one[0] for one in found]), strict=True):
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line : line + 2]])
        if _TYPED_PLAINLY.match(rest):
            yield Problem(
                path,
                place,
                f"expected straight quotation marks or none, found {shown(text)}, with marks that become part of it",
                f"Curly quotation marks do not count; write straight ones: {_mended(place, bare)}. Where they belong "
                "to the text, put straight ones around them.",
                Level.WARNING,
                line=line,
                column=column,
            )


def _texts(data: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict | list):
        for step, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(inner, (*place, step))


def _is_of_a_quote(place: Place) -> bool:
    """Return whether a place holds the words of a quote, such as `quotes.q1.text`."""
    return len(place) > 2 and (place[-3], place[-1]) == ("quotes", "text")


def _mended(place: Place, bare: str) -> str:
    """Return the field, or the member of a list, as it should be."""
    said = "…" if len(bare) > _LONGEST else bare.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{said}"' if isinstance(place[-1], int) else f'{place[-1]}: "{said}"'

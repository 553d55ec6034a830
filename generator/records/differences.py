"""Where a quote that does not stand in its source begins to differ from it, in words that a person can act on.

Compares a failed quote only; whether it has failed is judged in `generator.records.quotes`.
"""

import unicodedata

from generator.records.curly import within_curly_marks
from generator.records.quotes import OMISSION, normal, stands_in

_SHOWN = 6
"""Words of a quote or a source that a message repeats."""
_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚", "'"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
"""Characters that look like another one, or like nothing."""


def first_difference(quote: str, source: str) -> tuple[str, str]:
    """Return how the source goes on where the quote differs, and the words of the quote from there on.

    Both are given for the first piece, between marks of omission, that does not stand in the source.
    """
    words = normal(source)
    quoted = normal(quote)
    if stands_in(quoted.replace("[...]", OMISSION), words):
        return f"The mark of an omission is one character in brackets: {OMISSION}", "'[...]'"
    bare = within_curly_marks(quoted)
    if bare and stands_in(bare, words):
        return "Curly quotation marks do not count and became part of it; write straight ones or none.", repr(quoted[0])
    if stands_in(_plain(quoted), normal(_plain(words))):
        odd = next((sign for sign in quoted if _plain(sign) != sign and sign not in words), "")
        name = unicodedata.name(odd, "").lower() if odd else "a dash or quotation mark"
        return f"A sign only looks the same ({name}); it often comes from a PDF file.", "other signs"
    position = 0
    for piece in filter(None, (piece.strip() for piece in quoted.split(OMISSION))):
        if not stands_in(piece, words):
            return _from_there(piece, words[position:])
        position = max(position, words.find(piece, position))
    return "Each of its pieces stands there, but one before the other.", "them in another order"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)


def _from_there(piece: str, words: str) -> tuple[str, str]:
    """Return the difference after the longest beginning of `piece`, in whole words, that stands in the source."""
    parts = piece.split(" ")
    n_alike = 0
    for n in range(1, len(parts) + 1):
        if not stands_in(" ".join(parts[:n]), words):
            break
        n_alike = n
    found = " ".join(parts[n_alike : n_alike + _SHOWN])
    if not n_alike:
        n_alike_end = next((n for n in range(len(parts) - 1) if stands_in(" ".join(parts[n:]), words)), 0)
        if not n_alike_end:
            start = words.find(piece)
            if start < 0:
                return "Not even the first word stands there.", repr(found)
            whole = words[words.rfind(" ", 0, start) + 1 :].partition(" ")[0]
            return f"A quote does not begin or end within a word or number; the source has {whole!r}.", repr(found)
        start = words.index(" ".join(parts[n_alike_end:]))
        return f"Before {parts[n_alike_end]!r} the source has {_end(words[:start])!r}.", repr(
            " ".join(parts[:n_alike_end])
        )
    alike = " ".join(parts[:n_alike])
    start = words.index(alike) + len(alike)
    goes_on = " ".join(words[start:].split(" ")[: _SHOWN + 1]).strip()
    before = " ".join(parts[max(0, n_alike - 3) : n_alike])
    return f"After {before!r} the source goes on with {goes_on!r}.", repr(found)


def _end(text: str) -> str:
    return " ".join(text.split(" ")[-_SHOWN:]).strip()

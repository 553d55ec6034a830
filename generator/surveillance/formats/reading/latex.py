"""Accents and escapes of LaTeX, as BibTeX exports spell them -> characters. Does not typeset: mathematics stays."""

# pylatexenc 2.11, which bibtexparser uses, takes `%` for a comment and drops the rest of the line ("raised by 50% in
# ..."), and `$` for mathematics; exports of Scopus write both unescaped. So only what is certain is decoded here.

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
_SIGNS = {
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ss": "ß",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "th": "þ",
    "textendash": "–",
    "textemdash": "—",
    "textless": "<",
    "textgreater": ">",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textregistered": "®",
    "texttrademark": "™",
    "textdegree": "°",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textmu": "µ",
    "textpm": "±",
    "texttimes": "×",
    "textalpha": "α",
    "textbeta": "β",
    "textgamma": "γ",
    "textdelta": "δ",
    "textkappa": "κ",
}
_ACCENT = re.compile(
    r"\\(?P<accent>['\"`^~=.]|[ucrHvdkb](?![A-Za-z]))\s*"
    r"(?:\{\s*(?P<braced>\\[ij]|[^\W\d_])\s*\}|(?P<bare>\\[ij](?![A-Za-z])|[^\W\d_]))"
)
_MOST_ACCENTS = 3
"""Accents that a letter may have one above the other, as in Vietnamese."""
_SIGN = re.compile(rf"\\({'|'.join(sorted(_SIGNS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|[ \t]+(?=\S)|)")
_STYLE = re.compile(r"\\(?:text(?:it|bf|sc|sf|tt|rm|up|sl|normal|superscript|subscript)|emph|mkbibquote)\s*(?=\{)")
_MATHEMATICS = re.compile(r"(?<!\\)(\$[^$\n]*(?<!\\)\$)")
_UNKNOWN = re.compile(r"\{(\\[A-Za-z]+)\}(?=[A-Za-z])|(\\[A-Za-z]+)\{\}(?=[A-Za-z])")
"""A command that only its braces keep apart from the letters behind it."""
_GROUPING = re.compile(r"\\(?P<escaped>[&%$#_{}])|[{}]")


def decode_latex(text: str) -> str:
    """Return a text with accents, special letters and escapes as characters, and without the braces that group.

    Commands that are not known stay as they are: better a visible command than a lost word.
    """
    if not any(sign in text for sign in "\\{}"):
        return text
    parts = _MATHEMATICS.split(text)
    return "".join(part if number % 2 else _decode_words(part) for number, part in enumerate(parts))


def _decode_words(text: str) -> str:
    text = _STYLE.sub("", text)
    for _ in range(_MOST_ACCENTS):  # the innermost first
        text = _ACCENT.sub(_accented, text)
    text = _SIGN.sub(lambda match: _SIGNS[match[1]], text)
    text = _UNKNOWN.sub(lambda match: f"{match[1] or match[2]} ", text)
    return _GROUPING.sub(lambda match: match["escaped"] or "", text)


def _accented(match: re.Match[str]) -> str:
    letter = (match["braced"] or match["bare"]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[match["accent"]])

"""Made-up differences of titles: how another database might write them. The titles themselves are real.

A kind returns the title unchanged where it does not apply.
"""

import html
import re
from collections.abc import Callable
from random import Random

Rewriting = Callable[[str, Random], str]

_WORD = re.compile(r"\b[A-Za-z]{6,}\b")
_GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "kappa": "κ", "lambda": "λ", "mu": "μ"}
_NAMED_GREEK = re.compile(r"\b(" + "|".join(_GREEK) + r")\b", re.IGNORECASE)
_RAISED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}
_SIGNS = {"&": "and", " and ": " & ", "%": " percent", "≥": ">=", "≤": "<=", "±": "+/-", "®": "", "™": ""}
_BRITISH = {"hem": "haem", "leuk": "leuc", "tumor": "tumour", "randomized": "randomised", "pediatric": "paediatric"}
_SMALL = frozenset({"the", "of", "and", "for", "in", "on", "a", "an", "de", "la", "der", "die", "das", "und", "et"})


def swap(text: str, spellings: dict[str, str]) -> str:
    for one, other in spellings.items():
        text = text.replace(one, other)
    return text


def _title_case(title: str, _: Random) -> str:
    return re.sub(r"[^\W\d_]+", lambda found: found[0] if found[0].lower() in _SMALL else found[0].capitalize(), title)


def _separators(title: str, chance: Random) -> str:
    return re.sub(
        r"(?<=\w)(?:: |\. | - | – )(?=\w)", lambda _: chance.choice([": ", ". ", " - ", "—", "; ", "? "]), title
    )


def _translated(title: str, chance: Random) -> str:
    language = chance.choice(["German", "French", "Japanese"])
    return chance.choice([f"[{title.rstrip('.')}].", f"{title} [{language}]", f"[{title}] [Article in {language}]"])


def _marked(title: str, chance: Random) -> str:
    found = list(_WORD.finditer(title))
    if not found:
        return title
    word = chance.choice(found)
    mark = chance.choice(["<i>{}</i>", "&lt;i&gt;{}&lt;/i&gt;", "<jats:italic>{}</jats:italic>", "<b><i>{}</i></b>"])
    return title[: word.start()] + mark.format(word[0]) + title[word.end() :]


def _lowered(title: str, chance: Random) -> str:
    mark = chance.choice(["<sub>{}</sub>", "&lt;sub&gt;{}&lt;/sub&gt;", "<sup>{}</sup>", "_{{{}}}"])
    return re.sub(r"(?<=[A-Za-z])(\d+)\b", lambda found: mark.format(found[1]), title)


def _noted(title: str, chance: Random) -> str:
    """As PubMed, Ovid and CINAHL add what a record is, or what was printed about it."""
    notes = (
        " [see comments]",
        " [Review] [16 refs]",
        ".[Erratum appears in Made-up J Tea. 2010 Sep;54(9):900]",
        " [Comment on: Made-up J Tea. 2009;3(4):5-9]",
        "... Made-up J Tea. 2009 Jan 29;360(5):544-6",
        " (provisional abstract)",
        " [corrected]",
    )
    return title.rstrip(". ") + chance.choice(notes)


def _entities(title: str, _: Random) -> str:
    named = html.escape(title).replace("&#x27;", "&apos;")
    return "".join(sign if sign.isascii() else f"&#{ord(sign)};" for sign in named)


def _cut(n_letters: int, end: str = "") -> Rewriting:
    return lambda title, _: title if len(title) <= n_letters else title[:n_letters].rstrip() + end


def _typing_error(title: str, chance: Random) -> str:
    found = [word for word in _WORD.finditer(title) if len(word[0]) >= 9]
    if not found:
        return title
    word = chance.choice(found)
    place = chance.randrange(word.start() + 3, word.end() - 4)
    changed = chance.choice([title[place] * 2 + title[place + 1], title[place + 1] + title[place], title[place + 1]])
    return title[:place] + changed + title[place + 2 :]


KINDS: dict[str, Rewriting] = {
    "title in capitals": lambda title, _: title.upper(),
    "title in title case": _title_case,
    "full stop behind the title": lambda title, _: title if title.endswith(".") else title + ".",
    "another separator of the subtitle": _separators,
    "marked as translated": _translated,
    "HTML entities": _entities,
    "tags around a word": _marked,
    "tags around a number": _lowered,
    "numbers as small signs": lambda title, _: re.sub(
        r"(?<=[A-Za-z])\d\b", lambda found: found[0].translate(_RAISED), title
    ),
    "Greek letters for their names": lambda title, _: _NAMED_GREEK.sub(lambda found: _GREEK[found[0].lower()], title),
    "Latin letters for Greek ones": lambda title, _: _NAMED_GREEK.sub(
        lambda found: found[0][0].replace("m", "u"), title
    ),
    "Greek letters lost": lambda title, _: _NAMED_GREEK.sub("", title),
    "Greek letters as question marks": lambda title, _: _NAMED_GREEK.sub("?", title),
    "ligatures": lambda title, _: swap(title, _LIGATURES),
    "title cut at 250": _cut(250),
    "title cut at 150": _cut(150),
    "title cut at 100": _cut(100),
    "title cut at 80 with dots": _cut(80, "…"),
    "hyphens lost": lambda title, _: re.sub(r"(?<=\w)-(?=\w)", "", title),
    "spaces for hyphens": lambda title, _: re.sub(r"(?<=\w)-(?=\w)", " ", title),
    "a word broken at a line": lambda title, chance: re.sub(
        r"\b(\w{5})(\w{5,})", r"\1- \2", title, count=chance.randint(1, 2)
    ),
    "soft hyphens and other spaces": lambda title, _: re.sub(r"\b(\w{5})(\w{5,})", "\\1\u00ad\\2", title).replace(
        " ", "\u00a0 "
    ),
    "a space of no width": lambda title, _: title.replace(" ", " \u200b"),
    "signs in words": lambda title, _: swap(title, _SIGNS),
    "British spelling": lambda title, _: swap(title, _BRITISH),
    "one typing error": _typing_error,
    "(Review) behind the title": lambda title, _: title.rstrip(". ") + " (Review)",
    "notes of databases": _noted,
    "original title in brackets": lambda title, _: f"{title.rstrip('. ')} [{title[::-1].capitalize()}]",
    "trademark signs": lambda title, _: _WORD.sub(lambda found: found[0] + "®", title, count=1),
    "underlines and stars around a word": lambda title, _: _WORD.sub(r"_*\g<0>*_", title, count=1),
    "braces around capitals": lambda title, _: re.sub(r"\b[A-Z]+\b", r"{\g<0>}", title),
    "subtitle lost": lambda title, _: re.sub(r"(?<=\w{4}): .*$", "", title) if len(title) > 60 else title,
}
"""Name of a kind of difference, and what it makes of a title."""

"""What sources add to titles: signs that a document is about another one, and the notes of indexing services.

`standing` says what a document is to another of the same title, `take_out` leaves the title alone. The words behind a
note that was left open are given back, for they may belong to the title. Says nothing about two titles.
"""

import re
from enum import StrEnum


class Standing(StrEnum):
    """What a document is to another document of the same title."""

    DOCUMENT = "document"
    CORRECTION = "correction"
    RETRACTION = "retraction"
    REPLY = "reply"
    BOOK_REVIEW = "book review"


_VOLUME_NOTE = r"\(vol\.? [\w-]+,? (?:pg?|pp|page|art)\b[^()]*\)\W*$"
"""Web of Science writes a correction as the title of the document with "(vol 142, pg 310, 2003)" behind it."""
_CITATION_NOTE = r"\((?=[^()]{4,}\()(?=.*\b(?:19|20)\d\d\))[^()]+(?:\([^()]*\)[^()]*)+\)\W*$"
"""Embase and Scopus do so with "(New England Journal of Medicine (2009) 360 (542-544))"."""
_NOTICE = r"(?:erratum|errata|corrigend(?:um|a)|addendum)\b"
_ANSWER = r"(?:(?:in )?reply|(?:the )?authors? (?:reply|response)|response|comment)"

_STANDINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        # "Correction of deformity after ..." is a study; "Correction to: ..." is a notice.
        ("correction", rf"^\W*(?:published |author |publisher )?(?:{_NOTICE}|corrections?\s*(?:[:(\[.]|to\b|$))"),
        ("correction", _VOLUME_NOTE),
        ("correction", _CITATION_NOTE),
        ("retraction", r"^\W*(?:notice of )?retractions?\b(?:\s*(?:[:(\[]|to\b|of\b|notice|note|statement)|\W*$)"),
        ("retraction", r"^\W*(?:editorial )?expression of concern"),
        ("book review", r"^\W*book reviews?\b|\bbook review\W*$"),
        (
            "reply",
            r"^\W*(?:re|(?:in )?reply|response|comments?|commentary|letters?(?: to the editor)?)\s*(?::|to\b|on\b)",
        ),
        ("reply", r"^\W*(?:the )?authors?(?: | to the )?(?:reply|replies|response|respond)"),
        ("reply", rf"[-–—:.?\]]\s*(?:{_ANSWER}|reply to\b.*)\W*$"),
    )
)
"""Title patterns, in small letters without apostrophes, of documents that are about another document."""

_RE = re.compile(r"\W*re\b")
_STEMS = (
    *("errat", "corrig", "addend", "correct", "retract", "concern"),
    *("review", "repl", "respon", "comment", "letter", "("),
)
"""Without one of these, or `Re` at its beginning, a title fits none of the patterns; most have none."""

_ABOUT_ANOTHER = re.compile(
    rf"^\W*(?:(?:published|author|publisher|editorial) )?(?:notice of )?(?:{_NOTICE}|corrections?|retractions?|"
    r"expression of concern)(?: (?:notice|note|statement))?\W*(?:(?:to|for|of|regarding|in)\b)?\W*"
)
_CITATION_OF_ANOTHER = re.compile(rf"{_VOLUME_NOTE}|{_CITATION_NOTE}|\[[^\[\]]*(?:19|20)\d\d[^\[\]]*\]\W*$")
"""What a notice adds before and behind the title of the document it is about."""
_CITATION_CUT_OFF = re.compile(r"\((?:[^()]|\([^()]*\))*(?:\([^()]*)?$")
"""The same where the field was too short for it: "(The Journal of Pediatrics (M"."""

_TO_BRACKET = r"[^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*"
"""All up to a closing bracket, with brackets inside."""
_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_PAGES = r"[es]?\d+(?:[-\u2010-\u2013][es]?\d+)?"
_LANGUAGES = (
    "arabic|bulgarian|chinese|croatian|czech|danish|dutch|english|estonian|finnish|french|german|greek|hebrew|hungarian|"
    "icelandic|italian|japanese|korean|latvian|lithuanian|norwegian|persian|polish|portuguese|romanian|russian|"
    "serbian|serbo-croatian|slovak|slovene|slovenian|spanish|swedish|thai|turkish|ukrainian|vietnamese"
)
_REMARK = r"\d+ refs?|(?:systematic )?review|meta-analysis|abstract|letter|editorial|comment|see comments?|proceeding"
_EVENT = (
    r"(?:(?:published |original )?(?:erratum|corrected|comment|republished|retracted|reprint|reprinted|republication|"
    r"(?:correction|retraction|update|updated)(?= (?:appears )?in\b|:))|summary for patients)\b"
)
_TRANSLATED = re.compile(rf"^\W*\[[^\[\]]*\]\W*(?:\[.*)?$|\[\s*(?:article in )?(?:{_LANGUAGES})\b")
"""A title wholly in brackets, or with the name of a language behind it."""
_NOTES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # Embase and Ovid: "[Japanese]", "[Review] [16 refs]", "[Article in French]"; PubMed: "[see comments]".
        rf"\[\s*(?:article in |in )?(?:{_LANGUAGES})(?:,? (?:{_LANGUAGES}))*\s*\]",
        rf"\[\s*(?:{_REMARK})\s*\]?$|\[\s*(?:{_REMARK})\s*\]",
        # Ovid MEDLINE: "[Erratum appears in J Pediatr. 2003 ...]" belongs to the document, not to the erratum.
        rf"\[\s*{_EVENT}{_TO_BRACKET}\]",
        r"\((?:multiple letters|author \w+|abstract|provisional abstract|review|cme)\)\s*(?:\[\d+\])?",
        rf"\((?:{_LANGUAGES})\)\W*$",
        # A flag on the document itself; the notice reads "Retraction: ..." or "Withdrawal notice".
        r"^\W*(?:retracted|withdrawn)(?: (?:article|paper|chapter))?\s*[:\]]",
        rf"[(\[]\s*retracted article\b{_TO_BRACKET}[)\]]|(?<=\S)\W+retracted article\W*$",
        # Older Embase exports put the language behind the title: "Title LA: Ara".
        r"\bla: [a-z]{3}\W*$",
        # CINAHL: "Title... N Engl J Med. 2009 Jan 29;360(5):544-6".
        rf"\.\.\.?\s*[a-z][^.]*\. ?(?:19|20)\d\d\b(?:[^\w:]|\d|{_MONTHS}|suppl|pt)*:\s?{_PAGES}\W*$",
    )
)
"""What indexing services add to a title; taken out before titles are compared. Each says where it ends."""
_OPEN_NOTE = re.compile(rf"\[\s*{_EVENT}.*$|(?<=\S)\s*[(\[]?\bretracted article\b.*$")
"""A note whose end an export cut off: whatever stands behind it may belong to the title."""

_SIGNS_OF_NOTES = ("[", "(", "..", "la: ", "retracted", "withdrawn")
"""Without one of these a title has no notes; most have none."""

_WORD = re.compile(r"[^\W_]+")


def standing(plain: str) -> Standing:
    """Return the standing of a title in small letters without apostrophes."""
    if not _RE.match(plain) and not any(map(plain.__contains__, _STEMS)):
        return Standing.DOCUMENT
    for name, pattern in _STANDINGS:
        if pattern.search(plain):
            return Standing(name)
    return Standing.DOCUMENT


def is_translated(plain: str) -> bool:
    """Return whether the source marks a title as translated: `[Title]`, as PubMed, or `Title. [Spanish]`, as Ovid."""
    return "[" in plain and bool(_TRANSLATED.search(plain))


def take_out(plain: str, of: Standing) -> tuple[str, tuple[str, ...]]:
    """Return a title without what was added to it, and the words from the beginning of a note left open."""
    behind = ""
    if any(map(plain.__contains__, _SIGNS_OF_NOTES)):
        for note in _NOTES:
            without = note.sub(" ", plain)
            # "[Update on tea]" is a translated title, not the note of an update.
            plain = without if _WORD.search(without) else plain
        plain, behind = _cut_off(_OPEN_NOTE, plain)
    if of in (Standing.CORRECTION, Standing.RETRACTION):
        plain = _CITATION_OF_ANOTHER.sub("", _ABOUT_ANOTHER.sub("", plain))
        plain, citation = _cut_off(_CITATION_CUT_OFF, plain)
        behind = f"{citation} {behind}"
    return plain, tuple(_WORD.findall(behind)) if behind else ()


def _cut_off(pattern: re.Pattern[str], plain: str) -> tuple[str, str]:
    found = pattern.search(plain)
    if not found or not _WORD.search(plain, 0, found.start()):
        return plain, ""
    return plain[: found.start()], plain[found.start() :]

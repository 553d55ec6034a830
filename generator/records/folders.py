"""What to say about a file below `studies/` that no record can be: where it should lie, and under which name."""

import difflib
import re
import unicodedata
from collections.abc import Mapping

from generator.model import records as kinds
from generator.model.records import FOLDER, KINDS, Kind
from generator.problems import Problem

_ONE_RECORD_A_FILE = {kind.pattern.partition("/")[0]: kind for kind in KINDS if kind.pattern.endswith("/{id}.yml")}
"""Kinds whose files lie in a folder of their own, by that folder."""
_WHERE = (
    "An included study lies in studies/included/, an excluded one in studies/excluded/, a registered trial in "
    "studies/trials/, a record without a decision in studies/candidates/; studies/README.md lists the others."
)
_TEXTS = "Put full texts that may be copied in studies/sources/ as plain text: studies/sources/<id of the report>.txt"
_FOR_SEARCHES = "Name it by year and date: searches/2026/2026-01-31.yml."
_ENDINGS = re.compile(r"(?:\.(?:yaml|yml|txt|text|md|rtf|docx?|odt|json|bak|orig))+", re.IGNORECASE)
_MIN_STRANGE = 3
"""With fewer unknown fields than this a file may be of its folder's kind, with slips."""


def misplaced(shown: str, below: str) -> Problem:
    """Return the problem of a file that is none of the records, by its path and its path below `studies/`."""
    folder, _, name = below.rpartition("/")
    top, _, deeper = folder.partition("/")
    if top == "searches":
        hint = _FOR_SEARCHES
        return Problem(shown, (), f"expected a date as the file name, found {name!r}", hint)
    if top in ("sources", "schema"):
        hint = _TEXTS if top == "sources" else "That folder is written by a program; remove the file. " + _WHERE
        return Problem(shown, (), f"expected no such file in {FOLDER}/{top}/, found {name!r}", hint)
    kind = _ONE_RECORD_A_FILE.get(top)
    if kind is None:
        close = difflib.get_close_matches(top.lower(), _ONE_RECORD_A_FILE, n=1, cutoff=0.6) if top else []
        found = f"expected a folder of the review, found {FOLDER}/{top}/" if top else "expected a record in its folder"
        hint = f"Did you mean {FOLDER}/{close[0]}/? Move the file there." if close else _WHERE
        return Problem(shown, (), found if top else f"{found}, found {name!r} beside the folders", hint)
    if deeper:
        hint = f"Move it to {FOLDER}/{top}/{name}"
        return Problem(shown, (), f"expected the file in {FOLDER}/{top}/ itself, found it in a folder within", hint)
    return _misnamed(shown, name, kind)


def _misnamed(shown: str, name: str, kind: Kind) -> Problem:
    ending = _ENDINGS.search(name)
    stem = name[: ending.start()] if ending else name
    hint = f"Rename it to {_better(stem, kind)}.yml; ids have small letters, digits and hyphens."
    if kind is kinds.TRIAL:
        hint = "Name it by its registration, with hyphens for slashes, such as NCT04849429.yml."
    if kind is kinds.SCREENED:
        hint = "Name it by its year, such as 2026.yml."
    if ending is None or ending[0] != ".yml":
        found = repr(ending[0]) if ending else f"{name!r}"
        hint += " When it is no record, remove it." if not ending or "y" not in ending[0].lower() else ""
        return Problem(shown, (), f"expected a file name that ends with .yml, found {found}", hint)
    return Problem(shown, (), f"expected a file name that is an id, found {name!r}", hint)


def _better(stem: str, kind: Kind) -> str:
    """Return the id that a file name was probably meant to be."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    better = "-".join(words) if words else "family-2024"
    return better if re.fullmatch(kind.id_pattern, better) else "family-2024"


def in_the_wrong_folder(shown: str, kind: Kind, data: object) -> Problem | None:
    """Return the problem of a record that has the fields of another kind than its folder, or None.

    One sentence instead of one for each of its fields.
    """
    if not isinstance(data, Mapping):
        return None
    names = {str(name) for name in data}
    if len(names - kind.model.model_fields.keys()) < _MIN_STRANGE:
        return None
    for folder, other in _ONE_RECORD_A_FILE.items():
        required = {name for name, field in other.model.model_fields.items() if field.is_required()}
        if other is not kind and names <= other.model.model_fields.keys() and len(names & required) >= _MIN_STRANGE:
            expected = f"expected the fields of {_article(kind.name)}, found those of {_article(other.name)}"
            file = shown.rpartition("/")[2]
            return Problem(
                shown, (), expected, f"Move it to {FOLDER}/{folder}/{file}, or start from the other template."
            )
    return None


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"

"""`studies/` -> records and problems. Reads every file, reports everything at once, changes nothing."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.model import records as kinds
from generator.model.records import Kind, Records
from generator.problems import Problem, in_order
from generator.records import form, yamlfile
from generator.records.curly import find_curly_marks
from generator.records.folders import in_the_wrong_folder, misplaced

MAX_LEDGER_BYTES = 64_000_000
"""Screened ledgers hold one line per record and may be large; every other record file is small."""

FIELDS = {
    kinds.PROTOCOL: "protocol",
    kinds.INSTRUMENTS: "instruments",
    kinds.VERSIONS: "versions",
    kinds.STUDY: "included",
    kinds.EXCLUSION: "excluded",
    kinds.TRIAL: "trials",
    kinds.CANDIDATE: "candidates",
    kinds.SCREENED: "screened",
    kinds.SEARCH: "searches",
    kinds.SUMMARY: "summaries",
    kinds.TOOL: "tools",
}
_SINGLE = (kinds.PROTOCOL, kinds.INSTRUMENTS, kinds.VERSIONS)
_SOURCE_TEXT = re.compile(r"sources/[^/]+\.txt")
_NOT_RECORDS = re.compile(
    r"schema/[^/]+\.json|(?:.*/)?(?:README\.md|\.gitkeep|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)"
)
"""What is no record and no mistake: explanations, and what the desktops of computers leave behind."""


@dataclass(frozen=True)
class Loaded:
    """What a folder of records holds."""

    records: Records
    problems: tuple[Problem, ...]
    n_files: int
    """Record files read, with or without problems."""
    digests: dict[str, str]
    """SHA-256 of each record file by its path; what a record says depends on nothing else."""


def unwatched(_: str) -> None:
    """Watch nothing."""


def load(root: Path, watch: Callable[[str], None] = unwatched) -> Loaded:
    """Read all records below `root/studies`; `watch` is told the path of each file before it is read."""
    folder = root / kinds.FOLDER
    found: dict[Kind, dict[str, Any]] = {kind: {} for kind in kinds.KINDS}
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    digests: dict[str, str] = {}
    for path in _files(folder):
        below = path.relative_to(folder).as_posix()
        shown = f"{kinds.FOLDER}/{below}".encode("utf-8", "backslashreplace").decode()
        watch(shown)
        if barrier := _barrier(path, shown, below):
            problems.append(barrier)
        elif _SOURCE_TEXT.fullmatch(below):
            texts[path.stem] = path.read_text(encoding="utf-8", errors="replace")
        elif _NOT_RECORDS.fullmatch(below):
            continue
        elif kind := kinds.kind_of(below):
            content = path.read_bytes()
            digests[shown] = hashlib.sha256(content).hexdigest()
            limit = MAX_LEDGER_BYTES if kind is kinds.SCREENED else yamlfile.MAX_BYTES
            document = yamlfile.read(content, limit)
            record, wrong = form.validate(kind.model, document, shown)
            elsewhere = in_the_wrong_folder(shown, kind, document.data) if wrong and not document.faults else None
            curly = find_curly_marks(content, document.data, shown, wrong)
            problems.extend((elsewhere,) if elsewhere else (*wrong, *curly))
            if record is not None:
                found[kind][kinds.record_id(kind, below)] = record
        else:
            problems.append(misplaced(shown, below))
    problems.extend(
        Problem(
            kinds.path_of(kind), (), "expected this file, found none", "Every review has it; see studies/README.md."
        )
        for kind in (kinds.PROTOCOL, kinds.INSTRUMENTS)
        if not (folder / kind.pattern).is_file()
    )
    fields: dict[str, Any] = {
        FIELDS[kind]: next(iter(by_id.values()), None) if kind in _SINGLE else by_id for kind, by_id in found.items()
    }
    return Loaded(Records(**fields, source_texts=texts), tuple(located(root, problems)), len(digests), digests)


def _barrier(path: Path, shown: str, below: str) -> Problem | None:
    """Return why a file is not even looked into."""
    if not shown.endswith(below):
        return Problem(shown, (), "expected a file name in UTF-8, found another", "Rename the file.")
    if path.is_symlink():
        return Problem(shown, (), "expected a file, found a link", "Put the file itself here.")
    if not path.is_file():
        return Problem(shown, (), "expected a file, found a pipe or device", "Remove it.")
    if not os.access(path, os.R_OK):
        hint = "Change its permissions, so that you may read it."
        return Problem(shown, (), "expected a file that can be read, found 'Permission denied'", hint)
    return None


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if not path.is_dir() or path.is_symlink())


def located(root: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems, in order, each with its line and column; only files that have a problem are read again."""
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    done: list[Problem] = []
    for path, group in by_path.items():
        file = root / path
        waiting = [problem for problem in group if not problem.line]
        done.extend(problem for problem in group if problem.line)
        if waiting and file.is_file() and not file.is_symlink() and os.access(file, os.R_OK):
            positions = yamlfile.locate(file.read_bytes(), [problem.place for problem in waiting])
            for problem, (line, column) in zip(waiting, positions, strict=True):
                done.append(replace(problem, line=line, column=column))
        else:
            done.extend(waiting)
    return in_order(done)

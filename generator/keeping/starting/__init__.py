"""A fresh, empty review: the program and pages of this project, and records that ask questions. Writes nothing."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from generator.model.records import FOLDER
from generator.records import schema

_FILES = Path(__file__).parent / "files"
_COPIED = (
    ".github",
    ".gitignore",
    "LICENSE",
    "LICENSE-CONTENT",
    "SECURITY.md",
    "docs",
    "generator",
    "mkdocs.yml",
    "pyproject.toml",
    "requirements/site.lock",
    "studies/README.md",
    "studies/tools",
)
"""What a new review takes over as it is. The tests stay behind: many rest on the records of this review."""
_LEFT = re.compile(r"(?:^|/)(?:__pycache__|[^/]*\.egg-info|\.[a-z_]+_cache)(?:/|$)|\.pyc$")
_OWN = (
    ("mkdocs.yml", r"^site_name:.*$", "site_name: To be written"),
    ("mkdocs.yml", r"^(?:site_url|repo_url|repo_name|edit_uri):.*\n", ""),
    ("docs/licences.md", r"^## The base review\n(?:(?!## ).*\n)*", ""),
    ("LICENSE-CONTENT", r"^Based on,.*\n(?:(?!Not covered:).*\n)*", ""),
    ("LICENSE-CONTENT", r"generator/ and tests/", "generator/"),
)
"""What belongs to the review that is copied from, and what stands in its place: file, pattern, replacement."""
_EMPTY = ("candidates", "excluded", "included", "screened", "searches", "sources", "summaries", "trials")


class IncompleteProjectError(Exception):
    """The folder holds the program without the rest of the project, so that no site could be made from a copy."""


def files(project: Path, today: dt.date) -> dict[str, bytes]:
    """Return every file of a new review by its path. `project` is the folder of a complete copy of this project.

    Raises `IncompleteProjectError` when files of the project are missing, as where only the package is installed.
    """
    missing = [name for name in _COPIED if name != ".github" and not (project / name).exists()]
    if missing:
        raise IncompleteProjectError(f"{project} lacks {', '.join(missing)}")
    found = dict(_copied(project))
    for path, pattern, replacement in _OWN:
        text = found[path].decode("utf-8")
        found[path] = re.sub(pattern, replacement, text, flags=re.MULTILINE).encode()
    for file in sorted(_FILES.rglob("*")):
        if file.is_file():
            text = file.read_text(encoding="utf-8").replace("{{today}}", today.isoformat())
            found[file.relative_to(_FILES).as_posix()] = text.encode()
    found |= {f"{FOLDER}/schema/{name}": text.encode() for name, text in schema.schemas().items()}
    found |= {f"{FOLDER}/{name}/.gitkeep": b"" for name in _EMPTY}
    return dict(sorted(found.items()))


def _copied(project: Path) -> Iterator[tuple[str, bytes]]:
    for name in _COPIED:
        start = project / name
        for file in sorted(start.rglob("*")) if start.is_dir() else (start,):
            path = file.relative_to(project).as_posix()
            if file.is_file() and not file.is_symlink() and not _LEFT.search(path):
                content = file.read_bytes()
                if not (path.startswith(".github/") and b"make test" in content):
                    yield path, content

"""review -> files of the website: gathers every page, download and hand-written document, then writes what changed.

Everything is gathered before anything is written, and what changed is staged before anything is replaced, so a failure
halfway leaves the previous output whole. Writes plain Markdown and knows nothing of the engine that turns it to HTML.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator import changeset, exports, pages
from generator.review import Review
from generator.store import unwatched
from generator.templates import render

OUTPUT = "build/docs"
_STAGE = "build/docs.staged"


@dataclass(frozen=True)
class Written:
    """What writing changed."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    n_files: int


def gather(review: Review, documents: Path, watch: Callable[[str], None] = unwatched) -> dict[str, bytes]:
    """Return every file of the site by its path: generated pages, downloads, and the hand-written `documents`.

    `watch` is told the path of each file. Raises ValueError when two of them claim the same path.
    """
    files: dict[str, bytes] = {}

    def add(path: str, content: bytes) -> None:
        if path in files:
            raise ValueError(f"two files of the site claim the path {path}")
        watch(path)
        files[path] = content

    for page in pages.every(review):
        add(page.path, (page.text + footer(review, page.path)).encode())
    for path, text in exports.every(review):
        add(path, text.encode())
    for file in sorted(documents.rglob("*")):
        path = file.relative_to(documents).as_posix()
        if file.is_file() and "/." not in f"/{path}":  # the theme in docs/.theme is no part of the pages
            content = file.read_bytes()
            add(path, content + footer(review, path).encode() if path.endswith(".md") else content)
    return files


def footer(review: Review, path: str) -> str:
    """Return the lines that end every page: the three dates and the living status."""
    return "\n" + render("pages/footer.md.j2", path, review=review, living=review.living)


def write(root: Path, files: dict[str, bytes]) -> Written:
    """Make `root/build/docs` hold exactly `files`, touching only what differs."""
    output, stage = root / OUTPUT, root / _STAGE
    changeset.finish(output, stage)
    present = {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}
    changed = [path for path in files if path not in present or (output / path).read_bytes() != files[path]]
    removed = sorted(present - files.keys())
    if changed or removed:
        changeset.apply(output, stage, {path: files[path] for path in changed}, removed)
    return Written(tuple(changed), tuple(removed), len(files))

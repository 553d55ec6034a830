"""review -> files of the website: gathers every page, download and hand-written document, then writes what changed.

Everything is gathered before anything is written, and what changed is staged before anything is replaced, so a failure
halfway leaves the previous output whole. Writes plain Markdown and knows nothing of the engine that turns it to HTML.
"""

import datetime as dt
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import changeset
from generator.records.store import unwatched
from generator.review import Review
from generator.site import exports, feeds, metadata, pages
from generator.site.messages import plain
from generator.wording.templates import render

OUTPUT = "build/docs"
PIECES = "build/pieces"
"""What is kept of a build for the next one (`generator.site.pieces`)."""
_FRONT = re.compile(r"---[ \t]*\n")
"""The first line of a page that has a front matter of its own."""
_OURS = "api/v1/index.json"
"""A file that every build writes and nobody else does."""


@dataclass(frozen=True)
class Past:
    """That the site shows an earlier day, and what of that day the records can no longer tell."""

    day: dt.date
    missing: tuple[str, ...]
    """Each in a sentence."""


class DocumentError(Exception):
    """A hand-written document cannot be a page of the site; the text names it and says why."""


@dataclass(frozen=True)
class Written:
    """What writing changed."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    n_files: int


def gather(
    review: Review, documents: Path, watch: Callable[[str], None] = unwatched, past: Past | None = None
) -> dict[str, bytes]:
    """Return every file of the site by its path: generated pages, downloads, and the hand-written `documents`.

    `watch` is told the path of each file; `past` is said on every page. Raises `DocumentError` when a document cannot
    be a page.
    """
    files: dict[str, bytes] = {}

    def add(path: str, content: bytes) -> None:
        if path in files:
            raise DocumentError(
                f"{path}: two files of the site claim this path; give the hand-written one another name"
            )
        watch(path)
        files[path] = content

    ends: dict[str, str] = {}
    name = f"review: {json.dumps(plain(review.protocol.short_title))}"

    def whole(path: str, text: str) -> bytes:
        """Return a page with the name of the review in its front matter, for the theme, and with its end."""
        opened = _FRONT.match(text)
        front = f"---\n{name}\n{text[opened.end() :]}" if opened else f"---\n{name}\n---\n\n{text}"
        folder = path[: path.rfind("/") + 1]
        if folder not in ends:
            ends[folder] = footer(review, f"{folder}index.md", past)
        return (front + ends[folder]).encode()

    for page in pages.every(review):
        add(page.path, whole(page.path, page.text))
    for path, content in (*exports.every(review), *feeds.every(review), *metadata.files(review)):
        add(path, content)
    for file in sorted(documents.rglob("*")):
        path = file.relative_to(documents).as_posix()
        if file.is_file() and "/." not in f"/{path}":  # the theme in docs/.theme is no part of the pages
            add(path, whole(path, _text(path, file)) if path.endswith(".md") else file.read_bytes())
    return files


def _text(path: str, file: Path) -> str:
    """Return the words of a hand-written page, whatever system and program wrote it; in UTF-8 all the same."""
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path}: expected text in UTF-8, found another encoding at byte {error.start}") from None


def footer(review: Review, path: str, past: Past | None = None) -> str:
    """Return the lines that end every page: the three dates, the living status, and whether it shows an earlier day.

    `path` is any page of the folder; its addresses hold for all of them.
    """
    return "\n" + render("site/pages/footer.md.j2", path, review=review, living=review.living, past=past)


def write(root: Path, files: dict[str, bytes], folder: Path = Path(OUTPUT)) -> Written:
    """Make `folder`, seen from `root`, hold exactly `files`, touching only what differs."""
    output = root / folder
    stage = output.with_name(f"{output.name}.staged")
    changeset.finish(output, stage)
    present = set(_present(output))
    changed = [path for path, content in files.items() if path not in present or _held(output, path) != content]
    removed = sorted(present - files.keys())
    if changed or removed:
        changeset.apply(output, stage, {path: files[path] for path in changed}, removed)
    return Written(tuple(changed), tuple(removed), len(files))


def _held(output: Path, path: str) -> bytes:
    """Return the content of a file; read in the plain way, as there are thousands."""
    with open(f"{output}/{path}", "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def _present(output: Path) -> Iterator[str]:
    """Yield the path of every file that the folder holds; walked in the plain way, as there are thousands."""
    for folder, _, names in os.walk(output):
        below = Path(folder).relative_to(output).as_posix()
        yield from (name if below == "." else f"{below}/{name}" for name in names)


def may_write(output: Path) -> bool:
    """Return whether a folder is ours to fill: it is not there, is empty, or holds what an earlier build wrote."""
    if not output.exists():
        return True
    return output.is_dir() and (not any(output.iterdir()) or (output / _OURS).is_file())

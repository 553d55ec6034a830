"""Texts kept in a folder from one build to the next, under the digest of all that they are made from.

Removing the folder is always safe: what is not found, damaged, or of another program is made again.
"""

import hashlib
import marshal
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from generator import changeset
from generator.wording import templates

_LIBRARIES = ("jinja2", "markupsafe", "pydantic", "pyyaml")
"""Libraries that a record or a kept text passes through."""
_NAME = re.compile(r"[0-9a-f]{64}")
"""Names of our files; others in the folder are left alone."""
_SEAL_BYTES = 4
_MARSHAL_VERSION = 2
"""The newest whose bytes follow from the texts alone; later ones also tell how often a text is in use."""


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    """Yield every module and template below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path)
            elif entry.name.endswith((".py", ".j2")):
                yield entry


def _stamps() -> dict[str, tuple[int, int]]:
    """Return when each file of the program was last written, and its size."""
    stats = {entry.path: entry.stat() for entry in _files(str(templates.FOLDER))}
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in stats.items()}


def _program(paths: Iterable[str]) -> str:
    """Return the digest of the program: its modules and templates, and what it runs on."""
    digest = hashlib.sha256(" ".join([sys.version, *map(version, _LIBRARIES)]).encode())
    for path in sorted(paths):
        file = Path(path)
        content = file.read_bytes()
        digest.update(f"\n{file.relative_to(templates.FOLDER).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


_AT_START = _stamps()
"""The files of the program when it was loaded. When they have been written since, nothing is used or kept."""
PROGRAM = _program(_AT_START)
"""Digest of the program as it was then, to be part of every digest."""


class Texts:
    """The texts made of one thing: those found, and those that this build used."""

    def __init__(self, found: Mapping[str, str]) -> None:
        self.found, self.used = found, dict[str, str]()

    def text(self, name: str, write: Callable[[], str]) -> str:
        """Return the text of a name; written now where none is kept."""
        text = self.used.get(name)
        if text is None:
            text = self.found.get(name)
            text = self.used[name] = write() if text is None else text
        return text


class Pieces:
    """The pieces kept in a folder, one file for each digest; only those that a build uses stay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stage = folder.with_name(f"{folder.name}.staged")
        self._by_digest: dict[str, Texts] = {}
        self._trusted = _stamps() == _AT_START

    def of(self, digest: str) -> Texts:
        """Return the texts made of what has this digest."""
        if digest not in self._by_digest:
            self._by_digest[digest] = Texts(_read(self._folder, digest) if self._trusted else {})
        return self._by_digest[digest]

    def keep(self) -> None:
        """Make the folder hold what this build used; nothing when the program's files changed meanwhile."""
        changeset.finish(self._folder, self._stage)
        present = {file.name for file in self._folder.glob("*") if _NAME.fullmatch(file.name)}
        kept = self._by_digest if self._trusted and _stamps() == _AT_START else {}
        changed = {digest: _packed(digest, texts.used) for digest, texts in kept.items() if texts.used != texts.found}
        dropped = present - kept.keys()
        if changed or dropped:
            changeset.apply(self._folder, self._stage, changed, dropped)


def _packed(digest: str, texts: Mapping[str, str]) -> bytes:
    """Return the content of a file: its seal and the texts by name, in the form of Python's own compiled files."""
    content = marshal.dumps({name: str(text) for name, text in texts.items()}, _MARSHAL_VERSION)
    return _seal(digest, content) + content


def _seal(digest: str, content: bytes) -> bytes:
    """Return what stands before the content of the file for this digest; by it a damaged or foreign one is known."""
    return zlib.crc32(content, zlib.crc32(digest.encode())).to_bytes(_SEAL_BYTES)


def _read(folder: Path, digest: str) -> dict[str, str]:
    """Return the texts of a file that was written under this name and is whole, else none."""
    try:
        with open(f"{folder}/{digest}", "rb", buffering=0) as file:  # noqa: PTH123 - in the plain way: there are many
            held = file.read()
    except OSError:
        return {}
    seal, content = held[:_SEAL_BYTES], held[_SEAL_BYTES:]
    if seal != _seal(digest, content):
        return {}
    texts: dict[str, str] = marshal.loads(content)  # noqa: S302 - whole, as the seal shows, and written by `_packed`
    return texts

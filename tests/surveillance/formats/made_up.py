"""The made-up export files in `examples`, written by hand after the layouts of the real ones."""

from pathlib import Path

from generator.surveillance.formats import FormatError, Parsed, read

FOLDER = Path(__file__).parent / "examples"
NAMES = tuple(sorted(path.name for path in FOLDER.iterdir()))


def raw(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def parsed(name: str) -> Parsed:
    return read(name, raw(name), "made-up-source")


def read_or_refused(name: str, content: bytes) -> Parsed | FormatError:
    try:
        return read(name, content, "made-up-source")
    except FormatError as error:
        return error


def records_are_equal(first: Parsed, second: Parsed) -> bool:
    return first.records == second.records and first.format == second.format

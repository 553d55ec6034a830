"""The search log of a day, one run longer. What stands in it already is kept byte for byte."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from generator.model import records as kinds
from generator.model.records import FOLDER, path_of
from generator.model.search_run import SearchDay
from generator.records import form, yamlfile


class LogError(Exception):
    """The log of the day cannot be added to; nothing has changed."""


@dataclass(frozen=True)
class Occasion:
    """When sources were searched, and with which version of this software."""

    at: dt.datetime | dt.date
    """A moment in UTC, or a day where the hour is not known."""
    version: str

    @property
    def on(self) -> dt.date:
        """The day."""
        return self.at.date() if isinstance(self.at, dt.datetime) else self.at

    @property
    def run(self) -> str:
        """The search log of the day, as candidates refer to it: 2026/2026-01-31."""
        return f"{self.on:%Y}/{self.on:%Y-%m-%d}"

    @property
    def text(self) -> str:
        """The moment as a search run writes it."""
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ}" if isinstance(self.at, dt.datetime) else f"{self.on}"


def with_run(root: Path, occasion: Occasion, run: dict[str, object]) -> dict[str, bytes]:
    """Return the log of the day with `run` at its end, by its path below `studies/`.

    Raises `LogError` when the log has a form that a run cannot be added to, and when it holds a run of a later hour:
    a clock was wrong, and runs stand in the order of time.
    """
    name = kinds.SEARCH.pattern.replace("{id}", occasion.run)
    path = root / FOLDER / name
    before = path.read_bytes() if path.is_file() else b"runs:\n"
    lines = yamlfile.dump({"runs": [run]}).split("\n", 1)[1]
    indent = _indent_of_runs(before.decode("utf-8")) if path.is_file() else ""
    added = "".join(f"{indent}{line}\n" for line in lines.splitlines())
    after = before.rstrip() + b"\n" + added.encode()
    old, new = yamlfile.read(before).data, yamlfile.read(after).data
    kept = old["runs"] if isinstance(old, dict) and path.is_file() else []
    day, problems = form.validate(SearchDay, yamlfile.read(after), "")
    if not isinstance(new, dict) or new.get("runs", [])[:-1] != kept or problems or day is None:
        raise LogError(f"{path_of(kinds.SEARCH, occasion.run)} cannot be added to: write its runs as a list, '- ' each")
    moments = [one.at for one in day.runs if isinstance(one.at, dt.datetime)]
    if isinstance(occasion.at, dt.datetime) and max(moments) != moments[-1]:
        told = f"holds a run of {max(moments):%H:%M:%S} UTC, and the clock says {occasion.at:%H:%M:%S}"
        raise LogError(f"{path_of(kinds.SEARCH, occasion.run)} {told}: set the clock right, or run this again later")
    return {name: after}


def _indent_of_runs(text: str) -> str:
    line = next((line for line in text.splitlines() if line.lstrip().startswith("- ")), "")
    return line[: len(line) - len(line.lstrip())]

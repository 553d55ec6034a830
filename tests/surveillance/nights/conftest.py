"""A review on tea that is searched nightly in a made-up world."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from generator.keeping import recording
from generator.records import store
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.asking.web import Web
from generator.surveillance.nightly import night
from tests.surveillance.nights.faults import Faulty
from tests.surveillance.nights.world import World

FEED = "https://example.org/made-up-feed.xml?a=1&b=2"


SHORT = 0.15
"""Seconds after which a test gives a stalled server up."""


@dataclass
class Nights:
    """A review below `root` and the world it is searched in."""

    root: Path
    server: Faulty
    world: World
    found: list[night.Night] = field(default_factory=list)
    read_timeout: float = 5
    """Seconds; `SHORT` while the server may stall. Without a stall a busy machine must not look like one."""

    def search(self, on: dt.date, hour: int = 2, **asking: object) -> night.Night:
        """Search on a day, write what was found, and return it."""
        self.world.today = on
        recording.recover(self.root)
        found = self.plan(on, hour, **asking)
        recording.record(self.root, found.files)
        self.found.append(found)
        return found

    def plan(self, on: dt.date, hour: int = 2, **asking: object) -> night.Night:
        """Search on a day and write nothing."""
        records = store.load(self.root).records
        assert records.protocol
        at = dt.datetime(on.year, on.month, on.day, hour, tzinfo=dt.UTC)
        asked = night.Asking(records, records.protocol, self.root, Occasion(at, "1.2.3"))
        return night.search(replace(asked, **asking), self.web())  # type: ignore[arg-type]

    def web(self) -> Web:
        """Return a client that asks the made-up world and waits for milliseconds only."""
        paths = {"OPENALEX": "openalex", "CLINICALTRIALS": "ctgov", "CROSSREF": "crossref"}
        addresses = {f"LIVING_REVIEW_{name}_URL": f"{self.server.address}/{path}" for name, path in paths.items()}
        return Web(
            "made-up test",
            addresses,
            attempts=2,
            first_wait=0.001,
            longest_wait=0.05,
            read_timeout=self.read_timeout,
            deadline=4,
            max_bytes=2_000_000,
        )

    def offered(self) -> list[str]:
        """Return what stands in every new candidate, sorted; what was offered twice stands twice."""
        candidates = store.load(self.root).records.candidates.values()
        named = (one.identifiers.doi or one.identifiers.registration or "" for one in candidates)
        return sorted(name for name in named if name.startswith(("10.5555/made-up-world.", "NCT9000")))

    def visible(self) -> list[str]:
        """Return what the world shows today, sorted."""
        return sorted(one.key for trial in (False, True) for one in self.world.visible(trial))


@contextmanager
def begin(root: Path, world: World) -> Iterator[Nights]:
    """Let the made-up review below `root` be searched in a world: a database, a register and a feed."""
    with Faulty(world.answer) as server:
        protocol = root / "studies" / "protocol.yml"
        text = protocol.read_text(encoding="utf-8").replace(FEED, f"{server.address}/feed.xml")
        register = "name: Made-up Cup Register, kind: register,"
        assert register in text
        protocol.write_text(text.replace(register, f"{register} module: clinicaltrials,"), encoding="utf-8")
        yield Nights(root, server, world)


@pytest.fixture
def nights(made_up_copy: Path) -> Iterator[Nights]:
    """Give the made-up review with its sources in an empty made-up world."""
    with begin(made_up_copy, World()) as found:
        yield found

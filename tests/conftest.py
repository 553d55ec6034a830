"""What every test may rely on: no network, no unheard warnings, and the two reviews that the tests read."""

import gc
import logging
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)  # how busy the machine is says nothing about the code
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
MADE_UP = ROOT / "tests" / "reviews" / "made-up-tea"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "", None})

LONGEST = (
    "tests/browser/test_accessibility.py",
    "tests/browser/test_every_page.py",
    "tests/surveillance/nights/test_nights.py",
    "tests/github/test_pull_requests.py",
    "tests/workflows/",
    "tests/browser/",
    "tests/surveillance/dedupe/test_made_up.py",
    "tests/site/test_pieces.py",
    "tests/test_built_site.py",
    "tests/test_zensical.py",
    "tests/github/",
    "tests/test_mkdocs_hook.py",
    "tests/test_cli.py",
    "tests/keeping/",
)
"""Files and folders whose tests take longest, the longest first: where processes share the tests out by files, these
begin while there is still enough to do for every process."""


def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-xdist, where it is used, keep this order instead of beginning with the files of most tests."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_sessionstart() -> None:
    """Let the collector of cycles rest until all tests are collected: reading them makes few."""
    gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the order within each stays."""
    ranks = {name: rank for rank, name in enumerate(LONGEST)}

    def rank(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT).as_posix()
        return ranks.get(path, min((ranks[name] for name in LONGEST if path.startswith(name)), default=len(LONGEST)))

    items.sort(key=rank)


def pytest_collection_finish() -> None:
    """Spare the collector of cycles what stays to the end, and let it walk the rest less often: a tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


class NetworkBlockedError(AssertionError):
    """A test asked another machine for something."""


def _refuse(host: object) -> None:
    if host not in LOOPBACK:
        raise NetworkBlockedError(f"tests must not use the network: {host!r}")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets reach this machine only, so that a forgotten recorded response fails at once."""

    def guard(name: str) -> None:
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any) -> Any:  # noqa: ANN401 - as in the standard library
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _refuse(address[0])
            return original(self, address)

        monkeypatch.setattr(socket.socket, name, guarded)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        _refuse(host)
        return look_up(host, *arguments, **options)

    look_up = socket.getaddrinfo
    guard("connect")
    guard("connect_ex")
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture(autouse=True)
def _no_logged_warnings() -> Iterator[None]:
    """Fail a test during which the generator logged a warning; other libraries may log what they like."""
    heard: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("generator")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    assert not heard, f"logged during the test: {heard}"


@pytest.fixture(scope="session")
def recorded_responses() -> Path:
    """Return the folder of recorded responses of the sources, given by the variable RECORDED_RESPONSES."""
    named = os.environ.get("RECORDED_RESPONSES", "")
    if not named:
        pytest.skip("RECORDED_RESPONSES does not name the folder of recorded responses")
    folder = Path(named)
    if not folder.is_dir():
        pytest.skip(f"RECORDED_RESPONSES names {named}, which is no folder")
    return folder


@pytest.fixture(scope="session")
def real_review() -> Path:
    """Return the folder that holds this repository's own review. Tests only read it."""
    return ROOT


@pytest.fixture(scope="session")
def made_up_review() -> Path:
    """Return the folder of the made-up review on another subject. Tests only read it."""
    return MADE_UP


@pytest.fixture
def made_up_copy(tmp_path: Path) -> Path:
    """Return the folder of a copy of the made-up review that the test may change."""
    return shutil.copytree(MADE_UP, tmp_path / "made-up-tea")

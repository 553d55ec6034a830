"""The fixture `serve`: a server on this machine, and a `Web` whose sources are asked there."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from generator.surveillance.asking.web import Web
from tests.surveillance.sources.server import Received, Route, Server


@dataclass(frozen=True)
class Served:
    """What a test asks and looks at."""

    web: Web
    address: str
    requests: list[Received]


Serve = Callable[..., Served]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Give `serve(routes, *names, **environment)`.

    `serve({"/works": in_turn(as_json({}))}, "OPENALEX", OPENALEX_API_KEY="made-up")` starts the server, sets
    `LIVING_REVIEW_OPENALEX_URL` to its address, and gives a `Web` that waits for milliseconds only.
    """
    with ExitStack() as open_ones:
        servers: list[Server] = []

        def start(routes: Mapping[str, Route], *names: str, **environment: str) -> Served:
            server = open_ones.enter_context(Server(routes))
            servers.append(server)
            addresses = {f"LIVING_REVIEW_{name}_URL": server.address for name in names}
            web = Web(
                agent="made-up test",
                environment=addresses | environment,
                attempts=3,
                first_wait=0.01,
                longest_wait=0.2,
                read_timeout=2,
                deadline=5,
            )
            return Served(web, server.address, server.requests)

        yield start
    for server in servers:
        if server.failures:
            raise server.failures[0]

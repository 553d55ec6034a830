"""What the verbs that ask services share: the web client and the moment of asking."""

import datetime as dt
import os
from importlib.metadata import version

from generator.cli.repository import token
from generator.cli.verbs import github_name
from generator.github.api import Api
from generator.model.protocol import Protocol
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.asking.web import Web


def web_client(protocol: Protocol | None = None) -> Web:
    """Return the client that asks services, with name, version and contact.

    Services ask for it, and write before they block. The contact is `LIVING_REVIEW_CONTACT`, else the address of the
    site or the repository.
    """
    stated = (protocol.site or protocol.repository or "") if protocol else ""
    contact = os.environ.get("LIVING_REVIEW_CONTACT", "").strip() or stated
    agent = f"living-review/{version('living-review')}"
    return Web(f"{agent} ({contact})" if contact and contact.isprintable() else agent, os.environ)


def now() -> Occasion:
    """Return this moment and the version of this software."""
    return Occasion(dt.datetime.now(dt.UTC), version("living-review"))


def repository_api() -> Api:
    """Return GitHub's interface for the repository that the environment names, with the token of the environment."""
    return Api(github_name(), token(), web_client(), os.environ.get("GITHUB_API_URL", ""))

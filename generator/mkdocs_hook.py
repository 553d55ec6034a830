"""The one thin adapter to MkDocs: regenerate the pages before each build, and watch the records in `mkdocs serve`.

Other engines read the folder that `living-review build` has written.
"""

import logging
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer

from generator import cli, problems
from generator.build import DOCUMENTS, build
from generator.model.records import FOLDER
from generator.records import checking
from generator.site import website
from generator.wording import templates

_log = logging.getLogger("mkdocs.hooks.living_review")


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def on_pre_build(config: MkDocsConfig) -> None:
    """Write the pages from the records; stop the build when the records have errors.

    The site's address comes from the protocol too, for canonical links and the site map.
    """
    try:
        built = build(_root(config), cli.today())
    except website.DocumentError as error:
        raise PluginError(f"{DOCUMENTS}/{error}") from None
    if built.written is None:
        raise PluginError(
            "the records have errors; the pages were left as they were\n" + problems.to_terminal(built.checked.problems)
        )
    protocol = built.checked.records.protocol
    if protocol is not None and protocol.site and not config.site_url:  # a preview has set its own address
        config.site_url = f"{protocol.site.rstrip('/')}/"
    _log.info(checking.summary_line(built.checked))


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> None:  # noqa: ANN401 - MkDocs hands in more
    """Watch what the pages are made from instead of the folder they are written into."""
    root = _root(config)
    server.unwatch(str(root / website.OUTPUT))
    for source in (root / FOLDER, root / DOCUMENTS, templates.FOLDER):
        server.watch(str(source))

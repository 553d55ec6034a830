"""The command line at the made-up moment of the variable MADE_UP_NOW. Only the clock is another."""

import datetime as dt
import os
import sys
from importlib.metadata import version

from generator.cli import services, verbs
from generator.surveillance.arriving.search_log import Occasion

_NOW = dt.datetime.fromisoformat(os.environ["MADE_UP_NOW"])
services.now = lambda: Occasion(_NOW, version("living-review"))
verbs.today = _NOW.date

if __name__ == "__main__":
    from generator import cli

    sys.exit(cli.run())

"""The command line: verbs only. The one module that prints, exits and reads the clock."""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from generator import checking, problems, schema, site
from generator.model.values import unexpected
from generator.review import Review

FINE, PROBLEMS, USAGE, SOURCE_FAILED = 0, 1, 2, 3
"""Exit codes: fine, problems in records, wrong usage, a source failed."""

"""`living-review schema`: the JSON Schema files that editors use."""

import argparse
from pathlib import Path

from generator.cli.verbs import FINE, Verbs, verb
from generator.model.records import FOLDER
from generator.records import schema

SCHEMA_FOLDER = f"{FOLDER}/schema"


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    verb(
        verbs,
        "schema",
        _schema,
        f"write the JSON Schema files for editors into {SCHEMA_FOLDER}/",
        "The schema files are made from the record model. An editor that understands the first line of a record\n"
        "(# yaml-language-server: ...) then completes field names and marks mistakes while you type.",
        "example:\n  living-review schema",
    )


def _schema(options: argparse.Namespace) -> int:
    changed = schema_files(options.root)
    print(f"{SCHEMA_FOLDER}: {changed} of {len(schema.schemas())} files changed")
    return FINE


def schema_files(root: Path) -> int:
    """Write the JSON Schema files below `root` and return how many changed."""
    changed = 0
    for name, text in schema.schemas().items():
        path = root / SCHEMA_FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed += 1
    return changed

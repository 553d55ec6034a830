"""`living-review cite`: the files at the top of the repository that say how to cite the review."""

import argparse
import sys
from pathlib import Path

from generator import problems
from generator.cli.verbs import FINE, PROBLEMS, Verbs, verb
from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.records import checking
from generator.site.metadata import citation_files


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    verb(
        verbs,
        "cite",
        _cite,
        "write CITATION.cff and .zenodo.json from the records",
        "Code hosts and archives read these two files to say how the repository is cited. They name the newest\n"
        "published version and its authors; before there is one, the contributors as a body.",
        "example:\n  living-review cite",
    )


def _cite(options: argparse.Namespace) -> int:
    checked = checking.check(options.root)
    protocol = checked.records.protocol
    if protocol is None or checked.n_errors:
        print(problems.to_terminal(checked.problems), end="")
        print("Nothing was written: mend the errors first.", file=sys.stderr)
        return PROBLEMS
    for path in write_citation_files(options.root, checked.records, protocol):
        print(f"{path} was written")
    return FINE


def write_citation_files(root: Path, records: Records, protocol: Protocol) -> list[str]:
    """Write the files for the newest published version, if there is one, and return the paths of those that changed."""
    versions = records.versions.versions if records.versions else ()
    changed = []
    for name, text in citation_files(protocol, versions[-1] if versions else None).items():
        path = root / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed

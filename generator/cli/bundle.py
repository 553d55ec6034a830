"""`living-review bundle`: one published version as a ZIP that stays as it is: offline pages, tables, references."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from generator import build as building
from generator import problems
from generator.cli.verbs import FINE, PROBLEMS, USAGE, Verbs, verb
from generator.keeping import releasing
from generator.model.protocol import Protocol
from generator.model.version import Version
from generator.records.checking import Checked
from generator.site import bundle, website

_WORK = Path("build/bundle")


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    bundles = verb(
        verbs,
        "bundle",
        _bundle,
        "pack a published version into one file that is kept and never changed",
        "Rebuilds the review as it was known on the day of the version, turns it into pages that open without a\n"
        "network, and packs them with every table (CSV, JSON), the references (RIS) and the checklists into one ZIP.\n"
        "The same records give the same bytes. Make it once, when the version is published, and commit it.",
        "example:\n  living-review bundle 1.0 --output docs/versions/1.0.zip",
    )
    bundles.add_argument("version", metavar="VERSION", help="a version of studies/versions.yml")
    bundles.add_argument(
        "--output",
        type=Path,
        metavar="FILE.zip",
        help="file to write, from --root (default: docs/versions/VERSION.zip)",
    )


def _bundle(options: argparse.Namespace) -> int:
    return make_bundle(options.root, options.version, options.output)


def make_bundle(root: Path, number: str, path: Path | None = None) -> int:
    """Write the bundle of the version `number` to `path`, seen from `root`, and return the exit code."""
    output = root / (path or releasing.bundle_path(number))
    version, known = releasing.published(root, number)
    if version is None:
        listed = f"Published: {', '.join(known)}." if known else "No version has been published yet."
        print(f"There is no version {problems.printable(number)}. {listed}", file=sys.stderr)
        return USAGE
    if output.exists():
        print(f"{output} is there already, and a bundle is never changed.", file=sys.stderr)
        return USAGE
    pages, site = root / _WORK / "pages", root / _WORK / "site"
    try:
        built = building.build(root, version.on, as_of=True, output=_WORK / "pages")
    except website.DocumentError as error:
        print(f"{building.DOCUMENTS}/{problems.printable(str(error))}\nNothing was written.", file=sys.stderr)
        return PROBLEMS
    if built.written is None or built.checked.records.protocol is None:
        return _stop(built.checked)
    done = _make_site(root, version)
    if done.returncode != 0:
        print(f"The site engine could not build {pages}:\n{done.stdout}{done.stderr}", file=sys.stderr)
        return PROBLEMS
    packed = _pack(site, built.checked.records.protocol, version)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(packed)
    print(f"{output}: version {version.version}, {len(packed) // 1000} kB")
    return FINE


def _stop(checked: Checked) -> int:
    print(problems.to_terminal(checked.problems), end="")
    print("Nothing was written: mend the errors first.", file=sys.stderr)
    return PROBLEMS


def _make_site(root: Path, version: Version) -> "subprocess.CompletedProcess[str]":
    """Turn the pages into a site; the settings go in by the standard input, so that no file is left behind."""
    arguments = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--clean", "--config-file", "-"]
    return subprocess.run(  # noqa: S603 - no word of it comes from outside
        arguments,
        cwd=root,
        input=bundle.settings((_WORK / "pages").as_posix(), (_WORK / "site").as_posix()),
        env={**os.environ, "SOURCE_DATE_EPOCH": bundle.epoch(version), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def _pack(site: Path, protocol: Protocol, version: Version) -> bytes:
    files = {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}
    return bundle.pack(files, protocol, version)

"""`living-review release`: write the entry of a new published version, once everything that belongs to it is stated."""

import argparse
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

from generator import problems
from generator.cli.bundle import make_bundle
from generator.cli.verbs import FINE, PROBLEMS, USAGE, Verbs, day, exit_code, today, verb
from generator.keeping import recording, releasing
from generator.keeping.releasing import ReleaseError, Stated
from generator.model.records import VERSIONS
from generator.model.version import VersionKind
from generator.records import checking
from generator.review import Review
from generator.review.as_of import records_as_of
from generator.site.metadata import citation_files

_DESCRIPTION = """\
Checks that the records have no errors, that a version is due, that its kind and number follow the rule (X.0:
conclusions, certainty or eligibility changed; x.Y: studies or data changed; x.y.Z: a correction), and that authors,
roles, trigger and changes are stated. Computes the date of the search and the studies. Appends the entry to
studies/versions.yml, renews CITATION.cff and .zenodo.json, and prints the commands that publish it. It runs no git,
unless told to by --commit: then it makes the bundle too, and leaves one commit that is ready to be tagged. What fails
on the way leaves everything as it was."""
_EXAMPLE = """\
example:
  living-review release 1.1 --kind evidence --trigger "A second trial" \\
    --methods-changes none --results-changes "One trial was added" \\
    --conclusions unchanged \\
    --author family-name Conceptualization "Data curation" \\
    --author other-name Investigation"""


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    releases = verb(verbs, "release", _release, "write the entry of a new published version", _DESCRIPTION, _EXAMPLE)
    releases.add_argument("version", metavar="VERSION", help="its number, such as 1.0, 1.1 or 1.1.1")
    releases.add_argument("--kind", required=True, choices=[str(kind) for kind in VersionKind])
    releases.add_argument("--trigger", required=True, metavar="TEXT", help="what made the version due")
    releases.add_argument("--methods-changes", required=True, metavar="TEXT", help="none when nothing changed")
    releases.add_argument("--results-changes", required=True, metavar="TEXT", help="what changed in the results")
    releases.add_argument(
        "--conclusions",
        required=True,
        choices=["changed", "unchanged"],
        help="whether conclusions or certainty changed; for the first version: changed",
    )
    releases.add_argument(
        "--author",
        action="append",
        nargs="+",
        default=[],
        metavar=("ID", "ROLE"),
        help="a person of studies/protocol.yml and what they did (CRediT terms); once for each, in order",
    )
    releases.add_argument("--doi", metavar="DOI", help="DOI of the version, when one is reserved already")
    releases.add_argument("--retires", action="store_true", help="it is the last version of the review")
    releases.add_argument(
        "--commit",
        action="store_true",
        help="also make the bundle, and a git commit of it all that is ready to be tagged",
    )
    releases.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="day of publication (default: today, UTC)")


def _release(options: argparse.Namespace) -> int:
    root: Path = options.root
    recording.recover(root)
    if options.on and options.on > today():
        print(f"--on {options.on}: this day is still to come.", file=sys.stderr)
        return USAGE
    checked = checking.check(root)
    if checked.records.protocol is None or exit_code(checked.problems) != FINE:
        print(problems.to_terminal(checked.problems), end="")
        print("Nothing was written: mend the errors first.", file=sys.stderr)
        return PROBLEMS
    stated = _stated(options)
    known = replace(records_as_of(checked.records, stated.on), versions=checked.records.versions)
    review = Review(known, checked.records.protocol, stated.on)
    refused = (*releasing.refusals(review, stated), *(_unready(root) if options.commit else ()))
    if refused:
        return _refuse(refused)
    path = root / releasing.PATH
    try:
        raw = releasing.with_version(path.read_bytes() if path.is_file() else None, releasing.entry(review, stated))
        version = releasing.read_back(checked.records, raw)
    except ReleaseError as error:
        return _refuse(error.reasons)
    texts = citation_files(checked.records.protocol, version)
    commands = releasing.commands(stated.version, [releasing.PATH, *texts])
    with _undone_unless_set(root, (releasing.PATH, *texts, releasing.bundle_path(stated.version))) as done:
        for name, text in texts.items():
            (root / name).write_text(text, encoding="utf-8")
        recording.record(root, {VERSIONS.pattern: raw})  # last, because it decides that the version is there
        if not options.commit or _commit(root, stated.version, commands[1:-1]) == FINE:
            done.set()
    if not done.is_set():
        print(f"Version {stated.version} was not published; every file is as it was before.", file=sys.stderr)
        return PROBLEMS
    print(f"{releasing.PATH}: version {stated.version} is its newest entry. To publish it:")
    for command in commands[-1:] if options.commit else commands:
        print(f"  {command}")
    return FINE


def _unready(root: Path) -> tuple[str, ...]:
    """Return why a commit here would not hold the version, or more than the version."""
    status = _git(root, "status", "--porcelain")
    if status.returncode != 0:
        return (f"Git cannot tell the state of this folder: {status.stderr.strip()}.",)
    if status.stdout:
        return ("The folder has changes that are in no commit; a version is made from what is committed.",)
    return ()


def _commit(root: Path, version: str, commands: Sequence[str]) -> int:
    """Make the bundle and run the git commands that commit it with the entry; what fails is undone by the caller."""
    if make_bundle(root, version) != FINE:
        return PROBLEMS
    for command in commands:
        ran = _git(root, *shlex.split(command)[1:])
        if ran.returncode != 0:
            print(f"This failed: {command}\n{ran.stderr}", file=sys.stderr)
            _git(root, "reset", "--quiet")  # nothing else was in the index: see _unready
            return PROBLEMS
    return FINE


@contextmanager
def _undone_unless_set(root: Path, paths: Sequence[str]) -> Iterator[Event]:
    """Bring the files back as they were, also when somebody interrupts, unless the event that is given has been set."""
    before = {path: (root / path).read_bytes() if (root / path).is_file() else None for path in paths}
    done = Event()
    try:
        yield done
    finally:
        if not done.is_set():
            for path, content in before.items():
                _put_back(root / path, content)


def _put_back(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
        return
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()


def _git(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["git", *arguments]
    try:
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed list
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, "", f"git could not be started ({error.strerror})")


def _stated(options: argparse.Namespace) -> Stated:
    return Stated(
        version=options.version,
        kind=VersionKind(options.kind),
        on=options.on or today(),
        trigger=options.trigger,
        methods_changes=options.methods_changes,
        results_changes=options.results_changes,
        conclusions_changed=options.conclusions == "changed",
        authors=tuple((name, tuple(roles)) for name, *roles in options.author),
        doi=options.doi,
        retires=options.retires,
    )


def _refuse(reasons: tuple[str, ...]) -> int:
    print("This version cannot be published yet:", file=sys.stderr)
    for reason in reasons:
        print(f"- {problems.printable(reason)}", file=sys.stderr)
    print("Nothing was written.", file=sys.stderr)
    return PROBLEMS

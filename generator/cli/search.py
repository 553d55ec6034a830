"""`living-review search`: every strategy against its source, and what is new as candidates."""

import argparse
import sys
from pathlib import Path

from generator import problems
from generator.cli.services import now, web_client
from generator.cli.verbs import FINE, PROBLEMS, SOURCE_FAILED, USAGE, Verbs, exit_code, verb
from generator.keeping import recording
from generator.model.protocol import Protocol
from generator.model.records import CANDIDATE, Records, path_of
from generator.records import checking, store
from generator.review.living import asked_by_program
from generator.surveillance.arriving.arrivals import CandidateError
from generator.surveillance.arriving.search_log import LogError
from generator.surveillance.nightly import night
from generator.surveillance.nightly.summary import headline, summary


def add(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    searches = verb(
        verbs,
        "search",
        _search,
        "ask every source that is due, and write what is new as candidates",
        "Runs each strategy of studies/protocol.yml against its source, leaves out what the review knows, writes one\n"
        "candidate for each new record, brings known trials up to date, and adds the search run: all together or not\n"
        "at all. A source that fails is recorded with its reason and stays due; the others go on. Asked again on the\n"
        "same day, only what failed is asked. Keys, all optional: OPENALEX_API_KEY, NCBI_API_KEY.\n"
        "LIVING_REVIEW_CONTACT (a mail or web address) is told to the sources; LIVING_REVIEW_<SOURCE>_URL replaces\n"
        "the address of a source.",
        "examples:\n  living-review search\n  living-review search --source openalex --summary night.md\n"
        "  living-review search --also-known ../other-branch     (what waits there is not offered again)",
    )
    searches.add_argument(
        "--source", action="append", default=[], metavar="ID", help="ask only this source (repeatable)"
    )
    searches.add_argument("--again", action="store_true", help="ask also what was answered in full today")
    searches.add_argument("--summary", type=Path, metavar="FILE", help="write the night as Markdown")
    add_also_known(searches)
    searches.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="ID",
        help="believe the fallen total of this source, once; said when a search is gated",
    )


def add_also_known(parser: argparse.ArgumentParser) -> None:
    """Add the option that names other branches."""
    parser.add_argument(
        "--also-known",
        action="extend",
        nargs="+",
        type=Path,
        default=[],
        metavar="DIR",
        help="folders that hold another studies/, such as branches of open pull requests: not offered again",
    )


def _search(options: argparse.Namespace) -> int:
    recording.recover(options.root)
    checked = checking.check(options.root)
    protocol = checked.records.protocol
    if protocol is None or exit_code(checked.problems) != FINE:
        print(problems.to_terminal(checked.problems), end="")
        print("Nothing was searched: mend the errors first.", file=sys.stderr)
        return PROBLEMS
    wrong = _wrong_usage(options, protocol)
    if wrong:
        print(wrong, file=sys.stderr)
        return USAGE
    asking = night.Asking(
        records=checked.records,
        protocol=protocol,
        root=options.root,
        occasion=now(),
        only=tuple(options.source),
        again=options.again,
        accepted=frozenset(options.accept),
        also_known=other_records(options),
    )
    try:
        found = night.search(asking, web_client(protocol))
        recording.record(options.root, found.files)
    except (CandidateError, LogError) as error:
        print(f"{problems.printable(str(error))}\nNothing was written.", file=sys.stderr)
        return SOURCE_FAILED
    _tell(found, options.summary)
    return SOURCE_FAILED if found.failed else FINE


def _wrong_usage(options: argparse.Namespace, protocol: Protocol) -> str:
    known = [source.id for source in protocol.sources if asked_by_program(source)]
    for name in (*options.source, *options.accept):
        if name not in known:
            return f"There is no source {name!r} that a program can ask. Known: {', '.join(known)}"
    return missing_records(options) or no_place_for(options.summary)


def no_place_for(file: Path | None) -> str:
    """Return why a file could not be written once the night is over; empty when nothing stands against it."""
    if file and file.is_dir():
        return f"{file} is a folder; name a file."
    return f"There is no folder {file.parent} for {file.name}." if file and not file.parent.is_dir() else ""


def missing_records(options: argparse.Namespace) -> str:
    """Return what is wrong with the folders of other branches; empty when nothing is."""
    missing = next((path for path in options.also_known if not (path / "studies").is_dir()), None)
    return f"There is no folder studies/ in {missing}." if missing else ""


def other_records(options: argparse.Namespace) -> tuple[Records, ...]:
    """Return the records of other branches; a file there that cannot be read hides nothing, it is only not known."""
    found = []
    for path in options.also_known:
        loaded = store.load(path)
        found.append(loaded.records)
        for file in dict.fromkeys(one.path for one in loaded.problems if one.level is problems.Level.ERROR):
            told = problems.printable(str(path / file))
            print(f"needs attention: {told} cannot be read; what is in it may be offered again", file=sys.stderr)
    return tuple(found)


def _tell(found: night.Night, file: Path | None) -> None:
    if file:
        file.write_text(summary(found), encoding="utf-8")
    for one in found.counted:
        counts = f"{one.n_received} received, {one.n_new} new"
        print(f"{one.asked.due.source.id}: {problems.printable(one.asked.words)}, {counts}")
    for alarm in found.alarms:
        print(f"needs attention: {problems.printable(alarm)}", file=sys.stderr)
    for key, fields in found.arrivals.candidates.items():
        print(f"  {path_of(CANDIDATE, key)}  {problems.printable(str(fields['title']))}")
    for line in (*found.updated.changes, *found.updated.differences):
        print(f"  {problems.printable(line)}")
    print(headline(found) if found.counted else "No source was due.")

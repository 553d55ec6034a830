"""Rules about quotes: every fact rests on words that stand in a source, and a reader can see which."""

from collections.abc import Iterator
from dataclasses import replace

from generator import identifiers
from generator.model import records as kinds
from generator.model.records import FOLDER, Records, record_id
from generator.model.report import Access, Document
from generator.model.study import Exclusion, Study
from generator.model.trial import Trial
from generator.model.values import Part
from generator.problems import Level, Problem
from generator.records.curly import within_curly_marks
from generator.records.differences import first_difference
from generator.records.quotes import OMISSION, Quoting, Verdict, named_quotes, quoting_parts, verify_quotes
from generator.records.rules.files import PROTOCOL, reports
from generator.records.rules.names import unknown


def sources_name_a_quote(records: Records) -> Iterator[Problem]:
    """Every `source` names a quote that stands under `quotes` of the same record."""
    for quoting in quoting_parts(records):
        if quoting.used <= quoting.quotes.keys():
            continue
        for place, keys in named_quotes(quoting.part, quoting.place):
            for key in keys:
                yield from unknown(quoting.path, place, "the key of a quote of this record", key, quoting.quotes)


def sources_by_field_name_a_field(records: Records) -> Iterator[Problem]:
    """The names under `sources` are fields at the top of the same record."""
    for quoting in quoting_parts(records):
        if isinstance(quoting.part, Study | Trial):
            known = set(type(quoting.part).model_fields) - {"sources", "quotes"}
            for field in quoting.part.sources:
                yield from unknown(quoting.path, ("sources", field), "a field at the top of this record", field, known)


def quotes_are_used(records: Records) -> Iterator[Problem]:
    """A quote that nothing rests on is a left-over, or the fact it belongs to lacks its `source`."""
    for quoting in quoting_parts(records):
        if isinstance(quoting.part, Exclusion):  # its quotes show why it was excluded and need no field to name them
            continue
        if not quoting.used <= quoting.quotes.keys() or _lacks_sources(quoting.part):
            continue  # which are left over is known once it is mended
        for key in quoting.quotes:
            if key not in quoting.used:
                yield Problem(
                    quoting.path,
                    (*quoting.place, "quotes", key),
                    f"expected a fact that rests on the quote {key}, found none",
                    f"Write `source: {key}` beside the fact, or remove the quote.",
                    Level.WARNING,
                )


def _lacks_sources(part: Part) -> bool:
    return isinstance(part, Study) and "results" not in part.sources and not all(row.source for row in part.results)


def quotes_name_their_report(records: Records) -> Iterator[Problem]:
    """A quote names a report of the same study or a document of protocol.yml, so that a reader can look it up.

    A quote of a trial may also name one of the trial's registrations, in small letters and with hyphens for slashes:
    the registry was read. Its words lie in no file, so that such a quote is never verified here.
    """
    if not records.protocol:
        return
    for quoting in quoting_parts(records):
        known = {*records.protocol.documents, *_own_reports(quoting, records)}
        by_name: dict[str, list[str]] = {}
        for key, quote in quoting.quotes.items():
            by_name.setdefault(quote.report, []).append(key)
        for name, (first, *others) in by_name.items():
            place = (*quoting.place, "quotes", first, "report")
            expected = "the `id` of a report of this record, or a document of studies/protocol.yml"
            for problem in unknown(quoting.path, place, expected, name, known):
                more = f" The same stands in {', '.join(others)}." if others else ""
                yield replace(problem, hint=problem.hint + more)


def _own_reports(quoting: Quoting, records: Records) -> Iterator[str]:
    part = quoting.part
    if isinstance(part, Trial):
        own = identifiers.from_file_name(record_id(kinds.TRIAL, quoting.path.removeprefix(f"{FOLDER}/")))
        yield from (identifiers.file_name(one).lower() for one in (own, *part.secondary_ids) if one)
    study = records.included.get(part.study or "") if isinstance(part, Trial) else part
    if isinstance(study, Study | Exclusion):
        yield from (report.id for report in study.reports if report.id)


def quotes_stand_in_their_source(records: Records) -> Iterator[Problem]:
    """A quote from an open source whose text lies in studies/sources/ stands there word for word.

    White space may differ and `[…]` marks words left out; a single other character is an error.
    """
    verdicts = verify_quotes(records)
    for quoting in quoting_parts(records):
        for key, quote in quoting.quotes.items():
            place = (*quoting.place, "quotes", key)
            if verdicts[quoting.path, place] is Verdict.FAILED:
                where, found = first_difference(quote.text, records.source_texts[quote.report])
                yield Problem(
                    quoting.path,
                    (*place, "text"),
                    f"expected words that stand in the text of the source, found {found}",
                    f"{where} Copy the words from studies/sources/{quote.report}.txt again; {OMISSION} marks what you "
                    "leave out.",
                )


def quotes_bring_no_marks_of_their_own(records: Records) -> Iterator[Problem]:
    """A quote that nothing verifies does not stand in curly quotation marks: pages put marks around every quote.

    Where its source is on file, the comparison says whether the marks stand there too.
    """
    verdicts = verify_quotes(records)
    for quoting in quoting_parts(records):
        for key, quote in quoting.quotes.items():
            place = (*quoting.place, "quotes", key)
            is_open = verdicts[quoting.path, place] is Verdict.NOT_VERIFIABLE
            if is_open and within_curly_marks(quote.text) is not None:
                yield Problem(
                    quoting.path,
                    (*place, "text"),
                    f"expected the words alone, found {quote.text[0]!r} and {quote.text[-1]!r} around them",
                    "Curly quotation marks do not count; write straight ones, or none.",
                    Level.WARNING,
                )


def report_ids_are_unique(records: Records) -> Iterator[Problem]:
    """No two reports or documents of the review share an id: quotes and texts on file refer to them by it."""
    first = dict.fromkeys(_documents(records), PROTOCOL)
    for path, place, report in reports(records):
        if report.id is None:
            continue
        if report.id in first:
            yield Problem(
                path,
                (*place, "id"),
                f"expected an id of its own, found {report.id!r}, which {first[report.id]} has too",
                "Give this report another id, and name it in the quotes that are taken from it.",
            )
        else:
            first[report.id] = path


def texts_on_file_are_open(records: Records) -> Iterator[Problem]:
    """A full text in studies/sources/ belongs to a report or document with `access: open`; others may not be copied."""
    access = [(report.id, report.access) for _, _, report in reports(records) if report.id]
    access += [(name, document.access) for name, document in _documents(records).items()]
    known = {name for name, _ in access}
    open_ids = {name for name, how in access if how is Access.OPEN}
    for name in sorted(records.source_texts.keys() - open_ids):
        path = f"studies/sources/{name}.txt"
        if name in known:
            yield Problem(
                path,
                (),
                "expected the text of an open source, found one of a source whose access is not open",
                "Remove the text unless its licence allows copies; then write `access: open` beside the source.",
            )
        elif not records.unread:
            yield from unknown(path, (), "a file name that is the id of a report or document", name, known)


def _documents(records: Records) -> dict[str, Document]:
    return records.protocol.documents if records.protocol else {}


def open_documents_are_on_file(records: Records) -> Iterator[Problem]:
    """A document of protocol.yml with `access: open` has its text in studies/sources/, so that quotes are verified."""
    for name, document in _documents(records).items():
        if document.access is Access.OPEN and name not in records.source_texts:
            yield Problem(
                PROTOCOL,
                ("documents", name, "access"),
                f"expected the text studies/sources/{name}.txt, found none",
                "Put it there as plain text, or write how the document was read: restricted or secondary.",
                Level.WARNING,
            )


RULES = (
    sources_name_a_quote,
    sources_by_field_name_a_field,
    quotes_are_used,
    quotes_name_their_report,
    quotes_stand_in_their_source,
    quotes_bring_no_marks_of_their_own,
    report_ids_are_unique,
    texts_on_file_are_open,
    open_documents_are_on_file,
)

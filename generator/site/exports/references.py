"""The references of all reports, for reference managers: RIS, BibTeX and CSL-JSON.

BibTeX has a word for authors that are not named (`others`). RIS and CSL-JSON have none: an author "et al." would be
printed as a person's name and counted as one, so the note says it there.
"""

from collections.abc import Iterable, Iterator

from generator.model.report import ReportKind
from generator.model.study import Exclusion, Study
from generator.review import Review
from generator.review.references import Reference, document_references, studies_in_order, study_references
from generator.site.jsontext import Written, json_text, lines
from generator.site.pieces import BETWEEN, STUDIES, piece

_TYPES = {
    ReportKind.JOURNAL_ARTICLE: ("JOUR", "article", "article-journal"),
    ReportKind.REVIEW: ("JOUR", "article", "article-journal"),
    ReportKind.LETTER: ("JOUR", "article", "article-journal"),
    ReportKind.ERRATUM: ("JOUR", "article", "article-journal"),
    ReportKind.PREPRINT: ("UNPB", "misc", "article"),
    ReportKind.CONFERENCE_ABSTRACT: ("ABST", "inproceedings", "paper-conference"),
    ReportKind.THESIS: ("THES", "phdthesis", "thesis"),
    ReportKind.STUDY_REPORT: ("RPRT", "techreport", "report"),
    ReportKind.REGISTRATION: ("ELEC", "misc", "webpage"),
    ReportKind.REGISTRY_RESULTS: ("ELEC", "misc", "webpage"),
    ReportKind.OTHER: ("GEN", "misc", "document"),
}
"""Type of a report in RIS, BibTeX and CSL."""

_BIBTEX_SIGNS = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{sign: f"\\{sign}" for sign in "$&#%_"},
    }
)


def files(review: Review) -> Iterator[tuple[str, str]]:
    """Yield path and text of the references in each format."""
    texts = [_of_study(review, *one).split(BETWEEN) for one in studies_in_order(review.records)]
    texts.append(_written(document_references(review.protocol)).split(BETWEEN))
    in_ris, in_bibtex, in_csl = ([text for text in one if text] for one in zip(*texts, strict=True))
    yield "data/references.ris", "".join(in_ris)
    yield "data/references.bib", "\n".join(in_bibtex)
    yield "data/references.csl.json", json_text(Written("[\n" + ",\n".join(in_csl) + "\n]" if in_csl else "[]"))


def _of_study(review: Review, group: str, key: str, study: Study | Exclusion) -> str:
    if isinstance(study, Exclusion):
        return _written(study_references(group, key, study))

    def write(alone: Review, key: str) -> str:
        return _written(study_references(group, key, alone.records.included[key]))

    return piece(review, STUDIES, key, f"references {group}", write)


def _written(found: Iterable[Reference]) -> str:
    """Return references in each format, one text after another."""
    held = list(found)
    in_csl = ",\n".join(lines(csl(one), levels=1) for one in held)
    return BETWEEN.join(("".join(map(ris, held)), "\n".join(map(bibtex, held)), in_csl))


def ris(reference: Reference) -> str:
    """Return a reference in RIS: one line a tag, ended by ER."""
    first, _, last = reference.pages.partition("-")
    pairs = [
        ("TY", _TYPES[reference.kind][0]),
        ("ID", reference.key),
        ("TI", reference.title),
        *(("AU", f"{author.family}, {_dotted(author.initials)}") for author in reference.authors),
        ("PY", reference.year),
        ("T2", reference.journal),
        ("VL", reference.volume),
        ("IS", reference.issue),
        ("SP", first),
        ("EP", last),
        ("DO", reference.doi),
        ("AN", reference.pmid and f"PMID {reference.pmid}"),
        ("UR", reference.url),
        ("KW", reference.group),
        ("KW", reference.flag),
        ("N1", _note_with_authors(reference)),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in pairs if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def bibtex(reference: Reference) -> str:
    """Return a reference in BibTeX, its text escaped for LaTeX."""
    authors = [f"{author.family}, {_dotted(author.initials)}" for author in reference.authors]
    fields = {
        "title": reference.title,
        "author": " and ".join([*authors, *(["others"] if reference.more_authors else [])]),
        "year": reference.year,
        "journal": reference.journal,
        "volume": reference.volume,
        "number": reference.issue,
        "pages": reference.pages.replace("-", "--"),
        "keywords": ", ".join(word for word in (reference.group, reference.flag) if word),
        "note": _note(reference),
    }
    lines = [f"  {name} = {{{latex(value)}}}," for name, value in fields.items() if value]
    plain = {"doi": reference.doi, "pmid": reference.pmid, "url": reference.url}
    lines += [f"  {name} = {{{value}}}," for name, value in plain.items() if value and not set(value) & set("{}\\")]
    return "\n".join([f"@{_TYPES[reference.kind][1]}{{{reference.key},", *lines, "}", ""])


def csl(reference: Reference) -> dict[str, object]:
    """Return a reference in the form of the Citation Style Language (CSL-JSON 1.0)."""
    fields: dict[str, object] = {
        "id": reference.key,
        "type": _TYPES[reference.kind][2],
        "title": reference.title,
        "author": [{"family": one.family, "given": _dotted(one.initials)} for one in reference.authors],
        "issued": {"date-parts": [[reference.year]]} if reference.year else None,
        "container-title": reference.journal,
        "volume": reference.volume,
        "issue": reference.issue,
        "page": reference.pages,
        "DOI": reference.doi,
        "PMID": reference.pmid,
        "URL": reference.url,
        "keyword": ", ".join(word for word in (reference.group, reference.flag) if word),
        "note": _note_with_authors(reference),
    }
    return {name: value for name, value in fields.items() if value}


def _note(reference: Reference) -> str:
    note = f"Reference as recorded: {reference.citation}"
    if not reference.doi_as_printed:
        return note
    return f"{note.removesuffix('.')}. DOI as printed, not to be relied on: {reference.doi_as_printed}"


def _note_with_authors(reference: Reference) -> str:
    n_named = len(reference.authors)
    first = "author is" if n_named == 1 else f"{n_named} authors are"
    told = f"Only the first {first} named; there are more. " if reference.more_authors else ""
    return told + _note(reference)


def _dotted(initials: str) -> str:
    return " ".join(f"{initial}." for initial in initials.replace("-", ""))


def latex(value: object) -> str:
    """Return a value as text for LaTeX, on one line."""
    return one_line(value).translate(_BIBTEX_SIGNS)


def one_line(value: object) -> str:
    """Return a value on one line: in RIS a line break would end it."""
    return " ".join(str(value).split())

"""The protocol as the people of the review wrote it, with the words that were taken over from other documents."""

from collections.abc import Iterator

from generator import identifiers
from generator.model.protocol import Eligibility, Methods, Person, Protocol, TimeWindow
from generator.model.records import PROTOCOL, path_of
from generator.model.report import Access, Document
from generator.model.values import Missing
from generator.review import Review
from generator.review.places import edit_address, place_of, quotes_at
from generator.site.cells import identifier_cells
from generator.site.page import Page
from generator.site.tables.sources import schedule_words
from generator.wording import markdown
from generator.wording.table import Cell, Cells, Link, cell, texts
from generator.wording.templates import render
from generator.wording.words import design_label, priority_label

PATH = "protocol.md"
Fact = tuple[str, Cells]
"""A label, which may be a link, and what stands beside it."""

_METHODS = (
    ("selection", "Selection of studies"),
    ("extraction", "Extraction of data"),
    ("risk_of_bias", "Risk of bias"),
    ("effect_measures", "Effect measures"),
    ("synthesis", "Synthesis"),
    ("why_not_pooled", "What is never pooled, and why"),
    ("certainty", "Certainty"),
    ("reporting_bias", "Missing results"),
    ("uncontrolled", "Studies without a control group"),
)


def pages(review: Review) -> Iterator[Page]:
    """Yield the page of the protocol."""
    protocol = review.protocol
    body = render(
        "site/pages/protocol.md.j2",
        PATH,
        protocol=protocol,
        base=review.base_document,
        question=_question(protocol),
        include=[_criterion(one) for one in protocol.include],
        exclude=[_criterion(one) for one in protocol.exclude],
        facets=[(facet.label, texts(facet.values.values())) for facet in protocol.facets.values()],
        outcomes=[_outcome(review, position) for position in range(len(protocol.outcomes))],
        windows=[(window.label, Cell(_window(window))) for window in protocol.time_windows],
        methods=_methods(protocol.methods),
        tools=_tools(review),
        living=_living(protocol),
        schedules=[
            (_linked(dates.source.name, Link("searches.md", f"source-{dates.source.id}")), Cell(schedule_words(dates)))
            for dates in review.living.sources
        ],
        people=[(person.name, _person(review, person)) for person in protocol.people],
        registration=_registration(protocol),
        support=_support(protocol),
        documents=[(document.label, _document(document)) for document in protocol.documents.values()],
        base_quotes=quotes_at("", protocol.base_review.source) if protocol.base_review else (),
        quotes=[(key, key, quote, review.verdict(PROTOCOL, "", key)) for key, quote in protocol.quotes.items()],
        cell=cell,
        path=path_of(PROTOCOL),
        edit=edit_address(review, PROTOCOL),
    )
    yield Page(PATH, "Protocol", body, "The question, the criteria, the methods and the people of this review.")


def _question(protocol: Protocol) -> list[Fact]:
    question = protocol.question
    return [
        ("People", Cell(question.population)),
        ("Intervention", Cell(question.intervention)),
        ("Compared with", Cell(question.comparator)),
        ("Outcomes", Cell(question.outcomes)),
    ]


def _criterion(one: Eligibility) -> tuple[str, Cell]:
    """Return the id of a criterion and the criterion with its note and the words it was taken over from."""
    return one.id, Cell(one.label, sources=quotes_at("", one.source), note=one.note or "")


def _outcome(review: Review, position: int) -> Fact:
    """Return an outcome, linked to its results, and its importance, how results are chosen, and its instruments."""
    outcome, instruments = review.protocol.outcomes[position], review.instruments
    page = Link("harms.md") if outcome.harms else Link("results.md", f"outcome-{outcome.id}")
    head = Cell(priority_label(outcome.priority), note=outcome.note or "")
    named = {key: instruments[key].name if key in instruments else key for key in outcome.instruments}
    found = (Cell(name, key, Link("instruments.md", f"instrument-{key}")) for key, name in named.items())
    return _linked(outcome.label, page), (head, *found)


def _linked(label: str, link: Link) -> str:
    """Return a label that leads to where what it names is shown."""
    return markdown.anchor_tag(PATH, link, label)


def _window(window: TimeWindow) -> str:
    return f"after {window.after}, up to {window.up_to}" if window.up_to else f"after {window.after}, without an end"


def _methods(methods: Methods) -> list[Fact]:
    return [(label, Cell(getattr(methods, field))) for field, label in _METHODS]


def _tools(review: Review) -> list[Fact]:
    """Return the risk-of-bias tool for each design that has one."""
    return [
        (
            design_label(design),
            Cell(f"{review.records.tools[tool].name}, {review.records.tools[tool].version}", tool)
            if tool in review.records.tools
            else Cell(tool),
        )
        for design, tool in review.protocol.methods.tools.items()
    ]


def _living(protocol: Protocol) -> list[Fact]:
    living = protocol.living
    return [
        ("Mode", Cell(f"{living.mode} since {living.since}", note=living.note or "")),
        ("Why a living mode", Cell(living.justification)),
        (
            "A search is late after",
            Cell(_days(living.search_every_days), note="where a source has no schedule of its own"),
        ),
        ("A candidate is decided on within", Cell(_days(living.screen_within_days))),
        ("Data are extracted within", Cell(_days(living.extract_within_days))),
        ("A new version is due when", texts(living.new_version_when)),
        ("The review is retired when", texts(living.retire_when)),
    ]


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _person(review: Review, person: Person) -> Cells:
    interests = cell(person.interests)
    declared = f"declared {person.declared}" if person.declared else "date of the declaration not recorded"
    found = [Cell(person.affiliation)] if person.affiliation else []
    if person.orcid:
        url = identifiers.address("orcid", person.orcid)
        found.append(Cell(f"ORCID {person.orcid}", person.orcid, Link(url=url) if url else None))
    found.append(Cell(f"Interests: {interests.text}", note=declared, missing=interests.missing))
    found += [Cell(f"Does not decide on {key}", key, place_of(key, review.records)) for key in person.conflicted_with]
    return tuple(found)


def _registration(protocol: Protocol) -> Cell:
    where, url = cell(protocol.registration.where), protocol.registration.url
    text = "The protocol is not registered, or nobody has recorded where." if where.missing else where.text
    return Cell(text, link=Link(url=url) if url else None, missing=where.missing)


def _support(protocol: Protocol) -> Cell:
    if protocol.support is Missing.NOT_REPORTED:
        return Cell("Nobody has recorded yet who supports the review.", missing=True)
    return cell(protocol.support)


def _document(document: Document) -> Cells:
    licence = f"licence {document.licence}" if document.licence else "licence not recorded"
    how = {
        Access.OPEN: "its text is on file, and quotes are compared with it",
        Access.RESTRICTED: "not open: quotes cannot be compared by the software",
        Access.SECONDARY: "read only through another document",
    }[document.access]
    return (Cell(document.citation, note=f"{licence}; {how}"), *identifier_cells(document))

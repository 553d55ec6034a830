"""Rules about the protocol itself."""

import re
from collections.abc import Iterator

from generator.model import records as kinds
from generator.model.protocol import FORMAT, LivingMode
from generator.model.records import Records
from generator.problems import Place, Problem
from generator.records.rules.files import PROTOCOL, ids
from generator.records.rules.names import repeated, unknown

_DATA = r"(?:data|outcomes?|results?|numbers|statistics)"
_LACKING = (
    r"(?:un-?us(?:e)?able|not us(?:e)?able|not extractable|not analysable|could not be used|cannot be used|"
    r"insufficient|inadequate|incomplete|missing|not reported|unreported|unavailable|not available)"
)
UNUSABLE_DATA = re.compile(
    rf"\b{_LACKING} (?:\w+ ){{0,3}}{_DATA}\b|\b{_DATA} (?:\w+ ){{0,3}}{_LACKING}\b"
    r"|\b(?:no|without|lack(?:s|ing)?(?: of)?) (?:(?:usable|extractable|sufficient|adequate|complete|reported|"
    r"numerical|quantitative|relevant|available) ){0,2}(?:outcome )?(?:data|results?|numbers|statistics)\b"
)
"""Wordings of "no usable outcome data". "No original data" or "no human data" is another matter and not meant."""


def format_is_the_one_that_is_read(records: Records) -> Iterator[Problem]:
    """`format` is the version of the record format that this code reads."""
    if records.protocol and records.protocol.format != FORMAT:
        yield Problem(
            PROTOCOL,
            ("format",),
            f"expected {FORMAT!r}, the record format that this code reads, found {records.protocol.format!r}",
            "CHANGELOG says how to bring records to another format.",
        )


def ids_of_the_protocol_are_unique(records: Records) -> Iterator[Problem]:
    """No two criteria, reasons, fields, outcomes, time windows, sources or people of the protocol share an id."""
    if not records.protocol:
        return
    lists = {
        "exclusion_reasons": "exclusion reason",
        "intervention_fields": "intervention field",
        "outcomes": "outcome",
        "time_windows": "time window",
        "sources": "source",
        "people": "person",
    }
    for field, what in lists.items():
        named: list[tuple[Place, str]] = [
            ((field, index, "id"), one.id) for index, one in enumerate(getattr(records.protocol, field))
        ]
        yield from repeated(PROTOCOL, named, what)
    criteria: list[tuple[Place, str]] = [
        ((field, index, "id"), one.id)
        for field in ("include", "exclude")
        for index, one in enumerate(getattr(records.protocol, field))
    ]
    yield from repeated(PROTOCOL, criteria, "criterion")


def no_study_is_excluded_for_its_data(records: Records) -> Iterator[Problem]:
    """ "No usable outcome data" is no exclusion reason: such a study is included without results.

    Cochrane MECIR, standard C40: studies are included whether or not their outcome data can be used.
    """
    for index, reason in enumerate(records.protocol.exclusion_reasons if records.protocol else ()):
        if any(UNUSABLE_DATA.search(text.replace("-", " ").lower()) for text in (reason.id, reason.label)):
            yield Problem(
                PROTOCOL,
                ("exclusion_reasons", index),
                f"expected a reason that is not about usable data, found {reason.label!r}",
                "Include such studies and leave their results out; the page lists what is missing.",
            )


def tools_of_the_protocol_fit_their_design(records: Records) -> Iterator[Problem]:
    """The risk-of-bias tool that the protocol names for a design has a file in tools/ and is meant for that design."""
    if not records.protocol:
        return
    known = ids(records, kinds.TOOL)
    for design, name in records.protocol.methods.tools.items():
        place = ("methods", "tools", design.value)
        yield from unknown(PROTOCOL, place, "a tool of studies/tools/", name, known)
        tool = records.tools.get(name)
        if tool and design not in tool.designs:
            yield Problem(
                PROTOCOL, place, f"expected a tool for {design}, found {name!r}, which is for {', '.join(tool.designs)}"
            )


def intervals_are_above_zero(records: Records) -> Iterator[Problem]:
    """Intervals of searching, screening and extracting are at least one day; at least one person decides."""
    if not records.protocol:
        return
    living, methods = records.protocol.living, records.protocol.methods
    counts: list[tuple[Place, int | None]] = [
        (("living", field), getattr(living, field))
        for field in ("search_every_days", "screen_within_days", "extract_within_days")
    ]
    counts.append((("methods", "deciders"), methods.deciders))
    for index, source in enumerate(records.protocol.sources):
        counts.append((("sources", index, "every_days"), source.every_days))
        counts.append((("sources", index, "max_age_days"), source.max_age_days))
    for place, count in counts:
        if count == 0:
            yield Problem(PROTOCOL, place, "expected a number above 0, found 0")


def pauses_are_explained(records: Records) -> Iterator[Problem]:
    """A review that is paused or retired says why under `living.note` (PRISMA-LSR)."""
    if records.protocol and records.protocol.living.mode is not LivingMode.LIVING and not records.protocol.living.note:
        yield Problem(
            PROTOCOL,
            ("living",),
            f"expected `note` beside the mode {records.protocol.living.mode}, found none",
            "Say why, in a sentence that readers will see.",
        )


def documents_of_the_protocol_exist(records: Records) -> Iterator[Problem]:
    """The review that this one starts from is described under `documents`, and was searched before it was published."""
    base_review = records.protocol.base_review if records.protocol else None
    if not records.protocol or not base_review:
        return
    place = ("base_review", "document")
    yield from unknown(PROTOCOL, place, "a document of this protocol", base_review.document, records.protocol.documents)
    if base_review.searched_to > base_review.published:
        yield Problem(
            PROTOCOL,
            ("base_review", "searched_to"),
            f"expected a day not after its publication on {base_review.published}, found {base_review.searched_to}",
        )


RULES = (
    format_is_the_one_that_is_read,
    ids_of_the_protocol_are_unique,
    no_study_is_excluded_for_its_data,
    tools_of_the_protocol_fit_their_design,
    intervals_are_above_zero,
    pauses_are_explained,
    documents_of_the_protocol_exist,
)

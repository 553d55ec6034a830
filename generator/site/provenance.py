"""What every download says of itself: which review it is from, how fresh it is, and under which licence."""

from generator.model.report import Document
from generator.review import Review

LICENCE, LICENCE_ADDRESS = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"
"""Licence of the review's text and data (SPDX id), whoever keeps the review."""


def provenance(review: Review) -> dict[str, object]:
    """Return the head of a download; dates are None where there is none yet."""
    living, base = review.living, review.base_document
    return {
        "review": review.protocol.title,
        "version": review.versions[-1].version if review.versions else None,
        "as_of": review.today,
        "last_searched": living.last_searched_on,
        "last_screened": living.last_screened_on,
        "last_evidence_change": living.last_evidence_change_on,
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "based_on": _credit(base) if base else None,
    }


def _credit(document: Document) -> str:
    doi = f" https://doi.org/{document.doi}" if document.doi else ""
    licence = f" Licence: {document.licence}." if document.licence else ""
    return f"{document.citation}.{doi}{licence}"

"""The review, its published versions, its data and its registered trials as schema.org describes such things (JSON-LD).

Only what the records say: no author before a version names its authors, no status that schema.org has no word for.
Addresses are left out while the site's own is not recorded.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from generator import identifiers
from generator.model.protocol import Person, Protocol
from generator.model.registry_status import RegistryStatus
from generator.model.trial import Trial
from generator.model.values import Missing
from generator.model.version import Version
from generator.review import Review
from generator.review.places import site_address
from generator.review.references import Reference, document_references, ranked_reports, studies_in_order
from generator.review.trials import newest, registration_of, registry_says
from generator.site import exports
from generator.site.messages import stable_id
from generator.site.metadata.citing import authors, page_of, title_of, version_address
from generator.site.provenance import LICENCE_ADDRESS

LinkedData = dict[str, object]
CARD = "assets/card.png"
"""The picture that services show beside a link to the site; see `generator.site.metadata.card`."""
REVIEW = ("ScholarlyArticle", "MedicalScholarlyArticle")
_SCHEMA = "https://schema.org"
_STATUSES = {
    RegistryStatus.NOT_YET_RECRUITING: "NotYetRecruiting",
    RegistryStatus.RECRUITING: "Recruiting",
    RegistryStatus.ENROLLING_BY_INVITATION: "EnrollingByInvitation",
    RegistryStatus.ACTIVE_NOT_RECRUITING: "ActiveNotRecruiting",
    RegistryStatus.SUSPENDED: "Suspended",
    RegistryStatus.TERMINATED: "Terminated",
    RegistryStatus.COMPLETED: "Completed",
    RegistryStatus.WITHDRAWN: "Withdrawn",
    RegistryStatus.UNKNOWN: "Unknown",
}
"""Statuses that schema.org's MedicalStudyStatus has a word of the same meaning for; the others are left out."""
_DESIGNS = {
    ("allocation", "RANDOMIZED"): "RandomizedTrial",
    ("masking", "NONE"): "OpenTrial",
    ("masking", "SINGLE"): "SingleBlindedTrial",
    ("masking", "DOUBLE"): "DoubleBlindedTrial",
    ("masking", "TRIPLE"): "TripleBlindedTrial",
}
"""Field and registered word, and schema.org's MedicalTrialDesign of the same meaning."""
_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".ris": "application/x-research-info-systems",
    ".bib": "application/x-bibtex",
    ".sqlite": "application/vnd.sqlite3",
}
"""Media types of the downloads."""


def review_article(review: Review) -> LinkedData:
    """Return the review as it stands today; its version is the newest published one."""
    protocol, versions, changed = review.protocol, review.versions, review.living.last_evidence_change_on
    newest_version = versions[-1] if versions else None
    dates = [day for day in (changed, newest_version and newest_version.on) if day]
    return _told(
        _article(review, protocol.title),
        {
            "@id": _review_id(protocol),
            "url": site_address(protocol, "index.md"),
            "sameAs": identifiers.address("doi", protocol.doi) if protocol.doi else None,
            "version": newest_version and newest_version.version,
            "author": _people(authors(protocol, newest_version)) if newest_version else None,
            "datePublished": versions[0].on.isoformat() if versions else None,
            "dateModified": max(dates).isoformat() if dates else None,
            "citation": _citations(review, review.studies),
            "workExample": [_version_named(protocol, one) for one in versions],
        },
    )


def version_article(review: Review, version: Version) -> LinkedData:
    """Return one published version."""
    protocol = review.protocol
    return _told(
        _article(review, title_of(protocol, version)),
        {
            **_version_named(protocol, version),
            "author": _people(authors(protocol, version)),
            "dateModified": version.on.isoformat(),
            "citation": _citations(review, version.included),
            "exampleOfWork": {"@id": _review_id(protocol), "@type": list(REVIEW), "name": protocol.title},
        },
    )


def dataset(review: Review) -> LinkedData:
    """Return the downloads of the review; the files of the interface for programs are a copy and are left out."""
    protocol, living, version = review.protocol, review.living, review.versions[-1] if review.versions else None
    dates = (living.last_searched_on, living.last_screened_on, living.last_evidence_change_on)
    known = [day for day in dates if day]
    searched = f" Last searched: {review.placeholders['last_searched']}."
    return _told(
        {"@context": _SCHEMA, "@type": "Dataset", "@id": stable_id(protocol, "linked-data", "dataset")},
        {
            "name": f"{protocol.short_title}: data of the living systematic review",
            "description": "Records, tables, references and flow diagram numbers of the living systematic review"
            f" “{protocol.title}”.{searched}",
            "url": site_address(protocol, "downloads.md"),
            "license": LICENCE_ADDRESS,
            "isAccessibleForFree": True,
            "inLanguage": "en",
            "version": version and version.version,
            "creator": _people(authors(protocol, version)) if version else None,
            "dateModified": max(known).isoformat() if known else None,
            "isPartOf": {"@id": _review_id(protocol), "@type": list(REVIEW), "name": protocol.title},
            "distribution": [
                _download(protocol, path, len(content))
                for path, content in exports.every(review)
                if path.startswith("data/")
            ],
        },
    )


def trial_study(review: Review, key: str, trial: Trial) -> LinkedData:
    """Return a registered trial; its status is what the registry said on the day of the latest look."""
    registration = registration_of(key)
    seen, design = newest(trial), trial.design
    status = _STATUSES.get(seen.status)
    kind = design.study_type if design and not isinstance(design.study_type, Missing) else None
    observes = kind is not None and kind.upper() == "OBSERVATIONAL"
    return _told(
        {"@context": _SCHEMA, "@type": "MedicalObservationalStudy" if observes else "MedicalTrial"},
        {
            "name": registration if isinstance(trial.title, Missing) else trial.title,
            "description": f"The {registry_says(seen)}.",
            "identifier": [
                {"@type": "PropertyValue", "propertyID": trial.registry, "value": registration},
                *trial.secondary_ids,
            ],
            "url": site_address(review.protocol, f"trials/{key}.md"),
            "sameAs": identifiers.address("registry", registration),
            "status": f"{_SCHEMA}/{status}" if status else None,
            "trialDesign": None if observes else _designs(trial),
            "sponsor": {"name": trial.sponsor} if trial.sponsor and not isinstance(trial.sponsor, Missing) else None,
            "studyLocation": [{"@type": "AdministrativeArea", "name": country} for country in trial.countries],
        },
    )


def _article(review: Review, name: str) -> LinkedData:
    """Return what is true of the review and of every version of it."""
    protocol, base = review.protocol, review.protocol.base_review
    held = {one.key: one for one in document_references(protocol)} if base else {}
    return _told(
        {
            "@context": _SCHEMA,
            "@type": list(REVIEW),
            "publicationType": "Systematic Review",
            "name": name,
            "headline": name,
        },
        {
            "abstract": protocol.question.text,
            "inLanguage": "en",
            "isAccessibleForFree": True,
            "license": LICENCE_ADDRESS,
            "image": site_address(protocol, CARD),
            "isBasedOn": _work(held[base.document]) if base and base.document in held else None,
        },
    )


def _version_named(protocol: Protocol, version: Version) -> LinkedData:
    return _told(
        {"@type": list(REVIEW), "@id": stable_id(protocol, "linked-data", "version", version.version)},
        {
            "name": title_of(protocol, version),
            "version": version.version,
            "datePublished": version.on.isoformat(),
            "url": site_address(protocol, page_of(version.version)),
            "sameAs": version_address(protocol, version) if version.doi else None,
        },
    )


def _work(reference: Reference) -> LinkedData:
    doi = identifiers.address("doi", reference.doi) if reference.doi else None
    return _told(
        {"@type": "ScholarlyArticle" if reference.journal else "CreativeWork", "name": reference.title},
        {
            "@id": doi,
            "url": doi or reference.url,
            "author": [
                {"@type": "Person", "familyName": one.family, "name": f"{one.family} {one.initials}"}
                for one in reference.authors
            ],
            "datePublished": str(reference.year or ""),
            "isPartOf": {"@type": "Periodical", "name": reference.journal} if reference.journal else None,
        },
    )


def _citations(review: Review, studies: Iterable[str]) -> list[str]:
    """Return the reports of studies, also of those taken out since: the address of the DOI, else the reference."""
    wanted = set(studies)
    return [
        (identifiers.address("doi", report.doi) if report.doi else None) or report.citation
        for _, key, study in studies_in_order(review.records)
        if key in wanted
        for report in ranked_reports(study)
    ]


def _people(people: Iterable[Person]) -> list[LinkedData]:
    return [
        _told(
            {"@type": "Person", "name": one.name},
            {
                "@id": identifiers.address("orcid", one.orcid) if one.orcid else None,
                "affiliation": {"@type": "Organization", "name": one.affiliation} if one.affiliation else None,
            },
        )
        for one in people
    ]


def _download(protocol: Protocol, path: str, n_bytes: int) -> LinkedData:
    return _told(
        {"@type": "DataDownload", "name": path.rpartition("/")[2], "contentUrl": site_address(protocol, path) or path},
        {"encodingFormat": _TYPES.get(PurePosixPath(path).suffix), "contentSize": f"{n_bytes} B"},
    )


def _designs(trial: Trial) -> list[str]:
    if trial.design is None:
        return []
    given = ((field, getattr(trial.design, field)) for field in ("allocation", "masking"))
    found = (_DESIGNS.get((field, word.upper())) for field, word in given if word and not isinstance(word, Missing))
    return [f"{_SCHEMA}/{one}" for one in found if one]


def _review_id(protocol: Protocol) -> str:
    return stable_id(protocol, "linked-data", "review")


def _told(known: LinkedData, *more: LinkedData) -> LinkedData:
    """Return all that is known, without what is empty."""
    return known | {name: value for part in more for name, value in part.items() if value not in (None, "", [])}

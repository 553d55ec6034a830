"""A made-up world of literature and trials, served as OpenAlex, ClinicalTrials.gov and a feed would serve it.

Documents become visible on a day; the world of a later day holds all of an earlier one. Everything is made up.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from tests.surveillance.nights.faults import Answer, Asked

FIRST_DAY = dt.date(2026, 11, 1)
PER_PAGE = 3
"""Whatever page size is asked for, so that few documents need several pages."""


@dataclass(frozen=True)
class Document:
    """A made-up article or registration."""

    number: int
    visible_on: dt.date
    trial: bool = False

    @property
    def title(self) -> str:
        """A title that no other document has, with the signs that spoil careless programs."""
        words = ("exosomes", "lumbar", "facet", "vesicles", "disc")
        return f"Made-up report {self.number} on {words[self.number % 5]} {_name(self.number)}: p<0.05 & #{self.number}"

    @property
    def key(self) -> str:
        """What it is known by: a DOI or an NCT number."""
        return f"NCT{90_000_000 + self.number}" if self.trial else f"10.5555/made-up-world.{self.number}"


def _name(number: int) -> str:
    """Return a word that belongs to a number alone, so that no two titles are alike."""
    return "".join("abcdefghij"[int(digit)] * 3 for digit in f"{number:04}")


@dataclass
class World:
    """The documents, as they can be seen on `today`."""

    documents: list[Document] = field(default_factory=list)
    today: dt.date = FIRST_DAY
    renumbered: dict[int, int] = field(default_factory=dict)
    """New numbers that OpenAlex has given to articles."""
    retracted: set[int] = field(default_factory=set)
    """Articles that OpenAlex flags as retracted."""
    unfound: set[int] = field(default_factory=set)
    """Articles that OpenAlex holds and that no strategy finds."""
    notices: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)
    """What Crossref holds as `updated-by`, by DOI."""
    absorbed: dict[str, Document] = field(default_factory=dict)
    """Articles that OpenAlex has merged into another one, by their DOI."""

    def visible(self, trial: bool) -> list[Document]:
        """Return what is there today, in the order of its numbers."""
        return [one for one in self.documents if one.trial is trial and one.visible_on <= self.today]

    def answer(self, asked: Asked) -> Answer:
        """Answer as the source whose address is asked."""
        if asked.path.startswith("/openalex/works/doi:"):
            return "application/json", self._one_work(asked.path.partition("doi:")[2])
        if asked.path.startswith("/openalex/works"):
            return "application/json", json.dumps(self._works(asked.query))
        if asked.path.startswith("/ctgov/version"):
            return "application/json", json.dumps({"dataTimestamp": f"{self.today}T09:00:05"})
        if asked.path.startswith("/ctgov/studies"):
            return "application/json", json.dumps(self._studies(asked.query))
        if asked.path.startswith("/crossref/"):
            doi = asked.path.partition("/works/")[2]
            message = {"DOI": doi, "title": [], "updated-by": self.notices.get(doi, [])}
            return "application/json", json.dumps({"status": "ok", "message": message})
        if asked.path.startswith("/feed"):
            return "application/rss+xml", self._feed()
        raise AssertionError(f"the made-up world has nothing at {asked.path}")

    def _one_work(self, doi: str) -> str:
        kept = [self.absorbed[doi]] if doi in self.absorbed else self.visible(trial=False)
        return next((json.dumps(self.work(one)) for one in kept if doi in self.absorbed or one.key == doi), "")

    def work(self, one: Document) -> Mapping[str, object]:
        """Return an article as OpenAlex gives it today."""
        number = self.renumbered.get(one.number, 7_000_000 + one.number)
        changed = {"id": f"https://openalex.org/W{number}", "is_retracted": one.number in self.retracted}
        return {**_work(one), **changed}

    def _works(self, query: Mapping[str, str]) -> Mapping[str, object]:
        filters = dict(part.split(":", 1) for part in _split(query.get("filter", "")))
        works = self.visible(trial=False)
        if "title_and_abstract.search" in filters:
            works = [one for one in works if one.number not in self.unfound]
        if "from_publication_date" in filters:
            since = dt.date.fromisoformat(filters["from_publication_date"])
            works = [one for one in works if one.visible_on >= since]
        if "doi" in filters:
            wanted = {doi.removeprefix("https://doi.org/") for doi in filters["doi"].split("|")}
            works = [one for one in works if one.key in wanted]
        if "openalex_id" in filters:
            numbers = {f"https://openalex.org/{number}" for number in filters["openalex_id"].split("|")}
            works = [one for one in works if self.work(one)["id"] in numbers]
        start = 0 if query.get("cursor", "*") == "*" else int(query["cursor"])
        page = works[start : start + PER_PAGE]
        after = str(start + PER_PAGE) if start + PER_PAGE < len(works) else None
        return {"meta": {"count": len(works), "next_cursor": after}, "results": [self.work(one) for one in page]}

    def _studies(self, query: Mapping[str, str]) -> Mapping[str, object]:
        studies = self.visible(trial=True)
        window = query.get("filter.advanced", "")
        if window:
            since = dt.date.fromisoformat(window.partition("RANGE[")[2].partition(",")[0])
            studies = [one for one in studies if one.visible_on >= since]
        if "filter.ids" in query:
            studies = [one for one in studies if one.key in query["filter.ids"].split("|")]
        start = int(query.get("pageToken", "0"))
        page = studies[start : start + PER_PAGE]
        more = {"nextPageToken": str(start + PER_PAGE)} if start + PER_PAGE < len(studies) else {}
        total = {} if start else {"totalCount": len(studies)}
        return {"studies": [_study(one) for one in page]} | more | total

    def _feed(self) -> str:
        parts = "".join(
            f"<item><title>{escape(one.title)}</title><link>https://doi.org/{one.key}</link><guid>{one.key}</guid></item>"
            for one in self.visible(trial=False)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Made-up feed</title>{parts}</channel></rss>'


def _split(filters: str) -> Iterator[str]:
    """Yield the filters of OpenAlex; the search itself comes first and may hold commas."""
    names = ("from_publication_date:", "doi:", "openalex_id:", "title_and_abstract.search:")
    parts = filters.split(",")
    held = ""
    for part in parts:
        if part.startswith(names):
            if held:
                yield held
            held = part
        elif held:
            held += f",{part}"
    if held:
        yield held


def _work(one: Document) -> Mapping[str, object]:
    return {
        "id": f"https://openalex.org/W{7_000_000 + one.number}",
        "doi": f"https://doi.org/{one.key}",
        "display_name": one.title,
        "title": one.title,
        "publication_year": one.visible_on.year,
        "publication_date": one.visible_on.isoformat(),
        "type": "article",
        "ids": {"openalex": f"https://openalex.org/W{7_000_000 + one.number}", "doi": f"https://doi.org/{one.key}"},
        "authorships": [{"author": {"display_name": f"{_name(one.number).title()} Madeup"}}],
        "is_retracted": False,
    }


def _study(one: Document) -> Mapping[str, object]:
    posted = {"date": one.visible_on.isoformat(), "type": "ACTUAL"}
    return {
        "protocolSection": {
            "identificationModule": {"nctId": one.key, "briefTitle": one.title},
            "statusModule": {
                "overallStatus": "RECRUITING",
                "studyFirstSubmitDate": one.visible_on.isoformat(),
                "studyFirstPostDateStruct": posted,
                "lastUpdatePostDateStruct": posted,
            },
        },
        "hasResults": False,
    }


def documents(days: Iterable[tuple[int, int]]) -> list[Document]:
    """Return documents from pairs of a number of articles and a number of trials that appear on each day."""
    found: list[Document] = []
    for day, (n_articles, n_trials) in enumerate(days):
        on = FIRST_DAY + dt.timedelta(days=day)
        for position in range(n_articles + n_trials):
            found.append(Document(len(found) + 1, on, trial=position >= n_articles))
    return found

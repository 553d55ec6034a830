"""The records of a review -> what the ranker learns from: decided texts, and the question in words.

Everything comes from the records; nothing here knows what a review is about.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model.decision import Candidate, Outcome
from generator.model.protocol import Protocol
from generator.model.records import Records
from generator.model.source_record import SourceRecord
from generator.model.study import Study
from generator.model.values import Missing
from generator.review.outcomes import in_review
from generator.surveillance.priority.ranker import Ranker, fit
from generator.surveillance.priority.strategy_terms import terms_of

MOST_EXCLUDED = 5_000
"""The newest excluded records are learned from; older ones add time and hardly any accuracy."""


@dataclass(frozen=True)
class Training:
    """Texts with what was decided about each, and the question."""

    texts: tuple[str, ...]
    labels: tuple[bool | None, ...]
    """True for included, False for excluded, None where nobody has decided."""
    question: str

    def ranker(self, new: Iterable[str] = ()) -> Ranker:
        """Return the ranker that learned from this. From new texts, which may be left out, it learns what is common."""
        unlabelled = [*new]
        return fit([*self.texts, *unlabelled], [*self.labels, *[None] * len(unlabelled)], self.question)


def text_of_records(records: Records) -> Training:
    """Return the decided texts of a review and its question.

    Included studies and candidates decided `include` count as included; excluded studies, the screened ledger and
    candidates decided `exclude` as excluded, the newest 5,000 of them. Candidates without a decision are undecided
    texts. Not used are those awaiting classification, and studies that were taken out: one that was retracted is about
    what is sought, one that should never have been included is not, and a reason does not tell the two apart.
    """
    protocol = records.protocol
    included = [_of_study(study, protocol) for study in in_review(records).values()]
    undecided = []
    excluded = list(_excluded(records))
    for candidate in records.candidates.values():
        text = _of_candidate(candidate)
        if candidate.decision is None:
            undecided.append(text)
        elif candidate.decision.outcome is Outcome.INCLUDE:
            included.append(text)
        elif candidate.decision.outcome is Outcome.EXCLUDE:
            excluded.append((candidate.decision.on, text))
    newest = [text for _, text in sorted(excluded, reverse=True)[:MOST_EXCLUDED]]
    labelled = [
        (text, label)
        for texts, label in ((included, True), (newest, False), (undecided, None))
        for text in texts
        if text
    ]
    return Training(
        tuple(text for text, _ in labelled),
        tuple(label for _, label in labelled),
        question_of(protocol) if protocol else "",
    )


def text_of(record: SourceRecord) -> str:
    """Return what a new record is scored and matched by: title, abstract, and what its registration says is given."""
    trial = record.trial
    return _joined(record.title, record.abstract, trial.title if trial else "", trial.intervention if trial else "")


def question_of(protocol: Protocol) -> str:
    """Return the question, the criteria to include, the facets and the terms of all strategies, as one text."""
    question = protocol.question
    parts = [question.text, question.population, question.intervention, question.comparator, question.outcomes]
    parts += [criterion.label for criterion in protocol.include]
    parts += [label for facet in protocol.facets.values() for label in facet.values.values()]
    strategies = [strategy for source in protocol.sources for strategy in source.strategies]
    terms = dict.fromkeys(term.casefold().rstrip("*") for strategy in strategies for term in terms_of(strategy))
    return _joined(*parts, *terms)


def _excluded(records: Records) -> Iterator[tuple[dt.date, str]]:
    for exclusion in records.excluded.values():
        yield exclusion.decision.on, _joined(exclusion.title)
    for year in records.screened.values():
        for line in year.records:
            yield line.on, _joined(line.title)


def _of_study(study: Study, protocol: Protocol | None) -> str:
    """Return what an included study is about, in a few words: title, what was given, to whom, and its facets."""
    facets = protocol.facets if protocol else {}
    chosen = [study.facets, *(arm.facets for arm in (*study.arms, *study.subgroups))]
    labels = {
        facets[key].values[value]: None
        for part in chosen
        for key, values in part.items()
        if key in facets
        for value in values
        if value in facets[key].values
    }
    return _joined(
        study.title,
        study.participants.included,
        *(intervention.label for intervention in study.interventions),
        *(arm.route for arm in study.arms),
        *labels,
    )


def _of_candidate(candidate: Candidate) -> str:
    return _joined(candidate.title, candidate.abstract)


def _joined(*parts: str | Missing | None) -> str:
    return "\n".join(part for part in parts if part and not isinstance(part, Missing))

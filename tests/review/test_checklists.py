"""The checklists: each answer follows from the records, and each item that can change is shown to change with them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from generator.model.protocol import Amendment, BaseReview, LivingMode, Registration, Source, SourceKind
from generator.model.records import Records
from generator.model.report import Basis, Event
from generator.model.search_run import SearchDay
from generator.model.study import Study
from generator.model.summary import Section, Summary
from generator.model.values import Missing
from generator.review import Review
from generator.review.checklist import Answer, Checklist, State, listed
from generator.review.checklists import CHECKLISTS, complete, every
from generator.review.checklists.words_held import says_that_searches_were_reviewed
from tests.evidence import TODAY, read, with_protocol, with_studies, with_study, with_summaries

R, M, NA = State.REPORTED, State.MISSING, State.NOT_APPLICABLE
BY_ID = {one.id: one for one in CHECKLISTS}
ALWAYS = {("prisma-2020", "24b"), ("prisma-lsr", "status")}
"""Items that the site answers by itself: the protocol is one of its pages, and the status is computed each day."""

Change = Callable[[Review], Review]


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


@pytest.fixture(scope="module")
def real(real_review: Path) -> Review:
    return read(real_review)


@pytest.fixture(scope="module")
def empty(review: Review) -> Review:
    return Review(Records(protocol=review.protocol), review.protocol, TODAY)


def ask(review: Review, checklist: str, key: str) -> Answer:
    return complete(BY_ID[checklist], review).answers[key]


def protocol(**changes: object) -> Change:
    return lambda review: with_protocol(review, **changes)


def methods(**changes: object) -> Change:
    return lambda review: with_protocol(review, methods=review.protocol.methods.model_copy(update=changes))


def question(**changes: object) -> Change:
    return lambda review: with_protocol(review, question=review.protocol.question.model_copy(update=changes))


def living(**changes: object) -> Change:
    return lambda review: with_protocol(review, living=review.protocol.living.model_copy(update=changes))


def sources(change: Callable[[Source], Source | None]) -> Change:
    """Change or drop each source of the protocol."""
    return lambda review: with_protocol(
        review, sources=tuple(one for source in review.protocol.sources if (one := change(source)))
    )


def source(key: str, **changes: object) -> Change:
    return sources(lambda one: one.model_copy(update=changes) if one.id == key else one)


def another_source(**fields: object) -> Change:
    made_up = Source.model_validate({"id": "made-up-other", "name": "Made-up other way", **fields})
    return lambda review: with_protocol(review, sources=(*review.protocol.sources, made_up))


def without_kind(kind: SourceKind) -> Change:
    return sources(lambda one: None if one.kind is kind else one)


def records(**changes: object) -> Change:
    return lambda review: Review(replace(review.records, **changes), review.protocol, review.today)  # type: ignore[arg-type]


def study(key: str, **changes: object) -> Change:
    return lambda review: with_study(review, key, **changes)


def only(*keys: str) -> Change:
    return lambda review: with_studies(review, {key: review.records.included[key] for key in keys})


def without(*keys: str) -> Change:
    return lambda review: with_studies(
        review, {key: one for key, one in review.records.included.items() if key not in keys}
    )


def part(key: str, field: str, **changes: object) -> Change:
    """Change fields of one part of a study."""
    return lambda review: with_study(
        review, key, **{field: getattr(review.records.included[key], field).model_copy(update=changes)}
    )


def imputed(review: Review) -> Review:
    found = review.records.included["dunkwell-2022"]
    spread = found.results[0].dispersion
    assert spread
    first = found.results[0].model_copy(update={"dispersion": spread.model_copy(update={"imputed": True})})
    return with_study(review, "dunkwell-2022", results=(first, *found.results[1:]))


def section(heading: str) -> Change:
    def change(review: Review) -> Review:
        added = Section(heading=heading, text="Made-up words.")
        summary = review.records.summaries["plain-language"].model_copy(update={"sections": (added,)})
        return with_summaries(review, review.records.summaries | {"plain-language": summary})

    return change


def all_rated(review: Review) -> Review:
    rating = review.records.summaries["bottom-line-hiccups"].rating
    calm = review.records.summaries["bottom-line-calm"].model_copy(update={"rating": rating})
    return with_summaries(review, review.records.summaries | {"bottom-line-calm": calm})


def without_bottom_line(review: Review) -> Review:
    kept: dict[str, Summary] = {key: one for key, one in review.records.summaries.items() if key != "bottom-line-calm"}
    return with_summaries(review, kept)


def without_reason(review: Review) -> Review:
    excluded = review.records.excluded["espresso-2021"]
    bare = excluded.model_copy(update={"decision": excluded.decision.model_copy(update={"reason": None})})
    return records(excluded=review.records.excluded | {"espresso-2021": bare})(review)


def everybody_declares(review: Review) -> Review:
    people = tuple(one.model_copy(update={"interests": "Made-up: none"}) for one in review.protocol.people)
    return with_protocol(review, people=people)


def versions(n: int = 2, **changes: object) -> Change:
    """Keep the first `n` versions, the last of them changed."""

    def change(review: Review) -> Review:
        assert review.records.versions
        kept = review.versions[:n]
        kept = (*kept[:-1], kept[-1].model_copy(update=changes)) if kept else ()
        return records(versions=review.records.versions.model_copy(update={"versions": kept}))(review)

    return change


def causes_judged(review: Review) -> Review:
    harms = review.records.included["dunkwell-2022"].harms
    assert harms
    events = tuple(one.model_copy(update={"related": Missing.NOT_REPORTED}) for one in harms.events)
    return part("dunkwell-2022", "harms", events=events)(review)


def complete_study(review: Review) -> Review:
    """Keep one study, with every characteristic that was not looked for filled in."""
    kept = only("dunkwell-2022")(review)
    kept = part("dunkwell-2022", "setting", recruited="made-up spring")(kept)
    return part("dunkwell-2022", "participants", excluded="made-up coffee drinkers")(kept)


def no_outcome_of_harms(review: Review) -> Review:
    outcomes = tuple(one.model_copy(update={"harms": False}) for one in review.protocol.outcomes)
    return with_protocol(review, outcomes=outcomes)


def no_note_on_outcomes(review: Review) -> Review:
    return with_protocol(
        review, outcomes=tuple(one.model_copy(update={"note": None}) for one in review.protocol.outcomes)
    )


def without_strategies(review: Review) -> Review:
    return records(searches={})(sources(lambda one: one.model_copy(update={"strategies": ()}))(review))


def one_query_for_both(review: Review) -> Review:
    """An earlier review prints one query for two sources that were searched since with their own."""
    return inherited({"tea-index": "made-up tea", "cup-register": "made-up tea"})(review)


def inherited(strategies: dict[str, str]) -> Change:
    asked = [{"source": key, "strategy": one, "hits": "NR"} for key, one in strategies.items()]
    day = SearchDay.model_validate({"runs": [{"kind": "base-review", "at": "2021-01-01", "sources": asked}]})
    return lambda review: records(searches=review.records.searches | {"2021/2021-01-01": day})(review)


def uncounted(review: Review) -> Review:
    night = SearchDay.model_validate(
        {"runs": [{"kind": "manual", "at": "2025-01-20", "sources": [{"source": "tea-index", "hits": "NR"}]}]}
    )
    return records(searches=review.records.searches | {"2025/2025-01-20": night})(review)


def from_another_review(review: Review) -> Review:
    base = BaseReview.model_validate(
        {"document": "made-up-guidance", "searched_to": "2021-01-01", "published": "2021-03-01"}
    )
    return with_protocol(review, base_review=base)


def failed_since_the_start(review: Review) -> Review:
    """The register was asked once, and it failed."""
    return records(searches={"2025/2025-01-10": review.records.searches["2025/2025-01-10"]})(review)


@dataclass(frozen=True)
class Case:
    """A change of the made-up review that changes the answer to one item."""

    checklist: str
    key: str
    before: State
    after: State
    change: Change


def cases(checklist: str, *rows: tuple[str, State, State, Change]) -> list[Case]:
    return [Case(checklist, *row) for row in rows]


PRISMA_2020 = cases(
    "prisma-2020",
    ("1", R, M, protocol(title="A made-up living review")),
    ("2", M, R, section("Made-up abstract")),
    ("3", R, M, question(rationale=" ")),
    ("4", R, M, protocol(objectives=())),
    ("5", R, M, protocol(facets={})),
    ("5", R, M, protocol(include=())),
    ("6", R, M, records(searches={})),
    ("6", R, M, failed_since_the_start),
    ("6", R, M, protocol(sources=())),
    ("7", M, R, source("cup-register", limits="Made-up: none")),
    ("7", M, M, without_strategies),
    ("8", R, M, methods(selection="")),
    ("8", R, M, methods(automation=())),
    ("9", R, M, methods(extraction="")),
    ("9", R, M, methods(automation=())),
    ("10a", R, M, protocol(time_windows=())),
    ("10a", R, M, protocol(outcomes=())),
    ("10b", R, M, protocol(intervention_fields=())),
    ("11", R, M, methods(risk_of_bias="")),
    ("11", R, M, methods(tools={})),
    ("11", R, M, study("steeply-2024", design="case-series")),
    ("12", R, M, methods(effect_measures="")),
    ("13a", R, M, methods(synthesis="")),
    ("13a", R, M, protocol(time_windows=())),
    ("13b", R, M, imputed),
    ("13c", M, R, methods(synthesis="Results are tabulated in made-up rows.")),
    ("13d", R, M, methods(synthesis="")),
    ("13d", R, M, methods(why_not_pooled="")),
    ("13e", M, R, methods(synthesis="Made-up Subgroups are compared.")),
    ("13f", M, R, methods(synthesis="Made-up sensitivity analyses are made.")),
    ("14", R, M, methods(reporting_bias="")),
    ("15", R, M, methods(certainty="")),
    ("16a", R, M, records(searches={})),
    ("16b", R, NA, records(excluded={})),
    ("16b", R, M, without_reason),
    ("17", M, R, complete_study),
    ("17", M, NA, only()),
    ("18", M, R, without("steeply-2024")),
    ("18", M, NA, only()),
    ("19", M, R, without("solo-2020")),
    ("19", M, NA, only()),
    ("20a", M, R, without("steeply-2024")),
    ("20a", M, NA, only()),
    ("20b", M, NA, only("dunkwell-2022")),
    ("20c", M, NA, only("dunkwell-2022")),
    ("20d", M, NA, only("dunkwell-2022")),
    ("21", M, R, all_rated),
    ("21", M, NA, only()),
    ("22", M, R, all_rated),
    ("22", M, NA, only()),
    ("23a", M, R, section("Made-up tea beside Other evidence")),
    ("23b", M, R, section("Limitations of the made-up evidence")),
    ("23c", M, R, section("Limitations of this made-up review")),
    ("23d", M, R, section("Made-up implications")),
    ("24a", M, R, protocol(registration=Registration(where="Made-up Register 1"))),
    ("24c", R, NA, protocol(amendments=())),
    ("25", R, M, protocol(support=Missing.NOT_REPORTED)),
    ("26", M, R, everybody_declares),
    ("26", M, M, protocol(people=())),
    ("27", R, M, protocol(repository=None)),
)
PRISMA_HARMS = cases(
    "prisma-harms",
    ("1", M, R, protocol(title="Benefits and Harms of made-up tea")),
    ("14", R, NA, only("steeply-2024")),
    ("14", R, M, no_outcome_of_harms),
    ("18", M, R, without("steeply-2024")),
    ("18", M, NA, only()),
    ("21", M, R, causes_judged),
    ("21", M, NA, without("dunkwell-2022")),
)
PRISMA_LSR = cases(
    "prisma-lsr",
    ("L1", M, R, source("reference-lists", every_days=90)),
    ("L2", R, M, versions(methods_changes="")),
    ("L2", R, M, versions(0)),
    ("L3", R, M, versions(results_changes="")),
    ("L4", R, M, versions(authors=())),
    ("living-title", R, M, protocol(title="A made-up systematic review")),
    ("version-number", R, M, versions(0)),
    ("retirement", NA, R, living(mode=LivingMode.RETIRED)),
    ("retirement", NA, R, versions(retires=True)),
    ("justification", R, M, living(justification="")),
    ("preceding", R, NA, versions(1)),
    ("objectives", R, NA, protocol(amendments=())),
    ("trigger", R, M, versions(trigger="")),
    ("updating", M, R, methods(extraction="Made-up data are updated each year.")),
    ("analyses", M, R, methods(synthesis="Made-up analyses are repeated without adjustment.")),
    ("analyses", M, NA, only("dunkwell-2022")),
    ("selection", R, M, records(searches={})),
    ("selection", R, M, from_another_review),
    ("limitations", M, R, section("Limitations of the made-up living mode")),
)
PRISMA_S = cases(
    "prisma-s",
    ("1", R, M, source("tea-index", platform=None)),
    ("1", R, M, without_kind(SourceKind.DATABASE)),
    ("2", NA, R, another_source(kind="database", platform="Made-up Platform")),
    ("3", R, NA, without_kind(SourceKind.REGISTER)),
    ("3", R, M, records(searches={})),
    ("4", R, NA, without_kind(SourceKind.WEBSITE)),
    ("4", R, M, source("tea-society", feeds=())),
    ("5", R, M, without_kind(SourceKind.CITATION)),
    ("5", R, M, source("reference-lists", note=None)),
    ("6", M, R, methods(extraction="Made-up authors are contacted.")),
    ("6", M, R, source("tea-society", note="Contacted by made-up letter.")),
    ("7", NA, R, another_source(kind="website", note="Made-up suggestions.")),
    ("7", NA, M, another_source(kind="website")),
    ("8", R, M, without_strategies),
    ("8", R, M, records(searches={})),
    ("8", R, M, one_query_for_both),
    ("9", M, R, source("cup-register", limits="Made-up: none")),
    ("10", M, R, source("tea-index", limits="No made-up filter was used.")),
    ("11", NA, R, from_another_review),
    ("12", M, R, source("reference-lists", every_days=90)),
    ("12", M, M, sources(lambda one: one.model_copy(update={"every_days": None}))),
    ("13", R, M, records(searches={})),
    ("13", R, M, failed_since_the_start),
    ("14", M, R, source("tea-index", note="The made-up strategy was peer reviewed.")),
    ("14", M, R, protocol(amendments=(Amendment(on=TODAY, what="Searches checked with PRESS.", why="Made up."),))),
    ("15", R, M, uncounted),
    ("15", R, M, records(searches={})),
    ("16", R, M, methods(automation=("Made-up sorting",))),
)
SWIM = cases(
    "swim",
    ("1a", M, R, methods(synthesis="Made-up groups, because hiccups differ.")),
    ("1a", M, M, protocol(facets={})),
    ("1b", R, NA, protocol(amendments=())),
    ("2", R, M, methods(effect_measures="")),
    ("3", R, M, methods(why_not_pooled="")),
    ("4", R, M, no_note_on_outcomes),
    ("5", M, R, methods(synthesis="Made-up heterogeneity is looked into.")),
    ("6", R, M, methods(certainty="")),
    ("7", M, NA, only()),
    ("7", M, R, methods(synthesis="Made-up results are shown in a table.")),
    ("8", R, M, without_bottom_line),
    ("8", R, NA, only()),
    ("9", M, R, section("Limitations of the made-up synthesis")),
)
CASES = PRISMA_2020 + PRISMA_HARMS + PRISMA_LSR + PRISMA_S + SWIM


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.checklist}-{case.key}-{case.after.name}")
def test_an_answer_changes_with_the_records(review: Review, case: Case) -> None:
    before, after = (ask(one, case.checklist, case.key) for one in (review, case.change(review)))
    assert (before.state, after.state) == (case.before, case.after)
    assert before != after


def test_every_item_is_shown_to_be_reported_and_not(review: Review) -> None:
    seen: dict[tuple[str, str], set[State]] = {}
    for case in CASES:
        seen.setdefault((case.checklist, case.key), set()).update({case.before, case.after})
    analyses = {("prisma-2020", key) for key in ("20b", "20c", "20d")}  # no meta-analysis can be on record yet
    for checklist in CHECKLISTS:
        for one in checklist.requirements:
            name = (checklist.id, one.key)
            if name in ALWAYS:
                assert ask(review, *name).state is R
            elif name in analyses:
                assert seen[name] == {M, NA}
            else:
                assert R in seen[name], name
                assert seen[name] - {R}, name


@pytest.mark.parametrize(
    "text",
    [
        "A librarian peer reviewed the search strategy.",
        "Peer review of the PubMed\n  strategy took place.",
        "The peer-reviewed search strategies are kept.",
        "The strategy for the Made-up Index was not peer-reviewed.",
        "Search peer review: two made-up librarians.",
        "All queries were independently peer reviewed.",
        "Checked by the PRESS guideline.",
    ],
)
def test_a_search_is_said_to_be_reviewed(text: str) -> None:
    assert says_that_searches_were_reviewed(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "Peer-reviewed journals only.",
        "The search is limited to peer-reviewed journals.",
        "The query finds journals that are peer reviewed.",
        "Searches in journals that are peer-reviewed.",
        "Preprints have had no peer review; the strategy finds them too.",
        "Peer review of reports found by the search.",
        "Research was peer reviewed.",
        "We search peer review journals.",
        "Press releases are not searched.",
    ],
)
def test_journals_that_are_peer_reviewed_say_nothing_of_a_search(text: str | None) -> None:
    assert not says_that_searches_were_reviewed(text)


def numbers(checklist: Checklist) -> list[str]:
    return [one.number for one in checklist.requirements if one.number]


def test_items_are_numbered_as_published() -> None:
    assert " ".join(numbers(BY_ID["prisma-2020"])) == (
        "1 2 3 4 5 6 7 8 9 10a 10b 11 12 13a 13b 13c 13d 13e 13f 14 15 16a 16b 17 18 19 20a 20b 20c 20d 21 22"
        " 23a 23b 23c 23d 24a 24b 24c 25 26 27"
    )
    assert numbers(BY_ID["prisma-s"]) == [str(number) for number in range(1, 17)]
    assert numbers(BY_ID["swim"]) == ["1a", "1b", "2", "3", "4", "5", "6", "7", "8", "9"]
    assert numbers(BY_ID["prisma-harms"]) == ["1", "14", "18", "21"]
    assert numbers(BY_ID["prisma-lsr"])[:4] == ["L1", "L2", "L3", "L4"]
    assert [one.id for one in CHECKLISTS] == ["prisma-2020", "prisma-harms", "prisma-lsr", "prisma-s", "swim"]


@pytest.mark.parametrize("name", ["review", "real", "empty"])
def test_every_answer_says_what_a_reader_needs_and_the_counts_add_up(name: str, request: pytest.FixtureRequest) -> None:
    found: Review = request.getfixturevalue(name)
    for completed in every(found):
        keys = [one.key for one in completed.checklist.requirements]
        assert list(completed.answers) == keys, "an item has the name of another"
        assert completed.n_requirements == len(keys) == sum(completed.count(state) for state in State)
        for answer in completed.answers.values():
            if answer.state is M:
                assert answer.why
                assert answer.who
                assert not answer.at
            elif answer.state is NA:
                assert answer.why
                assert answer.at
            else:
                assert answer.at


def test_a_strategy_that_was_only_planned_or_shared_was_not_printed_as_it_was_run(review: Review, real: Review) -> None:
    assert ask(review, "prisma-s", "8").state is R
    apart = inherited({"tea-index": "made-up tea", "cup-register": "made-up cups"})
    assert ask(apart(review), "prisma-s", "8").state is R, "each source has a query of its own"
    never = ask(apart(records(searches={})(review)), "prisma-s", "8")
    assert never.why == "a search that sends the strategy planned for Made-up Tea Index and Made-up Cup Register"
    assert never.who == "the nightly search, or somebody who imports an export"
    made = [
        {"source": "tea-index", "hits": 3},
        {"source": "cup-register", "strategy": "tea", "hits": None, "error": "No."},
    ]
    day = SearchDay.model_validate({"runs": [{"kind": "import", "at": "2025-01-01", "sources": made}]})
    by_hand = ask(records(searches={"2025/2025-01-01": day})(review), "prisma-s", "8")
    assert by_hand.why == "with which strategy Made-up Tea Index was searched"
    assert by_hand.who == "whoever made the search, as `strategy` of its run in studies/searches/"
    both = ask(one_query_for_both(records(searches={})(review)), "prisma-s", "8")
    assert both.why == (
        f"{never.why}; how the one query that the earlier review prints was adapted to"
        " Made-up Tea Index and Made-up Cup Register"
    )
    assert "nightly search" in both.who
    assert "authors of the earlier review" in both.who
    assert "adapted to PubMed" in ask(real, "prisma-s", "8").why


def test_the_same_records_give_the_same_answers(review: Review) -> None:
    again = Review(review.records, review.protocol, review.today)
    assert [one.answers for one in every(review)] == [one.answers for one in every(again)]


def test_a_study_that_was_taken_out_is_not_asked_about(review: Review) -> None:
    found: Study = review.records.included["steeply-2024"]
    removed = Event.model_validate({"on": "2025-01-20", "kind": "removed", "note": "Made-up retraction."})
    changed = with_study(review, "steeply-2024", history=(*found.history, removed))
    assert "Steeply 2024" in ask(review, "prisma-2020", "18").why
    assert ask(changed, "prisma-2020", "18").state is R


def test_an_assessment_by_nobody_of_the_review_does_not_count(review: Review) -> None:
    strangers = with_protocol(without("steeply-2024")(review), people=())
    assert ask(strangers, "prisma-2020", "18").why == (
        "an assessment of Solo 2020, Dunkwell 2022 and Icecap 2023 by people of the review"
    )


def test_what_only_another_review_does_not_say_has_not_been_looked_for(review: Review) -> None:
    read_in_full = complete_study(review)
    assert ask(read_in_full, "prisma-2020", "17").state is R, "age and sex are not reported by the report itself"
    copied = part("dunkwell-2022", "extraction", basis=Basis.SECONDARY)(read_in_full)
    assert ask(copied, "prisma-2020", "17").why.endswith("looked for in the reports themselves: 3 of Dunkwell 2022")


def test_the_real_review_claims_nothing_that_people_have_not_done(real: Review) -> None:
    undone = {
        "16a": not real.flow.n_runs,
        "18": not all(one.risk_of_bias for one in real.studies.values()),
        "24a": isinstance(real.protocol.registration.where, Missing),
        "25": isinstance(real.protocol.support, Missing),
        "26": not real.protocol.people,
    }
    assert {key: ask(real, "prisma-2020", key).state is M for key in undone} == undone


def test_names_are_listed_in_words_and_many_are_counted() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
    assert listed(f"S{number}" for number in range(10)) == "S0, S1, S2, S3, S4, S5, S6, S7 and 2 more"

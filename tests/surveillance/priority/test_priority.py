"""Explained priority: the question orders from the first day, decisions change the order, and every score says why."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.records import Records
from generator.model.report import Event, EventKind
from generator.model.source_record import SourceRecord
from generator.records.store import load
from generator.surveillance.priority import Scored, fit
from generator.surveillance.priority.training import MOST_EXCLUDED, question_of, text_of, text_of_records
from generator.surveillance.priority.words import telling_words

QUESTION = "Does made-up tea calm made-up hiccups? Hot or iced tea from green leaves, for endless hiccups"
ABOUT_TEA = "Made-up green tea against made-up hiccups"
ABOUT_YAWNS = "A made-up survey of yawning in made-up offices"
ICED = [f"Made-up iced tea for made-up hiccups, part {word}" for word in ("alpha", "beta", "gamma", "delta")]
BISCUITS = [
    f"Made-up biscuits with tea for made-up hiccups, part {word}" for word in ("alpha", "beta", "gamma", "delta")
]

# Titles of the reference list of Gupta A, Cureus 2024;16(4):e57539. Those of the first group are about vesicles for the
# lower back; the others are about something else. Who else may be eligible is not judged here.
ABOUT_THE_REVIEW = (
    (
        "One month safety study of ExoFlo injection for the treatment of lumbar or cervical radiculopathy in the "
        "epidural space"
    ),
    "Safety of bone marrow derived mesenchymal stem cell extracellular vesicle injection for lumbar facet joint pain",
    "Application of mesenchymal stem cell-derived exosomes from different sources in intervertebral disc degeneration",
)
ABOUT_OTHER_SUBJECTS = (
    "Musculoskeletal disorders and the Global Burden of Disease study",
    "Management of rotator cuff injuries using allogenic platelet-rich plasma",
    "Autologous conditioned plasma (ACP) and osteoarthritis of the knee: A review of current clinical evidence",
    "Hyperacute serum and knee osteoarthritis",
    (
        "Comparison of cryopreserved amniotic membrane and umbilical cord tissue with dehydrated amniotic "
        "membrane/chorion tissue"
    ),
)


def scores(
    texts: list[str],
    included: Sequence[str] = (),
    excluded: Sequence[str] = (),
    question: str = QUESTION,
) -> list[int]:
    decided = [*included, *excluded]
    ranker = fit(decided, [text in included for text in decided], question)
    return [scored.score for scored in ranker.score(texts)]


def records_of(root: Path) -> Records:
    return load(root).records


def test_without_decisions_the_question_orders() -> None:
    hiccups, yawns, both = scores([ABOUT_TEA, ABOUT_YAWNS, "Made-up tea for made-up yawns"])
    assert hiccups > both > yawns


def test_without_question_and_decisions_nothing_is_told_apart() -> None:
    assert fit([], []).score([ABOUT_TEA, ""]) == [Scored(0, ()), Scored(0, ())]


def test_without_a_question_the_decisions_order() -> None:
    iced, biscuits = scores(["A made-up trial of iced drinks", "A made-up trial of biscuits"], ICED, BISCUITS, "")
    assert iced > biscuits


@pytest.mark.parametrize("n_included", [0, 1, 4])
def test_an_excluded_topic_sinks(n_included: int) -> None:
    new = ["Made-up tea and biscuits for endless made-up hiccups", "Made-up tea and spoons for endless made-up hiccups"]
    biscuits, spoons = scores(new, ICED[:n_included])
    assert biscuits == spoons
    biscuits_after, spoons_after = scores(new, ICED[:n_included], BISCUITS)
    assert biscuits_after < spoons_after


@pytest.mark.parametrize("n_excluded", [0, 1, 4])
def test_an_included_topic_rises(n_excluded: int) -> None:
    new = ["Iced infusions in made-up summers", "Boiled infusions in made-up summers"]
    question = "Do made-up infusions calm made-up hiccups?"
    iced, boiled = scores(new, [], BISCUITS[:n_excluded], question)
    assert iced == boiled
    iced, boiled = scores(new, ICED, BISCUITS[:n_excluded], question)
    assert iced > boiled


def test_the_decisions_count_more_against_the_question_with_every_included_text() -> None:
    shares = []
    for n_included in (1, 5, 20):
        asked, learned = scores(
            ["Endless", "Iced"], ["Iced made-up tea"] * n_included, ["Hot made-up tea"] * 20, "endless"
        )
        shares.append(asked / learned)
    assert shares[0] > shares[1] > shares[2] > 0


def test_texts_with_more_against_than_for_them_still_differ() -> None:
    drinks = ("coffee", "cocoa", "juice", "milk", "water", "wine", "cider", "punch")
    excluded = [f"Made-up biscuits with {drink}, {taste}" for drink in drinks for taste in ("sweet", "salted", "plain")]
    mixed, biscuits, more = scores(
        ["Cups of biscuits", "Biscuits", "Biscuits, coffee and cocoa"], [], excluded, "tea cups"
    )
    assert mixed > biscuits
    assert len({mixed, biscuits, more}) == 3
    assert 0 < more <= 25


def test_the_included_texts_reach_the_top_on_average() -> None:
    found = scores(ICED, ICED, BISCUITS)
    assert 95 <= sum(found) / len(found) <= 100
    assert max(scores(BISCUITS, ICED, BISCUITS)) < min(found)


def test_a_text_without_words_or_without_known_words_scores_zero() -> None:
    for text in ("", "  \n", "the of and 42", "?!", "Zwölf unbekannte Wörter"):
        assert fit(ICED, [True] * 4, QUESTION).score([text]) == [Scored(0, ())]


def test_the_words_that_counted_are_shown_as_they_stand_in_the_text() -> None:
    (scored,) = fit([], [], "calming endless hiccups with tea").score(["TEAS, Endless and hot, HICCUP"])
    assert set(scored.terms) == {"TEAS", "Endless", "HICCUP"}


def test_at_most_six_words_explain_the_strongest_first() -> None:
    text = "alpha beta gamma delta epsilon zeta eta theta"
    (scored,) = fit([], [], f"{text} theta theta eta").score([text])
    assert len(scored.terms) == 6
    assert scored.terms[:2] == ("theta", "eta")


def test_undecided_texts_say_only_how_common_words_are() -> None:
    question = "trials of tea"
    common = [f"made-up trials of {word}" for word in ("spoons", "cups", "chairs", "tables")]
    plain = fit([], [], question).score(["tea", "trials"])
    weighed = fit(common, [None] * 4, question).score(["tea", "trials"])
    assert plain[0].score == plain[1].score
    assert weighed[0].score > weighed[1].score


def test_every_text_needs_a_label() -> None:
    with pytest.raises(ValueError, match="shorter"):
        fit([ABOUT_TEA], [], QUESTION)


WORDS = st.sampled_from(
    [*QUESTION.split(), "biscuits", "Ärzte", "腰痛", "чай", "क्षमा", "e\u0301te\u0301", "<b>", "🫖", "ﬁne"]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.text(max_size=40))
DECIDED = st.lists(st.tuples(TEXTS, st.sampled_from([True, False, None])), max_size=12)


@given(DECIDED, st.lists(TEXTS, max_size=5), TEXTS, st.randoms(use_true_random=False))
def test_order_changes_nothing_and_every_score_is_explained(
    decided: list[tuple[str, bool | None]],
    new: list[str],
    question: str,
    chance: random.Random,
) -> None:
    ranker = fit([text for text, _ in decided], [label for _, label in decided], question)
    found = ranker.score(new)
    shuffled = chance.sample(decided, len(decided))
    again = fit([text for text, _ in shuffled], [label for _, label in shuffled], question)
    assert again.score(new[::-1])[::-1] == found
    for text, scored in zip(new, found, strict=True):
        assert 0 <= scored.score <= 100
        assert all(term in text for term in scored.terms)
        assert len(set(scored.terms)) == len(scored.terms) <= 6
        assert ranker.score([text]) == [scored]


def test_hundreds_of_decisions_teach_the_same_in_any_order() -> None:
    chance = random.Random(3)  # noqa: S311 - made-up texts, not secrets
    words = [f"word{number}" for number in range(60)]
    decided = [(" ".join(chance.choices(words, k=9)), number % 4 == 0) for number in range(300)]
    new = [" ".join(chance.choices(words, k=6)) for _ in range(300)]
    found = []
    for _ in range(3):
        chance.shuffle(decided)
        ranker = fit([text for text, _ in decided], [label for _, label in decided], "word1 word2")
        found.append(ranker.score(new))
    assert found[0] == found[1] == found[2]
    assert len({scored.score for scored in found[0]}) > 20


def test_scripts_without_spaces_are_compared_by_two_signs() -> None:
    near, far = scores(["腰椎の痛み", "紅茶の歴史"], question="慢性腰椎疾患")
    assert near > far == 0


def test_accents_capitals_tags_and_plurals_make_no_difference() -> None:
    keys = [word.key for word in telling_words("<i>Étude</i> of TEAS &amp; 3 théories, studies")]
    assert keys == ["etude", "tea", "theory", "study"]


def test_the_made_up_review_orders_titles_by_its_records(made_up_review: Path) -> None:
    training = text_of_records(records_of(made_up_review))
    new = ["Made-up tisane for endless hiccups", "Made-up hot chocolate for made-up hiccups", "Made-up poems"]
    for learned in (replace(training, texts=(), labels=()), training):
        found = [scored.score for scored in learned.ranker().score(new)]
        assert found == sorted(found, reverse=True)
        assert len(set(found)) == 3


def test_the_first_review_orders_titles_of_its_base_review(real_review: Path) -> None:
    training = text_of_records(records_of(real_review))
    for learned in (replace(training, texts=(), labels=()), training):
        ranker = learned.ranker()
        about = [scored.score for scored in ranker.score(ABOUT_THE_REVIEW)]
        other = [scored.score for scored in ranker.score(ABOUT_OTHER_SUBJECTS)]
        assert min(about) > max(other)


def test_the_question_holds_every_part_of_the_protocol_that_says_what_is_sought(made_up_review: Path) -> None:
    protocol = records_of(made_up_review).protocol
    assert protocol is not None
    asked = question_of(protocol)
    for part in ("calm made-up hiccups", "drunk hot or iced", "came in a cup", "Green leaf", "tisane"):
        assert part in asked, part
    assert "coffee" not in asked


def test_decisions_are_learned_from_and_what_awaits_classification_is_not(made_up_review: Path) -> None:
    records = records_of(made_up_review)
    training = text_of_records(records)
    by_text = dict(zip(training.texts, training.labels, strict=True))
    titles = {text.splitlines()[0]: label for text, label in by_text.items()}
    assert {titles[str(study.title)] for study in records.included.values()} == {True}
    assert {titles[str(exclusion.title)] for exclusion in records.excluded.values()} == {False}
    assert titles["Made-up biscuits for made-up hiccups"] is False
    assert "A made-up samovar study, known from its title only" not in titles
    assert "NR" not in titles
    assert None in titles.values()


def test_nothing_is_learned_from_a_study_that_was_taken_out(made_up_review: Path) -> None:
    records = records_of(made_up_review)
    key, study = next(iter(records.included.items()))
    removed = Event(on=study.history[-1].on, kind=EventKind.REMOVED, note="Made-up.")
    out = study.model_copy(update={"history": (*study.history, removed)})
    training = text_of_records(replace(records, included=records.included | {key: out}))
    learned = [text for text in training.texts if str(study.title) in text]
    assert learned == []
    assert [text for text in text_of_records(records).texts if str(study.title) in text]


@pytest.mark.parametrize(("outcome", "label"), [("include", True), ("exclude", False)])
def test_a_decided_candidate_is_learned_from(made_up_review: Path, outcome: str, label: bool) -> None:
    records = records_of(made_up_review)
    key, candidate = next((key, one) for key, one in records.candidates.items() if one.decision)
    assert candidate.decision is not None
    decision = candidate.decision.model_copy(update={"outcome": type(candidate.decision.outcome)(outcome)})
    decided = candidate.model_copy(update={"decision": decision})
    training = text_of_records(replace(records, candidates={**records.candidates, key: decided}))
    assert dict(zip(training.texts, training.labels, strict=True))[str(candidate.title)] is label


def test_only_the_newest_exclusions_are_learned_from(made_up_review: Path) -> None:
    records = records_of(made_up_review)
    year = records.screened["2024"]
    first = year.records[0]
    start = dt.date(2000, 1, 1)
    lines = tuple(
        first.model_copy(update={"title": f"Made-up line {number}", "on": start + dt.timedelta(number)})
        for number in range(MOST_EXCLUDED + 10)
    )
    ledger = {"2024": year.model_copy(update={"records": lines})}
    training = text_of_records(replace(records, screened=ledger, excluded={}))
    excluded = [text for text, label in zip(training.texts, training.labels, strict=True) if label is False]
    assert len(excluded) == MOST_EXCLUDED
    assert f"Made-up line {MOST_EXCLUDED + 9}" in excluded
    assert "Made-up line 9" not in excluded


def test_records_without_a_protocol_still_train() -> None:
    assert text_of_records(Records()).ranker().score([ABOUT_TEA]) == [Scored(0, ())]


def test_a_new_record_is_read_by_title_and_abstract() -> None:
    assert (
        text_of(SourceRecord("tea-index", "A made-up title", abstract="Made-up words"))
        == "A made-up title\nMade-up words"
    )

"""The tables of the evidence pages: what their cells say on a page and in a download."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator.model.report import Basis
from generator.model.result import Harms
from generator.review import Review
from generator.site.tables import (
    effect_direction,
    findings,
    harm_events,
    harms,
    interventions,
    results,
    risk_of_bias,
    studies,
)
from generator.wording.table import Cell, Cells, Table
from tests.evidence import read, with_protocol, with_studies, with_study, with_summaries

MODULES = (effect_direction, findings, harm_events, harms, interventions, results, risk_of_bias)


@pytest.fixture(scope="module")
def review(made_up_review: Path) -> Review:
    return read(made_up_review)


def said(cells: Cells) -> list[str]:
    return [one.text for one in ((cells,) if isinstance(cells, Cell) else cells)]


def only(cells: Cells) -> Cell:
    assert isinstance(cells, Cell)
    return cells


def rows(table: Table, key: str, value: str) -> list[dict[str, Cells]]:
    return [row for row in table.rows if only(row[key]).download == value]


@pytest.mark.parametrize("module", MODULES)
def test_every_row_has_every_column(review: Review, module: object) -> None:
    table = module.table(review)  # type: ignore[attr-defined]
    keys = [column.key for column in table.columns]
    assert len(set(keys)) == len(keys)
    assert table.rows
    for row in table.rows:
        assert set(keys) <= set(row)
    assert all(column.description for column in table.columns)


@pytest.mark.parametrize("module", MODULES)
def test_no_study_leaves_a_sentence(review: Review, module: object) -> None:
    table = module.table(with_studies(review, {}))  # type: ignore[attr-defined]
    assert table.empty.endswith(".")
    assert bool(table.rows) is (module is findings)  # an outcome is listed even without evidence


def test_results_say_which_group_was_compared_with_which(review: Review) -> None:
    found = [row for row in results.table(review).rows if only(row["contrast"]).text == "between-arm"]
    group = only(found[0]["group"])
    assert (group.download, group.note) == ("tea", "compared with Warm water")
    assert only(found[0]["value"]).text == "−2.3 hiccups per hour"
    assert only(found[0]["value"]).download == Decimal("-2.3")
    assert [link.anchor for link in only(found[0]["value"]).sources] == ["quote-t5"]


def test_a_number_carries_how_far_it_was_checked(review: Review) -> None:
    (percent, _) = rows(results.table(review), "study", "solo-2020")
    assert only(percent["value"]).badges == ("from the abstract only", "extracted by one person")
    (solo,) = rows(harms.table(review), "study", "solo-2020")
    assert "from the abstract only" in only(solo["study"]).badges


@pytest.mark.parametrize(
    ("basis", "words"),
    [(Basis.SECONDARY, "another review"), (Basis.FULL_TEXT, "full text"), (Basis.REGISTRY, "registry")],
)
def test_what_data_were_taken_from_is_said_in_words_and_downloaded_as_a_code(
    review: Review, basis: Basis, words: str
) -> None:
    extraction = review.records.included["solo-2020"].extraction.model_copy(update={"basis": basis})
    (row,) = rows(studies.table(with_study(review, "solo-2020", extraction=extraction)), "study", "solo-2020")
    assert (only(row["basis"]).text, only(row["basis"]).download) == (words, basis.value)


def test_the_doi_of_a_study_is_that_of_its_primary_report_wherever_it_stands(review: Review) -> None:
    reports = review.records.included["dunkwell-2022"].reports
    turned = with_study(review, "dunkwell-2022", reports=(*reports[1:], reports[0]))
    assert reports[0].primary
    assert only(rows(studies.table(turned), "study", "dunkwell-2022")[0]["doi"]).text == reports[0].doi


def test_that_there_is_no_control_group_is_said_once(review: Review) -> None:
    def compared(one: Review, key: str) -> tuple[list[str], list[str | None]]:
        (row,) = rows(studies.table(one), "study", key)
        cells = row["comparator"]
        return said(cells), [str(cell.download) for cell in ((cells,) if isinstance(cells, Cell) else cells)]

    def shows(one: Review) -> bool:
        return "comparator" in [column.key for column in studies.table(one).shown_columns]

    assert compared(review, "solo-2020") == (["none"], ["none"])
    facets = review.protocol.facets | {"comparator": next(iter(review.protocol.facets.values()))}
    grouped = with_protocol(with_study(review, "solo-2020", facets={"comparator": ("made-up-none",)}), facets=facets)
    assert compared(grouped, "solo-2020") == ([""], ["none"]), "the facet says it; the download keeps both"
    assert compared(grouped, "dunkwell-2022") == compared(review, "dunkwell-2022")
    assert (shows(review), shows(grouped)) == (True, True)
    assert not shows(with_studies(grouped, {"solo-2020": grouped.studies["solo-2020"]}))


def test_results_can_leave_columns_out() -> None:
    one = results.result_table([], leave_out=("instrument",))
    assert "instrument" not in [column.key for column in one.columns]
    own = results.result_table([], own_page=True)
    assert {"study", "badges"}.isdisjoint(column.key for column in own.columns)


def test_harms_of_a_study_that_asked(review: Review) -> None:
    (row,) = rows(harms.table(review), "study", "dunkwell-2022")
    assert only(row["none_reported"]).text == "no serious adverse event"
    assert only(row["ascertainment"]).text == "asked"
    assert only(row["over"]).text == "1 d"
    bound = only(row["upper_percent"])
    assert (bound.text, bound.download, bound.note) == ("up to 7.4 %", 7.4, "0 of 48 people observed")
    assert said(row["events"])[1] == "spilt some"


def test_harms_without_a_number_of_people_have_no_limit(review: Review) -> None:
    people = review.records.included["solo-2020"].participants.model_copy(update={"n_enrolled": "NR"})
    told = Harms.model_validate({"ascertainment": "NR", "none_reported": "severe"})
    (row,) = rows(harms.table(with_study(review, "solo-2020", participants=people, harms=told)), "study", "solo-2020")
    assert only(row["upper_percent"]).missing
    assert "cannot be given" in only(row["upper_percent"]).text
    assert only(row["none_reported"]).text == "no severe adverse event"


def test_the_limit_falls_back_to_the_people_enrolled_and_says_so(review: Review) -> None:
    told = Harms.model_validate({"ascertainment": "NR", "none_reported": "any", "n_assessed": "NR"})
    (row,) = rows(harms.table(with_study(review, "steeply-2024", harms=told)), "study", "steeply-2024")
    assert only(row["upper_percent"]).note == "0 of 60 people enrolled"
    assert only(row["n_assessed"]).download == "NR"


def test_a_study_without_harms_says_so(review: Review) -> None:
    (row,) = rows(harms.table(with_study(review, "steeply-2024", harms=None)), "study", "steeply-2024")
    assert said(row["events"]) == [harms.UNKNOWN]
    assert only(row["upper_percent"]).download is None


def test_events_keep_severity_and_seriousness_apart(review: Review) -> None:
    first, second = harm_events.table(review).rows
    assert (only(first["severity"]).text, only(first["serious"]).download) == ("mild", False)
    assert (only(first["n_people"]).text, only(first["n_people"]).download) == ("3 of 24", 3)
    assert only(first["upper_percent"]).text == "up to 32.4 %"
    assert only(first["n_events"]).download == "NR"
    assert only(second["related"]).download is None  # not looked for


def test_interventions_give_the_words_or_the_kind_of_nothing(review: Review) -> None:
    (tea, water) = rows(interventions.table(review), "study", "dunkwell-2022")
    assert only(tea["n_stated"]).text == "3 of 3"
    assert only(tea["field_grams"]).text == "3 g per cup"
    assert [link.anchor for link in only(tea["field_grams"]).sources] == ["quote-t2"]
    assert only(tea["field_maker"]).download == "NR"
    assert only(water["n_stated"]).text == "not applicable"
    (black,) = rows(interventions.table(review), "study", "steeply-2024")
    assert (only(black["field_steeping"]).text, only(black["field_steeping"]).download) == ("not looked for yet", None)


def test_judgements_come_with_their_reasons(review: Review) -> None:
    found = rows(risk_of_bias.table(review), "study", "dunkwell-2022")
    assert [only(row["judgement"]).text for row in found] == [
        "+ Low risk",
        "+ Low risk",
        "x High risk",
        "- Some doubt",
        "x High risk",
    ]
    assert only(found[2]["support"]).text == "Nobody was blinded; <b>everybody</b> knew."
    assert [link.anchor for link in only(found[2]["support"]).sources] == ["quote-t11"]
    assert only(found[0]["tool"]).text == "Made-up cup check, version 1"
    assert only(found[0]["by"]).text == "Made-up Pat, Made-up Sam O'Nobody <sam>, 2024-03-05"


def test_an_unassessed_study_has_a_row(review: Review) -> None:
    (row,) = rows(risk_of_bias.table(review), "study", "steeply-2024")
    assert only(row["judgement"]).text == "not assessed"
    assert only(row["judgement"]).missing


def test_what_must_be_known_of_a_number_stands_beside_it_and_the_direction_after_it(review: Review) -> None:
    table = results.table(review)
    (row,) = [one for one in rows(table, "study", "icecap-2023") if only(one["value"]).note]
    assert only(row["value"]).note == "Paired within people."
    assert only(row["direction"]).note == ""
    shown = [column.key for column in table.shown_columns]
    assert shown[shown.index("value") + 1] == "direction"


def test_directions_in_words(review: Review) -> None:
    table = effect_direction.table(review)
    (row,) = rows(table, "study", "icecap-2023")
    assert (only(row["direction_hiccups"]).text, only(row["direction_hiccups"]).note) == (
        "no change",
        "comparison between groups",
    )
    assert only(row["direction_calm"]).note == "within one group, no comparison"
    (solo,) = rows(table, "study", "solo-2020")
    assert only(solo["direction_calm"]).text == "no result"
    assert "from the abstract only" in only(solo["study"]).badges
    assert "direction_spills" not in [column.key for column in table.columns]


def test_findings_in_words(review: Review) -> None:
    hiccups, calm, spills = findings.table(review).rows
    assert said(hiccups["found"]) == [
        "Improved in 3 studies (Solo 2020, Dunkwell 2022, Steeply 2024).",
        "No change in 1 study (Icecap 2023).",
        "1 of these does not compare groups.",
    ]
    assert said(calm["found"])[-1] == "None of these compares groups, so nothing shows what caused it."
    assert (only(hiccups["n_studies"]).text, only(hiccups["n_studies"]).note) == ("4", "3 with a control group")
    assert only(hiccups["n_people"]).text == "136"
    assert only(hiccups["certainty"]).text == "⊕⊕◯◯ low"
    assert said(hiccups["reasons"])[0] == "Risk of bias: lowered by 1. Nobody was blinded."
    assert said(hiccups["reasons"])[1] == "Inconsistency: not lowered. The made-up trials agree."
    assert "1 of 4 studies: from the abstract only." in said(hiccups["comments"])
    assert "Solo 2020: 0 of 12; the true share may still be up to 26.5 % (exact 95 % limit)." in said(spills["found"])
    assert said(spills["found"])[-1] == "1 of 3 studies asked people about harms."
    assert "4 studies" in only(hiccups["sentence"]).text  # the placeholder is filled


def test_what_holds_for_every_finding_is_said_once_below_the_table(review: Review, real_review: Path) -> None:
    def comments(one: Review) -> list[list[str]]:
        return [said(row["comments"]) for row in findings.shown_table(one).rows]

    notes = {one.note for one in review.protocol.outcomes if one.note}
    assert notes
    assert notes & {words for row in findings.table(review).rows for words in said(row["comments"])} == notes
    assert not any(words in notes for row in comments(review) for words in row)
    assert "1 of 4 studies: from the abstract only." in comments(review)[0]  # of some only: it stays where it holds
    assert "Every study" not in findings.shown_table(review).note

    ours = read(real_review)
    shown = findings.shown_table(ours)
    told = " Every study here: not checked in the primary report, extracted by one person."
    assert shown.note == findings.table(ours).note + told
    assert comments(ours) == [["none"]] * len(shown.rows)
    assert "comments" not in [column.key for column in shown.shown_columns]
    assert "comments" in [column.key for column in findings.shown_table(review).shown_columns]
    assert said(findings.table(ours).rows[0]["comments"])[-1] == "2 of 2 studies: extracted by one person."  # download


def test_findings_without_words_of_ours_use_the_words_of_grade(review: Review) -> None:
    silent = with_summaries(review, {})
    assert [only(row["sentence"]).text for row in findings.table(silent).rows] == [findings.UNCERTAIN] * 3
    empty = with_studies(silent, {})
    for row in findings.table(empty).rows:
        assert only(row["sentence"]).text == findings.NO_EVIDENCE
        assert only(row["certainty"]).text == "no evidence"
        assert only(row["certainty"]).download == ""


def test_findings_of_many_studies_stay_short(review: Review) -> None:
    told = Harms.model_validate({"none_reported": "any", "n_assessed": "10"})
    solo = review.records.included["solo-2020"].model_copy(update={"harms": told})
    crowd = with_studies(review, {f"made-up-{number}": solo for number in range(30)})
    spills = findings.table(crowd).rows[2]
    assert "No adverse event reported in 30 studies." in said(spills["found"])
    assert "In the smallest of them up to 30.8 % may still have one (exact 95 % limit)." in said(spills["found"])
    assert len(said(spills["found"])) < 6


def test_a_protocol_without_outcomes_has_no_findings(review: Review) -> None:
    assert not findings.table(with_protocol(review, outcomes=())).rows

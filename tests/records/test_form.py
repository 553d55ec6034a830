"""The form of a record: every deviation in exact words, at its exact place, with the way to mend it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.records import INSTRUMENTS, KINDS, PROTOCOL, SEARCH, STUDY, TRIAL, Kind
from generator.problems import Level, Problem
from generator.records import form, yamlfile

STUDY_TEXT = """\
title: A made-up study
design: case-report
reports: [{kind: letter, citation: Made-up letter, access: open, integrity: {status: not-checked}}]
participants: {n_enrolled: 1}
arms: [{id: tea, label: Made-up tea, role: experimental}]
extraction: {basis: abstract, agreement: single}
history: [{on: 2024-01-01, kind: included, note: Made-up}]
"""
TRIAL_TEXT = """\
registry: made-up
title: NR
intervention: NA
status_history: [{seen: 2024-01-01, status: COMPLETED, by: pat}]
known_on: 2024-01-01
"""
SEARCH_TEXT = "runs: [{kind: nightly, at: 2024-01-01, sources: [{source: made-up, hits: 1}]}]\n"

EMPTY = "Leave the line out when you have not looked; write NR when the report does not say, NA when it cannot apply."
COMMA = "Between { and } a comma starts a new field: quote text that holds one, and write decimals with a point."
START = "Start from one of the templates in docs/templates/."
ARM = "id, label, role, part_of, n, intervention, route, sessions, facets, source."
PARTICIPANTS = "Its fields: n_enrolled, n_analysed, age, sex, included, confirmed_by, excluded, source."
LIST = "Write one entry per line after `- `, or the whole list in brackets: [one, two]."
DESIGNS = (
    "rct-parallel, rct-crossover, rct-cluster, nonrandomised-controlled, cohort, case-control, before-after, "
    "case-series, case-report, other"
)


def problems_of(text: str, kind: Kind = STUDY) -> list[Problem]:
    record, problems = form.validate(kind.model, yamlfile.read(text.encode()), "made-up.yml")
    assert (record is None) == bool(problems)
    assert all(problem.path == "made-up.yml" for problem in problems)
    assert all((problem.level, problem.rule) == (Level.ERROR, "form") for problem in problems)
    return problems


def said(text: str, kind: Kind = STUDY) -> list[tuple[str, str, str]]:
    """Return field, message and hint of each problem."""
    return [(problem.field, problem.message, problem.hint) for problem in problems_of(text, kind)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [(STUDY_TEXT, STUDY), (TRIAL_TEXT, TRIAL), (SEARCH_TEXT, SEARCH)],
    ids=["study", "trial", "search day"],
)
def test_the_smallest_records_have_no_problem(text: str, kind: Kind) -> None:
    record, problems = form.validate(kind.model, yamlfile.read(text.encode()), "made-up.yml")
    assert isinstance(record, kind.model)
    assert problems == []


@pytest.mark.parametrize(
    ("before", "after", "field", "message", "hint"),
    [
        pytest.param(
            "title: A made-up study\n",
            "",
            "title",
            "expected the field 'title', found none",
            "Title of the primary report.",
            id="missing at the top",
        ),
        pytest.param(
            ", access: open",
            "",
            "reports[0].access",
            "expected the field 'access', found none",
            "How it was read. secondary: only through another document, such as a review.",
            id="missing in a list",
        ),
        pytest.param(
            "history:",
            "histroy: []\nhistory:",
            "histroy",
            "expected a known field at the top of this file, found 'histroy'",
            "Did you mean 'history'?",
            id="unknown at the top, with a suggestion",
        ),
        pytest.param(
            "{n_enrolled: 1}",
            "{n_enrolled: 1, n_analyzed: 1}",
            "participants.n_analyzed",
            "expected a known field in participants, found 'n_analyzed'",
            "Did you mean 'n_analysed'?",
            id="unknown in a mapping, with a suggestion",
        ),
        pytest.param(
            "role: experimental",
            "role: experimental, colour: green",
            "arms[0].colour",
            "expected a known field in arms[0], found 'colour'",
            f"Known here: {ARM}",
            id="unknown in a list, without a suggestion",
        ),
        pytest.param(
            "history:",
            "quotes: {q1: {report: r, at: p. 1, text: words, page: x}}\nhistory:",
            "quotes.q1.page",
            "expected a known field in quotes.q1, found 'page'",
            "Known here: report, at, text.",
            id="unknown below a key of the record's own",
        ),
        pytest.param(
            "history:",
            "risk_of_bias: [{tool: t, by: [pat], domains: {d1: {judgement: low, suport: x, support: y}}}]\nhistory:",
            "risk_of_bias[0].domains.d1.suport",
            "expected a known field in risk_of_bias[0].domains.d1, found 'suport'",
            "Did you mean 'support'?",
            id="unknown below a key in a list",
        ),
        pytest.param(
            "design: case-report",
            "design: Case Report",
            "design",
            f"expected one of {DESIGNS}, found 'Case Report'",
            "Did you mean 'case-report'?",
            id="vocabulary, with a suggestion",
        ),
        pytest.param(
            "design: case-report",
            "design: witchcraft",
            "design",
            f"expected one of {DESIGNS}, found 'witchcraft'",
            "",
            id="vocabulary, without a suggestion",
        ),
        pytest.param(
            "basis: abstract",
            "basis: [abstract]",
            "extraction.basis",
            "expected one of full-text, abstract, registry, secondary, found a list of 1",
            "Write the word without brackets and without a hyphen before it.",
            id="vocabulary, with a list",
        ),
        pytest.param(
            "n_enrolled: 1",
            "n_enrolled: one",
            "participants.n_enrolled",
            "expected a whole number such as 20, found 'one'",
            "Write it in digits: 1",
            id="value behind the tags of a union",
        ),
        pytest.param(
            "history:",
            "setting: {centres: two}\nhistory:",
            "setting.centres",
            "expected one of single, multi, found 'two'",
            "",
            id="vocabulary behind the tags of a union",
        ),
        pytest.param(
            "title: A made-up study",
            "title: {a: b}",
            "title",
            "expected text, found fields with names",
            "Put the text on one line after the colon; quote it when it holds ': ' or ' #'.",
            id="text with a mapping",
        ),
        pytest.param(
            "participants: {n_enrolled: 1}",
            "participants: 20",
            "participants",
            "expected fields with names (lines such as `name: value`), found '20'",
            PARTICIPANTS,
            id="mapping with text",
        ),
        pytest.param(
            "participants: {n_enrolled: 1}",
            "participants: [1, 2]",
            "participants",
            "expected fields with names (lines such as `name: value`), found a list of 2",
            PARTICIPANTS,
            id="mapping with a list",
        ),
        pytest.param(
            "history:",
            "facets: [green]\nhistory:",
            "facets",
            "expected names with values (lines such as `name: value`), found a list of 1",
            "",
            id="names with a list",
        ),
        pytest.param(
            "history:",
            "facets: {Leaf: [green]}\nhistory:",
            "facets.Leaf",
            "expected an id of small letters, digits and hyphens such as wilson-2024, found 'Leaf'",
            "Write leaf",
            id="a wrong name",
        ),
        pytest.param(
            "history:",
            "facets: {leaf: [green, GREEN]}\nhistory:",
            "facets.leaf[1]",
            "expected an id of small letters, digits and hyphens such as wilson-2024, found 'GREEN'",
            "Write green",
            id="a list below a name",
        ),
        pytest.param(
            "arms: [{id: tea, label: Made-up tea, role: experimental}]",
            "arms: tea",
            "arms",
            "expected a list (lines that start with `- `), found 'tea'",
            f"Start each entry with `- `; its fields: {ARM}",
            id="list with text",
        ),
        pytest.param(
            "arms: [{id: tea, label: Made-up tea, role: experimental}]",
            "arms: []",
            "arms",
            "expected at least 1 of them, found an empty list",
            "",
            id="empty list",
        ),
        pytest.param(
            "history:",
            "conflicts: {text: NR, source: []}\nhistory:",
            "conflicts.source",
            "expected at least 1 of them, found an empty list",
            "",
            id="empty list of quotes",
        ),
        pytest.param(
            "history:",
            "conflicts: {text: NR, source: [q1, Q2]}\nhistory:",
            "conflicts.source[1]",
            "expected the key of a quote such as q6, found 'Q2'",
            "Write the key under which the words stand under `quotes`, such as q1; the page goes there, after `at`.",
            id="one quote of several",
        ),
        pytest.param(
            "design: case-report",
            "design:",
            "design",
            "expected a value, found nothing after the colon",
            EMPTY,
            id="empty",
        ),
        pytest.param(
            "label: Made-up tea",
            "label: null",
            "arms[0].label",
            "expected a value, found nothing after the colon",
            EMPTY,
            id="null",
        ),
        pytest.param(
            "label: Made-up tea",
            "label: Made-up tea, hot",
            "arms[0].hot",
            "expected a known field in arms[0], found 'hot' without a value",
            COMMA,
            id="text with a comma between braces",
        ),
        pytest.param(
            "title: A made-up study",
            f"title: {'made-up ' * 10}\x85".replace("\x85", "\\x07").replace("title: ", 'title: "') + '"',
            "title",
            f"expected text without control characters, found {('made-up ' * 10)[:57] + '…'!r}",
            "Type the sentence again instead of pasting it.",
            id="long text is cut",
        ),
        pytest.param(
            "history:",
            "registrations: [{id: nct04849429}]\nhistory:",
            "registrations[0].id",
            "expected a trial registration id in its normal spelling, found 'nct04849429'",
            "Write NCT04849429",
            id="hint of a value",
        ),
    ],
)
def test_each_deviation_has_its_words(before: str, after: str, field: str, message: str, hint: str) -> None:
    assert STUDY_TEXT.count(before) == 1
    assert said(STUDY_TEXT.replace(before, after)) == [(field, message, hint)]


def test_all_deviations_of_a_file_are_reported_at_once() -> None:
    text = STUDY_TEXT.replace("title: A made-up study\n", "").replace("experimental", "none").replace("1}", "many}")
    assert [field for field, _, _ in said(text + "colour: green\nfunding:\n")] == [
        "funding",
        "title",
        "participants.n_enrolled",
        "arms[0].role",
        "colour",
    ]


def test_a_wrong_entry_does_not_make_its_list_too_short() -> None:
    assert said(STUDY_TEXT.replace("role: experimental", "rol: experimental")) == [
        ("arms[0].rol", "expected a known field in arms[0], found 'rol'", "Did you mean 'role'?"),
    ]


def test_an_empty_value_is_said_once() -> None:
    assert said(STUDY_TEXT.replace("{n_enrolled: 1}", "{n_enrolled: }")) == [
        ("participants.n_enrolled", "expected a value, found nothing after the colon", EMPTY)
    ]


@pytest.mark.parametrize(
    ("typed", "suggested"), [("completed", "COMPLETED"), ("Not yet recruiting", "NOT_YET_RECRUITING")]
)
def test_suggestions_do_not_mind_the_case(typed: str, suggested: str) -> None:
    ((field, message, hint),) = said(TRIAL_TEXT.replace("COMPLETED", typed), TRIAL)
    assert (field, hint) == ("status_history[0].status", f"Did you mean {suggested!r}?")
    assert message.endswith(f"APPROVED_FOR_MARKETING, found {typed!r}")


def test_only_the_hits_of_a_failed_source_may_be_empty() -> None:
    failed = SEARCH_TEXT.replace("hits: 1", "hits: null, error: made-up failure")
    record, problems = form.validate(SEARCH.model, yamlfile.read(failed.encode()), "made-up.yml")
    assert problems == []
    assert record is not None
    assert record.model_dump()["runs"][0]["sources"][0]["hits"] is None
    assert said(SEARCH_TEXT.replace("hits: 1", "hits: 1, new: "), SEARCH) == [
        ("runs[0].sources[0].new", "expected a value, found nothing after the colon", EMPTY)
    ]
    assert said(SEARCH_TEXT.replace(", hits: 1", ""), SEARCH) == [
        (
            "runs[0].sources[0].hits",
            "expected the field 'hits', found none",
            "Total the source reports; NR when not known; empty (null) when the source failed.",
        )
    ]


def test_a_single_value_for_a_list_is_judged_like_the_list() -> None:
    ((field, message, _),) = said(TRIAL_TEXT + "design: {phase: PHASE9}\n", TRIAL)
    assert field == "design.phase[0]"
    assert message == "expected one of EARLY_PHASE1, PHASE1, PHASE2, PHASE3, PHASE4, NA, found 'PHASE9'"


def test_names_from_a_vocabulary_are_checked() -> None:
    problems = said("methods: {tools: {rct: a, cohort: B}}\n", PROTOCOL)
    assert (
        "methods.tools.rct",
        f"expected one of {DESIGNS}, found 'rct'",
        "Did you mean 'rct-parallel' or 'rct-crossover' or 'rct-cluster'?",
    ) in problems
    assert (
        "methods.tools.cohort",
        "expected an id of small letters, digits and hyphens such as wilson-2024, found 'B'",
        "Write b",
    ) in problems


def test_a_missing_field_below_a_name_has_its_description() -> None:
    assert (
        "instruments.vas.better",
        "expected the field 'better', found none",
        "lower, higher, ambiguous, or none for a count of events.",
    ) in said("instruments: {vas: {name: a, short: b, measures: c}}\n", INSTRUMENTS)


@pytest.mark.parametrize(
    ("text", "found"),
    [("[]", "an empty list"), ("[a]", "a list of 1"), ("a made-up text", "'a made-up text'"), ("''", "''")],
)
def test_a_file_without_fields_is_one_problem(text: str, found: str) -> None:
    assert said(text) == [("", f"expected fields with names (lines such as `name: value`), found {found}", START)]


def test_a_file_that_says_nothing_is_one_problem() -> None:
    assert said("---\n") == [("", "expected fields with names (lines such as `name: value`), found nothing", START)]


def test_a_file_that_cannot_be_read_has_the_place_of_its_fault() -> None:
    (problem,) = problems_of(STUDY_TEXT + "title: again\n")
    assert (problem.line, problem.column, problem.field) == (8, 1, "title")
    assert problem.message == "expected each key once, found 'title' again (first on line 1)"
    (problem,) = problems_of("title: 'x")
    assert (problem.line, problem.column, problem.field) == (1, 8, "")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        ({}, "fields with names"),
        ([], "an empty list"),
        (["a", "b"], "a list of 2"),
        (("a",), "a list of 1"),
        ("it's", '"it\'s"'),
        ("a\nb", "'a\\nb'"),
        ("x" * 60, repr("x" * 60)),
        ("x" * 61, repr("x" * 57 + "…")),
    ],
)
def test_wrong_values_are_shown_on_one_line(value: object, words: str) -> None:
    assert form.shown(value) == words


made_up = st.recursive(
    st.sampled_from(["NR", "NA", "1", "tea", "2024-01-01", "", "·known", "true"]) | st.text(max_size=8) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(st.sampled_from(KINDS), st.data())
def test_no_values_raise_and_no_mark_of_the_model_shows(kind: Kind, data: st.DataObject) -> None:
    fields = st.sampled_from(sorted(kind.model.model_fields))
    record = data.draw(st.dictionaries(fields, made_up, max_size=6))
    _, problems = form.validate(kind.model, yamlfile.Document(record), "made-up.yml")
    for problem in problems:
        assert problem.message.startswith("expected"), problem
        assert "[key]" not in problem.place
        assert "Input should" not in problem.message
        assert not any(step in ("·known", "·nothing") and step not in str(record) for step in problem.place)

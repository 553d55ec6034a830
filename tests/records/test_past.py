"""The past of the records as a check of their dates, without git: what only grows is fine, what is lost is told."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Level, Problem
from generator.records.dated import dated_facts
from generator.records.past import Past, Saving
from generator.records.yamlfile import read

START = dt.date(2025, 3, 1)
STUDY, OUT = "included/made-up.yml", "excluded/made-up.yml"


def study(events: list[tuple[dt.date, str]]) -> bytes:
    lines = "".join(f"  - {{on: {on}, kind: corrected, field: {field}, note: Made up.}}\n" for on, field in events)
    return f"title: Made up\nhistory:\n{lines}".encode() if lines else b"title: Made up\n"


def errors(past: Past) -> list[Problem]:
    return [problem for problem in past.problems(START) if problem.level is Level.ERROR]


def grown(steps: list[tuple[int, int, bool]]) -> tuple[Past, list[tuple[dt.date, str]], dt.date]:
    """Return a study that got some lines at each of several commits and sometimes moved, its lines and the last day."""
    past, events, on, path = Past(), list[tuple[dt.date, str]](), START, STUDY
    for number, (days, n_lines, moves) in enumerate(steps):
        on += dt.timedelta(days=days)
        events += [(on, f"made-up-{number}-{which}") for which in range(n_lines)]
        gone = path
        path = {STUDY: OUT, OUT: STUDY}[path] if moves else path
        past.save(Saving(f"made-up-{number}", on), dict[str, bytes | None]({gone: None}) | {path: study(events)})
    return past, events, on


STEPS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.booleans()), min_size=1, max_size=8)


@given(STEPS)
def test_a_history_that_only_grows_has_no_problem_wherever_its_file_moves(steps: list[tuple[int, int, bool]]) -> None:
    past, _, _ = grown(steps)
    assert past.problems(START) == []


@given(STEPS, st.integers(2, 400), st.data())
def test_every_line_that_is_lost_is_told_until_it_stands_again(
    steps: list[tuple[int, int, bool]], later: int, data: st.DataObject
) -> None:
    past, events, on = grown(steps)
    lost = data.draw(st.lists(st.sampled_from(events), unique=True)) if events else []
    (path,) = past.files
    past.save(
        Saving("losing", on + dt.timedelta(days=later)), {path: study([one for one in events if one not in lost])}
    )
    found = errors(past)
    assert len(found) == len(lost)
    assert {problem.place for problem in found} <= {("history",)}
    past.save(Saving("mending", on + dt.timedelta(days=2 * later)), {path: study(events)})
    assert past.problems(START) == []


def test_an_exclusion_that_was_decided_as_a_candidate_is_missed_when_its_file_goes() -> None:
    decided = f"title: Made up\ndecision: {{outcome: exclude, stage: full-text, on: {START}}}\n".encode()
    candidate, past = "candidates/Made-up.yml", Past()
    past.save(Saving("decided", START), {candidate: decided})
    past.save(Saving("settled", START + dt.timedelta(1)), {candidate: None, OUT: decided})
    assert past.problems(START) == []
    past.save(Saving("losing", START + dt.timedelta(30)), {OUT: None})
    (problem,) = errors(past)
    assert (problem.path, "its 1 dated line, found that" in problem.message) == (f"studies/{OUT}", True)
    assert "losing" in problem.message


def test_a_decided_candidate_may_become_a_trial_or_a_screened_line() -> None:
    decided = f"title: Made up\ndecision: {{outcome: include, on: {START}}}\n".encode()
    past = Past()
    past.save(Saving("decided", START), {"candidates/NCT1.yml": decided})
    past.save(Saving("settled", START + dt.timedelta(9)), {"candidates/NCT1.yml": None, "trials/NCT1.yml": decided})
    assert past.problems(START) == []


def test_each_standing_line_is_read_once_however_many_were_altered(monkeypatch: pytest.MonkeyPatch) -> None:
    n, past, ledger = 40, Past(), "screened/2025.yml"
    for days, person in ((0, "pat"), (30, "sam")):
        lines = "".join(f"  - {{title: Made up {one}, reason: x, by: {person}, on: {START}}}\n" for one in range(n))
        past.save(Saving(person, START + dt.timedelta(days)), {ledger: f"records:\n{lines}".encode()})
    read, loads = list[str](), json.loads

    def counted(text: str) -> object:
        read.append(text)
        return loads(text)

    monkeypatch.setattr(json, "loads", counted)
    assert len(errors(past)) == n
    assert len(read) == 2 * n, "each line as it was, and each as it stands"


def summary(text: str, written: dt.date, earlier: str = "") -> bytes:
    return f"title: Made up\ntext: {text}\nwritten: {written}\nby: [pat]\nrests_on: []\n{earlier}".encode()


def test_a_summary_keeps_the_words_that_newer_ones_replaced() -> None:
    path, later = "summaries/made-up.yml", START + dt.timedelta(days=9)
    kept = f"earlier_wordings:\n  - {{title: Made up, text: Old., written: {START}, by: pat, rests_on: []}}\n"
    for earlier, expected in ((kept, []), ("", ["wordings"])):
        past = Past()
        past.save(Saving("first", START), {path: summary("Old.", START)})
        past.save(Saving("second", later), {path: summary("New.", later, earlier)})
        assert [problem.field for problem in errors(past)] == expected
    past.save(Saving("third", later + dt.timedelta(days=9)), {path: summary("Reworded.", later, kept)})
    (problem,) = past.problems(START)
    assert (problem.level, "found another `text`" in problem.message) == (Level.WARNING, True)


def test_days_of_the_world_outside_are_none_of_ours() -> None:
    text = (
        "dates: {registered: 2030-01-01}\nresults: {checked: 2025-01-01}\nknown_on: 2025-01-02\n"
        "status_history: [{seen: 2025-01-01, registry_updated: 2030-01-01}]\n"
        "reports: [{integrity: {notices: [{on: 2030-01-01, known_on: 2025-01-03}]}}]\n"
    )
    found = {
        fact.name: (fact.on.day, fact.is_news) for fact in dated_facts("trials/NCT1.yml", read(text.encode()).data)
    }
    assert found == {
        "results.checked": (1, False),
        "known_on": (2, True),
        "status_history[].seen": (1, True),
        "reports[].integrity.notices[].known_on": (3, False),
    }


def test_a_decision_on_a_trial_is_news_where_it_takes_it_out_and_keeps_its_day_when_it_is_replaced() -> None:
    path, late = "trials/NCT1.yml", START + dt.timedelta(days=90)
    included, excluded = (f"{{outcome: {outcome}, on: {START}}}" for outcome in ("include", "exclude"))
    again = f"{{outcome: include, on: {late}}}"
    first = f"known_on: {START}\ndecision: {included}\n"
    for text, saved_on, n_listed in (
        (f"known_on: {START}\ndecision: {excluded}\nearlier_decisions: [{included}]\n", START, 0),
        (f"known_on: {START}\ndecision: {again}\nearlier_decisions: [{included}, {excluded}]\n", late, 0),
        (f"known_on: {START}\ndecision: {{outcome: exclude, on: {START + dt.timedelta(1)}}}\n", late, 1),
    ):
        past = Past()
        past.save(Saving("first", START), {path: first.encode()})
        past.save(Saving("second", saved_on), {path: text.encode()})
        assert [problem.place for problem in past.problems(late) if problem.level is Level.WARNING] == [
            ("decision", "on")
        ] * n_listed


def test_a_late_line_that_says_so_is_not_listed() -> None:
    late = START + dt.timedelta(days=90)
    for known_on, n_listed in ((f", known_on: {late}", 0), ("", 1)):
        text = f"title: Made up\nfound: [{{source: pat, on: {START}{known_on}}}]\n"
        past = Past()
        past.save(Saving("first", late), {"candidates/made-up.yml": text.encode()})
        assert len(past.problems(late)) == n_listed

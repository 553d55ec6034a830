"""Settling: a decided candidate moves to where its decision says, whole, and nothing a person wrote is lost."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from generator import cli
from generator.keeping import recording, settling
from generator.keeping.settling.comments import comments, comments_of_people
from generator.keeping.settling.ledger import LedgerError
from generator.keeping.settling.references import RenamingError, renamed
from generator.model.decision import DecidedOn
from generator.model.records import Records
from generator.model.registry_record import RegistryRecord
from generator.model.registry_status import RegistryStatus
from generator.model.source_record import RecordKind, SourceRecord
from generator.problems import Level
from generator.records import checking, yamlfile
from generator.review import Review
from generator.review.as_of import records_as_of
from generator.review.living import undecided
from generator.surveillance.arriving.candidates import Why, candidate
from generator.surveillance.arriving.known import known_records
from generator.surveillance.arriving.search_log import Occasion
from generator.surveillance.dedupe import Group
from tests.kills import KilledError, killed_at

TODAY = dt.date(2025, 2, 1)
BY = "by: [pat, sam], on: 2025-01-20"
INCLUDE = f"decision: {{outcome: include, stage: full-text, {BY}}}"
EXCLUDE = f"decision: {{outcome: exclude, stage: full-text, reason: no-tea, note: Only made-up coffee., {BY}}}"
SCREEN_OUT = f"decision: {{outcome: exclude, stage: title-abstract, reason: no-hiccups, note: About cats., {BY}}}"
SEEN = "registry_status: {seen: 2025-01-10, status: COMPLETED, as_printed: Done, by: nightly}"
REGISTRATION = f"""title: A made-up trial of a made-up blend
identifiers: {{registration: NCT99999977}}
found: [{{source: cup-register, on: 2025-01-10, run: 2025/2025-01-10}}]
{SEEN}
note: A made-up remark.
"""


def candidates(root: Path) -> Path:
    return root / "studies" / "candidates"


def write(root: Path, key: str, text: str) -> Path:
    path = candidates(root) / f"{key}.yml"
    path.write_text(text, encoding="utf-8")
    return path


def decide(root: Path, key: str, decision: str) -> None:
    path = candidates(root) / f"{key}.yml"
    path.write_text(path.read_text(encoding="utf-8") + decision + "\n", encoding="utf-8")


def read(root: Path) -> Records:
    checked = checking.check(root)
    assert [problem for problem in checked.problems if problem.level is Level.ERROR] == []
    return checked.records


def settle(root: Path) -> settling.Settled:
    recording.recover(root)
    records = read(root)
    assert records.protocol
    found = settling.settle(records, records.protocol, root, TODAY, ())
    if found.moves:
        recording.record(root, found.files, found.removed)
    return found


def disagreements(root: Path) -> tuple[str, ...]:
    records = read(root)
    assert records.protocol
    return Review(records, records.protocol, TODAY).flow.disagreements


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def decide_on_everything(root: Path) -> None:
    decide(root, "infusion-2024", INCLUDE)
    decide(root, "W9999999902", EXCLUDE)
    decide(root, "W9999999903", SCREEN_OUT)
    write(root, "blend", REGISTRATION + INCLUDE + "\n")


def test_an_included_report_becomes_a_draft_that_says_that_nothing_is_extracted(made_up_copy: Path) -> None:
    before = read(made_up_copy).candidates["infusion-2024"]
    decide(made_up_copy, "infusion-2024", INCLUDE)
    settle(made_up_copy)
    records = read(made_up_copy)
    assert "infusion-2024" not in records.candidates
    study = records.included["infusion-2024"]
    assert (study.title, study.found) == (before.title, before.found)
    (report,) = study.reports
    assert (report.doi, report.doi_status, report.openalex) == ("10.5555/made-up.infusion", "unverified", "W9999999901")
    assert report.citation.startswith("Made-up Infusion I; <i>Made-up</i> Kettle J. A <b>bold</b> made-up infusion")
    assert report.citation.endswith("Made-up Journal | of Tea. 2024")
    assert (study.extraction.basis, study.extraction.by, study.results) == ("secondary", (), ())
    assert study.decision
    assert (study.decision.by, study.decision.on) == (("pat", "sam"), dt.date(2025, 1, 20))
    (event,) = study.history
    assert (event.on, event.kind, study.known_on) == (TODAY, "included", TODAY)
    assert "Made-up Pat and Made-up Sam O'Nobody <sam> on 2025-01-20" in event.note
    assert any("NCT99999902" in question.what for question in study.open_questions)


def test_the_draft_is_late_until_its_report_has_been_read(made_up_copy: Path) -> None:
    decide(made_up_copy, "infusion-2024", INCLUDE)
    settle(made_up_copy)
    records = read(made_up_copy)
    assert records.protocol
    late = Review(records, records.protocol, TODAY + dt.timedelta(records.protocol.living.extract_within_days + 1))
    now = Review(records, records.protocol, TODAY)
    said = "not yet extracted from"
    assert sum(said in reason for reason in late.living.reasons) == 1 + sum(said in one for one in now.living.reasons)


def test_what_has_no_place_in_the_draft_stands_above_it_as_comments(made_up_copy: Path) -> None:
    path = candidates(made_up_copy) / "infusion-2024.yml"
    text = path.read_text(encoding="utf-8").replace("year: 2024", "year: 2024  # Pat: is this the print year?", 1)
    path.write_text(text, encoding="utf-8")
    decide(made_up_copy, "infusion-2024", INCLUDE)
    settle(made_up_copy)
    said = comments((made_up_copy / "studies/included/infusion-2024.yml").read_bytes())
    assert "# Made up for the tests: waits for a decision far too long. Nothing in it is true." in said
    assert "# Pat: is this the print year?" in said
    kept = "\n".join(line.removeprefix("#   ") for line in said if line.startswith("#   "))
    left = yamlfile.read(kept.encode()).data
    assert isinstance(left, dict)
    assert left["matched"] == ["made-up tea", "hiccup*"]
    assert left["published"] == "2024-04"
    assert "last line ::error::not a command" in left["abstract"]
    assert "authors" not in left, "the draft cites them"
    assert said[0] == "# yaml-language-server: $schema=../schema/study.schema.json"


def test_a_draft_asks_about_a_retraction_and_puts_a_registration_beside_the_report(made_up_copy: Path) -> None:
    path = candidates(made_up_copy) / "infusion-2024.yml"
    text = path.read_text(encoding="utf-8").replace("identifiers: {", "identifiers: {registration: NCT99999907, ")
    path.write_text(f"{text}\nretracted: true\n", encoding="utf-8")
    decide(made_up_copy, "infusion-2024", INCLUDE)
    settle(made_up_copy)
    study = read(made_up_copy).included["infusion-2024"]
    assert [(one.kind.value, one.registration) for one in study.reports] == [
        ("other", None),
        ("registration", "NCT99999907"),
    ]
    assert "A source flagged it as retracted when it was found: is it?" in [one.what for one in study.open_questions]


def test_a_record_excluded_on_its_full_text_keeps_its_reason_and_who_decided(made_up_copy: Path) -> None:
    decide(made_up_copy, "W9999999902", EXCLUDE)
    settle(made_up_copy)
    exclusion = read(made_up_copy).excluded["w9999999902"]
    assert exclusion.decision.reason == "no-tea"
    assert exclusion.decision.note == "Only made-up coffee."
    assert exclusion.decision.by == ("pat", "sam")
    assert exclusion.known_on == TODAY
    assert exclusion.reports[0].openalex == "W9999999902"
    assert any("W9999999903" in question.what for question in exclusion.open_questions)


@pytest.mark.parametrize("decision", [INCLUDE, EXCLUDE, SCREEN_OUT])
def test_decisions_that_were_replaced_go_along(made_up_copy: Path, decision: str) -> None:
    earlier = "earlier_decisions: [{outcome: awaiting, stage: full-text, by: [pat, sam], on: 2025-01-15}]"
    write(made_up_copy, "blend", REGISTRATION)
    for key in ("infusion-2024", "blend"):
        decide(made_up_copy, key, f"{decision}\n{earlier}")
    settle(made_up_copy)
    held = read(made_up_copy)
    files: list[DecidedOn] = [*held.included.values(), *held.excluded.values(), *held.trials.values()]
    kept = [one.earlier_decisions for one in (*files, *held.screened["2025"].records) if one.earlier_decisions]
    said = [[(each.outcome.value, each.on, each.by) for each in one] for one in kept]
    assert said == [[("awaiting", dt.date(2025, 1, 15), ("pat", "sam"))]] * 2


def test_a_record_excluded_on_its_abstract_becomes_the_last_line_of_its_year(made_up_copy: Path) -> None:
    ledger = made_up_copy / "studies/screened/2025.yml"
    before = ledger.read_bytes()
    decide(made_up_copy, "W9999999903", SCREEN_OUT)
    settle(made_up_copy)
    assert ledger.read_bytes().startswith(before)
    added = ledger.read_text(encoding="utf-8")[len(before.decode()) :].splitlines()
    assert [line.strip()[:2] for line in added] == ["# ", "- "], "a comment of a person, and the record on one line"
    line = read(made_up_copy).screened["2025"].records[-1]
    assert (line.openalex, line.reason, line.by) == ("W9999999903", "no-hiccups", ("pat", "sam"))
    assert (line.on, line.known_on) == (dt.date(2025, 1, 20), TODAY)
    assert line.url == "https://example.org/made-up?q=a|b&c=(d)#e"
    assert line.note == "About cats. A made-up source says so."


def test_the_first_line_of_a_year_makes_its_ledger(made_up_copy: Path) -> None:
    decide(made_up_copy, "infusion-2024", SCREEN_OUT.replace("2025-01-20", "2026-01-02"))
    settle(made_up_copy)
    (line,) = read(made_up_copy).screened["2026"].records
    assert (line.doi, line.on) == ("10.5555/made-up.infusion", dt.date(2026, 1, 2))


def test_a_line_of_the_ledger_keeps_every_find_on_one_line(made_up_copy: Path) -> None:
    before = read(made_up_copy).candidates["infusion-2024"].found
    path = candidates(made_up_copy) / "infusion-2024.yml"
    text = path.read_text(encoding="utf-8")
    found = "note: Named on the made-up website."
    assert found in text
    path.write_text(text.replace(found, 'note: "Named on\\nthe made-up website."'), encoding="utf-8")
    decide(made_up_copy, "infusion-2024", SCREEN_OUT.replace("2025-01-20", TODAY.isoformat()))
    settle(made_up_copy)
    line = read(made_up_copy).screened["2025"].records[-1]
    assert [find.source for find in before] == ["tea-index", "tea-society"]
    assert (line.found, line.source, line.known_on) == (before, None, None)
    last = (made_up_copy / "studies/screened/2025.yml").read_text(encoding="utf-8").splitlines()[-1].replace("'", "")
    assert "on: 2025-02-01, found: [{source: tea-index, on: 2024-09-01, run: 2024/2024-09-01}, {source: tea-s" in last


def test_a_line_is_a_candidate_again_on_the_days_before_it_was_written(made_up_copy: Path) -> None:
    decide(made_up_copy, "infusion-2024", SCREEN_OUT)
    before = read(made_up_copy)
    settle(made_up_copy)
    after = read(made_up_copy)
    assert "infusion-2024" not in after.candidates
    for day in (dt.date(2024, 8, 31), dt.date(2024, 9, 1), dt.date(2025, 1, 19), dt.date(2025, 1, 20)):
        told, now = (
            [
                (one.title, one.year, one.identifiers, one.found, one.decision and one.decision.reason)
                for one in sorted(records_as_of(known, day).candidates.values(), key=lambda one: str(one.title))
            ]
            for known in (before, after)
        )
        assert told == now, day
        assert any(one[2].doi == "10.5555/made-up.infusion" for one in now) is (day > dt.date(2024, 8, 31))
    assert [line.doi for line in records_as_of(after, TODAY).screened["2025"].records][-1] == "10.5555/made-up.infusion"


def test_a_record_decided_on_before_it_was_found_stays(made_up_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(made_up_copy, "W9999999902", SCREEN_OUT.replace("2025-01-20", "2025-01-09"))
    before = tree(made_up_copy)
    assert cli.main(["settle", "--root", str(made_up_copy)]) == cli.PROBLEMS
    said = capsys.readouterr().out
    assert "expected a first find up to 2025-01-09, the day of the decision, found 2025-01-10" in said
    assert tree(made_up_copy) == before


def test_a_line_of_the_ledger_keeps_the_only_number_a_record_has(made_up_copy: Path) -> None:
    text = "title: 'NO: a made-up title'\nidentifiers: {accession: '012'}\nfound: [{source: pat, on: 2025-01-10}]\n"
    write(made_up_copy, "numbered-2025", text + "suggested_by: Made-up Reader\n" + SCREEN_OUT + "\n")
    settle(made_up_copy)
    line = read(made_up_copy).screened["2025"].records[-1]
    assert (line.title, line.accession, line.found[0].source) == ("NO: a made-up title", "012", "pat")
    assert line.note == "About cats. Suggested by Made-up Reader."


def test_a_line_of_the_ledger_keeps_former_numbers_and_is_known_by_them(made_up_copy: Path) -> None:
    path = candidates(made_up_copy) / "W9999999902.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("W9999999902}", "W9999999902, aliases: [W9999999909]}"), encoding="utf-8")
    decide(made_up_copy, "W9999999902", SCREEN_OUT)
    settle(made_up_copy)
    records = read(made_up_copy)
    assert records.screened["2025"].records[-1].aliases == ("W9999999909",)
    assert "W9999999909" in [record.openalex for name, record in known_records(records) if name == "W9999999902"]


def test_a_study_keeps_former_numbers_of_its_report_and_is_known_by_them(made_up_copy: Path) -> None:
    path = candidates(made_up_copy) / "infusion-2024.yml"
    text = path.read_text(encoding="utf-8")
    assert "openalex: W9999999901" in text
    path.write_text(
        text.replace("openalex: W9999999901", "openalex: W9999999901, aliases: [W9999999909]"), encoding="utf-8"
    )
    decide(made_up_copy, "infusion-2024", INCLUDE)
    settle(made_up_copy)
    records = read(made_up_copy)
    assert records.included["infusion-2024"].reports[0].aliases == ("W9999999909",)
    assert "W9999999909" in [record.openalex for name, record in known_records(records) if name == "infusion-2024"]


def test_a_registration_with_a_doi_of_its_own_is_no_report(made_up_copy: Path) -> None:
    path = candidates(made_up_copy) / "W9999999902.yml"
    text = path.read_text(encoding="utf-8")
    for doi, is_registration in (("10.1186/isrctn99999977", True), ("10.5555/made-up.protocol", False)):
        named = f"{{registration: ISRCTN99999977, doi: {doi}}}"
        path.write_text(text.replace("{openalex: W9999999902}", named), encoding="utf-8")
        assert read(made_up_copy).candidates["W9999999902"].is_registration is is_registration


def test_an_included_registration_becomes_a_trial_with_what_its_registry_said(made_up_copy: Path) -> None:
    write(made_up_copy, "blend", REGISTRATION + INCLUDE.replace("full-text", "title-abstract") + "\n")
    settle(made_up_copy)
    trial = read(made_up_copy).trials["NCT99999977"]
    assert (trial.registry, trial.title) == ("ClinicalTrials.gov", "A made-up trial of a made-up blend")
    (seen,) = trial.status_history
    assert (seen.status, seen.seen, seen.by) == (RegistryStatus.COMPLETED, dt.date(2025, 1, 10), "nightly")
    assert trial.decision
    assert (trial.decision.by, trial.known_on, trial.note) == (("pat", "sam"), TODAY, "A made-up remark.")
    assert [found.source for found in trial.found] == ["cup-register"]


def test_a_registration_without_a_status_stays_and_everything_else_moves(
    made_up_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(made_up_copy, "blend", REGISTRATION.replace(SEEN + "\n", "") + INCLUDE + "\n")
    decide(made_up_copy, "infusion-2024", INCLUDE)
    assert cli.main(["settle", "--root", str(made_up_copy)]) == cli.PROBLEMS
    out = capsys.readouterr().out
    assert "candidates/infusion-2024.yml -> studies/included/infusion-2024.yml" in out
    assert re.search(r"studies/candidates/blend\.yml:5  decision\.outcome: expected `registry_status`", out)
    assert "Write `registry_status:" in out
    assert path.is_file()
    assert "infusion-2024" in read(made_up_copy).included


def test_a_status_seen_by_nobody_known_is_refused_at_the_candidate(made_up_copy: Path) -> None:
    write(made_up_copy, "blend", REGISTRATION.replace("by: nightly", "by: nobody") + INCLUDE + "\n")
    decide(made_up_copy, "infusion-2024", INCLUDE)
    found = settle(made_up_copy)
    assert [move.key for move in found.moves] == ["infusion-2024"]
    (refused,) = found.refused
    assert refused.path == "studies/candidates/blend.yml"
    assert "trials/NCT99999977.yml" in refused.message
    assert "nobody" in refused.message


def test_the_flow_adds_up_before_and_after(made_up_copy: Path) -> None:
    decide_on_everything(made_up_copy)
    before = disagreements(made_up_copy)
    assert len(settle(made_up_copy).moves) == 4
    assert disagreements(made_up_copy) == before


@pytest.mark.parametrize("decision", [INCLUDE, EXCLUDE, SCREEN_OUT])
@pytest.mark.parametrize("finder", ["pat", "reference-lists", "tea-society"])
def test_a_record_found_by_other_methods_stays_in_their_column(made_up_copy: Path, finder: str, decision: str) -> None:
    text = (
        f"title: A made-up find\nidentifiers: {{doi: 10.5555/found}}\nfound: [{{source: {finder}, on: 2025-01-10}}]\n"
    )
    write(made_up_copy, "find-2025", text)
    before = disagreements(made_up_copy)
    decide(made_up_copy, "find-2025", decision)
    settle(made_up_copy)
    assert "find-2025" not in read(made_up_copy).candidates
    assert disagreements(made_up_copy) == before


def test_other_records_name_it_by_what_it_is_called_now(made_up_copy: Path) -> None:
    text = """title: A made-up neighbour # a remark
identifiers: {doi: 10.5555/neighbour}
found: [{source: tea-index, on: 2025-01-10}]
linked: [NCT99999902, 'blend']
possible_duplicates:
  - W9999999902   # the same authors
  - infusion-2024
  - W9999999903
"""
    path = write(made_up_copy, "neighbour-2025", text)
    decide(made_up_copy, "infusion-2024", SCREEN_OUT)
    decide(made_up_copy, "W9999999902", EXCLUDE)
    write(made_up_copy, "blend", REGISTRATION + INCLUDE + "\n")
    settle(made_up_copy)
    after = text.replace("'blend'", "NCT99999977").replace("- W9999999902", "- w9999999902")
    after = after.replace("- infusion-2024", '- "10.5555/made-up.infusion"')
    assert path.read_text(encoding="utf-8") == after


@pytest.mark.parametrize("written", ["[W9999999902]", "W9999999902", "[dunkwell-2022, 'W9999999902']"])
def test_who_may_not_decide_on_it_still_may_not(made_up_copy: Path, written: str) -> None:
    protocol = made_up_copy / "studies/protocol.yml"
    text = protocol.read_text(encoding="utf-8").replace(
        "conflicted_with: [dunkwell-2022]", f"conflicted_with: {written}"
    )
    protocol.write_text(text, encoding="utf-8")
    decide(made_up_copy, "W9999999902", EXCLUDE)
    settle(made_up_copy)
    after = read(made_up_copy).protocol
    assert after
    assert "w9999999902" in next(person for person in after.people if person.id == "kim").conflicted_with
    assert len(protocol.read_text(encoding="utf-8").splitlines()) == len(text.splitlines())


def test_what_is_not_decided_or_awaits_classification_stays(
    made_up_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(made_up_copy)
    assert cli.main(["settle", "--root", str(made_up_copy)]) == cli.FINE
    assert "no candidate to move" in capsys.readouterr().out
    assert tree(made_up_copy) == before


def test_a_report_included_on_its_abstract_stays_to_be_read_in_full(
    made_up_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(made_up_copy, "infusion-2024", INCLUDE.replace("full-text", "title-abstract"))
    before = tree(made_up_copy)
    assert cli.main(["settle", "--root", str(made_up_copy)]) == cli.FINE
    assert "infusion-2024.yml stays: included on title and abstract" in capsys.readouterr().out
    assert tree(made_up_copy) == before
    checked = checking.check(made_up_copy, ["studies/candidates/infusion-2024.yml"])
    assert checked.problems == ()
    assert "infusion-2024" in undecided(checked.records), "it is not done with, and the site goes on showing it"


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (INCLUDE.replace("[pat, sam]", "[pat]"), "expected 2 people to decide at full text, found 1"),
        (INCLUDE.replace("sam", "nobody"), "nobody"),
        (INCLUDE.replace("sam", "kim"), "expected people without a conflict of interest on infusion-2024"),
        (EXCLUDE.replace("no-tea", "no-teapot"), "no-teapot"),
        (EXCLUDE.replace("reason: no-tea, ", ""), "expected `reason` for a decision to exclude"),
    ],
)
def test_a_decision_that_breaks_a_rule_moves_nothing_and_names_the_line(
    made_up_copy: Path, capsys: pytest.CaptureFixture[str], decision: str, said: str
) -> None:
    protocol = made_up_copy / "studies/protocol.yml"
    text = protocol.read_text(encoding="utf-8").replace("[dunkwell-2022]", "[infusion-2024]")
    protocol.write_text(text, encoding="utf-8")
    decide(made_up_copy, "infusion-2024", decision)
    decide(made_up_copy, "W9999999903", SCREEN_OUT)
    before = tree(made_up_copy)
    assert cli.main(["settle", "--root", str(made_up_copy)]) == cli.PROBLEMS
    out, err = capsys.readouterr()
    line = len((candidates(made_up_copy) / "infusion-2024.yml").read_text(encoding="utf-8").splitlines())
    assert f"studies/candidates/infusion-2024.yml:{line}  decision" in out
    assert said in out
    assert "Nothing was moved" in err
    assert tree(made_up_copy) == before


FLOW = "records: [{title: X, doi: 10.5555/x, reason: no-tea, by: [pat], on: 2025-01-02}]\n"


@pytest.mark.parametrize("ledger", ["records: []\n", FLOW])
def test_a_ledger_that_cannot_be_added_to_is_left_alone(made_up_copy: Path, ledger: str) -> None:
    (made_up_copy / "studies/screened/2025.yml").write_text(ledger, encoding="utf-8")
    decide(made_up_copy, "W9999999903", SCREEN_OUT)
    before = tree(made_up_copy)
    with pytest.raises(LedgerError, match=r"screened/2025\.yml cannot be added to"):
        settle(made_up_copy)
    assert tree(made_up_copy) == before


def writes_of(root: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many writes a settlement makes, by killing one ever later until it survives."""
    for step in range(100):
        copy = root.with_name(f"counting-{step}")
        shutil.copytree(root, copy)
        try:
            with killed_at(monkeypatch, step):
                settle(copy)
        except KilledError:
            settle(copy)
        else:
            return step
    raise AssertionError


def test_killed_at_any_write_a_rerun_ends_as_an_undisturbed_run(
    made_up_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide_on_everything(made_up_copy)
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(made_up_copy, undisturbed)
    settle(undisturbed)
    n_writes = writes_of(made_up_copy, monkeypatch)
    assert n_writes > 10
    for step in range(n_writes):
        assert tree(tmp_path / f"counting-{step}") == tree(undisturbed)


def test_settling_again_changes_nothing(made_up_copy: Path) -> None:
    decide_on_everything(made_up_copy)
    settle(made_up_copy)
    before = tree(made_up_copy)
    assert settle(made_up_copy).moves == ()
    assert tree(made_up_copy) == before


def test_only_comments_that_people_wrote_are_kept() -> None:
    raw = (
        b"# yaml-language-server: $schema=../schema/candidate.schema.json\n# To decide: made-up words.\n"
        b'title: "Tea # 3" # read by Pat\nnote: >-\n  a # b\n  # c\nurl: https://example.org/#d\n  # indented\n'
    )
    assert comments(raw)[2:] == ["# read by Pat", "# indented"]
    assert comments_of_people(raw, {"# To decide: made-up words."}) == ["# read by Pat", "# indented"]


def test_a_comment_at_the_top_of_a_file_with_a_mark_is_kept_whole() -> None:
    raw = b'# made up: "first # second"\ntitle: Made up # third\n'
    assert comments(b"\xef\xbb\xbf" + raw) == comments(raw) == ['# made up: "first # second"', "# third"]


def test_a_name_that_cannot_be_changed_alone_is_refused() -> None:
    raw = b"one: [&a tea]\ntwo: *a\n"
    with pytest.raises(RenamingError, match="tea"):
        renamed(raw, {("one", 0): ("tea", "cup")})


def registered(status: RegistryStatus | None, *, home: bool = True) -> Group:
    trial = RegistryRecord(
        "NCT99999977", home=home, status=status, status_as_printed="Made-up word", registry_updated="2025-01"
    )
    record = SourceRecord(
        "cup-register", "A made-up trial", registration="NCT99999977", kind=RecordKind.REGISTRATION, trial=trial
    )
    return Group((record,))


def test_a_candidate_says_what_its_own_registry_said_when_it_was_found() -> None:
    occasion = Occasion(dt.date(2025, 1, 10), "1.2.3")
    assert candidate(registered(RegistryStatus.RECRUITING), occasion, Why(), (), ())["registry_status"] == {
        "seen": "2025-01-10",
        "status": "RECRUITING",
        "as_printed": "Made-up word",
        "registry_updated": "2025-01",
        "by": "nightly",
    }
    assert "registry_status" not in candidate(registered(None), occasion, Why(), (), ())
    copied = candidate(registered(RegistryStatus.RECRUITING, home=False), occasion, Why(), (), ())
    assert "registry_status" not in copied, "a copy on another platform is no look at the registry"

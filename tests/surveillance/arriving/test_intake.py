"""Importing an export: every record becomes a candidate or a counted duplicate, together with the search run."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from generator import cli
from generator.keeping import recording
from generator.problems import Level
from generator.records import checking, store
from generator.review import Review
from generator.surveillance.arriving import intake
from generator.surveillance.arriving.search_log import LogError, Occasion
from generator.surveillance.formats import FormatError
from generator.surveillance.priority.reasons import Reasons
from tests.conftest import ROOT
from tests.kills import KilledError, killed_at

OCCASION = Occasion(dt.datetime(2026, 11, 30, 4, 5, 6, tzinfo=dt.UTC), "1.2.3")
HOSTILE = "Made-up <img src=x onerror=alert(1)> | p<0.05 [x](javascript:alert(1)) # 'NO': - \"on\""
RIS = f"""TY  - JOUR
TI  - {HOSTILE}
AU  - Madeup, Ann
AU  - O'Fiction, Bo
PY  - 2025
DO  - https://doi.org/10.5555/NEW.1
JO  - Made-up Journal
ER  -

TY  - JOUR
TI  - Safety of bone marrow derived mesenchymal stem cell extracellular vesicle injection for lumbar facet joint pain
AU  - Wilson, Jane
PY  - 2024
DO  - doi:10.2217/RME-2023-0110
ER  -

TY  - JOUR
TI  - A second made-up study without identifiers
AU  - Madeup, Ann
PY  - 2025
ER  -
"""


@pytest.fixture
def review(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "studies", tmp_path / "studies")
    return tmp_path


def take_in(root: Path, text: str = RIS, name: str = "made-up.ris") -> intake.Intake:
    export = intake.Export(name, text.encode(), "scopus")
    recording.recover(root)
    records = store.load(root).records
    found = intake.take_in(export, intake.Into(records, root), OCCASION, Reasons(records))
    recording.record(root, found.files)
    return found


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_new_records_become_candidates_and_known_ones_are_counted(review: Path) -> None:
    found = take_in(review)
    assert (found.n_received, found.n_duplicates, list(found.new)) == (3, 1, ["madeup-2025", "madeup-2025-2"])
    checked = checking.check(review)
    assert not [problem for problem in checked.problems if problem.level is Level.ERROR]
    first, second = (checked.records.candidates[key] for key in found.new)
    by_title = {candidate.title: candidate for candidate in (first, second)}
    assert by_title[HOSTILE].identifiers.doi == "10.5555/new.1"
    assert by_title[HOSTILE].authors == "Madeup, Ann; O'Fiction, Bo"
    other = by_title["A second made-up study without identifiers"]
    assert other.identifiers.accession == "made-up.ris:17"
    assert {(one.source, one.on.isoformat(), one.run) for one in first.found} == {
        ("scopus", "2026-11-30", "2026/2026-11-30")
    }
    assert first.decision is None


def test_the_search_run_appears_with_its_counts_and_the_sums_agree(review: Path) -> None:
    take_in(review)
    records = store.load(review).records
    run = records.searches["2026/2026-11-30"].runs[-1]
    part = run.sources[0]
    assert (run.kind, run.at.isoformat(), run.tool_version) == ("import", "2026-11-30T04:05:06+00:00", "1.2.3")
    assert (part.hits, part.received, part.new, part.failed) == (3, 3, 2, False)
    assert part.removed
    assert part.removed.duplicates == 1
    assert records.protocol
    assert Review(records, records.protocol, dt.date(2026, 12, 1)).flow.disagreements == ()


def test_the_same_file_again_changes_nothing(review: Path) -> None:
    take_in(review)
    before = tree(review)
    assert take_in(review).imported_before
    assert tree(review) == before


def test_the_same_records_in_another_file_are_offered_once(review: Path) -> None:
    take_in(review)
    before = tree(review)
    found = take_in(review, RIS.replace("https://doi.org/10.5555/NEW.1", "10.5555/new.1") + "\n", "again.ris")
    assert (found.n_duplicates, dict(found.new)) == (3, {})
    changed = {path for path, content in tree(review).items() if before.get(path) != content}
    assert changed == {"studies/searches/2026/2026-11-30.yml"}


def test_a_run_is_added_below_what_stands_in_the_log(review: Path) -> None:
    log = review / "studies/searches/2026/2026-11-30.yml"
    log.parent.mkdir(parents=True)
    text = (
        "# by hand\nruns:\n  - kind: manual # a remark\n    at: 2026-11-30\n    sources: [{source: embase, hits: 0}]\n"
    )
    log.write_text(text, encoding="utf-8")
    take_in(review)
    assert log.read_text(encoding="utf-8").startswith(text)
    assert [run.kind for run in store.load(review).records.searches["2026/2026-11-30"].runs] == ["manual", "import"]


def test_a_log_that_cannot_be_added_to_is_left_alone(review: Path) -> None:
    log = review / "studies/searches/2026/2026-11-30.yml"
    log.parent.mkdir(parents=True)
    log.write_text("runs: [{kind: manual, at: 2026-11-30, sources: [{source: embase, hits: 0}]}]\n", encoding="utf-8")
    before = tree(review)
    with pytest.raises(LogError, match=r"2026-11-30\.yml cannot be added to"):
        take_in(review)
    assert tree(review) == before


def test_a_publication_of_a_known_trial_is_a_candidate_linked_to_it(review: Path) -> None:
    publication = """PMID- 39999999
TI  - Made-up results of a registered trial without a title on file.
FAU - Madeup, Ann
DP  - 2025 Jan
SI  - ClinicalTrials.gov/NCT04849429
"""
    found = take_in(review, publication, "made-up.nbib")
    assert list(found.new) == ["madeup-2025"]
    assert store.load(review).records.candidates["madeup-2025"].linked == ("NCT04849429",)


def test_an_export_of_a_portal_brings_known_trials_up_to_date(review: Path) -> None:
    trial = "<TrialID>NCT04849429</TrialID><Last_Refreshed_on>1 October 2026</Last_Refreshed_on>"
    trial += "<Public_title>Made-up title</Public_title><Recruitment_Status>Recruiting</Recruitment_Status>"
    text = f"<Trials_downloaded_from_ICTRP><Trial>{trial}</Trial></Trials_downloaded_from_ICTRP>"
    before = store.load(review).records.trials["NCT04849429"]
    found = take_in(review, text, "made-up.xml")
    assert (found.n_duplicates, dict(found.new)) == (1, {})
    checked = checking.check(review)
    assert checked.n_errors == 0
    now = checked.records.trials["NCT04849429"]
    assert now.status_history[:-1] == before.status_history
    newest = now.status_history[-1]
    assert (newest.seen, newest.status, newest.registry_updated) == (OCCASION.on, "RECRUITING", "2026-10-01")
    assert newest.source
    assert now.quotes[newest.source[0]].at.startswith("copy of the record on another platform")
    assert "NCT04849429: title: Made-up title, which was missing" in found.updated.changes


def test_a_candidate_that_another_source_returns_names_both(review: Path) -> None:
    take_in(review)
    export = intake.Export("again.ris", RIS.encode() + b"\n", "embase")
    records = store.load(review).records
    found = intake.take_in(export, intake.Into(records, review), OCCASION, Reasons(records))
    recording.record(review, found.files)
    for key in ("madeup-2025", "madeup-2025-2"):
        candidate = store.load(review).records.candidates[key]
        assert [one.source for one in candidate.found] == ["scopus", "embase"]
        assert "# To decide:" in (review / f"studies/candidates/{key}.yml").read_text(encoding="utf-8")


def test_an_old_export_counts_as_a_search_of_its_day(review: Path) -> None:
    export = intake.Export("made-up.ris", RIS.encode(), "scopus", dt.date(2025, 1, 31))
    before = store.load(review).records
    found = intake.take_in(export, intake.Into(before, review), OCCASION, Reasons(before))
    recording.record(review, found.files)
    records = store.load(review).records
    assert records.searches["2025/2025-01-31"].runs[0].at == dt.date(2025, 1, 31)
    assert records.candidates["madeup-2025"].found[0].on == dt.date(2025, 1, 31)
    assert not [problem for problem in checking.check(review).problems if problem.level is Level.ERROR]


def test_what_waits_on_another_branch_is_not_imported_again(review: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(review / "studies", other / "studies")
    take_in(other)
    records, export = store.load(review).records, intake.Export("made-up.ris", RIS.encode(), "scopus")
    into = intake.Into(records, review, (store.load(other).records,))
    found = intake.take_in(export, into, OCCASION, Reasons(records))
    assert (found.n_received, found.n_duplicates, dict(found.new)) == (3, 3, {})


def test_an_export_that_states_its_day_counts_as_a_search_of_that_day(review: Path) -> None:
    head = "<Trials_downloaded_from_ICTRP><Trial><Export_date>9/18/2026 10:00:00 AM</Export_date>"
    trial = (
        "<TrialID>NCT99000099</TrialID><Public_title>Made-up tea</Public_title></Trial></Trials_downloaded_from_ICTRP>"
    )
    take_in(review, head + trial, "made-up.xml")
    assert "2026/2026-09-18" in store.load(review).records.searches


def test_a_day_of_export_that_is_still_to_come_counts_for_nothing(review: Path) -> None:
    head = "<Trials_downloaded_from_ICTRP><Trial><Export_date>12/31/2099 10:00:00 AM</Export_date>"
    trial = (
        "<TrialID>NCT99000099</TrialID><Public_title>Made-up tea</Public_title></Trial></Trials_downloaded_from_ICTRP>"
    )
    take_in(review, head + trial, "made-up.xml")
    assert "2026/2026-11-30" in store.load(review).records.searches


def test_a_file_that_loses_a_record_is_refused_whole(review: Path) -> None:
    before = tree(review)
    with pytest.raises(FormatError, match=r"made-up\.ris"):
        take_in(review, "These are no records at all.")
    assert tree(review) == before


@pytest.mark.parametrize("step", range(8))
def test_killed_at_any_write_a_rerun_ends_as_an_undisturbed_run(
    review: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    undisturbed = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(review / "studies", undisturbed / "studies")
    take_in(undisturbed)
    with killed_at(monkeypatch, step), pytest.raises(KilledError):
        take_in(review)
    take_in(review)
    assert tree(review) == tree(undisturbed)


def test_the_verb_reports_and_refuses(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = review / "made-up.ris"
    export.write_text(RIS, encoding="utf-8")
    arguments = ("import", "--root", str(review), "--source")
    assert cli.main([*arguments, "nowhere", str(export)]) == cli.USAGE
    assert "There is no source 'nowhere'" in capsys.readouterr().err
    assert cli.main([*arguments, "scopus", str(review / "missing.ris")]) == cli.USAGE
    assert cli.main([*arguments, "scopus", "--on", "2999-01-31", str(export)]) == cli.USAGE
    assert "--on 2999-01-31: this day is still to come." in capsys.readouterr().err
    assert cli.main([*arguments, "scopus", "--also-known", str(review / "nowhere"), "--", str(export)]) == cli.USAGE
    assert "There is no folder studies/" in capsys.readouterr().err
    assert cli.main([*arguments, "scopus", str(export)]) == cli.FINE
    assert "made-up.ris: RIS, 3 records, 1 known or repeated, 2 new" in capsys.readouterr().out
    assert cli.main([*arguments, "scopus", str(export)]) == cli.FINE
    assert "imported before, nothing to do" in capsys.readouterr().out
    export.write_text(f"{RIS.partition('ER  -')[0]}ER  -\n", encoding="utf-8")
    assert cli.main([*arguments, "scopus", str(export)]) == cli.FINE
    assert "made-up.ris: RIS, 1 record, 1 known or repeated, 0 new" in capsys.readouterr().out
    export.write_text("no records", encoding="utf-8")
    assert cli.main([*arguments, "scopus", str(export)]) == cli.SOURCE_FAILED
    assert "Nothing of this file was imported." in capsys.readouterr().err


def test_the_name_of_a_file_cannot_steer_a_terminal(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = review / "made-up-\x1b[31m.ris"
    export.write_text("no records", encoding="utf-8")
    assert cli.main(["import", "--root", str(review), "--source", "scopus", str(export)]) == cli.SOURCE_FAILED
    told = capsys.readouterr().err
    assert r"made-up-\x1b[31m.ris:1: the layout of the file is not known" in told
    assert "\x1b" not in told

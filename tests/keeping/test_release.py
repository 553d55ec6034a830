"""Publishing a version: what is refused and why, what is written, and that the frozen bundle is always the same."""

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from generator import cli
from generator.keeping import releasing
from generator.keeping.releasing import ReleaseError, Stated
from generator.model.version import VersionKind
from generator.records import yamlfile
from generator.review import Review
from tests.conftest import ROOT
from tests.evidence import read

ENTRY = {"version": "1.2", "on": dt.date(2025, 1, 31), "authors": [{"person": "pat", "roles": ["Made-up role"]}]}
STATED = {
    "--kind": "evidence",
    "--trigger": "Made-up data # of 'a' study: more",
    "--methods-changes": "none",
    "--results-changes": "Made-up data were added.",
    "--conclusions": "unchanged",
    "--on": "2025-01-31",
}
CONCLUSIONS = {"kind": "conclusions", "conclusions": "changed"}
AUTHORS = ("--author", "pat", "Conceptualization", "Data curation", "--author", "kim", "Investigation")
EVENT = "  - {on: 2025-01-20, kind: data-added, note: Made-up data.}\n"


def release(
    root: Path,
    number: str,
    changed: Mapping[str, str] = MappingProxyType({}),
    authors: tuple[str, ...] = AUTHORS,
    more: tuple[str, ...] = (),
) -> int:
    stated = STATED | {f"--{name}": value for name, value in changed.items()}
    words = [word for pair in stated.items() for word in pair]
    return cli.main(("release", number, "--root", str(root), *words, *more, *authors))


@pytest.fixture
def due(made_up_copy: Path) -> Path:
    """Return a made-up review to which data were added after its newest version, 1.1."""
    study = made_up_copy / "studies" / "included" / "icecap-2023.yml"
    before = "  - {on: 2024-03-10, kind: included, note: Made-up crossover trial.}\n"
    text = study.read_text(encoding="utf-8")
    assert before in text
    study.write_text(text.replace(before, before + EVENT), encoding="utf-8")
    return made_up_copy


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_no_version_is_dated_with_a_day_to_come(due: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(due)
    assert release(due, "1.2", {"on": "2199-01-01"}) == cli.USAGE
    assert capsys.readouterr().err == "--on 2199-01-01: this day is still to come.\n"
    assert contents(due) == before


def test_a_version_that_is_due_and_stated_is_written_at_the_end(due: Path, capsys: pytest.CaptureFixture[str]) -> None:
    versions = due / "studies" / "versions.yml"
    before, others = versions.read_bytes(), contents(due)
    assert release(due, "1.2") == cli.FINE
    out = capsys.readouterr().out
    after = versions.read_bytes()
    assert after.startswith(before)
    written = yamlfile.read(after).data
    assert isinstance(written, dict)
    assert written["versions"][-1] == {
        "version": "1.2",
        "on": "2025-01-31",
        "kind": "evidence",
        "trigger": "Made-up data # of 'a' study: more",
        "searched_to": "2025-01-11",
        "methods_changes": "none",
        "results_changes": "Made-up data were added.",
        "conclusions_changed": "false",
        "authors": [
            {"person": "pat", "roles": ["Conceptualization", "Data curation"]},
            {"person": "kim", "roles": ["Investigation"]},
        ],
        "included": ["dunkwell-2022", "icecap-2023", "solo-2020", "steeply-2024"],
        "bundled": "true",
    }
    assert {path for path, content in contents(due).items() if others.get(path) != content} == {
        "studies/versions.yml",
        "CITATION.cff",
        ".zenodo.json",
    }
    assert "1.2" in (due / "CITATION.cff").read_text(encoding="utf-8")
    assert [line.strip() for line in out.splitlines()[1:]] == [
        "living-review bundle 1.2 --output docs/versions/1.2.zip",
        "git add studies/versions.yml CITATION.cff .zenodo.json docs/versions/1.2.zip",
        'git commit -m "Version 1.2"',
        "git tag v1.2",
    ]
    assert cli.main(("check", "--root", str(due))) == cli.FINE


def test_the_same_evidence_is_not_published_twice(due: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(due, "1.2") == cli.FINE
    written = contents(due)
    assert release(due, "1.3") == cli.PROBLEMS
    assert "Nothing that makes a version has changed since version 1.2" in capsys.readouterr().err
    assert contents(due) == written


@pytest.mark.parametrize(
    ("number", "changed", "said"),
    [
        ("1.1.1", {"kind": "correction"}, "At least 1.2 (evidence) is due, because: Data of Icecap 2023 were added."),
        ("1.3", {}, "The next version of the kind evidence is 1.2, not 1.3."),
        ("2.0", {}, "The next version of the kind evidence is 1.2, not 2.0."),
        ("1.2", {"kind": "conclusions"}, "The next version of the kind conclusions is 2.0, not 1.2."),
        ("1.2", {"conclusions": "changed"}, "conclusions_changed: expected false for the kind evidence, found true."),
        ("1.2", {"on": "2025-01-10"}, "a search alone never makes one"),
        ("1.2", {"on": "2024-09-01"}, "Version 1.1 was published on 2024-09-15, which is after 2024-09-01."),
        ("1.2", {"trigger": " "}, "trigger: expected text"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    due: Path, number: str, changed: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(due)
    assert release(due, number, changed) == cli.PROBLEMS
    err = capsys.readouterr().err
    assert said in err
    assert err.endswith("Nothing was written.\n")
    assert contents(due) == before


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ((), "A version needs authors: --author ID ROLE … for each. Known: kim, pat, sam."),
        (("--author", "nobody", "Software"), "'nobody' is nobody in studies/protocol.yml. Known: kim, pat, sam."),
        (("--author", "pat"), "What did pat do? Name at least one role"),
        (("--author", "sam", "Software"), "has declared no interests yet"),
        (("--author", "pat", "Software", "--author", "pat", "Validation"), "pat is named as an author twice."),
    ],
)
def test_authors_are_known_have_roles_and_declared_interests(
    due: Path, authors: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(due, "1.2", authors=authors) == cli.PROBLEMS
    assert said in capsys.readouterr().err


def test_conclusions_may_change_with_the_evidence(due: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(due, "2.0", CONCLUSIONS) == cli.FINE
    assert "git tag v2.0" in capsys.readouterr().out


def test_a_back_dated_version_holds_what_was_known_on_its_day(due: Path) -> None:
    study = due / "studies" / "included" / "steeply-2024.yml"
    before = "{on: 2024-09-15, kind: included"
    text = study.read_text(encoding="utf-8")
    assert before in text
    study.write_text(text.replace(before, "{on: 2025-02-05, kind: included"), encoding="utf-8")
    assert release(due, "1.2", {"on": "2025-02-01"}) == cli.FINE
    written = yamlfile.read((due / "studies" / "versions.yml").read_bytes()).data
    assert isinstance(written, dict)
    assert written["versions"][-1]["included"] == ["dunkwell-2022", "icecap-2023", "solo-2020"]


def test_a_version_rests_on_a_search(made_up_review: Path) -> None:
    held = read(made_up_review)
    review = Review(replace(held.records, searches={}), held.protocol, held.today)
    roles = (("pat", ("Software",)), ("kim", ("Software",)))
    stated = Stated("1.2", VersionKind.EVIDENCE, held.today, "Made-up", "none", "Made-up", False, roles)
    said = "A version rests on a search, and none has been recorded yet."
    assert said in releasing.refusals(review, stated)
    assert said not in releasing.refusals(held, stated)
    with pytest.raises(ReleaseError, match=said):
        releasing.entry(review, stated)


def test_a_study_that_was_taken_out_is_not_among_those_included(due: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = due / "studies" / "included" / "solo-2020.yml"
    text = study.read_text(encoding="utf-8")
    removed = "  - {on: 2025-01-25, kind: removed, note: Made-up reason.}\n"
    text = text.replace("decision: {outcome: include,", "decision: {outcome: exclude, reason: no-tea,", 1)
    study.write_text(text.replace("quotes:\n", f"{removed}quotes:\n", 1), encoding="utf-8")
    assert release(due, "1.2") == cli.PROBLEMS
    assert "still rest on Solo 2020 (out since 2025-01-25): write them anew." in capsys.readouterr().err
    for summary in (due / "studies" / "summaries").iterdir():
        words = summary.read_text(encoding="utf-8")
        summary.write_text(words.replace(", solo-2020", ""), encoding="utf-8")
    assert release(due, "1.2") == cli.FINE
    written = yamlfile.read((due / "studies" / "versions.yml").read_bytes()).data
    assert isinstance(written, dict)
    assert written["versions"][-1]["included"] == ["dunkwell-2022", "icecap-2023", "steeply-2024"]


def test_nothing_follows_the_last_version(due: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(due, "1.2", more=("--retires",)) == cli.FINE
    assert release(due, "2.0", CONCLUSIONS) == cli.PROBLEMS
    assert "Version 1.2 was declared the last one" in capsys.readouterr().err


def test_the_real_review_is_refused_because_nobody_is_entered_as_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "studies", tmp_path / "studies")
    before = contents(tmp_path)
    someone = ("--author", "someone", "Software")
    assert release(tmp_path, "1.0", CONCLUSIONS | {"on": "2024-12-31"}, someone) == cli.PROBLEMS
    assert "A version needs authors, and nobody is entered as a person yet" in capsys.readouterr().err
    assert contents(tmp_path) == before


def test_records_with_errors_are_not_published(due: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = due / "studies" / "included" / "solo-2020.yml"
    study.write_text(study.read_text(encoding="utf-8") + "unknown_field: 1\n", encoding="utf-8")
    before = contents(due)
    assert release(due, "1.2") == cli.PROBLEMS
    assert "mend the errors first" in capsys.readouterr().err
    assert contents(due) == before


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        (None, ["# Append-only, newest last."]),
        (b"versions: []\n", []),
        (b"# one\nversions: []  # two\n# three\n\n", ["# one", "versions: # two", "# three"]),
        (b"# one\r\nversions: [ ]\r\n", ["# one"]),
        (b"versions:\n", []),
        (b"versions:\n- version: '1.1'  # a remark\n  kind: evidence\n\n# the end\n", ["# the end"]),
        (b"versions:\n    - {version: '1.1'}  # flow\n", ["    - {version: '1.1'}  # flow"]),
    ],
)
def test_an_entry_is_added_however_the_file_is_written(before: bytes | None, kept: list[str]) -> None:
    after = releasing.with_version(before, ENTRY)
    read = yamlfile.read(after)
    assert read.faults == ()
    assert isinstance(read.data, dict)
    plain = {"version": "1.2", "on": "2025-01-31", "authors": [{"person": "pat", "roles": ["Made-up role"]}]}
    assert read.data["versions"][-1] == plain
    assert len(read.data["versions"]) == (2 if before and b"1.1" in before else 1)
    assert set(kept) <= set(after.decode().splitlines())
    assert (b"\r\n" in after) == bool(before and b"\r\n" in before)
    assert after.count(b"\r") in (0, after.count(b"\n"))


@pytest.mark.parametrize(
    "before", [b"versions: [{version: '1.1'}]\n", b"versions: {a: b}\n", b"- a\n", b"versions: *x\n"]
)
def test_a_file_that_cannot_be_added_to_is_refused(before: bytes) -> None:
    with pytest.raises(ReleaseError, match="cannot be added to"):
        releasing.with_version(before, ENTRY)


@pytest.fixture
def project(made_up_copy: Path) -> Path:
    """Return a made-up review with everything that a site is built from."""
    shutil.copytree(ROOT / "docs", made_up_copy / "docs")
    shutil.copy(ROOT / "mkdocs.yml", made_up_copy)
    return made_up_copy


def test_a_bundle_is_the_same_bytes_again_and_opens_without_a_network(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    versions = project / "studies" / "versions.yml"
    doi = "    doi: 10.5555/made-up.tea.v1\n"
    versions.write_text(
        versions.read_text(encoding="utf-8").replace(doi, f"{doi}    bundled: true\n"), encoding="utf-8"
    )
    options = ("bundle", "1.0", "--root", str(project))
    assert cli.main(options) == cli.FINE, capsys.readouterr().err
    kept = project / "docs" / "versions" / "1.0.zip"
    first = kept.read_bytes()
    kept.unlink()
    shutil.rmtree(project / "build")
    assert cli.main((*options, "--output", "again.zip")) == cli.FINE
    assert (project / "again.zip").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        files = {name.removeprefix("version-1.0/"): archive.read(name) for name in archive.namelist()}
        assert archive.namelist() == sorted(archive.namelist())
        assert {member.date_time for member in archive.infolist()} == {(2024, 3, 10, 0, 0, 0)}
    assert {
        "README.txt",
        "index.html",
        "versions/1.0.html",
        "checklists.html",
        "data/studies.csv",
        "data/studies.json",
        "data/references.ris",
        "data/PRISMA.csv",
        "data/records.json",
    } <= files.keys()
    assert "versions/1.1.html" not in files, "it was published later"
    assert not [name for name in files if name.endswith((".zip", "sitemap.xml"))]
    assert b"Version 1.0 as one file (ZIP):" in files["versions/1.0.html"]
    assert b'.zip"' not in files["versions/1.0.html"], "nothing leads to what is not there"
    assert b"https://doi.org/10.5555/made-up.tea.v1" in files["README.txt"]
    assert b"The review as it was known on <time>2024-03-10</time>" in files["index.html"]
    assert b"steeply-2024" not in files["data/studies.csv"]


def test_a_bundle_is_never_written_over_and_needs_a_published_version(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "kept.zip").write_bytes(b"made-up")
    options = ("--root", str(project), "--output", "kept.zip")
    assert cli.main(("bundle", "1.0", *options)) == cli.USAGE
    assert "a bundle is never changed" in capsys.readouterr().err
    assert (project / "kept.zip").read_bytes() == b"made-up"
    assert cli.main(("bundle", "3.0", *options)) == cli.USAGE
    assert "There is no version 3.0. Published: 1.0, 1.1." in capsys.readouterr().err


def git(root: Path, *arguments: str) -> str:
    made_up = {"user.name": "Made-up Pat", "user.email": "pat@example.org", "commit.gpgsign": "false"}
    known = [part for name, value in made_up.items() for part in ("-c", f"{name}={value}")]
    return subprocess.run(["git", *known, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def committed(due: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the made-up review that a version is due of, with everything a site is built from, in a commit."""
    shutil.copytree(ROOT / "docs", due / "docs")
    shutil.copy(ROOT / "mkdocs.yml", due)
    (due / ".gitignore").write_text("build/\n", encoding="utf-8")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Made-up Pat")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "pat@example.org")
    git(due, "init", "--quiet")
    git(due, "add", ".")
    git(due, "commit", "--quiet", "-m", "Made-up records")
    return due


def test_on_request_it_leaves_a_commit_that_is_ready_to_be_tagged(
    committed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(committed, "1.2", more=("--commit",)) == cli.FINE, capsys.readouterr().err
    assert capsys.readouterr().out.splitlines()[-1].strip() == "git tag v1.2"
    assert git(committed, "log", "--format=%s").splitlines() == ["Version 1.2", "Made-up records"]
    assert git(committed, "status", "--porcelain") == ""
    assert set(git(committed, "show", "--format=", "--name-only", "HEAD").split()) == {
        ".zenodo.json",
        "CITATION.cff",
        "docs/versions/1.2.zip",
        "studies/versions.yml",
    }


@pytest.mark.parametrize("is_repository", [True, False])
def test_a_commit_of_anything_but_the_version_is_refused(
    committed: Path, is_repository: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    (committed / "docs" / "made-up-note.txt").write_text("made-up", encoding="utf-8")
    if not is_repository:
        shutil.rmtree(committed / ".git")
    versions = (committed / "studies" / "versions.yml").read_bytes()
    assert release(committed, "1.2", more=("--commit",)) == cli.PROBLEMS
    said = "changes that are in no commit" if is_repository else "Git cannot tell the state of this folder"
    assert said in capsys.readouterr().err
    assert (committed / "studies" / "versions.yml").read_bytes() == versions


NO_SITE = "not_a_setting_of_the_engine: [\n"
REFUSES = "#!/bin/sh\necho made-up refusal >&2\nexit 1\n"


def test_without_git_on_the_machine_a_commit_is_refused_in_words(
    committed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(committed / "made-up-empty-folder"))
    assert release(committed, "1.2", more=("--commit",)) == cli.PROBLEMS
    assert "Git cannot tell the state of this folder: git could not be started" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["engine", "commit"])
@pytest.mark.parametrize("had_files", [True, False])
def test_what_fails_halfway_leaves_nothing_half_written(
    committed: Path, what: str, had_files: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    if had_files:
        assert cli.main(("cite", "--root", str(committed))) == cli.FINE
    if what == "engine":
        (committed / "mkdocs.yml").write_text(NO_SITE, encoding="utf-8")
    git(committed, "add", ".")
    git(committed, "commit", "--quiet", "--allow-empty", "-m", "Made-up state before")
    if what == "commit":
        hook = committed / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(REFUSES, encoding="utf-8")
        hook.chmod(0o755)
    before = kept(committed)
    assert release(committed, "1.2", more=("--commit",)) == cli.PROBLEMS
    said = capsys.readouterr().err
    assert ("The site engine could not build" if what == "engine" else "made-up refusal") in said
    assert said.endswith("Version 1.2 was not published; every file is as it was before.\n")
    assert kept(committed) == before
    assert not (committed / "docs" / "versions").exists()
    assert git(committed, "status", "--porcelain") == ""
    assert git(committed, "log", "-1", "--format=%s").strip() == "Made-up state before"


def test_a_bundle_that_is_there_already_stays_and_the_version_is_not_published(
    committed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = committed / "docs" / "versions" / "1.2.zip"
    bundle.parent.mkdir()
    bundle.write_bytes(b"made-up")
    git(committed, "add", ".")
    git(committed, "commit", "--quiet", "-m", "Made-up state before")
    before = kept(committed)
    assert release(committed, "1.2", more=("--commit",)) == cli.PROBLEMS
    assert "a bundle is never changed" in capsys.readouterr().err
    assert kept(committed) == before


def kept(root: Path) -> dict[str, bytes]:
    """Return every file that git could see, by path; what is built does not count."""
    return {path: content for path, content in contents(root).items() if not path.startswith((".git/", "build/"))}

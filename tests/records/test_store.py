"""Reading a folder of records: every file is read or reported, in order, and one broken file hides no other."""

import os
from pathlib import Path

import pytest

from generator.model import records as kinds
from generator.model.records import KINDS, Kind, Records
from generator.problems import Problem
from generator.records import store, yamlfile


def write(root: Path, below: str, text: str) -> Path:
    file = root / "studies" / below
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def reported(root: Path) -> list[tuple[str, int, str]]:
    """Return path, line and message of every problem below a root."""
    return [(problem.path, problem.line, problem.message) for problem in store.load(root).problems]


def test_every_record_of_a_review_is_read(made_up_review: Path) -> None:
    loaded = store.load(made_up_review)
    assert loaded.problems == ()
    assert loaded.n_files == sum(1 for path in (made_up_review / "studies").rglob("*.yml"))
    records = loaded.records
    assert records.protocol is not None
    assert records.instruments is not None
    assert records.versions is not None
    assert sorted(records.included) == ["dunkwell-2022", "icecap-2023", "solo-2020", "steeply-2024"]
    assert sorted(records.excluded) == ["espresso-2021", "withdrawn-2019"]
    assert sorted(records.trials) == [
        "2099-599999-99-00",
        "CTRI-2099-01-099903",
        "ISRCTN99999904",
        "NCT99999901",
        "NCT99999902",
    ]
    assert sorted(records.candidates) == ["W9999999902", "W9999999903", "infusion-2024", "samovar-2023"]
    assert sorted(records.screened) == ["2024", "2025"]
    assert sorted(records.searches) == ["2024/2024-03-01", "2024/2024-09-01", "2025/2025-01-10", "2025/2025-01-11"]
    assert sorted(records.summaries) == [
        "bottom-line-calm",
        "bottom-line-hiccups",
        "bottom-line-spills",
        "plain-language",
    ]
    assert sorted(records.tools) == ["made-up-cup-check-1", "made-up-spill-list-1"]
    assert sorted(records.source_texts) == ["dunkwell-2022-report", "steeply-2024-report"]


def test_each_kind_has_a_place_in_the_records(made_up_review: Path) -> None:
    """A kind without a sample here would be read by nobody."""
    below = {path.relative_to(made_up_review / "studies").as_posix() for path in made_up_review.rglob("*.yml")}
    assert {kinds.kind_of(path) for path in below} == set(KINDS)


def test_records_are_in_the_order_of_their_paths(made_up_review: Path) -> None:
    records = store.load(made_up_review).records
    for by_id in (records.included, records.trials, records.searches, records.summaries):
        assert list(by_id) == sorted(by_id)


def test_an_empty_folder_misses_protocol_and_instruments(tmp_path: Path) -> None:
    expected = [
        ("studies/instruments.yml", 0, "expected this file, found none"),
        ("studies/protocol.yml", 0, "expected this file, found none"),
    ]
    assert reported(tmp_path) == expected
    (tmp_path / "studies").mkdir()
    assert reported(tmp_path) == expected
    assert vars(store.load(tmp_path).records) == vars(Records())


def test_a_broken_file_hides_no_other(made_up_copy: Path) -> None:
    write(made_up_copy, "included/dunkwell-2022.yml", "title: 'never closed\n")
    write(made_up_copy, "included/solo-2020.yml", "title: A made-up study\nzzz: 1\n")
    write(made_up_copy, "trials/NCT99999901.yml", "")
    (made_up_copy / "studies" / "versions.yml").write_bytes(b"\xff\xfe")
    loaded = store.load(made_up_copy)
    assert [(problem.path, problem.line) for problem in loaded.problems][:2] == [
        ("studies/included/dunkwell-2022.yml", 1),
        ("studies/included/solo-2020.yml", 1),
    ]
    assert {problem.path for problem in loaded.problems} == {
        "studies/included/dunkwell-2022.yml",
        "studies/included/solo-2020.yml",
        "studies/trials/NCT99999901.yml",
        "studies/versions.yml",
    }
    assert sorted(loaded.records.included) == ["icecap-2023", "steeply-2024"]
    assert loaded.records.versions is None
    assert len(loaded.records.trials) == 4
    assert loaded.n_files == store.load(made_up_copy).n_files == 30


def test_problems_have_their_line_and_come_in_order(made_up_copy: Path) -> None:
    file = made_up_copy / "studies" / "included" / "solo-2020.yml"
    text = file.read_text(encoding="utf-8")
    broken = text.replace("design: before-after", "design: magic").replace("n_enrolled: 12", "n_enrolled: many")
    file.write_text(broken + "colour: green\n", encoding="utf-8")
    lines = broken.splitlines()
    assert [(problem.field, problem.line, problem.column) for problem in store.load(made_up_copy).problems] == [
        ("design", lines.index("design: magic") + 1, 1),
        ("participants.n_enrolled", next(n for n, line in enumerate(lines, 1) if "many" in line), 16),
        ("colour", len(lines) + 1, 1),
    ]


@pytest.mark.parametrize(
    ("below", "message", "hint"),
    [
        (
            "included/tea.yaml",
            "expected a file name that ends with .yml, found '.yaml'",
            "Rename it to tea.yml; ids have small letters, digits and hyphens.",
        ),
        (
            "included/Tea 2024.yml",
            "expected a file name that is an id, found 'Tea 2024.yml'",
            "Rename it to tea-2024.yml; ids have small letters, digits and hyphens.",
        ),
        (
            "trials/CTRI_2020.yml",
            "expected a file name that is an id, found 'CTRI_2020.yml'",
            "Name it by its registration, with hyphens for slashes, such as NCT04849429.yml.",
        ),
        (
            "searches/2024-01-31.yml",
            "expected a date as the file name, found '2024-01-31.yml'",
            "Name it by year and date: searches/2026/2026-01-31.yml.",
        ),
        (
            "searches/2025/2024-01-31.yml",
            "expected a date as the file name, found '2024-01-31.yml'",
            "Name it by year and date: searches/2026/2026-01-31.yml.",
        ),
    ],
)
def test_a_misnamed_file_is_explained(tmp_path: Path, below: str, message: str, hint: str) -> None:
    write(tmp_path, below, "title: made-up\n")
    problem = next(problem for problem in store.load(tmp_path).problems if problem.path == f"studies/{below}")
    assert (problem.path, problem.message, problem.hint) == (f"studies/{below}", message, hint)


WHERE = (
    "An included study lies in studies/included/, an excluded one in studies/excluded/, a registered trial in "
    "studies/trials/, a record without a decision in studies/candidates/; studies/README.md lists the others."
)
TEXTS = "Put full texts that may be copied in studies/sources/ as plain text: studies/sources/<id of the report>.txt"
REMOVE = " When it is no record, remove it."


@pytest.mark.parametrize(
    ("below", "message", "hint"),
    [
        ("tea.yml", "expected a record in its folder, found 'tea.yml' beside the folders", WHERE),
        (".hidden", "expected a record in its folder, found '.hidden' beside the folders", WHERE),
        ("notes/tea.yml", "expected a folder of the review, found studies/notes/", WHERE),
        (
            "Include/tea.yml",
            "expected a folder of the review, found studies/Include/",
            "Did you mean studies/included/? Move the file there.",
        ),
        (
            "included/2024/tea.yml",
            "expected the file in studies/included/ itself, found it in a folder within",
            "Move it to studies/included/tea.yml",
        ),
        (
            "included/tea.txt",
            "expected a file name that ends with .yml, found '.txt'",
            f"Rename it to tea.yml; ids have small letters, digits and hyphens.{REMOVE}",
        ),
        (
            "included/tea.yml~",
            "expected a file name that is an id, found 'tea.yml~'",
            "Rename it to tea.yml; ids have small letters, digits and hyphens.",
        ),
        (
            "included/Ogéus 2024",
            "expected a file name that ends with .yml, found 'Ogéus 2024'",
            f"Rename it to ogeus-2024.yml; ids have small letters, digits and hyphens.{REMOVE}",
        ),
        (
            "screened/tea.yml",
            "expected a file name that is an id, found 'tea.yml'",
            "Name it by its year, such as 2026.yml.",
        ),
        ("sources/tea.pdf", "expected no such file in studies/sources/, found 'tea.pdf'", TEXTS),
        ("sources/2024/tea.txt", "expected no such file in studies/sources/, found 'tea.txt'", TEXTS),
        (
            "schema/old/tea.json",
            "expected no such file in studies/schema/, found 'tea.json'",
            f"That folder is written by a program; remove the file. {WHERE}",
        ),
    ],
)
def test_a_file_that_belongs_nowhere_is_reported(tmp_path: Path, below: str, message: str, hint: str) -> None:
    write(tmp_path, below, "made-up\n")
    problem = next(problem for problem in store.load(tmp_path).problems if problem.path == f"studies/{below}")
    assert (problem.message, problem.hint) == (message, hint)


@pytest.mark.parametrize("below", ["included/.DS_Store", ".DS_Store", "included/._tea-2024.yml", "trials/Thumbs.db"])
def test_what_desktops_leave_behind_is_no_mistake(made_up_copy: Path, below: str) -> None:
    before = store.load(made_up_copy).problems
    write(made_up_copy, below, "\0")
    assert store.load(made_up_copy).problems == before


@pytest.mark.parametrize(
    "below", ["README.md", "included/README.md", "candidates/.gitkeep", "schema/study.schema.json"]
)
def test_companions_of_records_are_left_alone(made_up_copy: Path, below: str) -> None:
    n_files = store.load(made_up_copy).n_files
    write(made_up_copy, below, "made-up\n")
    loaded = store.load(made_up_copy)
    assert (loaded.problems, loaded.n_files) == ((), n_files)


def test_links_are_refused(made_up_copy: Path) -> None:
    folder = made_up_copy / "studies"
    outside = made_up_copy / "outside.yml"
    outside.write_text("secret: made-up\n", encoding="utf-8")
    (folder / "included" / "linked-2024.yml").symlink_to(outside)
    (folder / "sources" / "linked.txt").symlink_to(outside)
    (folder / "trials" / "broken.yml").symlink_to(made_up_copy / "nothing")
    (folder / "more").symlink_to(folder / "included", target_is_directory=True)
    loaded = store.load(made_up_copy)
    assert loaded.problems == tuple(
        Problem(f"studies/{below}", (), "expected a file, found a link", "Put the file itself here.")
        for below in ("included/linked-2024.yml", "more", "sources/linked.txt", "trials/broken.yml")
    )
    assert "linked-2024" not in loaded.records.included
    assert "linked" not in loaded.records.source_texts


def test_a_file_name_that_is_no_text_is_told_by_its_codes(made_up_copy: Path) -> None:
    (made_up_copy / "studies" / "candidates" / os.fsdecode(b"\xff.yml")).write_text(
        "title: made up\n", encoding="utf-8"
    )
    assert store.load(made_up_copy).problems == (
        Problem(
            "studies/candidates/\\udcff.yml", (), "expected a file name in UTF-8, found another", "Rename the file."
        ),
    )


def test_too_large_a_record_is_refused_and_a_large_ledger_is_not(made_up_copy: Path) -> None:
    padding = "# made-up\n" * (yamlfile.MAX_BYTES // 10 + 1)
    for below in ("included/solo-2020.yml", "screened/2024.yml"):
        file = made_up_copy / "studies" / below
        file.write_text(file.read_text(encoding="utf-8") + padding, encoding="utf-8")
    (problem,) = store.load(made_up_copy).problems
    assert problem.path == "studies/included/solo-2020.yml"
    assert problem.message.startswith("expected at most 1,000,000 bytes, found 1,0")


def test_a_source_text_is_read_whatever_its_encoding(made_up_copy: Path) -> None:
    (made_up_copy / "studies" / "sources" / "old.v2.txt").write_bytes("Zürich".encode("latin-1"))
    assert store.load(made_up_copy).records.source_texts["old.v2"] == "Z\ufffdrich"


@pytest.mark.parametrize(
    ("below", "kind", "identifier"),
    [
        ("protocol.yml", kinds.PROTOCOL, "protocol.yml"),
        ("included/wilson-2024.yml", kinds.STUDY, "wilson-2024"),
        ("trials/CTRI-2020-01-022955.yml", kinds.TRIAL, "CTRI-2020-01-022955"),
        ("candidates/W2741809807.yml", kinds.CANDIDATE, "W2741809807"),
        ("searches/2024/2024-03-18.yml", kinds.SEARCH, "2024/2024-03-18"),
        ("screened/2024.yml", kinds.SCREENED, "2024"),
        ("tools/rob-2.yml", kinds.TOOL, "rob-2"),
    ],
)
def test_a_path_and_an_id_name_the_same_record(below: str, kind: Kind, identifier: str) -> None:
    assert kinds.kind_of(below) is kind
    assert kinds.record_id(kind, below) == identifier
    assert kinds.path_of(kind, identifier) == f"studies/{below}"


@pytest.mark.parametrize(
    "below",
    [
        "included/Wilson.yml",
        "included/a/b.yml",
        "included/.yml",
        "screened/24.yml",
        "protocol.yaml",
        "Protocol.yml",
        "",
    ],
)
def test_other_paths_have_no_kind(below: str) -> None:
    assert kinds.kind_of(below) is None


def test_problems_of_rules_are_located_in_their_files(made_up_review: Path) -> None:
    path = "studies/included/solo-2020.yml"
    lines = (made_up_review / path).read_text(encoding="utf-8").splitlines()
    results = lines.index("results:") + 1
    located = store.located(
        made_up_review,
        [
            Problem(path, ("results", 1), "second"),
            Problem(path, ("results", 0, "nothing"), "first"),
            Problem("studies/nowhere.yml", ("a",), "no file"),
            Problem(path, ("title",), "already located", line=9, column=9),
            Problem(path, ("results", 1), "second"),
        ],
    )
    assert [(problem.message, problem.line) for problem in located] == [
        ("already located", 9),
        ("first", results + 1),
        ("second", results + 2),
        ("no file", 0),
    ]


def test_reading_changes_nothing(made_up_copy: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in made_up_copy.rglob("*")}
    store.load(made_up_copy)
    assert {path: path.stat().st_mtime_ns for path in made_up_copy.rglob("*")} == before

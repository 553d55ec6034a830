"""The hand-written documents: what they promise exists, and what they quote is what the program says."""

import re
import tomllib
from pathlib import Path

import pytest

from generator import cli
from generator.model.records import KINDS, STUDY
from generator.problems import field_name
from generator.records import form, yamlfile
from generator.review.study_facts import Badge

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "studies/README.md")]
PAGES = sorted((ROOT / "docs").glob("*.md"))


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_files_of_the_repository_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_of_the_pages_lead_to_pages_of_the_navigation_or_to_templates(page: Path) -> None:
    known = set(re.findall(r": ([\w-]+\.md)$", text_of("mkdocs.yml"), re.MULTILINE))
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert targets
    unknown = [one for one in targets if one not in known and not (page.parent / one).is_file()]
    assert not unknown


def test_make_knows_every_command_that_is_named() -> None:
    goals = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md", "docs/contributing.md", "studies/README.md"):
        named = set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", text_of(name), re.MULTILINE))
        assert {one or other for one, other in named} <= goals, name


def test_the_commands_of_the_readme_exist(capsys: pytest.CaptureFixture[str]) -> None:
    named = set(re.findall(r"^living-review ([a-z]+)", text_of("README.md"), re.MULTILINE))
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    helped = capsys.readouterr().out
    assert named
    for verb in named:
        assert re.search(rf"^    {verb}\b", helped, re.MULTILINE), verb


def test_every_dependency_earns_its_place_in_a_sentence() -> None:
    settings = tomllib.loads(text_of("pyproject.toml"))
    wanted = [*settings["project"]["dependencies"], *settings["dependency-groups"]["test"]]
    names = {re.split(r"[<>=\[]", one)[0].lower() for one in wanted}
    explained = {name.lower() for name in re.findall(r"\*\*([\w-]+)\*\*", text_of("CONTRIBUTING.md"))}
    assert names == explained & names
    assert explained - names <= {"a", "setuptools"}


def test_contributing_to_the_code_is_short() -> None:
    assert len(text_of("CONTRIBUTING.md").splitlines()) <= 80


def test_the_folders_of_the_records_are_all_described() -> None:
    described = text_of("studies/README.md")
    for kind in KINDS:
        folder = kind.pattern.split("/", maxsplit=1)[0]
        assert folder in described, kind.name


def test_the_badges_explained_are_those_that_are_printed() -> None:
    explained = text_of("docs/about.md")
    assert [badge for badge in Badge if badge not in explained] == []


def test_the_mistakes_shown_are_explained_as_the_program_explains_them() -> None:
    page = text_of("docs/contributing.md")
    shown = re.findall(r"^studies/included/family-2024\.yml:\d+  (\S+): (.*)\n    (.*)$", page, re.MULTILINE)
    assert len(shown) == 2
    template = re.sub(r"<([^<>]*)>", r"\1", text_of("docs/templates/study-short.yml"))
    wrong = template.replace("n_enrolled: 20", "n_enrolled: twenty").replace("value: -1.5", "value: 3,5")
    _, problems = form.validate(STUDY.model, yamlfile.read(wrong.encode()), "studies/included/family-2024.yml")
    assert sorted((field_name(one.place), one.message, one.hint) for one in problems) == sorted(shown)


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", text_of("docs/contributing.md"), re.DOTALL))
def test_the_examples_are_parts_of_a_record(block: str) -> None:
    document = yamlfile.read(block.encode())
    assert not document.faults
    assert isinstance(document.data, dict)
    template = yamlfile.read(re.sub(r"<([^<>]*)>", r"\1", text_of("docs/templates/study.yml")).encode()).data
    assert isinstance(template, dict)
    record, problems = form.validate(STUDY.model, yamlfile.Document({**template, **document.data}), "made-up")
    assert problems == []
    assert record


def test_the_content_licence_names_the_base_review() -> None:
    notice = text_of("LICENSE-CONTENT")
    assert "CC-BY-4.0" in notice
    assert "10.7759/cureus.57539" in notice
    assert "10.7759/cureus.57539" in text_of("docs/licences.md")
    assert text_of("LICENSE").startswith("MIT License")

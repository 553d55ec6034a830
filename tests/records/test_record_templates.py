"""The annotated templates for contributors: filled in they are records, and they are in step with the model."""

import re
from collections.abc import Iterator

import pytest

from generator.model.records import KINDS, Kind
from generator.problems import Place
from generator.records import form, yamlfile
from generator.records.schema import FieldDescription, field_reference, file_of
from tests.conftest import ROOT

TEMPLATES = {
    "study": "study",
    "study-short": "study",
    "excluded-study": "excluded study",
    "trial": "trial",
    "candidate": "candidate",
    "screened-year": "screened year",
    "search-day": "search day",
    "summary": "summary",
    "version": "versions",
}
"""Each template with the kind of record it is for."""
NOT_SHOWN = {"arms[].part_of"}
"""A field of subgroups, which the model of an arm has as well."""
FOLDER = ROOT / "docs" / "templates"


def kind_named(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


def fields_of(kind: str) -> dict[str, FieldDescription]:
    return {field.path: field for one in field_reference() if one.name == kind for field in one.fields}


def filled(name: str) -> bytes:
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    return re.sub(r"<([^<>]*)>", r"\1", text).encode()


def fields_in(
    value: object, known: dict[str, FieldDescription], path: str = "", place: Place = ()
) -> Iterator[tuple[str, Place]]:
    """Yield every field that a template shows, spelled as in the field reference, with its place."""
    if isinstance(value, list):
        for index, member in enumerate(value):
            yield from fields_in(member, known, f"{path}[]", (*place, index))
    elif isinstance(value, dict):
        free = path and not any(other.startswith(f"{path}.") and ".<key>" not in other[len(path) :] for other in known)
        for key, held in value.items():
            below = f"{path}.<key>" if free else f"{path}.{key}".removeprefix(".")
            if not free:
                yield below, (*place, key)
            if any(other.startswith(below) and other != below for other in known):
                yield from fields_in(held, known, below, (*place, key))


def comment_at(lines: list[str], number: int) -> str:
    """Return the comment on a line (from 1), or the one that ends just above it."""
    beside = re.search(r"(?<=\s)# ((?:required|optional)\..*)", lines[number - 1])
    if beside:
        return beside[1]
    above: list[str] = []
    for line in reversed(lines[: number - 1]):
        if not line.lstrip().startswith("# "):
            break
        above.insert(0, line.lstrip().removeprefix("# "))
        if above[0].startswith(("required.", "optional.")):
            return " ".join(above)
    return ""


def test_every_template_is_known() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == set(TEMPLATES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_filled_template_has_the_form_of_its_kind(name: str) -> None:
    record, problems = form.validate(kind_named(TEMPLATES[name]).model, yamlfile.read(filled(name)), name)
    assert problems == []
    assert record is not None


@pytest.mark.parametrize("name", ["study", "study-short", "trial", "candidate", "excluded-study"])
def test_a_template_that_was_not_filled_in_is_refused(name: str) -> None:
    raw = (FOLDER / f"{name}.yml").read_bytes()
    record, problems = form.validate(kind_named(TEMPLATES[name]).model, yamlfile.read(raw), name)
    assert record is None
    assert any("<" in problem.message for problem in problems)


@pytest.mark.parametrize(("name", "kind"), TEMPLATES.items())
def test_every_field_is_explained_as_required_or_optional(name: str, kind: str) -> None:
    known = fields_of(kind)
    raw = filled(name)
    lines = raw.decode().splitlines()
    shown = list(fields_in(yamlfile.read(raw).data, known))
    positions = yamlfile.locate(raw, [place for _, place in shown])
    for (path, _), (line, _) in zip(shown, positions, strict=True):
        comment = comment_at(lines, line)
        assert comment.startswith("required." if known[path].required else "optional."), f"{name}: {path}"


@pytest.mark.parametrize(("name", "kind"), [pair for pair in TEMPLATES.items() if pair[0] != "study-short"])
def test_every_field_of_the_model_is_shown_and_its_words_are_listed(name: str, kind: str) -> None:
    known = fields_of(kind)
    raw = filled(name)
    lines = raw.decode().splitlines()
    shown = dict(fields_in(yamlfile.read(raw).data, known))
    assert set(shown) == set(known) - NOT_SHOWN
    places = list(shown.values())
    comments = dict(zip(shown, (comment_at(lines, at[0]) for at in yamlfile.locate(raw, places)), strict=True))
    for path in shown:
        if not path.endswith(".role"):  # arms and subgroups have their own of its words
            missing = [word for word in known[path].allowed if word not in comments[path]]
            assert not missing, f"{name}: {path}"


def test_the_short_template_has_every_required_field_at_the_top() -> None:
    required = {path for path, field in fields_of("study").items() if field.required and "." not in path}
    shown = {path for path, _ in fields_in(yamlfile.read(filled("study-short")).data, fields_of("study"))}
    assert required <= shown


@pytest.mark.parametrize(("name", "kind"), TEMPLATES.items())
def test_the_first_line_names_the_schema(name: str, kind: str) -> None:
    first = filled(name).decode().splitlines()[0]
    folders = kind_named(kind).pattern.replace("{id}", "2024/day" if kind == "search day" else "id").count("/")
    assert first == f"# yaml-language-server: $schema={'../' * folders}schema/{file_of(kind_named(kind))}"

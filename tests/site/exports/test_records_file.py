"""All records as one JSON file, compared leaf by leaf with the YAML files they come from."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.site.exports import records
from tests.evidence import read

FOLDERS = ("included", "excluded", "trials", "candidates", "screened", "searches", "summaries", "tools")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
SINGLE = ("protocol", "instruments", "versions")


@pytest.fixture(scope="module", params=["made_up_review", "real_review"])
def root(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="module")
def content(root: Path) -> dict[str, Any]:
    ((path, text),) = records.files(read(root))
    assert path == "data/records.json"
    found: dict[str, Any] = json.loads(text, parse_float=str, parse_int=str)
    return found


def typed(path: Path) -> object:
    """Return a file's content with every value as the text that was typed."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - makes text only


def same(found: object, said: object) -> bool:
    """Return whether a JSON value says what was typed; one value may stand for a list of one."""
    if isinstance(found, dict):
        return isinstance(said, dict) and found.keys() == said.keys() and all(same(found[k], said[k]) for k in found)
    if isinstance(found, list):
        listed = said if isinstance(said, list) else [said]
        return len(found) == len(listed) and all(same(*pair) for pair in zip(found, listed, strict=True))
    if found is None:
        return said in ("", "null")
    if isinstance(found, bool):
        return said == str(found).lower()
    return moment(str(found)) == moment(str(said).strip())


def moment(text: str) -> str:
    """Return a moment without seconds of zero, which may be typed or left out."""
    return text[:-4] + "Z" if text.endswith(":00Z") and text.count(":") == 2 else text


def test_every_file_is_there_with_everything_that_was_typed(root: Path, content: dict[str, Any]) -> None:
    held = content["records"]
    n_files = 0
    for name in SINGLE:
        assert same(held[name], typed(root / "studies" / f"{name}.yml")), name
    for folder in FOLDERS:
        paths = {
            path.relative_to(root / "studies" / folder).with_suffix("").as_posix(): path
            for path in (root / "studies" / folder).rglob("*.yml")
        }
        assert set(held[folder]) == set(paths), folder
        for key, path in paths.items():
            assert same(held[folder][key], typed(path)), path
            n_files += 1
    assert n_files > 5


def test_the_comparison_would_see_a_difference() -> None:
    assert not same({"a": "1"}, {"a": "2"})
    assert not same({"a": "1"}, {"a": "1", "b": "1"})
    assert not same(["1", "2"], ["1"])
    assert same(["q1"], "q1")


def test_the_file_says_what_it_is_and_holds_no_full_texts(content: dict[str, Any]) -> None:
    assert content["format"] == "1"
    assert content["licence"] == "CC-BY-4.0"
    assert "source_texts" not in content["records"]
    assert set(content["records"]) == {*FOLDERS, *SINGLE}

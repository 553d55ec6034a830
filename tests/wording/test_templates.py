"""Compiled templates that are kept: never one that would be compiled otherwise now, and never a reason to fail."""

from pathlib import Path

import jinja2
import pytest

from generator.wording.templates import Compiled


def environment(folder: Path, room: str, mark: str, files: dict[str, str]) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.DictLoader(files),
        autoescape=True,
        finalize=lambda value: f"{mark}{value}",
        bytecode_cache=Compiled(folder, room),
    )


@pytest.fixture
def n_compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that Jinja compiles, in order."""
    sources: list[str] = []
    compile_ = jinja2.Environment.compile

    def counted(self: jinja2.Environment, source: str, *arguments: object, **named: object) -> object:
        sources.append(source)
        return compile_(self, source, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    return sources


def test_a_kept_template_is_not_compiled_again(tmp_path: Path, n_compiled: list[str]) -> None:
    files = {"made-up": '{{ "constant" }} {{ said }}'}
    for _ in range(2):
        template = environment(tmp_path, "room", "", files).get_template("made-up")
        assert template.render(said="words") == "constant words"
    assert n_compiled == ['{{ "constant" }} {{ said }}']


@pytest.mark.parametrize("other", [("room", "other source"), ("other room", "source")])
def test_another_source_or_another_room_compiles_anew(
    tmp_path: Path, n_compiled: list[str], other: tuple[str, str]
) -> None:
    """A constant is escaped while a template is compiled, so what the room says must tell templates apart."""
    text = '{{ "constant" }} %s'
    environment(tmp_path, "room", "", {"made-up": text % "source"}).get_template("made-up")
    room, source = other
    template = environment(tmp_path, room, "!", {"made-up": text % source}).get_template("made-up")
    assert template.render() == f"!constant {source}"
    assert len(n_compiled) == 2
    assert len(list(tmp_path.iterdir())) == 1, "the older one is replaced"


def test_where_nothing_can_be_kept_templates_work_all_the_same(tmp_path: Path) -> None:
    gone = tmp_path / "not-there"
    assert environment(gone, "room", "", {"made-up": "words"}).get_template("made-up").render() == "words"
    assert not gone.exists()

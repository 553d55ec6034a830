"""The house rules, read from the imports and calls of the code itself; each failure names the file and the line."""

import ast
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT, NetworkBlockedError

MAX_FILE_LINES = 260
MAX_FUNCTION_LINES = 45
LONG_FILES: frozenset[str] = frozenset()
LONG_FUNCTIONS: frozenset[str] = frozenset()
"""Exceptions from the two lengths, each with its reason beside it. There are none."""

OWNERS = {
    "yaml": {"yamlfile"},
    "ruamel": {"yamledit"},
    "requests": {"web"},
    "stamina": {"web"},
    "pyalex": {"sources"},
    "feedparser": {"sources"},
    "pydantic": {"form", "model", "schema"},
    "pydantic_core": {"form", "model", "schema"},
    "mkdocs": {"mkdocs_hook"},
    "jinja2": {"templates"},
    "rapidfuzz": {"dedupe"},
    "markupsafe": {"templates", "markdown", "github_text", "table", "figures"},
}
"""The rooms that may import each third-party library. A new library needs an owner here."""

SITE_WING = frozenset(
    {"pages", "figures", "exports", "feed", "feeds", "subscriptions", "tables", "metadata", "comparing", "site"}
)
SURVEILLANCE_WING = frozenset(
    {
        "web",
        "asking",
        "sources",
        "crossref",
        "formats",
        "dedupe",
        "known",
        "candidates",
        "arrivals",
        "priority",
        "strategy_terms",
        "found_again",
        "trial_updates",
        "trial_file",
        "registry_facts",
        "known_files",
        "intake",
        "nightly",
        "suggesting",
    }
)
RENDERERS = frozenset({"pages", "figures", "exports", "feeds", "tables", "metadata"})
READERS = frozenset({"store", "yamlfile", "yamlfaults", "form"})
WRITERS = frozenset({"changeset", "cli"})
CLOCKS = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
)
WRITING_CALLS = frozenset(
    {"write_text", "write_bytes", "unlink", "rename", "rmdir", "mkdir", "touch", "symlink_to", "hardlink_to", "chmod"}
)
WRITING_LIBRARIES = frozenset({"shutil", "tempfile"})


@dataclass(frozen=True)
class Module:
    """One file of the generator."""

    name: str
    """Dotted name, such as `generator.model.study`."""
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """The part of the name below `generator`, such as `model`; empty for the package itself."""
        return [*self.name.split("."), ""][1]

    def at(self, node: ast.AST) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in sorted((ROOT / "generator").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = Module(name, path, ast.parse(path.read_text(encoding="utf-8")))
    return found


def imports(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield every module that is imported, wherever in the file, with its node.

    A family that discovers its members (`pkgutil.iter_modules(__path__)`) imports them all.
    """
    package = module.name if module.path.name == "__init__.py" else module.name.rpartition(".")[0]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{source}.{alias.name}"
                yield (whole if whole in modules() else source), node
        elif isinstance(node, ast.Call) and dotted(node.func).endswith("iter_modules"):
            members = (name for name in modules() if name.rpartition(".")[0] == module.name)
            yield from ((name, node) for name in members)


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a name or a chain of attributes, and an empty text for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def rooms_imported(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield the rooms of the generator that a module imports."""
    for name, node in imports(module):
        if name.startswith("generator."):
            yield name.split(".")[1], node


def crossings(inside: Callable[[str], bool], forbidden: Callable[[str], bool]) -> list[str]:
    """Return where a module of the rooms `inside` imports a `forbidden` room."""
    return [
        f"{module.at(node)} imports generator.{room}"
        for module in modules().values()
        if inside(module.room)
        for room, node in rooms_imported(module)
        if forbidden(room) and room != module.room
    ]


def test_the_reader_of_imports_sees_every_kind_of_import() -> None:
    text = (
        "from __future__ import annotations\nimport os.path as p\nfrom generator import form\n"
        "from generator.model import values\nfrom generator.model.values import Text\nfrom . import study\n"
        "from .. import store\nfrom ..problems import Place\n"
        "def late():\n    import generator.site\nif TYPE_CHECKING:\n    from generator.cli import main\n"
    )
    module = Module("generator.model.made_up", ROOT / "generator" / "model" / "made_up.py", ast.parse(text))
    assert {name for name, _ in imports(module)} == {
        "__future__",
        "os.path",
        "generator.form",
        "generator.model.values",
        "generator.model.study",
        "generator.store",
        "generator.problems",
        "generator.site",
        "generator.cli",
    }
    assert "generator.model" in modules()
    assert len(modules()) > 20


def test_the_model_imports_only_itself_identifiers_and_pydantic() -> None:
    wrong = crossings(lambda room: room == "model", lambda room: room not in ("model", "identifiers"))
    assert wrong == [], "what the words mean must not depend on what is done with them"
    outside = {
        f"{module.at(node)} imports {name}"
        for module in modules().values()
        if module.room == "model"
        for name, node in imports(module)
        if name.split(".")[0] not in {"generator", "pydantic", "pydantic_core", *sys.stdlib_module_names}
    }
    assert outside == set()


@pytest.mark.parametrize("room", ["identifiers", "problems"])
def test_identifiers_and_problems_import_no_other_room(room: str) -> None:
    assert crossings(lambda inside: inside == room, lambda _: True) == [], f"{room} stands at the bottom"


@pytest.mark.parametrize("library", OWNERS)
def test_each_library_has_its_owners(library: str) -> None:
    wrong = [
        f"{module.at(node)} imports {name}"
        for module in modules().values()
        for name, node in imports(module)
        if name.split(".")[0] == library and module.room not in OWNERS[library]
    ]
    assert wrong == [], f"only {', '.join(sorted(OWNERS[library]))} may import {library}"


def test_no_library_is_without_an_owner() -> None:
    known = {"generator", *OWNERS, *sys.stdlib_module_names}
    wrong = [
        f"{module.at(node)} imports {name}"
        for module in modules().values()
        for name, node in imports(module)
        if name.split(".")[0] not in known
    ]
    assert wrong == [], "give the library one owner in OWNERS, or do without it"


def test_only_the_command_line_prints_and_exits() -> None:
    wrong = [
        f"{module.at(node)} uses {dotted(node)}"
        for module in modules().values()
        if module.room not in ("cli", "__main__")
        for node in ast.walk(module.tree)
        if dotted(node)
        in ("print", "input", "exit", "quit", "sys.exit", "os._exit", "sys.stdout", "sys.stderr", "SystemExit")
    ]
    assert wrong == [], "return a value, or raise an error that the command line shows"


def test_only_the_command_line_reads_the_clock() -> None:
    wrong = [
        f"{module.at(node)} uses {dotted(node)}"
        for module in modules().values()
        if module.room != "cli"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and dotted(node).endswith(CLOCKS)
    ] + [
        f"{module.at(node)} imports from time"
        for module in modules().values()
        if module.room != "cli"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
    ]
    assert wrong == [], "take `today` as an argument: the same records and day give the same bytes"


def writes(node: ast.AST) -> bool:
    """Return whether a node changes files."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        return any(name.split(".")[0] in WRITING_LIBRARIES for name in names)
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)
    if dotted(node.func) in (
        "os.remove",
        "os.unlink",
        "os.rename",
        "os.replace",
        "os.makedirs",
        "os.mkdir",
        "os.rmdir",
    ):
        return True
    if called == "replace" and len(node.args) == 1 and not node.keywords:
        return True  # Path.replace; str.replace takes two arguments and dataclasses.replace a keyword
    if called == "open":
        given = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
        modes = [value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)]
        return any(set(mode) <= set("rwaxbt+") and set(mode) & set("wax+") for mode in modes)
    return called in WRITING_CALLS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("path.write_text(text)", True),
        ("path.replace(other)", True),
        ("text.replace('a', 'b')", False),
        ("replace(record, title='x')", False),
        ("open(path, 'w')", True),
        ("path.open('rb')", False),
        ("path.open(mode='a')", True),
        ("open(path)", False),
        ("os.replace(a, b)", True),
        ("shutil.rmtree(a)", False),
        ("path.read_text()", False),
    ],
)
def test_the_reader_of_calls_knows_which_write(text: str, expected: bool) -> None:
    assert any(writes(node) for node in ast.walk(ast.parse(text))) is expected


def test_only_the_writers_write_files() -> None:
    wrong = [
        f"{module.at(node)} changes files"
        for module in modules().values()
        if module.room not in WRITERS
        for node in ast.walk(module.tree)
        if writes(node)
    ]
    assert wrong == [], "return texts by path; generator/changeset.py writes them"


def test_the_two_wings_never_meet() -> None:
    wrong = crossings(SITE_WING.__contains__, SURVEILLANCE_WING.__contains__)
    wrong += crossings(SURVEILLANCE_WING.__contains__, SITE_WING.__contains__)
    assert wrong == [], "the site reads records that the search wrote; neither knows the other"


def test_rules_do_not_look_at_what_is_derived_or_rendered() -> None:
    wrong = crossings(lambda room: room == "rules", lambda room: room in {"review", "checking", *RENDERERS})
    assert wrong == [], "first validate, then derive, then render"


def test_renderers_do_not_read_files() -> None:
    wrong = crossings(RENDERERS.__contains__, READERS.__contains__)
    assert wrong == [], "a page is made from the review alone"


def test_nothing_derives_from_what_is_rendered() -> None:
    wrong = crossings(lambda room: room in {"review", "synthesis", "store", "form"}, SITE_WING.__contains__)
    assert wrong == [], "derived facts must not depend on how they are shown"


def test_there_are_no_import_cycles() -> None:
    graph = {
        name: {target for target, _ in imports(module) if target in modules() and target != name}
        for name, module in modules().items()
    }
    assert cycle_in(graph) == [], (
        "also imports inside functions and under TYPE_CHECKING count: move what both need down"
    )


def cycle_in(graph: dict[str, set[str]]) -> list[str]:
    """Return the names along one cycle, or an empty list."""
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for target in sorted(graph[name]):
            if cycle := visit(target, [*path, name]):
                return cycle
        done.add(name)
        return []

    return next((cycle for name in sorted(graph) if (cycle := visit(name, []))), [])


def test_the_reader_of_cycles_finds_one() -> None:
    assert cycle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert cycle_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_files_are_short() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in sorted((ROOT / "generator").rglob("*.py"))
    }
    assert {path: n for path, n in lengths.items() if n > MAX_FILE_LINES} == dict.fromkeys(LONG_FILES), "split the file"


def test_functions_are_short() -> None:
    long = {
        f"{module.at(node)} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION_LINES
        and f"{module.name}.{node.name}" not in LONG_FUNCTIONS
    }
    assert long == {}, "split the function"


def test_every_module_says_what_it_is_for() -> None:
    silent = [module.at(module.tree) for module in modules().values() if not ast.get_docstring(module.tree)]
    assert silent == []


@pytest.mark.parametrize("address", ["192.0.2.1", "example.org", "2001:db8::1"])
def test_tests_cannot_reach_the_network(address: str) -> None:
    with pytest.raises(NetworkBlockedError, match="must not use the network"):
        socket.create_connection((address, 80), timeout=0.01)


def test_tests_can_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()

"""The house rules, read from the imports and calls of the code itself; each failure names the file and the line."""

import ast
import socket
import sys
from collections.abc import Iterator, Sequence
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
    "yaml": ("records.yamlfile", "records.yamlplain", "records.yamlclosely"),
    "ruamel": ("records.yamledit",),
    "requests": ("surveillance.asking.web",),
    "stamina": ("surveillance.asking.web",),
    "pyalex": ("surveillance.sources",),
    "feedparser": ("surveillance.sources",),
    "rapidfuzz": ("surveillance.dedupe",),
    "pydantic": ("model", "records.form", "records.schema"),
    "pydantic_core": ("model", "records.form", "records.schema"),
    "mkdocs": ("mkdocs_hook",),
    "jinja2": ("wording.templates",),
    "markupsafe": ("wording", "site.figures"),
}
"""The rooms that may import each third-party library. A new library needs an owner here."""

RENDERERS = ("site.pages", "site.figures", "site.exports", "site.feeds", "site.tables", "site.metadata")
READERS = ("records.store", "records.yamlfile", "records.yamlfaults", "records.form")
WRITERS = ("changeset", "cli")
FLOORS = (
    ("identifiers", "problems", "changeset"),
    ("model",),
    ("records",),
    ("wording",),
    ("review",),
    ("site", "surveillance", "keeping"),
    ("build", "github"),
    ("cli",),
    ("mkdocs_hook", "__main__"),
)
"""The house from the ground up: a room imports what lies on the floors below it, no neighbour and none above."""
STARTERS = ("github.git", "cli.bundle", "cli.release")
"""Who starts other programs: git for GitHub, the site engine, and git for a release."""
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

    def stands_in(self, *rooms: str) -> bool:
        """Return whether this is one of the rooms, named by their dotted path below `generator`, or inside of one."""
        return within(self.name, *rooms)

    def at(self, node: ast.AST) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}"


def within(name: str, *rooms: str) -> bool:
    """Return whether the module called `name` is one of the rooms or inside of one."""
    return any(f"{name}.".startswith(f"generator.{room}.") for room in rooms)


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in sorted((ROOT / "generator").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = Module(name, path, ast.parse(path.read_text(encoding="utf-8")))
    return found


@cache
def nodes(module: Module) -> tuple[ast.AST, ...]:
    """Return every node of a module, read once for all rules."""
    return tuple(ast.walk(module.tree))


@cache
def imports(module: Module) -> tuple[tuple[str, ast.AST], ...]:
    """Return every module that is imported, wherever in the file, with its node."""
    return tuple(_imports(module))


def _imports(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield every module that is imported, wherever in the file, with its node.

    A family that discovers its members (`pkgutil.iter_modules(__path__)`) imports them all.
    """
    package = module.name if module.path.name == "__init__.py" else module.name.rpartition(".")[0]
    for node in nodes(module):
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


def crossings(inside: Sequence[str], forbidden: Sequence[str]) -> list[str]:
    """Return where a module of the rooms `inside` imports one of the `forbidden` rooms."""
    return [
        f"{module.at(node)} imports {name}"
        for module in modules().values()
        if module.stands_in(*inside)
        for name, node in imports(module)
        if within(name, *forbidden)
    ]


def test_the_reader_of_imports_sees_every_kind_of_import() -> None:
    text = (
        "from __future__ import annotations\nimport os.path as p\nfrom generator import build\n"
        "from generator.model import values\nfrom generator.model.values import Text\nfrom . import study\n"
        "from .. import changeset\nfrom ..problems import Place\n"
        "def late():\n    import generator.site.website\nif TYPE_CHECKING:\n    from generator.cli import main\n"
    )
    module = Module("generator.model.made_up", ROOT / "generator" / "model" / "made_up.py", ast.parse(text))
    assert {name for name, _ in imports(module)} == {
        "__future__",
        "os.path",
        "generator.build",
        "generator.model.values",
        "generator.model.study",
        "generator.changeset",
        "generator.problems",
        "generator.site.website",
        "generator.cli",
    }
    assert "generator.model" in modules()
    assert len(modules()) > 20


def test_the_model_imports_only_itself_identifiers_and_pydantic() -> None:
    outside = {
        f"{module.at(node)} imports {name}"
        for module in modules().values()
        if module.stands_in("model")
        for name, node in imports(module)
        if not within(name, "model", "identifiers")
        and name.split(".")[0] not in {"pydantic", "pydantic_core", *sys.stdlib_module_names}
    }
    assert outside == set(), "what the words mean must not depend on what is done with them"


def test_a_room_imports_only_what_lies_below_it() -> None:
    wrong = [
        crossing
        for number, rooms in enumerate(FLOORS)
        for room in rooms
        for crossing in crossings([room], [other for floor in FLOORS[number:] for other in floor if other != room])
    ]
    assert wrong == []


def test_every_room_has_its_floor() -> None:
    rooms = {
        path.stem for path in (ROOT / "generator").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - {"__init__"} == {room for floor in FLOORS for room in floor}


@pytest.mark.parametrize("library", OWNERS)
def test_each_library_has_its_owners(library: str) -> None:
    wrong = [
        f"{module.at(node)} imports {name}"
        for module in modules().values()
        for name, node in imports(module)
        if name.split(".")[0] == library and not module.stands_in(*OWNERS[library])
    ]
    assert wrong == [], f"only {', '.join(OWNERS[library])} may import {library}"


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
        if not module.stands_in("cli", "__main__")
        for node in nodes(module)
        if dotted(node)
        in ("print", "input", "exit", "quit", "sys.exit", "os._exit", "sys.stdout", "sys.stderr", "SystemExit")
    ]
    assert wrong == [], "return a value, or raise an error that the command line shows"


def test_only_the_starters_start_programs() -> None:
    wrong = [
        f"{module.at(node)} starts a program"
        for module in modules().values()
        if not module.stands_in(*STARTERS)
        for name, node in imports(module)
        if name == "subprocess"
    ]
    assert wrong == [], "what is run on a machine stands in one of these places"


def test_only_the_command_line_reads_the_clock() -> None:
    wrong = [
        f"{module.at(node)} uses {dotted(node)}"
        for module in modules().values()
        if not module.stands_in("cli")
        for node in nodes(module)
        if isinstance(node, ast.Attribute) and dotted(node).endswith(CLOCKS)
    ] + [
        f"{module.at(node)} imports from time"
        for module in modules().values()
        if not module.stands_in("cli")
        for node in nodes(module)
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
        if not module.stands_in(*WRITERS)
        for node in nodes(module)
        if writes(node)
    ]
    assert wrong == [], "return texts by path; generator/changeset.py writes them"


def test_the_two_wings_never_meet() -> None:
    wrong = crossings(["site"], ["surveillance"]) + crossings(["surveillance"], ["site"])
    assert wrong == [], "the site reads records that the search wrote; neither knows the other"


def test_renderers_do_not_read_files() -> None:
    wrong = crossings(RENDERERS, READERS)
    assert wrong == [], "a page is made from the review alone"


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
        for node in nodes(module)
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

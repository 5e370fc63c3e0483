"""Imports go down the house and never up, and computing stays pure."""

import ast
from functools import cache
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
FLOORS = ["analytics", "queries", "data", "commands", "app_pages"]
ROOF = ["dashboard", "server", "cli"]
#: Rooms of `data`, each with the rooms that it may import from.
ROOMS = {
    "store": set(),
    "files": {"store"},
    "imports": {"store", "files"},
    "catalog": {"store", "files", "imports"},
    "records": {"store", "files", "imports", "catalog"},
    "people": {"store", "files", "imports", "catalog", "records", "ranges"},
    "ranges": {"store", "files", "imports", "catalog", "records"},
    "build": {"store", "files", "imports", "catalog", "records"},
    "access": {"store", "files", "imports", "catalog", "records"},
}
MODULES = [p for floor in FLOORS for p in sorted((HOME / floor).rglob("*.py"))] + [
    HOME / f"{name}.py" for name in ROOF
]


@cache
def imported_modules(path: Path, *, at_start: bool = False) -> frozenset[str]:
    """Dotted names that a file imports; with ``at_start``, when it is loaded alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if at_start else list(ast.walk(tree))
    names = [a.name for n in nodes if isinstance(n, ast.Import) for a in n.names]
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
    return frozenset(names)


def imported(path: Path) -> set[str]:
    """Top-level packages that a file imports."""
    return {name.split(".")[0] for name in imported_modules(path)}


def floor(path: Path) -> int:
    top = path.relative_to(HOME).parts[0].removesuffix(".py")
    return FLOORS.index(top) if top in FLOORS else len(FLOORS)


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(HOME).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(HOME)))
def test_imports_only_go_down(path):
    above = set(FLOORS[floor(path) + 1 :]) | set(ROOF) | {"tests", "benchmarks"}
    assert not imported(path) & above


@pytest.mark.parametrize(
    "path", sorted((HOME / "data").rglob("*.py")), ids=lambda p: str(p.relative_to(HOME / "data"))
)
def test_rooms_of_data_import_only_from_the_rooms_below(path):
    room = path.relative_to(HOME / "data").parts[0]
    if room == "__init__.py":
        return
    used = {n.split(".")[1] for n in imported_modules(path) if n.startswith("data.")}
    assert used <= ROOMS[room] | {room}


def test_every_module_of_data_stands_in_a_room():
    loose = [p.name for p in (HOME / "data").glob("*.py") if p.name != "__init__.py"]
    assert loose == []
    folders = {p.name for p in (HOME / "data").iterdir() if (p / "__init__.py").exists()}
    assert folders == set(ROOMS)


def test_no_files_import_each_other_in_a_circle():
    names = {module_name(path): path for path in MODULES}
    edges = {
        name: {m for m in imported_modules(path, at_start=True) if m in names and m != name}
        for name, path in names.items()
    }
    # A package that gathers its modules' names is not a step on a way between them.
    gatherers = {name for name, path in names.items() if path.name == "__init__.py"}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way, name))
        if name in done:
            return
        for other in sorted(edges[name] - gatherers):
            visit(other, (*way, name))
        done.add(name)

    for name in names:
        visit(name, ())


@pytest.mark.parametrize("path", sorted((HOME / "app_pages").rglob("*.py")), ids=lambda p: p.name)
def test_pages_know_no_commands(path):
    assert "commands" not in imported(path)


@pytest.mark.parametrize("path", sorted((HOME / "analytics").rglob("*.py")), ids=lambda p: p.name)
def test_analytics_touches_no_screen_store_file_or_clock(path):
    impure = {
        *("streamlit", "duckdb", "plotly", "os", "pathlib", "io", "time", "datetime", "random"),
        *("concurrent", "threading"),
    }
    assert not imported(path) & impure


def test_only_the_charts_know_plotly_and_only_the_cache_caches():
    pages = sorted((HOME / "app_pages").rglob("*.py"))
    assert {p.parent.name for p in pages if "plotly" in imported(p)} == {"charts"}
    caching = {p.parent.name for p in pages if "st.cache_" in p.read_text(encoding="utf-8")}
    assert caching == {"cache"}
    assert not any("streamlit" in imported(p) for p in (HOME / "data").rglob("*.py"))


def test_what_is_read_for_a_page_is_of_the_store_of_who_asks():
    cache = [p for p in (HOME / "app_pages" / "cache").glob("*.py") if p.name != "connection.py"]
    assert [p.name for p in cache if "store_path" in p.read_text(encoding="utf-8")] == []


def test_no_page_hides_a_unit_or_a_type_behind_any():
    loose = [
        f"{path.relative_to(HOME)}:{node.lineno}"
        for path in sorted((HOME / "app_pages" / "charts").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for argument in node.args.args
        if argument.annotation and "Any" in ast.unparse(argument.annotation)
    ]
    assert loose == []


def test_nothing_that_a_start_can_do_without_is_imported_with_the_house():
    """Each takes a start of the dashboard as long as a page: `scipy` alone half a second."""
    rare = {"scipy", "xlsxwriter", "fastexcel", "plotly.express"}
    for path in MODULES:
        names = imported_modules(path, at_start=True)
        early = {n for n in names if n in rare or n.split(".")[0] in rare}
        assert not early, f"{path.relative_to(HOME)} imports {early} when it is loaded"

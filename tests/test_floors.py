"""Imports go down the house and never up, and computing stays pure."""

import ast
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
FLOORS = ["analytics", "queries", "data", "commands", "app_pages"]
ROOF = ["dashboard", "cli"]
MODULES = [p for floor in FLOORS for p in sorted((HOME / floor).rglob("*.py"))] + [
    HOME / f"{name}.py" for name in ROOF
]


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    names += [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module]
    return {name.split(".")[0] for name in names}


def floor(path: Path) -> int:
    top = path.relative_to(HOME).parts[0].removesuffix(".py")
    return FLOORS.index(top) if top in FLOORS else len(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(HOME)))
def test_imports_only_go_down(path):
    above = set(FLOORS[floor(path) + 1 :]) | set(ROOF) | {"tests", "benchmarks"}
    assert not imported(path) & above


@pytest.mark.parametrize("path", sorted((HOME / "app_pages").rglob("*.py")), ids=lambda p: p.name)
def test_pages_know_no_commands(path):
    assert "commands" not in imported(path)


@pytest.mark.parametrize("path", sorted((HOME / "analytics").rglob("*.py")), ids=lambda p: p.name)
def test_analytics_touches_no_screen_store_file_or_clock(path):
    impure = {"streamlit", "duckdb", "plotly", "os", "pathlib", "io", "time", "datetime", "random"}
    assert not imported(path) & impure


def test_only_the_charts_know_plotly_and_only_the_cache_caches():
    pages = sorted((HOME / "app_pages").rglob("*.py"))
    assert {p.parent.name for p in pages if "plotly" in imported(p)} == {"charts"}
    caching = {p.parent.name for p in pages if "st.cache_" in p.read_text(encoding="utf-8")}
    assert caching == {"cache"}
    assert not any("streamlit" in imported(p) for p in (HOME / "data").rglob("*.py"))

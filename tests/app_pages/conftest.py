"""What the pages' tests share, and what makes them quick."""

import shutil
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from tests.app_pages.signed_in import make_server

# At each run AppTest looks through every installed package for components, for longer than
# most pages take; they stay the same.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session")
def made(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that people sign in to, and what is published of it."""
    folder = tmp_path_factory.mktemp("server")
    make_server(folder, store)
    return folder


@pytest.fixture
def server(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A copy of that store, which the test may change, on a server that people sign in to."""
    shutil.copytree(made / "own", tmp_path, dirs_exist_ok=True)
    serve(made, tmp_path / "mine.duckdb", monkeypatch)
    st.cache_resource.clear()
    yield tmp_path / "mine.duckdb"
    st.cache_resource.clear()


def serve(made: Path, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a store asked by those who sign in."""
    monkeypatch.setenv("BANDSTAND_DB", str(mine))
    monkeypatch.setenv("BANDSTAND_AUTH", "oidc")
    monkeypatch.setenv("BANDSTAND_PUBLISHED", str(made / "public" / "bandstand.duckdb"))

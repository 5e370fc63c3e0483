"""What is installed is what is here: the wheel, alone in an environment, serves the dashboard."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.serving import HOME, open_page, served, wait_for


def installed(folder: Path) -> Path:
    """The folder of scripts of an environment with the wheel and what it depends on."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheel = [*pip, "wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", folder, HOME]
    subprocess.run(wheel, check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True)
    scripts = folder / "env" / "bin"
    # Packages that are named in a file of paths bring none of their own: Bandstand's folder
    # of development stays unknown.
    packages = next(folder.glob("env/lib/python*/site-packages"))
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))
    (built,) = folder.glob("*.whl")
    install = ["--python", scripts / "python", "install", "--no-deps", built]
    subprocess.run([*pip, *install], check=True)
    return scripts


def test_the_installed_wheel_serves_its_dashboard_from_any_folder(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    scripts = installed(tmp_path)
    store, elsewhere = tmp_path / "store.duckdb", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with served(store, [scripts / "bandstand", "run"], elsewhere) as (url, _):
        wait_for(f"{url}/_stcore/health")
        page = open_page(browser, f"{url}/market", ".js-plotly-plot .main-svg")
        expect(page.get_by_text("market pay against the ladder")).to_be_visible()
        page.context.close()
    asked = [scripts / "python", "-c", "import data, queries; print(data.__file__)"]
    found = subprocess.run(asked, cwd=elsewhere, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(tmp_path))

"""The files of deploy/ say what the program takes."""

import re

import pytest
from streamlit.web.cli import main_run

from tests.conftest import HOME

DEPLOY = HOME / "deploy"
DOC = (HOME / "docs" / "deploy.md").read_text(encoding="utf-8")
SETTINGS = dict(
    line.split("=", 1) for line in (DEPLOY / "bandstand.env").read_text("utf-8").splitlines()
)


def test_the_server_answers_to_the_name_in_its_settings(monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    taken = main_run.make_context("run", ["server.py"]).params
    assert taken["server_allowedHosts"] == ("pay.example.com",)
    assert taken["server_headless"] is True


def test_every_file_has_its_step_in_the_document():
    named = set(re.findall(r"deploy/([\w.-]+[\w])", DOC))
    assert named == {path.name for path in DEPLOY.iterdir()}


def test_every_setting_is_explained():
    explained = set(re.findall(r"^\| `(BANDSTAND_\w+)`", DOC, re.MULTILINE)) | {"BANDSTAND_DB"}
    assert {name for name in SETTINGS if name.startswith("BANDSTAND")} <= explained


@pytest.mark.parametrize("name", ["bandstand.service", "bandstand-as-service"])
def test_service_and_commands_share_settings_folder_and_program(name):
    text = (DEPLOY / name).read_text(encoding="utf-8")
    for part in ("/etc/bandstand/bandstand.env", "/opt/bandstand/bin/bandstand", "/etc/bandstand"):
        assert part in text


def test_the_container_is_said_not_to_have_been_built():
    assert (DEPLOY / "Dockerfile").read_text(encoding="utf-8").startswith("# Not built by us")
    assert "It has not been built by us" in DOC


def test_the_proxy_has_a_sign_in_sent_encrypted_alone():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert re.search(r"^ *proxy_cookie_flags ~ secure;", text, re.MULTILINE)
    assert "listen 80" not in text

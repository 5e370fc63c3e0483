"""Hostile texts on the pages: nothing runs, nothing is fetched."""

import shutil

import pytest
from playwright.sync_api import expect

from data.store.connection import open_to_write
from tests.browser.serving import settled
from tests.data.hostile import HOSTILE
from tests.data.imports.team_files.test_hostile import written
from tests.data.loads import SAID, load

NAME = "<img src=https://example.invalid onerror=window.pwned=1> ![x](https://example.invalid/x)"


def test_hostile_texts_are_shown_and_nothing_runs(new, store, tmp_path, serve):
    path = tmp_path / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    load(con, "records", written(HOSTILE), SAID, NAME)
    con.close()
    asked: list[str] = []
    new.on("request", lambda request: asked.append(request.url))
    new.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    address = serve(path)
    new.goto(f"{address}/import?kind=Pay+records&load=1")
    expect(new.get_by_text("What you have loaded")).to_be_visible()
    upload = tmp_path / "again.csv"
    upload.write_bytes(written(HOSTILE).replace(b'"5000', b'"x000'))
    new.locator("input[type=file]").set_input_files(upload)
    currency = new.get_by_role("combobox", name="Currency of every row")
    currency.fill("USD")
    new.keyboard.press("Enter")
    settled(new)
    new.get_by_label("Effective date of every row").fill("2026-03")
    new.keyboard.press("Enter")
    expect(new.get_by_text(f"{len(HOSTILE)} rows, ")).to_be_visible()
    settled(new)
    assert new.evaluate("window.pwned") is None
    new.goto(f"{address}/sources?source=own-load-1")
    expect(new.get_by_role("heading", name="<img src=https")).to_be_visible()
    settled(new)
    assert new.evaluate("window.pwned") is None
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:", "ws"))]

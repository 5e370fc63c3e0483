"""Limits and the environment variables that move them."""

import pytest

from analytics.errors import InputError
from data.store.settings import limit


@pytest.mark.parametrize(("text", "value"), [("", 2_000), ("1", 1), ("250", 250)])
def test_a_limit_is_the_environments_else_the_default(monkeypatch, text, value):
    monkeypatch.setenv("BANDSTAND_COLUMNS", text)
    assert limit("COLUMNS") == value


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", " "])
def test_a_limit_that_is_no_whole_number_above_0_is_refused(monkeypatch, text):
    monkeypatch.setenv("BANDSTAND_COLUMNS", text)
    with pytest.raises(InputError, match="BANDSTAND_COLUMNS="):
        limit("COLUMNS")

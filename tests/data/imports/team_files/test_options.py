"""Import options: which are taken, and which are refused."""

from decimal import Decimal

import pytest

from analytics.errors import InputError
from data.imports.team_files.file_types import file_type
from data.imports.team_files.options import ImportOptions

RECORDS = file_type("records")


@pytest.mark.parametrize(
    "options",
    [
        ImportOptions(units=Decimal("0.001")),
        ImportOptions(units=Decimal(1_000_000)),
        ImportOptions(header=0),
        ImportOptions(header=30),
        ImportOptions(delimiter="|"),
        ImportOptions(encoding="cp1252"),
        ImportOptions(decimal=",", dates="mdy"),
        ImportOptions(set_values={"effective_date": "2026-03"}),
        ImportOptions(set_values={"effective_date": "2026-03-01", "currency": "usd"}),
    ],
)
def test_options_within_their_limits_are_taken(options):
    assert options.validated(RECORDS) == options


@pytest.mark.parametrize(
    ("options", "value"),
    [
        (ImportOptions(units=Decimal(0)), "units 0"),
        (ImportOptions(units=Decimal(-1)), "units -1"),
        (ImportOptions(units=Decimal(1_000_001)), "units 1000001"),
        (ImportOptions(header=31), "header 31"),
        (ImportOptions(delimiter=";;"), "';;'"),
        (ImportOptions(decimal=";"), "';'"),
        (ImportOptions(dates="ymd"), "'ymd'"),
        (ImportOptions(set_values={"effective_date": "2026"}), "'2026'"),
        (ImportOptions(set_values={"currency": "US$"}), r"'US\$'"),
        (ImportOptions(set_values={"pay": "1"}), "'pay'"),
    ],
)
def test_options_beyond_their_limits_are_refused_with_the_value(options, value):
    with pytest.raises(InputError, match=value):
        options.validated(RECORDS)


def test_options_are_read_back_from_json_unchanged():
    options = ImportOptions(
        {"base": "Gehalt", "variable": ""},
        {"currency": "EUR"},
        ("Team",),
        ",",
        "dmy",
        Decimal("2080.5"),
        "cp1252",
        ";",
        3,
        "pay.csv",
        "Sheet 1",
    )
    assert ImportOptions.from_json(options.to_json()) == options
    assert ImportOptions().to_json() == "{}\n"

"""Values given for a field: read whatever the file's decimal sign is, or refused by name."""

from dataclasses import replace

import pytest

from analytics.errors import InputError
from data.imports.team_files.file_types import file_type
from data.imports.team_files.options import ImportOptions
from tests.data.loads import SAID, bring

HOURLY = {
    ",": "Company;Stundenlohn;Bonus\nA;24,50;1.250,50\n",
    ".": "Company;Stundenlohn;Bonus\nA;24.50;1,250.50\n",
}


@pytest.mark.parametrize("sign", [",", "."])
@pytest.mark.parametrize("hours", ["38.5", "38,5"])
def test_hours_are_read_whatever_the_decimal_sign_of_the_file(sign, hours):
    said = replace(
        SAID,
        columns={"hourly_rate": "Stundenlohn"},
        set_values={**SAID.set_values, "hours_per_week": hours},
    )
    assert bring("records", HOURLY[sign], said).values("base") == [49_049]  # 24.50 × 38.5 × 52


@pytest.mark.parametrize(("field", "value", "instead"), [
    ("hours_per_week", "38 hrs", "a number such as 38.5"),
    ("base", "lots", "a number such as 38.5"), ("fte", "half", "a number such as 38.5"),
    ("pay_period", "fortnite", "one of hour, day, week"),
])  # fmt: skip
def test_a_value_that_can_t_be_read_is_refused_at_once_with_its_name(field, value, instead):
    kind = file_type("records")
    with pytest.raises(InputError, match=f"^{kind.fields[field].label} '{value}': use {instead}"):
        ImportOptions(set_values={field: value}).validated(kind)


@pytest.mark.parametrize(("field", "value"), [
    ("fte", "80%"), ("fte", "0,8"), ("variable", "10%"), ("base", "$95,000"), ("base", "95k"),
    ("pay_period", "Monthly"), ("status", "yes"), ("title", "CSM"), ("hours_per_week", ""),
])  # fmt: skip
def test_values_that_a_cell_may_have_are_taken(field, value):
    said = ImportOptions(set_values={field: value})
    assert said.validated(file_type("records" if field != "status" else "roster")) == said


def test_a_value_given_fills_the_empty_cells_of_its_column():
    text = "Company;Base;FTE\nA;95000,50;0,5\nA;90000,50;\n"
    said = replace(SAID, set_values={**SAID.set_values, "fte": "0.8"}, pay_is="actual")
    assert [float(v) for v in bring("records", text, said).values("fte")] == [0.5, 0.8]

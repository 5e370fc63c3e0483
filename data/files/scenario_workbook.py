"""A scenario of raises as a workbook: figures, cost by group, raises, people, its inputs."""

import io
from typing import Any

import pandas as pd

from analytics.people.frozen import people_digest
from analytics.people.merit import MeritCycle
from analytics.people.scenario import Scenario, scenario_result, scenario_spec
from analytics.table_units import texts
from analytics.units import unit_of, with_units
from data.files.sheets import Formats, set_up_print, write_table
from data.files.spec_sheet import write_spec

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_PEOPLE_MONEY = ("paid", "pay", "minimum", "midpoint", "maximum")


def scenario_workbook(scenario: Scenario, name: str) -> bytes:
    """Sheets Scenario, Groups, Raises, People and the inputs for `bandstand verify`."""
    import xlsxwriter  # only here: a start of the dashboard is spared it

    result = scenario_result(scenario)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        formats = Formats(book)
        _figures_sheet(book, scenario, dict(result.figures), name, formats)
        tables = {
            "Groups": result.groups,
            "Raises": result.raises,
            "People": with_units(scenario.people, _people_units(scenario.people)),
        }
        for title, table in tables.items():
            sheet = book.add_worksheet(title)
            set_up_print(sheet, name, landscape=True, one_page=False)
            sheet.freeze_panes(1, 1)
            write_table(sheet, table, formats)
        write_spec(book, scenario_spec(scenario))
    return out.getvalue()


def settings_in_words(scenario: Scenario) -> list[tuple[str, str]]:
    """What a scenario asks for and stands on: label and words, for screen and file."""
    settings = scenario.settings
    if isinstance(settings, MeritCycle):
        rates = "; ".join(
            f"{rating}: {', '.join(f'{100 * rate:.4g}' for rate in row)}"
            for rating, row in zip(settings.matrix.ratings, settings.matrix.rates, strict=True)
        )
        period = f"{settings.start} to {settings.end}" if settings.start else "none, not prorated"
        asked = [
            ("Merit matrix, percent", rates),
            ("Compa-ratio bands", ", ".join(settings.matrix.bands)),
            ("Ratings from", settings.rating),
            ("Review period", period),
            ("Beyond the maximum", "a lump sum" if settings.lump_sums else "nothing"),
        ]
    else:
        floors = ", ".join(f"{value}: {ratio:g}" for value, ratio in settings.floors.items())
        step = settings.manager_step
        asked = [
            ("Everybody at the minimum", "yes" if settings.minimum else "no"),
            ("Least compa-ratio", f"by {settings.rating}: {floors}" if floors else "none"),
            ("Managers above reports by", "no goal" if step is None else f"{step:.1%}"),
        ]
    loads = "; ".join(f"{load.name} ({load.kind}, load {load.load})" for load in scenario.loads)
    return [
        ("Raises by", scenario.kind),
        *asked,
        ("People", scenario.where),
        ("Stands on", loads),
        ("SHA-256 of people and ranges", people_digest(scenario.people)),
    ]


def _figures_sheet(
    book: Any,
    scenario: Scenario,
    figures: dict[str, tuple[float, str]],
    name: str,
    formats: Formats,
) -> None:
    sheet = book.add_worksheet("Scenario")
    set_up_print(sheet, name, landscape=False, one_page=True)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, name, formats.title)
    for row, (label, (value, unit)) in enumerate(figures.items(), 2):
        sheet.write_string(row, 0, label, formats.strong)
        sheet.write_number(row, 1, value, formats.of(unit_of(unit)))
    for row, (label, words) in enumerate(settings_in_words(scenario), len(figures) + 3):
        sheet.write_string(row, 0, label, formats.strong)
        sheet.write_string(row, 1, words, formats.wrapped)


def _people_units(people: pd.DataFrame) -> dict[str, str]:
    money = dict.fromkeys(_PEOPLE_MONEY, "currency")
    return {**texts(*people.columns), **money, "fte": "number", "compa_ratio": "ratio"}

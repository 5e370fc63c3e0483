"""Compute a workbook that Bandstand wrote anew from its own inputs, and compare every cell."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.errors import InputError
from analytics.money import money
from analytics.people.scenario import FORMAT as SCENARIO
from analytics.people.scenario import LoadName, Scenario, scenario_from_spec
from analytics.pricing.inputs import Pricing
from analytics.pricing.pricing import price_job
from analytics.pricing.serialization import FORMAT as PRICING
from analytics.pricing.serialization import from_spec
from analytics.pricing.statement import shown_figures
from data.files.compared_workbook import FORMAT as COMPARED
from data.files.compared_workbook import ComparedFile, compared_file_from_spec
from data.files.exports import to_excel
from data.files.people_workbook import FORMAT as PEOPLE
from data.files.people_workbook import PeopleFile, people_file_from_spec
from data.files.prices_workbook import FORMAT as PRICES
from data.files.prices_workbook import PricesFile, prices_file_from_spec
from data.files.pricing_workbook import computed_sheets
from data.files.ranges_workbook import FORMAT as RANGES
from data.files.ranges_workbook import RangesFile, ranges_file_from_spec
from data.files.scenario_workbook import scenario_workbook
from data.files.spec_sheet import SHEET, read_spec
from data.files.workbook import read_workbook

Cells = list[list[str]]
TableFile = RangesFile | PricesFile | PeopleFile | ComparedFile
Inputs = Pricing | Scenario | TableFile
#: Sheets of words that are written beside a computed table, and not computed.
_WORDS = ("About",)
#: The mode of tables that are made for others than the owner to see.
_FOR_OTHERS = "aggregate"


@dataclass(frozen=True)
class Difference:
    """A cell that is not what its inputs give."""

    sheet: str
    cell: str
    in_file: str
    computed: str


@dataclass(frozen=True)
class Verified:
    """Which sheets were computed anew, how many of their cells, and which differ.

    ``inputs`` is what the file was computed from. ``not_computed`` are sheets of words, of
    which a pricing's answer alone is compared.
    """

    what: str
    sheets: tuple[str, ...]
    cells: int
    differences: tuple[Difference, ...]
    not_computed: tuple[str, ...]
    inputs: Inputs

    @property
    def loads(self) -> tuple[LoadName, ...]:
        """The loads that scenarios or a table of people stand on; none of other files."""
        found = self.inputs
        return found.loads if isinstance(found, Scenario | PeopleFile | ComparedFile) else ()


def verify_workbook(name: str, content: bytes) -> Verified:
    """Compare a workbook with what its inputs give.

    Raises `FileError` where it can't be read, `InputError` where it has no inputs, or
    where they were changed.
    """
    found = _sheets(name, content)
    if SHEET not in found:
        raise InputError(f"{name}: {_without_inputs(found.get('About', []))}")
    spec = read_spec([row[0] for row in found[SHEET]])
    what, inputs, again = _computed(spec, found)
    words = (SHEET, *_WORDS)
    made = {title: cells for title, cells in _sheets(name, again).items() if title not in words}
    differences = [d for title in made for d in _compare(title, found.get(title, []), made[title])]
    differences += _compare_answer(spec, found.get("Answer", []))
    cells = sum(cell != "" for rows in made.values() for row in rows for cell in row)
    rest = tuple(title for title in found if title not in made and title != SHEET)
    return Verified(what, tuple(made), cells, tuple(differences), rest, inputs)


def _computed(spec: str, found: dict[str, Cells]) -> tuple[str, Inputs, bytes]:
    """What a spec is of, the inputs in it, and its sheets as a workbook."""
    kind = json.loads(spec).get("format")
    if kind == SCENARIO:
        scenario = scenario_from_spec(spec)
        first = found.get("Scenario") or [[""]]
        return "scenario", scenario, scenario_workbook(scenario, first[0][0])
    if kind == PRICING:
        pricing = from_spec(spec)
        return "pricing", pricing, computed_sheets(price_job(pricing))
    tables: dict[str, tuple[str, Callable[[str], TableFile]]] = {
        RANGES: ("pay ranges", ranges_file_from_spec),
        PRICES: ("priced jobs", prices_file_from_spec),
        PEOPLE: ("people", people_file_from_spec),
        COMPARED: ("scenarios", compared_file_from_spec),
    }
    if kind in tables:
        of, read = tables[kind]
        file = read(spec)
        return f"table of {of} ({file.table})", file, to_excel(file.frame, {}, pd.DataFrame())
    raise InputError(f"its inputs are of a format that this Bandstand does not know: {kind!r}")


def _without_inputs(about: Cells) -> str:
    """Why a workbook can't be computed anew, as far as its sheet About tells."""
    notes = {row[0]: row[1] for row in about if len(row) > 1}
    if notes.get("mode") == _FOR_OTHERS:
        return "made for others to see, so nobody's pay is in it to compute it from"
    if notes.get("Table", "").startswith("people "):
        return (
            f"the table {notes['Table']!r} names nobody, so nobody's pay is in it to compute it "
            "from; the command line writes it with its inputs where they are asked for"
        )
    if "Table" in notes:
        return (
            f"the table {notes['Table']!r} has no inputs to compute it from; its sheet About says "
            "what it stands on. Pricings, pay ranges, people and scenarios have their inputs"
        )
    return f"no sheet '{SHEET}', so there is nothing to compute it from"


def _compare_answer(spec: str, answer: Cells) -> list[Difference]:
    """The figure in words on the first sheet of a pricing, below its question."""
    if len(answer) < 2 or json.loads(spec).get("format") != PRICING:
        return []
    priced = price_job(from_spec(spec))
    words = money(shown_figures(priced)[0], priced.pricing.currency)
    return [] if answer[1][0] == words else [Difference("Answer", "A2", answer[1][0], words)]


def _sheets(name: str, content: bytes) -> dict[str, Cells]:
    return {
        sheet.name: [["" if v is None else str(v) for v in row.values()]
                     for row in sheet.table.to_pylist()]
        for sheet in read_workbook(name, content)
    }  # fmt: skip


def _compare(sheet: str, found: Cells, made: Cells) -> list[Difference]:
    differences = []
    for i in range(max(len(found), len(made))):
        ours, theirs = _row(made, i), _row(found, i)
        for j in range(max(len(ours), len(theirs))):
            one, other = _cell(theirs, j), _cell(ours, j)
            if not _alike(one, other):
                differences.append(Difference(sheet, f"{_letters(j)}{i + 1}", one, other))
    return differences


def _row(cells: Cells, i: int) -> Sequence[str]:
    return cells[i] if i < len(cells) else ()


def _cell(row: Sequence[str], j: int) -> str:
    return row[j] if j < len(row) else ""


def _alike(one: str, other: str) -> bool:
    """The same text, or numbers that differ by less than a rounding error of the format."""
    if one == other:
        return True
    try:
        a, b = float(one), float(other)
    except ValueError:
        return False
    return abs(a - b) <= 1e-6 * max(1.0, abs(b) / 1_000)


def _letters(column: int) -> str:
    """A column as Excel names it: 0 → A, 27 → AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

"""The types of file that a team can import: their fields, as in `file_types/NAME.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from analytics.errors import UnknownNameError
from analytics.percentiles import PERCENTILES, percentile_name
from analytics.suggestions import nearest

FOLDER = Path(__file__).parent / "file_types"
NAMES = ("survey", "records", "roster", "ranges")
#: Units whose cells are numbers, and so have a decimal sign.
NUMBERS = ("money", "hourly", "hours", "fte", "years", "count")
PERCENTILE_NAMES = tuple(map(percentile_name, PERCENTILES))
#: The fields of a step schedule that has a column for each step.
STEPS = tuple(f"step_{i}" for i in range(1, 31))
_QUARTILES: Mapping[str, Sequence[str]] = {
    "p25": ("low quartile", "lower quartile"),
    "p50": ("median",),
    "p75": ("high quartile", "upper quartile"),
}
_EXAMPLES = {"base_p25": "99000", "base_p50": "117000", "base_p75": "134000"}
#: What surveys call a pay element in a percentile's heading; without one, the row has a basis.
ELEMENTS: Mapping[str, Sequence[str]] = {
    "base": (
        "base",
        "base salary",
        "base pay",
        "annual base",
        "salary",
        "annual base salary",
        "annual base pay",
        "annual pay",
        "base annual",
        "bs",
    ),
    "target_cash": (
        "target cash",
        "target total cash",
        "ttc",
        "ote",
        "total target cash",
        "target total cash compensation",
        "target annual cash",
        "total cash target",
        "annual target cash",
        "annual target total cash",
        "total target cash compensation",
        "target total annual compensation",
        "target total cash all incumbents",
        "total cash compensation targetless allowances",
        "total cash compensation targetless allowances mtcs",
    ),
    "total_cash": (
        "total cash",
        "actual total cash",
        "tcc",
        "total cash compensation",
        "actual total cash compensation",
        "annual total cash",
        "total annual cash",
        "total cash actual",
        "tac",
        "actual total annual compensation",
        "total cash all incumbents",
        "total cash compensation actualless allowances",
        "total cash compensation actualless allowances mtcs",
    ),
    "total_comp": (
        "total comp",
        "total compensation",
        "total direct compensation",
        "tdc",
        "total direct comp",
        "actual total direct compensation",
        "annual total direct compensation",
        "total direct actual",
    ),
}


@dataclass(frozen=True)
class Field:
    """One field of a row.

    ``bounded`` pay is a whole year's, so what nobody earns in a year is suspicious.
    """

    name: str
    unit: str
    about: str
    headings: tuple[str, ...]
    needed: bool = False
    bounded: bool = False
    example: str = ""

    @cached_property
    def compact_headings(self) -> tuple[str, ...]:
        """The field's name and headings without blanks, as some systems write them: JOBLEVEL."""
        return tuple(word.replace(" ", "") for word in (self.name.replace("_", ""), *self.headings))

    @property
    def label(self) -> str:
        """The field's name in words."""
        return self.name.replace("_", " ")


@dataclass(frozen=True)
class FileType:
    """One type of file, and the table that its rows go to.

    A row must give at least one field of each group in ``any_of``; ``rising``
    fields may not fall from one to the next; ``unique`` fields identify rows.
    """

    name: str
    title: str
    about: str
    table: str
    fields: Mapping[str, Field]
    any_of: tuple[tuple[str, ...], ...]
    rising: tuple[tuple[str, ...], ...] = ()
    unique: tuple[str, ...] = ()

    @property
    def people(self) -> bool:
        """Whether a row is a person, so that columns which name people are left out."""
        return self.name in ("records", "roster")

    @property
    def by_title(self) -> bool:
        """Whether each row is matched to a profile by its title."""
        return self.name in ("survey", "roster")


@cache
def file_type(name: str) -> FileType:
    """The file type with that name; raises `UnknownNameError`."""
    if name not in NAMES:
        raise UnknownNameError(f"no file type {name!r}; {nearest(name, NAMES)}")
    spec = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    fields = {
        key: Field(key, **{**values, "headings": tuple(values["headings"])})
        for key, values in spec["fields"].items()
    }
    any_of = [tuple(group) for group in spec.get("any_of", [])]
    rising: list[tuple[str, ...]] = []
    if name == "ranges":
        fields |= {step: _step_field(step) for step in STEPS}
        any_of[1:] = [(end, "range", "step_pay", *STEPS) for end in ("minimum", "maximum")]
        rising += [("minimum", "midpoint", "maximum"), STEPS]
    if spec.get("percentiles"):
        pay = _percentile_fields()
        fields = {key: _counted(field) for key, field in fields.items()} | pay
        any_of = [tuple(pay)]
        rising = [
            tuple(_named(element, p) for p in PERCENTILE_NAMES) for element in ("", *ELEMENTS)
        ]
    return FileType(
        name,
        spec["title"],
        spec["about"],
        spec["table"],
        fields,
        tuple(any_of),
        tuple(rising),
        tuple(spec.get("unique", ())),
    )


def _step_field(name: str) -> Field:
    """The field of one step of a schedule, such as step_3."""
    n = name.removeprefix("step_")
    headings = (f"step {n}", f"step{n}", f"step 0{n}", f"salary step {n}", f"pay step {n}")
    return Field(name, "money", f"Pay a year at step {n}.", headings, bounded=True)


def _counted(field: Field) -> Field:
    """A count of people or organizations, also called that of base pay: Base Salary #Incs."""
    if field.unit != "count":
        return field
    words = [f"{pay} {word}" for pay in ELEMENTS["base"] for word in field.headings]
    return replace(field, headings=(*field.headings, *words))


def _named(element: str, percentile: str) -> str:
    return f"{element}_{percentile}" if element else percentile


def _percentile_fields() -> dict[str, Field]:
    """A field for each percentile, alone and of each pay element."""
    fields = {}
    for element, words in {"": ("",), **ELEMENTS}.items():
        pay = f"{element.replace('_', ' ')} pay a year" if element else "Pay a year"
        for percentile in PERCENTILE_NAMES:
            name = _named(element, percentile)
            fields[name] = Field(
                name,
                "money",
                f"{pay}, {percentile[1:]}th percentile.".capitalize(),
                _percentile_headings(words, percentile),
                bounded=True,
                example=_EXAMPLES.get(name, ""),
            )
    return fields


def _percentile_headings(words: Sequence[str], percentile: str) -> tuple[str, ...]:
    """What surveys call a percentile of a pay element: base p25, 25th percentile base."""
    headings = [
        " ".join(filter(None, pair))
        for word in words
        for spelling in _spellings(percentile)
        for pair in ((word, spelling), (spelling, word))
    ]
    return tuple(dict.fromkeys(headings))


def _spellings(percentile: str) -> tuple[str, ...]:
    n = percentile[1:]
    nth = f"{n}th"
    spellings = (
        percentile,
        f"p{nth}",
        f"{nth} percentile",
        nth,
        f"{n}p",
        f"{nth} pct",
        f"{n} percentile",
        n,
        f"perc{n}",
        f"{nth} percentile {n} percent",
    )
    quartile = _QUARTILES.get(percentile, ())
    return (*spellings, *quartile, *(f"{word} {n} percent" for word in quartile))

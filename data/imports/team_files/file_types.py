"""The kinds of file that can be brought: their fields, as `kinds/KIND.toml` has them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.errors import UnknownNameError
from analytics.percentiles import PERCENTILES, percentile_name
from analytics.suggestions import nearest

FOLDER = Path(__file__).parent / "file_types"
NAMES = ("survey", "records", "roster", "ranges")
#: Units whose cells are numbers, and so have a decimal sign.
NUMBERS = ("money", "hourly", "hours", "fte", "count")
PERCENTILE_NAMES = tuple(map(percentile_name, PERCENTILES))
#: How surveys call a pay element in a percentile's heading; without one the row says it.
ELEMENTS: Mapping[str, Sequence[str]] = {
    "base": ("base", "base salary", "base pay", "annual base", "salary"),
    "target_cash": ("target cash", "target total cash", "ttc", "ote", "total target cash"),
    "total_cash": ("total cash", "actual total cash", "tcc", "total cash compensation"),
    "total_comp": ("total comp", "total compensation", "total direct compensation", "tdc"),
}


@dataclass(frozen=True)
class Field:
    """One thing that a row can say.

    ``bounded`` pay is a whole year's: what nobody earns in a year is suspicious.
    """

    name: str
    unit: str
    about: str
    headings: tuple[str, ...]
    needed: bool = False
    bounded: bool = False
    example: str = ""

    @property
    def label(self) -> str:
        """The field's name in words."""
        return self.name.replace("_", " ")


@dataclass(frozen=True)
class FileType:
    """One kind of file.

    Of each group in ``any_of`` a row must say at least one; ``rising`` fields may
    not fall from one to the next; ``unique`` fields tell the rows apart.
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
        """Whether a row is a person, so that what names one had better stay out."""
        return self.name in ("records", "roster")

    @property
    def by_title(self) -> bool:
        """Whether each row means a profile, found by its title."""
        return self.name in ("survey", "roster")


@cache
def file_type(name: str) -> FileType:
    """The kind with that name; raises `UnknownNameError`."""
    if name not in NAMES:
        raise UnknownNameError(f"no kind {name!r}; {nearest(name, NAMES)}")
    spec = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    fields = {
        key: Field(key, **{**said, "headings": tuple(said["headings"])})
        for key, said in spec["fields"].items()
    }
    any_of = [tuple(group) for group in spec.get("any_of", [])]
    rising: list[tuple[str, ...]] = [("minimum", "midpoint", "maximum")] * (name == "ranges")
    if spec.get("percentiles"):
        pay = _percentile_fields()
        fields |= pay
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


def _named(element: str, percentile: str) -> str:
    return f"{element}_{percentile}" if element else percentile


def _percentile_fields() -> dict[str, Field]:
    """A field for each percentile, alone and of each pay element."""
    found = {}
    for element, words in {"": ("",), **ELEMENTS}.items():
        for p in PERCENTILE_NAMES:
            spoken = _spoken(p)
            headings = [
                " ".join(filter(None, pair))
                for word in words
                for said in spoken
                for pair in ((word, said), (said, word))
            ]
            whole = f"{element.replace('_', ' ')} pay a year" if element else "Pay a year"
            found[_named(element, p)] = Field(
                _named(element, p),
                "money",
                f"{whole}, {p[1:]}th percentile.".capitalize(),
                tuple(dict.fromkeys(headings)),
                bounded=True,
                example={"base_p25": "99000", "base_p50": "117000", "base_p75": "134000"}.get(
                    _named(element, p), ""
                ),
            )
    return found


def _spoken(percentile: str) -> tuple[str, ...]:
    n = percentile[1:]
    said = (percentile, f"{n}th percentile", f"{n}th", f"{n}p", f"{n}th pct", f"{n} percentile", n)
    return (*said, "median") if percentile == "p50" else said

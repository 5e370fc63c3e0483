"""Read seed files and the sidecars that state where each figure comes from.

A seed is ``seeds/x.csv`` (or, if large, ``x.parquet``: see `parquet_seeds`) with a
sidecar ``seeds/x.toml``. The sidecar has the
provenance of every source in the file, a unit for each column (a trailing ``?``
allows empty cells), and the checks that the rows must pass. Nothing is guessed
and there are no defaults: whatever is missing or wrong raises `SeedError` with
file, row, column and reason.
"""

import csv
import itertools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.errors import SeedError
from data.files.cell_types import TOP_CODED, UNITS, typed_cells

SEEDS = Path(__file__).parent.parent / "seeds"

PROVENANCE = (
    "title",
    "publisher",
    "citation",
    "url",
    "published",
    "accessed",
    "as_of",
    "licence",
    "pay_basis",
    "population",
    "sample_size",
    "disclosure",
    "description",
    "method",
)


@dataclass(frozen=True)
class Sidecar:
    """The content of a seed's ``.toml``.

    ``also`` names sources that another sidecar describes; ``columns`` maps column
    to unit, ``references`` column to the ``seed.column`` that its values are in.
    """

    path: Path
    sources: dict[str, dict[str, str]]
    also: tuple[str, ...]
    columns: dict[str, str]
    key: tuple[str, ...]
    rising: tuple[tuple[str, ...], ...]
    references: dict[str, str]

    @property
    def named_sources(self) -> set[str]:
        """Every source that the seed's rows may name."""
        return {*self.sources, *self.also}


@dataclass(frozen=True)
class Seed:
    """A checked seed: typed rows, each with the source that it comes from."""

    name: str
    sidecar: Sidecar
    rows: list[dict[str, Any]]

    @property
    def column_types(self) -> dict[str, str]:
        """Column → DuckDB type in staging, the source column included."""
        types = {name: UNITS[unit.rstrip("?")][1] for name, unit in self.sidecar.columns.items()}
        return {**types, "source": "VARCHAR"}


def read_seeds(folder: Path = SEEDS) -> dict[str, Seed]:
    """All seeds of ``folder`` by name, checked; raises `SeedError`."""
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise SeedError(f"{folder}: no seed files here; is the installation complete?")
    for sidecar in sorted(folder.glob("*.toml")):
        if not any(sidecar.with_suffix(kind).exists() for kind in (".csv", ".parquet")):
            raise SeedError(f"{sidecar.name}: no {sidecar.stem}.csv beside it")
    seeds = {file.stem: read_seed(file) for file in files}
    large = [read_sidecar(file.with_suffix(".toml")) for file in sorted(folder.glob("*.parquet"))]
    _check_sources([*(seed.sidecar for seed in seeds.values()), *large])
    for seed in seeds.values():
        for column, target in seed.sidecar.references.items():
            _check_reference(seed, column, target, seeds)
    return seeds


def read_seed(file: Path) -> Seed:
    """One seed, checked against its sidecar; raises `SeedError`."""
    sidecar = read_sidecar(file.with_suffix(".toml"))
    with file.open(newline="", encoding="utf-8") as lines:
        table = list(csv.reader(lines, strict=True))
    header, body = (table[0], table[1:]) if table else ([], [])
    if header != list(sidecar.columns):
        raise SeedError(
            f"{file.name}: header is {header}, but {sidecar.path.name} lists the columns "
            f"{list(sidecar.columns)}; make the two agree"
        )
    rows = [_typed(file, number, header, row, sidecar) for number, row in enumerate(body, 2)]
    _check_unique(file, rows, sidecar.key)
    for group in sidecar.rising:
        _check_rising(file, rows, group)
    return Seed(file.stem, sidecar, rows)


def read_sidecar(path: Path) -> Sidecar:
    """A sidecar with every provenance field present; raises `SeedError`."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SeedError(f"{path.name}: missing; every seed needs its sidecar") from None
    except tomllib.TOMLDecodeError as error:
        raise SeedError(f"{path.name}: {error}") from None
    sources = content.get("source", {})
    for source, fields in sources.items():
        for field in PROVENANCE:
            if not str(fields.get(field, "")).strip():
                raise SeedError(f"{path.name}, source {source}: field {field!r} is missing")
        if extra := set(fields) - set(PROVENANCE):
            raise SeedError(f"{path.name}, source {source}: unknown field(s) {sorted(extra)}")
    columns, checks = content.get("columns", {}), content.get("checks", {})
    for column, unit in columns.items():
        if unit.rstrip("?") not in UNITS:
            raise SeedError(
                f"{path.name}, column {column}: unknown unit {unit!r}; known: {sorted(UNITS)}"
            )
    checked = {*checks.get("key", []), *(c for g in checks.get("rising", []) for c in g)}
    if missing := sorted(checked - set(columns)):
        raise SeedError(f"{path.name}: checks name column(s) {missing} that are not in columns")
    if not checks.get("key"):
        raise SeedError(f"{path.name}: checks.key is missing; which columns identify a row?")
    return Sidecar(
        path,
        sources,
        tuple(content.get("also", ())),
        columns,
        tuple(checks["key"]),
        tuple(tuple(group) for group in checks.get("rising", ())),
        content.get("references", {}),
    )


def _typed(
    file: Path, number: int, header: list[str], row: list[str], sidecar: Sidecar
) -> dict[str, Any]:
    if len(row) != len(header):
        raise SeedError(
            f"{file.name}, row {number}: {len(row)} cells where the header has {len(header)}"
        )
    typed, errors = typed_cells(dict(zip(header, row, strict=True)), sidecar.columns)
    if errors:
        error = errors[0]
        text = f"{error.text!r} " if error.text else ""
        raise SeedError(f"{file.name}, row {number}, column {error.column}: {text}{error.reason}")
    typed["source"] = _source_of(file, number, typed, sidecar)
    return typed


def _source_of(file: Path, number: int, row: dict[str, Any], sidecar: Sidecar) -> str:
    sources = sidecar.named_sources
    name = row.get("source")
    if name is None and len(sources) == 1:
        return next(iter(sources))
    if name in sources:
        return str(name)
    raise SeedError(
        f"{file.name}, row {number}, column source: {name!r} is not one of the sources in "
        f"{sidecar.path.name}: {sorted(sources)}"
    )


def _check_unique(file: Path, rows: list[dict[str, Any]], key: tuple[str, ...]) -> None:
    first_rows: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(rows, 2):
        value = tuple(row[column] for column in key)
        if value in first_rows:
            raise SeedError(
                f"{file.name}, row {number}, columns {', '.join(key)}: {value} is "
                f"already in row {first_rows[value]}"
            )
        first_rows[value] = number


def _check_rising(file: Path, rows: list[dict[str, Any]], group: tuple[str, ...]) -> None:
    for number, row in enumerate(rows, 2):
        values = [(c, float(row[c])) for c in group if row[c] not in (None, TOP_CODED)]
        for (left, low), (right, high) in itertools.pairwise(values):
            if low > high:
                raise SeedError(
                    f"{file.name}, row {number}, column {right}: {high:,.0f} is below "
                    f"{left} ({low:,.0f}); {' ≤ '.join(group)} must hold"
                )


def _check_reference(seed: Seed, column: str, target: str, seeds: dict[str, Seed]) -> None:
    name, _, field = target.partition(".")
    if name not in seeds or field not in seeds[name].sidecar.columns:
        raise SeedError(f"{seed.name}.toml: references {target}, which does not exist")
    values = {row[field] for row in seeds[name].rows}
    for number, row in enumerate(seed.rows, 2):
        if row[column] is not None and row[column] not in values:
            raise SeedError(
                f"{seed.name}.csv, row {number}, column {column}: {row[column]!r} is not in "
                f"{name}.csv, column {field}"
            )


def _check_sources(sidecars: Sequence[Sidecar]) -> None:
    described_in: dict[str, str] = {}
    for sidecar in sidecars:
        for source in sidecar.sources:
            if source in described_in:
                raise SeedError(
                    f"{sidecar.path.name}, source {source}: already described in "
                    f"{described_in[source]}"
                )
            described_in[source] = sidecar.path.name
    for sidecar in sidecars:
        for source in sidecar.also:
            if source not in described_in:
                raise SeedError(
                    f"{sidecar.path.name}: also names {source!r}, which no sidecar describes"
                )

"""How far off a percentile is that was left out, on a BLS OEWS workbook given by path.

Each complete row (P10, P25, P50, P75, P90, none at the ceiling) loses one percentile
at a time, which is predicted from the other four: by Bandstand, by a lognormal and by
a four-term log-metalog, both fitted by least squares, in the same run. Usage:
python -m benchmarks.calibration WORKBOOK.xlsx
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import openpyxl
from scipy.stats import norm

from analytics.quantiles import percentile_of

NAMES = {"A_PCT10": 0.10, "A_PCT25": 0.25, "A_MEDIAN": 0.50, "A_PCT75": 0.75, "A_PCT90": 0.90}
Anchors = Mapping[float, float]


def complete_rows(path: Path) -> list[dict[float, float]]:
    """Different rows of the workbook with all five yearly percentiles as numbers."""
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    lines = sheet.iter_rows(values_only=True)
    header = [str(name).upper() for name in next(lines)]
    at = {p: header.index(name) for name, p in NAMES.items()}
    # A broad occupation with one detailed one in it prints the same row twice.
    found: dict[tuple[float, ...], dict[float, float]] = {}
    for line in lines:
        row = {p: _number(line[i]) for p, i in at.items()}
        if all(row.values()):
            anchors = {p: float(v) for p, v in row.items() if v}
            found.setdefault(tuple(anchors.values()), anchors)
    return list(found.values())


def _number(cell: object) -> float | None:
    try:
        return float(str(cell).replace(",", ""))
    except ValueError:
        return None


def lognormal(anchors: Anchors, p: float) -> float:
    """A lognormal by least squares of log pay on normal score."""
    z, y = norm.ppf(list(anchors)), np.log(list(anchors.values()))
    slope, start = np.polyfit(z, y, 1)
    return float(np.exp(start + slope * norm.ppf(p)))


def metalog(anchors: Anchors, p: float) -> float:
    """A log-metalog of four terms, which four percentiles determine (Keelin, 2016)."""

    def terms(q: np.ndarray) -> np.ndarray:
        logit, centred = np.log(q / (1 - q)), q - 0.5
        return np.stack([np.ones_like(q), logit, centred * logit, centred], axis=1)

    q, y = np.array(list(anchors)), np.log(list(anchors.values()))
    fit, *_ = np.linalg.lstsq(terms(q), y, rcond=None)
    return float(np.exp(terms(np.array([p])) @ fit)[0])


METHODS: dict[str, Callable[[Anchors, float], float]] = {
    "Bandstand (PCHIP)": lambda anchors, p: percentile_of(anchors, p).value,
    "lognormal": lognormal,
    "log-metalog": metalog,
}


def main() -> None:
    """Print median and 90th-percentile errors by method, and our interval's coverage."""
    rows = complete_rows(Path(sys.argv[1]))
    print(f"{len(rows):,} complete rows of {Path(sys.argv[1]).name}")
    print("median |error| in %, 90th percentile of it in brackets")
    every: list[bool] = []
    for p in NAMES.values():
        told = []
        for name, method in METHODS.items():
            errors = [abs(method(_without(row, p), p) / row[p] - 1) for row in rows]
            told.append(
                f"{name} {100 * np.median(errors):.2f} ({100 * np.quantile(errors, 0.9):.1f})"
            )
        inside = [
            found.low <= row[p] <= found.high
            for row in rows
            if (found := percentile_of(_without(row, p), p))
        ]
        every += inside
        print(f"P{100 * p:g}: {'; '.join(told)}; our 90 % interval covers {np.mean(inside):.1%}")
    print(f"all five together: our 90 % interval covers {np.mean(every):.1%}")


def _without(row: Anchors, p: float) -> dict[float, float]:
    return {q: pay for q, pay in row.items() if q != p}


if __name__ == "__main__":
    main()

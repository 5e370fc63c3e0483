"""`bandstand calibrate`: how often stated intervals cover, on the wages in the store."""

from typing import Annotated

import typer

from commands.shared import Format, OutFile, output_format, read_store, write_table


def calibrate(
    cells: Annotated[
        int | None,
        typer.Option(
            min=100, help="Cells to draw of each kind of place, else 2,000; always the same."
        ),
    ] = None,
    kept_back: Annotated[
        bool, typer.Option("--kept-back", help="On the quarter of occupations kept from all fits.")
    ] = False,
    fmt: Format = None,
    out: OutFile = "-",
) -> None:
    """Stated against measured coverage of each kind of interval, on occupations not fitted on.

    Example: bandstand calibrate --cells 100000 --kept-back
    """
    from analytics.uncertainty.calibration import KEPT
    from data.catalog.calibration import CELLS, coverage_table, read_coverage

    drawn = cells or CELLS
    folds = (KEPT,) if kept_back else ()
    rows = read_store(lambda con: read_coverage(con, drawn, folds))
    about = {"cells": f"{drawn:,}", "occupations": "kept back" if kept_back else "not fitted on"}
    file_format = output_format(fmt, out)
    write_table(coverage_table(rows), "calibration", about, file_format, out)

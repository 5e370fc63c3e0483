"""Managers who are paid little more than the people who report to them, or less."""

import pandas as pd

from analytics.deltas import COMPRESSION_BELOW
from analytics.table_units import texts
from analytics.units import with_units

INVERSION, COMPRESSION = "inversion", "compression"


def manager_pairs(people: pd.DataFrame) -> pd.DataFrame:
    """Managers with their best-paid report where the step is below 5 percent.

    ``people`` is a table of positions whose ``manager`` holds the employee id of
    somebody's manager. Pay is full-time base pay in one currency. ``ratio`` is the
    manager's pay over the report's, minus 1: an inversion below 0, else a compression.
    """
    pay = people.base / people.fte.where(people.fte > 0)
    known = people.assign(full_time=pay)[pay.notna()]
    reports = known[known.manager != ""].merge(
        known[["employee_id", "level", "full_time", "currency"]],
        left_on=["manager", "currency"],
        right_on=["employee_id", "currency"],
        suffixes=("", "_manager"),
    )
    reports = reports[reports.employee_id != reports.manager]
    best = reports.sort_values(["full_time", "employee_id"], ascending=[False, True])
    best = best.drop_duplicates("manager")
    ratio = (best.full_time_manager / best.full_time - 1).round(9)
    table = pd.DataFrame(
        {
            "manager": best.manager,
            "manager_level": best.level_manager,
            "manager_pay": best.full_time_manager,
            "report": best.employee_id,
            "report_level": best.level,
            "report_pay": best.full_time,
            "ratio": ratio,
            "flag": ratio.lt(0).map({True: INVERSION, False: COMPRESSION}),
            "currency": best.currency,
        }
    )[ratio < COMPRESSION_BELOW]
    units = {**texts(*table.columns), "manager_pay": "currency", "report_pay": "currency"}
    ordered = table.sort_values(["ratio", "manager"]).reset_index(drop=True)
    return with_units(ordered, {**units, "ratio": "share"})

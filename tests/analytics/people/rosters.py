"""A small roster and its ranges, for tests of what is computed from them."""

import json

import pandas as pd

from analytics.job_rows import JobProfile
from analytics.own_pay import OwnRange
from analytics.wage_rows import PlaceName

P3 = JobProfile(
    "F.CS.P3", "post-sales", "cs", "Customer Success", "cs", "CSM", "canon", "P3",
    "professional", 3, "CSM",
)  # fmt: skip
PLACES = [
    PlaceName("Colorado", "state", "CO"),
    PlaceName("Denver-Aurora-Centennial, CO", "metropolitan", "CO"),
    PlaceName("Boston-Cambridge-Newton, MA-NH", "metropolitan", "MA-NH"),
]


def a_range(level: str = "P3", **fields: object) -> OwnRange:
    """A national base range from 64,000 to 96,000 dollars."""
    usual: dict[str, object] = {
        "code": "", "ladder": "", "level": level, "name": "", "place": "US", "pay_basis": "base",
        "currency": "USD", "minimum": 64e3, "midpoint": 80e3, "maximum": 96e3,
        "effective_date": "2026-01-01", "source": "own-load-1",
    }  # fmt: skip
    return OwnRange(**(usual | fields))  # type: ignore[arg-type]


def roster(*rows: dict[str, object]) -> pd.DataFrame:
    """Rows as the query `loaded_roster` gives them; ``kept`` may be a dictionary."""
    usual: dict[str, object] = {
        "load": 1, "row": 2, "employee_id": "1", "title": "CSM", "code": None, "match": "exact",
        "reason": "", "level": "P3", "place": "Boston", "fte": 1.0, "currency": "USD",
        "pay_is": "actual", "has_left": False,
        "base": 80e3, "variable": None, "hire_date": None, "sex": None, "as_of": "2026-03-01",
        "kept": None,
    }  # fmt: skip
    whole = [usual | row for row in rows]
    for i, row in enumerate(whole, 1):
        row["employee_id"] = str(row["employee_id"] if "employee_id" in rows[i - 1] else i)
        row["kept"] = json.dumps(row["kept"]) if row["kept"] else None
    return pd.DataFrame(whole)

"""Cells as values: money to the nearest hundredth, written or typed."""

import io
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.data.loads import SAID, bring, load

POINT = replace(SAID, decimal=".")
NEAREST = {
    "19.99": 19.99,
    "19.994": 19.99,
    "19.999": 20.00,
    "0.004": 0.00,
    "0.005": 0.01,
    "0.125": 0.13,
    "95000.124": 95_000.12,
    "95000.125": 95_000.13,
    "95000.999": 95_001.00,
}


def test_written_pay_is_rounded_to_the_nearest_hundredth():
    text = "Company,Base\n" + "".join(f"A,{pay}\n" for pay in NEAREST)
    assert bring("records", text, POINT).values("base") == list(NEAREST.values())


@pytest.mark.parametrize("kind", [pa.float64(), pa.decimal128(12, 3)])
def test_typed_pay_is_rounded_to_the_nearest_hundredth(kind):
    out = io.BytesIO()
    base = pa.array([Decimal(pay) for pay in NEAREST]).cast(kind)
    pq.write_table(pa.table({"company": ["A"] * len(NEAREST), "base": base}), out)
    found = bring("records", out.getvalue(), POINT)
    assert found.values("base") == list(NEAREST.values())


def test_pay_below_0_is_rounded_away_from_0_too():
    text = "Company,Base,Bonus\nA,95000,-19.999\nA,95000,-19.994\n"
    assert bring("records", text, POINT).values("variable") == [-20.00, -19.99]


@pytest.mark.parametrize(("pay", "value"), [("95.123454", 95_123.45), ("95.123456", 95_123.46)])
def test_pay_in_thousands_is_rounded_once_it_is_multiplied(pay, value):
    thousands = replace(POINT, units=Decimal(1000))
    assert bring("records", f"Company,Base\nA,{pay}\n", thousands).values("base") == [value]


def test_hourly_pay_is_rounded_once_it_is_a_years_pay(own):
    # 20.0001 × 39 × 52 = 40,560.2028; 20.0003 × 39 × 52 = 40,560.6084.
    text = "Company,Hourly rate,Hours\nA,20.0001,39\nA,20.0003,39\nA,20.5,37.5\n"
    load(own, "records", text, POINT)
    held = own.execute("select base from pay_record order by row").fetchall()
    assert held == [(4_056_020,), (4_056_061,), (3_997_500,)]

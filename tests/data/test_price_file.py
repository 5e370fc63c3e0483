"""Many jobs at once, and levels priced alike."""

from dataclasses import replace

import pytest

from analytics.ageing import Month
from analytics.pricing import Pricing, Rate, Source, price
from data.price_file import answer_table, price_jobs, read_jobs
from data.price_ladder import ladder_prices
from data.problems import RejectedError

TODAY = Month(2026, 11)
SETTINGS = Pricing("", "base", Month(2027, 1), Rate(0.034, "ECI"), ())
HEAD = "job,source,basis,as_of,p25,p50,p75,n,match,bridged\n"


def read(body: str, head: str = HEAD) -> list[Pricing]:
    return read_jobs("jobs.csv", (head + body).encode(), SETTINGS, TODAY)


def test_jobs_keep_their_order_and_their_sources():
    jobs = read(
        "B,One,base,2026-03,90000,100000,112000,400,exact,\n"
        "A,One,base,2026-03,,80000,,,,\n"
        "B,Two,target_cash,2025-10,100000,125000,150000,90,strong,yes\n"
    )
    assert [(job.job, len(job.sources)) for job in jobs] == [("B", 2), ("A", 1)]
    table = answer_table(price_jobs("jobs.csv", jobs))
    aged = [100_000 * 1.034 ** (10 / 12), 125_000 * 0.8 * 1.034 ** (15 / 12)]
    assert table.typical.tolist() == pytest.approx(
        [(aged[0] * aged[1]) ** 0.5, 80_000 * 1.034 ** (10 / 12)], abs=0.01
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,S,bse,2026-03,,80000,,,,", "row 2, column basis: 'bse' is none of base"),
        ("A,S,base,2027-03,,80000,,,,", "row 2, column as_of: '2027-03' is in the future"),
        ("A,S,base,March,,80000,,,,", "row 2, column as_of: 'March' is not a month"),
        ("A,S,base,2026-03,90000,80000,,,,", "row 2, column p50: '80000' is below p25 (90,000)"),
        ("A,S,base,2026-03,,80000,,0,,", "row 2, column n: '0' must be 1 or more"),
        ("A,S,base,2026-03,,-5,,,,", "row 2, column p50: '-5' is outside 1,000"),
        ("A,S,base,2026-03,,,,,,", "row 2, column p50: no percentile is given"),
        (",S,base,2026-03,,80000,,,,", "row 2, column job: is empty"),
        ("A,S,base,2026-03,,80000,,,near,", "row 2, column match: 'near' is none of exact"),
        ("A,S,base,2026-03,,80000", "row 2: has 6 cells where the header has 10"),
        ("", "jobs.csv: holds no rows"),
    ],
)
def test_every_defect_is_named_and_nothing_is_priced(row, said):
    with pytest.raises(RejectedError) as refused:
        read(row + "\n" if row else "")
    assert said in str(refused.value)


def test_a_job_that_no_source_prices_is_named():
    jobs = read("A,S,target_cash,2026-03,,80000,,,,\n")
    with pytest.raises(RejectedError, match="column job: 'A' no source is left to price from"):
        price_jobs("jobs.csv", jobs)


def answered(level: str, track: str, pay: float, reach: float):
    source = Source(
        "S", "base", Month(2027, 1), {0.5: pay}, reaches={0.5: (pay / reach, pay * reach)}
    )
    return level, track, price(replace(SETTINGS, sources=(source,)))


def test_levels_priced_alike_are_shown_raw_and_rising():
    rows = ladder_prices(
        [
            answered("P1", "professional", 100_000, 1.02),
            answered("P2", "professional", 90_000, 1.02),
            answered("P3", "professional", 120_000, 1.3),
            answered("M3", "management", 95_000, 1.02),
        ]
    ).set_index("level")
    assert rows.typical.tolist() == pytest.approx([100_000, 90_000, 120_000, 95_000])
    assert rows.rising["P1"] == rows.rising["P2"] == pytest.approx((1e5 * 9e4) ** 0.5)
    assert rows.rising["M3"] == pytest.approx(95_000)
    assert rows.verdict.tolist() == ["", "inversion", "", ""]
    assert rows.ratio["P2"] == pytest.approx(-0.1)

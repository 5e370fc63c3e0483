"""Many jobs at once, and levels priced alike."""

from dataclasses import replace

import pytest

from analytics.deltas import Delta
from analytics.pricing.ageing import Month
from analytics.pricing.answer_table import answer_table
from analytics.pricing.inputs import Pricing, Rate, Source
from analytics.pricing.ladder import ladder_prices
from analytics.pricing.pricing import price_job
from data.files.problems import RejectedError
from data.imports.pricing_jobs import price_jobs, read_jobs

TODAY = Month(2026, 11)
SETTINGS = Pricing("", "base", Month(2027, 1), Rate(0.034, "ECI"), ())
HEAD = "job,source,basis,as_of,p25,p50,p75,n,match,bridged\n"


def read(body: str, head: str = HEAD) -> list[Pricing]:
    return read_jobs("jobs.csv", (head + body).encode(), SETTINGS, TODAY)[0]


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
        ("A,S,bse,2026-03,,80000,,,,", "row 2, column basis: 'bse' is not one of base"),
        ("A,S,base,2027-03,,80000,,,,", "row 2, column as_of: '2027-03' is in the future"),
        ("A,S,base,March,,80000,,,,", "row 2, column as_of: 'March' is not a month"),
        ("A,S,base,2026-03,90000,80000,,,,", "row 2, column p50: '80000' is below p25 (90,000)"),
        ("A,S,base,2026-03,,80000,,0,,", "row 2, column n: '0' must be 1 or more"),
        ("A,S,base,2026-03,,-5,,,,", "row 2, column p50: '-5' is outside 1,000"),
        ("A,S,base,2026-03,,,,,,", "row 2, column p50: no percentile is given"),
        (",S,base,2026-03,,80000,,,,", "row 2, column job: is empty"),
        ("A,S,base,2026-03,,80000,,,near,", "row 2, column match: 'near' is not one of exact"),
        ("A,S,base,2026-03,,80000", "row 2: has 6 cells where the header has 10"),
        ("", "jobs.csv: has no rows"),
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
        "S", "base", Month(2027, 1), {0.5: pay}, intervals={0.5: (pay / reach, pay * reach)}
    )
    return level, track, price_job(replace(SETTINGS, sources=(source,)))


def test_levels_priced_alike_are_shown_raw_and_rising():
    rows = ladder_prices(
        [
            answered("P1", "professional", 100_000, 1.02),
            answered("P2", "professional", 90_000, 1.02),
            answered("P3", "professional", 120_000, 1.3),
            answered("M3", "management", 95_000, 1.02),
        ],
        {},
    ).set_index("level")
    assert rows.typical.tolist() == pytest.approx([100_000, 90_000, 120_000, 95_000])
    assert rows.rising["P1"] == rows.rising["P2"] == pytest.approx((1e5 * 9e4) ** 0.5)
    assert rows.rising["M3"] == pytest.approx(95_000)
    assert rows.verdict.tolist() == ["", "inversion", "", ""]
    assert rows.ratio["P2"] == pytest.approx(-0.1)


def test_no_step_crosses_a_level_that_has_no_price():
    rows = ladder_prices(
        [
            answered("P1", "professional", 100_000, 1.02),
            ("P2", "professional", None),
            answered("P3", "professional", 120_000, 1.02),
        ],
        {},
    ).set_index("level")
    assert rows.index.tolist() == ["P1", "P3"]
    assert rows.ratio.isna().all()


def test_levels_of_one_model_have_its_paired_steps():
    source = Source(
        "Modelled ladder, P", "base", Month(2027, 1), {0.5: 1e5}, intervals={0.5: (8e4, 2e5)}
    )
    answers = [(level, "professional", price_job(replace(SETTINGS, sources=(source,))))
               for level in ("P1", "P2")]  # fmt: skip
    step = Delta(0, 0, 0, 0.28, 0.257, 0.41)
    rows = ladder_prices(answers, {("P1", "P2"): step}).set_index("level")
    assert rows.loc["P2", ["ratio", "ratio_low", "ratio_high"]].tolist() == [0.28, 0.257, 0.41]


def test_a_rate_of_nothing_is_a_rate_and_a_price_of_the_own_currency_is_none():
    head = "job,source,basis,as_of,p50,rate,currency,per_unit\n"
    (job,) = read("A,S,base,2020-01,100000,0,usd,1.3\n", head)
    answer = price_job(job)
    assert answer.target.composite == pytest.approx(100_000)
    assert "at 0.00% a year (the file's rate)" in answer_table([answer]).derivation[0]


def test_a_band_that_falls_says_so_and_whose_pooled_pay_is_shown():
    (job,) = read(
        "A,One,base,2027-01,,120000,,,,\nA,Two,base,2027-01,60000,70000,80000,,,\n".replace(
            "2027-01", "2026-11"
        )
    )
    table = answer_table([price_job(replace(job, to=Month(2026, 11)))])
    assert table.status[0] == "computed; P10, P90 extrapolated; falls from P50 to P75"
    assert "The pooled workforce of Two has a P50 of 70,000 USD." in table.derivation[0]
    assert "The band falls from P50 to P75" in table.derivation[0]

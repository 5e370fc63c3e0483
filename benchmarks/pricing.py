"""200 jobs of five sources each: seconds of computing. Usage: python -m benchmarks.pricing"""

import random
import time

from analytics.pricing.ageing import Month
from analytics.pricing.answer_table import answer_table
from analytics.pricing.inputs import Pricing, Rate
from data.imports.pricing_jobs import price_jobs, read_jobs

SEED = 20261122


def jobs() -> bytes:
    """A file of 200 made-up jobs with five sources each."""
    draw = random.Random(SEED)
    lines = ["job,source,basis,as_of,p10,p25,p50,p75,p90,n,match"]
    for job in range(200):
        for source in "ABCDE":
            median, spread = draw.uniform(50_000, 200_000), draw.uniform(0.1, 0.3)
            pays = [round(median * (1 + spread) ** k) for k in (-2, -1, 0, 1, 2)]
            when = f"202{draw.randint(4, 6)}-0{draw.randint(1, 9)}"
            fields = [f"job {job}", source, "base", when, *pays, draw.randint(20, 900), "strong"]
            lines.append(",".join(map(str, fields)))
    return "\n".join(lines).encode()


def main() -> None:
    """Print the seconds that reading and pricing take."""
    settings = Pricing("", "base", Month(2027, 1), Rate(0.034, "ECI"), ())
    content = jobs()
    start = time.perf_counter()
    pricings, _ = read_jobs("jobs.csv", content, settings, Month(2026, 11))
    read = time.perf_counter() - start
    table = answer_table(price_jobs("jobs.csv", pricings))
    priced = time.perf_counter() - start - read
    print(f"{len(table)} jobs: read in {read:.2f} s, priced in {priced:.2f} s")


if __name__ == "__main__":
    main()

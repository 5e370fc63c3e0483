"""What a workbook of priced jobs is computed from: each pricing, and which table it is."""

import json
from dataclasses import dataclass

import pandas as pd

from analytics.errors import InputError
from analytics.pricing.answer_table import answer_table, question_table
from analytics.pricing.inputs import Pricing
from analytics.pricing.pricing import price_job
from analytics.pricing.serialization import from_spec, to_spec

FORMAT = "bandstand prices workbook 1"
QUESTION, JOBS = "question", "jobs"


@dataclass(frozen=True)
class PricesFile:
    """Pricings as a file holds them: a `QUESTION` has one, `JOBS` as many as it likes."""

    table: str
    pricings: tuple[Pricing, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """The table, computed; raises `InputError` where a job can't be priced."""
        priced = [price_job(pricing) for pricing in self.pricings]
        return question_table(priced[0]) if self.table == QUESTION else answer_table(priced)

    @property
    def spec(self) -> str:
        """As JSON; `prices_file_from_spec` reads it back unchanged."""
        pricings = [json.loads(to_spec(pricing)) for pricing in self.pricings]
        spec = {"format": FORMAT, "table": self.table, "pricings": pricings}
        return json.dumps(spec, ensure_ascii=False)


def prices_file_from_spec(text: str) -> PricesFile:
    """The pricings in a spec; raises `InputError` for any other text."""
    try:
        spec = json.loads(text)
        pricings = tuple(from_spec(json.dumps(one)) for one in spec["pricings"])
        if spec["table"] not in (QUESTION, JOBS) or not pricings:
            raise InputError(f"no table of priced jobs {spec['table']!r} is known here")
        return PricesFile(spec["table"], pricings)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"not a Bandstand workbook of priced jobs: {error!r}") from error

"""The 200 questions of the conformance suite on Sail, of which the suite asks 50."""

from collections.abc import Sequence

import pytest
from hypothesis import given

from data.records.engines.spark import SparkEngine
from tests.data.records.demo_store import Person
from tests.data.records.engines.conformance import ASKED_TOGETHER, MANY, arrow, hold
from tests.data.records.engines.test_spark import url

__all__ = ["url"]
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")


@ASKED_TOGETHER
@given(MANY)
def test_sail_answers_200_questions_as_the_store_does(url, asked):
    engine = SparkEngine(url)

    def put(people: Sequence[Person]) -> SparkEngine:
        engine._session.createDataFrame(arrow(people)).createOrReplaceTempView("pay_record")
        return engine

    hold(put, *asked)

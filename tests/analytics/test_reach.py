"""The reach of a figure over sets of assumptions."""

import numpy as np
import pytest

from analytics.reach import MANY, reach, reach_words


def test_few_sets_give_the_lowest_and_the_highest():
    low, high = reach([[5.0, 1.0], [3.0, 2.0], [9.0, 0.0]])
    assert (low.tolist(), high.tolist()) == ([3.0, 0.0], [9.0, 2.0])
    assert reach_words(3) == "lowest and highest under 3 sets of assumptions"


def test_many_give_their_central_ninety_percent():
    # 0 to 100 evenly: 5 to 95.
    low, high = reach(np.r_[50.0, np.arange(101.0)][:, None])
    assert (low[0], high[0]) == pytest.approx((5, 95), abs=0.1)
    assert reach_words(MANY).startswith("central 90% under 100 sets")


def test_the_default_is_never_outside_its_own_reach():
    low, high = reach(np.r_[200.0, np.arange(101.0)][:, None])
    assert high[0] == 200
    assert low[0] == pytest.approx(5, abs=0.2)

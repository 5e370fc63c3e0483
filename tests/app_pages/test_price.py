"""Price a job, run by Streamlit's own AppTest."""

import pytest

from analytics.pricing.question import BASES
from tests.app_pages.opening import open_page

LEVELS = ("920B.P1", "920B.P3", "920B.P6", "BDCB.M3", "BDCB.M6")


@pytest.mark.parametrize("basis", BASES)
def test_every_basis_opens_with_a_price(store, basis):
    for level in LEVELS:
        page = open_page("price", job=f"CUSTOM1.CUSTOMER{level}", pay=basis)
        assert not page.error
        assert page.metric[0].label == "P50, modelled"


def test_base_pay_is_bridged_with_its_assumption_and_so_is_the_whole_ladder(store):
    link = {"job": "CUSTOM1.CUSTOMER920B.P3", "pay": "base", "ageing": "month", "to": "2026-05"}
    page = open_page("price", **link, shown="The whole ladder, priced alike")
    assert page.metric[0].value == "$94,000"  # 80 % of the modelled 117,500
    assert any("80% of target cash" in c.value for c in page.caption)
    levels = page.dataframe[-1].value
    assert len(levels) == 10

"""Price a job, run by Streamlit's own AppTest."""

import pytest

from analytics.pricing.question import BASES
from data.store.connection import open_to_write
from tests.app_pages.opening import open_page
from tests.data.loads import load

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


EUROS = "Title,Level,Currency,As of,Base P50\nCSM,P2,EUR,2026-03,75600\n"


def test_a_source_in_euros_stands_in_euros_and_is_left_out_with_the_reason(mine):
    con = open_to_write(mine)
    load(con, "survey", EUROS, name="Euros")
    con.close()
    page = open_page("price", job="CUSTOM1.CUSTOMER920B.P2", pay="base")
    shown = page.dataframe[0].value.set_index("name").p50
    assert (shown["Euros: CSM, base pay"], shown["Modelled ladder, P2"]) == ("€75,600", "$88,000")
    assert any("base pay is in EUR" in box.value for box in page.info)

"""Pricings and plans are saved in versions, opened by their links, and changed."""

import pytest
from streamlit.testing.v1 import AppTest

from analytics.pricing.serialization import from_spec
from data.store.connection import open_to_read
from tests.app_pages.opening import open_page
from tests.app_pages.test_imports import labeled, texts


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def saved(app: AppTest, name: str, why: str = "") -> AppTest:
    """The page once its work is saved; the name stands already where a link has it."""
    if name:
        labeled(app.text_input, "Name").set_value(name).run()
    if why:
        labeled(app.text_input, "What changed and why").set_value(why).run()
    app = labeled(app.button, "Save").click().run()
    assert not app.exception
    return app


def test_a_pricing_is_saved_reopened_changed_and_compared(mine):
    app = open_page("price", job="CUSTOM1.CUSTOMER920B.P4", target="65")
    first = metrics(app)["P65, modelled"]
    assert "Saved as Senior 2027, version 1." in texts(saved(app, "Senior 2027"))
    app = open_page("price", pricing="Senior 2027")
    assert metrics(app)["P65, modelled"] == first
    labeled(app.number_input, "Yearly rise, %").set_value(5.0).run()
    assert "at 5.00% a year" in app.code[0].value
    app = saved(app, "", "a higher budget")
    assert "Saved as Senior 2027, version 2." in texts(app)
    assert any(heading.value.startswith("What changed since") for heading in app.subheader)
    con = open_to_read(mine)
    specs = con.execute("select spec from saved_work order by version").fetchall()
    con.close()
    assert [from_spec(text).rate.value == 0.05 for (text,) in specs] == [False, True]


@pytest.mark.usefixtures("mine")
def test_a_plan_is_saved_and_opened_by_its_link():
    app = open_page("ote", ote="150000", cap="150")
    assert metrics(app)["Base"] == "$120,000"
    assert "Saved as Renewals plan, version 1." in texts(saved(app, "Renewals plan"))
    app = open_page("ote", plan="Renewals plan")
    assert metrics(app)["Base"] == "$120,000"
    assert labeled(app.number_input, "Cap, % (0 for none)").value == 150.0


@pytest.mark.usefixtures("store")
def test_bad_settings_say_so_and_keep_what_was_typed():
    app = open_page("price", to="soon")
    assert "is not a month; write it like 2026-05" in texts(app)
    assert labeled(app.text_input, "Month").value == "soon"
    labeled(app.text_input, "Month").set_value("2027-01").run()
    assert metrics(app)["P50, modelled"].startswith("$12")


@pytest.mark.usefixtures("store")
def test_a_plan_pays_what_it_says():
    app = open_page("ote", ote="130000")
    said = metrics(app)
    assert (said["Base"], said["Payout at the mean"]) == ("$104,000", "100.0%")
    assert said["Mean payout"] != "100.0%"
    labeled(app.number_input, "Cap, % (0 for none)").set_value(90.0).run()
    assert "cap 90% is under target" in texts(app)

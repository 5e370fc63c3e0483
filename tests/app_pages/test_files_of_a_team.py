"""A file of a team's own from the Import page to every page that shows what it brought."""

import pytest
from streamlit.testing.v1 import AppTest

from data.imports.taxonomy.files import FOLDER
from data.imports.title_corrections import correct_titles
from data.store.connection import open_to_write
from tests.app_pages.opening import open_page, until_done
from tests.app_pages.signed_in import sent
from tests.app_pages.test_imports import labeled, opened, texts, with_file
from tests.data.imports.oews.test_release import LAYOUTS, ROW, book

pytestmark = pytest.mark.usefixtures("mine")
SURVEY = (
    "Tech 2026\n\nJob Title,P25,Median,P75,Incumbents\nSenior CSM,99000,117000,134000,260\n"
    "Head of CS,99000,88000,140000,12\n"
)


def pressed(app: AppTest, label: str) -> AppTest:
    return until_done(labeled(app.button, label).click().run())


def with_files(files: dict[str, bytes]) -> AppTest:
    app = opened()
    app.file_uploader[0].set_value([(name, files[name], "text/csv") for name in files]).run()
    return until_done(app)


def downloads_offered(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


def test_a_taxonomy_is_refused_then_loaded_then_everywhere_then_withdrawn():
    files = {file.name: file.read_bytes() for file in sorted(FOLDER.glob("*.csv"))}
    broken = b"focus,skill,meaning\nnowhere,SQL,Queries\n"
    app = with_files(files | {"skills.csv": broken})  # what they are is recognized by their names
    assert "1 problem; nothing can be loaded" in texts(app)
    assert "Load" not in [button.label for button in app.button]
    (problem,) = app.dataframe[0].value.itertuples()
    assert (problem.file, problem.row, problem.reason) == (
        "skills.csv", 2, "is not in focuses.csv",
    )  # fmt: skip
    assert "Download CSV" in downloads_offered(app)
    app = with_files(files)
    assert "No problems: 73 rows" in texts(app)
    app = pressed(app, "Load")
    assert "Load 1: 73 rows in, 73 loaded, 0 rejected" in texts(app)
    shown = open_page("profile", profile="EXDATA1.EXAMPLEDCDC7.P3")
    name = "Example: Data Engineering, Data Engineer II (P3)"
    assert name in [heading.value.replace("\\", "") for heading in (*shown.title, *shown.header)]
    shown = open_page("market", function="Example: Data Engineering")
    assert "P3 median, modelled" in [metric.label for metric in shown.metric]
    assert "Download CSV" in downloads_offered(shown)
    shown = open_page("price", job="EXDATA1.EXAMPLEDCDC7.P3")
    assert shown.metric[0].label == "P50, modelled"
    shown = open_page("ladder", ladder="example-data-engineering")
    assert "Example data engineering ladder" in [h.value for h in (*shown.title, *shown.header)]
    assert "Load 1 is withdrawn" in texts(pressed(opened(), "Withdraw"))


def test_a_bls_file_is_reported_with_what_is_left_out_loaded_and_withdrawn():
    broken = ROW | {"occ_code": "99-9998", "a_median": "n/a"}
    content = book(LAYOUTS[2024], ROW | {"occ_code": "99-9999"}, broken)
    app = with_file(content, "national_M2024_dl.xlsx", kind="BLS wages")
    assert "2 rows, 1 new, 0 already known, 1 to be left out" in texts(app)
    (left_out,) = app.dataframe[0].value.itertuples()
    assert (left_out.row, left_out.column, left_out.value) == (3, "A_MEDIAN", "n/a")
    assert "Download CSV" in downloads_offered(app)
    app = pressed(app, "Load")
    assert "2 rows in, 1 loaded, 1 rejected" in texts(app)
    shown = open_page("sources", source="own-load-1")
    assert "OEWS 2024-05, loaded from" in shown.header[0].value.replace("\\", "")
    assert "Load 1 is withdrawn" in texts(pressed(opened(), "Withdraw"))


def test_a_survey_is_asked_what_it_cant_say_loaded_and_priced_from():
    app = with_file(SURVEY, "tech.csv", kind="A survey")
    labeled(app.selectbox, "Currency of every row").set_value("USD").run()
    labeled(app.text_input, "Effective date of every row").set_value("2026-03").run()
    labeled(app.radio, "Pay basis of every row").set_value("base").run()
    assert "2 rows, 1 to load, 1 to be left out; 1 match a profile" in texts(app)
    labeled(app.text_input, "Name").set_value("Tech 2026").run()
    assert "2 rows in, 1 loaded, 1 rejected" in texts(pressed(app, "Load"))
    link = {"job": "CUSTOM1.CUSTOMER920B.P3", "pay": "base pay", "ageing": "month", "to": "2026-03"}
    words = " ".join(code.value for code in open_page("price", **link).code)
    assert "Tech 2026: Senior CSM, base pay" in words
    assert "n 260" in words


def test_a_kept_mapping_reads_the_next_file_at_once():
    said = "Firma;Gehalt;Ccy;Datum\nAcme;{};EUR;{}\n"
    app = with_file(said.format("95.500,50", "13/03/2025"), "march.csv", kind="Pay records")
    for name, field in (("Firma", "organisation"), ("Gehalt", "base"), ("Datum", "effective_date")):
        labeled(app.selectbox, f"What the column {name} is").set_value(field).run()
    assert "1 row, 1 to load, 0 to be left out." in texts(app)
    labeled(app.text_input, "Save these columns and answers as").set_value("Firma").run()
    assert "Saved as “Firma”, version 1." in texts(pressed(app, "Save mapping"))
    app = with_file(said.format("96.500,50", "04/04/2025"), "april.csv", kind="Pay records")
    assert "1 row, 1 to load, 0 to be left out." not in texts(app)
    labeled(app.selectbox, "Saved mapping").set_value("Firma").run()
    assert "1 row, 1 to load, 0 to be left out." in texts(app)
    assert "Load 1: 1 rows in, 1 loaded, 0 rejected" in texts(pressed(app, "Load"))


def test_a_roster_is_loaded_as_it_is_and_its_people_are_counted():
    content = "employee_id,title,profile,place,fte,currency,actual base pay,as_of\n" + "".join(
        f"{i},CSM,CUSTOM1.CUSTOMER920B.P3,Boston,1,USD,{pay},2026-11-01\n"
        for i, pay in enumerate((70_000, 100_000, 120_000), 1)
    )
    app = with_file(content, "roster.csv", kind="Your roster")
    assert "Load 1: 3 rows in, 3 loaded, 0 rejected" in texts(pressed(app, "Load"))
    assert open_page("people").metric[0].value == "3"


def test_a_correction_stands_on_the_profile_that_it_names(mine):
    con = open_to_write(mine)
    correct_titles(con, {"Captain of Customers": "CUSTOM1.CUSTOMERBDCB.M5"})
    con.close()
    shown = open_page("profile", profile="CUSTOM1.CUSTOMERBDCB.M5")
    assert "Captain of Customers" in sent(shown)

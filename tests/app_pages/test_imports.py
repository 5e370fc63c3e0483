"""The Import page's three steps: recognized, asked, chosen, reported, loaded."""

import io
import zipfile
from collections.abc import Sequence

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.app_pages.opening import open_page

pytestmark = pytest.mark.usefixtures("store")

SURVEY = (
    "Job Title,P25,Median,P75,Incumbents\n"
    "Senior CSM,99000,117000,134000,260\nHead of CS,99000,88000,140000,12\n"
)
PAYROLL = (
    "Name;Company;Level;Jahresgehalt;Ccy;Effective Date\n"
    "Ann;Acme;P3;95.500,50;EUR;03/04/2025\nBob;Acme;P2;72.000,00;EUR;05/04/2025\n"
)


def opened(**link: str) -> AppTest:
    """The page; its address differs from its file's name, so another page is opened first."""
    app = open_page("sources")
    app.switch_page("app_pages/imports.py")
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def with_file(content: str | bytes, name: str = "file.csv", **link: str) -> AppTest:
    app = opened(**link)
    content = content.encode() if isinstance(content, str) else content
    app.file_uploader[0].upload(name, content, "text/csv").run()
    assert not app.exception
    return app


def labeled(inputs: Sequence, label: str):
    (found,) = [x for x in inputs if x.label == label]
    return found


def texts(app: AppTest) -> str:
    return "\n".join(
        str(e.value)
        for kind in (app.markdown, app.caption, app.info, app.success, app.warning, app.error)
        for e in kind
    ).replace("\\", "")


def test_a_survey_is_recognized_and_what_it_lacks_is_asked_at_the_top():
    app = with_file(SURVEY)
    assert app.segmented_control(key="kind").value == "A survey"
    assert "Recognized as “A survey” by its headings Job Title, P25" in texts(app)
    for needed in ("currency", "effective date", "pay basis"):
        assert f":red-badge[Needed] **{needed}**" in texts(app)
    labeled(app.selectbox, "Currency of every row").set_value("USD").run()
    labeled(app.text_input, "Effective date of every row").set_value("2026-03").run()
    labeled(app.radio, "Pay basis of every row").set_value("base").run()
    assert ":green-badge[Given] **currency**" in texts(app)
    assert [(m.label, m.value) for m in app.metric] == [
        ("Rows in", "2"), ("= to load", "1"), ("+ left out", "1"),
    ]  # fmt: skip
    assert not labeled(app.button, "Load").disabled


def test_a_choice_stays_when_another_kind_was_tried_and_when_the_page_was_left():
    app = with_file(PAYROLL)
    assert app.segmented_control(key="kind").value == "Pay records"
    labeled(app.selectbox, "Base is in column").set_value("Jahresgehalt").run()
    assert labeled(app.selectbox, "What the column Jahresgehalt is").value == "base"
    labeled(app.radio, "Order of dates").set_value("dmy").run()
    assert [m.value for m in app.metric] == ["2", "2", "0"]
    app.segmented_control(key="kind").set_value("Your roster").run()
    assert ":red-badge[Needed] **employee id**" in texts(app)
    app.segmented_control(key="kind").set_value("Pay records").run()
    assert [m.value for m in app.metric] == ["2", "2", "0"]
    assert labeled(app.radio, "Order of dates").value == "dmy"
    app.switch_page("app_pages/sources.py").run()
    app.switch_page("app_pages/imports.py").run()
    app.segmented_control(key="kind").set_value("Pay records").run()
    assert "file.csv is as you left it." in [t.value for t in app.text]
    assert [m.value for m in app.metric] == ["2", "2", "0"]


def test_dates_are_asked_with_what_each_answer_means():
    app = with_file(PAYROLL)
    assert labeled(app.radio, "Order of dates").options == [
        "day first: 3 April 2025",
        "month first: 4 March 2025",
    ]


def test_a_field_given_to_another_column_leaves_the_first_one_unused():
    app = with_file("Company,Base,Bonus,Ccy,Date\nAcme,90000,9500,USD,2026-03-01\n")
    labeled(app.selectbox, "What the column Bonus is").set_value("base").run()
    drawn = [
        labeled(app.selectbox, f"What the column {name} is").value for name in ("Base", "Bonus")
    ]
    assert drawn == ["", "base"]
    assert "another column is this field" in texts(app)
    assert "1 row, 1 to load, 0 to be left out." in texts(app)


def test_sixty_columns_show_what_needs_a_look_and_hide_the_rest():
    more = [f"Extra {i}" for i in range(54)]
    text = SURVEY.splitlines()[0] + "," + ",".join(more) + "\n"
    text += "Senior CSM,99000,117000,134000,260" + ",x" * 54 + "\n"
    app = with_file(text)
    assert "Not used unless you choose a field (54)" in [e.label for e in app.expander]
    drawn = [s.label for s in app.selectbox if s.label.startswith("What the column")]
    assert len(drawn) == 5


def test_levels_of_ones_own_are_mapped_beside_their_column():
    app = with_file(
        "Job Title,Level,P25,Median,P75,Currency,As of,Basis\n"
        "Customer Success Manager,Lead,99000,117000,134000,USD,2026-03-01,base\n"
    )
    assert "Say once which level each is, beside the level column in step 2" in texts(app)
    labeled(app.selectbox, "Lead is").set_value("P4").run()
    assert "Say once" not in texts(app)
    assert "Lead is P4" in "\n".join(t.value for t in app.text)


def test_a_kind_that_was_chosen_is_kept_and_what_it_looks_like_is_offered():
    app = with_file(SURVEY, kind="Pay records")
    assert app.segmented_control(key="kind").value == "Pay records"
    labeled(app.button, "Read it as: A survey").click().run()
    assert app.segmented_control(key="kind").value == "A survey"


def test_no_word_of_a_command_stands_on_the_page():
    rows = "\n".join(f"Acme,{pay},USD,{day}" for pay, day in (("90000", "2026-03-01"),) * 3)
    app = with_file(f"Company,Base,Ccy,Effective Date\n{rows}\nAcme,90000,USD,2019\n")
    assert "--" not in texts(app)
    labeled(app.radio, "A year alone").set_value("01-01").run()
    assert "4 rows, 4 to load, 0 to be left out." in texts(app)


def test_a_file_whose_header_is_not_found_says_where_to_name_it():
    app = with_file("1,2\n3,4\n", kind="Pay records")
    assert "Under “How the file is read”, give the row of the headings" in texts(app)
    labeled(app.checkbox, "No row has headings").check().run()
    assert "**column 1**" in texts(app)


def test_a_workbook_of_two_such_sheets_asks_for_the_sheet():
    book = io.BytesIO()
    with pd.ExcelWriter(book) as writer:
        for sheet, pay in (("2025", 90_000), ("2026", 95_000)):
            row = {"Company": "Acme", "Base": pay, "Ccy": "USD", "Date": f"{sheet}-03-01"}
            pd.DataFrame([row]).to_excel(writer, sheet_name=sheet, index=False)
    app = with_file(book.getvalue(), "pay.xlsx")
    assert "could be the table; choose one under “How the file is read”" in texts(app)
    labeled(app.selectbox, "Sheet").set_value("2026").run()
    assert "1 row, 1 to load, 0 to be left out." in texts(app)
    assert "**Base**  \n:small[95000]" in texts(app)


def test_a_zip_of_two_files_asks_for_the_file_before_its_kind_is_known():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "Colour\nred\n")
        archive.writestr("b.csv", SURVEY)
    app = with_file(packed.getvalue(), "both.zip")
    assert "name one under “How the file is read”" in texts(app)
    labeled(app.text_input, "File in the zip").set_value("b.csv").run()
    assert app.segmented_control(key="kind").value == "A survey"


def test_demo_records_and_a_taxonomy_stay_reachable():
    app = opened(kind="A taxonomy of your own")
    assert "Download templates" in [b.label for b in app.get("download_button")]
    assert "Look round with demo records" in [b.label for b in app.button]


@pytest.mark.parametrize(
    ("name", "content", "what", "remedy"),
    [
        ("pay.json", '{"rows": [1]}', "is JSON", "save its rows as CSV"),
        (
            "pay.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "which can't be read",
            "save",
        ),
        ("pay.pdf", b"%PDF-1.7\n", "is a PDF", "get the table as CSV"),
    ],
)
def test_a_file_of_another_format_is_refused_in_words(name, content, what, remedy):
    said = texts(with_file(content, name))
    assert name in said
    assert what in said
    assert remedy in said

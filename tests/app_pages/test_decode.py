"""Decode a posting, run by Streamlit's own AppTest."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.components.markdown import escape_markdown
from tests.app_pages.opening import open_page
from tests.data.catalog.test_postings import made_up

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def page(store) -> AppTest:
    return open_page("decode")


def decoded(page: AppTest, text: str) -> AppTest:
    page.text_area(key="posting").set_value(text).run()
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    elements = [*page.title, *page.subheader, *page.text, *page.caption, *page.markdown]
    return " ".join(element.value for element in elements)


def posting(name: str) -> str:
    return next(p.text for p in made_up() if p.name == name)


def test_the_page_opens_empty_and_says_that_nothing_is_kept(page):
    assert page.title[0].value == "Decode a posting"
    assert "it is not saved, not logged and sent nowhere" in page.caption[0].value
    assert not page.header


def test_a_posting_is_decoded_chapter_by_chapter(page):
    decoded(page, posting("made up 3"))
    assert [h.value for h in page.header] == [
        "Which profile it resembles", "Level", "Pay", "Phrases", "What it leaves out",
    ]  # fmt: skip
    assert page.subheader[0].value == "Customer Success Manager"
    said = texts(page)
    assert "**Customer Success Management, Customer Success Manager \\(P2\\)**" in said
    assert "Watches health signals and plans the rescue of unhappy accounts" in said
    pay = page.table[1].value
    assert pay.Pay.tolist()[1] == r"\$100,000–\$118,750, period not stated"
    assert pay.Basis.tolist() == ["base pay", r"target cash \(OTE\)"]
    checklist = page.table[-1].value.set_index("Item").Found
    assert checklist["Pay range"] == "yes"
    assert checklist["Interview steps"] == "no"


def test_other_work_is_said_to_resemble_nothing(page):
    decoded(page, posting("made up 17"))
    assert "No profile resembles it well" in page.info[0].value


@pytest.mark.parametrize(
    ("text", "said"),
    [("\u200b.\u200b" * 70_000, "a posting has 200,000 at most"), ("\u200b", "there is no text")],
)
def test_what_cannot_be_read_says_why(page, text, said):
    decoded(page, text)
    assert said.replace(",", ",") in page.error[0].value.replace("\\", "")
    assert not page.header


HOSTILE = """<img src=x onerror=alert(1)> CSM
Pay $90,000 a year <script>alert(2)</script> [click](javascript:alert(3)) ![x](https://a.invalid/x)
Remote at https://evil.invalid or www.evil.invalid or mail@evil.invalid
Remote evil :red[x] :material/home: :smile: **b** `c`
"""
#: What Streamlit's markdown makes a link, an icon or an emoji of, in text that is already parsed.
AUTOMATIC = [
    r"(?i)(https?://|www(?=\.))([-.\w]+)",
    r"([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)",
    r":[a-z_+-]+[:\[/]",
]


def test_nothing_that_is_pasted_is_rendered(page):
    decoded(page, HOSTILE)
    shown = [page.subheader[0].value]
    shown += [str(cell) for table in page.table for cell in table.value.to_numpy().ravel()]
    hostile = [cell for cell in shown if "evil" in cell or "img" in cell or "script" in cell]
    assert len(hostile) >= 3
    for cell in hostile:
        assert not re.search(r"(?<!\\)[<>\[\]*`]", cell)
        parsed = re.sub(r"\\(.)", r"\1", cell)
        assert not any(re.search(pattern, parsed) for pattern in AUTOMATIC)


def test_escaped_text_reads_as_it_was():
    text = "See https://a.b, www.a.b, x@a.b at 10:30: :smile: 2 * 3"
    shown = re.sub(r"\\(.)", r"\1", escape_markdown(text)).replace("\u2060", "")
    assert shown == text


def test_an_export_is_logged_without_a_word_of_the_posting(page, store):
    decoded(page, "Zanzibarite CSM\nPay $90,000 a year")
    from data.catalog.postings import findings_table, posting_reader
    from data.files.exports import log_export, to_csv
    from data.store.connection import open_to_read

    button = next(b for b in page.get("download_button") if b.proto.label == "Download CSV")
    assert button.proto.label == "Download CSV"
    con = open_to_read(store)
    content = to_csv(findings_table(posting_reader(con).read("Zanzibarite CSM")))
    con.close()
    log_export(store, "decoded posting.csv", {}, 1, content)
    log = store.with_name(store.name + ".audit.jsonl").read_text(encoding="utf-8")
    assert json.loads(log.splitlines()[-1])["about"] == {}
    assert "Zanzibarite" not in log

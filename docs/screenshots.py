"""Take every picture of the README and the docs anew, from the running product.

Usage: make screenshots
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from analytics.pricing.ageing import Month
from analytics.pricing.inputs import Pricing, Rate
from analytics.pricing.serialization import to_spec
from data.build.build import build
from data.catalog.market import read_market
from data.catalog.pay_sources import read_sources
from data.catalog.profiles import find_profile, profile_name
from data.people.demo_load import load_company
from data.store.connection import open_to_write
from data.store.saved_work import save
from queries import run
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.serving import open_page, served
from tests.data.records.demo_store import put_demo

HOME = Path(__file__).parent.parent
PICTURES = HOME / "docs" / "pictures"
READY = ", ".join(
    [".js-plotly-plot", *(f"[data-testid=st{x}]" for x in ("DataFrame", "Table", "FileUploader"))]
)
#: Picture → (link, color scheme, width, height).
VIEWS = {
    "home": ("/", "light", 1440, 900),
    "market": ("/market", "light", 1400, 1130),
    "market-dark": ("/market?split=80%2F20", "dark", 1400, 1130),
    "market-narrow": ("/market?track=Professional", "light", 700, 1000),
    "places": ("/places?soc=11-2022&places=Colorado", "light", 1440, 1500),
    "steps": ("/market?table=Level-to-level+differentials", "light", 1400, 1900),
    "price": ("/price?job=CUSTOM1.CUSTOMER920B.P3&pricing=Example", "light", 1400, 1500),
    "records": (
        "/records?in_function=Customer+Success&pay=Total&table=Compare+with+market+and+ranges",
        "light",
        1400,
        1300,
    ),
    "records-panels": ("/records?by=Level&and=Function", "dark", 1400, 1300),
    "ote": ("/ote", "light", 1400, 1500),
    "ladder": ("/ladder", "light", 1400, 1900),
    "profile": ("/profile?profile=CUSTOM1.CUSTOMERBDCB.M6", "light", 1400, 1900),
    "guide": ("/guide", "light", 1400, 1500),
    "find": ("/find?title=Sr.+CSM", "light", 1400, 1000),
    "import": ("/import?kind=A+survey", "light", 1400, 800),
    "compare": ("/compare", "light", 1400, 1700),
    "sources": ("/sources?source=levels-fyi", "light", 1400, 1400),
}


#: A payroll whose columns, decimal sign and dates leave something open.
PAYROLL = (
    "Payroll, as of March;;;;;\n\n"
    "Name;Company;Job Title;Level;Base salary;Bonus;Effective Date\n"
    "A. Example;Example Ltd;Senior CSM;P3;95.500,50;10.000,00;03/04/2026\n"
    "B. Example;Example Ltd;CSM;P2;72.000,00;5.000,00;05/04/2026\n"
)


def photograph_upload(browser: Browser, url: str) -> None:
    """The Import page with a file that is asked about."""
    page = open_page(
        browser, f"{url}/import", "[data-testid=stFileUploader]",
        viewport={"width": 1400, "height": 1600},
    )  # fmt: skip
    upload = {"name": "payroll.csv", "mimeType": "text/csv", "buffer": PAYROLL.encode()}
    page.locator("input[type=file]").set_input_files(upload)  # type: ignore[arg-type]
    page.get_by_text("What each column is").wait_for()
    page.wait_for_timeout(2500)
    page.screenshot(path=PICTURES / "import-report.png")
    page.context.close()


def photograph_people(browser: Browser, store: Path) -> None:
    """The People and Ranges pages with the demo company, in a store of their own."""
    path = store.with_name("company.duckdb")
    build(path)
    con = open_to_write(path)
    load_company(con)
    con.close()
    with served(path) as (url, _):
        view = {"width": 1440, "height": 1500}
        page = open_page(browser, f"{url}/people", READY, viewport=view)
        page.wait_for_timeout(2500)
        page.screenshot(path=PICTURES / "people.png")
        page.context.close()
        link = "/ranges?market_of=2027-01&midpoints=Market+line&spread_m=60"
        chart = ".js-plotly-plot .main-svg"  # a table in the closed panel stays hidden
        page = open_page(browser, url + link, chart, viewport=view | {"height": 2000})
        page.wait_for_timeout(2500)
        page.screenshot(path=PICTURES / "ranges.png")
        page.context.close()


def save_example(store: Path) -> None:
    """A pricing of P3 from two sources, saved under the name that the link opens; demo records."""
    con = open_to_write(store)
    job = find_profile(run(con, "profiles"), "CUSTOM1.CUSTOMER920B.P3")
    sources = read_sources(con, read_market(con), job)
    used = tuple(s for s in sources if s.name.startswith(("Modelled", "levels.fyi")))
    eci = Rate(0.034, "ECI, Management, professional, and related, to 2026-03")
    pricing = Pricing(profile_name(job), "total_comp", Month(2027, 7), eci, used, code=job["code"])
    put_demo(con, 100_000)
    save(con, "pricing", "Example", to_spec(pricing), "")
    con.close()


def main() -> None:
    """Serve a store of the seeds and photograph each view."""
    chromium = find_chromium()
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "store.duckdb"
        build(store)
        save_example(store)
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        with served(store) as (url, _):
            for picture, (link, scheme, width, height) in VIEWS.items():
                page = open_page(
                    browser,
                    url + link,
                    READY,
                    color_scheme=scheme,
                    viewport={"width": width, "height": height},
                )
                page.wait_for_timeout(2500)
                page.screenshot(path=PICTURES / f"{picture}.png")
                page.context.close()
            photograph_upload(browser, url)
        photograph_people(browser, store)
        browser.close()


if __name__ == "__main__":
    main()

"""Every page, what can be done on it, and who may: one table, walked by every role and nobody.

Each walk asks twice: what somebody is shown, and what they reach where every page takes them
for somebody who may do everything (`forced`), as a forged click or a page of before would.
"""

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.errors import NotAllowedError
from analytics.permissions import Action
from app_pages import asking, cache
from data.catalog.calibration import read_coverage
from data.store import audit
from tests.app_pages.conftest import serve
from tests.app_pages.opening import until_done
from tests.app_pages.signed_in import (
    ANALYST,
    NOBODY,
    OWN,
    OWNER,
    SALES,
    SUPPORT,
    VIEWER,
    add_what_pages_change,
    asked_by,
    names,
    opened,
    script_of,
    sent,
)
from tests.conftest import HOME

SEE, ROWS, LOG = Action.SEE_PUBLISHED, Action.SEE_ROWS, Action.SEE_AUDIT
SAVE, IMPORT, EXPORT = Action.SAVE, Action.IMPORT, Action.EXPORT
#: Who may do what: of everybody, every action.
RIGHTS = {
    OWNER: {ROWS, SAVE, IMPORT, EXPORT, LOG},
    ANALYST: {ROWS, SAVE},
    SALES: {ROWS, EXPORT},
    SUPPORT: {ROWS},
    VIEWER: {SEE},
}


PAY = (
    b"organisation,function,focus,level,place,base,currency,effective_date\n"
    b"Acme,Sales,Field,P3,Boston,90000,USD,2026-01-01\n"
)


def titles_pasted(app: AppTest) -> None:
    app.text_area(key="pasted").set_value("Chief of Cheese").run()


def posting_pasted(app: AppTest) -> None:
    app.text_area(key="posting").set_value("Senior Customer Success Manager, five years").run()


def file_chosen(app: AppTest) -> None:
    """A file that can be loaded, and a name for how it is read."""
    app.file_uploader[0].upload("payroll.csv", PAY, "text/csv").run()
    (name,) = [each for each in app.text_input if each.label.startswith("Save these columns")]
    name.set_value("Payroll").run()


@dataclass(frozen=True)
class Page:
    """What is done on a page: buttons that change something by action.

    ``sees`` is what only those are offered the page for who may do it.
    """

    path: str
    changes: Mapping[Action, set[str]] = field(default_factory=dict)
    link: Mapping[str, str] = field(default_factory=dict)
    sees: Action | None = None
    first: Callable[[AppTest], None] | None = None


NO_DEMO = {IMPORT: {"Remove demo records"}}
PAGES = [
    Page("", changes=NO_DEMO),
    Page("market"),
    Page("price", changes={SAVE: {"Save"}}),
    Page("places"),
    Page("records", changes=NO_DEMO),
    Page(
        "people",
        changes={SAVE: {"Save"}, **NO_DEMO},
        link={"list": "Merit", "merit_by": "Rating"},
        sees=ROWS,
    ),
    Page("ladder"),
    Page("profile"),
    Page("guide"),
    Page("find", changes={SAVE: {"Keep 0 corrections", "Drop it"}}, first=titles_pasted),
    Page("decode", first=posting_pasted),
    Page("compare"),
    Page("gap", changes={SAVE: {"Save"}}),
    Page(
        "ranges",
        changes={SAVE: {"Save", "Make Secret structure, version 1 live"}, **NO_DEMO},
        link={"structure": "Secret structure"},
    ),
    Page("ote", changes={SAVE: {"Save"}}),
    Page("sources"),
    Page("calibration"),
    Page(
        "import",
        changes={IMPORT: {"Load", "Save mapping", "Withdraw"}},
        sees=IMPORT,
        first=file_chosen,
    ),
    Page("audit", sees=LOG),
]
#: What those are offered in place of a removal who see a store without any load.
OFFERED = {"Look round with demo records", "Look round with a demo company"}
EVERY_CHANGE = OFFERED.union(*(labels for page in PAGES for labels in page.changes.values()))


@pytest.fixture(scope="module")
def walked(made, tmp_path_factory):
    """A server that nobody changes: what its pages read is kept for the whole walk."""
    folder = tmp_path_factory.mktemp("walked")
    shutil.copytree(made / "own", folder, dirs_exist_ok=True)
    add_what_pages_change(folder / "mine.duckdb")
    st.cache_resource.clear()
    yield made, folder / "mine.duckdb"
    st.cache_resource.clear()


@pytest.fixture
def mine(walked, monkeypatch):
    # Who may see coverage is asked here, and not how large it is: a twentieth of the cells.
    monkeypatch.setattr(
        "app_pages.cache.calibration.read_coverage", partial(read_coverage, cells=100)
    )
    serve(*walked, monkeypatch)
    return walked[1]


def shown(who: str, page: Page) -> AppTest:
    app = until_done(opened(who, page.path, **page.link))
    if page.first and page.path in names(app):
        page.first(app)
    return app


def changes(app: AppTest) -> set[str]:
    return {button.label for button in app.button} & EVERY_CHANGE


def forced(monkeypatch: pytest.MonkeyPatch, *actions: Action) -> None:
    """Whatever asks what to show is told that it may; what does it asks for itself."""
    real = asking.allowed

    def told(action: Action) -> bool:
        return action in actions or real(action)

    for module in list(sys.modules.values()):
        if getattr(module, "allowed", None) is real:
            monkeypatch.setattr(module, "allowed", told)


def refusals(mine: Path, who: str) -> list[str]:
    """What somebody was refused so far."""
    lines = [line for line in audit.read(mine) if line["event"] == "refusal"]
    return [str(line["what"]) for line in lines if line["who"] == who]


def test_the_table_has_every_page_of_the_navigation(mine):
    assert names(opened(OWNER)) == {page.path for page in PAGES}
    for who in (ANALYST, SALES, VIEWER):
        may = {page.path for page in PAGES if page.sees is None or page.sees in RIGHTS[who]}
        assert names(opened(who)) == may


def _walk(*readers: str, offered: bool = True) -> list[Any]:
    """Readers and the pages that they are offered, or all that there are."""
    return [
        pytest.param(who, page, id=f"{who.split('@')[0]}-{page.path or 'home'}")
        for page in PAGES
        for who in readers
        if not offered or page.sees is None or page.sees in RIGHTS[who]
    ]


@pytest.mark.parametrize(("who", "page"), _walk(OWNER, ANALYST, VIEWER))
def test_a_page_shows_its_reader_what_they_may_do_and_see(mine, who, page):
    rights, app = RIGHTS[who], shown(who, page)
    assert not app.error
    assert changes(app) == set().union(*(page.changes.get(action, ()) for action in rights))
    assert bool(app.get("download_button")) == (EXPORT in rights)
    if who == VIEWER:
        assert not [own for own in OWN if own in sent(app)]


@pytest.mark.parametrize(("who", "page"), _walk(ANALYST, VIEWER, offered=False))
def test_what_a_page_does_is_refused_whatever_it_shows(mine, monkeypatch, who, page):
    """Every page is offered, with every button of an owner; pressing one changes nothing."""
    forced(monkeypatch, ROWS, IMPORT, LOG, SAVE)
    app = shown(who, page)
    if page.sees is LOG:
        assert refusals(mine, who)[-1] == LOG.value
        assert not app.dataframe
    if who == VIEWER:
        assert not [own for own in OWN if own in sent(app)]
    else:
        assert changes(app) == set().union(*page.changes.values())
    for label in sorted(changes(app)):
        action = IMPORT if label in OFFERED | page.changes.get(IMPORT, set()) else SAVE
        if action not in RIGHTS[who]:
            before = refusals(mine, who)
            button = next(b for b in app.button if b.label == label)
            if button.disabled:
                continue  # until a title is corrected in the table
            pressed = button.click().run()
            assert f"may not {action.value}" in "".join(e.value for e in pressed.error), label
            assert refusals(mine, who) == [*before, action.value]


@pytest.mark.parametrize(("who", "page"), _walk(ANALYST, VIEWER))
def test_a_download_is_refused_whatever_is_shown(mine, monkeypatch, who, page):
    forced(monkeypatch, EXPORT)
    app = shown(who, page)
    assert f"may not {EXPORT.value}" in app.error[-1].value
    assert not app.get("download_button")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_nobody_is_shown_a_sign_in_and_a_page_by_itself_reads_nothing(mine, page):
    app = opened(NOBODY, page.path)
    assert [button.label for button in app.button] == ["Sign in"]
    assert not app.title
    script = str(HOME / "app_pages" / f"{script_of(page.path)}.py")
    app = asked_by(AppTest.from_file(script), NOBODY).run()
    assert app.exception or app.error or page.path == "decode"  # which waits for a posting
    assert not app.dataframe


def tries_of_nobody() -> None:
    """A page that tries each way to read, write and hand out, and names what each raised."""
    import streamlit as st

    from analytics.errors import BandstandError
    from analytics.permissions import Action
    from app_pages import asking, cache

    ways = [cache.record_values, lambda: asking.in_name_of_user(lambda: 7)]
    ways += [lambda action=action: cache.write(action, lambda con: None) for action in Action]
    for way in ways:
        try:
            way()
            st.text("done")
        except BandstandError as error:
            st.text(type(error).__name__)


def test_nobody_reads_writes_or_downloads(mine):
    app = asked_by(AppTest.from_function(tries_of_nobody), NOBODY).run()
    assert [each.value for each in app.text] == ["NotSignedInError"] * (2 + len(Action))


def test_each_write_and_download_asks_whether_it_may(server):
    """Every user and every action, by the two ways that something leaves or changes."""
    people = "select count(*) from employee"
    for email, rights in RIGHTS.items():
        with asking.as_user(asking.accounts(server)[email].user):
            for action in Action:
                ways = [lambda action=action: cache.write(action, lambda con: con.execute(people))]
                if action is Action.EXPORT:
                    ways.append(lambda: asking.in_name_of_user(lambda: 7))
                for way in ways:
                    _may_or_is_refused(server, email, action, way, may=action in rights)


def _may_or_is_refused(server, email, action, way, *, may):
    if may:
        way()
        return
    before = len(audit.read(server))
    with pytest.raises(NotAllowedError, match=f"may not {action.value}"):
        way()
    (line,) = audit.read(server)[before:]
    assert (line["who"], line["event"], line["what"]) == (email, "refusal", action.value)

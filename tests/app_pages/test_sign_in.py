"""What each role is shown, page by page, and that nobody is shown another's rows."""

import random
import shutil
import threading
import time

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.errors import NotAllowedError
from analytics.permissions import Action, Role, RowRule, User
from app_pages import asking, cache
from commands.publish import publish
from data.access.users import remove_user, revoke_sign_ins, save_user
from data.imports.team_files.options import ImportOptions
from data.records.question import RecordQuery
from data.store import audit, saved_work
from data.store.connection import open_to_write
from tests.conftest import HOME
from tests.data.loads import load
from tests.data.records.demo_store import Person, add_load

SALES, SUPPORT = "sales@example.com", "support@example.com"
OWNER, VIEWER = "owner@example.com", "viewer@example.com"
ROSTER = "employee_id,title,level,place,fte,currency,base,as_of,Function\n" + "".join(
    f"{function}-{i},{function} person,P3,Boston,1,USD,{90_000 + 1_000 * i},2026-11-01,{function}\n"
    for function in ("Sales", "Support")
    for i in range(6)
)
#: Page → who is offered it.
PAGES = {
    **dict.fromkeys(
        (
            *("market", "price", "places", "records", "ladder", "profile", "guide", "find"),
            *("decode", "compare", "gap", "ranges", "ote", "sources", "calibration"),
        ),
        frozenset({OWNER, SALES, VIEWER}),
    ),
    "people": {OWNER, SALES},
    "import": {OWNER},
    "audit": {OWNER},
}


@pytest.fixture(scope="module")
def made(store, tmp_path_factory):
    """A team's store that people sign in to, and what is published of it."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copy(store, folder / "mine.duckdb")
    con = open_to_write(folder / "mine.duckdb")
    add_load(
        con,
        [
            Person(organisation=f"O{i}", function=f, level="P1", base=100 * (50_000 + 999 * i))
            for i in range(12)
            for f in ("Sales", "Support")
        ],
    )
    load(con, "roster", ROSTER, ImportOptions(pay_is="actual", keep=("Function",)), "People")
    saved_work.save(con, "plan", "Secret plan", "{}", "")
    con.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANDSTAND_DB", str(folder / "mine.duckdb"))
        publish(folder / "public")
    return folder


@pytest.fixture
def server(made, tmp_path, monkeypatch):
    """A copy of that store with an owner, two analysts with a rule, and a viewer."""
    mine = tmp_path / "mine.duckdb"
    shutil.copy(made / "mine.duckdb", mine)
    for user in (
        User(OWNER, Role.OWNER, may_export=True),
        User(SALES, Role.ANALYST, True, RowRule(("Sales",))),
        User(SUPPORT, Role.ANALYST, False, RowRule(("Support",))),
        User(VIEWER, Role.VIEWER),
    ):
        save_user(mine, user)
    monkeypatch.setenv("BANDSTAND_DB", str(mine))
    monkeypatch.setenv("BANDSTAND_AUTH", "oidc")
    monkeypatch.setenv("BANDSTAND_PUBLISHED", str(made / "public" / "bandstand.duckdb"))
    st.cache_resource.clear()
    yield mine
    st.cache_resource.clear()


def claims(email: str) -> dict[str, object]:
    now = int(time.time())
    return {
        "is_logged_in": True,
        "email": email,
        "aud": "bandstand",
        "iat": now - 10,
        "exp": now + 600,
    }


def opened(email: str, page: str = "") -> AppTest:
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)
    app.user, app.secrets = claims(email), {"auth": {"client_id": "bandstand"}}
    if page:
        script = {"import": "imports"}.get(page, page)
        app.switch_page(f"app_pages/{script}.py")
    return app.run()


def names(app: AppTest) -> set[str]:
    """The pages that the navigation offers, by path."""
    return {page["url_pathname"] for page in app._registered_pages.values()} - {""}


@pytest.mark.parametrize("email", [OWNER, SALES, VIEWER])
def test_each_page_is_offered_to_whom_the_table_says_and_asks_nothing_else(server, email):
    home = opened(email)
    assert not home.exception
    assert not home.error
    assert names(home) == {page for page, who in PAGES.items() if email in who}


def test_a_viewer_sees_on_no_page_what_is_the_teams_own(server):
    for page in sorted(page for page, who in PAGES.items() if VIEWER in who):
        text = shown(opened(VIEWER, page))
        for own in ("Sales-0", "Secret plan", "Download", "mine.duckdb"):
            assert own not in text, (page, own)


def shown(app: AppTest) -> str:
    """All that a page was sent, tables among it."""
    assert not app.exception
    return "".join(map(_sent, (app.main, app.sidebar)))


def _sent(block) -> str:
    inner = "".join(map(_sent, getattr(block, "children", {}).values()))
    return f"{block.proto}{inner}" if block.proto is not None else inner


def test_an_analyst_with_a_rule_is_shown_those_people_alone(server):
    text = shown(opened(SALES, "people"))
    assert "Sales" in text
    assert "Support-" not in text
    assert "Save" not in text


def test_a_stranger_and_one_who_signed_out_or_was_removed_see_nothing(server):
    app = opened("stranger@example.com")
    assert "not a user of this server" in app.error[0].value
    assert not app.title
    app = opened(SALES, "people")
    assert app.title[0].value == "People"
    revoke_sign_ins(server, SALES)
    app.run()
    assert "You have signed out" in app.info[0].value
    assert not app.title
    app = opened(SUPPORT, "people")
    remove_user(server, SUPPORT)
    app.run()
    assert "not a user of this server" in app.error[0].value
    assert not app.title
    refused = [line["who"] for line in audit.read(server) if line["event"] == "refusal"]
    assert refused == ["stranger@example.com", SUPPORT]


def test_what_was_looked_at_is_on_record(server):
    opened(SALES, "people")
    events = [(line["who"], line["event"], line["what"]) for line in audit.read(server)]
    assert (SALES, "sign-in", SALES) in events
    assert (SALES, "view", "People") in events


#: Who may do what: of everybody, every action.
RIGHTS = {
    OWNER: set(Action) - {Action.SEE_PUBLISHED},
    SALES: {Action.SEE_ROWS, Action.EXPORT},
    SUPPORT: {Action.SEE_ROWS},
    VIEWER: {Action.SEE_PUBLISHED},
}


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


def test_a_download_that_was_offered_ends_with_the_right_to_it(server):
    user = User(SALES, Role.ANALYST, True, RowRule(("Sales",)))
    with asking.as_user(user):
        made = asking.in_name_of_user(lambda: cache.record_values()["function"])
        assert made() == ["Sales"]
        save_user(server, User(SALES, Role.ANALYST, False, RowRule(("Sales",))))
        with pytest.raises(NotAllowedError, match="has changed"):
            made()


@pytest.mark.parametrize("each", [250, pytest.param(2_500, marks=pytest.mark.repeats)])
def test_users_who_ask_at_once_are_never_given_each_others_rows(server, each):
    users = [
        (User(OWNER, Role.OWNER, True), {"Sales", "Support"}),
        (User(SALES, Role.ANALYST, True, RowRule(("Sales",))), {"Sales"}),
        (User(SUPPORT, Role.ANALYST, False, RowRule(("Support",))), {"Support"}),
    ]
    wrong: list[object] = []

    def ask(seed: int) -> None:
        chosen = random.Random(seed)
        for _ in range(each):
            user, functions = chosen.choice(users)
            with asking.as_user(user):
                if chosen.random() < 0.5:
                    given = set(cache.record_values()["function"])
                else:
                    bands = cache.record_bands(RecordQuery("USD", "base", ("function",)))
                    given = set(bands.frame["function"])
            if given != functions:
                wrong.append((user.name, given))

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []

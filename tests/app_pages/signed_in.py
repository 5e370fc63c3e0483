"""A server that people sign in to: its store, its users, and its pages as they are sent."""

import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.permissions import Role, RowRule, User
from commands.publish import publish
from data.access.users import save_user
from data.imports.team_files.options import ImportOptions
from data.imports.title_corrections import correct_titles
from data.ranges.versions import save_version
from data.records.demo_load import load_demo
from data.store import saved_work
from data.store.connection import open_to_write
from tests.analytics.ranges.structures import THREE
from tests.conftest import HOME
from tests.data.loads import load
from tests.data.records.demo_store import Person, add_load

SALES, SUPPORT = "sales@example.com", "support@example.com"
OWNER, ANALYST, VIEWER = "owner@example.com", "analyst@example.com", "viewer@example.com"
NOBODY: Mapping[str, object] = {"is_logged_in": False}
USERS = (
    User(OWNER, Role.OWNER, may_export=True),
    User(ANALYST, Role.ANALYST),
    User(SALES, Role.ANALYST, True, RowRule(("Sales",))),
    User(SUPPORT, Role.ANALYST, False, RowRule(("Support",))),
    User(VIEWER, Role.VIEWER),
)
ROSTER = "employee_id,title,level,place,fte,currency,base,as_of,Function,Rating\n" + "".join(
    f"{f}-{i},{f} person,P3,Boston,1,USD,{90_000 + 1_000 * i},2026-11-01,{f},{3 + i % 2}\n"
    for f in ("Sales", "Support")
    for i in range(6)
)
#: What is the team's own, and stands on no page of somebody who may see what is published.
OWN = ("Sales-0", "Secret plan", "Secret title", "mine.duckdb")


def make_server(folder: Path, store: Path) -> None:
    """A team's store that people sign in to, and what is published of it, in a folder."""
    mine = folder / "own" / "mine.duckdb"
    mine.parent.mkdir()
    shutil.copy(store, mine)
    con = open_to_write(mine)
    add_load(
        con,
        [
            Person(organisation=f"O{i}", function=f, level="P1", base=100 * (50_000 + 999 * i))
            for i in range(12)
            for f in ("Sales", "Support")
        ],
    )
    load(
        con, "roster", ROSTER, ImportOptions(pay_is="actual", keep=("Function", "Rating")), "People"
    )
    saved_work.save(con, "plan", "Secret plan", "{}", "")
    con.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANDSTAND_DB", str(mine))
        publish(folder / "public")
    for user in USERS:
        save_user(mine, user)


def add_what_pages_change(mine: Path) -> None:
    """Something of each kind that a page can change or remove."""
    con = open_to_write(mine)
    (code,) = con.execute("select min(code) from job_profile").fetchone()
    load_demo(con, rows=60)
    save_version(con, "Secret structure", THREE)
    correct_titles(con, {"Secret title": code})
    con.close()


def claims(email: str) -> dict[str, object]:
    """What a sign-in of ten seconds ago says."""
    now = int(time.time())
    return {
        "is_logged_in": True,
        "email": email,
        "aud": "bandstand",
        "iat": now - 10,
        "exp": now + 600,
    }


def asked_by(app: AppTest, said: Mapping[str, object]) -> AppTest:
    """An app that somebody opens, by what their sign-in says."""
    app.user, app.secrets = said, {"auth": {"client_id": "bandstand"}}
    return app


def opened(said: str | Mapping[str, object], page: str = "", **link: str) -> AppTest:
    """A page as somebody is sent it, named by their address or by what a sign-in says."""
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)
    asked_by(app, claims(said) if isinstance(said, str) else said)
    if page == "import" and said != NOBODY:
        app.run()  # AppTest finds a page with an address of its own among those offered
    if page:
        app.switch_page(f"app_pages/{script_of(page)}.py")
    app.query_params.update(link)
    return app.run()


def script_of(page: str) -> str:
    """The file of a page, by its path in an address."""
    return {"": "home", "import": "imports"}.get(page, page)


def sent(app: AppTest) -> str:
    """All that a page was sent, tables among it."""
    assert not app.exception
    return "".join(map(_sent, (app.main, app.sidebar)))


def _sent(block) -> str:
    inner = "".join(map(_sent, getattr(block, "children", {}).values()))
    return f"{block.proto}{inner}" if block.proto is not None else inner


def names(app: AppTest) -> set[str]:
    """The pages that the navigation offers, by path; the first one's is empty."""
    return {page["url_pathname"] for page in app._registered_pages.values()}

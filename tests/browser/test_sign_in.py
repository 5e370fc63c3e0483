"""Signing in with a provider, and through a proxy, with what an attacker would try."""

import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import oidc_provider_mock as provider_mock
import pytest
from playwright.sync_api import Browser, Page, expect

from analytics.permissions import Role, User
from app_pages import asking
from app_pages.gate import HEADERS
from data.access.users import remove_user, save_user
from data.store import audit
from tests.browser.conftest import new_page
from tests.browser.serving import forked, free_port, settled

KIM, ANN = "kim@example.com", "ann@example.com"
#: Whose ID token the provider makes for another program, in the name of an owner.
ELSEWHERE = provider_mock.User(sub="elsewhere", claims={"email": ANN, "aud": "another-program"})
SECRET = "a secret of the proxy's, long enough"


@pytest.fixture
def signed(mine: Path, tmp_path: Path) -> Iterator[str]:
    """Address of a server that people sign in to with a provider on this machine."""
    save_user(mine, User(KIM, Role.ANALYST, may_export=True))
    save_user(mine, User(ANN, Role.OWNER))
    port = free_port()
    address = f"http://localhost:{port}"
    with provider_mock.run_server_in_thread(user_claims=[ELSEWHERE]) as provider:
        (tmp_path / ".streamlit").mkdir()
        (tmp_path / ".streamlit" / "secrets.toml").write_text(
            f'[auth]\nredirect_uri = "{address}/oauth2callback"\n'
            f'cookie_secret = "{"c0" * 32}"\nclient_id = "bandstand"\nclient_secret = "s"\n'
            "server_metadata_url = "
            f'"http://localhost:{provider.server_port}/.well-known/openid-configuration"\n'
        )
        with forked(mine, port, partial(serve_in, tmp_path), BANDSTAND_AUTH="oidc"):
            yield address


def serve_in(folder: Path) -> None:
    """In the server's process: the folder of its secrets, and a clock that a file puts forward."""
    os.chdir(folder)
    ahead = folder / "seconds ahead"
    asking.time = SimpleNamespace(  # type: ignore[assignment]
        time=lambda: time.time() + (float(ahead.read_text()) if ahead.exists() else 0)
    )


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=sub]").fill(name)
    page.get_by_role("button", name="Authorize").click()


def test_people_sign_in_see_what_is_theirs_and_end_with_their_right(browser, signed, mine):
    page = new_page(browser)
    page.goto(f"{signed}/people")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert page.get_by_test_id("stSidebarNav").count() == 0
    a_token_for_another_program_opens_nothing(page, signed)
    an_analyst_gets_a_right_and_signs_out_for_good(page, signed, mine)
    page.context.clear_cookies()
    an_owner_loses_the_right(page, signed, mine)
    page.context.close()
    events = [(line["who"], line["event"]) for line in audit.read(mine)]
    assert (KIM, "sign-in") in events
    assert (KIM, "sign-out") in events
    assert (ANN, "refusal") in events
    assert audit.verify(mine).fault == ""


def a_token_for_another_program_opens_nothing(page: Page, address: str) -> None:
    sign_in(page, address, ELSEWHERE.sub)
    page.wait_for_url(f"{address}/**")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert page.get_by_test_id("stSidebarNav").count() == 0


def an_analyst_gets_a_right_and_signs_out_for_good(page: Page, address: str, mine: Path) -> None:
    sign_in(page, address, KIM)
    expect(page.get_by_text("· analyst")).to_be_visible()
    expect(page.get_by_role("link", name="People")).to_be_visible()
    assert page.get_by_role("link", name="Import").count() == 0
    # A right that is given is there at the next click, and so is one that is taken.
    save_user(mine, User(KIM, Role.OWNER, may_export=True))
    page.get_by_role("link", name="Ladder", exact=True).click()
    expect(page.get_by_role("link", name="Import")).to_be_visible()
    # Signing out ends the sign-in itself: its cookie, kept by somebody, opens nothing.
    settled(page)
    kept = page.context.cookies()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/oauth2/end_session?*")
    page.goto(address)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.context.clear_cookies()
    page.context.add_cookies(kept)  # type: ignore[arg-type]
    page.goto(address)
    expect(page.get_by_text("You have signed out; sign in again.")).to_be_visible()


def an_owner_loses_the_right(page: Page, address: str, mine: Path) -> None:
    sign_in(page, address, ANN)
    expect(page.get_by_role("link", name="Audit")).to_be_visible()
    assert page.get_by_role("button", name="Download").count() == 0
    page.get_by_role("link", name="Audit").click()
    expect(page.get_by_text("follows from the one before")).to_be_visible()
    # Once the token's hour is over, the open page ends; signed in anew, it goes on.
    ahead = mine.parent / "seconds ahead"
    ahead.write_text("3601")
    page.get_by_role("link", name="Ladder", exact=True).click()
    expect(page.get_by_text("Your sign-in has expired; sign in again.")).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
    ahead.unlink()
    page.reload()
    expect(page.get_by_role("link", name="Audit")).to_be_visible()
    remove_user(mine, ANN)
    page.get_by_role("link", name="Ladder", exact=True).click()
    expect(page.get_by_text("not a user of this server")).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)


@pytest.fixture
def proxied(mine: Path) -> Iterator[str]:
    """Address of a server that believes a proxy which knows its secret."""
    save_user(mine, User(KIM, Role.ANALYST))
    settings = {"BANDSTAND_AUTH": "proxy", "BANDSTAND_PROXY_SECRET": SECRET}
    port = free_port()
    with forked(mine, port, **settings) as address:
        yield address


def answer(address: str, **headers: str) -> tuple[int, dict[str, str]]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=sent)) as got:
            return got.status, dict(got.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers)


def test_a_proxys_word_counts_with_its_secret_alone(browser: Browser, proxied: str):
    page = new_page(browser)
    page.context.set_extra_http_headers(
        {"X-Bandstand-Secret": SECRET, "X-Bandstand-User": "Kim@example.com"}
    )
    page.goto(proxied)
    expect(page.get_by_text("· analyst")).to_be_visible()
    page.context.close()
    known = {"X_Bandstand_Secret": SECRET, "X_Bandstand_User": KIM}
    status, headers = answer(f"{proxied}/", **known)
    assert status == 200
    lower = {name.lower(): value for name, value in headers.items()}
    assert {name: lower[name.lower()] for name in HEADERS} == HEADERS
    for forged in (
        {},
        {"X_Bandstand_User": KIM},
        known | {"X_Bandstand_Secret": SECRET[:-1]},
        known | {"X_Bandstand_Secret": SECRET.upper()},
        known | {"Host": "elsewhere.example"},
    ):
        for path in ("/", "/_stcore/health", "/_stcore/stream", "/media/x.csv"):
            assert answer(f"{proxied}{path}", **forged)[0] == 403
    for path in ("/_stcore/metrics", "/_stcore/script-health-check"):
        assert answer(f"{proxied}{path}", **known)[0] == 404

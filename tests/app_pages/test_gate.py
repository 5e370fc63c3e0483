"""What the gate answers, without a server behind it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.runtime.memory_media_file_storage import _calculate_file_id

from analytics.permissions import Role, User
from app_pages.gate import Gate
from app_pages.handed_out import hand_out
from data.access.users import save_user
from data.store import audit

SECRET = "a secret of the proxy's, long enough"


async def answers_all(scope, receive, send):
    """A server that answers everything."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def signed_in_only(mine, monkeypatch):
    """A gate of a server that people sign in to."""
    monkeypatch.setenv("BANDSTAND_AUTH", "oidc")
    return Gate(answers_all)


def status(gate: Gate, path: str, **headers: str) -> int:
    sent = []

    async def send(message):
        sent.append(message)

    headers = {"host": "localhost", **headers}
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "client": ("127.0.0.1", 1),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }
    # In a thread of its own: that of the tests may have Playwright's loop running.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(gate(scope, None, send))).result()
    return sent[0]["status"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", 200),
        ("/static/media/SourceSans.woff2", 200),
        ("/media/0a1b.csv", 403),
        ("/media/static/media/0a1b.csv", 403),
        ("/_stcore/upload_file/session/file", 403),
        ("/_stcore/metrics", 404),
    ],
)
def test_who_has_not_signed_in_gets_the_fonts_of_the_page_and_no_file(
    signed_in_only, path, expected
):
    assert status(signed_in_only, path) == expected


def test_who_asks_for_a_file_that_was_made_for_another_is_refused_and_on_record(mine, monkeypatch):
    save_user(mine, User("kim@example.com", Role.ANALYST, may_export=True))
    save_user(mine, User("ann@example.com", Role.OWNER, may_export=True))
    monkeypatch.setenv("BANDSTAND_AUTH", "proxy")
    monkeypatch.setenv("BANDSTAND_PROXY_SECRET", SECRET)
    gate = Gate(answers_all)
    hand_out(b"pay", "text/csv", "bands.csv", "ann@example.com")
    path = f"/media/{_calculate_file_id(b'pay', 'text/csv', 'bands.csv')}.csv"
    known = {"x_bandstand_secret": SECRET}
    assert status(gate, path, **known, x_bandstand_user="ann@example.com") == 200
    assert [line["event"] for line in audit.read(mine)] == ["user", "user"]
    assert status(gate, path, **known, x_bandstand_user="kim@example.com") == 403
    last = audit.read(mine)[-1]
    assert (last["who"], last["event"], last["what"], last["about"]) == (
        "kim@example.com", "refusal", "have another's file", {"address": path},
    )  # fmt: skip

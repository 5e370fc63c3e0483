"""What the gate answers, without a server behind it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from app_pages.gate import Gate


@pytest.fixture
def signed_in_only(mine, monkeypatch):
    """A gate of a server that people sign in to, before one that answers everything."""
    monkeypatch.setenv("BANDSTAND_AUTH", "oidc")

    async def answer(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return Gate(answer)


def status(gate: Gate, path: str) -> int:
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"host", b"localhost")]}
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

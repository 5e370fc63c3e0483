"""What the running server lets in and tells."""

import http.client
from urllib.parse import urlsplit

import pytest

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def asked(url: str, path: str, host: str | None = None) -> int:
    """Status of opening the socket, or of a plain request when ``host`` is None."""
    where = urlsplit(url)
    con = http.client.HTTPConnection(where.hostname, where.port, timeout=10)
    headers = {} if host is None else {**UPGRADE, "Host": host}
    con.request("GET", path, headers=headers)
    status = con.getresponse().status
    con.close()
    return status


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1", 101), ("localhost:80", 101), ("evil.example", 403)]
)
def test_a_forged_host_opens_no_session(url, host, status):
    assert asked(url, "/_stcore/stream", host) == status


def test_the_agent_interface_is_off(url):
    assert asked(url, "/_stcore/agent/mcp") in (403, 404, 405)

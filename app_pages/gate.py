"""The gate before the server: what it answers at all, to whom, and with which headers."""

import hmac
import json
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from streamlit import config

# How Streamlit reads its own sign-in cookie; not public, so a test holds that it is as here.
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    is_host_allowed,
)

from analytics.errors import BandstandError, InputError
from app_pages.asking import GATE, user_of_claims
from app_pages.handed_out import may_fetch
from data.access.sign_in import OIDC, PROXY, USER_HEADER, auth_mode
from data.store.acting import acting_as
from data.store.audit import Event, record
from data.store.location import store_path

SECRET, ADDRESSES = "BANDSTAND_PROXY_SECRET", "BANDSTAND_PROXY_ADDRESSES"
SECRET_HEADER = "X-Bandstand-Secret"
_SHORTEST_SECRET = 32
#: Answered to nobody: how many people look, and when.
_CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check")
#: What is made for somebody, or taken from them.
_OWN = ("/media/", "/_stcore/upload_file/")
#: Styles and the page's own script stand in the page; Plotly makes workers and pictures.
_CONTENT = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{k} {v}" for k, v in _CONTENT.items()),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Server = Callable[[Scope, Receive, Send], Awaitable[None]]


class Gate:
    """An ASGI middleware; what it refuses never reaches Streamlit.

    Raises `InputError` when made for a proxy without a secret of 32 characters or more.
    """

    def __init__(self, app: Server) -> None:
        self._app = app
        self._secret = os.environ.get(SECRET, "")
        addresses = os.environ.get(ADDRESSES, "127.0.0.1,::1")
        self._addresses = {each.strip() for each in addresses.split(",")}
        if auth_mode() == PROXY and len(self._secret) < _SHORTEST_SECRET:
            raise InputError(
                f"{SECRET}: set it to {_SHORTEST_SECRET} characters or more that your proxy alone "
                "knows and sends"
            )
        os.environ[GATE] = str(os.getpid())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on and add the headers to its answer."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif reason := self._refused(scope):
            await _refuse(scope, receive, send, reason)
        else:
            await self._app(scope, receive, _with_headers(send))

    def _refused(self, scope: Scope) -> str:
        headers, path = Headers(scope=scope), scope["path"]
        if not is_host_allowed(headers.get("host")):
            return "This address is not one of the server's (server.allowedHosts)."
        if path.endswith(_CLOSED):
            return "Not answered."
        if auth_mode() == PROXY and not self._is_proxy(scope, headers):
            return "Come through your organization's sign-in."
        if _is_of_somebody(path) and not _may_have(headers, path):
            return "Sign in to have this."
        return ""

    def _is_proxy(self, scope: Scope, headers: Headers) -> bool:
        client = scope.get("client") or ("",)
        sent = headers.getlist(SECRET_HEADER)
        known = len(sent) == 1 and hmac.compare_digest(sent[0].encode(), self._secret.encode())
        return client[0] in self._addresses and known


def _is_of_somebody(path: str) -> bool:
    """Whether a path leads to what is not everybody's, as the fonts in /static/media/ are."""
    base = str(config.get_option("server.baseUrlPath")).strip("/")
    fixed = f"/{base}/static/" if base else "/static/"
    return not path.startswith(fixed) and any(part in path for part in _OWN)


def _may_have(headers: Headers, path: str) -> bool:
    """Whether the signed-in sender of a request may have what was made for somebody."""
    mode = auth_mode()
    if not mode:
        return True
    try:
        claims = _cookie_claims(headers) if mode == OIDC else {"email": headers.get(USER_HEADER)}
        name = user_of_claims(claims).name
        if may_fetch(path, name):
            return True
        with acting_as(name):
            record(store_path(), Event("refusal", "have another's file", {"address": path}))
    except BandstandError:
        pass
    return False


def _cookie_claims(headers: Headers) -> dict[str, Any]:
    cookies = cookie_parser(headers.get("cookie", ""))
    signed = _get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME)
    claims = json.loads(signed) if signed else {}
    return claims if isinstance(claims, dict) else {}


def _with_headers(send: Send) -> Send:
    async def answer(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return answer


async def _refuse(scope: Scope, receive: Receive, send: Send, reason: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    status = 404 if reason == "Not answered." else 403
    await PlainTextResponse(reason, status, headers=HEADERS)(scope, receive, send)

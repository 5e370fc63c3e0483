"""Whether a sign-in counts, and whose it is; asked anew at every click."""

import json
import os
from collections.abc import Mapping
from typing import Any

from analytics.errors import InputError, NotAllowedError, NotSignedInError
from analytics.permissions import User
from data.access.user_file import Account
from data.access.users import spelled

ENVIRONMENT = "BANDSTAND_AUTH"
OIDC, PROXY = "oidc", "proxy"
#: Where an authenticating proxy says who asks.
USER_HEADER = "X-Bandstand-User"
HOURS = "BANDSTAND_SIGN_IN_HOURS"
#: How far another machine's clock may be ahead, in seconds.
_AHEAD = 60
_AGAIN = "sign in again"


def auth_mode() -> str:
    """How people sign in: ``oidc``, ``proxy``, or empty for one's own machine."""
    mode = os.environ.get(ENVIRONMENT, "")
    if mode not in ("", OIDC, PROXY):
        raise InputError(f"{ENVIRONMENT}={mode}: set it to {OIDC} or {PROXY}, or leave it out")
    return mode


def prepare_sign_in() -> None:
    """Tell the server, which is started next, where a proxy's word for a user stands.

    What a proxy forwards of its own clients is not believed, so that the address of a
    request is that of the proxy itself.
    """
    if auth_mode() == PROXY:
        os.environ["STREAMLIT_SERVER_TRUSTED_USER_HEADERS"] = json.dumps({USER_HEADER: "email"})
        os.environ["FORWARDED_ALLOW_IPS"] = ""


def signed_in_user(
    claims: Mapping[str, Any], accounts: Mapping[str, Account], audience: str, now: float
) -> User:
    """The user of an OpenID Connect sign-in, from the claims of its ID token.

    ``audience`` is the client id that the token must be for, ``now`` in seconds since
    1970. Raises `NotSignedInError` where the token is not for us, has expired, is older
    than ``BANDSTAND_SIGN_IN_HOURS`` (8) or was revoked; `NotAllowedError` for a stranger.
    """
    if claims.get("is_logged_in") is not True:
        raise NotSignedInError("nobody is signed in")
    issued, expires = _seconds(claims, "iat"), _seconds(claims, "exp")
    if audience not in _audiences(claims):
        raise NotSignedInError(f"this sign-in was made for another program; {_AGAIN}")
    if expires <= now:
        raise NotSignedInError(f"your sign-in has expired; {_AGAIN}")
    if issued > now + _AHEAD or now - issued > _hours() * 3600:
        raise NotSignedInError(f"your sign-in is too old; {_AGAIN}")
    if claims.get("email_verified") is False:
        raise NotAllowedError("the address that you sign in with is not verified")
    account = _account(claims.get("email"), accounts)
    if issued < account.valid_from:
        raise NotSignedInError(f"you have signed out; {_AGAIN}")
    return account.given


def proxied_user(claims: Mapping[str, Any], accounts: Mapping[str, Account]) -> User:
    """The user whom an authenticating proxy names; what it says is checked at the gate."""
    if not claims.get("email"):
        raise NotSignedInError("the proxy names nobody")
    return _account(claims["email"], accounts).given


def _account(name: object, accounts: Mapping[str, Account]) -> Account:
    account = accounts.get(spelled(name)) if isinstance(name, str) else None
    if account is None:
        raise NotAllowedError(
            f"{name or 'you'}: not a user of this server; an owner can add you with "
            "'bandstand users add'"
        )
    return account


def _audiences(claims: Mapping[str, Any]) -> list[object]:
    named = claims.get("aud")
    return named if isinstance(named, list) else [named]


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise NotSignedInError(f"your sign-in does not say when it began and ends; {_AGAIN}")
    return float(value)


def _hours() -> float:
    text = os.environ.get(HOURS, "8")
    try:
        hours = float(text)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= 24 * 30:
        raise InputError(f"{HOURS}={text}: use a number of hours above 0, such as 8")
    return hours

"""Who is asking: found anew at each run, in callbacks, and on threads that a page began.

On one's own machine nobody signs in, and whoever opens the dashboard is its owner.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from analytics.errors import InputError, NotAllowedError
from analytics.permissions import Action, Role, User, may
from data.access.sign_in import OIDC, auth_mode, proxied_user, signed_in_user
from data.access.users import accounts
from data.records.engines.settings import engine_is_set
from data.records.question import AGGREGATE, OWNER, server_mode
from data.store.acting import acting_as
from data.store.audit import Event, record
from data.store.location import store_path

#: A store that `bandstand publish` made, for those who see nothing else.
PUBLISHED = "BANDSTAND_PUBLISHED"
#: Set by the gate that believes a proxy; without it nobody checks what a header says.
GATE = "BANDSTAND_GATE"
T = TypeVar("T")
#: In whose name a thread works that no page runs on.
_asked_as: ContextVar[User | None] = ContextVar("asked_as", default=None)


def who() -> User:
    """Who asks. Raises `NotSignedInError`, `NotAllowedError`.

    On a server for others (``BANDSTAND_RECORDS=aggregate``) everybody is a viewer.
    """
    if (asked := _asked_as.get()) is not None:
        return asked
    if not auth_mode():
        return _viewer("", may_export=True) if _is_for_others() else User("", Role.OWNER, True)
    return _as_shown(user_of_claims(st.user.to_dict()))


def _as_shown(user: User) -> User:
    """A user as the server takes them: on one for others, everybody is a viewer."""
    return _viewer(user.name, may_export=user.may_export) if _is_for_others() else user


def user_of_claims(claims: Mapping[str, Any], client_id: str = "") -> User:
    """The user whom a sign-in is of, by what it says, for a client id, by default the server's.

    Raises as `who` does.
    """
    known = accounts(store_path())
    if auth_mode() == OIDC:
        return signed_in_user(claims, known, client_id or _client_id(), time.time())
    if os.environ.get(GATE) != str(os.getpid()):
        raise InputError("start the server with 'bandstand run', which checks what the proxy says")
    return proxied_user(claims, known)


def _viewer(name: str, *, may_export: bool) -> User:
    return User(name, Role.VIEWER, may_export)


def _is_for_others() -> bool:
    return server_mode() == AGGREGATE


def require(action: Action) -> User:
    """Who asks, if they may do something; else `NotAllowedError`, which the log keeps."""
    user = who()
    if not may(user, action):
        with acting_as(user.name):
            record(store_path(), Event("refusal", action.value))
        raise NotAllowedError(f"{user.name} may not {action.value}; an owner can change that")
    return user


def allowed(action: Action) -> bool:
    """Whether who asks may do something, to show what does it or not.

    What is done or read itself asks `may` anew, whatever was shown.
    """
    return may(who(), action)


def records_mode() -> str:
    """How who asks may see the team's figures: `OWNER`, or `AGGREGATE` for what is published."""
    return OWNER if may(who(), Action.SEE_ROWS) else AGGREGATE


def uses_engine() -> bool:
    """Whether the pay records that are shown stay on another engine.

    What is published is in a store, and rows by rule are in a copy of one: who sees no
    more than these asks no engine.
    """
    if not engine_is_set():
        return False
    user = who()
    return may(user, Action.SEE_ROWS) and user.rule.gives_all


def asked_store() -> Path:
    """The store that who asks is given, before any rule of rows. Raises `NotAllowedError`."""
    if may(who(), Action.SEE_ROWS) or _is_for_others():
        return store_path()
    published = os.environ.get(PUBLISHED)
    if not published:
        raise NotAllowedError("nothing is published on this server yet (BANDSTAND_PUBLISHED)")
    return Path(published).expanduser().resolve()


@contextmanager
def as_user(user: User) -> Iterator[None]:
    """Ask as a user on a thread that no page runs on."""
    token = _asked_as.set(user)
    try:
        with acting_as(user.name or None):
            yield
    finally:
        _asked_as.reset(token)


def in_name_of_user(work: Callable[[], T]) -> Callable[[], T]:
    """Work that is done later, in the name of who asks now, if they still may export then.

    By then their sign-in may have expired, or been revoked: `NotSignedInError`.
    """
    user = require(Action.EXPORT)
    still = _judge()

    def done_later() -> T:
        if still() != user:
            raise NotAllowedError("what you may do has changed; open the page again")
        with as_user(user):
            return work()

    return done_later


def _judge() -> Callable[[], User]:
    """Who asks now, judged anew at each call, also on a thread that no page runs on."""
    asked = _asked_as.get()
    if not auth_mode():
        user = who()
        return lambda: user
    if asked is None:
        claims, client_id = st.user.to_dict(), _client_id() if auth_mode() == OIDC else ""
        return lambda: _as_shown(user_of_claims(claims, client_id))
    return lambda: _known(asked.name)


def _known(name: str) -> User:
    account = accounts(store_path()).get(name)
    if account is None:
        raise NotAllowedError(f"{name}: not a user of this server any more")
    return _as_shown(account.given)


def viewed(page: str, link: str) -> None:
    """Log once a session and link that somebody who signed in looked at a page."""
    if not auth_mode():
        return
    seen: set[tuple[str, str]] = st.session_state.setdefault("_viewed", set())
    if (page, link) not in seen:
        with acting_as(who().name):
            record(store_path(), Event("view", page, {"link": link} if link else {}))
        seen.add((page, link))


def _client_id() -> str:
    """The client id that sign-ins must be for, of one provider alone; raises `InputError`."""
    try:
        client_id = st.secrets["auth"]["client_id"]
    except (KeyError, FileNotFoundError) as error:
        raise InputError(
            "BANDSTAND_AUTH=oidc needs a section [auth] with client_id in "
            ".streamlit/secrets.toml; see docs/deploy.md"
        ) from error
    return str(client_id)

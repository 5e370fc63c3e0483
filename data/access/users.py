"""The users of a server: kept apart from the store, so that a server that has it open knows of
each change at the next click."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from analytics.errors import InputError, UnknownNameError
from analytics.permissions import PAY_COLUMNS, Role, User
from analytics.suggestions import nearest
from data.access.user_file import Account, SavedUsers, check_closed, read_users, write_users
from data.store.audit import Event, record

_NAME = re.compile(r"[^\s\x00-\x1f,;<>\"]{1,254}")


def spelled(name: str) -> str:
    """A user's name or address as it is kept: without regard to case."""
    return name.strip().lower()


def accounts(store: Path) -> Mapping[str, Account]:
    """The users of a store by name; none without a file. Raises `StoreError`.

    The file is read again only when it has changed.
    """
    saved = read_users(store)
    closed = {Role.ANALYST: saved.closed}
    return {
        name: replace(account, closed=closed.get(account.user.role, ()))
        for name, account in saved.accounts.items()
    }


def closed_to_analysts(store: Path) -> tuple[str, ...]:
    """The pay columns that are closed to every analyst; raises `StoreError`."""
    return read_users(store).closed


def close_to_analysts(store: Path, columns: Sequence[str]) -> None:
    """Close these pay columns, and no others, to every analyst from their next click on.

    A viewer sees none and an owner all. Raises `InputError` for what can't be closed.
    """
    check_closed(columns)
    closed = tuple(name for name in PAY_COLUMNS if name in columns)
    about = {"change": "closed to a role", "closed": ", ".join(closed)}
    record(store, Event("user", Role.ANALYST.value, about))
    write_users(store, SavedUsers(read_users(store).accounts, closed))


def save_user(store: Path, user: User) -> None:
    """Add a user, or change what they may do from their next click on.

    Raises `InputError` for a name or a rule that can't be used.
    """
    _check(user)
    account = read_users(store).accounts.get(user.name, Account(user))
    _change(store, user.name, replace(account, user=user), "saved")


def remove_user(store: Path, name: str) -> None:
    """Remove a user, whose open pages end at the next click; raises `UnknownNameError`."""
    _known(store, name)
    _change(store, name, None, "removed")


def revoke_sign_ins(store: Path, name: str) -> None:
    """Let a user sign in anew before anything is shown again; raises `UnknownNameError`."""
    account = _known(store, name)
    now = int(datetime.now(UTC).timestamp()) + 1
    _change(store, name, replace(account, valid_from=now), "sign-ins revoked")


def _known(store: Path, name: str) -> Account:
    present = read_users(store).accounts
    if name not in present:
        raise UnknownNameError(f"no user {name!r}; {nearest(name, list(present))}")
    return present[name]


def _check(user: User) -> None:
    if not _NAME.fullmatch(user.name) or user.name != spelled(user.name):
        raise InputError(
            f"{user.name!r} can't be a user's name; use what they sign in with, such as an "
            "e-mail address"
        )
    check_closed(user.rule.closed)
    if user.role is not Role.ANALYST and not user.rule.gives_all:
        raise InputError(f"a rule of rows is for analysts; {user.name} is {user.role.value}")


def _change(store: Path, name: str, account: Account | None, change: str) -> None:
    """Put the account of a name, or none, into the file; what changed is on record first."""
    saved = read_users(store)
    about = {"change": change}
    if account:
        user = account.user
        about |= {"role": user.role.value, "may export": "yes" if user.may_export else "no"}
        about |= {part: ", ".join(v) for part, v in asdict(user.rule).items() if v}
    record(store, Event("user", name, about))
    others = {key: value for key, value in saved.accounts.items() if key != name or account}
    write_users(store, SavedUsers(others | ({name: account} if account else {}), saved.closed))

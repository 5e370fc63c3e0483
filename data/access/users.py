"""The users of a server: a file beside the store, changed as a whole and read when it changed.

It stands apart from the store, so that a user can be removed while a server has the
store open, and the server knows at the next click.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from analytics.errors import InputError, StoreError, UnknownNameError
from analytics.permissions import PAY_COLUMNS, Role, RowRule, User
from analytics.suggestions import nearest
from data.files.whole_file import write_whole
from data.store.audit import Event, record
from data.store.disk_errors import in_words

ENVIRONMENT = "BANDSTAND_USERS"
_NAME = re.compile(r"[^\s\x00-\x1f,;<>\"]{1,254}")


@dataclass(frozen=True)
class Account:
    """A user, and from when (seconds since 1970) a sign-in counts: earlier ones are revoked."""

    user: User
    valid_from: int = 0


def users_path(store: Path) -> Path:
    """The users of a store: ``BANDSTAND_USERS`` if set, else beside it."""
    if path := os.environ.get(ENVIRONMENT):
        return Path(path).expanduser().resolve()
    return store.with_name(store.name + ".users.json")


def spelled(name: str) -> str:
    """A user's name or address as it is kept: without regard to case."""
    return name.strip().lower()


def accounts(store: Path) -> Mapping[str, Account]:
    """The users of a store by name; none without a file. Raises `StoreError`.

    The file is read again only when it has changed.
    """
    path = users_path(store)
    try:
        found = path.stat()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StoreError(f"{path}: can't be read: {in_words(error)}") from error
    return _read(path, (found.st_ino, found.st_mtime_ns, found.st_size))


def save_user(store: Path, user: User) -> None:
    """Add a user, or change what they may do from their next click on.

    Raises `InputError` for a name or a rule that can't be used.
    """
    _check(user)
    present = dict(accounts(store))
    account = present.get(user.name, Account(user))
    _write(store, {**present, user.name: replace(account, user=user)}, user.name, "saved")


def remove_user(store: Path, name: str) -> None:
    """Remove a user, whose open pages end at the next click; raises `UnknownNameError`."""
    present = dict(accounts(store))
    _known(present, name)
    del present[name]
    _write(store, present, name, "removed")


def revoke_sign_ins(store: Path, name: str) -> None:
    """Let a user sign in anew before anything is shown again; raises `UnknownNameError`."""
    present = dict(accounts(store))
    account = _known(present, name)
    now = int(datetime.now(UTC).timestamp()) + 1
    _write(store, {**present, name: replace(account, valid_from=now)}, name, "sign-ins revoked")


def _known(present: Mapping[str, Account], name: str) -> Account:
    if name not in present:
        raise UnknownNameError(f"no user {name!r}; {nearest(name, list(present))}")
    return present[name]


def _check(user: User) -> None:
    if not _NAME.fullmatch(user.name) or user.name != spelled(user.name):
        raise InputError(
            f"{user.name!r} can't be a user's name; use what they sign in with, such as an "
            "e-mail address"
        )
    unknown = [name for name in user.rule.closed if name not in PAY_COLUMNS]
    if unknown:
        raise InputError(f"no pay column {unknown[0]!r}; {nearest(unknown[0], PAY_COLUMNS)}")
    if "base" in user.rule.closed:
        raise InputError("base pay can't be closed alone; give them the role viewer instead")
    if user.role is not Role.ANALYST and not user.rule.gives_all:
        raise InputError(f"a rule of rows is for analysts; {user.name} is {user.role.value}")


@lru_cache(maxsize=4)
def _read(path: Path, _version: tuple[int, int, int]) -> Mapping[str, Account]:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(entries, list):
            raise TypeError("no list")
        return {entry["name"]: _account(entry) for entry in entries}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"{path}: can't be read as a list of users, so nobody is let in: "
            f"{in_words(error) or error}"
        ) from error


def _account(entry: Mapping[str, Any]) -> Account:
    rule = RowRule(**{name: tuple(values) for name, values in entry["rule"].items()})
    user = User(str(entry["name"]), Role(entry["role"]), entry["may_export"] is True, rule)
    return Account(user, int(entry["valid_from"]))


def _write(store: Path, present: Mapping[str, Account], name: str, change: str) -> None:
    entries = [
        {**asdict(account.user), "valid_from": account.valid_from} for account in present.values()
    ]
    about = {"change": change}
    if name in present:
        user = present[name].user
        about |= {"role": user.role.value, "may export": "yes" if user.may_export else "no"}
        about |= {part: ", ".join(v) for part, v in asdict(user.rule).items() if v}
    record(store, Event("user", name, about))
    path = users_path(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, (json.dumps(entries, indent=2) + "\n").encode("utf-8"), 0o600)
    except OSError as error:
        raise StoreError(f"{path}: can't be written: {in_words(error)}") from error

"""The file of a server's users, beside the store: read when it changed, written as a whole."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from analytics.errors import InputError, StoreError
from analytics.permissions import PAY_COLUMNS, Role, RowRule, User
from analytics.suggestions import nearest
from data.files.whole_file import write_whole
from data.store.disk_errors import in_words

ENVIRONMENT = "BANDSTAND_USERS"


@dataclass(frozen=True)
class Account:
    """A user as an owner saved them, and what holds for them besides.

    ``valid_from`` is when (seconds since 1970) a sign-in begins to count: earlier ones are
    revoked. ``closed`` are pay columns that are closed to everybody of their role.
    """

    user: User
    valid_from: int = 0
    closed: tuple[str, ...] = ()

    @property
    def given(self) -> User:
        """The user with all that is closed to them, as themselves or by their role."""
        rule = self.user.rule
        closed = tuple(name for name in PAY_COLUMNS if name in {*rule.closed, *self.closed})
        return replace(self.user, rule=replace(rule, closed=closed))


@dataclass(frozen=True)
class SavedUsers:
    """What the file holds: users by name, and the pay columns closed to every analyst."""

    accounts: Mapping[str, Account]
    closed: tuple[str, ...] = ()


def read_users(store: Path) -> SavedUsers:
    """The users of a store; nobody without a file. Raises `StoreError` for what can't be read."""
    path = users_path(store)
    try:
        found = path.stat()
    except FileNotFoundError:
        return SavedUsers({})
    except OSError as error:
        raise StoreError(f"{path}: can't be read: {in_words(error)}") from error
    return _read(path, (found.st_ino, found.st_mtime_ns, found.st_size))


@lru_cache(maxsize=4)
def _read(path: Path, _version: tuple[int, int, int]) -> SavedUsers:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(entries, list):
            raise TypeError("no list")
        named = {entry["name"]: _account(entry) for entry in entries if "name" in entry}
        (closed,) = [_closed(entry) for entry in entries if "name" not in entry] or [()]
        return SavedUsers(named, closed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InputError) as error:
        raise StoreError(
            f"{path}: can't be read as a list of users, so nobody is let in: "
            f"{in_words(error) or error}"
        ) from error


def _account(entry: Mapping[str, Any]) -> Account:
    rule = RowRule(**{name: tuple(values) for name, values in entry["rule"].items()})
    user = User(str(entry["name"]), Role(entry["role"]), entry["may_export"] is True, rule)
    return Account(user, int(entry["valid_from"]))


def _closed(entry: Mapping[str, Any]) -> tuple[str, ...]:
    if Role(entry["role"]) is not Role.ANALYST:
        raise ValueError("closed to another role than analyst")
    check_closed(entry["closed"])
    return tuple(entry["closed"])


def users_path(store: Path) -> Path:
    """The users of a store: ``BANDSTAND_USERS`` if set, else beside it."""
    if path := os.environ.get(ENVIRONMENT):
        return Path(path).expanduser().resolve()
    return store.with_name(store.name + ".users.json")


def write_users(store: Path, saved: SavedUsers) -> None:
    """Put these users in place of the file's, whole or not at all. Raises `StoreError`."""
    entries: list[dict[str, object]] = [
        {**asdict(account.user), "valid_from": account.valid_from}
        for account in saved.accounts.values()
    ]
    if saved.closed:
        entries.append({"role": Role.ANALYST.value, "closed": saved.closed})
    path = users_path(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, (json.dumps(entries, indent=2) + "\n").encode("utf-8"), 0o600)
    except OSError as error:
        raise StoreError(f"{path}: can't be written: {in_words(error)}") from error


def check_closed(columns: Sequence[str]) -> None:
    """Raise `InputError` for what is no column of pay that can be closed."""
    unknown = [name for name in columns if name not in PAY_COLUMNS]
    if unknown:
        raise InputError(f"no pay column {unknown[0]!r}; {nearest(unknown[0], PAY_COLUMNS)}")
    if "base" in columns:
        raise InputError("base pay can't be closed alone; give them the role viewer instead")

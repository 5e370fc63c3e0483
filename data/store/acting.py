"""In whose name something is done: the signed-in user's, else the account's."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_name: ContextVar[str | None] = ContextVar("acting", default=None)


def acting_user() -> str:
    """Who does what is being done, as logs and saved work name them."""
    return _name.get() or getpass.getuser()


@contextmanager
def acting_as(name: str | None) -> Iterator[None]:
    """Do what follows in somebody's name; None is the account that the program runs under."""
    token = _name.set(name)
    try:
        yield
    finally:
        _name.reset(token)

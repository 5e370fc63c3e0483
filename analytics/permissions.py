"""Who may do what where people sign in: roles, rights, and rows by rule."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to a server, from the least rights to all."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    OWNER = "owner"


class Action(StrEnum):
    """What somebody may ask to do; the value ends the sentence "may not …"."""

    SEE_PUBLISHED = "see what is published"
    SEE_ROWS = "see the team's own figures"
    EXPORT = "export"
    SAVE = "save work"
    IMPORT = "load or withdraw files"
    SEE_AUDIT = "see the audit log"


_OF_ROLE = {
    Role.VIEWER: {Action.SEE_PUBLISHED},
    Role.ANALYST: {Action.SEE_ROWS, Action.SAVE},
    Role.OWNER: {Action.SEE_ROWS, Action.SAVE, Action.IMPORT, Action.SEE_AUDIT},
}
#: Columns of pay that can be closed, as pay records and rosters have them.
PAY_COLUMNS = ("base", "variable", "equity", "overtime")


@dataclass(frozen=True)
class RowRule:
    """Which people somebody is given, and which of their pay.

    A person is given who is of one of the functions, at one of the places, and below one
    of the managers, each by name without regard to case; an empty list asks for nothing.
    Where a rule asks what isn't known of a person, the person is not given.
    """

    functions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    @property
    def gives_all(self) -> bool:
        """Whether every row and column is given."""
        return self == RowRule()


@dataclass(frozen=True)
class User:
    """Somebody whom the owners gave a role; exporting is a right of its own."""

    name: str
    role: Role
    may_export: bool = False
    rule: RowRule = RowRule()


def may(user: User, action: Action) -> bool:
    """Whether a user may do something.

    Who sees the rows of a rule alone saves nothing, since saved work holds figures of rows
    that others are not given.
    """
    if action is Action.EXPORT:
        return user.may_export
    if action is Action.SAVE and not user.rule.gives_all:
        return False
    return action in _OF_ROLE[user.role]

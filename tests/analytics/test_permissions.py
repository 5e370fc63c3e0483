"""Roles and rights, from the table in docs/security.md."""

import pytest

from analytics.permissions import Action, Role, RowRule, User, may

ALLOWED = {
    Role.VIEWER: {"see what is published"},
    Role.ANALYST: {"see the team's own figures", "save work"},
    Role.OWNER: {
        *("see the team's own figures", "save work"),
        *("load or withdraw files", "see the audit log"),
    },
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", [each for each in Action if each is not Action.EXPORT])
def test_each_role_may_what_the_table_says(role, action):
    assert may(User("kim", role), action) == (action.value in ALLOWED[role])


@pytest.mark.parametrize("role", Role)
def test_exporting_is_a_right_of_its_own(role):
    assert may(User("kim", role, may_export=True), Action.EXPORT)
    assert not may(User("kim", role), Action.EXPORT)


@pytest.mark.parametrize(
    "rule", [RowRule(functions=("Sales",)), RowRule(managers=("7",)), RowRule(closed=("equity",))]
)
def test_who_sees_a_part_saves_nothing(rule):
    analyst = User("kim", Role.ANALYST, rule=rule)
    assert may(analyst, Action.SEE_ROWS)
    assert not may(analyst, Action.SAVE)

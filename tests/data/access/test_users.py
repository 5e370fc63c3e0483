"""The users of a server: kept beside the store, and known at once when they change."""

import pytest

from analytics.errors import InputError, StoreError, UnknownNameError
from analytics.permissions import Role, RowRule, User
from data.access.user_file import users_path
from data.access.users import (
    accounts,
    close_to_analysts,
    closed_to_analysts,
    remove_user,
    revoke_sign_ins,
    save_user,
)
from data.store import audit

KIM = User("kim@example.com", Role.ANALYST, True, RowRule(("Sales",), (), ("7",), ("equity",)))


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store.duckdb"


def test_a_user_is_kept_as_given_and_gone_when_removed(store):
    save_user(store, KIM)
    save_user(store, User("lee", Role.OWNER))
    assert [account.user for account in accounts(store).values()] == [
        KIM,
        User("lee", Role.OWNER, False, RowRule()),
    ]
    remove_user(store, "kim@example.com")
    assert list(accounts(store)) == ["lee"]
    assert users_path(store).stat().st_mode & 0o077 == 0
    changes = [(line["what"], line["about"]["change"]) for line in audit.read(store)]
    assert changes == [
        ("kim@example.com", "saved"),
        ("lee", "saved"),
        ("kim@example.com", "removed"),
    ]


def test_earlier_sign_ins_are_revoked_and_the_rights_stay(store):
    save_user(store, KIM)
    assert accounts(store)[KIM.name].valid_from == 0
    revoke_sign_ins(store, KIM.name)
    account = accounts(store)[KIM.name]
    assert account.valid_from > 1_700_000_000
    assert account.user == KIM


def test_pay_is_closed_to_every_analyst_and_opened_again(store):
    save_user(store, KIM)
    save_user(store, User("lee", Role.OWNER))
    close_to_analysts(store, ["variable"])
    save_user(store, User("max", Role.ANALYST))
    given = {name: account.given.rule.closed for name, account in accounts(store).items()}
    assert given == {KIM.name: ("variable", "equity"), "lee": (), "max": ("variable",)}
    assert accounts(store)[KIM.name].user == KIM  # as themselves, nothing changed
    revoke_sign_ins(store, "lee")
    assert closed_to_analysts(store) == ("variable",)
    with pytest.raises(InputError, match="no pay column 'salary'"):
        close_to_analysts(store, ["salary"])
    close_to_analysts(store, [])
    assert accounts(store)[KIM.name].given == KIM
    of_role = [line["about"] for line in audit.read(store) if line["what"] == "analyst"]
    assert [about["closed"] for about in of_role] == ["variable", ""]


@pytest.mark.parametrize(
    ("user", "reason"),
    [
        (User("two words", Role.OWNER), "can't be a user's name"),
        (User("Kim@example.com", Role.OWNER), "can't be a user's name"),
        (User("", Role.OWNER), "can't be a user's name"),
        (User("kim", Role.ANALYST, rule=RowRule(closed=("bonus",))), "no pay column 'bonus'"),
        (User("kim", Role.ANALYST, rule=RowRule(closed=("base",))), "give them the role viewer"),
        (User("kim", Role.OWNER, rule=RowRule(("Sales",))), "a rule of rows is for analysts"),
    ],
)
def test_what_can_not_be_meant_is_refused(store, user, reason):
    with pytest.raises(InputError, match=reason):
        save_user(store, user)
    assert accounts(store) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[{}]",
        b'[{"name": "kim", "role": "king"}]',
        b"\xff",
        b'[{"role": "owner", "closed": []}]',
        b'[{"role": "analyst", "closed": ["pay"]}]',
    ],
)
def test_a_list_that_can_not_be_read_lets_nobody_in(store, content):
    users_path(store).write_bytes(content)
    with pytest.raises(StoreError, match="nobody is let in"):
        accounts(store)


def test_an_unknown_user_is_named_with_the_nearest(store):
    save_user(store, KIM)
    with pytest.raises(UnknownNameError, match=r"did you mean kim@example\.com"):
        remove_user(store, "kim@example.org")

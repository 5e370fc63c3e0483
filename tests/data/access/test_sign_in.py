"""Which sign-ins count."""

import pytest

from analytics.errors import InputError, NotAllowedError, NotSignedInError
from analytics.permissions import Role, RowRule, User
from data.access.sign_in import auth_mode, proxied_user, signed_in_user
from data.access.user_file import Account

NOW = 1_800_000_000
KIM = User("kim@example.com", Role.ANALYST)
KNOWN = {KIM.name: Account(KIM, valid_from=NOW - 3_000)}
CLAIMS = {
    "is_logged_in": True,
    "email": "Kim@Example.com",
    "aud": "bandstand",
    "iat": NOW - 100,
    "exp": NOW + 100,
}


def test_a_sign_in_that_is_ours_and_fresh_counts():
    assert signed_in_user(CLAIMS, KNOWN, "bandstand", NOW) == KIM
    several = CLAIMS | {"aud": ["other", "bandstand"], "email_verified": True}
    assert signed_in_user(several, KNOWN, "bandstand", NOW) == KIM


@pytest.mark.parametrize(
    ("change", "error", "reason"),
    [
        ({"is_logged_in": False}, NotSignedInError, "nobody is signed in"),
        ({"is_logged_in": "yes"}, NotSignedInError, "nobody is signed in"),
        ({"aud": "other"}, NotSignedInError, "made for another program"),
        ({"aud": None}, NotSignedInError, "made for another program"),
        ({"exp": NOW}, NotSignedInError, "has expired"),
        ({"exp": None}, NotSignedInError, "does not say when"),
        ({"iat": True}, NotSignedInError, "does not say when"),
        ({"iat": NOW - 8 * 3600 - 1}, NotSignedInError, "too old"),
        ({"iat": NOW + 61}, NotSignedInError, "too old"),
        ({"iat": NOW - 3_001}, NotSignedInError, "you have signed out"),
        ({"email": "lee@example.com"}, NotAllowedError, "lee@example.com: not a user"),
        ({"email": None}, NotAllowedError, "not a user"),
        ({"email": ["kim@example.com"]}, NotAllowedError, "not a user"),
        ({"email_verified": False}, NotAllowedError, "not verified"),
    ],
)
def test_any_other_does_not(change, error, reason):
    with pytest.raises(error, match=reason):
        signed_in_user(CLAIMS | change, KNOWN, "bandstand", NOW)


def test_what_is_closed_to_a_role_is_closed_to_who_signs_in():
    known = {KIM.name: Account(KIM, valid_from=0, closed=("equity",))}
    assert signed_in_user(CLAIMS, known, "bandstand", NOW).rule == RowRule(closed=("equity",))
    assert proxied_user({"email": KIM.name}, known).rule == RowRule(closed=("equity",))


def test_how_old_a_sign_in_may_be_can_be_set(monkeypatch):
    monkeypatch.setenv("BANDSTAND_SIGN_IN_HOURS", "0.01")
    with pytest.raises(NotSignedInError, match="too old"):
        signed_in_user(CLAIMS, KNOWN, "bandstand", NOW)
    monkeypatch.setenv("BANDSTAND_SIGN_IN_HOURS", "long")
    with pytest.raises(InputError, match="a number of hours"):
        signed_in_user(CLAIMS, KNOWN, "bandstand", NOW)


def test_whom_a_proxy_names_must_be_known():
    assert proxied_user({"email": " kim@example.com "}, KNOWN) == KIM
    with pytest.raises(NotSignedInError, match="names nobody"):
        proxied_user({"email": None}, KNOWN)
    with pytest.raises(NotAllowedError, match="not a user"):
        proxied_user({"email": "lee"}, KNOWN)


def test_a_way_to_sign_in_that_is_not_known_is_refused(monkeypatch):
    monkeypatch.setenv("BANDSTAND_AUTH", "ldap")
    with pytest.raises(InputError, match="set it to oidc or proxy"):
        auth_mode()

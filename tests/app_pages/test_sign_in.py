"""The door, and that nobody is shown another's rows; page by page, `test_page_rights.py`."""

import random
import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from analytics.errors import NotAllowedError, NotSignedInError
from analytics.people.selection import PeopleQuery
from analytics.permissions import Action, Role, RowRule, User
from app_pages import asking, cache
from data.access.users import remove_user, revoke_sign_ins, save_user
from data.records.question import RecordQuery
from data.store import audit
from tests.app_pages.signed_in import OWNER, SALES, SUPPORT, asked_by, claims, opened, sent


def test_an_analyst_with_a_rule_is_shown_those_people_alone(server):
    text = sent(opened(SALES, "people"))
    assert "Sales" in text
    assert "Support-" not in text
    assert "Save" not in text


def test_a_stranger_and_one_who_signed_out_or_was_removed_see_nothing(server):
    app = opened("stranger@example.com")
    assert "not a user of this server" in app.error[0].value
    assert not app.title
    app = opened(SALES, "people")
    assert app.title[0].value == "People"
    revoke_sign_ins(server, SALES)
    app.run()
    assert "You have signed out" in app.info[0].value
    assert not app.title
    app = opened(SUPPORT, "people")
    remove_user(server, SUPPORT)
    app.run()
    assert "not a user of this server" in app.error[0].value
    assert not app.title
    refused = [line["who"] for line in audit.read(server) if line["event"] == "refusal"]
    assert refused == ["stranger@example.com", SUPPORT]


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ({"aud": "another program"}, "This sign-in was made for another program; sign in again."),
        ({"exp": 1}, "Your sign-in has expired; sign in again."),
        ({"iat": 1}, "Your sign-in is too old; sign in again."),
        ({"iat": "now"}, "Your sign-in does not say when it began and ends; sign in again."),
        ({"email_verified": False}, "the address that you sign in with is not verified"),
        ({"email": None}, "you: not a user of this server"),
    ],
)
def test_a_sign_in_that_does_not_count_opens_no_page(server, told, answer):
    app = opened(claims(OWNER) | told, "people")
    assert not app.title
    assert not app.dataframe
    (said,) = [*app.info, *app.error]
    assert answer in said.value.replace("\\", "")
    assert app.button[0].label in ("Sign in", "Sign out")


def test_what_was_looked_at_is_on_record(server):
    opened(SALES, "people")
    events = [(line["who"], line["event"], line["what"]) for line in audit.read(server)]
    assert (SALES, "sign-in", SALES) in events
    assert (SALES, "view", "People") in events


def test_a_download_that_was_offered_ends_with_the_right_to_it(server):
    user = User(SALES, Role.ANALYST, True, RowRule(("Sales",)))
    with asking.as_user(user):
        made = asking.in_name_of_user(lambda: cache.record_values()["function"])
        assert made() == ["Sales"]
        save_user(server, User(SALES, Role.ANALYST, False, RowRule(("Sales",))))
        with pytest.raises(NotAllowedError, match="has changed"):
            made()


def a_download() -> None:
    """A page that keeps what a download button of it would call."""
    import streamlit as st

    from app_pages import asking

    st.session_state["made"] = asking.in_name_of_user(lambda: 7)


@pytest.mark.parametrize("ends", ["expired", "revoked", "removed"])
def test_a_download_of_a_page_left_open_ends_with_the_sign_in(server, monkeypatch, ends):
    app = asked_by(AppTest.from_function(a_download), claims(OWNER)).run()
    made = app.session_state["made"]
    assert made() == 7
    if ends == "expired":
        later = time.time() + 3600
        monkeypatch.setattr(time, "time", lambda: later)
    elif ends == "revoked":
        revoke_sign_ins(server, OWNER)
    else:
        remove_user(server, OWNER)
    with pytest.raises(NotAllowedError if ends == "removed" else NotSignedInError):
        made()


def _bands(*by: str) -> set[str]:
    return set(cache.record_bands(RecordQuery("USD", "base", ("function", *by))).frame["function"])


EVERYBODY, MONTH = PeopleQuery("USD"), "2026-11"
#: Questions of pages; each answers with the functions of those whom it is about.
QUESTIONS = (
    lambda: set(cache.record_values()["function"]),
    lambda: _bands(),
    lambda: _bands("level"),
    lambda: set(cache.first_rows("loaded_records", "1").frame["function"]),
    lambda: {title.split()[0] for title in cache.people_among(EVERYBODY, MONTH)["title"]},
    lambda: {e.split("-")[0] for e in cache.people_among(EVERYBODY, MONTH).employee_id},
    lambda: {e.split("-")[0] for e in cache.all_rows("loaded_roster", "2").employee_id},
)


@pytest.mark.parametrize("each", [125, pytest.param(2_500, marks=pytest.mark.repeats)])
def test_users_who_ask_at_once_are_never_given_each_others_rows(server, each):
    """Beside a writer, so that what is kept of an answer is forgotten again and again."""
    owner = User(OWNER, Role.OWNER, True)
    users = [
        (owner, {"Sales", "Support"}),
        (User(SALES, Role.ANALYST, True, RowRule(("Sales",))), {"Sales"}),
        (User(SUPPORT, Role.ANALYST, False, RowRule(("Support",))), {"Support"}),
    ]
    given: list[tuple[str, int, set[str], set[str]]] = []

    def ask(seed: int) -> None:
        chosen = random.Random(seed)
        for number in range(each):
            user, functions = chosen.choice(users)
            question = chosen.randrange(len(QUESTIONS))
            with asking.as_user(user):
                given.append((user.name, question, QUESTIONS[question](), functions))
            if seed == 0 and number % 250 == 60:
                with asking.as_user(owner):
                    cache.write(Action.SAVE, lambda con: con.execute("from employee").fetchall())

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 4 * each
    assert [each for each in given if each[2] != each[3]] == []

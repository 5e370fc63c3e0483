"""The door: who may come in, and the way out."""

import streamlit as st

from analytics.errors import NotAllowedError, NotSignedInError
from app_pages.asking import who
from app_pages.components.markdown import escape_markdown
from data.access.sign_in import OIDC, auth_mode
from data.access.users import revoke_sign_ins
from data.store.acting import acting_as
from data.store.audit import Event, record
from data.store.location import store_path

_KNOWN = "_signed_in_as"


def let_in() -> bool:
    """Whether who asks may see anything; everybody else is shown the way."""
    if not auth_mode():
        return True
    try:
        name = who().name
    except NotSignedInError as error:
        _offer_sign_in(str(error))
        return False
    except NotAllowedError as error:
        _refuse(error)
        return False
    if st.session_state.get(_KNOWN) != name:
        with acting_as(name):
            record(store_path(), Event("sign-in", name))
        st.session_state[_KNOWN] = name
    return True


def show_account() -> None:
    """Who is signed in, and a button that ends each of their sign-ins."""
    if not auth_mode():
        return
    user = who()
    with st.sidebar, st.container(key="account"):
        st.caption(f"{escape_markdown(user.name)} · {user.role.value}")
        if auth_mode() == OIDC and st.button("Sign out", icon=":material/logout:", type="tertiary"):
            _sign_out(user.name)


def _sign_out(name: str) -> None:
    with acting_as(name):
        record(store_path(), Event("sign-out", name))
        revoke_sign_ins(store_path(), name)
    st.logout()
    st.stop()


def _offer_sign_in(reason: str) -> None:
    st.header("Bandstand")
    if st.user.to_dict().get("is_logged_in"):
        st.info(f"{reason[0].upper()}{reason[1:]}.", icon=":material/lock_clock:")
    if auth_mode() != OIDC:
        st.error("Your organization's sign-in did not say who you are.", icon=":material/lock:")
        return
    st.text("Pay figures are shown to people whom an owner of this server has let in.")
    st.button("Sign in", type="primary", on_click=st.login)


def _refuse(error: NotAllowedError) -> None:
    message = str(error)
    if st.session_state.get("_refused") != message:
        named = st.user.to_dict().get("email")
        with acting_as(str(named) if named else None):
            record(store_path(), Event("refusal", "sign in", {"reason": message}))
        st.session_state["_refused"] = message
    st.header("Bandstand")
    st.error(escape_markdown(message), icon=":material/lock:")
    if auth_mode() == OIDC:
        st.button("Sign out", icon=":material/logout:", on_click=st.logout)

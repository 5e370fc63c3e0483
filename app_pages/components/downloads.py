"""CSV and Excel of the table on screen, made when asked for and logged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics.errors import BandstandError
from analytics.market_tables import sources_of
from analytics.permissions import Action
from app_pages.asking import allowed, in_name_of_user, who
from app_pages.components.markdown import escape_markdown
from app_pages.handed_out import hand_out
from data.files import exports
from data.store.disk_errors import told_in_words
from data.store.location import store_path

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET = "application/vnd.apache.parquet"


def _no_inputs() -> str:
    return ""


def offer_table(
    table: pd.DataFrame,
    name: str,
    about: Mapping[str, str],
    sources: pd.DataFrame,
    spec: Callable[[], str] = _no_inputs,
    inputs: str = "",
) -> None:
    """Two buttons under a table; the files hold exactly its rows and columns.

    Of ``sources`` the workbook's second sheet keeps those that the rows rest on; with a
    ``spec``, made when it is asked for, it can be verified, and
    ``inputs`` says what that adds to the workbook.
    """
    _buttons(lambda: table, name, about, sources, len(table), ("CSV", "Excel"), spec, inputs)


def offer_long_table(
    make: Callable[[], pd.DataFrame],
    name: str,
    about: Mapping[str, str],
    sources: pd.DataFrame,
    rows: int,
) -> None:
    """Three buttons for a table too long for the screen, read when it is asked for."""
    _buttons(make, name, about, sources, rows, ("CSV", "Excel", "Parquet"))


def _buttons(
    table: Callable[[], pd.DataFrame],
    name: str,
    about: Mapping[str, str],
    sources: pd.DataFrame,
    rows: int,
    formats: Sequence[str],
    spec: Callable[[], str] = _no_inputs,
    inputs: str = "",
) -> None:
    def workbook() -> bytes:
        found = table()
        notes = {"Table": name, **about, **({"Inputs": inputs} if inputs else {})}
        return exports.to_excel(found, notes, sources_of(sources, found), spec())

    makers: dict[str, tuple[str, str, Callable[[], bytes]]] = {
        "CSV": ("csv", "text/csv", lambda: exports.to_csv(table())),
        "Excel": ("xlsx", _EXCEL, workbook),
        "Parquet": ("parquet", _PARQUET, lambda: exports.to_parquet(table())),
    }
    with st.container(horizontal=True):
        for label in formats:
            ending, mime, make = makers[label]
            file = f"{name.replace(' ', '-')}.{ending}"
            logged = _Logged(make, f"{name}.{ending}", about, rows)
            more = inputs if label == "Excel" else ""
            _button(f"Download {label}", logged, file, mime, key=f"{name} {ending}", note=more)


def offer_rows(
    make: Callable[[], list[list[str]]], name: str, about: Mapping[str, str], rows: int
) -> None:
    """A button for rows that are long to list: a header and rows, made when asked for."""

    def payload() -> bytes:
        header, *body = make()
        return exports.rows_to_csv(header, body)

    logged = _Logged(payload, f"{name}.csv", about, rows)
    file = f"{name.replace(' ', '-')}.csv"
    _button("Download rows left out", logged, file, "text/csv", key=f"{name} rows")


def offer_text(text: str, file: str, label: str, about: Mapping[str, str]) -> None:
    """A button that downloads a text as a file."""
    _button(label, _Logged(text.encode, file, about, 1), file, "application/json")


def offer_page(make: Callable[[], str], file: str, label: str, about: Mapping[str, str]) -> None:
    """A button that downloads a page of HTML, made when it is asked for."""
    logged = _Logged(lambda: make().encode("utf-8"), file, about, 1)
    _button(label, logged, file, "text/html", icon=":material/description:")


def offer_workbook(
    make: Callable[[], bytes], file: str, label: str, about: Mapping[str, str]
) -> None:
    """A button that downloads a workbook, made when it is asked for."""
    _button(label, _Logged(make, file, about, 1), file, _EXCEL, icon=":material/table_view:")


@dataclass(frozen=True)
class _Logged:
    """Bytes that are made when they are asked for, once their export is on record."""

    make: Callable[[], bytes]
    name: str
    about: Mapping[str, str]
    rows: int

    def __call__(self) -> bytes:
        content = self.make()
        exports.log_export(store_path(), self.name, self.about, self.rows, content)
        return content


def _button(
    label: str,
    logged: _Logged,
    file: str,
    mime: str,
    *,
    key: str = "",
    icon: str = ":material/download:",
    note: str = "",
) -> None:
    """A download for who may export; the bytes are made on a thread of their own.

    Why they could not be made, such as of a full disk, stands beside it at the next click:
    Streamlit itself says no more than that they were not.
    """
    if allowed(Action.EXPORT):
        name = who().name
        reasons: list[str] = st.session_state.setdefault(f"not made {key or file}", [])

        def made() -> bytes:
            content = _or_reason(logged, reasons)
            hand_out(content, mime, file, name)
            return content

        st.download_button(
            label,
            in_name_of_user(made),
            file_name=file,
            mime=mime,
            key=key or file,
            on_click="ignore",
            icon=icon,
            help=note or None,
        )
        for reason in reasons:
            st.error(escape_markdown(f"{label}: {reason}"))


def _or_reason(make: Callable[[], bytes], reasons: list[str]) -> bytes:
    """What is made; where that fails, its reason alone is in ``reasons``, and it raises."""
    reasons.clear()
    try:
        with told_in_words():
            return make()
    except BandstandError as error:
        reasons.append(str(error))
        raise

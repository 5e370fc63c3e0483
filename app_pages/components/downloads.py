"""CSV and Excel of the table on screen, made when asked for and logged."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from analytics.market_tables import sources_of
from data.files import exports
from data.store.location import store_path

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET = "application/vnd.apache.parquet"


def offer_table(
    table: pd.DataFrame,
    name: str,
    about: Mapping[str, str],
    sources: pd.DataFrame,
    spec: str = "",
) -> None:
    """Two buttons under a table; the files hold exactly its rows and columns.

    Of ``sources`` the workbook's second sheet keeps those that the rows rest on; with a
    ``spec`` it can be verified.
    """
    _buttons(lambda: table, name, about, sources, len(table), ("CSV", "Excel"), spec)


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
    spec: str = "",
) -> None:
    def workbook() -> bytes:
        found = table()
        notes = {"Table": name, **about}
        return exports.to_excel(found, notes, sources_of(sources, found), spec)

    makers: dict[str, tuple[str, str, Callable[[], bytes]]] = {
        "CSV": ("csv", "text/csv", lambda: exports.to_csv(table())),
        "Excel": ("xlsx", _EXCEL, workbook),
        "Parquet": ("parquet", _PARQUET, lambda: exports.to_parquet(table())),
    }
    with st.container(horizontal=True):
        for label in formats:
            ending, mime, make = makers[label]
            st.download_button(
                f"Download {label}",
                _logged(make, f"{name}.{ending}", about, rows),
                file_name=f"{name.replace(' ', '-')}.{ending}",
                mime=mime,
                key=f"{name} {ending}",
                on_click="ignore",
                icon=":material/download:",
            )


def offer_rows(
    make: Callable[[], list[list[str]]], name: str, about: Mapping[str, str], rows: int
) -> None:
    """A button for rows that are long to list: a header and rows, made when asked for."""

    def payload() -> bytes:
        header, *body = make()
        return exports.rows_to_csv(header, body)

    st.download_button(
        "Download rows left out",
        _logged(payload, f"{name}.csv", about, rows),
        file_name=f"{name.replace(' ', '-')}.csv",
        mime="text/csv",
        key=f"{name} rows",
        on_click="ignore",
        icon=":material/download:",
    )


def offer_text(text: str, file: str, label: str, about: Mapping[str, str]) -> None:
    """A button that downloads a text as a file."""
    st.download_button(
        label,
        _logged(text.encode, file, about, 1),
        file_name=file,
        mime="application/json",
        key=file,
        on_click="ignore",
        icon=":material/download:",
    )


def offer_page(make: Callable[[], str], file: str, label: str, about: Mapping[str, str]) -> None:
    """A button that downloads a page of HTML, made when it is asked for."""
    st.download_button(
        label,
        _logged(lambda: make().encode("utf-8"), file, about, 1),
        file_name=file,
        mime="text/html",
        key=file,
        on_click="ignore",
        icon=":material/description:",
    )


def offer_workbook(
    make: Callable[[], bytes], file: str, label: str, about: Mapping[str, str]
) -> None:
    """A button that downloads a workbook, made when it is asked for."""
    st.download_button(
        label,
        _logged(make, file, about, 1),
        file_name=file,
        mime=_EXCEL,
        key=file,
        on_click="ignore",
        icon=":material/table_view:",
    )


def _logged(
    make: Callable[[], bytes], name: str, about: Mapping[str, str], rows: int
) -> Callable[[], bytes]:
    """The file's bytes, once their export is on record; runs on a thread of its own."""

    def payload() -> bytes:
        content = make()
        exports.log_export(store_path(), name, about, rows, content)
        return content

    return payload

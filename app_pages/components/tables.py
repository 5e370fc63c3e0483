"""Tables on screen: prepared once, narrowed at each click, downloaded as they stand."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from app_pages.components.filters import BASIS_WORDS
from app_pages.components.markdown import escape_markdown
from data.catalog.profiles import NOT_GIVEN

Row = SimpleNamespace

#: What a reader looks for first; the rest follows as it stands in the file.
FIRST = (
    "level",
    "title",
    "start",
    "end",
    "benchmark",
    *(f"p{p}" for p in range(10, 100, 5)),
    "kind",
    "amount",
    "amount_low",
    "amount_high",
    "ratio",
    "ratio_low",
    "ratio_high",
    "base_at_p50",
    "variable_at_p50",
    "low",
    "high",
    "low_high",
    "point",
    "status",
    "pay_basis",
    "source",
    "as_of",
    "n",
)
_LABELS = {"n": "n", "low_high": "What low and high are", "soc": "SOC"}
_COUNTS = ("n", "organisations")
#: Columns that lead to a page, and the link that a value completes.
_LINKS = {"source": "sources?source=", "code": "profile?profile="}
_MONEY = re.compile(
    r"(start_|end_|base_at_|variable_at_)?p\d|low$|high$|point$|amount|mean$|typical|pooled|rising"
    r"|printed|value"
)
_LOW_END = re.compile(r"p[\d.]+_low")


@dataclass(frozen=True)
class Table:
    """A frame in the three forms that a page needs it in.

    ``frame`` is what a download holds; ``rows`` are the same rows for charts,
    hidden columns included; ``display`` is what the browser is sent.
    """

    frame: pd.DataFrame
    rows: list[Row]
    display: pa.Table

    @classmethod
    def of(cls, frame: pd.DataFrame, hidden: Sequence[str] = ()) -> "Table":
        """Prepare a whole table; ``hidden`` columns are for filters and charts alone."""
        rows = [
            Row(**dict(zip(frame.columns, values, strict=True)))
            for values in frame.itertuples(index=False)
        ]
        shown = frame.drop(columns=list(hidden))
        return cls(shown, rows, pa.Table.from_pandas(_in_words(shown), preserve_index=False))

    def keep(self, passes: Callable[[Row], bool]) -> "Table":
        """The rows that pass, in all three forms."""
        at = [i for i, row in enumerate(self.rows) if passes(row)]
        if len(at) == len(self.rows):
            return self
        return Table(
            self.frame.iloc[at],
            [self.rows[i] for i in at],
            self.display.take(pa.array(at, pa.int64())),
        )

    def show(
        self, key: str, alt: str, first: Sequence[str] = FIRST, *, currency: str = "USD"
    ) -> None:
        """Draw the table, each source a link to its page, pay as of a currency."""
        names, schema = self.display.column_names, self.display.schema
        several = any(", " in str(getattr(row, "source", "")) for row in self.rows[:1])
        st.dataframe(
            self.display,
            hide_index=True,
            column_config={name: _column(name, schema, currency, several) for name in names},
            height=min(36 * (len(self.rows) + 1), 560),
            column_order=[c for c in first if c in names] + [c for c in names if c not in first],
            placeholder="–",
            key=key,
            alt=alt,
        )

    def show_text(self) -> None:
        """Draw a table of sentences, which wrap; for print as well."""
        words = {name: escape_markdown(_label(name)) for name in self.frame.columns}
        said = self.frame.astype(object).where(self.frame.notna(), NOT_GIVEN)
        st.table(said.astype(str).map(escape_markdown).rename(columns=words), hide_index=True)


def _label(name: str) -> str:
    words = name.replace("_", " ")
    return _LABELS.get(name, words[:1].upper() + words[1:])


def _in_words(frame: pd.DataFrame) -> pd.DataFrame:
    changes: dict[str, Any] = {}
    for column, page in _LINKS.items():
        if column in frame and not frame[column].astype(str).str.contains(", ").any():
            changes[column] = page + frame[column].astype(str)
    for name in {"pay_basis", "beside_basis"} & set(frame):
        changes[name] = frame[name].replace(BASIS_WORDS)
    for name in frame.select_dtypes("floating").columns:
        # A column in whole dollars cuts cents off; the file keeps them.
        if _MONEY.match(name):
            changes[name] = frame[name].round()
    for name in frame.select_dtypes(bool).columns:
        changes[name] = frame[name].map({True: "yes", False: ""})
    return _with_intervals(frame.assign(**changes))


def _with_intervals(frame: pd.DataFrame) -> pd.DataFrame:
    """The two ends of each percentile's interval in one column of words, for the eye."""
    ends = {name: name.removesuffix("low") + "high" for name in frame if _LOW_END.fullmatch(name)}
    words = {
        low: [
            f"{a:,.0f} – {b:,.0f}" if a == a and b == b else None
            for a, b in zip(frame[low], frame[high], strict=True)
        ]
        for low, high in ends.items()
        if high in frame
    }
    return (
        frame.assign(**words)
        .drop(columns=[ends[low] for low in words])
        .rename(columns={low: low.removesuffix("low") + "interval" for low in words})
    )


def _column(name: str, schema: pa.Schema, currency: str, several: bool) -> Any:
    label = _label(name)
    # A width that is said is one that the browser need not measure, and stays at the next click.
    wide = max(90, 36 + 8 * len(label))
    if name in _LINKS and not several:
        return st.column_config.LinkColumn(label, display_text=r"=(.+)$", width="medium")
    if name.startswith(("ratio", "weight", "rate")):
        return st.column_config.NumberColumn(label, format="percent", width=wide)
    if name in _COUNTS and pa.types.is_integer(schema.field(name).type):
        return st.column_config.NumberColumn(label, format="localized", width=wide)
    if name.endswith("_interval"):
        return st.column_config.TextColumn(label, width=150)
    if not pa.types.is_floating(schema.field(name).type):
        return st.column_config.Column(label)
    if _MONEY.match(name) and currency == "USD":
        return st.column_config.NumberColumn(label, format="dollar", step=1, width=wide)
    return st.column_config.NumberColumn(label, format="localized", width=wide)

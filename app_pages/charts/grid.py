"""Small multiples: where each panel of a chart stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from app_pages.charts.figure import ChartSpec

_ROW, _SHORT_ROW = 40, 28
_WIDE = 3


@dataclass(frozen=True)
class Grid:
    """Panels side by side in rows of three; ``names`` are the rows within each."""

    names: Sequence[str]
    panels: Sequence[str]
    divided: bool

    @property
    def wide(self) -> int:
        """How many panels stand side by side."""
        return min(_WIDE, len(self.panels))

    @property
    def top(self) -> int:
        """The margin above, in pixels, as the height."""
        return 34 if self.divided else 10

    @property
    def height(self) -> float:
        """The whole chart's, with its axis."""
        return self._body + self.top + 54

    def across(self, i: int) -> list[float]:
        """From where to where a panel goes, as shares of the chart's width."""
        x = i % self.wide
        return [(x + 0.03 * bool(x)) / self.wide, (x + 1 - 0.03 * (x < self.wide - 1)) / self.wide]

    def tall(self, i: int) -> list[float]:
        """From where to where a panel goes, as shares of the chart's height."""
        top = 1 - i // self.wide * (self._each + self._gap) / self._body
        return [max(0.0, top - self._each / self._body), min(1.0, top)]

    def titles(self) -> list[ChartSpec]:
        """Each panel's name above it, where there are several to tell apart."""
        return [
            {
                "text": f"<b>{escape(panel)}</b>", "showarrow": False, "xref": "paper",
                "yref": "paper", "x": self.across(i)[0], "y": self.tall(i)[1], "xanchor": "left",
                "yanchor": "bottom",
            }
            for i, panel in enumerate(self.panels if self.divided else [])
        ]  # fmt: skip

    @property
    def _each(self) -> float:
        return (_SHORT_ROW if len(self.panels) > 1 else _ROW) * (len(self.names) + 0.6)

    @property
    def _gap(self) -> int:
        return 64 if self.divided else 0

    @property
    def _body(self) -> float:
        return -(-len(self.panels) // self.wide) * (self._each + self._gap) - self._gap

"""How pay of the whole country is converted to one place."""

from collections.abc import Iterable, Sequence

from analytics.pricing.pricing import Place
from analytics.wage_rows import PlaceFactor, PlaceMedian, StateParity

#: All occupations together, as OEWS codes them.
ALL_OCCUPATIONS = "00-0000"
#: How far an occupation that is not printed in an area follows all wages there. Each
#: is fitted to the medians of half the detailed occupations of OEWS May 2025 and
#: tried on the other half: docs/methods.md has the errors.
FROM_ITS_STATE = 0.45
FROM_THE_AREA = 0.76
OF_A_STATE = 0.70


class Places:
    """The factors by which national pay is converted to one place.

    ``rows`` are those of `place_factors` for it; none for the whole country. An
    occupation's wages move by the occupation's own ratio; other pay by that of
    the occupation that ``focus`` is mapped to, else by that of all pay.
    """

    def __init__(self, name: str = "", rows: Sequence[PlaceFactor] = (), focus: str = "") -> None:
        self.name = name
        self._by_soc = {row.soc: row for row in rows}
        of_focus = (row for row in rows if row.soc and row.focus == focus)
        self._default = next(of_focus, self._by_soc.get(""))

    def of(self, soc: str = "") -> Place:
        """The factor for an occupation, or for other pay, and where it is from."""
        row = self._by_soc.get(soc, self._by_soc.get("")) if soc else self._default
        if row:
            return Place(row.factor, f"{self.name}: {row.said}", row.source)
        return Place(1.0, f"{self.name}: no ratio known" if self.name else "")


def local_place(name: str) -> Place:
    """No factor: the figure is of one place already."""
    return Place(1.0, f"as published for {name}")


def place_factors(
    place: str, medians: Iterable[PlaceMedian], parities: Iterable[StateParity]
) -> list[PlaceFactor]:
    """By what national pay is multiplied at a place, by occupation and for all other pay.

    ``medians`` are those of the function's occupations and of `ALL_OCCUPATIONS`. A
    printed median gives the ratio itself. Where the occupation is not printed there,
    its ratio in the state is moved by part of how all wages of the area differ from
    the state's; without that, part of the ratio of all wages is taken. All other pay
    of a state moves by its price parity.
    """
    rows = list(medians)
    everyone = next((row for row in rows if row.soc == ALL_OCCUPATIONS), None)
    factors = [
        PlaceFactor(place, row.soc, row.focus, *found, row.source)
        for row in rows
        if row.soc != ALL_OCCUPATIONS and (found := _of_occupation(row, everyone))
    ]
    return [*factors, *_of_all_pay(place, everyone, parities)]


def _of_occupation(row: PlaceMedian, everyone: PlaceMedian | None) -> tuple[float, str] | None:
    """The factor of one occupation, and what it rests on; None where nothing speaks for it."""
    if row.here:
        words = f"wages of {row.soc} there over the nation's, OEWS May {row.year}"
        return row.here / row.nation, words
    if everyone is None or not everyone.here:
        return None
    if row.in_state and everyone.in_state:
        beside = (everyone.here / everyone.in_state) ** FROM_ITS_STATE
        words = (
            f"estimated, since {row.soc} is not printed there: its wages in {row.state} over the "
            f"nation's, and {FROM_ITS_STATE:.0%} of how all wages there differ from the state's, "
            f"OEWS May {row.year}"
        )
        return row.in_state / row.nation * beside, words
    return _of_all_wages(everyone)


def _of_all_wages(everyone: PlaceMedian) -> tuple[float, str]:
    share = FROM_THE_AREA if everyone.state else OF_A_STATE
    words = (
        f"estimated: {share:.0%} of how all wages there differ from the nation's, OEWS May "
        f"{everyone.year}"
    )
    return ((everyone.here or everyone.nation) / everyone.nation) ** share, words


def _of_all_pay(
    place: str, everyone: PlaceMedian | None, parities: Iterable[StateParity]
) -> list[PlaceFactor]:
    for parity in parities:
        if parity.place == place:
            words = f"BEA regional price parity {parity.year}, prices and not pay"
            return [PlaceFactor(place, "", "", parity.factor, words, parity.source)]
    if everyone and everyone.here:
        return [PlaceFactor(place, "", "", *_of_all_wages(everyone), everyone.source)]
    return []

"""How pay of the whole country is converted to one place."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analytics.pricing.inputs import Place
from analytics.uncertainty.cells import AREA, STATE
from analytics.wage_rows import PlaceFactor, PlaceMedian

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
    occupation's wages move by the occupation's own ratio; other pay by that of all
    wages, which says more of another job than the ratio of one occupation does.
    ``kind`` is that of OEWS cells there.
    """

    def __init__(self, name: str = "", rows: Sequence[PlaceFactor] = (), kind: str = AREA) -> None:
        self.name, self.kind = name, kind
        self._by_soc = {row.soc: row for row in rows}

    def of(self, soc: str = "") -> Place:
        """The factor for an occupation, or for other pay, and where it is from."""
        if row := self._by_soc.get(soc, self._by_soc.get("")):
            return Place(row.factor, f"{self.name}: {row.said}", row.source, row.error)
        if not self.name:
            return Place()
        return Place(1.0, f"{self.name}: no ratio known", error="not stated")

    def from_there(self, stated: str, there: "Places | None") -> Place:
        """The factor for pay of a place ``stated``, which ``there`` converts national pay to.

        None where the stated place isn't one that is known: the figure stays, less certain.
        """
        here = self.name or "the whole country"
        if there is None:
            label = f"as published for {stated}; how pay there compares with {here} is not known"
            return Place(label=label, error="not stated")
        if there.name == self.name:
            return local_place(stated)
        to, away = self.of(), there.of()
        said = "; ".join(place.label for place in (away, to) if place.label)
        return Place(
            to.factor / away.factor,
            f"published for {stated}, moved to {here} ({said})",
            ", ".join(dict.fromkeys(place.origin for place in (away, to) if place.origin)),
            "place to place" if self.name else away.error,
        )

    def unstated(self) -> Place:
        """The factor for pay whose own place is not stated: as other pay, and less certain."""
        place = self.of()
        if not self.name:
            return Place(label="its place is not stated")
        return replace(place, label=f"{place.label}; its own is not stated", error="not stated")


def local_place(name: str) -> Place:
    """No factor: the figure is of one place already."""
    return Place(1.0, f"as published for {name}")


def cell_kind(medians: Iterable[PlaceMedian]) -> str:
    """The kind of the OEWS cells of the place that medians are of."""
    return STATE if any(row.kind == "state" for row in medians) else AREA


def place_factors(place: str, medians: Iterable[PlaceMedian]) -> list[PlaceFactor]:
    """By what national pay is multiplied at a place, by occupation and for all other pay.

    ``medians`` are those of the function's occupations and of `ALL_OCCUPATIONS`. A
    printed median gives the ratio itself. Where the occupation is not printed there,
    its ratio in the state is moved by part of how all wages of the area differ from
    the state's; without that, part of the ratio of all wages is taken, as for all
    other pay.
    """
    rows = list(medians)
    everyone = next((row for row in rows if row.soc == ALL_OCCUPATIONS), None)
    factors = [
        PlaceFactor(place, row.soc, *found, row.source)
        for row in rows
        if row.soc != ALL_OCCUPATIONS and (found := _of_occupation(row, everyone))
    ]
    if everyone and everyone.here:
        factors.append(PlaceFactor(place, "", *_of_all_wages(everyone), everyone.source))
    return factors


def _of_occupation(row: PlaceMedian, everyone: PlaceMedian | None) -> tuple[float, str, str] | None:
    """The factor of one occupation, what it rests on and its kind of error; None without any."""
    if row.here:
        words = f"wages of {row.soc} there over the nation's, OEWS May {row.year}"
        return row.here / row.nation, words, "median ratio"
    if everyone is None or not everyone.here:
        return None
    if row.in_state and everyone.in_state:
        beside = (everyone.here / everyone.in_state) ** FROM_ITS_STATE
        words = (
            f"estimated, since {row.soc} is not printed there: its wages in {row.state} over the "
            f"nation's, and {FROM_ITS_STATE:.0%} of how all wages there differ from the state's, "
            f"OEWS May {row.year}"
        )
        return row.in_state / row.nation * beside, words, "from its state"
    return _of_all_wages(everyone)


def _of_all_wages(everyone: PlaceMedian) -> tuple[float, str, str]:
    of_area = bool(everyone.state)
    share = FROM_THE_AREA if of_area else OF_A_STATE
    words = (
        f"estimated: {share:.0%} of how all wages there differ from the nation's, OEWS May "
        f"{everyone.year}"
    )
    error = "all wages, area" if of_area else "all wages, state"
    return ((everyone.here or everyone.nation) / everyone.nation) ** share, words, error

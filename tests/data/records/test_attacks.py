"""What somebody can work out who knows every head count and keeps all that was published.

Over the cells of every question that can be asked: no person's part of pay follows from
the exact sums by any linear combination, over all pay elements and two publications; and
nobody's place in the order of pay is pinned within 2 % by more than the percentiles of
their own block. The same attacks on free unions, and on a lattice published anew after
each load, show that they can succeed.
"""

from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd
import pytest

from analytics.disclosure import round_for_disclosure
from analytics.errors import InputError
from analytics.pay_bounds import PublishedFigure, closely_known, pay_bounds
from analytics.percentiles import PERCENTILES, percentile_name
from data.records.bands import PayRecords
from data.records.lattice import BLOCK, SHAPES
from data.records.published import publish, published_table
from data.records.question import RecordQuery
from data.store.migrations import prepare_team_tables
from tests.data.records.demo_store import Person, replace_records
from tests.data.records.test_disclosure import FILTERS, FOCUSES, LEVELS, PLACES, population

ELEMENTS = {
    "base": ("base",),
    "target_cash": ("base", "variable"),
    "total_comp": ("base", "variable", "equity"),
}
Cell = tuple[int, ...]


def staff(organizations: int, seed: int, people: int = 1_500) -> list[Person]:
    """People of one organization or of sixty; a quarter have no variable pay stated."""
    draw = np.random.default_rng(seed)
    return [
        person._replace(
            organisation=person.organisation if organizations > 1 else "Acme",
            variable=None if draw.random() < 0.25 else 100 * int(person.base * draw.random() / 500),
            equity=100 * int(person.base * draw.random() / 900),
        )
        for person in population(people, seed)
    ]


def publish_all(own, tmp_path, people: list[Person]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The published cells, and the people that they are of."""
    replace_records(own, people)
    prepare_team_tables(own)
    publish(own, PayRecords.open(own, tmp_path / "mine.duckdb"))
    bands = own.execute("select * from published_band order by position").df()
    return bands, own.execute("select * from published_from").df()


def cells_of(bands: pd.DataFrame, element: str, blocks: pd.DataFrame) -> dict[Cell, pd.Series]:
    """The cells of a pay element with anything to see, by the blocks that they consist of."""
    cells = {}
    for _, row in bands[(bands.pay_basis == element) & bands.p50.notna()].iterrows():
        inside = np.ones(len(blocks), bool)
        for name in row["shape"].split():
            inside &= (blocks[name] == row[name]).to_numpy()
        cells.setdefault(tuple(np.flatnonzero(inside).tolist()), row)
    return cells


def figures_of(cells: Mapping[Cell, Mapping[str, float]]) -> list[PublishedFigure]:
    return [
        PublishedFigure(blocks, p, row[percentile_name(p)])
        for blocks, row in cells.items()
        for p in PERCENTILES
        if not pd.isna(row[percentile_name(p)])
    ]


def stated(people: pd.DataFrame, element: str) -> pd.DataFrame:
    """Those who have an element, with their pay, and the number of their block."""
    parts = people[list(ELEMENTS[element])]
    having = people.assign(pay=parts.sum(axis=1) / 100)[parts.notna().all(axis=1)]
    return having.assign(block=having.groupby(list(BLOCK)).ngroup())


def unions(having: pd.DataFrame, count: int) -> dict[Cell, dict[str, float]]:
    """As many unions of two to seven blocks, as free filters would show them."""
    draw = np.random.default_rng(1)
    pays = [group.pay.to_numpy() for _, group in having.groupby("block")]
    chosen = {
        tuple(sorted(draw.choice(len(pays), draw.integers(2, 8), replace=False).tolist()))
        for _ in range(count)
    }
    return {
        blocks: dict(
            zip(
                map(percentile_name, PERCENTILES),
                round_for_disclosure(
                    np.quantile(np.concatenate([pays[i] for i in blocks]), PERCENTILES)
                ).tolist(),
                strict=True,
            )
        )
        for blocks in chosen
    }


def attack_as_pivot(own, tmp_path, organizations: int, seed: int) -> None:
    bands, people = publish_all(own, tmp_path, staff(organizations, seed))
    seen = 0
    for element in ELEMENTS:
        having = stated(people, element)
        blocks = having.drop_duplicates("block").sort_values("block")[list(BLOCK)]
        sizes = having.groupby("block").size().tolist()
        cells = cells_of(bands, element, blocks.reset_index(drop=True))
        alone = {cell: row for cell, row in cells.items() if row["shape"] == " ".join(BLOCK)}
        allowed = closely_known(pay_bounds(sizes, figures_of(alone)))
        together = pay_bounds(sizes, figures_of(cells))
        for bounds, (_, group) in zip(together, having.groupby("block"), strict=True):
            pay = np.sort(group.pay.to_numpy())  # the bounds are true
            assert (bounds[0] <= pay + 1e-6).all()
            assert (pay <= bounds[1] + 1e-6).all()
        assert closely_known(together) - allowed == set()
        assert len(cells) > len(alone) > 5
        seen += len(cells)
        if element == "base":
            free = pay_bounds(sizes, figures_of({**alone, **unions(having, 400)}))
            assert len(closely_known(free) - allowed) > 20
    assert seen > 90


@pytest.mark.parametrize("organizations", [1, 60])
def test_the_lattice_pins_nobody_further_than_their_own_block_does(own, tmp_path, organizations):
    attack_as_pivot(own, tmp_path, organizations, seed=6)


@pytest.mark.repeats
@pytest.mark.parametrize(("organizations", "seed"), list(product((1, 60), (7, 8, 9, 10))))
def test_the_lattice_pins_nobody_in_other_companies(own, tmp_path, organizations, seed):
    attack_as_pivot(own, tmp_path, organizations, seed)


def sums(bands: pd.DataFrame, people: pd.DataFrame, ids: dict[tuple, int]) -> list[frozenset[int]]:
    """The parts of pay in each published sum: an unknown for each amount of each person."""
    found = []
    for element, parts in ELEMENTS.items():
        having = people[people[list(parts)].notna().all(axis=1)]
        shown = bands[(bands.pay_basis == element) & bands.p50.notna()]
        for shape in SHAPES:
            labels = set(
                shown[shown["shape"] == " ".join(shape)][list(shape)].itertuples(False, None)
            )
            groups = having.groupby(list(shape)) if shape else [((), having)]
            found += [
                frozenset(ids[part, *row] for part in parts for row in keys(group, part))
                for label, group in groups
                if label in labels
            ]
    return found


def keys(people: pd.DataFrame, part: str) -> list[tuple]:
    """What tells an amount of a person apart; people have amounts of their own."""
    return list(people[["organisation", *BLOCK, "base", part]].itertuples(False, None))


def determined(cells: list[frozenset[int]], unknowns: int) -> list[int]:
    """The unknowns that follow from the sums of the cells by any linear combination.

    Unknowns that are in the same cells can't be told apart; they are one column.
    """
    cells_with: dict[int, list[int]] = {}
    for i, cell in enumerate(cells):
        for unknown in cell:
            cells_with.setdefault(unknown, []).append(i)
    alike: dict[tuple[int, ...], list[int]] = {}
    for unknown in range(unknowns):
        alike.setdefault(tuple(cells_with.get(unknown, ())), []).append(unknown)
    matrix = np.zeros((len(cells), len(alike)))
    for j, where in enumerate(alike):
        matrix[list(where), j] = 1
    _, strength, space = np.linalg.svd(matrix, full_matrices=False)
    space = space[strength > 1e-9 * strength[0]]
    in_space = (space**2).sum(axis=0) > 1 - 1e-6
    return [group[0] for group, found in zip(alike.values(), in_space, strict=True)
            if found and len(group) == 1]  # fmt: skip


@pytest.mark.parametrize(
    ("organizations", "people"),
    [(1, 500), (60, 500), *(pytest.param(n, 1_500, marks=pytest.mark.repeats) for n in (1, 60))],
)
def test_no_amount_follows_from_sums_over_all_elements_and_two_publications(
    own, tmp_path, organizations, people
):
    draw = np.random.default_rng(3)
    first = staff(organizations, 6, people)
    later = [
        person._replace(base=person.base + 12_300) if draw.random() < 0.03 else person
        for person in first
        if draw.random() > 0.01
    ] + [p._replace(base=p.base + 7_700) for p in staff(organizations, 11, 30)]
    published = [publish_all(own, tmp_path, each) for each in (first, later)]
    anew = published[0], publish_anew(own, tmp_path, later)
    counts = []
    for publications in (published, anew):
        rows = {
            (part, *row)
            for _, rows_of in publications
            for part in ("base", "variable", "equity")
            for row in keys(rows_of[rows_of[part].notna()], part)
        }
        ids = {row: i for i, row in enumerate(sorted(rows))}
        cells = [cell for bands, of in publications for cell in sums(bands, of, ids)]
        counts.append(len(determined(cells, len(ids))))
    assert counts[0] == 0
    assert counts[1] > 0  # published anew after each load, somebody is found


def publish_anew(own, tmp_path, people: list[Person]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """As if nothing had been published before."""
    own.execute("delete from published_from")
    return publish_all(own, tmp_path, people)


def test_of_4185_filters_only_those_that_choose_whole_cells_are_answered(own, tmp_path):
    bands, _ = publish_all(own, tmp_path, staff(60, seed=6))
    cells = set(map(tuple, bands[[percentile_name(p) for p in PERCENTILES]].fillna(0).to_numpy()))
    assert len(FILTERS) >= 3_500
    answered = refused = 0
    everything = {"place": tuple(PLACES), "level": tuple(LEVELS), "focus": tuple(FOCUSES)}
    for places, levels, focuses in FILTERS:
        where = {"place": places, "level": levels, "focus": focuses}
        chosen = tuple((n, v) for n, v in where.items() if len(v) < len(everything[n]))
        query = RecordQuery("USD", by=("level",), where=chosen, mode="aggregate")
        try:
            query.checked()
        except InputError:
            refused += 1
            continue
        answered += 1
        if answered % 5:
            continue
        table = published_table(own, query)
        shown = table[[percentile_name(p) for p in PERCENTILES]].fillna(0).to_numpy()
        assert set(map(tuple, shown)) <= cells
    assert (answered, refused) == (ANSWERED, len(FILTERS) - ANSWERED)


#: Every place with each choice of levels, and all focuses or one; and one place of one focus.
ANSWERED = sum(
    len(focuses) in (1, 4) and (len(places) == 5 or (len(places) == 1 and len(focuses) == 1))
    for places, _, focuses in FILTERS
)

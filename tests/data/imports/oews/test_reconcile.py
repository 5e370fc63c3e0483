"""A BLS release compared with what the store holds already."""

import re
from decimal import Decimal

import pytest

from analytics.errors import InputError
from data.imports.load import load_oews, reapply, withdraw
from data.imports.oews.reconcile import reconcile
from data.imports.oews.release import Release, read_release

COLUMNS = (
    "area,naics,own_code,occ_code,occ_title,o_group,tot_emp,a_mean,h_median,"
    "a_pct10,a_pct25,a_median,a_pct75,a_pct90"
)
NEW = '99,000000,1235,99-9999,Surgeons,detailed,1000,210000,100.5,90000,120000,{},"{}","{}"'


def release(row: str) -> tuple[Release, bytes]:
    content = f"{COLUMNS}\n{row}\n".encode()
    return read_release("national_M2024_dl.csv", content), content


def test_a_release_with_top_coded_wages_is_known_the_second_time(own):
    read, content = release(NEW.format(209_000, "#", "#"))
    ((_, occupation),) = read.occupations
    bounds = {w.statistic: w.value for w in occupation.wages if w.at_least}
    assert bounds == {"p75": Decimal(239_200), "p90": Decimal(239_200)}
    said, rejected = load_oews(own, read, content)
    assert rejected == []
    assert "1 rows in, 1 loaded, 0 rejected" in said
    found = reconcile(own, read)
    assert ([o.soc for o in found.known], found.new, found.contradicting) == (["99-9999"], [], [])
    again, rejected = load_oews(own, read, content)
    assert rejected == []
    assert "1 rows in, 1 loaded, 0 rejected" in again
    assert "nothing changed" in again


@pytest.mark.parametrize(
    ("change", "apart"),
    [
        ((209_000, 239_200, 239_200), ["p75", "p90"]),
        ((209_000, "#", 239_200), ["p90"]),
        ((209_001, "#", "#"), ["p50"]),
        ((209_000, "#", "*"), ["p90"]),
    ],
)
def test_a_bound_and_a_wage_of_the_same_amount_contradict_each_other(own, change, apart):
    load_oews(own, *release(NEW.format(209_000, "#", "#")))
    found = reconcile(own, release(NEW.format(*change))[0])
    assert (found.new, found.known) == ([], [])
    (problem,) = found.contradicting
    assert re.findall(r"p\d\d", problem.reason) == apart
    assert (problem.row, problem.value) == (2, "99-9999")


def test_what_a_withdrawn_load_held_is_new(own):
    load_oews(own, *release(NEW.format(209_000, "#", "#")))
    withdraw(own, 1)
    found = reconcile(own, release(NEW.format(200_000, "#", "#"))[0])
    assert [o.soc for o in found.new] == ["99-9999"]


@pytest.mark.parametrize("elsewhere", ["01,000000,1235", "99,621100,1235", "99,000000,5"])
def test_another_area_industry_or_owner_is_another_row(own, elsewhere):
    load_oews(own, *release(NEW.format(209_000, "#", "#")))
    row = NEW.format(150_000, 180_000, 200_000).replace("99,000000,1235", elsewhere)
    found = reconcile(own, release(row)[0])
    assert ([o.soc for o in found.new], found.contradicting) == (["99-9999"], [])


def test_of_two_loads_of_one_row_either_can_be_active_but_not_both(own):
    first, content = release(NEW.format(209_000, "#", "#"))
    load_oews(own, first, content)
    withdraw(own, 1)
    load_oews(own, *release(NEW.format(200_000, "#", "#")))
    with pytest.raises(InputError, match="load 2 has rows of load 1"):
        reapply(own, 1)
    withdraw(own, 2)
    reapply(own, 1)
    assert [o.soc for o in reconcile(own, first).known] == ["99-9999"]
    with pytest.raises(InputError, match="load 1 has rows of load 2"):
        reapply(own, 2)


def test_a_bound_below_a_printed_wage_is_no_contradiction():
    read, _ = release(NEW.format(209_000, 250_000, "#"))
    assert read.rejected == []
    ((_, occupation),) = read.occupations
    assert [(w.value, w.at_least) for w in occupation.wages[-2:]] == [
        (Decimal(250_000), False),
        (Decimal(239_200), True),
    ]

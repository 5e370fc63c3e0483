"""The stored ladder fits are those of today's inputs, and nothing else is taken for them."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from analytics.errors import SeedError
from analytics.ladder_model import Assumptions, LadderFit
from data.build.build import JOINT_SETS, build, ladder_fits_json, shipped_inputs
from data.build.seed_files import SEEDS
from data.imports.ladder_fits import FILE_NAME, FitInputs, fit_scenarios, read_fits
from data.store.connection import open_to_read
from tests.commands import bandstand
from tests.conftest import LEVELS_FYI

DEFAULT = FitInputs(LEVELS_FYI, 242_000.0, Assumptions())


@pytest.fixture
def stored():
    return read_fits(SEEDS)


def as_fitted(again: LadderFit, stored: LadderFit) -> None:
    for name in ("log_median", "sigma"):
        assert getattr(again, name) == pytest.approx(getattr(stored, name), abs=1e-6)
    for name in ("share", "mixture"):
        logs = np.log(getattr(again, name))
        assert logs == pytest.approx(np.log(getattr(stored, name)), abs=1e-6)
    assert again.worst_miss == pytest.approx(stored.worst_miss, abs=1e-6)


@pytest.mark.slow
def test_a_sample_of_what_is_stored_fitted_anew(stored):
    inputs = shipped_inputs()
    assert [i.digest() for i in inputs.values()] == list(stored), "stale: 'bandstand fit ladder'"
    assert len(inputs) == 16 + JOINT_SETS + 12
    for name in [*list(inputs)[:16:5], "together 1", "together 400", "together 800"]:
        as_fitted(inputs[name].fit(), stored[inputs[name].digest()])


def test_enough_sets_that_vary_together_meet_what_is_published(store):
    con = open_to_read(store)
    ((admissible,),) = con.execute(
        "select count(*) from model_scenario where scenario like 'together %' and admissible"
    ).fetchall()
    con.close()
    assert admissible >= 500


@pytest.mark.slow
@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.repeats)])
def test_the_command_fits_anew(tmp_path, monkeypatch, stored, every):
    """Each fit of the 29 that are no joint draw, or one in nine, as it is kept in the file."""
    monkeypatch.setattr("data.build.build.JOINT_SETS", 1)
    inputs = shipped_inputs()
    assert len(inputs) == 16 + 1 + 12
    chosen = dict(list(inputs.items())[::every])
    monkeypatch.setattr("data.build.build.shipped_inputs", lambda _: chosen)
    out = tmp_path / FILE_NAME
    out.write_text(ladder_fits_json(), encoding="utf-8")
    again = read_fits(tmp_path)
    assert list(again) == [each.digest() for each in chosen.values()]
    for digest, fit in again.items():
        as_fitted(fit, stored[digest])


def test_a_stored_fit_is_taken_as_it_is(stored):
    assert fit_scenarios({"default": DEFAULT}, stored)["default"] is stored[DEFAULT.digest()]


@pytest.mark.parametrize(
    "changed",
    [
        replace(DEFAULT, anchor=250_000.0),
        replace(DEFAULT, published={**LEVELS_FYI, 0.5: 133_000.0}),
        replace(DEFAULT, assumptions=Assumptions(dispersion=0.39)),
    ],
    ids=["anchor", "published", "assumptions"],
)
def test_other_inputs_are_fitted_anew(stored, changed):
    fit = fit_scenarios({"default": changed}, stored)["default"]
    moved = np.abs(fit.log_median - stored[DEFAULT.digest()].log_median).max()
    assert 1e-4 < moved < 0.1


def test_another_version_of_the_model_is_fitted_anew(monkeypatch):
    before = DEFAULT.digest()
    monkeypatch.setattr("data.imports.ladder_fits.MODEL_VERSION", 2)
    assert DEFAULT.digest() != before


def test_a_build_takes_the_fits_beside_its_seeds(tmp_path):
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    file = seeds / FILE_NAME
    content = json.loads(file.read_text(encoding="utf-8"))
    content[DEFAULT.digest()]["log_median"][0] = 11.0
    file.write_text(json.dumps(content), encoding="utf-8")
    build(tmp_path / "store.duckdb", seeds)
    con = open_to_read(tmp_path / "store.duckdb")
    p1 = "select log_median from modelled_level where scenario = 'default' and level = 'P1'"
    assert con.execute(p1).fetchone() == (11.0,)
    con.close()


def test_progress_is_told_up_to_the_whole(stored):
    shares: list[float] = []
    fit_scenarios({"a": DEFAULT, "b": DEFAULT}, stored, shares.append)
    assert shares == [0.5, 1.0]


def test_without_the_file_nothing_is_stored(tmp_path):
    assert read_fits(tmp_path) == {}


@pytest.mark.parametrize("content", ["{", "[]", '{"abc": {"sigma": [1]}}', '{"abc": 1}'])
def test_a_broken_file_says_how_to_get_a_whole_one(tmp_path, content):
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    with pytest.raises(SeedError, match="bandstand fit ladder"):
        read_fits(tmp_path)


def test_a_place_that_cant_be_written_is_told(tmp_path):
    answer = bandstand("fit", "ladder", "--out", str(tmp_path / "no" / "fits.json"))
    assert answer.returncode == 2
    assert "can't be written" in answer.stderr

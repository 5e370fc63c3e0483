"""The ladder of a function of the team's own, modelled from the pay of the whole function."""

import re

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from analytics.errors import InputError, UnknownNameError
from analytics.market_tables import band_table, level_difference_table, sources_of
from data.build.build import build
from data.catalog.market import read_market
from data.catalog.pay_answers import read_answer
from data.catalog.pay_questions import find_question
from data.catalog.pay_sources import read_sources
from data.imports.ladder_fits import FitInputs
from data.imports.ladder_requests import forget_model, request_model
from data.imports.load import load_oews, load_taxonomy, reapply, withdraw
from data.imports.oews.release import read_release
from data.imports.taxonomy.files import FOLDER, files_in_folder
from data.store.connection import open_to_write
from queries import run
from tests.commands import bandstand
from tests.data.imports.oews.test_reconcile import COLUMNS

Con = duckdb.DuckDBPyConnection
FUNCTION = "example-data-engineering"
TITLE = "Example: Data Engineering"
LEVELS = ["P1", "P2", "P3", "P4", "M3", "M4"]
#: What BLS prints of 15-1243 in the nation, May 2025.
PRINTED = {0.1: 86_240, 0.25: 109_370, 0.5: 139_500, 0.75: 169_290, 0.9: 204_000}


@pytest.fixture
def files() -> dict[str, bytes]:
    return files_in_folder(FOLDER)


@pytest.fixture
def no_new_fit(monkeypatch):
    """Every fit is kept, or comes with the program: none is made."""

    def refuse(inputs: FitInputs) -> None:
        raise AssertionError(f"a fit was made: {inputs}")

    monkeypatch.setattr(FitInputs, "fit", refuse)


def bands(con: Con, function: str = TITLE) -> pd.DataFrame:
    table = band_table(read_market(con))
    return table[(table.function == function) & (table.focus == function)].reset_index(drop=True)


def only_default(files: dict[str, bytes], **more: str) -> dict[str, bytes]:
    """The example under one set of assumptions and a second that is no different."""
    model = f"function,scenario,parameter,value,reason\n{FUNCTION},default,,,Ours\n"
    model += f"{FUNCTION},again,parity_gap,0.05,The same\n"
    return (
        files
        | {"ladder_model.csv": model.encode()}
        | {f"{name}.csv": body.encode() for name, body in more.items()}
    )


@pytest.mark.usefixtures("no_new_fit")
def test_the_example_is_modelled_from_its_occupation_and_meets_what_bls_prints(own, files):
    before = bands(own, "Customer Success")
    said = load_taxonomy(own, files, "example")
    assert "modelled from 15-1243 Database Architects, OEWS wage, under 12 sets" in said
    rows = bands(own)
    assert rows.level.tolist() == LEVELS
    assert set(rows.status) == {"modelled"}
    assert set(rows.pay_basis) == {"oews_wage"}
    assert set(rows.source) == {f"ladder-model-{FUNCTION}, bls-oews"}
    assert (np.diff(rows.p50[:4]) > 0).all()
    assert rows.p50[5] > rows.p50[4]
    # Independent of the fit's own code: the share of people up to each printed wage.
    fitted = own.execute(
        "select log_median, sigma, share from modelled_level "
        "where ladder = ? and scenario = 'default'",
        [FUNCTION],
    ).df()
    for p, wage in PRINTED.items():
        assert sum(
            row.share * norm.cdf(np.log(wage * 1.01), row.log_median, row.sigma)
            for row in fitted.itertuples()
        ) > p * sum(fitted.share)
        assert sum(
            row.share * norm.cdf(np.log(wage / 1.01), row.log_median, row.sigma)
            for row in fitted.itertuples()
        ) < p * sum(fitted.share)
    pd.testing.assert_frame_equal(bands(own, "Customer Success"), before)


def test_it_shows_as_an_answer_with_its_assumption_and_in_steps_and_sources(own, files):
    load_taxonomy(own, files, "example")
    question, _ = find_question(own, "EXDATA1.EXAMPLEDCDC7.P3", "", "base", 50, "2026-11")
    answer = read_answer(own, question)
    assert answer.priced is not None
    (used,) = answer.priced.used
    offered = read_sources(own, read_market(own), vars(question.job))
    # The occupation that the ladder is fitted to is no second opinion.
    assert {s.name: s.family for s in offered} == {
        "Modelled ladder, P3": f"modelled ladder {FUNCTION}",
        "BLS 15-1243 Database Architects": f"modelled ladder {FUNCTION}",
    }
    assert used.source.name == "Modelled ladder, P3"
    assert "the BLS wage" in used.bridge_label
    assert [row.level for row in answer.ladder] == LEVELS
    market = read_market(own)
    steps = level_difference_table(market, ladder=FUNCTION)
    assert list(zip(steps.start, steps.end, strict=True)) == [
        ("P1", "P2"), ("P2", "P3"), ("P3", "P4"), ("P4", "M3"), ("M3", "M4"),
    ]  # fmt: skip
    named = sources_of(market.sources, bands(own)).set_index("source")
    assert set(named.index) == {f"ladder-model-{FUNCTION}", "bls-oews"}
    method = named.method[f"ladder-model-{FUNCTION}"]
    assert "Your assumptions: dispersion 0.22, management_step 0.2" in method
    assert "No pay of M6 is given" in method


@pytest.mark.usefixtures("no_new_fit")
def test_it_goes_with_its_load_and_comes_back_and_a_rebuild_keeps_it(own, files, tmp_path):
    load_taxonomy(own, files, "example")
    loaded = bands(own)
    withdraw(own, 1)
    assert bands(own).empty
    assert not own.execute("from source where starts_with(source, 'ladder-model-')").fetchall()
    reapply(own, 1)
    pd.testing.assert_frame_equal(bands(own), loaded)
    path = tmp_path / "mine.duckdb"
    own.close()
    build(path)
    con = open_to_write(path)
    pd.testing.assert_frame_equal(bands(con), loaded)
    con.close()


PAY = "function,subject,pay_basis,currency,place,as_of,n,p10,p25,p50,p75,p90\n"


def test_pay_of_the_function_itself_comes_before_an_occupation_and_is_fitted_once(
    own, files, monkeypatch
):
    pay = f"{PAY}{FUNCTION},Our survey,total_comp,EUR,,2026-03,412,,70000,90000,120000,\n"
    said = load_taxonomy(own, only_default(files, pay=pay), "own pay")
    assert "modelled from Our survey, total compensation, under 2 sets of assumptions" in said
    rows = bands(own)
    assert set(zip(rows.pay_basis, rows.currency, rows.place, strict=True)) == {
        ("total_comp", "EUR", "not stated")
    }
    assert set(rows.source) == {f"ladder-model-{FUNCTION}, own-load-1"}
    assert (
        run(own, "modelled_levels")
        .query("ladder == @FUNCTION")
        .sample_size.str.contains("own-load-1: 412")
        .all()
    )
    # Two scenarios of one meaning share one fit, which is kept.
    assert own.execute("select count(*) from ladder_fit").fetchone() == (1,)
    monkeypatch.setattr(FitInputs, "fit", None)
    withdraw(own, 1)
    reapply(own, 1)
    pd.testing.assert_frame_equal(bands(own), rows)


def test_two_percentiles_are_too_few_and_the_load_says_so(own, files):
    pay = f"{PAY}{FUNCTION},Our survey,base,USD,US,2026-03,,,70000,90000,,\n"
    nobody = {"occupations": "function,focus,level,soc,note\n", "pay": pay}
    said = load_taxonomy(own, only_default(files, **nobody), "thin")
    assert f"ladder of {FUNCTION}: not modelled: nothing gives 3 percentiles" in said
    assert bands(own).empty


def test_assumptions_that_miss_what_is_published_are_refused(own, files):
    model = (
        "function,scenario,parameter,value,reason\n"
        f"{FUNCTION},default,quantile_tolerance,0.5,\n"
        f"{FUNCTION},again,parity_gap,0.05,\n"
    )
    said = load_taxonomy(own, files | {"ladder_model.csv": model.encode()}, "wide")
    assert re.search(r"not modelled: .* is missed by \d+\.\d%, more than 1 %; loosen them", said)
    assert bands(own).empty


def test_a_function_is_modelled_on_request_and_no_longer(own, files):
    # Without Bandstand's alternatives one fit is enough.
    own.execute("delete from ladder_assumption where scenario <> 'default'")
    load_taxonomy(own, files | {"ladder_model.csv": b"function,scenario,parameter\n"}, "example")
    assert bands(own).empty
    said = request_model(own, "Example: data engineering", lambda _: None)
    assert "Bandstand's defaults for steps, near-parity of the tracks, spread inside" in said
    assert bands(own).level.tolist() == LEVELS
    assert forget_model(own, FUNCTION) == f"ladder of {FUNCTION}: modelled no longer"
    assert bands(own).empty
    with pytest.raises(InputError, match="modelled already, by Bandstand"):
        request_model(own, "customer-success")
    with pytest.raises(UnknownNameError, match="did you mean example-data-engineering"):
        request_model(own, "example-data-enginering")


def test_a_newer_release_moves_the_model_and_its_withdrawal_moves_it_back(own, files):
    load_taxonomy(own, only_default(files), "example")
    before = bands(own)
    row = "99,000000,1235,15-1243,Database Architects,detailed,70000,150000,72,{}"
    wages = ",".join(f"{wage * 1.04:.0f}" for wage in PRINTED.values())
    content = f"{COLUMNS}\n{row.format(wages)}\n".encode()
    load_oews(own, read_release("national_M2026_dl.csv", content), content)
    after = bands(own)
    assert set(after.as_of) == {"2026-05"}
    assert set(after.source) == {f"ladder-model-{FUNCTION}, own-load-2"}
    # All percentiles 4 % higher: all levels 4 % higher, to the hundred that is shown.
    assert after.p50.tolist() == pytest.approx((before.p50 * 1.04).tolist(), abs=150)
    withdraw(own, 2)
    pd.testing.assert_frame_equal(bands(own), before)


def test_the_command_says_what_it_models(mine, tmp_path):
    assert bandstand("template", "taxonomy", str(tmp_path / "own")).returncode == 0
    assert "under 12 sets" in bandstand("load", "taxonomy", str(tmp_path / "own")).stdout
    said = bandstand("fit", "ladder", "--function", FUNCTION)
    assert "modelled from 15-1243 Database Architects" in said.stdout
    assert "modelled from" in bandstand("fit", "ladder", "--function", FUNCTION, "--forget").stdout
    assert bandstand("fit", "ladder", "--forget").returncode == 2
    assert bandstand("fit", "ladder", "--function", "canon").returncode == 2

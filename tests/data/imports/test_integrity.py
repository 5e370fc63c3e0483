"""Loads whose rows are no longer what their log says."""

import pytest

from data.imports.integrity import damaged_loads
from data.imports.load import load_oews, load_taxonomy
from data.imports.oews.release import read_release
from data.imports.taxonomy.files import FOLDER, files_in_folder
from data.imports.team_files.options import ImportOptions
from tests.data.loads import load

OEWS = (
    b"occ_code,occ_title,o_group,tot_emp,a_mean,h_median,a_pct10,a_pct25,a_median,a_pct75,a_pct90\n"
    b"99-9999,New,detailed,10,110000,50,60000,80000,105000,130000,170000\n"
    b"99-9998,Newer,detailed,10,110000,50,60000,80000,105000,130000,170000\n"
)


OCCUPATION, WAGE = "imported_occupation", "imported_wage"


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ([], []),
        # One of two is no damage: a row that the store holds already is not stored twice.
        ([f"delete from {t} where soc = '99-9998'" for t in (WAGE, OCCUPATION)], []),
        ([f"delete from {t}" for t in (WAGE, OCCUPATION)], ["0 rows", "2"]),
        ([f"delete from {OCCUPATION} where soc = '99-9998'"], ["6 wages"]),
        (
            [
                f"insert into {OCCUPATION} by name select * replace ('99-9997' as soc) "
                f"from {OCCUPATION} where soc = '99-9998'"
            ],
            ["3 rows", "2"],
        ),
    ],
)
def test_an_oews_load_that_lost_or_gained_rows_is_damaged(own, damage, told):
    load_oews(own, read_release("national_M2024_dl.csv", OEWS), OEWS)
    for statement in damage:
        own.execute(statement)
    found = damaged_loads(own)
    assert len(found) == bool(told)
    assert all(part in found[0] for part in told)


def test_a_survey_job_of_several_pay_elements_is_one_row(own):
    said = ImportOptions(set_values={"currency": "USD", "as_of": "2026-03"})
    text = "Title,Base P50,Target Cash P50\nCSM,117000,146000\nLead,95000,99000\n"
    load(own, "survey", text, said)
    assert damaged_loads(own) == []
    own.execute("delete from imported_survey where title = 'CSM'")
    (told,) = damaged_loads(own)
    assert "1 rows where 2 were loaded" in told


@pytest.mark.parametrize(
    "damage",
    [
        "update taxonomy_file set content = 'x'::blob where name = 'skills.csv'",
        "delete from taxonomy_file where name = 'skills.csv'",
        "delete from job_profile where source = 'own-load-1'",
    ],
)
def test_a_taxonomy_that_lost_its_files_or_profiles_is_damaged(own, damage):
    load_taxonomy(own, files_in_folder(FOLDER), "example")
    assert damaged_loads(own) == []
    own.execute(damage)
    (told,) = damaged_loads(own)
    assert told.startswith("load 1 (example, active)")

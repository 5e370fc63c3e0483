"""A level or profile column beside the titles: the level decides, conflicts are listed."""

from dataclasses import replace

import pytest

from analytics.errors import InputError
from data.imports.team_files.options import ImportOptions
from tests.commands import bandstand
from tests.data.imports.team_files.test_check import PEOPLE, RANGED
from tests.data.loads import bring, load

CSM = "CUSTOM1.CUSTOMER920B"
ROSTER = (
    "Employee ID,Title,Grade,Profile,Base\n"
    "1,Senior Customer Success Manager,P4,,124000\n"
    "2,Customer Success Manager,P3,,98000\n"
    "3,Customer Success Manager,,CSM level 2,80000\n"
    "4,Line Cook,P2,,31000\n"
)


def codes(own) -> list[str | None]:
    return [code for (code,) in own.execute("select code from employee order by row").fetchall()]


def test_the_level_column_outranks_the_words_of_the_title(own):
    said = load(own, "roster", ROSTER, PEOPLE)
    assert said == "load 1: 4 rows in, 4 loaded, 0 rejected; 3 match a profile"
    assert codes(own) == [f"{CSM}.P4", f"{CSM}.P3", f"{CSM}.P2", None]
    ((reason,),) = own.execute("select reason from employee where row = 2").fetchall()
    assert reason.endswith("its level P4 decides; the title alone means P3")


def test_a_level_of_the_teams_own_is_mapped_once_and_kept_with_the_mapping(own):
    text = "ID,Title,Level,Base\n1,Customer Success Manager,Senior,124000\n"
    found = bring("roster", text, PEOPLE)
    assert found.report.own_levels == ("Senior",)
    assert "--map-level 'P4=Senior'" in found.report.warnings()[-1]
    mapped = replace(PEOPLE, levels={"senior": "P4", "Lead": "P5"})
    load(own, "roster", text, mapped)
    assert codes(own) == [f"{CSM}.P4"]
    kept = bring("roster", text, mapped).report.layout.as_options().to_json()
    again = ImportOptions.from_json(kept)
    assert again.levels == {"senior": "P4", "Lead": "P5"}
    assert bring("records", "Company,Level,Base\nA,SENIOR,1\n",
                 ImportOptions(set_values={"currency": "USD", "effective_date": "2026-03"},
                               levels=again.levels)).values("level") == ["P4"]  # fmt: skip


def test_a_level_is_mapped_to_one_of_the_ladder():
    with pytest.raises(InputError, match="the level of 'Senior', 'P9': use P1 or P2"):
        bring("roster", ROSTER, replace(PEOPLE, levels={"Senior": "P9"}))


def test_the_command_maps_a_level_and_lists_the_conflicts(mine, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("ID,Title,Level,Base\n1,Customer Success Manager,Lead,124000\n"
                    "2,Senior Customer Success Manager,P4,124000\n")  # fmt: skip
    said = bandstand("load", "roster", str(file), "--set", "currency=USD", "--set",
                     "as_of=2026-03", "--map-level", "p5=Lead", "--dry-run")  # fmt: skip
    assert said.returncode == 0
    assert "levels Lead is P5" in said.stderr
    conflict = "1 row: its level P4 decides; the title alone means P3 (first in row 3)"
    assert f"check: {conflict}" in said.stderr
    wrong = bandstand("load", "roster", str(file), "--map-level", "Lead")
    assert (wrong.returncode, "write it as OURS=OWN" in wrong.stderr) == (2, True)


def test_a_range_of_an_unknown_profile_is_of_its_level(own):
    text = "Profile,Level,Min,Max\nCSM 3,P3,90000,120000\n"
    assert load(own, "ranges", text, RANGED) == "load 1: 1 rows in, 1 loaded, 0 rejected"

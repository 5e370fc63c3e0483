"""The file of rows left out holds nothing of the columns that look private."""

from dataclasses import replace
from pathlib import Path

from data.imports.team_files.options import ImportOptions
from tests.commands import bandstand
from tests.data.loads import bring

PEOPLE = ImportOptions(set_values={"currency": "USD", "as_of": "2026-03-01"})
ROSTER = (
    "ID,Employee Name,Contact,Title,Base\n"
    "1,Ann Alpha,ann@example.org,CSM,unknown\n"
    "2,Ben Beta,ben@example.org,CSM,95000\n"
    "3,Cleo, Gamma,cleo@example.org,CSM,90000\n"
)


def test_names_and_addresses_are_masked_and_the_rest_stays_to_be_fixed():
    found = bring("roster", ROSTER, PEOPLE)
    header, unreadable, shifted = found.rejects
    assert header[4:] == ["ID", "Employee Name", "Contact", "Title", "Base"]
    assert unreadable == [
        "2", "Base", "unknown", "is not an amount of pay",
        "1", "(private)", "(private)", "CSM", "unknown",
    ]  # fmt: skip
    # A comma too many moves the name into other columns, so that no cell is safe to show.
    assert set(shifted[4:]) == {"(private)"}
    assert not any(name in str(found.rejects) for name in ("Ann", "Cleo", "Gamma", "@"))


def test_a_fixed_file_loads_and_the_masked_columns_stay_out():
    header, unreadable, _ = bring("roster", ROSTER, PEOPLE).rejects
    fixed = [header, [*unreadable[:-1], "91000"]]
    again = bring("roster", "\n".join(map(",".join, fixed)), PEOPLE)
    assert (again.values("employee_id"), again.values("base")) == (["1"], [91_000])
    assert "(private)" not in str(again.rows)


def test_a_private_column_that_was_asked_for_is_not_masked():
    asked = replace(PEOPLE, columns={"employee_id": "Contact"}, keep=("Employee Name",))
    (_, row, *_) = bring("roster", ROSTER.replace(", Gamma", ""), asked).rejects
    assert row[4:] == ["1", "Ann Alpha", "ann@example.org", "CSM", "unknown"]


def test_lines_of_another_encoding_are_listed_without_their_words():
    content = ROSTER.encode() + "4,Zoë,zoe@example.org,CSM,90000\n".encode() * 2
    content += "5,Zoë,zoe@example.org,CSM,90000\n".encode("cp1252")
    report = bring("roster", content, PEOPLE).report
    assert [str(line) for line in report.odd_lines.first] == ["line 7 as Windows-1252"]
    assert not any("Zo" in warning for warning in report.warnings())


def test_the_command_says_what_it_masks(tmp_path: Path, mine):
    file, out = tmp_path / "people.csv", tmp_path / "left-out.csv"
    file.write_text(ROSTER)
    said = bandstand("load", "roster", str(file), "--set", "currency=USD", "--set",
                     "as_of=2026-03", "--dry-run", "--reject-to", str(out))  # fmt: skip
    assert "masked, since it looks private: Employee Name, Contact" in said.stderr
    text = out.read_text(encoding="utf-8-sig")
    assert "(private)" in text
    assert not any(name in text + said.stderr for name in ("Ann", "Gamma", "@"))

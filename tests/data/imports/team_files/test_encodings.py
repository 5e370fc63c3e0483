"""Texts whose lines have different encodings: each is read by its own, and the odd ones listed."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.errors import InputError
from data.files.line_encodings import OddLine
from tests.commands import bandstand
from tests.data.loads import SAID, bring

HEADER = b"Company,Base\n"
UTF8, WINDOWS = "Société,95000\n".encode(), "Société,91000\n".encode("cp1252")


def read(content: bytes, encoding: str = ""):
    return bring("records", content, replace(SAID, encoding=encoding))


def odd(content: bytes) -> tuple[str, list[OddLine]]:
    table = read(content).report.layout.table
    return table.encoding, list(table.odd_lines.first)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_windows_line_in_a_text_of_utf8_is_read_and_listed(mark, end):
    content = mark + (HEADER + UTF8 * 3 + WINDOWS).replace(b"\n", end)
    assert read(content).values("organisation") == ["Société"] * 4
    assert odd(content) == ("utf-8", [OddLine(5, "cp1252", "Société,91000")])
    (warning,) = read(HEADER + UTF8 + WINDOWS).report.warnings()
    assert warning.startswith(
        "the text is UTF-8 except for 1 line, read by its own encoding: "
        "line 3 as Windows-1252: 'Société,91000'"
    )


def test_a_line_of_utf8_in_a_text_of_windows_1252_is_read_and_listed():
    content = HEADER + WINDOWS * 3 + UTF8
    assert read(content).values("organisation") == ["Société"] * 4
    assert odd(content) == ("cp1252", [OddLine(5, "utf-8", "Société,95000")])


def test_a_text_of_one_encoding_lists_nothing():
    for content in (HEADER + UTF8 * 3, HEADER + WINDOWS * 3):
        assert odd(content)[1] == []
        assert read(content).report.warnings()[1:] == []


def test_a_line_that_could_be_either_has_the_encoding_of_most_and_is_listed_where_in_doubt():
    chance = "CAFÉ’S,90000\n".encode("cp1252")  # also UTF-8 for CAF, U+0252, S
    content = HEADER + WINDOWS + WINDOWS + chance
    assert read(content).values("organisation")[-1] == "CAFÉ’S"
    assert odd(content) == ("cp1252", [OddLine(4, "cp1252", "CAFÉ’S,90000")])
    polish = HEADER + "Wałęsa,90000\n".encode() * 2 + WINDOWS
    assert read(polish).values("organisation") == ["Wałęsa", "Wałęsa", "Société"]
    assert odd(polish) == ("utf-8", [OddLine(4, "cp1252", "Société,91000")])


@pytest.mark.parametrize(
    "damaged",
    ["Büro,".encode() + b"\xff5\n", b"Caf\x81,95000\n"],
    ids=["half UTF-8", "neither"],
)
def test_a_line_of_neither_or_of_both_is_refused_with_its_row(damaged):
    with pytest.raises(InputError, match=r"a byte, in row 3 or later, that is not"):
        read(HEADER + UTF8 + damaged)


def test_an_encoding_that_is_named_is_kept_and_the_lines_that_it_garbles_are_told():
    found = read(HEADER + UTF8 + WINDOWS, "cp1252")
    assert found.values("organisation") == ["SociÃ©tÃ©", "Société"]
    said = "1 line is proper UTF-8, and read as Windows-1252 as you asked: line 2"
    assert found.report.warnings()[0].startswith(said)
    with pytest.raises(InputError, match=r"in row 3 or later, that is not utf-8"):
        read(HEADER + UTF8 + WINDOWS, "utf-8")


def test_a_cell_over_two_lines_stays_one_and_line_ends_stay(tmp_path: Path):
    content = HEADER + UTF8 + b'"Caf\xe9\nNord",95000\n'
    assert read(content).values("organisation") == ["Société", "Café\nNord"]
    file = tmp_path / "mixed.csv"
    file.write_bytes(HEADER + WINDOWS + UTF8 * 3 + WINDOWS)
    said = bandstand("load", "records", str(file), "--set", "currency=USD", "--set",
                     "effective_date=2026-03", "--dry-run")  # fmt: skip
    assert "  line 6 as Windows-1252: 'Société,91000'" in said.stderr.splitlines()

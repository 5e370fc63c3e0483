"""Odd folders, files and words: words in answer, never a traceback."""

import tempfile
from pathlib import Path

import pytest

from data.files.problems import FileError
from data.files.scratch import scratch_folder
from tests.commands import bandstand
from tests.data.loads import SAID, bring

#: What Python makes of bytes of the command line that are not UTF-8.
NO_TEXT = b"a\xed\xa0\x80\xff".decode("utf-8", "surrogateescape")


@pytest.fixture
def pay(tmp_path: Path) -> str:
    (tmp_path / "pay.csv").write_text("Organisation,Base\nAcme,90000\n")
    return str(tmp_path / "pay.csv")


def test_folders_of_odd_names_in_the_temporary_folder_are_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    names = [
        "bandstand-1a-x",
        "bandstand-99999999999999999999-x",
        "bandstand--1-x",
        "bandstand-²-x",
    ]
    for name in [*names, "bandstand-999999999-left"]:
        (tmp_path / name).mkdir()
    with scratch_folder():
        assert not (tmp_path / "bandstand-999999999-left").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(names)


@pytest.mark.parametrize(
    "option",
    ["--map", "--set", "--name", "--keep", "--map-level", "--sheet", "--save-map", "--delimiter"],
)
def test_an_option_that_is_no_text_is_refused(store, pay, option):
    for words in ((option, NO_TEXT), (option, f"place={NO_TEXT}"), (f"{option}={NO_TEXT}",)):
        answer = bandstand("load", "records", pay, *words, "--dry-run")
        assert answer.returncode == 2
        assert "is not text in UTF-8; type it anew" in answer.stderr


@pytest.mark.parametrize("word", ["a" * 300, "base=" + "a" * 300, "a\0b"])
def test_a_mapping_s_name_that_no_file_can_have_is_no_file(store, pay, word):
    answer = bandstand("load", "records", pay, "--map", word, "--dry-run")
    assert answer.returncode == 2
    assert answer.stderr.startswith("bandstand: ")


def test_a_mapping_s_file_that_is_deep_is_refused(store, pay, tmp_path):
    (tmp_path / "deep.json").write_text("[" * 200_000)
    answer = bandstand("load", "records", pay, "--map", str(tmp_path / "deep.json"))
    assert answer.returncode == 2
    assert "not a mapping" in answer.stderr


def test_many_blank_lines_are_no_rows():
    found = bring("records", "Organisation,Base\n" + "\n" * 300_000 + "Acme,50000\n", SAID)
    assert found.report.rows_in == 1


@pytest.mark.parametrize("newline", ["", "\n"])
def test_a_cell_of_many_megabytes_is_refused_before_it_is_taken_apart(newline):
    text = "Organisation,Base\nAcme,5\n" + "x" * 17_000_000 + f"{newline},5\n"
    with pytest.raises(FileError, match="line of over 8,388,608 bytes"):
        bring("records", text)

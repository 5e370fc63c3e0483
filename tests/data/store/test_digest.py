"""SHA-256 of files and of bytes, against the values that FIPS 180 gives."""

from data.files.parquet import digest
from data.imports.taxonomy.files import files_digest
from data.store.digest import sha256

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_file_and_its_bytes_have_one_digest(tmp_path):
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256(b"abc") == sha256(tmp_path / "abc") == digest([tmp_path / "abc"]) == ABC


def test_digests_of_several_files_are_those_that_earlier_loads_were_logged_with(tmp_path):
    files = [tmp_path / "a", tmp_path / "b"]
    for file in files:
        file.write_bytes(b"abc")
    assert digest(files) == "ef0b92fb2a4b58805e0538769342076c79f68fe9dae077fe6bc5c418a4bab706"
    assert (
        files_digest({"b.csv": b"abc", "a.csv": b"abc"})
        == "6e99589427dd87ab66ac27c5902c664f9227a89cddddd46cb3717dd17b011ccf"
    )

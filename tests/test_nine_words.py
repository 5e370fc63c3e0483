"""No nine consecutive words of the documents that facts were taken from stand in the repository."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import HOME
from tests.coverage.nine_words import BYTES, HASHES, digest, found_runs, main, read_hashes, runs

ENDINGS = {".py", ".sql", ".md", ".toml", ".csv", ".txt", ".html"}
BLS_PAGE = (
    "https://www.bls.gov/ooh/office-and-administrative-support/customer-service-representatives.htm"
)
#: File → passages of it that can't be said otherwise, each with the reason.
ALLOWED = {
    "data/seeds/occupation_outlook.toml": {BLS_PAGE: "the address of the page that is cited"},
    "tests/test_nine_words.py": {BLS_PAGE: "names that address, to allow it"},
}


def tracked_files() -> list[Path]:
    """The text files of the repository, those not yet committed included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=True, cwd=HOME,
    ).stdout  # fmt: skip
    files = [HOME / name for name in listed.split("\0") if name]
    return [path for path in files if path.suffix in ENDINGS and path.exists()]


def test_no_run_of_the_documents_stands_in_the_repository():
    hashes = read_hashes()
    found = {
        f"{name}: {run}"
        for path in tracked_files()
        for name in [path.relative_to(HOME).as_posix()]
        for run in found_runs(path.read_text(encoding="utf-8", errors="replace"), hashes)
        if run not in allowed_runs(name)
    }
    assert not found


def allowed_runs(name: str) -> set[str]:
    return {run for passage in ALLOWED.get(name, {}) for run in runs(passage)}


@pytest.mark.parametrize("name", ALLOWED)
def test_every_allowed_run_is_needed_and_has_its_reason(name):
    found = found_runs((HOME / name).read_text(encoding="utf-8"), read_hashes())
    assert set(found) == allowed_runs(name)
    assert all(ALLOWED[name].values())


def test_the_hashes_are_sorted_distinct_and_small():
    packed = HASHES.read_bytes()
    listed = [packed[i : i + BYTES] for i in range(0, len(packed), BYTES)]
    assert listed == sorted(set(listed))
    assert len(listed) > 5_000
    assert len(packed) < 60_000


def test_a_copied_sentence_is_found_whatever_its_case_and_signs(tmp_path, monkeypatch):
    copied = "The quick brown fox, said Ann, jumps over 13 lazy dogs today."
    (tmp_path / "a.txt").write_text(copied, encoding="utf-8")
    monkeypatch.setattr("tests.coverage.nine_words.HASHES", tmp_path / "hashes.bin")
    main(str(tmp_path))
    hashes = read_hashes(tmp_path / "hashes.bin")
    assert hashes == {digest(run) for run in runs(copied)}
    assert len(hashes) == 4
    text = "x = 'the QUICK brown (fox) said'\n    'ann jumps over 13; and so on'"
    assert found_runs(text, hashes) == ["the quick brown fox said ann jumps over 13"]
    assert found_runs("the quick brown fox said ann jumps over 14", hashes) == []


@pytest.mark.parametrize("text", ["", "eight words are not enough to find one"])
def test_a_short_text_has_no_run(text):
    assert list(runs(text)) == []

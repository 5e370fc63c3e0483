"""A short run of the fuzzing that `make fuzz` does at length."""

import pytest

from tests.fuzz import fuzz


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.repeats)])
def test_mutated_files_are_read_asked_about_or_refused_and_no_row_is_lost(seed):
    counts = fuzz(seed, lambda files: files < 30)
    assert sum(counts.values()) == 30
    assert min(counts["read"], counts["refused"]) > 3

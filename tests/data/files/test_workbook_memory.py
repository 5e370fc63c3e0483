"""The process that reads a workbook is held to its memory, and says so."""

import io
import sys

import openpyxl
import pytest

from data.files.problems import FileError
from data.files.workbook import read_workbook


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to it")
def test_a_workbook_over_the_memory_limit_is_refused_with_that_reason(monkeypatch):
    monkeypatch.setenv("BANDSTAND_WORKBOOK_MEMORY_MB", "60")
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(FileError, match="over the limit of 60 megabytes of memory"):
        read_workbook("b.xlsx", out.getvalue())

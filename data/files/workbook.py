"""Read Excel workbooks of unknown origin in a child process under limits."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa

from data.files.problems import FileError
from data.files.workbook_child import TOO_MUCH_MEMORY, TOO_MUCH_TEXT
from data.files.workbook_size import check_size, open_workbook
from data.store.settings import limit, limit_message

#: What the reader, or a library as it is loaded, says when it ends for want of memory.
_NO_MEMORY = re.compile(
    rb"memory allocation|memoryerror|allocate memory|failed to map segment|pthread_create failed",
    re.I,
)


@dataclass(frozen=True)
class Sheet:
    """One sheet: every cell as text, from its first row on.

    Empty columns to the left are left out.
    """

    name: str
    table: pa.Table


def read_workbook(name: str, content: bytes) -> list[Sheet]:
    """The visible sheets of a workbook, read by a child process under limits.

    Its size is checked while the child reads; a child that would exhaust the
    machine ends at its own limits. Raises `FileError`, naming the limit, if
    the file inflates too far, its cells reach too far, or it can't be read.
    """
    open_workbook(name, content)
    child = subprocess.Popen(
        [sys.executable, "-m", "data.files.workbook_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with child, ThreadPoolExecutor(1) as beside:
        answer = beside.submit(child.communicate, content, limit("WORKBOOK_SECONDS"))
        try:
            check_size(name, content)
            out, said = answer.result()
        except subprocess.TimeoutExpired:
            raise FileError(
                name,
                f"took too long to read, {limit_message('WORKBOOK_SECONDS')}",
                "or save it as CSV",
            ) from None
        finally:
            child.kill()
    if child.returncode == TOO_MUCH_TEXT:
        raise FileError(name, f"its text is {limit_message('WORKBOOK_MB')}", "or save it as CSV")
    if child.returncode == TOO_MUCH_MEMORY or _NO_MEMORY.search(said):
        raise FileError(name, f"is {limit_message('WORKBOOK_MEMORY_MB')}", "or save it as CSV")
    if child.returncode:
        raise FileError(
            name, "can't be read as a workbook", "open it in Excel and save it again, or as CSV"
        )
    return list(_sheets(out))


def _sheets(out: bytes) -> list[Sheet]:
    source = pa.BufferReader(out)
    sheets = []
    while source.tell() < len(out):
        table = pa.ipc.open_stream(source).read_all()
        sheets.append(Sheet(table.schema.metadata[b"sheet"].decode(), table))
    return sheets

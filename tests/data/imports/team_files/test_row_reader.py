"""The quick way to read a text and the careful one agree, whatever the text holds."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from data.imports.team_files import staging
from tests.data.loads import SAID, Brought, bring
from tests.examples import examples

#: What CSV trips over: quotes, delimiters, line ends, blanks, and letters of several bytes.
PIECES = st.text(st.sampled_from("\",;\t|\n\r aé€😀0='-"), max_size=12)
HEAD = "Company,Base,Note\n"


def both(content: bytes) -> list[Brought | str]:
    """What each way says of a file: its rows, or why it can't be read."""
    found: list[Brought | str] = []
    quick = staging.stage_by_engine
    for way in (quick, lambda *_: None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(staging, "stage_by_engine", way)
            try:
                found.append(bring("records", content, SAID))
            except InputError as error:
                found.append(str(error))
    return found


def same(content: bytes) -> None:
    quick, careful = both(content)
    if isinstance(quick, str) or isinstance(careful, str):
        assert quick == careful
        return
    assert quick.rows == careful.rows
    assert quick.rejects == careful.rejects
    assert quick.report.rows_in == quick.report.to_load + quick.report.left_out


@examples(25)
@given(st.lists(st.tuples(PIECES, st.integers(1, 10**7), PIECES), min_size=1, max_size=8))
def test_well_written_files_are_read_alike_and_whole(rows):
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["Company", "Base", "Note"])
    writer.writerows(rows)
    content = out.getvalue().encode()
    same(content)
    told = bring("records", content, SAID)
    assert told.report.rows_in == len(rows)


@examples(40)
@given(st.lists(PIECES, max_size=12))
def test_files_written_anyhow_are_read_alike(lines):
    same((HEAD + "A,95000,x\n" + "\n".join(lines)).encode())


@pytest.mark.parametrize(
    "text",
    [
        "A,1\n\n\nB,2,x\n",
        'A,1,"two\nlines"\nB,2,x\n',
        'A,1,"half\nB,2,x\n',
        'A,1,in "the" middle\nB,2,x\n',
        'A,1,"doubled "" quote"\nB,2,x\n',
        "A,1,x,,\nB,2,x\n",
        " ,  , \nB,2,x\n",
        "A,1,x\r\nB,2,x\r\n",
        "A,1,x\rB,2,x\r",
        "A,1,x\n\rB,2,x",
        "A,1,x",
    ],
)
def test_what_trips_readers_is_read_alike(text):
    same((HEAD + text).encode())

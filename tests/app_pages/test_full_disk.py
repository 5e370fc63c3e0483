"""Pages on a disk that takes no more: the reason in words, and everything as it was."""

import gzip
import os
import re
import resource
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.errors import StoreError
from app_pages.components import downloads
from data.store.audit import audit_path
from data.store.connection import open_to_read
from queries import run
from tests.app_pages.opening import open_page
from tests.conftest import HOME
from tests.forks import FORKS, fork

FULL = "a file would pass the size that this process may write (ulimit -f)"
#: Packed, so that it has to be unpacked to the temporary folder.
PAY = gzip.compress(b"Organisation,Level,Base\nAcme,P3,90000\n")


def save_and_upload(store: Path, tells: Connection) -> None:
    """Tell what two pages say in a process that may write to no file."""
    os.environ["BANDSTAND_DB"] = str(store)
    app = open_page("ote")
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    app.text_input(key="plan name").set_value("Plan of 2027").run()
    (button,) = [each for each in app.button if each.label == "Save"]
    app = button.click().run()
    said = [(bool(app.exception), [each.value for each in app.error])]
    app.switch_page("app_pages/imports.py").run()
    app.file_uploader[0].upload("pay.csv.gz", PAY, "application/gzip").run()
    tells.send([*said, (bool(app.exception), [each.value for each in app.error])])


def test_pages_say_why_in_words_and_leave_everything_as_it_was(mine):
    before = sorted(path.name for path in mine.parent.iterdir())
    hears, tells = FORKS.Pipe(duplex=False)
    worker = fork(save_and_upload, mine, tells)
    tells.close()
    for crashed, errors in hears.recv():
        assert not crashed
        assert [FULL in error.replace("\\", "") for error in errors] == [True], errors
    worker.join()
    assert sorted(path.name for path in mine.parent.iterdir() if path.suffix != ".wal") == before
    con = open_to_read(mine)
    assert (len(run(con, "loads")), con.execute("from saved_work").fetchall()) == (0, [])
    con.close()


def test_an_export_that_can_t_be_recorded_is_not_given_and_its_reason_is_kept(mine):
    reasons = ["of an earlier try"]
    audit_path(mine).mkdir()  # nothing can be added to it
    logged = downloads._Logged(lambda: b"pay", "bands.csv", {}, 1)
    with pytest.raises(StoreError):
        downloads._or_reason(logged, reasons)
    (reason,) = reasons
    assert "the audit log can't be written, so nothing was done" in reason
    audit_path(mine).rmdir()
    assert downloads._or_reason(logged, reasons) == b"pay"
    assert reasons == []


def half_a_page() -> None:
    """A page whose first part, which reruns by itself, meets a full disk."""
    import errno

    import streamlit as st

    from app_pages.components.fragments import fragment

    @fragment()
    def first() -> None:
        st.text("before")
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/x")

    first()
    st.text("after")


def test_a_part_of_a_page_that_reruns_by_itself_says_why_and_the_rest_goes_on():
    app = AppTest.from_function(half_a_page).run()
    assert not app.exception
    assert [each.value for each in app.text] == ["before", "after"]
    (error,) = app.error
    assert "the disk is full; free some space" in error.value


def test_no_part_of_a_page_reruns_by_itself_without_that():
    own = HOME / "app_pages" / "components" / "fragments.py"
    files = {*(HOME / "app_pages").rglob("*.py"), HOME / "dashboard.py"} - {own}
    found = [path.name for path in files if re.search(r"st\.(fragment|dialog)\b", path.read_text())]
    assert found == []

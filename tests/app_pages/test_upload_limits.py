"""Uploads are bounded for each session and in all."""

import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from app_pages.components.upload_limits import BoundedUploads


def file(number: int, kilobytes: int = 400) -> UploadedFileRec:
    return UploadedFileRec(f"id {number}", f"{number}.csv", "text/csv", bytes(1_000 * kilobytes))


@pytest.fixture
def uploads(monkeypatch):
    monkeypatch.setenv("BANDSTAND_UPLOADS_MB", "1")
    monkeypatch.setenv("BANDSTAND_ALL_UPLOADS_MB", "2")
    return BoundedUploads("/upload")


def test_a_session_is_refused_what_passes_its_limit_and_keeps_what_it_has(uploads):
    uploads.add_file("a", file(1))
    uploads.add_file("a", file(2))
    with pytest.raises(HTTPException) as refused:
        uploads.add_file("a", file(3))
    assert refused.value.status_code == 413
    assert refused.value.detail == (
        "3.csv: uploads are over the limit of 1 megabytes of uploads of one open page; "
        "BANDSTAND_UPLOADS_MB changes it"
    )
    assert len(uploads.get_files("a", ["id 1", "id 2", "id 3"])) == 2
    uploads.remove_file("a", "id 1")
    uploads.add_file("a", file(3))


def test_all_sessions_together_are_bounded(uploads):
    for session in ("a", "b"):
        for number in (1, 2):
            uploads.add_file(session, file(number))
    uploads.add_file("c", file(1))
    with pytest.raises(HTTPException, match="413"):
        uploads.add_file("c", file(2))
    uploads.remove_session_files("a")
    uploads.add_file("c", file(2))

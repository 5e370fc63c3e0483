"""Uploads wait in memory for their session: so many megabytes of one, so many of all."""

import streamlit as st
from starlette.exceptions import HTTPException
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from data.store.settings import limit, limit_message

_MB = 1_000_000


class BoundedUploads(MemoryUploadedFileManager):
    """Streamlit's uploads, of which one more that would pass a limit is refused.

    Limits are megabytes: of the session (``UPLOADS_MB``) and of all (``ALL_UPLOADS_MB``).
    """

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Keep an upload; raises `HTTPException` 413, which the browser is answered."""
        with self._lock:
            held = {
                session: sum(len(each.data) for each in files.values())
                for session, files in self.file_storage.items()
            }
        for name, size in (
            ("UPLOADS_MB", held.get(session_id, 0)),
            ("ALL_UPLOADS_MB", sum(held.values())),
        ):
            if size + len(file.data) > limit(name) * _MB:
                raise HTTPException(413, f"{file.name}: uploads are {limit_message(name)}")
        super().add_file(session_id, file)


def bound_uploads() -> None:
    """Hold the uploads of this server to their limits from now on."""
    if not runtime.exists():
        return
    uploads = runtime.get_instance().uploaded_file_mgr
    if type(uploads) is MemoryUploadedFileManager:
        uploads.__class__ = BoundedUploads


def say_upload_limits() -> None:
    """What a page says of how much may be uploaded."""
    each = st.get_option("server.maxUploadSize")
    st.caption(
        f"Up to {each} MB a file and {limit('UPLOADS_MB')} MB together; remove a file that you no "
        "longer need, or use the command line for larger ones."
    )
